//! The figures of the first page: which ones each reader looks for.

use std::collections::BTreeSet;

use recoup_deal::{CostKind, Instrument, PartyRole, Terms};

use crate::edition::Reader;
use crate::exhibits::KeyFigure;
use crate::sections::desk::{Desk, class};
use crate::table::ColumnKind::{self, Money, Multiple, Number, Percent};

/// Figures on a first page.
const MOST: usize = 8;

/// A figure to look for: letter of its tag, address, label, how it is set.
type Wanted = (char, String, String, ColumnKind);

/// The first eight figures that this deal has, in the reader's order; where the deal has fewer of them, those
/// of the full pack follow.
pub(crate) fn keys(desk: &mut Desk<'_>) -> Vec<KeyFigure> {
    let mut wanted = match desk.edition.reader {
        Reader::Full => full(desk),
        Reader::SeniorLender => senior(desk),
        Reader::GapLender => gap(desk),
        Reader::Equity => equity(desk),
        Reader::SoftMoney => soft_money(desk),
        Reader::Bond => bond(desk),
        Reader::CoProducer => co_producer(desk),
    };
    wanted.extend(full(desk));
    let mut seen = BTreeSet::new();
    wanted.retain(|(_, address, _, _)| seen.insert(address.clone()));
    let found = wanted
        .into_iter()
        .filter_map(|(letter, address, label, kind)| desk.key(letter, &address, label, kind));
    found.take(MOST).collect()
}

fn plain(desk: &Desk<'_>, letter: char, address: &str, key: &str, kind: ColumnKind) -> Wanted {
    (letter, address.to_owned(), desk.say(key), kind)
}

fn named(letter: char, address: String, name: &str, what: &str, kind: ColumnKind) -> Wanted {
    (letter, address, format!("{name}, {what}"), kind)
}

fn of_class<'a>(desk: &Desk<'a>, wanted: &'static str) -> Vec<&'a Instrument> {
    desk.deal().instruments.iter().filter(|instrument| class(&instrument.terms) == wanted).collect()
}

fn full(desk: &Desk<'_>) -> Vec<Wanted> {
    vec![
        plain(desk, 'B', "closing.uses_cash", "key.uses", Money),
        plain(desk, 'C', "closing.sources_cash", "key.sources", Money),
        plain(desk, 'C', "closing.difference", "key.difference", Money),
        plain(desk, 'I', "incentives.net", "key.net_incentives", Money),
        plain(desk, 'F', "capital.peak_funding", "key.peak_funding", Money),
        plain(desk, 'F', "capital.peak_debt", "key.peak_debt", Money),
        ('W', "revenue.gross".to_owned(), desk.in_case("key.gross"), Money),
        plain(desk, 'W', "revenue.to_account", "key.to_account", Money),
    ]
}

/// What the bank lends, against what, how much of it is left over, and how deep it goes.
fn senior(desk: &Desk<'_>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for loan in of_class(desk, "senior") {
        let at = |part: &str| format!("capital.{}.{part}", loan.id);
        wanted.push(named('C', at("principal"), &loan.name, desk.words.say("key.principal"), Money));
        wanted.push(named('C', at("advance"), &loan.name, desk.words.say("key.advance"), Percent));
        wanted.push(named('C', at("cover"), &loan.name, desk.words.say("key.cover"), Percent));
        wanted.push(named('C', at("unpaid"), &loan.name, desk.words.say("key.unpaid"), Money));
    }
    wanted.truncate(5);
    wanted.push(plain(desk, 'F', "capital.peak_debt", "key.peak_debt", Money));
    wanted.push(plain(desk, 'F', "capital.peak_debt_date", "key.peak_debt_date", ColumnKind::Text));
    wanted.push(plain(desk, 'I', "incentives.net", "key.net_incentives", Money));
    wanted.push(plain(desk, 'C', "capital.contingency_share", "key.contingency_share", Percent));
    wanted.push(plain(desk, 'C', "closing.difference", "key.difference", Money));
    wanted
}

/// The loan, what the unsold territories cover of it, and at which receipts it is out.
fn gap(desk: &Desk<'_>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for loan in of_class(desk, "gap").into_iter().chain(of_class(desk, "mezz")).take(1) {
        let at = |part: &str| format!("capital.{}.{part}", loan.id);
        wanted.push(named('C', at("principal"), &loan.name, desk.words.say("key.principal"), Money));
        wanted.push(plain(desk, 'C', &at("cover"), "key.gap_cover", Percent));
        wanted.push(plain(desk, 'C', &at("cover_gross"), "key.gap_cover_gross", Percent));
        wanted.push(plain(desk, 'C', &at("unsold_net"), "key.unsold_net", Money));
        wanted.push(plain(desk, 'C', &at("owed_at_maturity"), "key.owed_at_maturity", Money));
        if let Some(lender) = &loan.provider {
            wanted.push(plain(
                desk,
                'W',
                &format!("recoupment.{lender}.breakeven_receipts"),
                "key.out_at",
                Money,
            ));
        }
    }
    wanted.push(plain(desk, 'W', "revenue.to_account", "key.to_account", Money));
    wanted.push(plain(desk, 'C', "closing.difference", "key.difference", Money));
    wanted.push(plain(desk, 'C', "capital.contingency_share", "key.contingency_share", Percent));
    wanted
}

