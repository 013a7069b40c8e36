//! A recoupment in a straight line.

use thiserror::Error;

use super::waterfall::padded;

/// An amount, typed or drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// What is typed, in major units.
    pub fixed: f64,
    /// The drawn number by which it is multiplied.
    pub times: Option<usize>,
}

impl Amount {
    /// An amount that is the same on every path.
    pub fn fixed(fixed: f64) -> Self {
        Self { fixed, times: None }
    }
}

/// A payee's share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Who is paid.
    pub payee: usize,
    /// The part, 0 to 1.
    pub share: f64,
}

/// One tier. Each takes from what those before it left.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A share of the receipts themselves, not of what is left of them.
    Fee {
        /// Who is paid.
        payee: usize,
        /// The part of the receipts.
        rate: f64,
        /// The one source whose receipts count; none where all do.
        of: Option<usize>,
        /// At most so much.
        cap: Option<f64>,
    },
    /// Everything until an amount is paid back.
    Recoup {
        /// Who is paid.
        payee: usize,
        /// How much.
        amount: Amount,
    },
    /// Everything until a balance is paid back that grows before each quarter's receipts.
    Debt {
        /// Who is paid.
        payee: usize,
        /// The balance where the quarters begin.
        amount: Amount,
        /// What the balance is multiplied by in each quarter; a compiled plan adds ones behind the last.
        growth: Vec<f64>,
    },
    /// Everything until several amounts are paid back, each in proportion to its own: all are paid out at once.
    Group {
        /// All amounts together.
        amount: Amount,
        /// Each one's part; they add up to one.
        members: Vec<Share>,
    },
    /// A share of what comes down.
    Corridor {
        /// Who is paid.
        payee: usize,
        /// The part.
        rate: f64,
        /// At most so much.
        cap: Option<f64>,
    },
    /// Shares of what comes down, other ones from where a payee has received an amount in all: the switch is thrown
    /// inside the quarter.
    Split {
        /// Whose receipts throw the switch.
        payee: usize,
        /// At how much.
        at: f64,
        /// The shares before.
        below: Vec<Share>,
        /// The shares after.
        above: Vec<Share>,
    },
}

/// Why an order of payment is none that quarters in a straight line can express.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// A number names a source, a payee or a quarter that is not there.
    #[error("step {step} names a {what} that is not there")]
    Unknown {
        /// Its place in the order.
        step: usize,
        /// What it names.
        what: &'static str,
    },
    /// An amount, a rate or a factor is negative, beyond one or not a number.
    #[error("step {step} has a {what} out of bounds")]
    OutOfBounds {
        /// Its place in the order.
        step: usize,
        /// Which number.
        what: &'static str,
    },
    /// Shares that do not add up to one, or to more.
    #[error("step {step} divides more or less than all")]
    Shares {
        /// Its place in the order.
        step: usize,
    },
    /// A share of the receipts where the receipts may no longer be there: behind a claim, or beyond all of a source.
    #[error("step {step} is a fee on receipts that may have been paid out before it")]
    FeeMayBeShort {
        /// Its place in the order.
        step: usize,
    },
    /// The payee whose receipts throw a switch also has a running share of the same money elsewhere, so that where
    /// exactly the switch is thrown depends on both.
    #[error("step {step} switches on a payee who is paid elsewhere at the same time")]
    SwitchMoves {
        /// Its place in the order.
        step: usize,
    },
}

/// A recoupment in a straight line, quarter by quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct QuarterPlan {
    pub(super) quarters: usize,
    pub(super) sources: usize,
    pub(super) payees: usize,
    pub(super) steps: Vec<Step>,
    /// The sources on which a fee is taken, which keep a row of their own.
    pub(super) kept: Vec<usize>,
    /// By source: its row, if it keeps one.
    pub(super) places: Vec<Option<usize>>,
    /// What each step reads.
    pub(super) reads: Vec<Reads>,
    /// Payees whose rows begin with nothing: others are paid before they are read.
    pub(super) blank: Vec<usize>,
    /// Rows of memory between quarters, all steps together.
    pub(super) states: usize,
}

/// What a step reads besides its own numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reads {
    /// The row of receipts.
    pub base: usize,
    /// Bit by bit, whether its payees are paid for the first time.
    pub fresh: u64,
    /// The payees of a split.
    pub sides: Vec<Side>,
    /// What a split leaves before and after its switch.
    pub rest: [f64; 2],
}

impl Reads {
    /// Whether the payee at a place is paid for the first time.
    pub(super) fn is_fresh(&self, place: usize) -> bool {
        place < 64 && self.fresh >> place & 1 == 1
    }
}

