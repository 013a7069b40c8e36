//! `recoup verify`: worked cases of others against our figures.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use recoup_app::verify::{CaseKind, CaseStatus, FieldStatus, NamedCase, verify_cases};

use crate::outcome::{Answer, Output, Said, print, print_json};

/// Run worked cases and compare every expected field
///
/// Ends with 0 when all cases are equal, 1 when any differs or cannot be read.
#[derive(Args)]
#[command(after_help = "Example:\n  recoup verify incentives cases/*.json")]
pub(crate) struct Verify {
    /// What the cases are about
    kind: Kind,
    /// The case files
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Incentives,
    Waterfall,
    Irr,
}

impl From<Kind> for CaseKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Incentives => Self::Incentives,
            Kind::Waterfall => Self::Waterfall,
            Kind::Irr => Self::Irr,
        }
    }
}

impl Verify {
    pub(crate) fn run(self, output: Output) -> Answer {
        let cases: Vec<NamedCase> = self
            .files
            .iter()
            .map(|file| {
                let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                (
                    name,
                    std::fs::read_to_string(file).map_err(|reason| format!("{}: {reason}", file.display())),
                )
            })
            .collect();
        let answer = verify_cases(self.kind.into(), &cases);
        if output.json {
            print_json(&answer)?;
        } else {
            for case in &answer.cases {
                print(&format!("{:<10} {}", word(case.status), case.id));
                if let Some(message) = &case.message {
                    print(&format!("           {message}"));
                }
                for field in case.fields.iter().filter(|field| field.status != FieldStatus::Equal) {
                    print(&format!(
                        "           {}: expected {}, got {}",
                        field.name,
                        field.expected.as_deref().unwrap_or("nothing"),
                        field.got.as_deref().unwrap_or("nothing"),
                    ));
                }
            }
            print(&format!(
                "{} equal, {} different, {} disputed, {} error",
                answer.equal, answer.different, answer.disputed, answer.error
            ));
        }
        Ok(if answer.all_agree() { Said::Yes } else { Said::No })
    }
}

fn word(status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::Equal => "equal",
        CaseStatus::Different => "DIFFERENT",
        CaseStatus::Disputed => "disputed",
        CaseStatus::Error => "ERROR",
    }
}
