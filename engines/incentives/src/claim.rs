//! One claim in one stack: its lines, its credit, what is left of it, and on which days.

use std::collections::BTreeMap;

use recoup_calendar::Date;
use recoup_deal::instrument::{FeeAmount, FeeKind};
use recoup_deal::{Ground, IncentiveClaim, Milestone, Monetisation, Phase, Timeline};
use recoup_explain::{Book, NodeId, Operation, Quantity};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use crate::mapping::Mapper;
use crate::policy::{CashStart, Closed, Consequence, Policy, WayKind};
use crate::record::Recorded;

mod payments;
mod sale;

pub(crate) use sale::law;

/// A dated amount of public money, in the deal's currency, net of fees and tax.
#[derive(Clone, Debug)]
pub struct CashEvent {
    /// In a producer's words.
    pub label: String,
    /// The day; absent where the schedule does not tell.
    pub date: Option<Date>,
    /// The amount.
    pub node: NodeId,
    /// The cells that decide the day.
    pub(crate) grounds: Vec<Ground>,
}

/// The money of a recorded claim.
pub(crate) struct ClaimMoney {
    pub(crate) credit: NodeId,
    pub(crate) credit_in_deal: NodeId,
    pub(crate) fees: NodeId,
    pub(crate) tax: NodeId,
    pub(crate) net: NodeId,
    pub(crate) cash: Vec<CashEvent>,
}

/// What one way of becoming cash leaves.
#[derive(Clone)]
pub(crate) struct Paid {
    pub(crate) received: NodeId,
    pub(crate) fees: NodeId,
    pub(crate) tax: NodeId,
    pub(crate) net: NodeId,
    pub(crate) cash: Vec<CashEvent>,
}

pub(crate) struct Settlement<'a, 'b> {
    pub(crate) mapper: &'a Mapper<'a>,
    pub(crate) timeline: &'a Timeline,
    pub(crate) book: &'b mut Book,
    pub(crate) claim: &'a IncentiveClaim,
    pub(crate) policy: &'a Policy,
    pub(crate) key: &'a str,
    pub(crate) lines: &'a BTreeMap<String, Recorded>,
    /// Where several companies share what the form gives: which part is this claim's.
    pub(crate) shared: Option<&'a SharedForm>,
}

/// A form that is computed once for several companies, and one company's part of every amount.
#[derive(Clone, Debug)]
pub(crate) struct SharedForm {
    /// Where the form stands.
    pub(crate) key: String,
    /// The place of the company's weight.
    pub(crate) part: u16,
    /// What each of the companies would earn alone.
    pub(crate) weights: Vec<NodeId>,
}

/// A payment before fees and tax.
pub(crate) struct Payment {
    pub(crate) label: String,
    pub(crate) date: Option<Date>,
    pub(crate) gross: NodeId,
    pub(crate) grounds: Vec<Ground>,
}

/// The way whose payments a claim waits for. A lender is repaid out of the payment by the state or, where the
/// state pays nothing out, out of the sale.
pub(crate) fn paid_by(claim: &IncentiveClaim, policy: &Policy) -> WayKind {
    match &claim.monetisation {
        None | Some(Monetisation::Direct) => WayKind::Direct,
        Some(Monetisation::Loan(_)) => lent_on(policy),
        Some(Monetisation::Transfer(_)) => WayKind::Transfer,
        Some(Monetisation::Offset) if policy.closed(WayKind::Offset) == Some(Closed::SameAsDirect) => {
            WayKind::Direct
        }
        Some(Monetisation::Offset) => WayKind::Offset,
    }
}

/// The way whose payments repay a lender.
pub(crate) fn lent_on(policy: &Policy) -> WayKind {
    let only_sold = policy.closed(WayKind::Direct).is_some() && policy.closed(WayKind::Transfer).is_none();
    if only_sold { WayKind::Transfer } else { WayKind::Direct }
}

impl Settlement<'_, '_> {
    /// Credit, fees, tax, net and dated cash. The cash adds up to the net.
    pub(crate) fn settle(mut self) -> ClaimMoney {
        let credit = self.gated(&self.policy.credit);
        let at = format!("incentives.{}", self.key);
        let credit = self.book.name(credit, format!("{at}.credit"));
        let passed = self.passed_on(credit);
        let in_deal = self.in_deal_currency(passed);
        let credit_in_deal = self.book.name(in_deal, format!("{at}.credit_in_deal"));
        let way = paid_by(self.claim, self.policy);
        let Paid { fees, tax, net, cash, .. } = self.paid(way, credit_in_deal, &at, "net");
        ClaimMoney { credit, credit_in_deal, fees, tax, net, cash }
    }

