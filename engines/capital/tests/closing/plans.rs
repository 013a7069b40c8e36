//! Random finance plans, valid by construction: lines and phases, curves, contingency and costs, claims with their
//! cash, and instruments of every kind with rates, fees, collateral and payment steps.

use proptest::prelude::*;
use proptest::sample::select;
use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::{Deal, Timeline, read_deal_value};
use recoup_explain::{Book, Cells, NodeId, Quantity};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::instruments::{Raw, instrument, raw};

/// A deal with the cash of its claims.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) document: Value,
    pub(crate) claims: Vec<Claim>,
}

/// A claim: its credit, and its payments and fees with the months after the final delivery.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) credit: i64,
    pub(crate) payments: Vec<(i32, i64)>,
    pub(crate) fee: Option<(i32, i64)>,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {:?}", self.document, self.claims)
    }
}

pub(crate) fn usd(minor: i64) -> String {
    Money::new(minor, Currency::USD).to_string()
}

pub(crate) fn minor(book: &Book, node: NodeId) -> i64 {
    book.value(node).as_money().unwrap_or_else(|| panic!("no amount: {:?}", book.value(node))).minor()
}

impl Plan {
    pub(crate) fn deal(&self) -> Deal {
        read_deal_value(self.document.clone()).unwrap_or_else(|error| panic!("{error}: {}", self.document))
    }

    pub(crate) fn run(&self) -> (Book, Capital) {
        self.try_run().expect("the schedule has a start")
    }

    pub(crate) fn try_run(&self) -> Option<(Book, Capital)> {
        let deal = self.deal();
        let mut book = Book::new();
        let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
        let timeline = Timeline::of(&deal);
        let claims = self.cash(&timeline, &mut book);
        let capital = finance(&deal, &timeline, &claims, &cells, &mut book).ok()?;
        Some((book, capital))
    }

    fn cash(&self, timeline: &Timeline, book: &mut Book) -> Vec<ClaimCash> {
        let Some(delivery) = timeline.final_delivery().or(timeline.start()) else { return Vec::new() };
        let mut found = Vec::new();
        for (index, claim) in self.claims.iter().enumerate() {
            let cell = |word: &str, minor: i64, book: &mut Book| {
                book.cell(
                    format!("incentives[c{index}].{word}"),
                    Quantity::Money(Money::new(minor, Currency::USD)),
                )
            };
            let payment = |amount: NodeId, months: i32| ClaimPayment {
                date: delivery.add_months(months).expect("a day"),
                amount,
                by_delivery: months <= 0,
            };
            let credit = cell("stated_amount", claim.credit, book);
            let payments = claim.payments.iter().enumerate();
            let payments = payments
                .map(|(part, (months, amount))| {
                    payment(cell(&format!("cash[p{part}].amount"), *amount, book), *months)
                })
                .collect();
            let fees = claim.fee.iter();
            let fees = fees
                .map(|(months, fee)| payment(cell("fees[f].amount.fixed", *fee, book), *months))
                .collect();
            found.push(ClaimCash {
                claim: format!("c{index}"),
                program: "some-credit".into(),
                credit,
                payments,
                fees,
            });
        }
        found
    }

    pub(crate) fn instruments(&self) -> &Vec<Value> {
        self.document["instruments"].as_array().expect("a list")
    }

    pub(crate) fn instruments_mut(&mut self) -> &mut Vec<Value> {
        self.document["instruments"].as_array_mut().expect("a list")
    }
}

/// Every figure of a computation by its address.
pub(crate) fn figures(book: &Book) -> std::collections::BTreeMap<String, Quantity> {
    book.figures().map(|(address, _, value)| (address.to_owned(), value.clone())).collect()
}

/// What fills the rest: its place among the instruments, its kind and its limit.
type Filler = (usize, &'static str, Option<i64>);

/// Any plan; in half of them an instrument fills the rest.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let filler = (0usize..12, select(vec!["equity", "senior_loan", "gap_loan", "grant"]), limit());
    plan_with(prop::option::of(filler))
}

fn limit() -> impl Strategy<Value = Option<i64>> {
    prop::option::weighted(0.3, 0i64..1_000_000_000)
}

/// A plan in which nothing fills the rest.
pub(crate) fn typed_plan() -> impl Strategy<Value = Plan> {
    plan_with(Just(None))
}

/// A plan in which equity without a limit fills the rest.
pub(crate) fn filled_plan() -> impl Strategy<Value = Plan> {
    plan_with((0usize..12).prop_map(|place| Some((place, "equity", None))))
}

fn plan_with(filler: impl Strategy<Value = Option<Filler>>) -> impl Strategy<Value = Plan> {
    (schedule(), budget(), prop::collection::vec(claim(), 0..3), prop::collection::vec(raw(), 1..9), filler)
        .prop_map(|(schedule, budget, claims, raw, filler)| {
            assembled(&schedule, &budget, claims, &raw, filler)
        })
}

