//! What each party's money comes to.

use recoup_lanes::{Lanes, Row};

use super::{
    plan::QuarterPlan,
    quarterly::{GROUP, PAYEES, five},
    rates::{Moments, Node},
};

/// Half a cent, in major units: what is nearer to an amount than this is the amount.
pub(super) const HALF_A_CENT: f64 = 0.005;
/// Below this rate the second place from which rates are looked for has a rate of its own.
const LEAST_NODE: f64 = 0.03;
const USUAL_NODE: f64 = 0.1;

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
    /// The second place from which rates are looked for.
    pub(super) node: Node,
    /// What gives the value there, where it is not at the discount rate.
    at_node: Vec<f64>,
    /// Payees that put nothing in.
    pub(super) others: Vec<usize>,
    /// By payee: its place among the investors.
    place: Vec<Option<usize>>,
    by_investor: Vec<Standing>,
}

/// Sums by parts: what a payment counts for is what all cumulative ones from its quarter on count for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weights {
    /// Value at the first drawing.
    value: f64,
    /// Value, by the number of the quarter, at the second place from which rates are looked for.
    lean: f64,
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
    /// Sums of the drawings by quarter; value, and value by quarter, at the node.
    moments: [f64; 3],
    moments_also: [f64; 3],
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
    pub paid: Moments<L>,
    pub drawn: Moments<L>,
    /// One over what was put in, and over its value at the node.
    pub by_drawn: [L; 2],
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
        // Where next to nothing is discounted, the node would fall on the first place.
        let own = rate_annual < LEAST_NODE;
        let node = Node::at(if own { USUAL_NODE } else { rate_annual });
        let factor = |q: usize| node.factor(q);
        let by_parts = |of: &dyn Fn(usize) -> f64| {
            let next = |q: usize| if q + 1 < before + quarters { of(q + 1) } else { 0.0 };
            (before..before + quarters).map(|q| of(q) - next(q)).collect::<Vec<f64>>()
        };
        let (values, leans) = (by_parts(&|q| discount[q]), by_parts(&|q| q as f64 * factor(q)));
        let at_node = if own { by_parts(&factor) } else { Vec::new() };
        let weights = values.into_iter().zip(leans).enumerate();
        let weights =
            weights.map(|(q, (value, lean))| Weights { value, lean, next: (q + 1) as f64 }).collect();
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
                let sum =
                    |of: &dyn Fn(usize) -> f64| amounts.iter().enumerate().map(|(q, x)| x * of(q)).sum();
                [sum(&|q| q as f64), sum(&factor), sum(&|q| q as f64 * factor(q))]
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
        let place: Vec<Option<usize>> =
            (0..payees).map(|payee| investors.iter().position(|of| of.payee == payee)).collect();
        let others = (0..payees).filter(|payee| place[*payee].is_none()).collect();
        Self { investors, before, discount, weights, node, at_node, others, place, by_investor }
    }

    /// Discount factors of the quarters, drawings first.
    pub fn discount(&self) -> &[f64] {
        &self.discount
    }
}

/// Values of payees that put nothing in.
#[inline(always)]
pub(super) fn of_payees<L: Lanes>(returns: &Returns, rows: [&[Row]; PAYEES]) -> [L; PAYEES] {
    let [one, two, three, four] = rows;
    let mut npv = [L::splat(0.0); PAYEES];
    for (q, weights) in returns.weights.iter().enumerate() {
        let weight = L::splat(weights.value);
        npv[0] = L::load(&one[q]).mul_add(weight, npv[0]);
        npv[1] = L::load(&two[q]).mul_add(weight, npv[1]);
        npv[2] = L::load(&three[q]).mul_add(weight, npv[2]);
        npv[3] = L::load(&four[q]).mul_add(weight, npv[3]);
    }
    npv
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
    lean: L,
    before: L,
    quarters: L,
}

