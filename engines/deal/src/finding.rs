//! What stands in the way, what is still asked, and what is worth knowing: findings as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The deal cannot be closed or computed like this.
    Blocker,
    /// Somebody will ask; the answer may change the figures.
    Question,
    /// Worth knowing.
    Note,
}

/// Something a reader of the deal must know, with the cell it concerns and what would cure it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Stable code, upper case with underscores.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Path in the deal, such as `budget.lines[anim].amount`.
    pub path: String,
    /// What is the matter, for a producer.
    pub message: String,
    /// What would cure it.
    pub remedy: String,
}

impl Finding {
    /// A finding that stops the deal.
    pub fn blocker(
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Blocker, code, path.into(), message.into(), remedy.into())
    }

    /// A finding somebody has to answer.
    pub fn question(
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Question, code, path.into(), message.into(), remedy.into())
    }

    /// A finding worth knowing.
    pub fn note(
        code: &str,
        path: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Note, code, path.into(), message.into(), remedy.into())
    }

    fn new(severity: Severity, code: &str, path: String, message: String, remedy: String) -> Self {
        Self { code: code.to_owned(), severity, path, message: readable(&message), remedy: readable(&remedy) }
    }
}

/// A sentence with its amounts as a financier reads them: `USD 5704690.48` becomes `USD 5,704,690.48`, and
/// whole amounts lose their noughts. Rules write amounts exactly; they are grouped here, once.
fn readable(sentence: &str) -> String {
    let mut words = sentence.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for place in 1..words.len() {
        if recoup_money::Currency::from_code(words[place - 1].trim_start_matches(['(', '"'])).is_err() {
            continue;
        }
        let amount: String =
            words[place].chars().take_while(|c| c.is_ascii_digit() || *c == '.' || *c == '-').collect();
        let figures = amount.trim_end_matches('.');
        if figures.parse::<rust_decimal::Decimal>().is_ok() {
            let rest = words[place][figures.len()..].to_owned();
            words[place] = grouped(figures) + &rest;
        }
    }
    words.join(" ")
}

fn grouped(figures: &str) -> String {
    let (whole, fraction) = figures.split_once('.').unwrap_or((figures, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if fraction.chars().any(|digit| digit != '0') {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_a_sentence_are_grouped_and_nothing_else_is() {
        for (written, read) in [
            ("Sources are USD 5704690.48 short of uses.", "Sources are USD 5,704,690.48 short of uses."),
            ("USD 6600000.00 is stated, USD 999.00 is not.", "USD 6,600,000 is stated, USD 999 is not."),
            ("On 2028-12-31 it ends at CAD -1000.50.", "On 2028-12-31 it ends at CAD -1,000.50."),
            ("100 % in USD and CAD is not hedged.", "100 % in USD and CAD is not hedged."),
            ("The limit (GBP 23500000.00) binds.", "The limit (GBP 23,500,000) binds."),
        ] {
            assert_eq!(Finding::note("X", "path", written, "").message, read);
        }
    }
}
