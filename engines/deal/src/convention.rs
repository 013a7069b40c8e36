//! What conventions of co-production ask of each side: the least share of the cost, and the largest.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::project::{ProjectProfile, ProjectType, Treaty};

/// A convention or treaty whose shares are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// The European Convention of 1992.
    #[serde(rename = "european_1992")]
    European1992,
    /// The revised Convention of the Council of Europe, where every country concerned has ratified it.
    EuropeanRevised,
    /// The agreement between Canada and France of 2021.
    CanadaFrance,
    /// The treaty between Canada and Ireland of 2016.
    CanadaIreland,
    /// The agreement between Canada and the United Kingdom.
    CanadaUnitedKingdom,
}

/// What a convention allows one side of a co-production to carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareBounds {
    /// The least share.
    pub least: Decimal,
    /// A smaller one, where authorities consent or every country is bound by the newer text.
    pub by_consent: Option<Decimal>,
    /// The largest share of one side.
    pub most: Option<Decimal>,
    /// Where it stands.
    pub clause: String,
}

/// Hundredths of the cost.
const fn hundredths(number: u32) -> Decimal {
    Decimal::from_parts(number, 0, 0, false, 2)
}

fn bounds(least: u32, by_consent: Option<u32>, most: Option<u32>, clause: &str) -> ShareBounds {
    ShareBounds {
        least: hundredths(least),
        by_consent: by_consent.map(hundredths),
        most: most.map(hundredths),
        clause: clause.to_owned(),
    }
}

impl ShareBounds {
    /// What holds for a work; absent where it is no official co-production or nothing is known of its treaty.
    #[must_use]
    pub fn of(project: &ProjectProfile) -> Option<Self> {
        let treaty = project.treaty.as_ref()?;
        let bilateral = countries(treaty).len() == 2;
        if let Some(least) = treaty.least_share {
            let clause = treaty.name.clone().unwrap_or_default();
            // Two sides make one whole: the least of one is the most of the other.
            let most = bilateral.then_some(Decimal::ONE - least);
            return Some(Self { least, by_consent: None, most, clause });
        }
        match treaty.convention {
            Some(convention) => Some(convention.bounds(project, bilateral)),
            None => told_by_name(project, treaty, bilateral),
        }
    }
}

impl Convention {
    /// Article 6 of both European texts (coe.int, revised-convention and coproduction); Canada as Telefilm Canada
    /// prints its treaties (telefilm.ca/en/traites/france, /ireland, /united-kingdom).
    fn bounds(self, project: &ProjectProfile, bilateral: bool) -> ShareBounds {
        let cinema = project.project_type == Some(ProjectType::Feature);
        let in_french = project.languages.iter().any(|language| language.starts_with("fr"));
        match (self, bilateral) {
            (Self::European1992, true) => bounds(20, None, Some(80), "European Convention 1992, art. 6"),
            (Self::European1992, false) => bounds(10, None, Some(70), "European Convention 1992, art. 6"),
            (Self::EuropeanRevised, true) => bounds(10, None, Some(90), "revised Convention, art. 6"),
            (Self::EuropeanRevised, false) => bounds(5, None, Some(80), "revised Convention, art. 6"),
            (Self::CanadaFrance, true) => {
                let by_consent = cinema.then_some(if in_french { 10 } else { 15 });
                bounds(20, by_consent, None, "Canada-France Agreement, art. 5")
            }
            (Self::CanadaFrance, false) => bounds(10, None, None, "Canada-France Agreement, art. 5"),
            (Self::CanadaIreland, true) => bounds(15, None, None, "Canada-Ireland Treaty"),
            (Self::CanadaIreland, false) => bounds(10, None, None, "Canada-Ireland Treaty"),
            (Self::CanadaUnitedKingdom, _) => bounds(20, None, None, "Canada-United Kingdom Agreement"),
        }
    }
}

/// The European Convention without a word on which of its texts: the older holds unless every country has
/// ratified the newer.
fn told_by_name(project: &ProjectProfile, treaty: &Treaty, bilateral: bool) -> Option<ShareBounds> {
    let name = treaty.name.as_deref().unwrap_or_default().to_lowercase();
    if name.contains("european convention") || name.contains("convention europ") {
        let old = Convention::European1992.bounds(project, bilateral);
        let new = Convention::EuropeanRevised.bounds(project, bilateral);
        return Some(ShareBounds { by_consent: Some(new.least), most: new.most, ..old });
    }
    let countries = countries(treaty);
    let with_canada =
        |other: &str| name.contains("canada") && countries.contains("CA") && countries.contains(other);
    let convention = if with_canada("FR") {
        Convention::CanadaFrance
    } else if with_canada("IE") {
        Convention::CanadaIreland
    } else if with_canada("GB") {
        Convention::CanadaUnitedKingdom
    } else {
        return None;
    };
    Some(convention.bounds(project, bilateral))
}

fn countries(treaty: &Treaty) -> BTreeSet<&str> {
    let country = |code: &'_ str| code.split('-').next().unwrap_or_default().len();
    treaty.shares.iter().map(|side| &side.jurisdiction[..country(&side.jurisdiction)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(name: &str, convention: Option<Convention>, sides: &[&str]) -> ProjectProfile {
        let shares = sides.iter().map(|side| serde_json::json!({"id": side, "jurisdiction": side}));
        let mut treaty = serde_json::json!({"name": name, "shares": shares.collect::<Vec<_>>()});
        if let Some(convention) = convention {
            treaty["convention"] = serde_json::to_value(convention).unwrap();
        }
        serde_json::from_value(serde_json::json!({"title": "T", "treaty": treaty})).unwrap()
    }

    #[test]
    fn bilateral_and_multilateral_are_told_apart() {
        let two = project("", Some(Convention::EuropeanRevised), &["FR", "IE"]);
        let three = project("", Some(Convention::EuropeanRevised), &["FR", "IE", "DE"]);
        let regions = project("", Some(Convention::EuropeanRevised), &["CA-BC", "CA-QC", "FR"]);
        let least = |project: &ProjectProfile| ShareBounds::of(project).unwrap().least;
        assert_eq!((least(&two), least(&three)), (hundredths(10), hundredths(5)));
        assert_eq!(least(&regions), hundredths(10), "two regions of one country are one side");
    }

    #[test]
    fn a_name_tells_the_convention_and_an_unknown_one_nothing() {
        let european = ShareBounds::of(&project("European Convention on X", None, &["GB", "IE"])).unwrap();
        assert_eq!((european.least, european.by_consent), (hundredths(20), Some(hundredths(10))));
        let canadian = ShareBounds::of(&project("Canada-France treaty", None, &["CA", "FR"])).unwrap();
        assert_eq!(canadian.least, hundredths(20));
        assert_eq!(ShareBounds::of(&project("A treaty", None, &["CA", "FR"])), None);
    }
}
