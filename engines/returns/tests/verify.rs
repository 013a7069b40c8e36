//! The reader of worked cases: equal only where status, every root and the one nearest to nothing agree.

use proptest::prelude::*;
use recoup_money::cases::{CaseReport, CaseStatus, FieldStatus};
use recoup_returns::verify::{verify, verify_case};
use serde_json::{Value, json};

fn run(case: &Value) -> CaseReport {
    verify_case("fallback", &case.to_string())
}

fn periodic(flows: &[&str], status: &str, roots: &[&str], nearest: Option<&str>) -> Value {
    json!({"name": "worked", "kind": "periodic", "flows": flows, "status": status, "roots": roots,
        "nearest_zero": nearest})
}

fn statuses(report: &CaseReport) -> Vec<(&str, FieldStatus)> {
    report.fields.iter().map(|field| (field.name.as_str(), field.status)).collect()
}

#[test]
fn rates_that_can_be_worked_by_hand() {
    for case in [
        // 100 for 110 a year later.
        periodic(&["-100", "110"], "Unique", &["0.1"], Some("0.1")),
        // 100 back for 100 is nothing, half lost is minus a half.
        periodic(&["-100", "100"], "Unique", &["0"], Some("0")),
        periodic(&["-100", "50"], "Unique", &["-0.5"], Some("-0.5")),
        // x² − 2.3 x + 1.32 = (x − 1.1)(x − 1.2).
        periodic(&["-100", "230", "-132"], "Multiple", &["0.1", "0.2"], Some("0.1")),
        // x² − x + 1 has no real root.
        periodic(&["100", "-100", "100"], "NoRoot", &[], None),
        periodic(&["100", "50"], "NoSignChange", &[], None),
        periodic(&["0", "0"], "AllZero", &[], None),
        // A rate too large to be written without an exponent.
        periodic(&["-1", "1e20"], "Unique", &["1e20"], Some("1e20")),
    ] {
        let report = run(&case);
        assert_eq!(report.status, CaseStatus::Equal, "{report:#?}");
    }
}

#[test]
fn dated_flows_count_days_over_365() {
    // 2028 is a leap year: 731 days for a growth by 21 %.
    let log = 1.21f64.ln() * 365.0 / 731.0;
    let case = json!({"name": "leap", "kind": "dated", "day_count": "ACT/365F",
        "dates": ["2028-01-01", "2030-01-01"], "amounts": ["-10000", "12100"], "status": "Unique",
        "roots": [log.exp_m1().to_string()], "ln1p_roots": [log.to_string()],
        "nearest_zero": log.exp_m1().to_string()});
    assert_eq!(run(&case).status, CaseStatus::Equal);
    // By 730 days it would be 10 %, which is not the answer.
    let mut wrong = case;
    wrong["roots"] = json!(["0.1"]);
    wrong["ln1p_roots"].take();
    wrong["nearest_zero"] = json!("0.1");
    let report = run(&wrong);
    assert_eq!(report.status, CaseStatus::Different);
    assert_eq!(report.fields[1].difference.as_deref(), Some("1.4e-3"));
}

#[test]
fn a_root_too_many_or_too_few_is_named() {
    let two = ["-100", "230", "-132"];
    let report = run(&periodic(&two, "Unique", &["0.1"], Some("0.2")));
    assert_eq!(
        statuses(&report),
        [
            ("status", FieldStatus::Different),
            ("roots[0]", FieldStatus::Equal),
            ("roots[1]", FieldStatus::Missing),
            ("nearest_zero", FieldStatus::Different)
        ]
    );
    assert!(
        report.fields[2].got.as_deref().unwrap().starts_with("0.19999")
            || report.fields[2].got.as_deref() == Some("0.2")
    );
    let report = run(&periodic(&["-100", "110"], "Unique", &["0.1", "0.3"], None));
    assert_eq!(
        statuses(&report),
        [
            ("status", FieldStatus::Equal),
            ("roots[0]", FieldStatus::Equal),
            ("roots[1]", FieldStatus::Missing),
            ("nearest_zero", FieldStatus::Missing)
        ]
    );
    let report = run(&periodic(&["-100", "110"], "Unique", &["0.1"], Some("soon")));
    assert_eq!(report.fields[2].status, FieldStatus::Different);
    assert_eq!(report.fields[2].difference.as_deref(), Some("\"soon\" is not a number"));
}

#[test]
fn what_cannot_be_read_says_why() {
    let dated = |change: Value| {
        let mut case = json!({"name": "worked", "kind": "dated", "dates": ["2028-01-01", "2029-01-01"],
            "amounts": ["-1", "1"], "status": "Unique", "roots": ["0"]});
        for (key, value) in change.as_object().unwrap() {
            case[key] = value.clone();
        }
        case
    };
    let mut bare = periodic(&[], "AllZero", &[], None);
    bare["flows"].take();
    for (case, words) in [
        (bare, "needs \"flows\""),
        (periodic(&["ten"], "Unique", &[], None), "\"ten\" is not a number"),
        (periodic(&["inf", "1"], "Unique", &[], None), "inf"),
        (dated(json!({"day_count": "30/360"})), "\"30/360\""),
        (dated(json!({"dates": null})), "needs \"dates\""),
        (dated(json!({"amounts": null})), "needs \"amounts\""),
        (dated(json!({"amounts": ["1"]})), "2 dates but 1 amounts"),
        (dated(json!({"amounts": ["-1", "NaN"]})), "NaN"),
        (dated(json!({"roots": ["half"]})), "\"half\" is not a number"),
        (dated(json!({"ln1p_roots": []})), "1 roots but 0 logarithms"),
    ] {
        let report = run(&case);
        assert_eq!((report.id.as_str(), report.status), ("worked", CaseStatus::Error), "{words}");
        assert!(report.message.as_deref().unwrap().contains(words), "{report:?}");
    }
    let table = verify(&[
        ("broken".to_owned(), "{".to_owned()),
        ("good".to_owned(), periodic(&["-100", "110"], "Unique", &["0.1"], Some("0.1")).to_string()),
    ]);
    assert_eq!((table.equal, table.error, table.cases[0].id.as_str()), (1, 1, "broken"));
}

proptest! {
    /// A loan of one period bears what comes back beyond it; a millionth more in the expectation is a difference.
    #[test]
    fn one_period_returns_its_growth(paid in 1i64..1_000_000_000, back in 1i64..1_000_000_000) {
        let log = (back as f64 / paid as f64).ln();
        let rate = log.exp_m1().to_string();
        let mut case = periodic(&[&format!("-{paid}"), &back.to_string()], "Unique", &[&rate], Some(&rate));
        case["ln1p_roots"] = json!([log.to_string()]);
        prop_assert_eq!(run(&case).status, CaseStatus::Equal);
        case["ln1p_roots"] = json!([(log + 1e-6).to_string()]);
        prop_assert_eq!(run(&case).status, CaseStatus::Different);
    }
}
