//! `recoup returns`: the return of a series of flows.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::returns::{Series, present_value, rates};

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
    /// The value today at a rate: of periods, or of days where the lines hold dates (ACT/365F)
    Npv {
        /// One amount or one `date,amount` per line, or - for standard input
        file: PathBuf,
        /// The rate per period, or per year for dated flows, as a fraction such as 0.08
        #[arg(long, allow_hyphen_values = true)]
        rate: f64,
    },
}

impl Returns {
    pub(crate) fn run(self, output: Output) -> Answer {
        let series = match self.verb {
            Verb::Irr { file } => Series::periodic(&read(&file)?)?,
            Verb::Xirr { file } => Series::dated(&read(&file)?)?,
            Verb::Npv { file, rate } => return valued(output, &read(&file)?, rate),
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

fn valued(output: Output, text: &str, rate: f64) -> Answer {
    let series = if text.contains(',') { Series::dated(text)? } else { Series::periodic(text)? };
    let value = present_value(&series, rate)?;
    if output.json {
        print_json(&serde_json::json!({"rate": rate, "npv": value}))?;
    } else {
        print(&value.to_string());
    }
    Ok(Said::Yes)
}
