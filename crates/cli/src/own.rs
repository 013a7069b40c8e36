//! `recoup incentives own` and `recoup incentives check`: programs from files, and those in the person's database.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use recoup_app::{
    App, AppError, ErrorCode,
    own_programs::{self, check_program_file, try_program_file},
    wire::{
        ListOwnPrograms, OwnProgramEntry, OwnProgramView, ProgramFault, ReadOwnProgram, SaveOwnProgram,
        TriedProgram,
    },
};

use crate::{
    db::{Words, open},
    outcome::{Answer, Output, Said, app, ask, print, print_json, read, unreadable},
};

/// One byte more than is read of a program: enough to say that it is too large.
const MOST_BYTES: u64 = 5 * 1024 * 1024 + 1;

/// Programs of your own: kept in the database, shared as files
///
/// They are yours: nobody but their author vouches for them, and every output says so.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup incentives own try bonus.program.json --deal film.deal.json\n  recoup incentives own add bonus.program.json\n  recoup incentives own export own-studio-bonus --out bonus.program.json"
)]
pub(crate) struct Own {
    /// Read the passphrase from this open file descriptor, up to the end of its first line
    #[arg(long, global = true, value_name = "N")]
    passphrase_fd: Option<u32>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    #[command(flatten)]
    Kept(Kept),
    /// Compute the program of a file on a deal's budget and on values; nothing is kept
    ///
    /// Ends with 1 when the program has faults.
    Try {
        /// The file, or - for standard input
        file: PathBuf,
        /// The deal whose budget answers what it can
        #[arg(long, value_name = "FILE")]
        deal: Option<PathBuf>,
        /// A value by the name of its input, such as total_cost=6000000
        #[arg(long = "input", value_name = "NAME=VALUE")]
        inputs: Vec<String>,
    },
}

/// What is asked of the database.
#[derive(Subcommand)]
enum Kept {
    /// List them
    List,
    /// Keep the program of a file: a new one, or a new version of the one of its id and first day
    Add {
        /// The file, or - for standard input
        file: PathBuf,
    },
    /// Show one with its versions
    Show {
        /// Its id
        program: String,
        /// The text of this version
        #[arg(long, value_name = "NUMBER")]
        version: Option<u32>,
    },
    /// Write one as a file; no existing file is replaced
    Export {
        /// Its id
        program: String,
        /// The file; standard output where none is named
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

impl Own {
    pub(crate) fn run(self, output: Output) -> Answer {
        let words = Words { descriptor: self.passphrase_fd };
        match self.verb {
            Verb::Try { file, deal, inputs } => tried(output, &file, deal.as_deref(), &inputs),
            Verb::Kept(verb) => {
                let app = app();
                ask(async move {
                    let answer = match open(&app, words).await {
                        Ok(()) => kept(&app, output, verb).await,
                        Err(reason) => Err(reason),
                    };
                    app.close().await;
                    answer
                })
            }
        }
    }
}

/// `recoup incentives check FILE`: every fault with its field. Ends with 1 when there is one.
pub(crate) fn check(output: Output, file: &Path) -> Answer {
    let checked = check_program_file(&bytes(file)?)?;
    if output.json {
        print_json(&checked)?;
    } else {
        checked.faults.iter().for_each(|fault| print(&said(fault)));
        checked.advice.iter().for_each(|fault| print(&format!("advice: {}", said(fault))));
        if let Some(program) = checked.program.as_ref().filter(|_| checked.faults.is_empty()) {
            print(&format!("{}  {}  from {}", program.program, program.name, program.from));
        }
    }
    Ok(if checked.faults.is_empty() { Said::Yes } else { Said::No })
}

async fn kept(app: &App, output: Output, verb: Kept) -> Answer {
    match verb {
        Kept::List => {
            let own = own_programs::list_own_programs(app, ListOwnPrograms {}).await?;
            if output.json {
                print_json(&own)?;
            } else {
                own.programs.iter().for_each(|entry| print(&line(entry)));
            }
            Ok(if own.programs.is_empty() { Said::No } else { Said::Yes })
        }
        Kept::Add { file } => {
            let text = String::from_utf8(bytes(&file)?)
                .map_err(|reason| unreadable(&file.display().to_string(), reason))?;
            added(app, output, text).await
        }
        Kept::Show { program, version } => {
            let own = found(app, &program).await?.own;
            let version = version.map(|version| version.to_string());
            let view = own_programs::read_own_program(app, ReadOwnProgram { own, version }).await?;
            if output.json {
                print_json(&view)?;
            } else {
                show(&view);
            }
            Ok(Said::Yes)
        }
        Kept::Export { program, out } => {
            let own = found(app, &program).await?.own;
            let text = own_programs::own_program_text(app, &own).await?;
            match out {
                None => print(text.trim_end()),
                Some(file) => OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .open(&file)
                    .and_then(|mut target| target.write_all(text.as_bytes()))
                    .map_err(|reason| unreadable(&file.display().to_string(), reason))?,
            }
            Ok(Said::Yes)
        }
    }
}

async fn added(app: &App, output: Output, text: String) -> Answer {
    let program = check_program_file(text.as_bytes())?.program;
    let known = own_programs::list_own_programs(app, ListOwnPrograms {}).await?.programs;
    let same = program.and_then(|program| {
        let same = |entry: &&OwnProgramEntry| {
            entry
                .entry
                .as_ref()
                .is_some_and(|one| (&one.program, &one.from) == (&program.program, &program.from))
        };
        known.iter().find(same).cloned()
    });
    let (own, version) = same.map_or((None, None), |entry| (Some(entry.own), Some(entry.version)));
    let view = own_programs::save_own_program(app, SaveOwnProgram { own, version, text }).await?;
    if output.json {
        print_json(&view)?;
    } else {
        print(&line(&view.own));
        view.advice.iter().for_each(|fault| print(&format!("advice: {}", said(fault))));
    }
    Ok(Said::Yes)
}

/// By the program's id, or by what the database calls it.
async fn found(app: &App, program: &str) -> Result<OwnProgramEntry, AppError> {
    let own = own_programs::list_own_programs(app, ListOwnPrograms {}).await?.programs;
    let named = |entry: &OwnProgramEntry| {
        entry.own == program || entry.entry.as_ref().is_some_and(|one| one.program == program)
    };
    // Of several dated versions the one with the latest first day.
    let latest =
        own.into_iter().filter(named).max_by_key(|entry| entry.entry.as_ref().map(|one| one.from.clone()));
    latest.ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no such program of your own.").with("program", program)
    })
}

