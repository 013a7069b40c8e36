//! What a row is, by its words: a line, or one of the things that stand between lines.

use crate::text::{has_words, plain};

/// Why a row is no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Nothing stands in it.
    Blank,
    /// The header once more, as on every printed page.
    HeaderAgain,
    /// The name of a section.
    Heading,
    /// A text beside the table.
    Note,
    /// The sum of a section.
    Subtotal,
    /// The sum of the sheet.
    GrandTotal,
    /// An account whose parts are listed below it.
    HasParts,
    /// Part of a line above it, listed for information.
    OfWhich,
    /// Fringes that the lines contain already.
    FringesIncluded,
    /// A reserve, which a deal has beside its lines.
    Contingency,
    /// A cost of the financing, which a deal computes.
    FinancingCost,
    /// An account without an amount.
    NoAmount,
    /// An account of nothing.
    Zero,
    /// A person left it out.
    Asked,
}

impl LeftOut {
    /// The code as it crosses the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "BLANK",
            Self::HeaderAgain => "HEADER_AGAIN",
            Self::Heading => "HEADING",
            Self::Note => "NOTE",
            Self::Subtotal => "SUBTOTAL",
            Self::GrandTotal => "GRAND_TOTAL",
            Self::HasParts => "HAS_PARTS",
            Self::OfWhich => "OF_WHICH",
            Self::FringesIncluded => "FRINGES_INCLUDED",
            Self::Contingency => "CONTINGENCY",
            Self::FinancingCost => "FINANCING_COST",
            Self::NoAmount => "NO_AMOUNT",
            Self::Zero => "ZERO",
            Self::Asked => "LEFT_OUT",
        }
    }

    /// Whether the sheet's own total counts the row though it is no line.
    #[must_use]
    pub const fn is_cost(self) -> bool {
        matches!(self, Self::Contingency | Self::FinancingCost | Self::Asked)
    }
}

/// What the words of a row say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByWords {
    /// Nothing against a line.
    Line,
    /// A sum of some rows.
    Subtotal,
    /// A sum of the whole sheet, where it is the last of its kind.
    Total,
    /// Employer's contributions, as a line or as a sum of what the lines contain.
    Fringes {
        sum: bool,
    },
    Contingency,
    FinancingCost,
    OfWhich,
}

const FRINGES: &[&str] = &[
    "fringe",
    "fringes",
    "fringe benefits",
    "charges sociales",
    "cotisations sociales",
    "payroll taxes",
    "employer contributions",
    "avantages sociaux",
    "social charges",
    "charges patronales",
];
const CONTINGENCY: &[&str] = &["contingency", "contingencies", "imprevus", "aleas"];
const FINANCING: &[&str] = &[
    "completion bond",
    "completion guarantee",
    "completion guaranty",
    "bond fee",
    "garantie de bonne fin",
    "garantie d achevement",
    "financing costs",
    "finance costs",
    "financing fees",
    "interim financing",
    "bank interest",
    "interest and fees",
    "loan fees",
    "loan interest",
    "frais financiers",
    "frais de financement",
    "interets bancaires",
    "interets intercalaires",
    "cost of issue",
    "gap financing fee",
];
const WHOLE: &[&str] = &[
    "grand total",
    "total general",
    "total budget",
    "total du budget",
    "total production cost",
    "total negative cost",
    "negative cost",
    "total cost",
    "total costs",
    "cout total",
    "total du devis",
    "total devis",
    "budget total",
    "total production budget",
    "total des depenses",
    "total general ht",
    "total project",
    "total all",
    "totaux",
    "total production",
    "cout de production total",
    "total gross budget",
    "total budget net",
];

/// What the texts of a row say it is. `label` is its name, else whatever text it has.
pub(crate) fn by_words(label: &str) -> ByWords {
    let words = plain(label);
    let has = |list: &[&str]| list.iter().any(|known| has_words(&words, known));
    let sum = is_sum(&words);
    if has(FRINGES) {
        let included =
            has_words(&words, "included") || has_words(&words, "inclus") || has_words(&words, "comprises");
        return ByWords::Fringes { sum: sum || included };
    }
    if sum {
        let whole = words == "total"
            || WHOLE.iter().any(|known| words.starts_with(known))
            || words.ends_with("grand total");
        return if whole && !names_a_section(&words) { ByWords::Total } else { ByWords::Subtotal };
    }
    if words.starts_with("of which") || words.starts_with("dont ") || words.starts_with("incl ") {
        return ByWords::OfWhich;
    }
    if has(CONTINGENCY) {
        return ByWords::Contingency;
    }
    if has(FINANCING) || words == "bond" || words == "interest" {
        return ByWords::FinancingCost;
    }
    ByWords::Line
}

fn is_sum(words: &str) -> bool {
    let starts = ["total", "totals", "subtotal", "subtotals", "sub", "sous", "grand", "totaux", "somme"];
    let first = words.split(' ').next().unwrap_or_default();
    let second = words.split(' ').nth(1).unwrap_or_default();
    match first {
        "sub" | "sous" | "grand" => second.starts_with("tota"),
        "cout" | "budget" | "negative" => WHOLE.contains(&words),
        first => starts.contains(&first) || words.ends_with(" total") || words.ends_with(" subtotal"),
    }
}

/// `Total budget: animation`, `Total production staff`: the sum of something.
fn names_a_section(words: &str) -> bool {
    let parts = [
        "line",
        "section",
        "staff",
        "office",
        "labour",
        "labor",
        "crew",
        "department",
        "above",
        "below",
        "post",
    ];
    parts.iter().any(|part| has_words(words, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_reserves_and_costs_of_money_are_told_from_lines() {
        let cases = [
            ("Grand Total", ByWords::Total),
            ("TOTAL", ByWords::Total),
            ("Total général HT", ByWords::Total),
            ("Coût total", ByWords::Total),
            ("Total Negative Cost", ByWords::Total),
            ("Total Above-The-Line", ByWords::Subtotal),
            ("Sous-total A", ByWords::Subtotal),
            ("Total production staff", ByWords::Subtotal),
            ("Animation total", ByWords::Subtotal),
            ("Total Fringes", ByWords::Fringes { sum: true }),
            ("Charges sociales", ByWords::Fringes { sum: false }),
            ("Contingency (10 %)", ByWords::Contingency),
            ("Imprévus", ByWords::Contingency),
            ("Completion Bond", ByWords::FinancingCost),
            ("Frais financiers", ByWords::FinancingCost),
            ("of which labour", ByWords::OfWhich),
            ("Subtitling", ByWords::Line),
            ("Totem design", ByWords::Line),
            ("Story & Rights", ByWords::Line),
            ("Budget coordinator", ByWords::Line),
        ];
        for (label, kind) in cases {
            assert_eq!(by_words(label), kind, "{label}");
        }
    }
}
