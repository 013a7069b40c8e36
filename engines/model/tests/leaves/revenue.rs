//! The same rules for a revenue plan with everything that the three films do not have: an ultimate that is shared out,
//! typed weights, a licence paid in parts, a horizon that cuts, a presale that names its overages, the high case.

use std::collections::BTreeMap;

use recoup_deal::{Deal, read_deal_value};
use recoup_model::at_gross;
use recoup_money::Money;
use serde_json::{Value, json};

use super::{cells, excused, none_is, outcome, random, try_cells};
use crate::cells::{Cell, Kind};

fn deal() -> Deal {
    let text = include_str!("../../../../examples/dragons-quest.deal.json");
    let mut document: Value = serde_json::from_str(text).expect("an example");
    let source = |id: &str, window: &str, more: Value| {
        let mut source = json!({"id": id, "label": id, "territories": ["IN"], "window": window,
            "basis": "distributor_gross", "start": {"months_after_release": 2}, "months": 18, "profile": "even",
            "distribution": "indian"});
        source.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        source
    };
    let sources = document["revenue"]["sources"].as_array_mut().expect("sources");
    sources.push(source(
        "in-cinemas",
        "theatrical",
        json!({"basis": "box_office", "exhibitor_share": "0.5",
        "estimate": {"base": "USD 900000.00", "high": "USD 1300000.00"}}),
    ));
    sources.push(source("in-stream", "svod", json!({"months": 90,
        "profile": {"typed": [{"id": "a", "quarter": 0, "weight": "3"}, {"id": "b", "quarter": 2, "weight": "2"},
            {"id": "c", "quarter": 27, "weight": "5"}]}})));
    sources.push(source(
        "in-tv",
        "free_tv",
        json!({"payments": [
        {"id": "signature", "share": "0.25", "on": "signature", "lag_months": 22},
        {"id": "delivery", "share": "0.75", "on": "final_delivery", "lag_months": 3}]}),
    ));
    sources.push(source("in-home", "pvod", json!({"start": {"date": "2030-01-15"}, "withholding": "0.1"})));
    document["revenue"]["ultimates"] = json!([{"id": "india", "territories": ["IN"],
        "estimate": {"low": "USD 2000000.00", "base": "USD 4000000.00", "high": "USD 5200000.00"},
        "parts": [{"id": "cinemas", "source": "in-cinemas", "share": "0.4"},
            {"id": "stream", "source": "in-stream", "share": "0.3"}, {"id": "tv", "source": "in-tv", "share": "0.2"},
            {"id": "home", "source": "in-home", "share": "0.1"}]}]);
    document["revenue"]["case"] = json!("high");
    document["revenue"]["horizon_years"] = json!(6);
    document["revenue"]["distribution"].as_array_mut().expect("contracts").push(json!({"id": "indian",
        "distributor": "na-distributor", "territories": ["IN"], "fee": "0.2", "guarantee": "indian-presale",
        "expenses": {"cap": "USD 50000.00", "cap_share": "0.04"}}));
    document["instruments"].as_array_mut().expect("a stack").push(json!({"id": "indian-presale", "name": "Presale, India",
        "provider": "na-distributor", "status": "signed",
        "terms": {"kind": "presale", "licence": {"territories": ["IN"], "windows": ["all_rights"]}, "contract": "indian",
            "overage_share": "0.65"},
        "amount": {"fixed": "USD 400000.00"},
        "drawdown": {"method": "steps", "steps": [{"id": "delivery", "share": "1", "on": "final_delivery"}]}}));
    read_deal_value(document).expect("a deal")
}

/// Whether a cell belongs to these terms.
fn is_new(cell: &Cell) -> bool {
    let parts = ["[in-", "ultimates", "revenue.case", "horizon_years", "[indian]", "overage_share"];
    let words = [".label", ".notes", ".distributor", ".source", ".on", "territories[0]"];
    parts.iter().any(|part| cell.path.contains(part)) && !words.iter().any(|word| cell.path.ends_with(word))
}

#[test]
fn every_cell_of_this_plan_moves_exactly_the_figures_that_rest_on_it() {
    let deal = deal();
    let before = outcome(&deal);
    for address in ["ultimate.india.open", "revenue.in-stream.estimate", "revenue.in-stream.beyond_horizon"] {
        let amount = before.book.money(address).expect(address);
        assert!(amount.is_positive(), "{address}: {amount}");
    }
    let all = cells(&deal);
    let new: Vec<&Cell> = all.iter().filter(|cell| is_new(cell)).collect();
    assert!(new.len() > 40, "{}", new.len());
    let mut tallies = BTreeMap::new();
    let wrong = try_cells(("a whole plan", &deal, &before), &new, &mut random(20_261_124), &mut tallies);
    none_is(&wrong);
    let (values, times) =
        (excused(&tallies, &[Kind::Money, Kind::Number]), excused(&tallies, &[Kind::Count, Kind::Day]));
    println!("excused: {values:.3} of values, {times:.3} of times; {tallies:?}");
    // A guarantee, a cap and an ultimate that one part may exceed: more branches than the films have.
    assert!(values < 0.15 && times < 0.35, "{values} of values, {times} of times took another branch");
}

/// What is shared out and what the horizon leaves out scale like what is typed.
#[test]
fn the_same_plan_grosses_what_it_is_scaled_to() {
    let deal = deal();
    let before = outcome(&deal);
    let gross = before.book.money("revenue.gross").expect("a gross");
    for parts in [1i64, 3, 9] {
        let wanted = Money::new(gross.minor() * parts / 4, gross.currency());
        let scaled = at_gross(&deal, &before.book, wanted).expect("a deal at another level");
        let after = outcome(&scaled).book.money("revenue.gross").expect("a gross");
        let apart = (after.minor() - wanted.minor()).unsigned_abs();
        assert!(apart <= 40, "{after} is not {wanted}");
    }
}
