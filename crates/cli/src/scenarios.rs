//! `recoup scenarios`: other ways to finance the same film.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use recoup_app::findings::Language;
use recoup_app::scenarios::{compare_from_file, generate_from_file};
use recoup_app::wire::{
    AllocationDto, AllocationPartDto, CompareScenarios, FigureDto, GenerateScenarios, QuantityDto,
    ScenarioComparison, ScenarioDto, ScenarioShareDto, ScenariosView,
};

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Finance a deal in other ways: usual shapes of a capital stack, or shares of your own
///
/// A shape is a wish. Incentives are what the deal earns, contracts and public money stay, loans are cut to what they are
/// secured on, and equity gives the rest; each scenario is a whole deal with an order of recoupment of its own.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup scenarios generate examples/dragons-quest.deal.json\n  recoup scenarios generate examples/tin-orchard.deal.json --shares equity=40,senior_debt=35,presales=25\n  recoup scenarios compare examples/dragons-quest.deal.json --perspective lender --json"
)]
pub(crate) struct Scenarios {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// What each shape comes to in this deal: wished, carried, and why
    ///
    /// Ends with 1 when one of them does not close.
    Generate {
        /// A deal file, or - for standard input
        file: PathBuf,
        /// A template, such as `debt_heavy`; all five where neither templates nor shares are given
        #[arg(long = "template", value_name = "ID")]
        templates: Vec<String>,
        /// Shares of your own in per cent of the budget, such as `equity=40,senior_debt=60`
        #[arg(long = "shares", value_name = "SHARES")]
        shares: Vec<String>,
    },
    /// Which of them serves a reader best, by exact figures and many paths
    ///
    /// Ends with 1 when none of them can be ranked.
    Compare {
        /// A deal file, or - for standard input
        file: PathBuf,
        /// A template, `deal` for the deal as it stands, or `custom:equity=40,senior_debt=60`; the templates where none is given
        #[arg(long = "scenario", value_name = "KEY")]
        scenarios: Vec<String>,
        /// producer, equity, lender or balanced; as the deal prefers where none is given
        #[arg(long)]
        perspective: Option<String>,
        /// How many paths for each; 10,000 where none are given
        #[arg(long)]
        paths: Option<u32>,
        /// The seed, a whole number
        #[arg(long)]
        seed: Option<String>,
    },
}

impl Scenarios {
    pub(crate) fn run(self, output: Output) -> Answer {
        match self.verb {
            Verb::Generate { file, templates, shares } => {
                let request = GenerateScenarios {
                    deal: String::new(),
                    templates: (!templates.is_empty() || !shares.is_empty()).then_some(templates),
                    allocations: shares.iter().map(|shares| allocation(shares)).collect(),
                    equity_at_most: None,
                };
                let view = generate_from_file(&read(&file)?, &request)?;
                if output.json {
                    print_json(&view)?;
                } else {
                    generated(&view, output.language);
                }
                Ok(if view.scenarios.iter().all(|one| one.closes) { Said::Yes } else { Said::No })
            }
            Verb::Compare { file, scenarios, perspective, paths, seed } => {
                let request = CompareScenarios {
                    deal: String::new(),
                    scenarios,
                    perspective,
                    weights: Vec::new(),
                    paths,
                    seed,
                };
                let found = compare_from_file(&read(&file)?, &request)?;
                if output.json {
                    print_json(&found)?;
                } else {
                    compared(&found, output.language);
                }
                Ok(if found.rankings.iter().any(|one| one.rank.is_some()) { Said::Yes } else { Said::No })
            }
        }
    }
}

/// `equity=40,senior_debt=60`. What cannot be read is refused by the application, with its place.
fn allocation(shares: &str) -> AllocationDto {
    let part = |part: &str| {
        let (kind, percent) = part.split_once('=').unwrap_or((part, ""));
        AllocationPartDto { kind: kind.trim().to_owned(), percent: percent.trim().to_owned() }
    };
    AllocationDto { name: None, parts: shares.split(',').map(part).collect() }
}

fn generated(view: &ScenariosView, language: Language) {
    let words = Words::of(language);
    print(&format!("{} {}", words.budget, amount(&view.budget, language)));
    print(&format!("{} {}", words.incentives, amount(&view.incentives, language)));
    for one in &view.scenarios {
        scenario(one, &words, language);
    }
}

