//! What a finding says of a condition that a points test decides: how many points are missing, and which.

use recoup_deal::Phrase;
use rust_decimal::prelude::ToPrimitive;

use super::{PointsResult, points_of_claim};
use crate::assess::ClaimAssessment;
use crate::run::{ConditionResult, Verdict};

/// What an undecided condition lacks in points.
pub(crate) struct Lack {
    /// Points missing to the mark; none where only the mandatory ones are missing.
    pub(crate) points: Option<(i64, i64)>,
    /// The fewest open criteria that would pass it.
    pub(crate) enough: Option<Phrase>,
}

/// The test that decides a condition, where it is asked and comes to the same.
fn deciding(claim: &ClaimAssessment, condition: &ConditionResult) -> Option<PointsResult> {
    points_of_claim(claim).into_iter().find(|test| {
        test.condition == condition.id && test.asked == Some(true) && test.verdict == condition.verdict
    })
}

/// What an undecided condition lacks, where a points test decides it.
pub(crate) fn lack(claim: &ClaimAssessment, condition: &ConditionResult) -> Option<Lack> {
    let test = deciding(claim, condition)?;
    let way = test.way_to_pass();
    let named = way.fewest.into_iter().next().unwrap_or(way.must);
    let labels = test.criteria().filter(|criterion| named.contains(&criterion.input));
    let labels = labels.map(|criterion| Phrase::new(criterion.label.as_str()));
    let points = test.missing.to_i64().zip(test.needed.to_i64());
    Some(Lack {
        points: points.filter(|(missing, _)| *missing > 0),
        enough: labels.reduce(|first, then| Phrase::new("and_also").with("first", first).with("then", then)),
    })
}

/// The cure of a condition that failed, with what the points lack, where a points test decides it.
pub(crate) fn cure(claim: &ClaimAssessment, condition: &ConditionResult) -> Phrase {
    let cure = Phrase::new(condition.remedy.as_ref().unwrap_or(&condition.clause).as_str());
    let Some(test) = deciding(claim, condition) else { return cure };
    if let Some(need) = test.mandatory.iter().find(|need| need.verdict == Verdict::Fail) {
        let need = Phrase::new(need.label.as_str());
        return Phrase::new("points_lack").with("need", need).with("cure", cure);
    }
    let reachable = test.reachable.and_then(|reachable| reachable.to_i64());
    match reachable.zip(test.needed.to_i64()).filter(|(reachable, needed)| reachable < needed) {
        Some((reachable, needed)) => {
            Phrase::new("points_short").with("reachable", reachable).with("needed", needed).with("cure", cure)
        }
        None => cure,
    }
}
