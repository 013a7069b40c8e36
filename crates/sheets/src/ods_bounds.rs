//! How large an OpenDocument table says it is, before anybody lays its repeated cells out.

use crate::open::{MAX_COLUMNS, MAX_ROWS, SheetError, expect_within, unreadable};

/// Refuses a table in which something stands outside the rows and columns a budget may have. Empty cells and rows
/// are repeated up to the edge of the sheet by every program that writes this format; they cost nothing while
/// nothing follows them.
pub(crate) fn expect_small(content: &[u8]) -> Result<(), SheetError> {
    let text = std::str::from_utf8(content).map_err(unreadable)?;
    let mut at = Place::default();
    for tag in text.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').ok_or_else(|| unreadable("a tag without an end"))?;
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        if tag.starts_with('/') {
            if tag.ends_with("table-row") {
                at.end_row()?;
            }
            continue;
        }
        match name.rsplit(':').next().unwrap_or_default() {
            "table" => at = Place::default(),
            "table-row" => {
                at.column = 0;
                at.row_times = times(tag, "number-rows-repeated")?;
                at.filled = false;
                if tag.ends_with('/') {
                    at.end_row()?;
                }
            }
            "table-cell" | "covered-table-cell" => {
                let holds = !tag.ends_with('/') || tag.contains("office:value") || tag.contains("formula=");
                at.cell(times(tag, "number-columns-repeated")?, holds)?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct Place {
    row: usize,
    row_times: usize,
    column: usize,
    filled: bool,
}

impl Place {
    fn cell(&mut self, times: usize, holds: bool) -> Result<(), SheetError> {
        self.column = self.column.saturating_add(times);
        if holds {
            self.filled = true;
            expect_within("ODS", 0, self.column.saturating_sub(1).min(MAX_COLUMNS))?;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetError> {
        self.row = self.row.saturating_add(self.row_times.max(1));
        if self.filled {
            expect_within("ODS", self.row.saturating_sub(1).min(MAX_ROWS), 0)?;
        }
        Ok(())
    }
}

/// How often a tag says it is repeated.
fn times(tag: &str, attribute: &str) -> Result<usize, SheetError> {
    let Some((_, value)) = tag.split_once(attribute) else { return Ok(1) };
    let value = value.trim_start().strip_prefix('=').map(str::trim_start).unwrap_or_default();
    let quote =
        value.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or_else(|| unreadable(attribute))?;
    let number = value[1..].split(quote).next().unwrap_or_default();
    number.parse().map_err(|_| unreadable(attribute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(rows: &str) -> &'static str {
        let content =
            format!("<office:body><table:table table:name=\"A\">{rows}</table:table></office:body>");
        expect_small(content.as_bytes()).err().map_or("", |error| error.code)
    }

    #[test]
    fn empty_repeats_are_free_and_filled_ones_are_counted() {
        let value = "<table:table-cell office:value=\"1\"><text:p>1</text:p></table:table-cell>";
        let edge = "<table:table-cell table:number-columns-repeated=\"16380\"/>";
        let tail =
            format!("<table:table-row table:number-rows-repeated=\"1048570\">{edge}</table:table-row>");
        assert_eq!(code(&format!("<table:table-row>{value}{edge}</table:table-row>{tail}")), "");
        assert_eq!(code(&format!("<table:table-row>{edge}{value}</table:table-row>")), "SHEET_TOO_WIDE");
        assert_eq!(code(&format!("{tail}<table:table-row>{value}</table:table-row>")), "SHEET_TOO_LONG");
        let many = "<table:table-cell table:number-columns-repeated='9000' office:value='1'/>";
        assert_eq!(code(&format!("<table:table-row>{many}</table:table-row>")), "SHEET_TOO_WIDE");
    }
}
