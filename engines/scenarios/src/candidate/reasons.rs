//! Why a kind of money is not what was wished.

use recoup_money::Money;
use serde::{Deserialize, Serialize};

/// One step from what was wished to what a kind of money brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The wish is replaced by what the incentive engine computes for this deal.
    Computed {
        /// `incentives.net`.
        net: Money,
    },
    /// The other shares fill what incentives and money that is there leave open, in their own proportions.
    Scaled {
        /// What the wish came to by that.
        to: Money,
    },
    /// The deal has this money already; it stays as it is.
    Kept {
        /// How much.
        amount: Money,
    },
    /// Nobody can wish for grants or deferrals that the deal does not have.
    NotThere,
    /// Territories were sold to make it so.
    TerritoriesSold {
        /// How many.
        count: u32,
        /// What their buyers pay.
        price: Money,
    },
    /// A territory is sold whole, and none of those that are left fits.
    NothingLeftToSell {
        /// What found no territory.
        left: Money,
    },
    /// This part of the contracts' price comes earlier, through the loan that is secured on it.
    ComesThroughLoan {
        /// How much.
        amount: Money,
    },
    /// The part of a price that a withholding tax or a commission takes.
    TakenByOthers {
        /// How much.
        amount: Money,
    },
    /// A lender advances only a part, or the rest is paid after delivery, when it is too late for the making.
    PaidTooLate {
        /// What does not pay for the making.
        amount: Money,
    },
    /// The loan is cut to what it is secured on.
    CutToCollateral {
        /// What that carries.
        carries: Money,
        /// What is cut, and goes to equity.
        cut: Money,
    },
    /// The loan is cut until the unsold estimates cover it as its lender asks.
    CutToCover {
        /// What is cut, and goes to equity.
        cut: Money,
    },
    /// No gap lender lends more of a budget.
    CutToSize {
        /// The most of the budget, as an amount.
        most: Money,
    },
    /// Nothing is unsold that a gap loan could stand on.
    NothingUnsold,
    /// More is lent on the contracts than was wished, because they pay on delivery and the money is spent before.
    LentEarlier {
        /// How much more.
        amount: Money,
    },
    /// A bridge until the contracts pay on delivery, on what the senior lender does not lend on.
    Bridged {
        /// How much.
        amount: Money,
    },
    /// Other money pays for everything already.
    NotNeeded {
        /// How much.
        amount: Money,
    },
    /// Equity gives what is cut elsewhere, what comes too late, and what financing costs.
    TakesTheRest {
        /// Beyond what was wished of it.
        amount: Money,
    },
    /// There is no more equity than this.
    EquityLimited {
        /// The limit.
        most: Money,
    },
}
