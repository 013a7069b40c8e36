//! `recoup deal`: deal files, checked and computed.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::findings::check_deal_file;

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Work on deal files
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup deal check examples/dragons-quest.deal.json\n  recoup deal schema > recoup-deal.schema.json"
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
    /// Print the JSON Schema of the deal file
    Schema,
}

impl Deal {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Check { file } => checked(output, &read(&file)?),
            Verb::Schema => {
                print_json(&recoup_app::deals::deal_schema())?;
                Ok(Said::Yes)
            }
        }
    }
}

fn checked(output: Output, text: &str) -> Answer {
    let findings = check_deal_file(text)?;
    let blocked = findings.iter().any(|finding| finding.severity == "blocker");
    if output.json {
        print_json(&findings)?;
    } else {
        for finding in &findings {
            print(&format!("{:<8} {}  {}", finding.severity, finding.path, finding.code));
            print(&format!("         {}\n         {}", finding.message, finding.remedy));
        }
        print(&format!("{} findings, {}", findings.len(), if blocked { "blocked" } else { "no blocker" }));
    }
    Ok(if blocked { Said::No } else { Said::Yes })
}
