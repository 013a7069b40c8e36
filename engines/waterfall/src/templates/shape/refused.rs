//! What cannot be done to an order

use super::User;

/// Why a change is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such tier, member, source or party.
    #[error("the plan has no {kind} `{id}`")]
    Unknown {
        /// What is missing.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// Something else in the plan speaks of it.
    #[error("`{tier}` is in use: {}", users.iter().map(|user| user.path.as_str()).collect::<Vec<_>>().join(", "))]
    InUse {
        /// The tier.
        tier: String,
        /// What speaks of it.
        users: Vec<User>,
    },
    /// A tier cannot stand within itself.
    #[error("`{tier}` cannot be put into itself")]
    IntoItself {
        /// The tier.
        tier: String,
    },
    /// What is meant to hold members holds none.
    #[error("`{tier}` is no group")]
    NoGroup {
        /// The tier.
        tier: String,
    },
    /// A reserve stands in the order, not in a group.
    #[error("the reserve `{tier}` cannot stand in a group")]
    ReserveInGroup {
        /// The reserve.
        tier: String,
    },
    /// A group divided by amount needs to know the amount of every member.
    #[error("`{tier}` has no amount by which `{group}` could be divided")]
    NoAmount {
        /// The member.
        tier: String,
        /// The group.
        group: String,
    },
    /// Money of a source would have no tier to enter.
    #[error("the source `{from}` would have no tier left")]
    SourceLeftDry {
        /// The source.
        from: String,
    },
    /// No money would reach these tiers any more.
    #[error("no money would reach {}", tiers.join(", "))]
    CutOff {
        /// The tiers.
        tiers: Vec<String>,
    },
    /// Money would go round.
    #[error("money would go round at `{tier}`")]
    GoesRound {
        /// A tier of the circle.
        tier: String,
    },
    /// These ways do not lead there.
    #[error("`{id}` does not lead there")]
    NoSuchWay {
        /// The source or tier.
        id: String,
    },
    /// A part is more than nothing and less than the whole.
    #[error("the part must be more than nothing and less than the whole")]
    PartOutOfRange,
    /// What the claim may take cannot be divided.
    #[error("`{tier}` has a limit that cannot be divided between two parties")]
    Indivisible {
        /// The claim.
        tier: String,
    },
}

impl Refused {
    /// What a consumer branches on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "PLAN_LACKS",
            Self::InUse { .. } => "TIER_IN_USE",
            Self::IntoItself { .. } => "TIER_INTO_ITSELF",
            Self::NoGroup { .. } => "TIER_IS_NO_GROUP",
            Self::ReserveInGroup { .. } => "RESERVE_IN_GROUP",
            Self::NoAmount { .. } => "MEMBER_WITHOUT_AMOUNT",
            Self::SourceLeftDry { .. } => "SOURCE_LEFT_DRY",
            Self::CutOff { .. } => "TIERS_CUT_OFF",
            Self::GoesRound { .. } => "MONEY_GOES_ROUND",
            Self::NoSuchWay { .. } => "NO_SUCH_WAY",
            Self::PartOutOfRange => "PART_OUT_OF_RANGE",
            Self::Indivisible { .. } => "LIMIT_INDIVISIBLE",
        }
    }
}