fn tried(output: Output, file: &Path, deal: Option<&Path>, inputs: &[String]) -> Answer {
    let mut values = BTreeMap::new();
    for input in inputs {
        let (name, value) = input.split_once('=').ok_or_else(|| {
            AppError::new(ErrorCode::InvalidRequest, "A value is given like total_cost=6000000.")
                .with("given", input)
        })?;
        values.insert(name.trim().to_owned(), value.to_owned());
    }
    let deal = deal.map(read).transpose()?;
    let tried = try_program_file(&bytes(file)?, deal.as_deref(), &values)?;
    if output.json {
        print_json(&tried)?;
    } else {
        computed(&tried);
    }
    Ok(if tried.faults.is_empty() { Said::Yes } else { Said::No })
}

fn computed(tried: &TriedProgram) {
    tried.faults.iter().for_each(|fault| print(&said(fault)));
    if let Some(entry) = &tried.entry {
        print(&format!("{}  {}  own, unverified", entry.program, entry.name));
    }
    let Some(run) = &tried.run else { return };
    for row in &run.lines {
        let value = row.value.as_ref().map_or("not given", |value| value.exact.as_str());
        let clause = row.clause.as_deref().unwrap_or_default();
        print(&format!("{:<56} {value:>20}  {clause}", row.label));
        if let Some(problem) = &row.problem {
            print(&format!("  {problem}"));
        }
    }
    for condition in &run.conditions {
        print(&format!("{:<8} {}", condition.verdict, condition.label));
    }
    let payable = run.payable.as_ref().map_or("not given", |value| value.exact.as_str());
    print(&format!("pays {} {payable}", run.currency));
    if !run.unused.is_empty() {
        print(&format!("not asked for: {}", run.unused.join(", ")));
    }
}

fn line(entry: &OwnProgramEntry) -> String {
    let (program, from) = entry
        .entry
        .as_ref()
        .map_or(("does not read", ""), |program| (program.program.as_str(), program.from.as_str()));
    format!("{program:<34} {}  from {from}  version {}  own, unverified", entry.name, entry.version)
}

fn show(view: &OwnProgramView) {
    print(&line(&view.own));
    for version in &view.versions {
        print(&format!("version {}  {}  {}", version.version, version.at, version.author));
    }
    view.faults.iter().for_each(|fault| print(&said(fault)));
    print(view.text.trim_end());
}

fn said(fault: &ProgramFault) -> String {
    let at = if fault.path.is_empty() { String::new() } else { format!("{}: ", fault.path) };
    let given = fault.given.as_ref().map_or_else(String::new, |given| format!("; given {given}"));
    let limit = fault.limit.as_ref().map_or_else(String::new, |limit| format!("; accepted: {limit}"));
    format!("{at}{}{given}{limit}", fault.message)
}

/// The bytes of a file, whatever they are, and no more than say that they are too many; `-` is standard input.
fn bytes(file: &Path) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    let done = if file == Path::new("-") {
        std::io::stdin().take(MOST_BYTES).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|open| open.take(MOST_BYTES).read_to_end(&mut bytes))
    };
    done.map_err(|reason| unreadable(&file.display().to_string(), reason))?;
    Ok(bytes)
}
