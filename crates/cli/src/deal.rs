//! `recoup deal`: deal files, checked and computed.

use clap::{Args, Subcommand};

use crate::outcome::{Answer, Said, print_json};

/// Work on deal files
#[derive(Args)]
#[command(after_help = "Example:\n  recoup deal schema > recoup-deal.schema.json")]
pub(crate) struct Deal {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Print the JSON Schema of the deal file
    Schema,
}

impl Deal {
    pub(crate) fn run(self) -> Answer {
        match self.verb {
            Verb::Schema => {
                print_json(&recoup_app::deals::deal_schema())?;
                Ok(Said::Yes)
            }
        }
    }
}
