//! How long every program takes on one deal, the search for the best legal combination of twelve, and what the
//! whole budget would earn in every jurisdiction of the library.
//!
//! `cargo run --release -p recoup-incentives --example evaluate_all -- examples/nimbus-and-pip.deal.json`
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measurement reads the deal and the clock, and stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::time::Instant;

use recoup_incentives::{
    Answers, Catalog, Member, Policy, ProgramRun, Surveyed, Value, achievable, best_combination, exclusion,
    read_toml, survey,
};
use rust_decimal::Decimal;

const RUNS: usize = 101;
const CANDIDATES: usize = 12;

fn main() {
    let catalog = Catalog::embedded().unwrap();
    for grind in ["0", "1.5"] {
        let chain: Vec<Policy> = (0..CANDIDATES).map(|at| link(at, grind)).collect();
        let given = Answers::new().with("spend", Value::Number(Decimal::from(1_000_000)));
        let members: Vec<Member<'_>> = chain.iter().map(|one| Member::new(one, given.clone())).collect();
        let (search, choice) = median(|| {
            best_combination(&members, &BTreeSet::new(), &|_, run: &ProgramRun| run.net().unwrap_or_default())
        });
        let kept = choice.unwrap().chosen.programs.len();
        println!(
            "{search:7.3} ms  best of {CANDIDATES} programs that all touch and none bars, grind {grind}: {kept} kept \
             (aim 10 ms)"
        );
    }
    for file in std::env::args().skip(1) {
        let deal = recoup_deal::read_deal(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let (all, found) = median(|| survey(&deal, catalog, deal.as_of));
        let worth = found.iter().filter(|one| one.run.net().is_some_and(|net| net > Decimal::ZERO)).count();
        println!(
            "{:7.3} ms  {} programs on {}, {worth} of them worth something (aim 2 ms)",
            all,
            found.len(),
            deal.name
        );
        let members = contested(&found);
        let (search, choice) = median(|| {
            best_combination(&members, &BTreeSet::new(), &|_, run: &ProgramRun| run.net().unwrap_or_default())
        });
        let looked_at = choice.unwrap().rejected.len() + 1;
        println!("{search:7.3} ms  best of {} programs, {looked_at} combinations (aim 10 ms)", members.len());
        for hands in [1, 2] {
            let (took, places) = median(|| achievable(&deal, catalog, hands));
            println!("{took:7.3} ms  {} jurisdictions, {hands} at work (aim 50 ms by two)", places.len());
        }
    }
}

/// One of a dozen programs, each of which takes from the base of all that come after it: every set of them is
/// legal, and none is worth the same as another.
fn link(at: usize, grind: &str) -> Policy {
    let later: Vec<String> = (at + 1..CANDIDATES).map(|other| format!("\"p{other}\"")).collect();
    let hands = format!(
        "\n[[interactions]]\nrelation = \"reduces_base_of\"\nwith = [{}]\nline = \"credit\"\ninput = \"taken\"\n\
         clause = \"s. 5\"\nsource = \"law\"\n",
        later.join(", ")
    );
    let text = include_str!("../tests/sound.toml")
        .replace("id = \"sound\"", &format!("id = \"p{at}\""))
        .replace(
            "[[inputs]]\n",
            "[[inputs]]\nname = \"taken\"\nlabel = \"Taken\"\ndefault = \"0\"\n\n[[inputs]]\n",
        )
        .replacen(
            "min(rate * spend, cap)",
            &format!("min(rate * spend / {} - {grind} * taken, cap)", at + 1),
            1,
        );
    read_toml("link.toml", &if later.is_empty() { text } else { text + &hands }).unwrap()
}

/// Twelve programs, those first that exclude most others: the hardest search the library gives.
fn contested(found: &[Surveyed]) -> Vec<Member<'_>> {
    let conflicts =
        |one: &Surveyed| found.iter().filter(|other| exclusion(&one.policy, &other.policy).is_some()).count();
    let mut sorted: Vec<&Surveyed> = found.iter().collect();
    sorted.sort_by_key(|one| std::cmp::Reverse(conflicts(one)));
    let hardest = sorted.into_iter().take(CANDIDATES);
    hardest.map(|one| Member::new(&one.policy, one.answers.clone())).collect()
}

/// Milliseconds in the middle of many runs, and the last result.
fn median<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut taken = Vec::with_capacity(RUNS);
    let mut last = work();
    for _ in 0..RUNS {
        let start = Instant::now();
        last = work();
        taken.push(start.elapsed().as_secs_f64() * 1e3);
    }
    taken.sort_by(f64::total_cmp);
    (taken[RUNS / 2], last)
}
