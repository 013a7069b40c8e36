//! Bytes of a checkpoint: little-endian numbers, with a checksum at the end.

use super::RunRefused;

const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// FNV-1a, taken over words: it tells a torn or mixed-up file, and nobody forges a checkpoint.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(FNV_BASIS, |sum, part| {
        let mut word = [0; 8];
        word[..part.len()].copy_from_slice(part);
        (sum ^ u64::from_le_bytes(word)).wrapping_mul(FNV_PRIME).rotate_left(29)
    })
}

#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn number(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn real(&mut self, value: f64) {
        self.number(value.to_bits());
    }

    pub(super) fn reals(&mut self, values: &[f64]) {
        self.number(values.len() as u64);
        values.iter().for_each(|value| self.real(*value));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Counts, most of which are nought: runs of noughts are one number.
    pub(super) fn counts(&mut self, counts: &[u32]) {
        self.number(counts.len() as u64);
        let mut rest = counts;
        while !rest.is_empty() {
            let empty = rest.iter().take_while(|count| **count == 0).count();
            let full = rest[empty..].iter().take_while(|count| **count != 0).count();
            self.number(empty as u64);
            self.number(full as u64);
            for count in &rest[empty..empty + full] {
                self.bytes.extend_from_slice(&count.to_le_bytes());
            }
            rest = &rest[empty + full..];
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.number(checksum(&self.bytes));
        self.bytes
    }
}

pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, RunRefused> {
        let (rest, sum) = bytes.split_last_chunk().ok_or(RunRefused::Unreadable)?;
        if checksum(rest) != u64::from_le_bytes(*sum) {
            return Err(RunRefused::Unreadable);
        }
        Ok(Self { rest })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], RunRefused> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(RunRefused::Unreadable)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(super) fn number(&mut self) -> Result<u64, RunRefused> {
        self.take().map(u64::from_le_bytes)
    }

    /// A number of things that follow: never more than there are bytes left, so that no room is made for more.
    pub(super) fn length(&mut self) -> Result<usize, RunRefused> {
        let length = usize::try_from(self.number()?).map_err(|_| RunRefused::Unreadable)?;
        if length > self.rest.len() { Err(RunRefused::Unreadable) } else { Ok(length) }
    }

    pub(super) fn real(&mut self) -> Result<f64, RunRefused> {
        self.number().map(f64::from_bits)
    }

    pub(super) fn reals(&mut self) -> Result<Vec<f64>, RunRefused> {
        let length = self.length()?;
        (0..length).map(|_| self.real()).collect()
    }

    pub(super) fn text(&mut self) -> Result<&'a str, RunRefused> {
        let length = self.length()?;
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).map_err(|_| RunRefused::Unreadable)
    }

    pub(super) fn counts(&mut self, expected: usize) -> Result<Vec<u32>, RunRefused> {
        let wrong = || RunRefused::Unreadable;
        if usize::try_from(self.number()?) != Ok(expected) {
            return Err(wrong());
        }
        let mut counts = Vec::with_capacity(expected);
        while counts.len() < expected {
            let empty = usize::try_from(self.number()?).map_err(|_| wrong())?;
            let full = usize::try_from(self.number()?).map_err(|_| wrong())?;
            let ends = counts.len().checked_add(empty).and_then(|ends| ends.checked_add(full));
            if empty.max(full) == 0 || ends.is_none_or(|ends| ends > expected) {
                return Err(wrong());
            }
            counts.resize(counts.len() + empty, 0);
            for _ in 0..full {
                counts.push(u32::from_le_bytes(self.take()?));
            }
        }
        Ok(counts)
    }

    pub(super) fn end(&self) -> Result<(), RunRefused> {
        if self.rest.is_empty() { Ok(()) } else { Err(RunRefused::Unreadable) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            counts in prop::collection::vec(prop_oneof![Just(0_u32), 0..9_u32], 0..60),
            reals in prop::collection::vec(any::<f64>(), 0..9), text in ".{0,12}",
        ) {
            let mut writer = Writer::default();
            writer.counts(&counts);
            writer.reals(&reals);
            writer.text(&text);
            let bytes = writer.finish();
            let mut reader = Reader::new(&bytes).unwrap();
            prop_assert_eq!(reader.counts(counts.len()).unwrap(), counts);
            let bits = |reals: &[f64]| reals.iter().map(|real| real.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&reader.reals().unwrap()), bits(&reals));
            prop_assert_eq!(reader.text().unwrap(), text);
            prop_assert!(reader.end().is_ok());
        }

        #[test]
        fn a_changed_or_torn_byte_is_noticed(place in 0..80_usize, bit in 0..8_u32, cut in 0..80_usize) {
            let mut writer = Writer::default();
            writer.reals(&[1.0; 8]);
            let bytes = writer.finish();
            let mut changed = bytes.clone();
            changed[place] ^= 1 << bit;
            prop_assert!(Reader::new(&changed).is_err());
            prop_assert!(Reader::new(&bytes[..cut]).is_err());
        }
    }
}
