//! Paths, edits and differences: reading a cell and writing it back changes nothing, and what differs
//! between two deals, applied to one, gives the other.
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use recoup_deal::{
    Change, Deal, apply, deal_to_value, diff, get, insert, read_deal, read_deal_value, remove, set,
};
use serde_json::{Value, json};

const EXAMPLES: [&str; 3] = [
    include_str!("../../../examples/dragons-quest.deal.json"),
    include_str!("../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../examples/tin-orchard.deal.json"),
];

fn tidy() -> Deal {
    read_deal(include_str!("tidy.deal.json")).unwrap()
}

/// Every path of a document: each field, each element, each order of a list.
fn paths(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                out.push(path.clone());
                paths(inner, &path, out);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                let path = match inner.get("id").and_then(Value::as_str) {
                    Some(id) => format!("{at}[{id}]"),
                    None if inner.is_object() => format!("{at}[{index}]"),
                    None => continue,
                };
                out.push(path.clone());
                paths(inner, &path, out);
            }
            if list.iter().all(|element| element.get("id").is_some()) {
                out.push(format!("{at}[]"));
            }
        }
        _ => {}
    }
}

fn all_paths(deal: &Deal) -> Vec<String> {
    let mut out = Vec::new();
    paths(&deal_to_value(deal).unwrap(), "", &mut out);
    out
}

#[test]
fn writing_back_what_a_path_reads_changes_nothing() {
    let deal = tidy();
    let paths = all_paths(&deal);
    assert!(paths.len() > 200);
    for path in paths {
        let value = get(&deal, &path).unwrap_or_else(|| panic!("{path} reads nothing"));
        assert_eq!(set(&deal, &path, value).unwrap_or_else(|why| panic!("{path}: {why:?}")), deal, "{path}");
    }
}

#[test]
fn every_path_of_the_examples_reads() {
    for text in EXAMPLES {
        let deal = read_deal(text).unwrap();
        let document = deal_to_value(&deal).unwrap();
        let unread = all_paths(&deal).into_iter().find(|path| recoup_deal::get_in(&document, path).is_none());
        assert_eq!(unread, None);
    }
}

#[test]
fn between_any_two_examples_the_difference_leads_there_and_back() {
    let deals: Vec<Deal> = EXAMPLES.iter().map(|text| read_deal(text).unwrap()).collect();
    for one in &deals {
        for other in &deals {
            // Two documents are two deals; only their contents are compared.
            let other = Deal { id: one.id.clone(), ..other.clone() };
            let changes = diff(one, &other).unwrap();
            assert_eq!(apply(one, &changes).unwrap(), other);
            let back: Vec<Change> = changes.iter().map(Change::inverse).collect();
            assert_eq!(&apply(&other, &back).unwrap(), one);
        }
    }
}

