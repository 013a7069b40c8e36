//! The form in which a compiled run is kept.
//!
//! Everything that moves is a row of eight lanes in one buffer, and everything that decides names rows by their place.
//! A counter takes two rows: what it stands at, and behind it by how much the money in hand moves it.

use std::ops::Range;

/// The place of a row.
pub(super) type At = u32;

/// No row.
pub(super) const NONE: At = At::MAX;

/// Places in one of the lists of a program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub first: u32,
    pub end: u32,
}

impl Span {
    pub(super) fn range(self) -> Range<usize> {
        self.first as usize..self.end as usize
    }

    pub(super) fn is_empty(self) -> bool {
        self.first == self.end
    }
}

/// A counter held against a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Mark {
    /// The row of the counter.
    pub have: At,
    /// The row of the goal.
    pub goal: At,
    pub at_least: bool,
    /// Its place among the marks that switch beyond their goal; none switches at it.
    pub beyond: At,
}

/// A condition, operands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Word {
    Is(bool),
    Mark(Mark),
    And,
    Or,
}

/// Where what is taken comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The flow, which goes on with the rest.
    Flow,
    /// The base of a group, beside others.
    Beside,
    /// The base of a ladder, which the first who takes has alone.
    Step,
}

/// A share that may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Share {
    pub rate: At,
    /// Its part is one of the gross receipt, up to what it has earned.
    pub gross: bool,
    /// The counter of what it took.
    pub paid: At,
    /// Its limit, and what it has earned of the gross: open while below.
    pub closes: [(At, At); 2],
    /// Whether it stops by itself at the first of these, with nobody else asking.
    pub stops: bool,
    /// What must hold; and what must hold for it to count as notional.
    pub tests: Span,
    pub notional_tests: Span,
    /// The counter of what arrived, where somebody asks.
    pub reached: At,
    /// Further counters of what it takes.
    pub adds: Span,
    /// Pools it may be the first of, and the counters of what passes there.
    pub passes: Span,
    /// Counters of what it would take.
    pub notional: Span,
    /// Marks that switch beyond their goal, by their place among those: they switch where money comes to it.
    pub watch: Span,
}

/// A member of a group that divides by amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Member {
    pub share: Share,
    pub weight: Weight,
}

/// What a member weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    /// What a counter misses to its goal.
    Owed(At, At),
    /// A row.
    Row(At),
}

/// What happens to money on its way down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Instr {
    /// A share that nothing decides about, with its rate and its counter.
    Fee { rate: At, paid: At },
    /// A claim that stops at its limit and that nothing else decides about.
    Claim { rate: At, paid: At, have: At, goal: At, adds: Span },
    /// Any share. `over` where it may take more than there is.
    Share { share: u32, place: Place, over: bool },
    /// What the share takes walks another order until `end`.
    Enter { share: u32, place: Place, over: bool, end: u32 },
    /// The end of that order.
    Leave,
    /// A base, of which members take.
    Open { base: At, reached: At },
    /// What the members took together.
    Close { place: Place, paid: At, bounds: Bounds, over: bool },
    /// Members that divide a base by amounts.
    Weigh { place: Place, base: At, reached: At, paid: At, members: Span, over: bool },
    /// Members on the gross, which divide what those before them left of the base.
    Rest { members: Span },
}

/// Whether the members of a group may take more than its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Bounds {
    /// They cannot.
    Within,
    /// Somebody answers for it.
    Borne(At),
    /// Nobody does: then the plan cannot be run.
    Broken,
}

/// A goal that stands anew for each receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Goal {
    /// A part of what was put in.
    Invested { invested: At, factor: At, goal: At },
    /// A part of what was put in and its interest.
    Owed { invested: At, interest: At, factor: At, goal: At },
    /// Declared expenses: capped, uncapped, the cap, and a cap that grows with receipts.
    Expenses { capped: At, uncapped: At, cap: At, growing: Option<Growing>, factor: At, goal: At },
}

