//! `recoup waterfall`: the recoupment plan of a deal.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::recoupment::{
    breakeven_of_file, run_plan_of_file, run_stand_alone_plan, validate_plan_of_file,
};
use serde_json::Value;

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Run, validate and break even the recoupment plan of a deal
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup waterfall run examples/dragons-quest.deal.json\n  recoup waterfall breakeven examples/tin-orchard.deal.json"
)]
pub(crate) struct Waterfall {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Who is paid what, in which order; --json adds statements and every posting
    Run {
        /// The deal file, or a plan with its receipts (`waterfall-case/1`), or - for standard input
        file: PathBuf,
    },
    /// Name what is wrong with the plan; ends with 1 when it cannot run
    Validate {
        /// The deal file, or - for standard input
        file: PathBuf,
    },
    /// The receipts at the collection account, and the worldwide gross, at which each claim is paid out
    Breakeven {
        /// The deal file, or - for standard input
        file: PathBuf,
    },
}

impl Waterfall {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Run { file } => {
                let text = read(&file)?;
                if let Some(paid) = run_stand_alone_plan(&text)? {
                    return payees(output, &paid);
                }
                let run = run_plan_of_file(&text)?;
                shown(output, &run, &run["claims"], &["tier", "payee", "limit", "paid", "outstanding"])
            }
            Verb::Breakeven { file } => {
                let ladder = breakeven_of_file(&read(&file)?)?;
                shown(output, &ladder, &ladder, &["tier", "payee", "receipts", "gross"])
            }
            Verb::Validate { file } => {
                let findings = validate_plan_of_file(&read(&file)?, output.language)?;
                if output.json {
                    print_json(&findings)?;
                } else {
                    for finding in &findings {
                        print(&format!("{:<8} {}  {}", finding.severity, finding.path, finding.message));
                    }
                    print(&format!("{} findings", findings.len()));
                }
                let blocked = findings.iter().any(|finding| finding.severity == "blocker");
                Ok(if blocked { Said::No } else { Said::Yes })
            }
        }
    }
}

/// What a plan that stands alone pays.
fn payees(output: Output, paid: &Value) -> Answer {
    if output.json {
        print_json(paid)?;
        return Ok(Said::Yes);
    }
    let left_over = paid["left_over"].as_str().map(|amount| ("left over", amount));
    let payees = paid["by_payee"].as_object().into_iter().flatten();
    let payees = payees.filter_map(|(payee, amount)| amount.as_str().map(|amount| (payee.as_str(), amount)));
    for (payee, amount) in payees.chain(left_over) {
        print(&format!("{payee:<30}{amount:>24}"));
    }
    Ok(Said::Yes)
}

fn shown(output: Output, whole: &Value, rows: &Value, columns: &[&str]) -> Answer {
    if output.json {
        print_json(whole)?;
        return Ok(Said::Yes);
    }
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    print(&columns.iter().map(|column| format!("{column:<30}")).collect::<String>());
    for row in rows {
        let cell = |column: &&str| format!("{:<30}", row[*column].as_str().unwrap_or("-"));
        print(&columns.iter().map(cell).collect::<String>());
    }
    Ok(Said::Yes)
}
