//! `recoup risk`: what a deal comes to when its numbers are uncertain.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, Subcommand};
use recoup_app::findings::Language;
use recoup_app::risk::{FileReplay, FileSimulation, replay_deal_file, seek_in_deal_file, simulate_deal_file};
use recoup_app::wire::{
    GoalAnswer, GoalView, MoneyDto, QuantityDto, RiskAmount, RiskFigure, RiskView, SeekGoal,
};

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Simulate a deal whose numbers are uncertain
///
/// What is uncertain stands in the deal itself, under `risk`: which numbers move, how they are distributed, which move
/// together. A path depends on the seed and on its number alone.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup risk run examples/dragons-quest.deal.json --paths 100000\n  recoup risk replay examples/dragons-quest.deal.json --path 4711 --json"
)]
pub(crate) struct Risk {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Args)]
struct Simulation {
    /// A deal file, or - for standard input
    file: PathBuf,
    /// How many paths; 10,000 where none are given
    #[arg(long)]
    paths: Option<u32>,
    /// The seed, a whole number
    #[arg(long)]
    seed: Option<String>,
    /// Whose return is drawn and told quarter by quarter: a party's id; the equity's where none is given
    #[arg(long)]
    party: Option<String>,
}

#[derive(Subcommand)]
enum Verb {
    /// Returns, probabilities of recoupment and losses of every party, each with its standard error
    ///
    /// Ends with 1 when nothing in the deal is uncertain, or what is cannot be drawn.
    Run(Simulation),
    /// One path computed to the cent: what was drawn, and every payment
    ///
    /// Ends with 1 where the simulation lies further from it than the roundings it leaves out explain.
    Replay {
        #[command(flatten)]
        simulation: Simulation,
        /// Which path, from 0
        #[arg(long)]
        path: u32,
    },
    /// What a cell has to hold for a figure, exact or of the simulation, to be what is wanted
    Solve {
        #[command(flatten)]
        simulation: Simulation,
        /// The cell that is sought, such as instruments[gap].amount.fixed
        #[arg(long)]
        cell: String,
        /// The figure's address, such as returns.fund.irr; of the simulation with risk. before it: risk.returns.fund.irr.p10
        #[arg(long)]
        figure: String,
        /// What it is to be, in major units or as a fraction
        #[arg(long, allow_hyphen_values = true)]
        target: String,
    },
}

impl Risk {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Run(asked) => {
                let (text, asked) = asked.read()?;
                let began = Instant::now();
                let clock = || i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
                let view = simulate_deal_file(&text, &asked, &clock)?;
                if output.json {
                    print_json(&view)?;
                } else {
                    simulated(&view, output.language);
                }
                Ok(if view.parties.is_empty() { Said::No } else { Said::Yes })
            }
            Verb::Replay { simulation, path } => {
                let (text, asked) = simulation.read()?;
                let found = replay_deal_file(&text, &asked, u64::from(path))?;
                if output.json {
                    print_json(&found)?;
                } else {
                    replayed(&found, output.language);
                }
                Ok(if found.agrees { Said::Yes } else { Said::No })
            }
            Verb::Solve { simulation, cell, figure, target } => {
                let (text, asked) = simulation.read()?;
                let FileSimulation { paths, seed, .. } = asked;
                let request = SeekGoal {
                    deal: String::new(),
                    cell,
                    figure,
                    target,
                    low: None,
                    high: None,
                    paths,
                    seed,
                };
                let found = seek_in_deal_file(&text, &request)?;
                if output.json {
                    print_json(&found)?;
                } else {
                    sought(&found, output.language);
                }
                Ok(if found.answers.is_empty() { Said::No } else { Said::Yes })
            }
        }
    }
}

impl Simulation {
    fn read(self) -> Result<(String, FileSimulation), recoup_app::AppError> {
        let Self { file, paths, seed, party } = self;
        Ok((read(&file)?, FileSimulation { paths, party, seed }))
    }
}

