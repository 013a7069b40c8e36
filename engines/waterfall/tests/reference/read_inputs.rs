//! What happens to a plan, read from the document of its inputs

use serde_json::Value;

use super::{
    day::Day,
    fraction::whole,
    read_plan::{cents, date, list, maybe, ratio, terms, text, texts},
    rules::{Happening, Receipt, Rules},
};

/// Everything that happens, by day: money is put in first, then terms change, then events, then expenses, and what is
/// received comes last.
pub(crate) fn happenings(document: &Value, inputs: &Value) -> Vec<(Day, Happening)> {
    let mut out = Vec::new();
    let mut add = |from: &Value, happening: Happening| {
        out.push((date(&from["date"]).expect("a date"), happening));
    };
    for from in list(&inputs["drawings"]) {
        let (instrument, amount) = (text(&from["instrument"]), cents(&from["amount"]));
        add(from, Happening::Put { instrument, amount });
    }
    for from in list(&inputs["amendments"]).iter().chain(list(&document["amendments"])) {
        add(from, amended(&from["change"]));
    }
    for from in list(&inputs["events"]).iter().chain(list(&document["events"])) {
        add(from, Happening::Event { event: text(&from["event"]), value: ratio(&from["value"]) });
    }
    let units = |from: &Value| whole(from["count"].as_i64().expect("a number of units"));
    for from in list(&inputs["counts"]) {
        add(from, Happening::Counted { series: text(&from["series"]), units: units(from) });
    }
    for series in list(&document["unit_series"]) {
        for from in list(&series["counts"]) {
            add(from, Happening::Counted { series: text(&series["id"]), units: units(from) });
        }
    }
    for from in list(&inputs["expenses"]) {
        let counts_to_cap = from["counts_to_cap"].as_bool().unwrap_or(true);
        add(
            from,
            Happening::Declared { kind: text(&from["kind"]), amount: cents(&from["amount"]), counts_to_cap },
        );
    }
    for kind in list(&document["expense_types"]) {
        for from in list(&kind["declared"]) {
            let counts_to_cap = from["counts_to_cap"].as_bool().unwrap_or(true);
            let (kind, amount) = (text(&kind["id"]), cents(&from["amount"]));
            add(from, Happening::Declared { kind, amount, counts_to_cap });
        }
    }
    for from in list(&inputs["receipts"]) {
        add(
            from,
            Happening::Received(Receipt {
                id: text(&from["id"]),
                source: text(&from["source"]),
                amount: cents(&from["amount"]),
                territories: texts(&from["territories"]),
                media: texts(&from["media"]),
                contract: maybe(&from["contract"]),
            }),
        );
    }
    out.sort_by_key(|(date, _)| *date);
    out
}

fn amended(change: &Value) -> Happening {
    let given = |key: &str| change.get(key).filter(|value| !value.is_null());
    let tier = || text(&change["tier"]);
    match change["kind"].as_str().unwrap_or_default() {
        "rate" => Happening::Rate { tier: tier(), rate: ratio(&change["rate"]) },
        "contract" => Happening::Contract {
            contract: text(&change["contract"]),
            to: date(&change["to"]),
            value: given("value").map(cents),
        },
        "limit" => Happening::Limit {
            tier: tier(),
            amount: given("amount").map(cents),
            factor: given("factor").map(ratio),
            rate: given("rate").map(ratio),
        },
        "payee" => Happening::Payee { tier: tier(), payee: text(&change["payee"]) },
        "expense_cap" => Happening::Cap { kind: text(&change["expense_type"]), cap: cents(&change["cap"]) },
        other => panic!("amendments of the kind `{other}` are not known here"),
    }
}

/// Terms that the inputs give for claims that do not say their own.
pub(crate) fn terms_of_inputs(rules: &mut Rules, inputs: &Value) {
    for row in &mut rules.balances {
        if row.terms.is_none() {
            row.terms = inputs["interest"].get(&row.instrument).map(terms);
        }
    }
}
