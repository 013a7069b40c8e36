//! The function whose roots are rates of return: `f(y) = Σ aᵢ·e^(−y·tᵢ)` over whole times `tᵢ`, where
//! `y = ln(1 + r)` per unit of time.
//!
//! In `y` the sum is defined on the whole line (`r > −1`), is symmetric in receiving and paying, and has no more
//! roots, counted with multiplicity, than its coefficients have changes of sign (Descartes' rule, which holds for
//! any real exponents: Laguerre, "Sur la théorie des équations numériques", 1883).

use crate::double_double::DoubleDouble;
use crate::scaled::Scaled;

/// One term `coefficient × e^(−y·time)`.
#[derive(Clone, Copy, Debug)]
struct Term {
    time: f64,
    coefficient: Scaled,
    ln_abs: f64,
    negative: bool,
}

/// A sum of terms with distinct ascending times from 0 and coefficients other than zero.
#[derive(Clone, Debug)]
pub(crate) struct DiscountSum {
    terms: Vec<Term>,
}

/// Value, slope and sum of magnitudes at one point, all up to one common positive factor.
pub(crate) struct Evaluation {
    pub(crate) value: Scaled,
    pub(crate) slope: Scaled,
    pub(crate) size: Scaled,
}

/// Which side of zero a value lies on, where the arithmetic can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Negative,
    Zero,
    Positive,
}

impl Sign {
    fn of(negative: bool) -> Self {
        if negative { Self::Negative } else { Self::Positive }
    }

    pub(crate) fn is_opposite(self, other: Self) -> bool {
        matches!((self, other), (Self::Negative, Self::Positive) | (Self::Positive, Self::Negative))
    }
}

