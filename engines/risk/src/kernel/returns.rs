//! What each party's money comes to.

use recoup_lanes::{Lanes, Row};

use super::plan::QuarterPlan;
use super::rates::Moments;

/// Half a cent, in major units: what is nearer to an amount than this is the amount.
pub(super) const HALF_A_CENT: f64 = 0.005;

/// A party that puts money in before the receipts begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Investor {
    /// Who is paid.
    pub payee: usize,
    /// What is put in, in each quarter of drawing, in major units.
    pub drawn: Vec<f64>,
    /// What is put in besides: a drawn number, by which amounts in each quarter of drawing are multiplied.
    pub also: Option<(usize, Vec<f64>)>,
}

/// What is worked out for every path, and with what.
#[derive(Debug, Clone, PartialEq)]
pub struct Returns {
    /// The parties that put money in.
    pub investors: Vec<Investor>,
    /// Quarters of drawing.
    pub(super) before: usize,
    /// Value at the first drawing of what is paid in each quarter.
    discount: Vec<f64>,
    /// What the cumulative payments of each quarter are multiplied by and added up.
    weights: Vec<Weights>,
    /// By payee: its place among the investors.
    place: Vec<Option<usize>>,
    by_investor: Vec<Standing>,
}

/// Sums by parts: what a payment counts for is what all cumulative ones from its quarter on count for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weights {
    /// Value at the first drawing.
    value: f64,
    /// Square of the number of the quarter, turned round.
    square: f64,
    /// The number of the next quarter, counted from the first of the receipts.
    next: f64,
}

/// What is the same on every path.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    invested: f64,
    invested_also: f64,
    value: f64,
    value_also: f64,
    /// Sums of the drawings by quarter and by its square.
    moments: [f64; 2],
    moments_also: [f64; 2],
    /// Months from its first drawing to the end of the first quarter of receipts.
    months: f64,
}

/// Values of one party on eight paths.
#[derive(Clone, Copy)]
pub(super) struct Party<L> {
    pub npv: L,
    pub received: L,
    pub invested: L,
    pub payback_months: L,
    pub paid_moments: Moments<L>,
    pub drawn_moments: Moments<L>,
}

impl Returns {
    /// For so many quarters of drawing and receipts, at an annual effective rate.
    pub fn new(
        investors: Vec<Investor>,
        payees: usize,
        before: usize,
        quarters: usize,
        rate_annual: f64,
    ) -> Self {
        let at = |quarter: usize| (1.0 + rate_annual).powf(-(quarter as f64) / 4.0);
        let discount: Vec<f64> = (0..before + quarters).map(at).collect();
        let of_receipts = &discount[before..];
        let weights = (0..quarters).map(|q| Weights {
            value: of_receipts[q] - of_receipts.get(q + 1).unwrap_or(&0.0),
            square: (2 * (before + q) + 1) as f64,
            next: (q + 1) as f64,
        });
        let weights = weights.collect();
        let sum = |amounts: &[f64]| amounts.iter().sum::<f64>();
        let value =
            |amounts: &[f64]| amounts.iter().zip(&discount).map(|(amount, at)| amount * at).sum::<f64>();
        let standing = |investor: &Investor| {
            let also = investor.also.as_ref().map_or(&[][..], |(_, amounts)| amounts);
            let first = (0..before)
                .find(|q| investor.drawn.get(*q).is_some_and(|of| *of > 0.0))
                .or_else(|| also.iter().position(|of| *of > 0.0))
                .unwrap_or(0);
            let moments = |amounts: &[f64]| {
                let by =
                    |power: i32| amounts.iter().enumerate().map(|(q, of)| of * (q as f64).powi(power)).sum();
                [by(1), by(2)]
            };
            Standing {
                moments: moments(&investor.drawn),
                moments_also: moments(also),
                invested: sum(&investor.drawn),
                invested_also: sum(also),
                value: value(&investor.drawn),
                value_also: value(also),
                months: 3.0 * (before - first) as f64,
            }
        };
        let by_investor = investors.iter().map(standing).collect();
        let place = (0..payees).map(|payee| investors.iter().position(|of| of.payee == payee)).collect();
        Self { investors, before, discount, weights, place, by_investor }
    }

    /// Discount factors of the quarters, drawings first.
    pub fn discount(&self) -> &[f64] {
        &self.discount
    }

    /// The place of a payee among the investors.
    pub(super) fn place(&self, payee: usize) -> Option<usize> {
        self.place[payee]
    }
}

/// Value and total of a payee that put nothing in.
#[inline(always)]
pub(super) fn of_payee<L: Lanes>(returns: &Returns, row: &[Row]) -> (L, L) {
    let mut npv = [L::splat(0.0); 4];
    let pairs = row.chunks(4).zip(returns.weights.chunks(4));
    for (cells, weights) in pairs {
        for ((npv, cell), weight) in npv.iter_mut().zip(cells).zip(weights) {
            *npv = L::load(cell).mul_add(L::splat(weight.value), *npv);
        }
    }
    (npv[0] + npv[1] + (npv[2] + npv[3]), last(row))
}

#[inline(always)]
fn last<L: Lanes>(row: &[Row]) -> L {
    match row.last() {
        Some(cell) => L::load(cell),
        None => L::splat(0.0),
    }
}

#[inline(always)]
fn with<L: Lanes>(drawn: Option<L>, fixed: f64, more: f64) -> L {
    match drawn {
        Some(drawn) => drawn.mul_add(L::splat(more), L::splat(fixed)),
        None => L::splat(fixed),
    }
}

