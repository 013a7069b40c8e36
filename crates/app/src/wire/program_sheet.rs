//! What a program's sheet says beside its lines: the numbers of the law with their units, conditions, payments,
//! tax and its bearing on other programs.

use serde::{Deserialize, Serialize};

/// A number of the law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramNumber {
    /// Its name in the lines.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The number, as a decimal.
    pub value: String,
    /// `money`, `rate` or `number`.
    pub unit: String,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: String,
}

/// A condition of the law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramCondition {
    /// Its name in the form.
    pub id: String,
    /// In a producer's words.
    pub label: String,
    /// The test, as written.
    pub test: String,
    /// `no_credit`, `doubt` or `note`: what follows where it is not met.
    pub consequence: String,
    /// What would cure it.
    pub remedy: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
}

/// One payment, or a row of equal ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramPayment {
    /// In a producer's words.
    pub label: String,
    /// The line whose amount is paid each time.
    pub line: String,
    /// `start_of_production`, `end_of_production` or `delivery`: what the months count from.
    pub after: String,
    /// Months from there to the first payment.
    pub lag_months: u32,
    /// Number of payments.
    pub times: u32,
    /// Months between them.
    pub every_months: u32,
    /// Where the timing comes from.
    pub ground: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
}

/// Whether the credit is taxed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramTax {
    /// Whether tax is charged unless the deal says otherwise.
    pub on: bool,
    /// The rate, as a decimal fraction.
    pub rate: Option<String>,
    /// Whether the lines are net of it already.
    pub already_in_lines: bool,
    /// The legal ground.
    pub ground: String,
}

/// How a program and another one bear on each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ProgramBearing {
    /// `excludes`, `reduces_base_of`, `supplies`, `requires` or `unusual`.
    pub relation: String,
    /// Whether the other program's law says so of this one.
    pub incoming: bool,
    /// Id of the other program.
    pub program: String,
    /// Its name.
    pub name: String,
    /// The line that is handed over, in words.
    pub line: Option<String>,
    /// The input that receives it, in words.
    pub input: Option<String>,
    /// Where in the law it stands.
    pub clause: String,
    /// Address of the source.
    pub source: Option<String>,
}
