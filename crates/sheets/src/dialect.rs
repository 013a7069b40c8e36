//! How a sheet writes its numbers, as far as its own texts tell.

use recoup_money::Currency;

use crate::{
    grid::{CellValue, Sheet},
    number::{DecimalMark, mark_of},
    open::{FileFormat, Workbook},
    text::plain,
};

/// The decimal mark that the texts of a sheet agree on; none where they say nothing or contradict each other.
pub(crate) fn mark(book: &Workbook, sheet: &Sheet) -> Option<DecimalMark> {
    let (mut points, mut commas) = (0_usize, 0_usize);
    for cell in sheet.rows.iter().flatten() {
        let CellValue::Text(text) = &cell.value else { continue };
        match mark_of(text) {
            Some(DecimalMark::Point) => points += 1,
            Some(DecimalMark::Comma) => commas += 1,
            None => {}
        }
    }
    match (points, commas) {
        // Where the comma makes the numbers, something else must part the cells.
        (0, 0) if book.format == FileFormat::Csv && book.separator == Some(';') => Some(DecimalMark::Comma),
        (0, 0) => None,
        (points, 0) if points > 0 => Some(DecimalMark::Point),
        (0, _) => Some(DecimalMark::Comma),
        (points, commas) if points >= commas.saturating_mul(5) => Some(DecimalMark::Point),
        (points, commas) if commas >= points.saturating_mul(5) => Some(DecimalMark::Comma),
        _ => None,
    }
}

/// The currency a text names by its sign or its code.
pub(crate) fn currency_in(text: &str) -> Option<Currency> {
    let signs = [("€", Currency::EUR), ("£", Currency::GBP), ("US$", Currency::USD), ("CA$", Currency::CAD)];
    if let Some((_, currency)) = signs.iter().find(|(sign, _)| text.contains(sign)) {
        return Some(*currency);
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 3);
    let capitals = words.filter(|word| word.chars().all(|c| c.is_ascii_uppercase()));
    // Codes that are words on a top sheet.
    let codes =
        capitals.filter(|word| !matches!(*word, "ALL" | "TOP" | "TRY" | "AMD" | "CUP" | "PEN" | "STD"));
    codes.into_iter().find_map(|word| Currency::from_code(word).ok())
}

/// The currency that the lines above the table state, as in `Currency: CAD`.
pub(crate) fn stated_currency(sheet: &Sheet, above: usize) -> Option<Currency> {
    for (row, cells) in sheet.rows.iter().enumerate().take(above) {
        for (column, cell) in cells.iter().enumerate() {
            let CellValue::Text(text) = &cell.value else { continue };
            let words = plain(text);
            if !["currency", "devise", "monnaie", "all amounts in", "montants en"]
                .iter()
                .any(|word| words.contains(word))
            {
                continue;
            }
            if let Some(found) =
                currency_in(text).or_else(|| currency_in(&sheet.cell(row, column + 1).shown()))
            {
                return Some(found);
            }
        }
    }
    None
}