/// One payee of a split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Side {
    pub payee: usize,
    pub below: f64,
    pub above: f64,
}

impl QuarterPlan {
    /// An order of payment, or why it cannot be one.
    pub fn new(quarters: usize, sources: usize, payees: usize, steps: Vec<Step>) -> Result<Self, Unfit> {
        let mut plan = Self {
            quarters,
            sources,
            payees,
            steps,
            kept: Vec::new(),
            places: Vec::new(),
            reads: Vec::new(),
            blank: Vec::new(),
            states: 0,
        };
        // What is surely left of each source's receipts of a quarter.
        let mut left = vec![1.0; sources];
        for (step, of) in plan.steps.iter().enumerate() {
            bounds(step, of, quarters)?;
            plan.known(step, of)?;
            match of {
                Step::Fee { rate, of, .. } => {
                    let touched =
                        left.iter_mut().enumerate().filter(|(source, _)| of.is_none_or(|of| of == *source));
                    for (_, left) in touched {
                        *left -= rate;
                        if *left < -1e-12 {
                            return Err(Unfit::FeeMayBeShort { step });
                        }
                    }
                    plan.kept.extend(of.filter(|source| !plan.kept.contains(source)));
                }
                Step::Corridor { rate, .. } => left.iter_mut().for_each(|left| *left *= 1.0 - rate),
                Step::Recoup { .. } | Step::Debt { .. } | Step::Group { .. } | Step::Split { .. } => {
                    left.fill(0.0)
                }
            }
            plan.states += match of {
                Step::Debt { .. } => 3,
                Step::Split { .. } => 1,
                _ => 0,
            };
            plan.switches_alone(step)?;
        }
        for step in &mut plan.steps {
            if let Step::Debt { growth, .. } = step {
                growth.resize(padded(quarters), 1.0);
            }
        }
        let place = |source: usize| plan.kept.iter().position(|kept| *kept == source).map(|place| 1 + place);
        plan.places = (0..sources).map(place).collect();
        plan.read();
        Ok(plan)
    }

    /// Quarters.
    pub fn quarters(&self) -> usize {
        self.quarters
    }

    /// Sources.
    pub fn sources(&self) -> usize {
        self.sources
    }

    /// Payees.
    pub fn payees(&self) -> usize {
        self.payees
    }

    /// The tiers in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Rows of receipts and payments: what all sources bring, the kept ones, the payees, and what is left over.
    pub(super) fn rows(&self) -> usize {
        1 + self.kept.len() + self.payees + 1
    }

    /// The row of a payee; one beyond the last is what is left over.
    pub(super) fn payee_row(&self, payee: usize) -> usize {
        1 + self.kept.len() + payee
    }

