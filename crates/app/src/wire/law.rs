//! What changed from one text of a program to another.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// Asks what changed from one version of a program to another.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct CompareVersions {
    /// Program id.
    pub program: String,
    /// A day on which the first version applies, such as its first day.
    pub from: String,
    /// A day on which the second version applies.
    pub to: String,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// What changed from one version of a program to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct VersionComparison {
    /// Program id.
    pub program: String,
    /// Name used in lists.
    pub name: String,
    /// Currency of its amounts.
    pub currency: String,
    /// First day of the first version.
    pub from: String,
    /// First day of the second version.
    pub to: String,
    /// What changed, part by part.
    pub differences: Vec<LawDifference>,
}

/// One difference between two texts. Without `before` it was added, without `after` it fell away.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawDifference {
    /// `dates`, `program`, `number`, `condition`, `points`, `line`, `input`, `cash`, `tax`, `fee`, `interaction`,
    /// `short_form`, `periods`, `output`, `fact`, `note` or `source`; in this order.
    pub part: String,
    /// The element's id within the part; empty where the part has no elements.
    pub id: String,
    /// The field as a policy file names it, such as `value`, `formula` or `lag_months`.
    pub field: String,
    /// What the element is called.
    pub label: Option<String>,
    /// What the first text says.
    pub before: Option<LawSide>,
    /// What the second says.
    pub after: Option<LawSide>,
    /// Whether a computed amount, day or verdict can be another one for it.
    pub bears_on_figures: bool,
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawSide {
    /// What it says.
    pub stated: LawStated,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
}

/// What a text says at one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LawStated {
    /// A number of the law; money in major units of the program's currency.
    Number {
        /// The number.
        decimal: String,
        /// `money`, `rate` or `number`.
        unit: String,
    },
    /// A formula as written.
    Formula {
        /// Its text.
        text: String,
    },
    /// A day.
    Day {
        /// Such as `2027-03-01`.
        date: String,
    },
    /// A count, such as months or payments.
    Count {
        /// How many.
        count: u32,
    },
    /// Yes or no.
    Flag {
        /// Which.
        yes: bool,
    },
    /// Words, in the reader's language.
    Text {
        /// The words.
        text: String,
    },
    /// Closed terms, ids, clauses, addresses and names of programs.
    Terms {
        /// One or several.
        terms: Vec<String>,
    },
}

/// Asks whether other texts of the law are on file than those a deal is computed with.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ReviewLawChanges {
    /// The open deal.
    pub deal: String,
    /// The language of names and labels, such as `fr`; English where none is given.
    pub language: Option<String>,
}

/// The texts that are offered to a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawReview {
    /// The revision the figures were computed from.
    pub revision: u32,
    /// One for each version of a program whose text on file is another one.
    pub offers: Vec<LawOffer>,
}

/// Another text of a version than the one the deal is computed with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawOffer {
    /// Program id.
    pub program: String,
    /// First day of the version.
    pub from: String,
    /// Name used in lists.
    pub name: String,
    /// Currency of its amounts.
    pub currency: String,
    /// Day on which the known text was reviewed.
    pub reviewed: String,
    /// Day on which the offered text was reviewed.
    pub reviewed_then: String,
    /// Whether the deal itself holds on to the known text.
    pub is_carried: bool,
    /// What changed from the known text to the offered one.
    pub differences: Vec<LawDifference>,
    /// All incentives net as they are computed.
    pub net: FigureDto,
    /// The same with the offered text.
    pub net_then: FigureDto,
    /// By how much that is more.
    pub more: Option<FigureDto>,
    /// What becomes of each claim that counts.
    pub effects: Vec<LawEffect>,
}

/// What becomes of a claim under the offered text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct LawEffect {
    /// Id of the claim.
    pub claim: String,
    /// Name of its program.
    pub name: String,
    /// What it leaves, where it counts.
    pub net: Option<FigureDto>,
    /// What it would leave, where it would count.
    pub net_then: Option<FigureDto>,
    /// By how much that is more, where it counts now and then.
    pub more: Option<FigureDto>,
}

/// Settles an offer.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct SettleLawChange {
    /// The open deal.
    pub deal: String,
    /// The revision the decision was made on.
    pub revision: u32,
    /// Program id.
    pub program: String,
    /// First day of the version.
    pub from: String,
    /// `take_over` the offered text, or `keep` the known one.
    pub decision: String,
}
