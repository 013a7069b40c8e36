//! `recoup completions`: for the shell of the person typing.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::{
    Line,
    outcome::{Answer, Said},
};

/// Print the completion script of a shell
#[derive(Args)]
#[command(
    after_help = "Example:\n  recoup completions bash > ~/.local/share/bash-completion/completions/recoup"
)]
pub(crate) struct Completions {
    /// The shell to complete for
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> Answer {
        clap_complete::generate(self.shell, &mut Line::command(), "recoup", &mut std::io::stdout());
        Ok(Said::Yes)
    }
}