    /// What one way leaves of the credit, named below `at`; what is left goes by the name `left`.
    pub(crate) fn paid(&mut self, way: WayKind, credit_in_deal: NodeId, at: &str, left: &str) -> Paid {
        let payments = match way {
            WayKind::Transfer => self.sale(),
            WayKind::Offset => self.set_off(),
            WayKind::Direct | WayKind::Loan => self.payments(),
        };
        let gross: Vec<NodeId> = payments.iter().map(|payment| payment.gross).collect();
        let received = self.sum(&gross);
        let received = self.book.name(received, format!("{at}.received"));
        let tax = self.tax(way, received);
        let tax = self.book.name(tax, format!("{at}.tax"));
        let fees = self.fees(way, credit_in_deal);
        let fees = self.book.name(fees, format!("{at}.fees"));
        let net = self.book.compute(Operation::Difference, &[received, tax, fees]);
        let net = self.book.name(net, format!("{at}.{left}"));
        let cash = self.cash(payments, received, tax, fees, at);
        Paid { received, fees, tax, net, cash }
    }

    pub(crate) fn scale(&mut self, amount: NodeId, factor: NodeId) -> NodeId {
        self.book.compute(Operation::Scale { rounding: Rounding::HalfUp }, &[amount, factor])
    }

    pub(crate) fn nothing(&mut self) -> NodeId {
        let currency = self.mapper.deal.currency;
        self.book.assumption("currency", recoup_money::Money::zero(currency), "an account opens at nothing")
    }

    fn sum(&mut self, nodes: &[NodeId]) -> NodeId {
        if nodes.is_empty() { self.nothing() } else { self.book.compute(Operation::Sum, nodes) }
    }

    /// The claim's part of a line; the parts of several companies add up to it.
    pub(crate) fn gated(&mut self, line: &str) -> NodeId {
        let whole = self.gated_whole(line);
        let Some(shared) = self.shared else { return whole };
        let mut inputs = vec![whole];
        inputs.extend(&shared.weights);
        self.book.compute(Operation::Apportion { part: shared.part }, &inputs)
    }