fn returns_of(desk: &Desk<'_>, party: &str) -> Vec<Wanted> {
    let at = |part: &str| format!("returns.{party}.{part}");
    vec![
        plain(desk, 'R', &at("invested"), "key.invested", Money),
        plain(desk, 'R', &at("irr"), "key.irr", Percent),
        plain(desk, 'R', &at("multiple"), "key.multiple", Multiple),
        plain(desk, 'R', &at("payback_months"), "key.payback", Number),
        plain(desk, 'R', &at("npv"), "key.npv", Money),
        plain(desk, 'W', &format!("recoupment.{party}.breakeven_receipts"), "key.out_at", Money),
    ]
}

/// What the first equity investor puts in and gets back.
fn equity(desk: &Desk<'_>) -> Vec<Wanted> {
    let investor = of_class(desk, "equity").into_iter().find_map(|instrument| instrument.provider.clone());
    let mut wanted = investor.map_or_else(Vec::new, |party| returns_of(desk, &party));
    wanted.push(plain(desk, 'W', "revenue.to_account", "key.to_account", Money));
    wanted.push(plain(desk, 'C', "closing.difference", "key.difference", Money));
    wanted.push(plain(desk, 'F', "capital.peak_funding", "key.peak_funding", Money));
    wanted
}

/// The fund's own money, the cost it is part of, and what comes back.
fn soft_money(desk: &Desk<'_>) -> Vec<Wanted> {
    let mut wanted = vec![plain(desk, 'B', "budget.total", "key.budget", Money)];
    let funds: Vec<&Instrument> = desk
        .deal()
        .instruments
        .iter()
        .filter(|instrument| {
            let by_fund = instrument.provider.as_ref().is_some_and(|id| {
                let party = desk.deal().parties.iter().find(|party| &party.id == id);
                party.is_some_and(|party| party.role == PartyRole::PublicFund)
            });
            by_fund || class(&instrument.terms) == "soft"
        })
        .collect();
    for fund in funds.iter().take(2) {
        let principal = format!("capital.{}.principal", fund.id);
        wanted.push(named('C', principal, &fund.name, desk.words.say("key.principal"), Money));
        if let Some(party) = &fund.provider {
            let address = format!("recoupment.{party}.breakeven_receipts");
            wanted.push(named('W', address, &fund.name, desk.words.say("key.out_at_short"), Money));
        }
    }
    wanted.push(plain(desk, 'I', "incentives.credits", "key.credits", Money));
    wanted.push(plain(desk, 'I', "incentives.net", "key.net_incentives", Money));
    wanted.push(plain(desk, 'C', "capital.contingency_share", "key.contingency_share", Percent));
    wanted.push(plain(desk, 'C', "closing.difference", "key.difference", Money));
    wanted
}

/// What has to be delivered for how much, with which reserve.
fn bond(desk: &Desk<'_>) -> Vec<Wanted> {
    let mut wanted = vec![
        plain(desk, 'B', "budget.lines", "key.lines", Money),
        plain(desk, 'B', "budget.contingency", "key.contingency", Money),
        plain(desk, 'C', "capital.contingency_share", "key.contingency_share", Percent),
    ];
    let bonds = desk.deal().budget.costs.iter().filter(|cost| cost.kind == CostKind::CompletionBond);
    for cost in bonds {
        wanted.push(plain(desk, 'B', &format!("budget.costs.{}.amount", cost.id), "key.bond", Money));
    }
    wanted.push(plain(desk, 'B', "closing.uses_cash", "key.uses", Money));
    wanted.push(plain(desk, 'C', "closing.difference", "key.difference", Money));
    wanted.push(plain(desk, 'F', "capital.peak_funding", "key.peak_funding", Money));
    wanted.push(plain(desk, 'F', "capital.peak_date", "key.peak_date", ColumnKind::Text));
    wanted
}

/// The whole, the co-producer's part, and what it brings back.
fn co_producer(desk: &Desk<'_>) -> Vec<Wanted> {
    let mut wanted = vec![
        plain(desk, 'B', "budget.total", "key.budget", Money),
        plain(desk, 'I', "incentives.net", "key.net_incentives", Money),
    ];
    let contributions =
        desk.deal().instruments.iter().filter(|one| matches!(one.terms, Terms::CoProducerContribution(_)));
    for instrument in contributions.take(2) {
        let principal = format!("capital.{}.principal", instrument.id);
        wanted.push(named('C', principal, &instrument.name, desk.words.say("key.principal"), Money));
    }
    let partners = desk.deal().parties.iter().filter(|party| party.role == PartyRole::CoProducer);
    for party in partners.take(2) {
        let address = format!("recoupment.{}.paid", party.id);
        wanted.push(named('W', address, &party.name, &desk.in_case("key.paid"), Money));
    }
    wanted.push(plain(desk, 'C', "closing.difference", "key.difference", Money));
    wanted.push(plain(desk, 'F', "capital.peak_funding", "key.peak_funding", Money));
    wanted.push(plain(desk, 'W', "revenue.to_account", "key.to_account", Money));
    wanted
}