impl DiscountSum {
    /// Adds up the coefficients of equal times, drops what cancels, and counts time from the first term left.
    /// Times are whole numbers below 2^53.
    pub(crate) fn new(mut flows: Vec<(i64, Scaled)>) -> Self {
        flows.sort_by_key(|(time, _)| *time);
        let mut netted: Vec<(i64, Scaled)> = Vec::with_capacity(flows.len());
        for (time, amount) in flows {
            match netted.last_mut() {
                Some((last, total)) if *last == time => *total = total.add(amount),
                _ => netted.push((time, amount)),
            }
        }
        netted.retain(|(_, amount)| !amount.is_zero());
        let origin = netted.first().map_or(0, |(time, _)| *time);
        Self {
            terms: netted
                .into_iter()
                .map(|(time, amount)| Term::new((time - origin) as f64, amount))
                .collect(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether the first term is negative.
    pub(crate) fn starts_negative(&self) -> bool {
        self.terms.first().is_some_and(|term| term.negative)
    }

    /// Whether the last term is negative.
    pub(crate) fn ends_negative(&self) -> bool {
        self.terms.last().is_some_and(|term| term.negative)
    }

    /// Number of times two neighbouring coefficients have opposite signs.
    pub(crate) fn sign_changes(&self) -> usize {
        self.terms.windows(2).filter(|pair| pair[0].negative != pair[1].negative).count()
    }

    /// The two terms, when there are just two: time between them and `ln` of the ratio of the second to the first.
    pub(crate) fn as_pair(&self) -> Option<(f64, f64)> {
        match self.terms.as_slice() {
            [first, second] => Some((second.time, second.ln_abs - first.ln_abs)),
            _ => None,
        }
    }

    /// `ln(P / N)` and its slope, where `P` and `N` are the sums of the positive terms and of the magnitudes of
    /// the negative ones: the same roots as `f`, no cancellation, no overflow, and nearly a straight line when all
    /// payments come before all receipts. Needs a term of each sign.
    pub(crate) fn log_ratio(&self, y: f64) -> (f64, f64) {
        let mut peak = [f64::NEG_INFINITY; 2];
        for term in &self.terms {
            let side = usize::from(term.negative);
            peak[side] = peak[side].max(term.ln_abs - y * term.time);
        }
        let mut total = [0.0; 2];
        let mut moment = [0.0; 2];
        for term in &self.terms {
            let side = usize::from(term.negative);
            let weight = (term.ln_abs - y * term.time - peak[side]).exp();
            total[side] += weight;
            moment[side] += weight * term.time;
        }
        let ratio = (peak[0] - peak[1]) + (total[0] / total[1]).ln();
        (ratio, moment[1] / total[1] - moment[0] / total[0])
    }

    /// Evaluates with 31 digits. For `y ≥ 0` all is measured against the first term and for `y < 0` against the
    /// last, so that every weight is at most one.
    pub(crate) fn evaluate(&self, y: DoubleDouble) -> Evaluation {
        let forward = !y.is_negative();
        let step = Scaled::exp(-y.abs());
        let last = self.terms.last().map_or(0.0, |term| term.time);
        let mut evaluation = Evaluation { value: Scaled::ZERO, slope: Scaled::ZERO, size: Scaled::ZERO };
        let mut weight = Scaled::ONE;
        let mut before = 0.0;
        let (mut gap, mut gap_weight) = (1.0, step);
        for index in 0..self.terms.len() {
            let term = self.terms[if forward { index } else { self.terms.len() - 1 - index }];
            let distance = if forward { term.time } else { last - term.time };
            if distance > before {
                if distance - before != gap {
                    gap = distance - before;
                    gap_weight = step.power(gap as u64);
                }
                weight = weight.mul(gap_weight);
                before = distance;
            }
            let product = term.coefficient.mul(weight);
            evaluation.value = evaluation.value.add(product);
            evaluation.slope =
                evaluation.slope.add(product.mul_f64(if forward { -distance } else { distance }));
            evaluation.size = evaluation.size.add(product.abs());
        }
        evaluation
    }

    /// Whether the investment is *pure* at its root `y`: the balance `B_k = Σ_{i≤k} aᵢ·e^(−y·tᵢ)` keeps one sign
    /// until the last flow settles it. Then there is no other root, because summation by parts gives
    /// `f(y + z) = Σ_k B_k·(e^(−z·t_k) − e^(−z·t_{k+1}))`, whose brackets all have the sign of `z`.
    /// (Teichroew, Robichek, Montalbano, "An Analysis of Criteria for Investment and Financing Decisions under
    /// Certainty", Management Science 12, 1965.)
    pub(crate) fn is_pure_at(&self, y: DoubleDouble) -> bool {
        let step = Scaled::exp(-y);
        let tolerance = self.resolution();
        let (mut balance, mut size, mut weight) = (Scaled::ZERO, Scaled::ZERO, Scaled::ONE);
        let mut before = 0.0;
        let (mut gap, mut gap_weight) = (1.0, step);
        let unsettled = self.terms.len().saturating_sub(1);
        for term in &self.terms[..unsettled] {
            if term.time > before {
                if term.time - before != gap {
                    gap = term.time - before;
                    gap_weight = step.power(gap as u64);
                }
                weight = weight.mul(gap_weight);
                before = term.time;
            }
            let product = term.coefficient.mul(weight);
            balance = balance.add(product);
            size = size.add(product.abs());
            if balance.is_negligible(size, tolerance) || balance.is_negative() != self.starts_negative() {
                return false;
            }
        }
        unsettled > 0
    }

    /// Below this share of the sum of magnitudes a value cannot be told from zero: one rounding per operation and
    /// one per unit of time in the powers.
    pub(crate) fn resolution(&self) -> f64 {
        let span = self.terms.last().map_or(0.0, |term| term.time);
        (64.0 + 16.0 * self.terms.len() as f64 + 4.0 * span) * 2f64.powi(-104)
    }

    /// The sign at a point; the doubles decide where they clearly can.
    pub(crate) fn sign_at(&self, y: DoubleDouble) -> Sign {
        let (ratio, _) = self.log_ratio(y.high);
        let doubt = 1e-9 + 1e-13 * self.terms.last().map_or(0.0, |term| (term.time * y.high).abs());
        if ratio.abs() > doubt {
            return Sign::of(ratio < 0.0);
        }
        self.exact_sign(&self.evaluate(y))
    }

    /// The sign of an evaluation, zero when it is below the resolution.
    pub(crate) fn exact_sign(&self, evaluation: &Evaluation) -> Sign {
        if evaluation.value.is_negligible(evaluation.size, self.resolution()) {
            Sign::Zero
        } else {
            Sign::of(evaluation.value.is_negative())
        }
    }

    /// Two points outside of which one term outweighs all others together, so that no root lies there.
    pub(crate) fn bounds(&self) -> (f64, f64) {
        let span = self.terms.last().map_or(1.0, |term| term.time).max(1.0);
        let reach = |forward: bool| {
            let mut y = 1.0 / span;
            while !self.is_dominated(if forward { y } else { -y }, forward) {
                y *= 2.0;
            }
            y
        };
        (-reach(false), reach(true))
    }

    /// Whether the first (or last) term outweighs the others at `y`; it then does so further out as well.
    fn is_dominated(&self, y: f64, forward: bool) -> bool {
        let size = |term: &Term| term.ln_abs - y * term.time;
        let leader = if forward { self.terms.first() } else { self.terms.last() };
        let Some(leader) = leader else { return true };
        let others = self.terms.iter().filter(|term| term.time != leader.time);
        others.map(|term| (size(term) - size(leader)).exp()).sum::<f64>() < 0.5
    }

    /// `d/dy (e^(s·y)·f(y))` with `s` at the time of a term at a change of sign: one term and one change of sign
    /// fewer. Between two of its roots `e^(s·y)·f` is monotone (Rolle), so `f` has at most one root there.
    pub(crate) fn reduced(&self) -> Self {
        let changes: Vec<usize> =
            (1..self.terms.len()).filter(|&i| self.terms[i - 1].negative != self.terms[i].negative).collect();
        let pivot = changes.get(changes.len() / 2).copied().unwrap_or(0);
        let shift = self.terms.get(pivot).map_or(0.0, |term| term.time);
        let terms = self
            .terms
            .iter()
            .filter(|term| term.time != shift)
            .map(|term| Term::new(term.time, term.coefficient.mul_f64(shift - term.time)))
            .collect::<Vec<_>>();
        Self { terms }.counted_from_zero()
    }

    fn counted_from_zero(mut self) -> Self {
        let origin = self.terms.first().map_or(0.0, |term| term.time);
        for term in &mut self.terms {
            term.time -= origin;
        }
        self
    }
}

impl Term {
    fn new(time: f64, coefficient: Scaled) -> Self {
        Self { time, coefficient, ln_abs: coefficient.ln_abs(), negative: coefficient.is_negative() }
    }
}
