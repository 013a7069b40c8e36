//! What a worked example shows: an ordinary claim, a number of the law that just binds, or a refusal.

use recoup_incentives::{Answers, Policy, Unit, examples::Example, run};
use rust_decimal::Decimal;

/// `outside` the days of the law, a `refusal`, a `threshold` where a value stands at a number of the law or within
/// one unit of it, or `ordinary`.
pub(crate) fn kind(example: &Example, policy: Option<&Policy>) -> &'static str {
    let Some(policy) = policy else { return "outside" };
    let given = serde_json::Value::Object(example.inputs.clone());
    let ran = Answers::from_json(&given).and_then(|answers| run(policy, &answers, &Answers::new()));
    if ran.is_ok_and(|run| !run.refused_by().is_empty()) || expects(example, "refused", "true") {
        return "refusal";
    }
    if at_a_bound(example, policy) { "threshold" } else { "ordinary" }
}

fn expects(example: &Example, name: &str, value: &str) -> bool {
    example.expect.get(name).is_some_and(|expected| text(expected) == value)
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// An input at a number of the law or one unit beside it, or a result that is such a number.
fn at_a_bound(example: &Example, policy: &Policy) -> bool {
    let bounds: Vec<Decimal> = policy
        .constants
        .iter()
        .filter(|constant| constant.unit != Unit::Rate && constant.value > Decimal::ONE)
        .map(|constant| constant.value)
        .collect();
    let numbers = |values: &serde_json::Map<String, serde_json::Value>| -> Vec<Decimal> {
        values.values().filter_map(|value| text(value).parse().ok()).collect()
    };
    let beside = |number: &Decimal| bounds.iter().any(|bound| (*bound - *number).abs() <= Decimal::ONE);
    numbers(&example.inputs).iter().any(beside)
        || numbers(&example.expect).iter().any(|number| bounds.contains(number))
}

#[cfg(test)]
mod tests {
    use recoup_incentives::Catalog;

    use super::*;

    #[test]
    fn examples_say_what_they_show() {
        let catalog = Catalog::embedded().unwrap();
        let kinds: Vec<_> = Catalog::examples_of("ca-qc-qpstc")
            .unwrap()
            .iter()
            .map(|example| {
                let policy = catalog.on(&example.program, example.on).ok();
                (example.title.as_str(), kind(example, policy.map(AsRef::as_ref)))
            })
            .collect();
        let of = |title: &str| kinds.iter().find(|(known, _)| *known == title).unwrap().1;
        assert_eq!(of("own team only"), "ordinary");
        assert_eq!(of("one cent below the minimum"), "refusal");
        assert!(kinds.iter().any(|(_, kind)| *kind == "threshold"));
    }
}