    /// Which row each step reads, and who is paid by it for the first time.
    fn read(&mut self) {
        let mut paid = vec![false; self.payees];
        for step in &self.steps {
            let mut reads = Reads { base: 0, fresh: 0, sides: Vec::new(), rest: [0.0; 2] };
            let payees: Vec<usize> = match step {
                Step::Fee { payee, of, .. } => {
                    reads.base = of.and_then(|source| self.places[source]).unwrap_or(0);
                    vec![*payee]
                }
                Step::Recoup { payee, .. } | Step::Debt { payee, .. } | Step::Corridor { payee, .. } => {
                    vec![*payee]
                }
                Step::Group { members, .. } => members.iter().map(|member| member.payee).collect(),
                Step::Split { payee, below, above, .. } => {
                    // Its row is read before anybody is paid.
                    if !std::mem::replace(&mut paid[*payee], true) {
                        self.blank.push(*payee);
                    }
                    reads.sides = sides(below, above);
                    reads.rest = [rest(below), rest(above)];
                    reads.sides.iter().map(|side| side.payee).collect()
                }
            };
            for (place, payee) in payees.into_iter().enumerate() {
                if std::mem::replace(&mut paid[payee], true) {
                    continue;
                }
                match u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)) {
                    Some(bit) => reads.fresh |= bit,
                    None => self.blank.push(payee),
                }
            }
            self.reads.push(reads);
        }
    }

    fn known(&self, step: usize, of: &Step) -> Result<(), Unfit> {
        let source = |source: &usize| *source < self.sources;
        let payee = |payee: usize| payee < self.payees;
        let all = |shares: &[Share]| shares.iter().all(|share| payee(share.payee));
        let (payees, sources) = match of {
            Step::Fee { payee: to, of, .. } => (payee(*to), of.iter().all(source)),
            Step::Recoup { payee: to, .. }
            | Step::Debt { payee: to, .. }
            | Step::Corridor { payee: to, .. } => (payee(*to), true),
            Step::Group { members, .. } => (all(members), true),
            Step::Split { payee: to, below, above, .. } => (payee(*to) && all(below) && all(above), true),
        };
        match (payees, sources) {
            (false, _) => Err(Unfit::Unknown { step, what: "payee" }),
            (_, false) => Err(Unfit::Unknown { step, what: "source" }),
            (true, true) => Ok(()),
        }
    }

    /// Whether nobody else moves the switch of this step, and this step no earlier switch.
    ///
    /// A claim before the switch takes everything until it is paid, so the money that reaches the switch finds it
    /// finished. A fee or a corridor pays while the switch is being reached: then the point is where both together
    /// reach the amount, which the order of the steps does not give.
    fn switches_alone(&self, step: usize) -> Result<(), Unfit> {
        let switch = |of: &Step| match of {
            Step::Split { payee, .. } => Some(*payee),
            _ => None,
        };
        let (before, of) = (&self.steps[..step], &self.steps[step]);
        let runs = |of: &Step, to: usize| match of {
            Step::Fee { payee, .. } | Step::Corridor { payee, .. } => *payee == to,
            Step::Split { below, above, .. } => below.iter().chain(above).any(|share| share.payee == to),
            Step::Recoup { .. } | Step::Debt { .. } | Step::Group { .. } => false,
        };
        let moved = switch(of).is_some_and(|to| before.iter().any(|of| runs(of, to)));
        let pays = |to: usize| match of {
            Step::Recoup { payee, .. } | Step::Debt { payee, .. } => *payee == to,
            Step::Group { members, .. } => members.iter().any(|share| share.payee == to),
            of => runs(of, to),
        };
        let moves = before.iter().filter_map(switch).any(pays);
        if moved || moves { Err(Unfit::SwitchMoves { step }) } else { Ok(()) }
    }
}

/// The shares of each payee before and after a switch.
fn sides(below: &[Share], above: &[Share]) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    let mut add =
        |share: &Share, below: f64, above: f64| match sides.iter_mut().find(|side| side.payee == share.payee)
        {
            Some(side) => {
                side.below += below;
                side.above += above;
            }
            None => sides.push(Side { payee: share.payee, below, above }),
        };
    below.iter().for_each(|share| add(share, share.share, 0.0));
    above.iter().for_each(|share| add(share, 0.0, share.share));
    sides
}

/// What shares leave. What is divided wholly leaves no dust.
fn rest(shares: &[Share]) -> f64 {
    let rest = 1.0 - shares.iter().map(|share| share.share).sum::<f64>();
    if rest.abs() <= 1e-12 { 0.0 } else { rest }
}

fn bounds(step: usize, of: &Step, quarters: usize) -> Result<(), Unfit> {
    let part = |rate: f64| (0.0..=1.0).contains(&rate);
    let amount = |amount: f64| amount.is_finite() && amount >= 0.0;
    let check = |holds: bool, what: &'static str| {
        if holds { Ok(()) } else { Err(Unfit::OutOfBounds { step, what }) }
    };
    let divides = |shares: &[Share]| -> Result<f64, Unfit> {
        check(shares.iter().all(|share| part(share.share)), "share")?;
        Ok(shares.iter().map(|share| share.share).sum())
    };
    match of {
        Step::Fee { rate, cap, .. } | Step::Corridor { rate, cap, .. } => {
            check(part(*rate), "rate")?;
            check(cap.is_none_or(amount), "cap")
        }
        Step::Recoup { amount: of, .. } => check(amount(of.fixed), "amount"),
        Step::Debt { amount: of, growth, .. } => {
            check(amount(of.fixed), "amount")?;
            check(growth.len() == quarters, "number of growth factors")?;
            check(growth.iter().all(|growth| growth.is_finite() && *growth >= 1.0), "growth")
        }
        Step::Group { amount: of, members } => {
            check(amount(of.fixed), "amount")?;
            let all = divides(members)?;
            if (all - 1.0).abs() > 1e-12 { Err(Unfit::Shares { step }) } else { Ok(()) }
        }
        Step::Split { payee, at, below, above } => {
            check(amount(*at), "threshold")?;
            let most = divides(below)?.max(divides(above)?);
            if most > 1.0 + 1e-12 {
                return Err(Unfit::Shares { step });
            }
            // Nothing else reaches the switch.
            let own = below.iter().any(|share| share.payee == *payee && share.share > 0.0);
            check(own, "switch that its payee does not reach")
        }
    }
}
