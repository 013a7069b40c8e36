//! Nodes found by what they bear: an address, or the leaf they are.
//!
//! What is looked for stays with the nodes; the finder holds fingerprints. A fingerprint is quick, not
//! proof against somebody who makes up paths that collide: those would only be found more slowly.

use std::hash::{BuildHasherDefault, Hash, Hasher};

/// For maps whose keys are paths of a deal.
pub(crate) type QuickState = BuildHasherDefault<Quick>;

/// Multiplies and rotates, eight bytes at a time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        whole.iter().for_each(|word| self.add(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.add(u64::from_le_bytes(last));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.add(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.add(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// A short stand-in for a value: equal values have equal fingerprints.
pub(crate) fn fingerprint(value: &(impl Hash + ?Sized)) -> u32 {
    let mut hasher = Quick::default();
    value.hash(&mut hasher);
    hasher.finish() as u32
}

/// Places by fingerprint, with open addressing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finder {
    /// A fingerprint and the place plus one; nothing where that is zero.
    slots: Vec<(u32, u32)>,
    count: usize,
}

impl Finder {
    /// The place with this fingerprint that is the one looked for.
    pub(crate) fn find(&self, fingerprint: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = fingerprint as usize & mask;
        loop {
            let (known, place) = self.slots[at];
            let place = place.checked_sub(1)?;
            if known == fingerprint && is(place) {
                return Some(place);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a place that is not there yet.
    pub(crate) fn insert(&mut self, fingerprint: u32, place: u32) {
        if self.slots.len() < 2 * (self.count + 1) {
            let wider = vec![(0, 0); (4 * (self.count + 1)).next_power_of_two().max(64)];
            let before = std::mem::replace(&mut self.slots, wider);
            before.into_iter().filter(|(_, place)| *place > 0).for_each(|slot| self.put(slot));
        }
        self.put((fingerprint, place + 1));
        self.count += 1;
    }

    fn put(&mut self, slot: (u32, u32)) {
        let mask = self.slots.len() - 1;
        let mut at = slot.0 as usize & mask;
        while self.slots[at].1 > 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_put_in_is_found_again_even_where_fingerprints_collide() {
        let names: Vec<String> = (0..3_000).map(|index| format!("revenue.source-{index}.gross")).collect();
        let mut finder = Finder::default();
        let short = |name: &str| fingerprint(name) & 0xff;
        for (place, name) in names.iter().enumerate() {
            assert_eq!(finder.find(short(name), |at| names[at as usize] == *name), None);
            finder.insert(short(name), place as u32);
        }
        for (place, name) in names.iter().enumerate() {
            assert_eq!(finder.find(short(name), |at| names[at as usize] == *name), Some(place as u32));
        }
    }
}
