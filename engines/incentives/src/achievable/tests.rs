use recoup_deal::read_deal;

use super::*;
use crate::assess::assess;

const DRAGONS: &str = include_str!("../../../../examples/dragons-quest.deal.json");
const NIMBUS: &str = include_str!("../../../../examples/nimbus-and-pip.deal.json");
const ORCHARD: &str = include_str!("../../../../examples/tin-orchard.deal.json");

fn found(text: &str, place: &str) -> Achievable {
    let deal = read_deal(text).unwrap();
    achievable_in(&deal, Catalog::embedded().unwrap(), place, &mut Book::new())
}

#[test]
fn two_hands_find_what_one_finds() {
    let catalog = Catalog::embedded().unwrap();
    for text in [DRAGONS, NIMBUS, ORCHARD] {
        let deal = read_deal(text).unwrap();
        let one = achievable(&deal, catalog, 1);
        assert!(one.len() > 60 && one.iter().any(|place| place.net.is_some_and(|net| net.minor() > 0)));
        assert!(one.is_sorted_by_key(|place| std::cmp::Reverse(place.rate)));
        assert_eq!(format!("{one:?}"), format!("{:?}", achievable(&deal, catalog, 2)));
        assert_eq!(one, achievable(&deal, catalog, 5));
    }
}

/// 32 % on the lowest of eligible spend, 80 % of total cost and the ceiling: of 30,000,000 dollars spent in Ireland
/// the 80 % count.
#[test]
fn the_whole_budget_in_ireland_earns_a_third_of_four_fifths() {
    let ireland = found(DRAGONS, "IE");
    assert_eq!(ireland.net.unwrap().to_string(), "USD 7680000.00");
    assert_eq!(ireland.rate.unwrap().normalize().to_string(), "0.256");
    let [only] = ireland.programs.as_slice() else { panic!("{:?}", ireland.programs) };
    assert_eq!(only.policy.id, "ie-s481");
    assert_eq!(only.net, ireland.net.unwrap());
}

/// The German fund for services asks for 20,000,000 euros in all; this budget is 13,700,000 Canadian dollars at 1.605.
#[test]
fn a_minimum_that_is_not_reached_says_by_how_much() {
    let germany = found(NIMBUS, "DE");
    let refused = germany.without.iter().find(|one| one.policy.id == "de-dfff-2").unwrap();
    let [(condition, by)] = refused.failed.as_slice() else { panic!("{:?}", refused.failed) };
    assert_eq!(condition.id, "total");
    assert_eq!(by.as_ref().unwrap().as_money().unwrap().to_string(), "EUR 11464174.45");
}

/// A province pays beside its country, and never less than the country alone.
#[test]
fn a_province_brings_what_its_country_brings_and_its_own() {
    let (canada, quebec) = (found(DRAGONS, "CA"), found(DRAGONS, "CA-QC"));
    assert!(quebec.net.unwrap().minor() > canada.net.unwrap().minor());
    let jurisdictions: BTreeSet<&str> =
        quebec.programs.iter().map(|one| one.policy.jurisdiction.as_str()).collect();
    assert_eq!(jurisdictions, BTreeSet::from(["CA", "CA-QC"]));
    assert_eq!(quebec.country, "CA");
}

/// The combination is what the deal itself would come to, were it spent there with these programs claimed.
#[test]
fn each_place_is_the_deal_that_claims_its_programs_there() {
    let catalog = Catalog::embedded().unwrap();
    for text in [NIMBUS, ORCHARD] {
        let deal = read_deal(text).unwrap();
        for place in achievable(&deal, catalog, 1) {
            let Some(net) = place.net else { continue };
            let mut there = spent_in(&deal, catalog, &place.jurisdiction);
            there.incentives.retain(|claim| {
                place.programs.iter().any(|one| one.policy.id == claim.program)
                    || place.idle.iter().any(|policy| policy.id == claim.program)
            });
            let mut book = Book::new();
            let whole = assess(&there, catalog, &mut book);
            assert_eq!(book.value(whole.net).as_money(), Some(net), "{}", place.jurisdiction);
            let parts: i64 = place.programs.iter().map(|one| one.net.minor()).sum();
            assert_eq!(parts, net.minor(), "{}", place.jurisdiction);
        }
    }
}

