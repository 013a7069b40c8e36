//! The example deals are valid, written the way this build writes, and say what their producers said.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_deal::findings::render;
use recoup_deal::{Deal, Language, Severity, Terms, check, get, read_deal, write_deal};
use recoup_money::{Currency, Money};

fn text(name: &str) -> &'static str {
    match name {
        "dragons-quest" => include_str!("../../../examples/dragons-quest.deal.json"),
        "nimbus-and-pip" => include_str!("../../../examples/nimbus-and-pip.deal.json"),
        "tin-orchard" => include_str!("../../../examples/tin-orchard.deal.json"),
        other => panic!("{other} is no example"),
    }
}

fn deal(name: &str) -> Deal {
    read_deal(text(name)).unwrap_or_else(|why| panic!("{name}: {why:?}"))
}

const NAMES: [&str; 3] = ["dragons-quest", "nimbus-and-pip", "tin-orchard"];

fn lines(deal: &Deal) -> Money {
    Money::sum(deal.currency, deal.budget.lines.iter().filter_map(|line| line.amount)).unwrap()
}

fn spent_in(deal: &Deal, place: &str) -> Money {
    let parts = deal.budget.lines.iter().flat_map(|line| {
        line.spend
            .iter()
            .filter(|part| part.jurisdiction == place)
            .filter_map(|part| line.amount?.scale(part.share?, recoup_money::Rounding::HalfUp).ok())
    });
    Money::sum(deal.currency, parts).unwrap()
}

#[test]
fn they_read_without_blockers_and_write_back_byte_for_byte() {
    for name in NAMES {
        let read = deal(name);
        assert_eq!(write_deal(&read).unwrap(), text(name), "{name}");
        let blockers = check(&read).into_iter().filter(|finding| finding.severity == Severity::Blocker);
        assert_eq!(blockers.collect::<Vec<_>>(), [], "{name}");
    }
}

#[test]
fn every_assumption_stands_in_its_cell() {
    for name in NAMES {
        let read = deal(name);
        assert!(read.assumptions.len() > 50, "{name}");
        for assumption in &read.assumptions {
            assert_eq!(get(&read, &assumption.path).as_ref(), Some(&assumption.value), "{}", assumption.path);
            assert!(!assumption.source.is_empty());
        }
    }
}

#[test]
fn dragons_quest_spends_what_its_table_says() {
    let deal = deal("dragons-quest");
    let dollars = |amount| Money::from_major(amount, Currency::USD).unwrap();
    assert_eq!(lines(&deal), dollars(30_000_000));
    assert_eq!(spent_in(&deal, "CA-QC"), dollars(16_500_000));
    assert_eq!(spent_in(&deal, "IE"), dollars(7_500_000));
    assert_eq!(spent_in(&deal, "US-CA"), dollars(6_000_000));
    let takes = deal.revenue.sources.iter().filter_map(|source| source.estimate.take);
    assert_eq!(Money::sum(deal.currency, takes).unwrap(), dollars(11_400_000));
    let codes: Vec<_> = check(&deal).into_iter().map(|finding| (finding.code, finding.path)).collect();
    for (code, path) in [
        ("WINDOW_EXCLUDED", "revenue.sources[na-pay-tv].estimate"),
        ("CONTRACT_PAYS_LATE", "instruments[svod-licence].drawdown.steps"),
        ("UNCOMMITTED_MONEY", "instruments[gap].status"),
        ("UNCOMMITTED_MONEY", "instruments[mezzanine].status"),
    ] {
        assert!(codes.contains(&(code.to_owned(), path.to_owned())), "{code}");
    }
}

#[test]
fn nimbus_and_pip_does_not_carry_thirty_per_cent_in_france() {
    let deal = deal("nimbus-and-pip");
    let dollars = |amount| Money::from_major(amount, Currency::CAD).unwrap();
    assert_eq!(lines(&deal), dollars(13_700_000));
    assert_eq!(spent_in(&deal, "FR"), dollars(3_937_000));
    let finding = check(&deal).into_iter().find(|finding| finding.code == "TREATY_SHARE_DIFFERS").unwrap();
    let said = render(&finding, Language::English).message;
    assert!(said.contains("30 %") || said.contains("70 %"), "{said}");
    assert!(
        deal.instruments
            .iter()
            .any(|i| matches!(i.terms, Terms::ProducerInvestment(_)) && i.amount.is_some())
    );
}

#[test]
fn the_tin_orchard_spends_what_its_prose_says() {
    let deal = deal("tin-orchard");
    let pounds = |amount| Money::from_major(amount, Currency::GBP).unwrap();
    assert_eq!(lines(&deal), pounds(10_450_000));
    assert_eq!(spent_in(&deal, "IE"), pounds(4_082_000));
    let core = deal.budget.lines.iter().filter(|line| line.is_core()).filter_map(|line| line.amount);
    assert_eq!(Money::sum(deal.currency, core).unwrap(), pounds(9_790_000));
    let codes: Vec<_> = check(&deal).into_iter().map(|finding| finding.code).collect();
    for code in ["BOND_MISSING", "WITHHOLDING_BLANK", "DISTRIBUTION_COST_UNKNOWN"] {
        assert!(codes.contains(&code.to_owned()), "{code}");
    }
}
