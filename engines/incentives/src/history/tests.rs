use super::*;
use rust_decimal::Decimal;

use crate::catalog::Catalog;

fn version(program: &str, from: &str) -> Policy {
    let catalog = Catalog::embedded().unwrap();
    catalog.version(program, from.parse().unwrap()).unwrap().as_ref().clone()
}

fn ids(differences: &[Difference]) -> Vec<String> {
    let told = |difference: &Difference| {
        let sign = match (&difference.before, &difference.after) {
            (None, _) => "+",
            (_, None) => "-",
            _ => "~",
        };
        format!("{sign}{:?} {} {}", difference.part, difference.id, difference.field)
    };
    differences.iter().map(told).collect()
}

#[test]
fn every_field_that_a_policy_can_have_is_compared() {
    let schema = serde_json::to_value(crate::catalog::policy_schema()).unwrap();
    let mut fields: Vec<&str> =
        schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let mut compared: Vec<&str> = FIELDS.iter().map(|(field, _)| *field).collect();
    fields.sort_unstable();
    compared.sort_unstable();
    assert_eq!(compared, fields);
}

#[test]
fn a_number_of_the_law_is_told_with_both_values_and_both_clauses() {
    let before = version("ca-qc-qpstc", "2024-05-31");
    let mut after = before.clone();
    let number = &mut after.constants[0];
    number.value += Decimal::new(5, 2);
    number.clause = String::from("s. 99");
    let (label, old) = (number.label.clone(), before.constants[0].clone());
    let found = differences(&before, &after);
    assert_eq!(ids(&found), [format!("~Number {} clause", old.id), format!("~Number {} value", old.id)]);
    let value = &found[1];
    assert!(value.bears_on_figures && !found[0].bears_on_figures);
    assert_eq!(value.label, Some(label));
    let side = |side: &Option<Side>| side.clone().unwrap();
    assert_eq!(side(&value.before).stated, Stated::Number { value: old.value, unit: old.unit });
    assert_eq!(side(&value.before).clause, Some(old.clause));
    assert_eq!(side(&value.after).clause.as_deref(), Some("s. 99"));
    assert_eq!(side(&value.after).source, before.source(&old.source).map(|source| source.address.clone()));
}

#[test]
fn what_came_what_went_and_what_moved_are_told_apart() {
    let before = version("ca-qc-qpstc", "2024-05-31");
    let mut after = before.clone();
    let gone = after.conditions.remove(0);
    let mut came = after.cash[0].clone();
    came.label = String::from("Second payment");
    came.lag_months += 12;
    after.cash.push(came.clone());
    after.cash[0].lag_months += 1;
    after.notes.push(String::from("Amended."));
    after.tax.on = !after.tax.on;
    after.lines.reverse();
    let found = differences(&before, &after);
    let line = &came.line;
    assert_eq!(
        ids(&found),
        [
            format!("-Condition {} test", gone.id),
            String::from("~Line  order"),
            format!("~Cash {line} lag_months"),
            format!("+Cash {line} lag_months"),
            String::from("~Tax  on"),
            String::from("+Note  notes"),
        ]
    );
    let bearing: Vec<bool> = found.iter().map(|difference| difference.bears_on_figures).collect();
    assert_eq!(bearing, [true, false, true, true, true, false]);
}

#[test]
fn an_interaction_is_found_again_by_the_programs_it_names() {
    let before = version("ca-qc-qpstc", "2024-05-31");
    let mut after = before.clone();
    after.interactions.reverse();
    let kept: Vec<_> = differences(&before, &after).into_iter().filter(|one| one.field != "order").collect();
    assert_eq!(kept, []);
    after.interactions[0].with.push(String::from("de-dfff-1"));
    let kept: Vec<_> = differences(&before, &after).into_iter().filter(|one| one.field != "order").collect();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].part, kept[0].field.as_str()), (Part::Interaction, "with"));
}

/// Every text of every policy, altered by one leaf at a time: the comparison sees it, and nothing else.
#[test]
fn a_text_with_any_leaf_altered_is_told_to_differ() {
    let catalog = Catalog::embedded().unwrap();
    let mut looked = 0;
    for policy in catalog.policies().step_by(9) {
        assert_eq!(differences(policy, policy), []);
        let text = serde_json::to_value(policy.as_ref()).unwrap();
        for pointer in leaves(&text, String::new()) {
            let mut altered = text.clone();
            let leaf = altered.pointer_mut(&pointer).unwrap();
            match &leaf {
                Json::Bool(yes) => *leaf = Json::Bool(!yes),
                Json::Number(count) => *leaf = Json::from(count.as_u64().unwrap() + 1),
                Json::String(text) => *leaf = Json::from(format!("{text}1")),
                _ => continue,
            }
            let Ok(altered) = serde_json::from_value::<Policy>(altered) else { continue };
            if altered == **policy {
                continue;
            }
            looked += 1;
            let found = differences(policy, &altered);
            assert!((1..=2).contains(&found.len()), "{} {pointer}: {:?}", policy.id, ids(&found));
            let back = differences(&altered, policy);
            assert_eq!(back.len(), found.len(), "{} {pointer}", policy.id);
        }
    }
    assert!(looked > 2_000, "{looked} leaves");
}

fn leaves(value: &Json, at: String) -> Vec<String> {
    match value {
        Json::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(index, value)| leaves(value, format!("{at}/{index}")))
            .collect(),
        Json::Object(fields) => {
            fields.iter().flat_map(|(name, value)| leaves(value, format!("{at}/{name}"))).collect()
        }
        _ => vec![at],
    }
}
