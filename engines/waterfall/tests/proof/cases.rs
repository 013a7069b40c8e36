//! The worked cases by the second interpreter
#![expect(clippy::disallowed_methods, reason = "tests read the cases from their folder")]

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::{Value, json};

use crate::reference::{
    fraction::{Fraction, nothing, parts, read},
    play::Play,
    play_case,
    rules::Counter,
};

/// The folder that `RECOUP_WATERFALL_CASES` names, or the one beside the repository.
fn folder() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/waterfall-cases");
    std::env::var_os("RECOUP_WATERFALL_CASES").map_or_else(beside, PathBuf::from)
}

#[test]
fn every_worked_case_comes_out_by_the_second_interpreter() {
    let Ok(files) = fs::read_dir(folder()) else { return };
    let mut wrong = Vec::new();
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json")) {
        let case: Value = serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
        let differences = differences(&case);
        wrong.extend(differences.into_iter().map(|text| format!("{}: {text}", file.file_name().display())));
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// A fee, a guarantee and the rest, worked by hand, so that the comparison itself is seen to work.
#[test]
fn a_wrong_figure_of_a_case_is_seen() {
    let mut case = json!({
        "structure": {
            "sources": [{"id": "world", "enters": "fee"}],
            "nodes": [
                {"id": "fee", "kind": "share", "payee": "agent", "rate": "1/3", "then": "guarantee"},
                {"id": "guarantee", "kind": "share", "payee": "agent", "then": "net",
                    "while": {"measure": "paid_to_node", "of": "guarantee", "is": "below", "target": "500"}},
                {"id": "net", "kind": "share", "payee": "producer"}
            ]
        },
        "timeline": [
            {"kind": "receipt", "id": "r1", "date": "2029-03-31", "source": "world", "amount": "600"},
            {"kind": "receipt", "id": "r2", "date": "2029-06-30", "source": "world", "amount": "300"}
        ],
        "expected": {
            "by_payee": {"agent": "800", "producer": "100"},
            "by_node": {"net": {"paid": "100", "reached": "100"}},
            "left_over": "0",
            "by_receipt": [
                {"receipt": "r1", "to_payees": {"agent": "600"}, "left_over": "0"},
                {"receipt": "r2", "to_payees": {"agent": "200", "producer": "100"}, "left_over": "0"}
            ]
        }
    });
    assert_eq!(differences(&case), Vec::<String>::new());
    case["expected"]["by_receipt"][1]["to_payees"]["agent"] = json!("200.00001");
    assert_eq!(differences(&case).len(), 1);
}

/// What a case expects and does not get, to two millionths.
fn differences(case: &Value) -> Vec<String> {
    let play = match play_case(case) {
        Ok(play) => play,
        Err(error) => return vec![format!("{error:?}")],
    };
    let expected = &case["expected"];
    let mut out = Vec::new();
    let mut compare = |name: String, wanted: &str, got: Fraction| {
        let off = read(wanted) - &got;
        if off > parts(2, 1_000_000) || off < parts(-2, 1_000_000) {
            out.push(format!("{name} is {got}, not {wanted}"));
        }
    };
    for (name, wanted, got) in totals(expected, &play) {
        compare(name, &wanted, got);
    }
    for row in expected["by_receipt"].as_array().into_iter().flatten() {
        let id = row["receipt"].as_str().unwrap();
        let got = play.rows.iter().find(|row| row.receipt == id).unwrap();
        let mut wanted: BTreeMap<&str, &str> =
            got.by_payee.keys().map(|payee| (payee.as_str(), "0")).collect();
        wanted.insert("left_over", row["left_over"].as_str().unwrap_or("0"));
        for (payee, amount) in entries(&row["to_payees"]) {
            wanted.insert(payee, amount.as_str().unwrap());
        }
        let paid: Fraction =
            got.by_payee.iter().filter(|(name, _)| *name != "left_over").map(|(_, paid)| paid).sum();
        for (payee, wanted) in wanted {
            let amount = match payee {
                "left_over" => &got.amount - &paid,
                payee => got.by_payee.get(payee).cloned().unwrap_or_else(nothing),
            };
            compare(format!("{id}: {payee}"), wanted, amount);
        }
        for (node, wanted) in entries(&row["from_nodes"]) {
            let amount = got.by_tier.get(node).cloned().unwrap_or_else(nothing);
            compare(format!("{id}: {node}"), wanted.as_str().unwrap(), amount);
        }
    }
    out
}

fn totals(expected: &Value, play: &Play) -> Vec<(String, String, Fraction)> {
    let have = |counter: Counter| play.standing.have(&counter);
    let mut out = Vec::new();
    let mut add = |name: String, wanted: &Value, got: Fraction| {
        out.push((name, wanted.as_str().unwrap().to_owned(), got));
    };
    for (party, wanted) in entries(&expected["by_payee"]) {
        add(format!("payee {party}"), wanted, have(Counter::Party(party.clone())));
    }
    for (node, wanted) in entries(&expected["by_node"]) {
        let node = node.clone();
        if let Some(paid) = wanted.get("paid") {
            add(format!("{node} paid"), paid, have(Counter::Paid(node.clone())));
        }
        if let Some(reached) = wanted.get("reached") {
            add(format!("{node} reached"), reached, have(Counter::Reached(node)));
        }
    }
    for (pool, wanted) in entries(&expected["by_pool"]) {
        let pool = pool.clone();
        if let Some(paid) = wanted.get("paid") {
            add(format!("{pool} paid"), paid, have(Counter::InPool(pool.clone())));
        }
        if let Some(notional) = wanted.get("notional") {
            add(format!("{pool} notional"), notional, have(Counter::NotionalInPool(pool)));
        }
    }
    for (party, wanted) in entries(&expected["shortfall"]) {
        let got = play.standing.shortfall.get(party).cloned().unwrap_or_else(nothing);
        add(format!("{party} owes"), wanted, got);
    }
    let received: Fraction = play.rows.iter().map(|row| &row.amount).sum();
    let paid: Fraction = play
        .rows
        .iter()
        .flat_map(|row| row.by_payee.iter().filter(|(name, _)| *name != "left_over").map(|(_, paid)| paid))
        .sum();
    if let Some(wanted) = expected.get("left_over") {
        add("left over".to_owned(), wanted, received - paid);
    }
    out
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
