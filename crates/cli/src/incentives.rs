//! `recoup incentives`: the policy library, and programs on typed inputs.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::{
    incentives::{run_program, search_programs, show_program},
    points_sheet::tested,
    wire::{ProgramEntry, ProgramView, SearchPrograms, ShowProgram},
};

use crate::{
    outcome::{Answer, Output, Said, app, ask, print, print_json, read},
    own, points,
};

/// Look into the policy library, or run a program on typed inputs
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup incentives search québec animation\n  recoup incentives show ca-federal-cptc --on 2026-01-01"
)]
pub(crate) struct Incentives {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// List every program in its newest version
    List,
    /// Find programs by words of their names and jurisdictions
    Search {
        /// All of these words
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Show one version of a program with its lines, clauses and sources
    Show {
        /// The program's id
        program: String,
        /// The day whose law is asked for
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Run a program: {"program": …, "version_on": …, "inputs": {…}}
    Run {
        /// The file, or - for standard input
        file: PathBuf,
    },
    /// Check the file of a program: every fault with its field
    ///
    /// Ends with 1 when there is one.
    Check {
        /// The file, or - for standard input
        file: PathBuf,
    },
    Own(own::Own),
}

impl Incentives {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::List => listed(output, None),
            Verb::Search { words } => listed(output, Some(words.join(" "))),
            Verb::Show { program, on } => {
                let view = ask(show_program(
                    &app(),
                    ShowProgram { program, on, deal: None, language: spoken(output) },
                ))?;
                if output.json {
                    print_json(&view)?
                } else {
                    show(&view)
                }
                Ok(Said::Yes)
            }
            Verb::Run { file } => computed(output, &read(&file)?),
            Verb::Check { file } => own::check(output, &file),
            Verb::Own(verb) => verb.run(output),
        }
    }
}

fn spoken(output: Output) -> Option<String> {
    Some(output.language.code().to_owned())
}

fn listed(output: Output, words: Option<String>) -> Answer {
    let found = ask(search_programs(&app(), SearchPrograms { words, language: spoken(output) }))?;
    if output.json {
        print_json(&found)?;
    } else {
        for entry in &found.programs {
            print(&line(entry));
        }
    }
    Ok(if found.programs.is_empty() { Said::No } else { Said::Yes })
}

fn line(entry: &ProgramEntry) -> String {
    let unverified = if entry.confidence == "low" { "  unverified" } else { "" };
    let computable = if entry.computable { "" } else { "  not computable" };
    format!(
        "{:<34} {:<8} {}  from {}{unverified}{computable}",
        entry.program, entry.jurisdiction, entry.name, entry.from
    )
}

fn show(view: &ProgramView) {
    print(&line(&view.entry));
    print(&format!("{}\nversions: {}", view.entry.legal_name, view.versions.join(", ")));
    if let Some(missing) = &view.missing {
        print(&format!("\nMissing: {missing}"));
    }
    for fact in &view.known {
        let source = fact.source.as_deref().unwrap_or_default();
        print(&format!(
            "\n{}\n  {}\n  {}  {source} ({})",
            fact.label, fact.text, fact.clause, fact.confidence
        ));
    }
    for row in &view.lines {
        print(&format!("\n{}\n  {} = {}", row.label, row.id, row.formula));
        if let Some(clause) = &row.clause {
            print(&format!("  {clause}  {}", row.source.as_deref().unwrap_or_default()));
        }
    }
    points::show(&view.tests);
    for source in &view.sources {
        print(&format!("\n{}\n  {} (seen {})", source.title, source.address, source.seen));
    }
    for note in &view.notes {
        print(&format!("\nNote: {note}"));
    }
}

fn computed(output: Output, text: &str) -> Answer {
    let run = run_program(text)?;
    if output.json {
        print_json(&run)?;
    } else {
        for row in &run.lines {
            print(&format!(
                "{:<56} {:>20}  {}",
                row.label,
                row.value.to_string(),
                row.clause.as_deref().unwrap_or_default()
            ));
        }
        for condition in &run.conditions {
            print(&format!("{:?}: {}", condition.verdict, condition.label));
        }
        points::ran(&tested(&run, Some(output.language.code()))?);
    }
    Ok(if run.refused_by().is_empty() { Said::Yes } else { Said::No })
}
