//! `recoup deal`: deal files, checked and computed.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::{
    computation::{DealRun, explain_deal_file, run_deal_file},
    findings::{Language, check_deal_file},
    wire::{FindingDto, LeafDto, MoneyDto, QuantityDto, TreeDto},
};

use crate::levels::levels;
use crate::outcome::{Answer, Output, Said, print, print_json, read};
use crate::receipts::Receipts;
use crate::solve::solved;
use crate::statements::{Asked, statements};

/// Work on deal files
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup deal check examples/dragons-quest.deal.json --lang fr\n  recoup deal run examples/dragons-quest.deal.json --explain closing.difference\n  recoup deal solve examples/dragons-quest.deal.json --for amount:equity\n  recoup deal levels examples/tin-orchard.deal.json --gross 6000000 --gross 12000000\n  recoup deal schema > recoup-deal.schema.json"
)]
pub(crate) struct Deal {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Validate a deal file and list what is missing or wrong
    ///
    /// Ends with 1 when there is a blocker.
    Check {
        /// The deal file, or - for standard input
        file: PathBuf,
    },
    /// Compute everything deterministic: incentives, closing, cash flow, waterfall, returns
    Run {
        /// The deal file, or - for standard input
        file: PathBuf,
        /// Print why one figure is what it is, by its address
        #[arg(long, value_name = "ADDRESS")]
        explain: Option<String>,
    },
    /// Solve the closing for one unknown: what it has to be for sources to equal uses on cash
    ///
    /// Ends with 1 when no amount closes the deal, or when there is nothing to solve, and says which constraint
    /// prevents it.
    Solve {
        /// The deal file, or - for standard input
        file: PathBuf,
        /// amount:ID of an instrument, budget or presales
        #[arg(long = "for", value_name = "UNKNOWN")]
        sought: String,
    },
    /// Compute who is paid what at other levels of worldwide gross, every open estimate scaled alike
    Levels {
        /// The deal file, or - for standard input
        file: PathBuf,
        /// A worldwide gross in major units; repeat it for several. Without one, 50, 75, 100 and 125 % of the
        /// estimates
        #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true)]
        gross: Vec<String>,
    },
    /// Print what each participant of the recoupment plan is told, period by period, and why each claim has no more
    Statements {
        /// The deal file, or - for standard input
        file: PathBuf,
        /// The party; the whole account where none is given
        #[arg(long, value_name = "PARTY")]
        party: Option<String>,
        /// The month in which the one period ends that is asked for, such as 2030-03
        #[arg(long, value_name = "MONTH")]
        period: Option<String>,
        /// Print CSV
        #[arg(long)]
        csv: bool,
    },
    Receipts(Receipts),
    /// Print the JSON Schema of the deal file
    Schema,
}

impl Deal {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Check { file } => checked(output, &read(&file)?),
            Verb::Run { file, explain: None } => {
                computed(output, &run_deal_file(&read(&file)?, output.language)?)
            }
            Verb::Run { file, explain: Some(address) } => {
                let tree = explain_deal_file(&read(&file)?, &address)?;
                if output.json {
                    print_json(&tree)?
                } else {
                    branch(&tree, 0, output.language)
                }
                Ok(Said::Yes)
            }
            Verb::Solve { file, sought } => solved(output, &read(&file)?, &sought),
            Verb::Levels { file, gross } => levels(output, &read(&file)?, &gross),
            Verb::Statements { file, party, period, csv } => {
                statements(output, &read(&file)?, Asked { party, month: period, csv })
            }
            Verb::Receipts(receipts) => receipts.run(output),
            Verb::Schema => {
                print_json(&recoup_app::deals::deal_schema())?;
                Ok(Said::Yes)
            }
        }
    }
}

fn checked(output: Output, text: &str) -> Answer {
    let findings = check_deal_file(text, output.language)?;
    if output.json {
        print_json(&findings)?;
    } else {
        list(&findings, output.language);
    }
    Ok(verdict(&findings))
}

fn computed(output: Output, run: &DealRun) -> Answer {
    if output.json {
        print_json(run)?;
    } else {
        for (address, value) in &run.figures {
            print(&format!("{address:<60} {}", words(value, output.language)));
        }
        list(&run.findings, output.language);
    }
    Ok(verdict(&run.findings))
}

fn verdict(findings: &[FindingDto]) -> Said {
    if findings.iter().any(|finding| finding.severity == "blocker") { Said::No } else { Said::Yes }
}

fn list(findings: &[FindingDto], language: Language) {
    let blocker = match language {
        Language::English => "blocker",
        Language::French => "bloquant",
    };
    for finding in findings {
        let severity = if finding.severity == "blocker" { blocker } else { &finding.severity };
        print(&format!("{severity:<8} {}  {}", finding.path, finding.code));
        print(&format!("         {}\n         {}", finding.message, finding.remedy));
    }
    let counted = |severity: &str, word: &str| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        // Nothing takes the plural in English and the singular in French.
        let many = number > 1 || (number == 0 && language == Language::English);
        format!("{number} {word}{}", if many { "s" } else { "" })
    };
    print(&format!(
        "{}, {}, {}",
        counted("blocker", blocker),
        counted("question", "question"),
        counted("note", "note")
    ));
}

/// A figure of the answer in words: an amount as people write it, else the values of its one object.
fn words(value: &serde_json::Value, language: Language) -> String {
    if let Ok(amount) = serde_json::from_value::<MoneyDto>(value.clone()) {
        return amount.written(language);
    }
    let values = value.as_object().into_iter().flat_map(|object| object.values());
    values
        .map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
        .collect::<Vec<_>>()
        .join(" ")
}

fn branch(tree: &TreeDto, depth: usize, language: Language) {
    let value = match &tree.value {
        QuantityDto::Money { amount } => amount.written(language),
        QuantityDto::Number { decimal } => decimal.clone(),
        QuantityDto::Flag { yes } => yes.to_string(),
        QuantityDto::Date { date } => date.clone(),
        QuantityDto::Absent { reason, .. } => format!("none: {reason}"),
    };
    let ground = match &tree.leaf {
        None => tree.operation.clone().unwrap_or_default(),
        Some(LeafDto::Cell { path }) => format!("typed at {path}"),
        Some(LeafDto::Assumption { path, source }) => format!("assumed ({source}), override at {path}"),
        Some(LeafDto::Clause { program, version, clause, source, .. }) => {
            format!("{program}@{version} {clause} {source}")
        }
        Some(LeafDto::DatedRate { name, date, path }) => format!("{name} of {date}, {path}"),
    };
    let rounding = tree.rounding.as_ref().map(|rounding| format!(", rounded {rounding}")).unwrap_or_default();
    let name = tree.address.as_deref().unwrap_or_default();
    print(&format!("{}{value}  {name}  {ground}{rounding}", "  ".repeat(depth)));
    for input in &tree.inputs {
        branch(input, depth + 1, language);
    }
    if tree.folded > 0 {
        print(&format!("{}… {} more", "  ".repeat(depth + 1), tree.folded));
    }
}
