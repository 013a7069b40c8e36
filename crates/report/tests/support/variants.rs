//! Deals of other terms, drawn from a seed: how interest is paid and counted, how lines are spent, what fees there are,
//! who fills the rest.

use std::path::Path;

use recoup_deal::{Deal, read_deal};
use serde_json::{Value, json};

const DEALS: [&str; 3] = ["dragons-quest", "nimbus-and-pip", "tin-orchard"];

/// A deal, and what may be typed over in it.
pub(crate) struct Variant {
    pub(crate) deal: Deal,
    pub(crate) edits: Vec<(String, String)>,
}

/// Numbers that are the same for the same seed.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

pub(crate) fn variant(seed: u64) -> Variant {
    let mut draws = Draws(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let name = DEALS[(seed % 3) as usize];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/{name}.deal.json"));
    let mut deal: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let currency = deal["currency"].as_str().unwrap().to_owned();
    let mut edits = Vec::new();
    for line in deal["budget"]["lines"].as_array_mut().unwrap() {
        let curve = draws.of(&["even", "s_curve", "s_curve", "last_month"]);
        line["curve"] = json!(curve);
    }
    let lines = deal["budget"]["lines"].as_array().unwrap().clone();
    let line = &lines[draws.below(lines.len())];
    let amount = line["amount"].as_str().unwrap().rsplit(' ').next().unwrap().parse::<f64>().unwrap();
    let more = format!("{currency} {:.2}", amount + 100_000.0 + draws.below(9_999) as f64 / 100.0);
    edits.push((format!("budget.lines[{}].amount", line["id"].as_str().unwrap()), more));
    if draws.below(2) == 0 {
        // Weights that somebody typed, in place of a curve.
        let at = draws.below(lines.len());
        deal["budget"]["lines"][at]["months"] = json!(["1", "2.5", "4", "0", "3"]);
    }
    for quote in deal["fx"].as_array_mut().into_iter().flatten() {
        quote["hedged_share"] = json!(draws.of(&["0", "0.4", "1"]));
    }
    let filler = draws.below(2);
    let mut filled = deal["instruments"]
        .as_array()
        .unwrap()
        .iter()
        .any(|instrument| instrument["amount"].get("remainder").is_some());
    for instrument in deal["instruments"].as_array_mut().unwrap() {
        vary(instrument, &mut draws, &mut edits, (&currency, filler), &mut filled);
    }
    if draws.below(3) == 0 {
        deal["preferences"]["minimum_cash"] =
            json!(format!("{currency} {}.00", 10_000 + draws.below(40_000)));
    }
    Variant { deal: read_deal(&deal.to_string()).unwrap(), edits }
}

fn vary(
    instrument: &mut Value,
    draws: &mut Draws,
    edits: &mut Vec<(String, String)>,
    (currency, filler): (&str, usize),
    filled: &mut bool,
) {
    let kind = instrument["terms"]["kind"].as_str().unwrap().to_owned();
    let id = instrument["id"].as_str().unwrap().to_owned();
    if kind == "equity" && !*filled {
        instrument["amount"] = json!({ "remainder": {} });
        *filled = true;
    }
    let fills = instrument["amount"].get("remainder").is_some();
    if fills && filler == 1 {
        instrument["amount"] = json!({ "remainder": { "at_most": format!("{currency} 1500000.00") } });
    }
    if fills && draws.below(2) == 0 {
        instrument["fees"] =
            json!([{ "id": "placing", "kind": "origination", "amount": { "share": "0.0375" } }]);
        edits.push((format!("instruments[{id}].fees[placing].amount.share"), "0.0425".to_owned()));
    }
    if draws.below(4) == 0 && !fills {
        let late = json!({ "after": "financial_close", "months": 2 + draws.below(4) });
        instrument["conditions_precedent"] =
            json!([{ "id": "paper", "text": "Papers signed", "met": false, "by": late }]);
    }
    if let Some(fixed) = instrument["amount"].get("fixed").and_then(Value::as_str).map(str::to_owned)
        && draws.below(4) == 0
        && !fills
    {
        let (code, amount) = fixed.split_once(' ').unwrap();
        let more = format!("{code} {:.2}", amount.parse::<f64>().unwrap() * 1.0625);
        edits.push((format!("instruments[{id}].amount.fixed"), more));
    }
    let loan = ["credit_loan", "contract_loan", "gap_loan", "mezzanine", "interim_facility", "senior_loan"];
    if !loan.contains(&kind.as_str()) {
        return;
    }
    let payment = draws.of(&["current", "current", "capitalised_until_delivery", "at_maturity"]);
    instrument["interest_payment"] = json!(payment);
    let reserved = ["credit_loan", "contract_loan", "gap_loan", "interim_facility", "senior_loan"];
    if payment == "current" && reserved.contains(&kind.as_str()) && draws.below(2) == 0 {
        instrument["terms"]["interest_reserve"] = json!("0.05");
    }
    instrument["compounding"] = json!(draws.of(&["simple", "monthly", "quarterly"]));
    instrument["day_count"] = json!(draws.of(&["ACT/365F", "ACT/360", "30/360", "ACT/ACT"]));
    if instrument["rate"].get("fixed").is_some() {
        let rate = 400 + draws.below(900);
        instrument["rate"] = json!({ "fixed": format!("0.{rate:04}") });
        edits.push((format!("instruments[{id}].rate.fixed"), format!("0.{:04}", rate + 100)));
    }
    if draws.below(3) == 0 {
        let fees = instrument["fees"].as_array().cloned().unwrap_or_default();
        let share =
            json!({ "id": "commitment", "kind": "commitment", "amount": { "share_of_undrawn": "0.0125" } });
        instrument["fees"] = fees.into_iter().chain([share]).collect();
    }
}
