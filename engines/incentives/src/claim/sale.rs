//! A credit that is sold, and one that is set off against the claimant's own tax.

use recoup_calendar::Date;
use recoup_deal::instrument::FeeKind;
use recoup_deal::{Ground, Monetisation};
use recoup_explain::{Clause, NodeId, Operation};
use recoup_money::Rounding;
use rust_decimal::Decimal;

use super::{Payment, Settlement, paid_by};
use crate::policy::{CashStart, Policy, Rest, Way, WayKind};

/// What a price or a broker's share rests on where nothing but an estimate of the makers is known.
const ESTIMATE: &str = "an estimate of what the market pays; no published price was found";

/// A number of the law as a leaf of the book.
pub(crate) fn law(policy: &Policy, id: &str) -> Option<(Clause, Decimal)> {
    let constant = policy.constant(id)?;
    let source = policy.source(&constant.source).map_or("", |source| &source.address);
    let clause = Clause {
        program: policy.id.as_str().into(),
        version: policy.from.to_string().into(),
        line: id.into(),
        clause: constant.clause.as_str().into(),
        source: source.into(),
    };
    Some((clause, constant.value))
}

impl Settlement<'_, '_> {
    /// The price of a unit of credit: typed, else what it usually sells for.
    pub(crate) fn price(&mut self) -> NodeId {
        let path = format!("incentives[{}].monetisation.transfer", self.claim.id);
        if let Some(Monetisation::Transfer(price)) = &self.claim.monetisation {
            return self.mapper.cells.number(self.book, path, Some(*price));
        }
        let usual = self.policy.way(WayKind::Transfer).and_then(|way| way.price.as_ref());
        match usual {
            Some(price) => self.book.assumption(path, price.usual, self.market(price.source.as_deref())),
            None => self.book.optional_cell::<Decimal>(path, None),
        }
    }

    fn market(&self, source: Option<&str>) -> String {
        let source = source.and_then(|id| self.policy.source(id));
        source.map_or_else(|| ESTIMATE.to_owned(), |source| format!("{} {}", source.title, source.address))
    }

    /// The whole credit at its price, on the day of the sale.
    pub(super) fn sale(&mut self) -> Vec<Payment> {
        let price = self.price();
        let way = self.policy.way(WayKind::Transfer);
        let credit = self.gated(way.and_then(|way| way.line.as_deref()).unwrap_or(&self.policy.credit));
        let sold = self.scale(credit, price);
        let passed = self.passed_on(sold);
        let amount = self.in_deal_currency(passed);
        let (date, grounds) = self.day_of(WayKind::Transfer, way);
        let gross = self.placed(amount, &grounds);
        vec![Payment { label: label(way, "Sale"), date, gross, grounds }]
    }

    /// What the claimant's own tax takes on the day of the tax, and what the law does with the rest.
    pub(super) fn set_off(&mut self) -> Vec<Payment> {
        let way = self.policy.way(WayKind::Offset);
        let credit = self.gated(way.and_then(|way| way.line.as_deref()).unwrap_or(&self.policy.credit));
        let passed = self.passed_on(credit);
        let amount = self.in_deal_currency(passed);
        let (date, grounds) = self.day_of(WayKind::Offset, way);
        let used = if way.is_some_and(|way| way.limited_in_line) {
            amount
        } else {
            let path = format!("incentives[{}].own_tax", self.claim.id);
            let own_tax = self.mapper.cells.money(self.book, path, self.claim.own_tax);
            self.book.least(amount, own_tax)
        };
        let gross = self.placed(used, &grounds);
        let mut payments = vec![Payment { label: label(way, "Set off"), date, gross, grounds }];
        if way.and_then(|way| way.rest) == Some(Rest::Refunded) {
            let rest = self.book.less(amount, used);
            let (date, grounds) = self.usual_day();
            let gross = self.placed(rest, &grounds);
            payments.push(Payment { label: "Payment".to_owned(), date, gross, grounds });
        }
        payments
    }

    /// The day of a sale or of the tax: as the deal says where this way is chosen, else as the law or practice
    /// does it, else when the program usually pays.
    fn day_of(&self, kind: WayKind, way: Option<&Way>) -> (Option<Date>, Vec<Ground>) {
        if let Some(due) = &self.claim.cash
            && paid_by(self.claim, self.policy) == kind
        {
            let path = format!("incentives[{}].cash", self.claim.id);
            return (self.timeline.due(due), self.mapper.deal.due_grounds(due, &path));
        }
        match way.and_then(|way| way.after.zip(way.lag_months)) {
            Some((after, lag)) => self.lagging(after, lag),
            None => self.usual_day(),
        }
    }

    fn usual_day(&self) -> (Option<Date>, Vec<Ground>) {
        match self.policy.cash.first() {
            Some(payment) => self.lagging(payment.after, payment.lag_months),
            None => self.lagging(CashStart::Delivery, 0),
        }
    }

    fn lagging(&self, after: CashStart, months: u32) -> (Option<Date>, Vec<Ground>) {
        let months = i32::try_from(months).unwrap_or(i32::MAX);
        let date = self.event(after).and_then(|start| start.add_months(months).ok());
        (date, self.event_grounds(after))
    }

    /// What a sale costs beside the typed fees: registering it, and the usual broker while no sale is typed.
    pub(super) fn fees_of_sale(&mut self, credit_in_deal: NodeId) -> Vec<NodeId> {
        let Some(way) = self.policy.way(WayKind::Transfer) else { return Vec::new() };
        let mut parts = Vec::new();
        if let Some((clause, value)) = way.registration.as_deref().and_then(|id| law(self.policy, id)) {
            let number = self.book.clause(clause, value);
            let currency = self.policy.currency;
            let to_money = Operation::ToMoney { currency, rounding: Rounding::HalfUp };
            let fee = self.book.compute(to_money, &[number]);
            let fee = self.in_deal_currency(fee);
            // Nothing is sold where there is no credit.
            let nothing = self.nothing();
            let sold = self.book.is_greater(credit_in_deal, nothing);
            parts.push(self.book.choose(sold, fee, nothing));
        }
        let typed = matches!(self.claim.monetisation, Some(Monetisation::Transfer(_)))
            || self.claim.fees.iter().any(|fee| fee.kind == FeeKind::Broker);
        if let Some((price, broker)) = way.price.as_ref().and_then(|price| Some((price, price.broker?)))
            && !typed
        {
            let path = format!("incentives[{}].fees[broker].amount", self.claim.id);
            let share = self.book.assumption(path, broker, self.market(price.source.as_deref()));
            parts.push(self.scale(credit_in_deal, share));
        }
        parts
    }
}

fn label(way: Option<&Way>, otherwise: &str) -> String {
    way.and_then(|way| way.label.clone()).unwrap_or_else(|| otherwise.to_owned())
}