/// A table with a row for each party: the middle, and what lies a tenth from each end.
fn simulated(view: &RiskView, language: Language) {
    let french = matches!(language, Language::French);
    if let Some(reason) = &view.reason {
        return print(reason);
    }
    let (paths, way, took) = (view.paths, &view.way, view.elapsed_ms);
    let (seed, generator, kernel) = (&view.seed, &view.generator, &view.kernel);
    print(&if french {
        format!("{paths} trajectoires ({generator}, graine {seed}), voie {way}, {kernel}, {took} ms")
    } else {
        format!("{paths} paths ({generator}, seed {seed}), {way} way, {kernel}, {took} ms")
    });
    view.slow_reasons.iter().for_each(|reason| print(&format!("  {reason}")));
    let head = if french {
        ["", "TRI P10", "P50", "P90", "désintéressé", "perte", "VAN P10", "VAN P50", "VAN P90"]
    } else {
        ["", "IRR P10", "P50", "P90", "recouped", "loss", "NPV P10", "NPV P50", "NPV P90"]
    };
    row(head.map(str::to_owned));
    for party in &view.parties {
        row([
            party.label.clone(),
            share(&party.irr.p10),
            share(&party.irr.p50),
            share(&party.irr.p90),
            probability(&party.recouped),
            probability(&party.loss),
            amount(&party.npv.p10, language),
            amount(&party.npv.p50, language),
            amount(&party.npv.p90, language),
        ]);
    }
}

fn row(cells: [String; 9]) {
    let [name, low, middle, high, recouped, loss, npv_low, npv, npv_high] = cells;
    print(&format!(
        "{name:<32.32} {low:>9} {middle:>9} {high:>9} {recouped:>15} {loss:>15} {npv_low:>20} {npv:>20} {npv_high:>20}"
    ));
}

/// A fraction as per cent; what is withheld is told in the JSON.
fn share(figure: &RiskFigure) -> String {
    per_cent(figure.value.as_deref()).map_or_else(|| "–".to_owned(), |value| format!("{value:.2} %"))
}

fn probability(figure: &RiskFigure) -> String {
    match (per_cent(figure.value.as_deref()), per_cent(figure.error.as_deref())) {
        (Some(value), Some(error)) => format!("{value:.2} % ±{error:.2}"),
        (Some(value), None) => format!("{value:.2} %"),
        _ => "–".to_owned(),
    }
}

fn per_cent(decimal: Option<&str>) -> Option<f64> {
    decimal?.parse::<f64>().ok().map(|value| value * 100.0)
}

fn amount(figure: &RiskAmount, language: Language) -> String {
    figure.value.as_ref().map_or_else(|| "–".to_owned(), |value| value.written(language))
}

fn replayed(found: &FileReplay, language: Language) {
    let french = matches!(language, Language::French);
    let replay = &found.replay;
    print(&format!("{} {}", if french { "Trajectoire" } else { "Path" }, replay.path));
    for number in &replay.drawn {
        print(&format!("  {:<48} {:>20}", number.label, number.value));
    }
    for party in &replay.parties {
        let (put_in, received) = (amount(&party.invested, language), amount(&party.received, language));
        print(&format!("  {:<40} {put_in:>20} {received:>20} {:>10}", party.label, share(&party.irr)));
    }
    for posting in &found.postings {
        let (tier, payee) = (posting.tier.as_deref().unwrap_or("–"), posting.payee.as_deref().unwrap_or("–"));
        let paid = posting.amount.written(language);
        print(&format!("  {} {:<28} {tier:<28} {payee:<24} {paid:>20}", posting.date, posting.receipt));
    }
    let (apart, bound) = (
        amount(&replay.difference, language),
        found.bound.as_ref().map(|bound: &MoneyDto| bound.written(language)).unwrap_or_default(),
    );
    print(&if french {
        format!("La simulation s’en écarte d’au plus {apart} (arrondis omis\u{a0}: {bound}).")
    } else {
        format!("The simulation lies at most {apart} from it (roundings left out: {bound}).")
    });
}

fn sought(found: &GoalView, language: Language) {
    let answer = |answer: &GoalAnswer| {
        let value = match &answer.figure.value {
            QuantityDto::Money { amount } => amount.written(language),
            QuantityDto::Number { decimal } => decimal.clone(),
            QuantityDto::Absent { reason, .. } => reason.clone(),
            _ => String::new(),
        };
        print(&format!("{} = {}  →  {value}", answer.cell.path, answer.cell.value));
    };
    found.answers.iter().for_each(answer);
    if let (true, Some(nearest)) = (found.answers.is_empty(), &found.nearest) {
        print(match language {
            Language::English => "No value does it. The nearest:",
            Language::French => "Aucune valeur n’y suffit. La plus proche\u{a0}:",
        });
        answer(nearest);
    }
}