/// One random edit: change an amount or share, remove, add or move an element, switch a choice.
fn edited(deal: &Deal, (kind, pick, number): (u8, usize, u32)) -> Deal {
    let lines = &deal.budget.lines;
    let line = (!lines.is_empty()).then(|| lines[pick % lines.len()].id.clone());
    let tried = match (kind % 7, line) {
        (0, Some(id)) => set(deal, &format!("budget.lines[{id}].amount"), json!(format!("USD {number}.00"))),
        (1, Some(id)) => remove(deal, &format!("budget.lines[{id}]")),
        (2, _) => {
            let id = format!("n{number}");
            let line = json!({"id": id, "account": "music", "label": "New", "amount": "USD 5.00"});
            let before = lines.get(pick % lines.len().max(1)).map(|line| line.id.clone());
            insert(deal, "budget.lines", line, before.as_deref())
        }
        (3, Some(_)) => {
            let mut order: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
            let by = pick % order.len();
            order.rotate_left(by);
            set(deal, "budget.lines[]", json!(order))
        }
        (4, _) => set(deal, "instruments[gap].rate", json!({"over_base": {"base": "b", "margin": "0.05"}})),
        (5, _) => {
            set(deal, "budget.contingency.share", if number % 2 == 0 { Value::Null } else { json!("0.2") })
        }
        _ => set(deal, "incentives[qpstc].answers.seats", json!({"number": number.to_string()})),
    };
    tried.unwrap_or_else(|_| deal.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_difference_applied_gives_the_other_deal_and_back(
        one in prop::collection::vec((any::<u8>(), any::<usize>(), 1u32..900_000), 0..6),
        other in prop::collection::vec((any::<u8>(), any::<usize>(), 1u32..900_000), 0..6),
    ) {
        let before = one.into_iter().fold(tidy(), |deal, edit| edited(&deal, edit));
        let after = other.into_iter().fold(tidy(), |deal, edit| edited(&deal, edit));
        let changes = diff(&before, &after).unwrap();
        prop_assert_eq!(changes.is_empty(), before == after);
        prop_assert_eq!(&apply(&before, &changes).unwrap(), &after);
        let back: Vec<Change> = changes.iter().map(Change::inverse).collect();
        prop_assert_eq!(&apply(&after, &back).unwrap(), &before);
    }

    #[test]
    fn no_text_breaks_the_reader_or_the_paths(text in ".{0,60}", path in "[a-z.\\[\\]0-9-]{0,24}") {
        let deal = tidy();
        prop_assert!(read_deal(&text).is_err());
        let _ = get(&deal, &path);
        if let Ok(edited) = set(&deal, &path, json!(text)) {
            prop_assert_eq!(read_deal_value(deal_to_value(&edited).unwrap()).unwrap(), edited);
        }
    }
}

#[test]
fn an_edit_names_what_is_wrong_and_changes_nothing() {
    let deal = tidy();
    let refused = |path: &str, value: Value| set(&deal, path, value).unwrap_err();
    let wrong = refused("budget.lines[animation].amount", json!("USD 1,000"));
    assert_eq!(
        (wrong.code.as_str(), wrong.path.as_deref()),
        ("INVALID_VALUE", Some("budget.lines[animation].amount"))
    );
    assert_eq!(wrong.given.as_deref(), Some("USD 1,000"));
    assert_eq!(refused("budget.lines[none].amount", json!("USD 1.00")).code, "NO_SUCH_CELL");
    assert_eq!(refused("budget.lines[animation].id", json!("other")).code, "ID_IS_FIXED");
    assert_eq!(refused("schema", json!("recoup-deal/2")).code, "ID_IS_FIXED");
    assert_eq!(refused("budget.lines[animation].colour", json!("red")).code, "UNKNOWN_FIELD");
    assert_eq!(refused("project.title", Value::Null).code, "MISSING_FIELD");
    assert_eq!(refused("budget.lines[]", json!(["story", "story"])).code, "INVALID_ORDER");
    let again = json!({"id": "story", "account": "music", "label": "Again"});
    assert_eq!(insert(&deal, "budget.lines", again, None).unwrap_err().code, "DUPLICATE_ID");
}

#[test]
fn an_edit_creates_the_empty_fields_on_its_way() {
    let deal = set(&tidy(), "budget.contingency", Value::Null).unwrap();
    let deal = set(&deal, "budget.contingency.share", json!("0.08")).unwrap();
    assert_eq!(get(&deal, "budget.contingency"), Some(json!({"share": "0.08"})));
    let deal =
        insert(&deal, "market.base_rates", json!({"id": "p", "name": "Prime", "points": []}), None).unwrap();
    assert_eq!(deal.market.base_rates[0].name, "Prime");
}

#[test]
fn a_cell_changed_by_somebody_else_is_a_conflict() {
    let deal = tidy();
    let mine = set(&deal, "market.npv_rate", json!("0.10")).unwrap();
    let theirs = set(&deal, "market.npv_rate", json!("0.12")).unwrap();
    let changes = diff(&deal, &mine).unwrap();
    let refused = apply(&theirs, &changes).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.path.as_deref()), ("CONFLICT", Some("market.npv_rate")));
}