/// What the money of some investors comes to, `at` their places and with what they are paid in `rows`; `flows` takes
/// what each is paid, quarter by quarter. They are summed up side by side: no sum waits for itself.
#[inline(always)]
pub(super) fn of_investors<L: Lanes>(
    returns: &Returns,
    at: [usize; GROUP],
    drawn: &[Row],
    rows: [&[Row]; GROUP],
    flows: &mut [[Row; GROUP]],
) -> [Party<L>; GROUP] {
    let zero = L::splat(0.0);
    let length = returns.weights.len();
    let mut parties = [Party::<L>::nothing(); GROUP];
    let mut back = [zero; GROUP];
    five!(N, {
        parties[N] = put_in(returns, at[N], drawn);
        back[N] = parties[N].invested - L::splat(HALF_A_CENT);
    });
    let mut sums = [Sums { npv: zero, first: zero, lean: zero, before: zero, quarters: zero }; GROUP];
    for (q, weights) in returns.weights.iter().enumerate() {
        let (value, lean) = (L::splat(weights.value), L::splat(weights.lean));
        five!(N, {
            let so_far = L::load(&rows[N][q]);
            sums[N].npv = so_far.mul_add(value, sums[N].npv);
            sums[N].first = sums[N].first + so_far;
            sums[N].lean = so_far.mul_add(lean, sums[N].lean);
        });
    }
    for ((q, weights), flows) in returns.weights.iter().enumerate().zip(flows) {
        // Money is back at the end of the quarter behind the last that still misses some of it.
        let next = L::splat(weights.next);
        five!(N, {
            let so_far = L::load(&rows[N][q]);
            (so_far - sums[N].before).store(&mut flows[N]);
            sums[N].before = so_far;
            sums[N].quarters = L::select(so_far.lt(back[N]), next, sums[N].quarters);
        });
    }
    let mut values = [zero; GROUP];
    five!(N, {
        values[N] = sums[N].npv;
    });
    if !returns.at_node.is_empty() {
        values = [zero; GROUP];
        for (q, weight) in returns.at_node.iter().enumerate() {
            five!(N, {
                values[N] = L::load(&rows[N][q]).mul_add(L::splat(*weight), values[N]);
            });
        }
    }
    let end = L::splat((returns.before + length) as f64);
    five!(N, {
        let Sums { npv, first, lean, before: total, quarters } = sums[N];
        let party = &mut parties[N];
        let never = total.lt(back[N]) | party.invested.le(zero);
        let months = quarters.mul_add(L::splat(3.0), L::splat(returns.by_investor[at[N]].months));
        party.npv = npv + party.npv;
        party.received = total;
        party.payback_months = L::select(never, L::splat(f64::NAN), months);
        party.paid = Moments { total, first: total.mul_add(end, -first), value: values[N], lean };
    });
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
    let [first, value, lean] = standing.moments;
    let [first_also, value_also, lean_also] = standing.moments_also;
    let moments = Moments {
        total: invested,
        first: with(also, first, first_also),
        value: with(also, value, value_also),
        lean: with(also, lean, lean_also),
    };
    let by_drawn = match also {
        Some(_) => {
            let by_both = L::splat(1.0) / (invested * moments.value);
            [by_both * moments.value, by_both * invested]
        }
        None => [L::splat(1.0 / standing.invested), L::splat(1.0 / value)],
    };
    let npv = -with(also, standing.value, standing.value_also);
    Party { npv, invested, drawn: moments, by_drawn, ..Party::nothing() }
}

impl<L: Lanes> Party<L> {
    /// Nothing in and nothing out.
    #[inline(always)]
    pub(super) fn nothing() -> Self {
        let zero = L::splat(0.0);
        let none = Moments { total: zero, first: zero, value: zero, lean: zero };
        Self {
            npv: zero,
            received: zero,
            invested: zero,
            payback_months: zero,
            paid: none,
            drawn: none,
            by_drawn: [zero; 2],
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
    L::select(nothing, L::splat(f64::NAN), party.received * party.by_drawn[0])
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
