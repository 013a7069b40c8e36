//! Text with separators: its encoding, its separator, its cells.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::{
    grid::{Cell, Sheet},
    open::{FileFormat, SheetError, Workbook, expect_within, unreadable},
};

const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];
/// Lines that are looked at to find the separator.
const LOOKED_AT: usize = 200;

pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Workbook, SheetError> {
    let (text, encoding) = decoded(bytes)?;
    let separator = separator(&text);
    let sheet = cells(&sheet_name(name), &text, separator)?;
    Ok(Workbook {
        format: FileFormat::Csv,
        encoding: Some(encoding.name()),
        separator: Some(separator),
        sheets: vec![sheet],
    })
}

/// The text and its encoding: as its first bytes say, else UTF-8 where it is that, else Western European.
fn decoded(bytes: &[u8]) -> Result<(String, &'static Encoding), SheetError> {
    let known = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = known.unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(_) => WINDOWS_1252,
    });
    // A text holds no zero bytes, except where letters are two bytes wide.
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !wide && bytes.contains(&0) {
        return Err(unreadable("neither a workbook nor text"));
    }
    let (text, encoding, _) = encoding.decode(bytes);
    Ok((text.into_owned(), encoding))
}

/// The separator under which most lines fall into equally many cells, more than one.
fn separator(text: &str) -> char {
    let stated = text.lines().next().and_then(|line| line.trim_end_matches('\r').strip_prefix("sep="));
    if let Some(sign) =
        stated.and_then(|stated| stated.chars().next()).filter(|sign| SEPARATORS.contains(sign))
    {
        return sign;
    }
    let score = |sign: char| {
        let counts: Vec<usize> =
            rows(text, sign).take(LOOKED_AT).map(|row| row.len()).filter(|n| *n > 1).collect();
        let alike = |n: usize| counts.iter().filter(|other| **other == n).count();
        counts.iter().map(|n| alike(*n)).max().unwrap_or(0)
    };
    // Of equals the one named first; a comma between digits also is a decimal mark, so others go before it.
    let mut best = (',', score(','));
    for sign in [';', '\t', '|'] {
        let found = score(sign);
        if found > 0 && found >= best.1 {
            best = (sign, found);
        }
    }
    best.0
}

fn rows(text: &str, separator: char) -> impl Iterator<Item = Vec<String>> + '_ {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.as_bytes());
    reader.into_records().map_while(Result::ok).map(|record| record.iter().map(str::to_owned).collect())
}

fn cells(name: &str, text: &str, separator: char) -> Result<Sheet, SheetError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    let mut next = 0;
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let from =
            record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        // The reader passes over lines without a sign; a spreadsheet shows them as rows.
        let at = next + blank_lines(text, from);
        next = at + 1;
        let row: Vec<Cell> = record.iter().map(guarded).collect();
        let used = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
        if used == 0 {
            continue;
        }
        expect_within(name, at, used - 1)?;
        sheet.rows.resize_with(at, Vec::new);
        sheet.rows.push(row.into_iter().take(used).collect());
    }
    if sheet.rows.first().is_some_and(|row| row.first().is_some_and(|cell| cell.shown().starts_with("sep=")))
    {
        sheet.rows[0].clear();
    }
    Ok(sheet)
}

/// Lines without a sign between the end of a record and the next one, which begins at or after `from`.
fn blank_lines(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let before = from.checked_sub(1).and_then(|at| bytes.get(at));
    let mut rest = bytes.get(from..).unwrap_or_default();
    // The end of the record before may still be half read.
    if before == Some(&b'\r') && rest.first() == Some(&b'\n') {
        rest = &rest[1..];
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
            _ => return lines,
        };
        lines += 1;
    }
}

/// A text cell; the apostrophe that keeps a spreadsheet from computing it is no part of it.
fn guarded(text: &str) -> Cell {
    let bare = text.trim_start_matches('\'');
    let is_guard = bare.len() < text.len() && bare.starts_with(crate::write_csv::COMPUTED);
    Cell::text(if is_guard { &text[1..] } else { text })
}

/// A sheet of a text file is called as the file is, without folders, ending and the `!` of addresses.
fn sheet_name(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let name: String = stem.chars().filter(|c| *c != '!' && !c.is_control()).take(60).collect();
    if name.trim().is_empty() { "CSV".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(bytes: &[u8]) -> Workbook {
        read("Top sheet.csv", bytes).unwrap()
    }

    #[test]
    fn separators_and_encodings_are_found() {
        let french = book("Compte;Libellé;Montant\n1;Scénario;1 234,50\n2;Réalisation;12,00\n".as_bytes());
        assert_eq!((french.separator, french.encoding), (Some(';'), Some("UTF-8")));
        assert_eq!(french.sheets[0].cell(1, 2).shown(), "1 234,50");

        let latin = book(b"Compte\tLibell\xe9\tMontant\n1\tD\xe9cors\t5\n");
        assert_eq!((latin.separator, latin.encoding), (Some('\t'), Some("windows-1252")));
        assert_eq!(latin.sheets[0].cell(1, 1).shown(), "Décors");

        let marked = book("\u{feff}Acct,Description,Total\n1100,\"Story, rights\",\"1,000\"\n".as_bytes());
        assert_eq!(marked.sheets[0].cell(0, 0).shown(), "Acct");
        assert_eq!(marked.sheets[0].cell(1, 1).shown(), "Story, rights");

        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("a\tb\nc\td\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(book(&wide).sheets[0].cell(1, 1).shown(), "d");
    }

    #[test]
    fn addresses_are_the_lines_of_the_file() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "Film,,~~~Acct,Description,Total~,,~1,\"Story~line\",5~2,Mix,6~".replace('~', end);
            let sheet = &book(text.as_bytes()).sheets[0];
            assert_eq!((sheet.cell(3, 0).shown().as_str(), sheet.cell(5, 2).shown().as_str()), ("Acct", "5"));
            assert_eq!(
                (sheet.cell(6, 1).shown().as_str(), sheet.address(6, 2).as_str()),
                ("Mix", "Top sheet!C7")
            );
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(read("x.csv", b"a,b\n\0\x01\x02").unwrap_err().code, "SHEET_UNREADABLE");
    }
}
