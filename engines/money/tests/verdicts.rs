//! The verdict on worked cases: nothing is equal that was not shown to be.

use proptest::prelude::*;
use recoup_money::cases::{CaseReport, CaseStatus, FieldReport, FieldStatus, Verification};

fn field(status: FieldStatus) -> FieldReport {
    match status {
        FieldStatus::Equal => FieldReport::compared("paid", "1.00", "1.00", Some("0".into()), true),
        FieldStatus::Different => FieldReport::compared("paid", "1.00", "1.01", Some("0.01".into()), false),
        FieldStatus::Missing => FieldReport::missing("paid", Some("1.00".into()), None),
    }
}

fn any_status() -> impl Strategy<Value = FieldStatus> {
    prop::sample::select(vec![FieldStatus::Equal, FieldStatus::Different, FieldStatus::Missing])
}

#[test]
fn a_case_that_expects_nothing_proves_nothing() {
    let report = CaseReport::of("empty", Vec::new());
    assert_eq!(report.status, CaseStatus::Different);
}

#[test]
fn only_what_differs_can_be_disputed() {
    let disputed = CaseReport::of("a", vec![field(FieldStatus::Different)]).disputed("the paper rounds up");
    assert_eq!(disputed.status, CaseStatus::Disputed);
    assert_eq!(disputed.message.as_deref(), Some("the paper rounds up"));
    let equal = CaseReport::of("b", vec![field(FieldStatus::Equal)]).disputed("the paper rounds up");
    assert_eq!((equal.status, equal.message), (CaseStatus::Equal, None));
    let unread = CaseReport::unreadable("c", "no such tier").disputed("the paper rounds up");
    assert_eq!((unread.status, unread.message.as_deref()), (CaseStatus::Error, Some("no such tier")));
}

#[test]
fn a_dispute_is_no_disagreement_but_an_unreadable_case_is() {
    let equal = || CaseReport::of("a", vec![field(FieldStatus::Equal)]);
    let different = || CaseReport::of("b", vec![field(FieldStatus::Missing)]);
    assert!(Verification::new("irr", vec![equal(), different().disputed("a misprint")]).all_agree());
    assert!(!Verification::new("irr", vec![equal(), different()]).all_agree());
    assert!(!Verification::new("irr", vec![equal(), CaseReport::unreadable("c", "no flows")]).all_agree());
}

#[test]
fn the_table_is_written_in_the_words_of_the_format() {
    let report = Verification::new("waterfall", vec![CaseReport::of("a", vec![field(FieldStatus::Missing)])]);
    let written = serde_json::to_value(&report).unwrap();
    assert_eq!(written["different"], 1);
    assert_eq!(written["cases"][0]["status"], "different");
    assert_eq!(written["cases"][0]["fields"][0]["status"], "missing");
    assert_eq!(written["cases"][0]["fields"][0]["got"], serde_json::Value::Null);
}

proptest! {
    #[test]
    fn every_case_has_one_verdict_and_a_single_wrong_field_decides_it(
        cases in prop::collection::vec((prop::collection::vec(any_status(), 0..5), any::<bool>(), any::<bool>()), 0..20),
    ) {
        let mut equal = 0;
        let reports: Vec<CaseReport> = cases
            .iter()
            .map(|(fields, readable, disputed)| {
                let whole = !fields.is_empty() && fields.iter().all(|status| *status == FieldStatus::Equal);
                equal += usize::from(whole && *readable);
                let report = if *readable {
                    CaseReport::of("case", fields.iter().map(|status| field(*status)).collect())
                } else {
                    CaseReport::unreadable("case", "unreadable")
                };
                if *disputed { report.disputed("a reason") } else { report }
            })
            .collect();
        let table = Verification::new("waterfall", reports);
        prop_assert_eq!(table.equal, equal);
        prop_assert_eq!(table.equal + table.different + table.disputed + table.error, cases.len());
        prop_assert_eq!(table.all_agree(), table.equal + table.disputed == cases.len());
    }
}