/// A cap of so much of what a counter of receipts stands at, the receipt in hand included if it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Growing {
    pub rate: At,
    pub received: At,
    pub counts: bool,
}

/// A share of the gross that a receipt may earn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Earns {
    pub paid: At,
    pub goal: At,
    pub rate: At,
    /// Whether the receipt counts for it and its contract lets it.
    pub entitled: bool,
    pub tests: Span,
    pub carries: bool,
}

/// What a payment does to a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pays {
    /// The counter of the payment.
    pub paid: At,
    pub account: Account,
    pub what: Reduces,
}

/// What a payment reduces first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reduces {
    Interest,
    /// Down to nothing, or below it by interest that is not added yet.
    Principal {
        compounds: bool,
    },
    /// As interest, wherever money arrives by this counter.
    Return {
        reached: At,
    },
}

/// The rows of a balance: what was put in, what it earned in all, what bears interest, what is not added yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Account {
    pub invested: At,
    pub interest: At,
    pub base: At,
    pub accrued: At,
}

/// The way down of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Route {
    pub code: Vec<Instr>,
    /// Counters that may move, in the order in which they do, and how many of them after each instruction.
    pub moved: Vec<At>,
    pub moved_by: Vec<u32>,
    /// Counters of receipts, which move with the whole.
    pub received: Vec<At>,
    /// Marks at which a flow may have to be cut; those that only stop their own share come last.
    pub cuts: Vec<Mark>,
    pub switches: u32,
    pub goals: Vec<Goal>,
    pub earns: Vec<Earns>,
    pub pays: Vec<Pays>,
    /// Reserves on the way, by their counters.
    pub reserves: Vec<At>,
    /// Whether shares that stop by themselves may take what they miss and let the rest by.
    pub once: bool,
    /// Whether somebody may take more than there is.
    pub over: bool,
    /// Whether receipts of one day may come down together.
    pub joins: bool,
}

/// Something that happens to balances before money moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Accrual {
    /// What bears interest earns at a rate for so many years.
    Earns { account: Account, rate: At, years: f64 },
    /// It earns for months of 30 days: from the day in `since` to one whose serial is given, which may end a month of
    /// 31. Where money moves in some lanes alone, time passes in those.
    Counts { account: Account, rate: At, since: Since, until: Until, moved: bool },
    /// It grows by this part.
    Grows { account: Account, part: f64 },
    /// It grows at a rate for so many years, compounded from day to day.
    Compounds { account: Account, rate: At, years: f64 },
    /// What was earned is added to what bears interest.
    Adds { account: Account },
}

/// The rows of the day from which a balance earns: its serial, and 1 where it is the 30th or 31st.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Since {
    pub serial: At,
    pub late: At,
}

/// A day in months of 30 days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Until {
    pub serial: f64,
    pub late: f64,
    /// 1 where it is a 31st, which counts unless the first day is a 30th or 31st.
    pub last: f64,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Time passes.
    Accrue(Span),
    /// Money is put in: the place of the drawing, and the rows it is added to.
    Draw { place: u32, rows: Span },
    /// An expense is declared.
    Declare { place: u32, row: At },
    /// Money comes in, time passes where it does, and it comes down a route. Reserves keep what they hold of it in rows of their own.
    Flow { route: u32, comes: Comes, holds: At, accrue: Span },
    /// What was paid since is told in a slot.
    Tell { slot: u32, claims: Span },
}

/// Where money comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Comes {
    /// Receipts, each with its entry.
    Receipts(Span),
    /// A reserve lets go what stands in rows.
    Released(Span),
}

/// A receipt: its place in the inputs, and the row of refunds that wait at its entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Incoming {
    pub place: u32,
    pub refunds: At,
}

/// What a party is told of what a counter moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Told {
    pub paid: At,
    /// What was told of it before.
    pub told: At,
    /// Parties with their parts.
    pub parts: Span,
}

/// A claim with a limit, as it stands when all is over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Final {
    pub node: u32,
    pub have: At,
    pub goal: At,
}
