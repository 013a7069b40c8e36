//! What the form of one claim was given, and where each value comes from.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// One input of a claim's form, as the form saw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ClaimInputDto {
    /// Its name in the form.
    pub name: String,
    /// In a producer's words.
    pub label: String,
    /// `money`, `rate`, `number`, `flag`, `text` or `list`.
    pub unit: String,
    /// `override`, `answer`, `budget`, `stack`, `default` or `missing`.
    pub from: String,
    /// The value, where it is a number or an answer that explains itself.
    pub figure: Option<FigureDto>,
    /// The word, where it is one.
    pub word: Option<String>,
    /// The words to choose from, where it is one of a list.
    pub options: Vec<String>,
    /// The cell to type a value at that stands in its place.
    pub path: String,
    /// The cell a typed value stands at now; emptied, the form takes its own value again.
    pub typed_at: Option<String>,
    /// The cells it was read from.
    pub cells: Vec<String>,
}
