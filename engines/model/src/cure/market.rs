//! What the market usually asks, each with where it was read: what stands in for a term nobody has given yet.

use recoup_deal::Terms;

/// A usual rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usual {
    /// As it is written in a deal.
    pub rate: &'static str,
    /// Where it was read.
    pub source: &'static str,
}

/// Interest of a bridge.
pub(super) const BRIDGE: Usual = Usual {
    rate: "0.13",
    source: "Market terms reviewed in November 2026: a bridge of three to six months costs 10 to 18 % a year",
};

/// A guarantor's fee on the bonded budget.
pub(super) const BOND: Usual = Usual {
    rate: "0.03",
    source: "Market terms reviewed in November 2026: completion guarantors ask 1.5 to 5 % of the bonded budget",
};

/// The contingency that a guarantor asks for.
pub(super) const CONTINGENCY: Usual = Usual {
    rate: "0.1",
    source: "Market terms reviewed in November 2026: guarantors typically ask for a contingency of 10 %",
};

/// A distributor's fee.
pub(super) const DISTRIBUTION_FEE: Usual = Usual {
    rate: "0.27",
    source: "Published survey of 2014: distributors outside the United States keep 27 % on average",
};

/// A sales agent's commission.
pub(super) const SALES_COMMISSION: Usual =
    Usual { rate: "0.19", source: "Published survey of 2014: sales agents keep 19 % on average" };

/// What cinemas keep of the tickets.
pub(super) const EXHIBITORS: Usual = Usual {
    rate: "0.49",
    source: "Published survey of 2014: by sales and distribution people cinemas keep 49 % of the tickets on average",
};

/// What opening a collection account costs, in US dollars.
pub(super) const COLLECTION_ACCOUNT: Usual = Usual {
    rate: "8000",
    source: "Market terms reviewed in November 2026: a collection account is set up for about 8,000 dollars",
};

/// The interest of a loan of some kind.
pub(super) fn interest(terms: &Terms) -> Option<Usual> {
    let (rate, source) = match terms {
        Terms::SeniorLoan(_) | Terms::ContractLoan(_) | Terms::InterimFacility(_) => {
            ("0.085", "Market terms reviewed in November 2026: senior film loans cost 7 to 11 % a year")
        }
        Terms::CreditLoan(_) => {
            ("0.1", "Market terms reviewed in November 2026: loans on tax credits cost 8 to 12 % a year")
        }
        Terms::GapLoan(_) => {
            ("0.13", "Market terms reviewed in November 2026: gap loans cost 10 to 15 % a year")
        }
        Terms::Mezzanine(_) => {
            ("0.16", "Market terms reviewed in November 2026: mezzanine loans cost 12 to 20 % a year")
        }
        Terms::Bridge(_) => return Some(BRIDGE),
        _ => return None,
    };
    Some(Usual { rate, source })
}

/// The fee for arranging a loan of some kind, as a share of it.
pub(super) fn arrangement(terms: &Terms) -> Option<Usual> {
    let (rate, source) = match terms {
        Terms::CreditLoan(_) => (
            "0.02",
            "Market terms reviewed in November 2026: loans on tax credits are arranged for 1.5 to 3 %",
        ),
        Terms::GapLoan(_) => {
            ("0.03", "Market terms reviewed in November 2026: gap loans are arranged for 2 to 5 %")
        }
        _ => return None,
    };
    Some(Usual { rate, source })
}