fn assembled(
    schedule: &Value,
    budget: &Value,
    claims: Vec<Claim>,
    raw: &[Raw],
    filler: Option<Filler>,
) -> Plan {
    let lines: Vec<i64> = budget["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| {
            line["amount"].as_str().and_then(|text| text.parse::<Money>().ok()).map_or(0, |m| m.minor())
        })
        .collect();
    let mut stack: Vec<Value> = raw
        .iter()
        .enumerate()
        .map(|(place, one)| instrument(place, one, raw, claims.len(), &lines))
        .collect();
    if let Some((place, kind, limit)) = filler {
        let remainder = limit.map_or(json!({}), |limit| json!({"at_most": usd(limit)}));
        let mut rest = json!({"id": "rest", "name": "Rest", "provider": "fund", "terms": {"kind": kind},
            "amount": {"remainder": remainder}, "drawdown": {"method": "as_spend_falls_due"}});
        if kind.ends_with("loan") {
            rest["rate"] = json!({"fixed": "0.09"});
            rest["fees"] = json!([{"id": "f", "kind": "origination", "amount": {"share": "0.025"}}]);
        }
        stack.insert(place.min(stack.len()), rest);
    }
    let incentives: Vec<Value> =
        (0..claims.len()).map(|index| json!({"id": format!("c{index}"), "program": "some-credit"})).collect();
    let document = json!({
        "schema": "recoup-deal/1", "id": "d", "name": "D", "currency": "USD", "as_of": "2026-11-22",
        "project": {"title": "D"}, "schedule": schedule, "budget": budget, "incentives": incentives,
        "market": {"base_rates": [{"id": "sofr", "name": "SOFR", "points": [
            {"id": "early", "from": "2026-01-01", "rate": "0.043"},
            {"id": "late", "from": "2027-09-15", "rate": "0.031"}]}]},
        "instruments": stack
    });
    Plan { document, claims }
}

fn schedule() -> impl Strategy<Value = Value> {
    let phases = prop::collection::vec(1u32..12, 4);
    (phases, 0u32..5, 1usize..4, prop::option::of(-2i32..2)).prop_map(|(months, wait, deliveries, close)| {
        let words = ["development", "pre_production", "production", "post_production"];
        let phases: Vec<Value> = words
            .iter()
            .zip(&months)
            .map(|(word, months)| json!({"id": word, "phase": word, "months": months}))
            .collect();
        let last: u32 = months[1..].iter().sum::<u32>() + wait;
        let deliveries: Vec<Value> = (1..=deliveries)
            .map(|part| {
                let month = last * u32::try_from(part).unwrap_or(1) / u32::try_from(deliveries).unwrap_or(1);
                json!({"id": format!("d{part}"), "month": month, "episodes": part * 3})
            })
            .collect();
        let mut schedule = json!({"start": "2027-01-15", "phases": phases, "deliveries": deliveries});
        if let Some(close) = close {
            let day = recoup_calendar::Date::new(2027, 1, 15).and_then(|day| day.add_months(close));
            schedule["financial_close"] = json!(day.expect("a day").to_string());
        }
        schedule
    })
}

fn budget() -> impl Strategy<Value = Value> {
    let curve = select(vec!["even", "s_curve", "first_month", "last_month"]);
    let phase = select(vec!["development", "pre_production", "production", "post_production", "delivery"]);
    let line = (0i64..800_000_000, curve, phase);
    let contingency = prop::option::of(0i64..150);
    let cost = (
        0i64..40,
        0i64..5_000_000,
        any::<bool>(),
        select(vec!["financial_close", "start", "final_delivery"]),
    );
    (prop::collection::vec(line, 1..6), contingency, prop::collection::vec(cost, 0..3)).prop_map(
        |(lines, contingency, costs)| {
            let lines: Vec<Value> = lines
                .into_iter()
                .enumerate()
                .map(|(index, (amount, curve, phase))| {
                    json!({"id": format!("l{index}"), "account": "animation", "label": format!("Line {index}"),
                        "amount": usd(amount), "curve": curve, "phase": phase})
                })
                .collect();
            let costs: Vec<Value> = costs
                .into_iter()
                .enumerate()
                .map(|(index, (share, fixed, is_share, due))| {
                    let share = json!({"share_of": {"base": "lines_and_contingency", "share": thousandths(share)}});
                    let amount = if is_share { share } else { json!({"fixed": usd(fixed)}) };
                    let kind = if index == 0 { "completion_bond" } else { "legal" };
                    json!({"id": format!("k{index}"), "kind": kind, "amount": amount, "due": due})
                })
                .collect();
            let mut budget = json!({"lines": lines, "costs": costs});
            if let Some(share) = contingency {
                budget["contingency"] = json!({"share": thousandths(share)});
            }
            budget
        },
    )
}

/// A credit paid in one to three parts, some of them before the delivery; now and then less or more is paid than the
/// lender counted on.
fn claim() -> impl Strategy<Value = Claim> {
    let parts = prop::collection::vec((-4i32..20, 1i64..4), 1..4);
    let fee = prop::option::of((-3i32..3, 0i64..2_000_000));
    (0i64..500_000_000, parts, fee, select(vec![100i64, 100, 100, 80, 110])).prop_map(
        |(credit, parts, fee, percent)| {
            let weight: i64 = parts.iter().map(|part| part.1).sum();
            let payments =
                parts.iter().map(|(months, part)| (*months, credit / 100 * percent * part / weight));
            Claim { credit, payments: payments.collect(), fee }
        },
    )
}

pub(crate) fn thousandths(share: i64) -> String {
    Decimal::new(share, 3).to_string()
}
