//! What stands in a column, counted.

use crate::{
    grid::{CellValue, Sheet},
    number::read_number,
};

/// How many of its cells are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    /// Numbers, in number cells or as text.
    pub(crate) numbers: usize,
    /// Of them percentages.
    pub(crate) percents: usize,
    /// Of them more than a hundred: no share and no count of weeks.
    pub(crate) large: usize,
    /// Texts that are no numbers and no account numbers.
    pub(crate) texts: usize,
    /// What an account number may look like.
    pub(crate) codes: usize,
    /// Formulas without a result.
    pub(crate) faults: usize,
}

pub(crate) fn profile(sheet: &Sheet, column: usize, first: usize) -> Profile {
    let mut profile = Profile::default();
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    for row in first..sheet.rows.len() {
        let cell = sheet.cell(row, column);
        profile.codes += usize::from(is_code(&cell.shown()));
        match &cell.value {
            CellValue::Number(number) => {
                profile.numbers += 1;
                profile.percents += usize::from(number.percent);
                profile.large += usize::from(number.value.abs() > hundred);
            }
            CellValue::Text(text) => match read_number(text, None, 2) {
                Ok(read) => {
                    profile.numbers += 1;
                    profile.percents += usize::from(read.percent);
                    profile.large += usize::from(read.value.abs() > hundred);
                }
                Err(_) => profile.texts += usize::from(!is_code(text)),
            },
            CellValue::Fault(_) => profile.faults += 1,
            CellValue::Empty | CellValue::Flag(_) | CellValue::Day(_) => {}
        }
    }
    profile
}

/// An account number: `1100`, `11-00`, `60.10`, `A`, `B2`.
pub(crate) fn is_code(text: &str) -> bool {
    let short = (1..=12).contains(&text.len());
    let signs = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | ':'));
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    short
        && signs
        && letters <= 2
        && (digits > 0 || (letters == 1 && text.len() == 1))
        && !text.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_numbers_are_told_from_words() {
        assert!(["1100", "11-00", "60.10", "A", "B2", "01"].iter().all(|code| is_code(code)));
        assert!(["Story", "-5", "", "Total 01", "IVA"].iter().all(|text| !is_code(text)));
    }
}
