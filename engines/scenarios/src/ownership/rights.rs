//! Rights that are given twice.

use recoup_calendar::Date;
use recoup_deal::instrument::LicenceTerms;
use recoup_deal::revenue::common_territory;
use recoup_deal::{Deal, Timeline, Window};
use serde::Serialize;

/// Two contracts that give the same right for the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RightsConflict {
    /// Id of the first instrument.
    pub one: String,
    /// Id of the second.
    pub other: String,
    /// A territory that both have.
    pub territory: String,
    /// Windows that meet: one of the first, one of the second.
    pub windows: (Window, Window),
    /// Where both terms are known: the first day on which both hold the right, and the first day after it. None means that
    /// a term is not known, so that they may meet.
    pub together: Option<(Date, Date)>,
    /// Whether the first, or the second, is exclusive; what says nothing is.
    pub exclusive: (bool, bool),
}

/// Every pair of contracts of a deal that give the same window of the same territory at the same time, where one of them
/// at least is exclusive.
pub fn rights_conflicts(deal: &Deal, timeline: &Timeline) -> Vec<RightsConflict> {
    let licences: Vec<(&str, &LicenceTerms)> =
        deal.instruments.iter().filter_map(|one| Some((one.id.as_str(), one.terms.licence()?))).collect();
    let mut found = Vec::new();
    for (place, (one, first)) in licences.iter().enumerate() {
        for (other, second) in &licences[place + 1..] {
            found.extend(conflict((one, first), (other, second), timeline));
        }
    }
    found
}

fn conflict(
    (one, first): (&str, &LicenceTerms),
    (other, second): (&str, &LicenceTerms),
    timeline: &Timeline,
) -> Option<RightsConflict> {
    let exclusive = (first.exclusive != Some(false), second.exclusive != Some(false));
    if !exclusive.0 && !exclusive.1 {
        return None;
    }
    let territory = common_territory(&first.territories, &second.territories)?;
    let pairs = first.windows.iter().flat_map(|one| second.windows.iter().map(move |other| (*one, *other)));
    let windows = pairs.into_iter().find(|(one, other)| one.shares_rights(*other))?;
    let together = match (first.term(timeline), second.term(timeline)) {
        (Some(one), Some(other)) => {
            let both = (one.0.max(other.0), one.1.min(other.1));
            if both.0 >= both.1 {
                return None;
            }
            Some(both)
        }
        _ => None,
    };
    let (one, other) = (one.to_owned(), other.to_owned());
    Some(RightsConflict { one, other, territory: territory.to_owned(), windows, together, exclusive })
}
