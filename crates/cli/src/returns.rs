//! `recoup returns`: the return of a series of flows.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::returns::{Series, rates};

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Rates of return of a cash-flow series
///
/// One amount per line, or `date,amount`; payments negative, receipts positive.
#[derive(Args)]
#[command(after_help = "Example:\n  printf -- '-100\\n60\\n70\\n' | recoup returns irr -")]
pub(crate) struct Returns {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Every rate per period at which the flows balance
    Irr {
        /// One amount per line, or - for standard input
        file: PathBuf,
    },
    /// Every annual rate at which dated flows balance (ACT/365F)
    Xirr {
        /// One `date,amount` per line, or - for standard input
        file: PathBuf,
    },
}

impl Returns {
    pub(crate) fn run(self, output: Output) -> Answer {
        let series = match self.verb {
            Verb::Irr { file } => Series::periodic(&read(&file)?)?,
            Verb::Xirr { file } => Series::dated(&read(&file)?)?,
        };
        let rates = rates(&series)?;
        if output.json {
            print_json(&rates)?;
        } else {
            for rate in &rates.roots {
                print(&format!("{rate}"));
            }
            if let Some(reason) = &rates.none {
                print(reason);
            }
        }
        Ok(if rates.roots.is_empty() { Said::No } else { Said::Yes })
    }
}
