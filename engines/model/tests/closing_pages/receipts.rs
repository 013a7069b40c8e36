//! Who is out at which receipts, and what reaches whom at other levels of worldwide gross.

use recoup_deal::Deal;
use recoup_model::{Outcome, at_gross, run};
use recoup_money::Money;

use crate::{catalog, page::words};

/// Levels that a producer asks for, in major units of the deal's currency; else parts of the estimates.
const ASKED: [(&str, [i64; 2]); 1] = [("tin-orchard", [6_000_000, 12_000_000])];

pub(crate) fn told(name: &str, deal: &Deal, outcome: &Outcome) -> String {
    let mut told = "## Who is out at which receipts?\n\nEvery open estimate scaled alike; prices of sold territories, credits \
                    and drawings as they are.\n\n| party | receipts of the account | worldwide gross |\n|---|---:|---:|"
        .to_owned();
    for party in &outcome.parties {
        let out = |word: &str| {
            let found = outcome.book.money(&format!("recoupment.{}.{word}", party.party));
            found.map_or_else(|| "no limit, or never".to_owned(), words)
        };
        let (account, gross) = (out("breakeven_receipts"), out("breakeven_gross"));
        told.push_str(&format!("\n| {} | {account} | {gross} |", named(deal, &party.party)));
    }
    told.push_str("\n\n");
    told.push_str(&table(name, deal, outcome));
    told
}

fn named<'d>(deal: &'d Deal, id: &'d str) -> &'d str {
    deal.parties.iter().find(|party| party.id == id).map_or(id, |party| party.name.as_str())
}

fn table(name: &str, deal: &Deal, outcome: &Outcome) -> String {
    let asked = ASKED.iter().find(|(asked, _)| *asked == name);
    let base = outcome.book.money("revenue.gross").expect("a gross").minor();
    let levels: Vec<Money> = match asked {
        Some((_, levels)) => {
            let amount = |major: &i64| Money::from_major(*major, deal.currency).expect("an amount");
            levels.iter().map(amount).collect()
        }
        None => [2, 3, 4, 5].map(|quarters| Money::new(base / 4 * quarters, deal.currency)).to_vec(),
    };
    let moved: Vec<Outcome> = levels
        .iter()
        .map(|level| run(&at_gross(deal, &outcome.book, *level).expect("a level"), catalog()))
        .collect();
    let heads: String = levels.iter().map(|level| format!(" {} |", words(*level))).collect();
    let mut told = format!("| paid at a worldwide gross of |{heads}\n|---|{}", "---:|".repeat(levels.len()));
    let row = |name: &str, address: &str| {
        let cell = |outcome: &Outcome| {
            let paid = outcome.book.money(&format!("{address}.paid")).or(outcome.book.money(address));
            let owed = outcome.book.money(&format!("{address}.outstanding")).filter(Money::is_positive);
            let owed = owed.map(|owed| format!(", {} still owed", words(owed))).unwrap_or_default();
            format!(" {}{owed} |", paid.map_or_else(|| "none".to_owned(), words))
        };
        format!("\n| {name} |{}", moved.iter().map(cell).collect::<String>())
    };
    told.push_str(&row("the collection account", "revenue.to_account"));
    for party in &outcome.parties {
        told.push_str(&row(named(deal, &party.party), &format!("recoupment.{}", party.party)));
    }
    told
}