/// Every cent of the budget is there, and nothing of it anywhere else.
#[test]
fn the_whole_budget_moves_with_its_shares() {
    let catalog = Catalog::embedded().unwrap();
    let deal = read_deal(ORCHARD).unwrap();
    let there = spent_in(&deal, catalog, "HR");
    for (line, before) in there.budget.lines.iter().zip(&deal.budget.lines) {
        assert_eq!(line.amount, before.amount);
        assert!(line.spend.iter().all(|part| part.jurisdiction == "HR"));
        let shares = |line: &BudgetLine| -> Vec<_> {
            line.spend.iter().map(|part| (part.share, part.labour_share, part.resident_share)).collect()
        };
        assert_eq!(shares(line), shares(before));
    }
    assert!(there.incentives.iter().all(|claim| claim.program == "hr-rebate"));
}

/// A line that goes somewhere new takes a claim along, once; one that says nothing of its parts becomes one part.
#[test]
fn a_line_that_moves_is_claimed_where_it_goes() {
    let catalog = Catalog::embedded().unwrap();
    let deal = read_deal(ORCHARD).unwrap();
    let moved = moved_to(&deal, catalog, "animation", "HR");
    let line = moved.budget.lines.iter().find(|line| line.id == "animation").unwrap();
    assert!(line.spend.iter().all(|part| part.jurisdiction == "HR"));
    let share: Decimal = line.spend.iter().map(|part| part.share.unwrap()).sum();
    assert_eq!(share, Decimal::ONE);
    let claims = |deal: &Deal| deal.incentives.iter().filter(|claim| claim.program == "hr-rebate").count();
    assert_eq!((claims(&deal), claims(&moved)), (0, 1));
    assert_eq!(claims(&moved_to(&moved, catalog, "music", "HR")), 1);
    let others = |deal: &Deal| {
        deal.budget.lines.iter().filter(|line| line.id != "animation").cloned().collect::<Vec<_>>()
    };
    assert_eq!(others(&moved), others(&deal));
}

#[test]
fn what_the_producer_does_not_want_is_not_counted() {
    let catalog = Catalog::embedded().unwrap();
    let mut deal = read_deal(DRAGONS).unwrap();
    deal.incentives.iter_mut().for_each(|claim| claim.election = Some(Election::Exclude));
    let ireland = achievable_in(&deal, catalog, "IE", &mut Book::new());
    assert!(ireland.programs.iter().all(|one| one.policy.id != "ie-s481"));
}

/// A program that the deal brings along is weighed like those of the library, and marked.
#[test]
fn a_program_of_ones_own_pays_where_it_stands() {
    let catalog = Catalog::embedded().unwrap();
    let mut deal = read_deal(DRAGONS).unwrap();
    let mut own = catalog.on("hr-rebate", deal.as_of).unwrap().as_ref().clone();
    own.id = "own-zz".to_owned();
    own.aliases = Vec::new();
    own.interactions = Vec::new();
    own.jurisdiction = "ZZ".to_owned();
    for map in own.inputs.iter_mut().filter_map(|input| input.map.as_mut()) {
        map.within.iter_mut().for_each(|place| *place = "ZZ".to_owned());
    }
    let carried = json!({ "id": "own-zz", "policy": serde_json::to_value(&own).unwrap() });
    deal.programs = serde_json::from_value(json!([carried])).unwrap();
    let found = achievable(&deal, catalog, 2);
    let place = found.iter().find(|one| one.jurisdiction == "ZZ").unwrap();
    let [only] = place.programs.as_slice() else { panic!("{place:?}") };
    assert_eq!((only.policy.id.as_str(), only.unverified), ("own-zz", true));
    let croatia = found.iter().find(|one| one.jurisdiction == "HR").unwrap();
    assert_eq!(place.net, croatia.net);
}