    /// A line as money of the program, nought where a condition refuses the credit.
    fn gated_whole(&mut self, line: &str) -> NodeId {
        let key = self.shared.map_or(self.key, |shared| shared.key.as_str());
        let amount = match self.lines.get(line) {
            Some(Recorded::Node(node)) => {
                let currency = self.policy.currency;
                self.book.compute(Operation::ToMoney { currency, rounding: Rounding::HalfUp }, &[*node])
            }
            Some(Recorded::Word(..) | Recorded::Items(_)) | None => {
                let path = format!("incentives.{key}.{line}");
                self.book.optional_cell::<Decimal>(path, None)
            }
        };
        let refusing: Vec<String> = self
            .policy
            .conditions
            .iter()
            .filter(|condition| condition.consequence == Consequence::NoCredit)
            .map(|condition| format!("incentives.{key}.condition.{}", condition.id))
            .collect();
        let yes = self.book.assumption("open", true, "an undecided condition does not yet refuse the credit");
        let gates: Vec<NodeId> = refusing
            .iter()
            .filter_map(|address| self.book.find(address))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|condition| self.book.compute(Operation::FirstGiven, &[condition, yes]))
            .collect();
        if gates.is_empty() {
            return amount;
        }
        let open = self.book.compute(Operation::All, &gates);
        let currency = self.policy.currency;
        let nought = self.book.assumption(
            format!("nought in {}", currency.code()),
            recoup_money::Money::zero(currency),
            "no credit where a condition of the law fails",
        );
        self.book.compute(Operation::If, &[open, amount, nought])
    }

    pub(crate) fn passed_on(&mut self, amount: NodeId) -> NodeId {
        let Some(share) = self.claim.passed_on else { return amount };
        let path = format!("incentives[{}].passed_on", self.claim.id);
        let share = self.mapper.cells.number(self.book, path, Some(share));
        self.scale(amount, share)
    }

    pub(crate) fn in_deal_currency(&mut self, amount: NodeId) -> NodeId {
        let (from, to) = (self.policy.currency, self.mapper.deal.currency);
        self.mapper.cells.exchange(self.book, amount, from, to)
    }

    pub(crate) fn placed(&mut self, amount: NodeId, grounds: &[Ground]) -> NodeId {
        let grounds = quantities(grounds);
        self.mapper.cells.placed(self.book, amount, grounds)
    }

    /// The cells behind [`event`](Self::event).
    pub(crate) fn event_grounds(&self, start: CashStart) -> Vec<Ground> {
        let deal = self.mapper.deal;
        let has_production = self.timeline.phase(Phase::Production).is_some();
        match (start, has_production) {
            (CashStart::StartOfProduction, true) => deal.grounds(&milestone_of(start), ""),
            (CashStart::StartOfProduction, false) => deal.grounds(&Milestone::Start, ""),
            (CashStart::EndOfProduction, true) => deal.grounds(&milestone_of(start), ""),
            (CashStart::EndOfProduction, false) | (CashStart::Delivery, _) => {
                deal.grounds(&Milestone::FinalDelivery, "")
            }
        }
    }

    pub(crate) fn event(&self, start: CashStart) -> Option<Date> {
        let milestone = milestone_of(start);
        let day = self.timeline.days(&milestone).into_iter().next_back().map(|(day, _)| day);
        day.or_else(|| match start {
            CashStart::StartOfProduction => self.timeline.start(),
            CashStart::EndOfProduction | CashStart::Delivery => self.timeline.final_delivery(),
        })
    }

    /// Tax on what is received. A credit that only lowers the claimant's own tax is no income (Maines v.
    /// Commissioner, 144 T.C. 123), unless the deal says otherwise.
    fn tax(&mut self, way: WayKind, received: NodeId) -> NodeId {
        if let Some(rate) = self.claim.tax_rate {
            let path = format!("incentives[{}].tax_rate", self.claim.id);
            let rate = self.mapper.cells.number(self.book, path, Some(rate));
            return self.scale(received, rate);
        }
        let tax = &self.policy.tax;
        match tax.rate.filter(|_| tax.on && !tax.already_in_lines && way != WayKind::Offset) {
            Some(rate) => {
                let path = format!("incentives[{}].tax_rate", self.claim.id);
                let rate = self.book.assumption(path, rate, tax.ground.as_str());
                self.scale(received, rate)
            }
            None => self.nothing(),
        }
    }

    /// The program's own fees, those of the way and those the claim names. A broker is paid for a sale: where
    /// one is typed for the sale that is chosen, the other ways are without it.
    fn fees(&mut self, way: WayKind, credit_in_deal: NodeId) -> NodeId {
        let mut parts = Vec::new();
        for line in &self.policy.fees {
            let fee = self.gated(line);
            parts.push(self.in_deal_currency(fee));
        }
        let for_sale = matches!(self.claim.monetisation, Some(Monetisation::Transfer(_)));
        for fee in &self.claim.fees {
            if fee.kind == FeeKind::Broker && for_sale && way != WayKind::Transfer {
                continue;
            }
            let path = format!("incentives[{}].fees[{}].amount", self.claim.id, fee.id);
            match &fee.amount {
                Some(FeeAmount::Fixed(amount)) => {
                    parts.push(self.mapper.cells.money(self.book, path, Some(*amount)));
                }
                Some(FeeAmount::Share(share)) => {
                    let share = self.mapper.cells.number(self.book, path, Some(*share));
                    parts.push(self.scale(credit_in_deal, share));
                }
                Some(FeeAmount::ShareOfUndrawn(_)) | None => {}
            }
        }
        if way == WayKind::Transfer {
            parts.extend(self.fees_of_sale(credit_in_deal));
        }
        self.sum(&parts)
    }

    /// Each payment less its part of tax; the fees come off the first. The parts add up to the net.
    fn cash(
        &mut self,
        payments: Vec<Payment>,
        received: NodeId,
        tax: NodeId,
        fees: NodeId,
        at: &str,
    ) -> Vec<CashEvent> {
        let number = |settlement: &mut Self, node| settlement.book.compute(Operation::ToNumber, &[node]);
        let taxed = self.book.value(tax).as_money().is_some_and(|tax| tax.minor() != 0);
        let weights: Vec<NodeId> = if taxed && self.book.value(received).as_money().is_some() {
            payments.iter().map(|payment| number(self, payment.gross)).collect()
        } else {
            Vec::new()
        };
        let mut events = Vec::new();
        for (part, payment) in (0u16..).zip(payments) {
            let mut inputs = vec![payment.gross];
            if !weights.is_empty() {
                let mut split = vec![tax];
                split.extend(&weights);
                inputs.push(self.book.compute(Operation::Apportion { part }, &split));
            }
            if part == 0 {
                inputs.push(fees);
            }
            let node =
                if inputs.len() == 1 { inputs[0] } else { self.book.compute(Operation::Difference, &inputs) };
            let node = self.book.name(node, format!("{at}.cash[{}]", part + 1));
            events.push(CashEvent {
                label: payment.label,
                date: payment.date,
                node,
                grounds: payment.grounds,
            });
        }
        events
    }
}

/// Days and lengths as the quantities that a placed amount rests on.
pub(crate) fn quantities(grounds: &[Ground]) -> impl Iterator<Item = (String, Quantity)> {
    grounds.iter().map(|g| (g.path.clone(), g.value.either(Quantity::Date, Quantity::Number)))
}

fn milestone_of(start: CashStart) -> Milestone {
    match start {
        CashStart::StartOfProduction => Milestone::StartOf(Phase::Production),
        CashStart::EndOfProduction => Milestone::EndOf(Phase::Production),
        CashStart::Delivery => Milestone::FinalDelivery,
    }
}