/// Sums over the quarters of one investor.
#[derive(Clone, Copy)]
struct Sums<L> {
    npv: L,
    first: L,
    second: L,
    before: L,
    quarters: L,
}

/// What the money of some investors comes to, `at` their places and with what they are paid in `rows`; `flows` takes
/// what each is paid in each quarter. They are summed up side by side: no sum waits for itself.
#[inline(always)]
pub(super) fn of_investors<L: Lanes, const N: usize>(
    returns: &Returns,
    at: [usize; N],
    drawn: &[Row],
    rows: [&[Row]; N],
    flows: &mut [Row],
) -> [Party<L>; N] {
    let zero = L::splat(0.0);
    let length = returns.weights.len();
    let mut parties = [Party::<L>::nothing(); N];
    let mut back = [zero; N];
    for n in 0..N {
        parties[n] = put_in(returns, at[n], drawn);
        back[n] = parties[n].invested - L::splat(HALF_A_CENT);
    }
    let mut sums = [Sums { npv: zero, first: zero, second: zero, before: zero, quarters: zero }; N];
    for (q, weights) in returns.weights.iter().enumerate() {
        let (value, square) = (L::splat(weights.value), L::splat(weights.square));
        for n in 0..N {
            let so_far = L::load(&rows[n][q]);
            sums[n].npv = so_far.mul_add(value, sums[n].npv);
            sums[n].first = sums[n].first + so_far;
            sums[n].second = so_far.mul_add(square, sums[n].second);
        }
    }
    for (q, weights) in returns.weights.iter().enumerate() {
        // Money is back at the end of the quarter behind the last that still misses some of it.
        let next = L::splat(weights.next);
        for n in 0..N {
            let so_far = L::load(&rows[n][q]);
            (so_far - sums[n].before).store(&mut flows[at[n] * length + q]);
            sums[n].before = so_far;
            sums[n].quarters = L::select(so_far.lt(back[n]), next, sums[n].quarters);
        }
    }
    let end = (returns.before + length) as f64;
    for n in 0..N {
        let Sums { npv, first, second, before: total, quarters } = sums[n];
        let party = &mut parties[n];
        let never = total.lt(back[n]) | party.invested.le(zero);
        let months = quarters.mul_add(L::splat(3.0), L::splat(returns.by_investor[at[n]].months));
        party.npv = npv + party.npv;
        party.received = total;
        party.payback_months = L::select(never, L::splat(f64::NAN), months);
        party.paid_moments = Moments {
            total,
            first: total.mul_add(L::splat(end), -first),
            second: total.mul_add(L::splat(end * end), -second),
        };
    }
    parties
}

/// An investor who has put in and not been paid yet.
#[inline(always)]
#[expect(clippy::manual_map, reason = "a closure may not be compiled for the wide registers")]
fn put_in<L: Lanes>(returns: &Returns, place: usize, drawn: &[Row]) -> Party<L> {
    let (standing, investor) = (&returns.by_investor[place], &returns.investors[place]);
    let also = match &investor.also {
        Some((variate, _)) => Some(L::load(&drawn[*variate])),
        None => None,
    };
    let invested = with(also, standing.invested, standing.invested_also);
    let drawn_moments = Moments {
        total: invested,
        first: with(also, standing.moments[0], standing.moments_also[0]),
        second: with(also, standing.moments[1], standing.moments_also[1]),
    };
    let npv = -with(also, standing.value, standing.value_also);
    Party { npv, invested, drawn_moments, ..Party::nothing() }
}

impl<L: Lanes> Party<L> {
    /// Nothing in and nothing out.
    #[inline(always)]
    pub(super) fn nothing() -> Self {
        let zero = L::splat(0.0);
        let none = Moments { total: zero, first: zero, second: zero };
        Self {
            npv: zero,
            received: zero,
            invested: zero,
            payback_months: zero,
            paid_moments: none,
            drawn_moments: none,
        }
    }
}

/// Checks that the parties are there and their drawings fit.
pub(super) fn fits(returns: &Returns, plan: &QuarterPlan) -> bool {
    let drawn = |amounts: &[f64]| {
        amounts.len() == returns.before && amounts.iter().all(|of| of.is_finite() && *of >= 0.0)
    };
    returns.weights.len() == plan.quarters
        && returns.place.len() == plan.payees
        && returns.investors.iter().all(|investor| {
            let also = investor.also.as_ref().is_none_or(|(_, amounts)| drawn(amounts));
            investor.payee < plan.payees && drawn(&investor.drawn) && also
        })
}

/// Received over put in; NaN where nothing was put in.
#[inline(always)]
pub(super) fn multiple<L: Lanes>(party: &Party<L>) -> L {
    let nothing = party.invested.le(L::splat(0.0));
    L::select(nothing, L::splat(f64::NAN), party.received / party.invested)
}

/// Where money was put in and some came back.
#[inline(always)]
pub(super) fn has_a_rate<L: Lanes>(party: &Party<L>) -> L::Mask {
    party.received.ge(L::splat(HALF_A_CENT)) & party.invested.gt(L::splat(0.0))
}

/// The annual effective rate of a quarterly factor; a total loss is −1.
#[inline(always)]
pub(super) fn annual<L: Lanes>(factor: L, party: &Party<L>) -> L {
    let one = L::splat(1.0);
    let square = factor * factor;
    let rate = one / (square * square) - one;
    let lost = party.received.lt(L::splat(HALF_A_CENT));
    let nothing = party.invested.le(L::splat(0.0));
    L::select(nothing, L::splat(f64::NAN), L::select(lost, L::splat(-1.0), rate))
}