fn scenario(one: &ScenarioDto, words: &Words, language: Language) {
    let closes = if one.closes {
        words.closes.to_owned()
    } else {
        let (short, cash) = (amount(&one.shortfall, language), amount(&one.cash_shortfall, language));
        format!("{} {short}, {} {cash}", words.short, words.cash_short)
    };
    print(&format!("\n{} ({}): {closes}", one.name, one.scenario));
    if let Some(same) = &one.same_as {
        print(&format!("  {} {same}", words.same));
    }
    let [kind, wished, scaled, carried] = words.heads;
    print(&format!("  {kind:<12} {wished:>8} {scaled:>20} {carried:>20} {:>8}  {}", "%", words.why));
    for share in one.shares.iter().filter(|share| is_told(share)) {
        let reasons: Vec<&str> = share.reasons.iter().map(|reason| reason.reason.as_str()).collect();
        let (wished, carried) = (per_cent(&share.wished_percent), per_cent(&share.carried_percent));
        print(&format!(
            "  {:<12} {wished:>8} {:>20} {:>20} {carried:>8}  {}",
            share.kind,
            amount(&share.scaled, language),
            amount(&share.carried, language),
            reasons.join(", ")
        ));
    }
}

/// A kind that was wished or brings something.
fn is_told(share: &ScenarioShareDto) -> bool {
    let is_nothing =
        |figure: &FigureDto| matches!(&figure.value, QuantityDto::Money { amount } if amount.minor() == 0);
    !(is_nothing(&share.wished) && is_nothing(&share.carried))
}

fn compared(found: &ScenarioComparison, language: Language) {
    let words = Words::of(language);
    print(&format!("{} {}", words.perspective, found.perspective));
    for one in &found.rankings {
        let rank = one.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        let score = value(&one.score, language);
        print(&format!("{rank:>3}  {:<22} {score:>8}  + {}", one.name, one.strengths.join(", ")));
        print(&format!("{:>3}  {:<22} {:>8}  − {}", "", "", "", one.weaknesses.join(", ")));
    }
    let shown = &found.evaluations.evaluations;
    let keys: Vec<&str> = shown.iter().map(|one| one.scenario.as_str()).collect();
    print(&format!("\n{:<26} {}", words.measure, keys.map_cells()));
    let measures = shown.first().map_or(0, |one| one.measures.len());
    for place in 0..measures {
        let cells: Vec<String> = shown
            .iter()
            .filter_map(|one| one.measures.get(place))
            .map(|measure| value(&measure.figure, language))
            .collect();
        let Some(measure) = shown.first().and_then(|one| one.measures.get(place)) else { continue };
        print(&format!("{:<26} {}", measure.measure, cells.map_cells()));
    }
}

/// Cells of a line, each as wide as an amount.
trait Cells {
    fn map_cells(&self) -> String;
}

impl<T: AsRef<str>> Cells for Vec<T> {
    fn map_cells(&self) -> String {
        self.iter().map(|cell| format!("{:>20}", cell.as_ref())).collect::<Vec<_>>().join(" ")
    }
}

fn amount(figure: &FigureDto, language: Language) -> String {
    value(figure, language)
}

fn per_cent(figure: &FigureDto) -> String {
    match &figure.value {
        QuantityDto::Number { decimal } => {
            decimal.parse::<f64>().map_or_else(|_| decimal.clone(), |value| format!("{value:.1}"))
        }
        _ => "–".to_owned(),
    }
}

fn value(figure: &FigureDto, language: Language) -> String {
    match &figure.value {
        QuantityDto::Money { amount } => amount.written(language),
        QuantityDto::Number { decimal } => {
            decimal.parse::<f64>().map_or_else(|_| decimal.clone(), |value| format!("{value:.4}"))
        }
        QuantityDto::Flag { yes } => if *yes { "✓" } else { "✗" }.to_owned(),
        QuantityDto::Date { date } => date.clone(),
        QuantityDto::Absent { .. } => "–".to_owned(),
    }
}

/// What the tables say.
struct Words {
    budget: &'static str,
    incentives: &'static str,
    closes: &'static str,
    short: &'static str,
    cash_short: &'static str,
    same: &'static str,
    heads: [&'static str; 4],
    why: &'static str,
    perspective: &'static str,
    measure: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                budget: "Budget",
                incentives: "Incentives, net",
                closes: "closes on cash",
                short: "uses without a source",
                cash_short: "cash below nothing by",
                same: "the same stack as",
                heads: ["money", "wished %", "left of the wish", "carried"],
                why: "why",
                perspective: "Perspective:",
                measure: "measure",
            },
            Language::French => Self {
                budget: "Budget",
                incentives: "Incitatifs, nets",
                closes: "bouclé en trésorerie",
                short: "emplois sans ressource\u{a0}:",
                cash_short: "découvert de trésorerie\u{a0}:",
                same: "même montage que",
                heads: ["argent", "souhaité %", "reste du souhait", "porté"],
                why: "pourquoi",
                perspective: "Point de vue\u{a0}:",
                measure: "mesure",
            },
        }
    }
}
