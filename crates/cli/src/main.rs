//! `recoup`: the whole product without a window.
//!
//! Human text by default and `--json` for machines: then standard output carries JSON alone and
//! diagnostics go to standard error. The exit code is 0 when all is well, 1 when the answer is no, and 2
//! when the input cannot be used.

mod budget;
mod completions;
mod db;
mod deal;
mod incentives;
mod language;
mod levels;
mod outcome;
mod own;
mod pack;
mod points;
mod receipts;
mod returns;
mod risk;
mod scenarios;
mod serve;
mod solve;
mod statements;
mod verify;
mod waterfall;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use outcome::{Output, Said};

/// Model how an animated film is financed: incentives, capital, recoupment, returns.
#[derive(Parser)]
#[command(name = "recoup", version, arg_required_else_help = true)]
struct Line {
    /// Print JSON on standard output and nothing else there
    #[arg(long, global = true)]
    json: bool,
    /// Speak English or French; by default as LC_ALL, LC_MESSAGES or LANG say, and English with --json
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["en", "fr"])]
    lang: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Deal(deal::Deal),
    Budget(budget::Budget),
    Pack(pack::Pack),
    Incentives(incentives::Incentives),
    Returns(returns::Returns),
    Risk(risk::Risk),
    Scenarios(scenarios::Scenarios),
    Verify(verify::Verify),
    Waterfall(waterfall::Waterfall),
    Db(db::Db),
    Serve(serve::Serve),
    Completions(completions::Completions),
}

fn main() -> ExitCode {
    // Clap itself ends with 2 on a line it cannot read, which is what bad input means here too.
    let line = Line::parse();
    let variable = |name: &str| std::env::var(name).ok();
    let language = language::chosen(line.lang.as_deref(), line.json, variable);
    let output = Output { json: line.json, language };
    let answer = match line.verb {
        Verb::Deal(verb) => verb.run(output),
        Verb::Budget(verb) => verb.run(output),
        Verb::Pack(verb) => verb.run(output),
        Verb::Incentives(verb) => verb.run(output),
        Verb::Returns(verb) => verb.run(output),
        Verb::Risk(verb) => verb.run(output),
        Verb::Scenarios(verb) => verb.run(output),
        Verb::Verify(verb) => verb.run(output),
        Verb::Waterfall(verb) => verb.run(output),
        Verb::Db(verb) => verb.run(output),
        Verb::Serve(verb) => verb.run(),
        Verb::Completions(verb) => verb.run(),
    };
    match answer {
        Ok(Said::Yes) => ExitCode::SUCCESS,
        Ok(Said::No) => ExitCode::from(1),
        Err(refusal) => {
            output.refuse(&refusal);
            ExitCode::from(2)
        }
    }
}
