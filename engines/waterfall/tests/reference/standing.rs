//! Where everything stands, and what holds of it

use std::collections::BTreeMap;

use super::{
    balance::Balance,
    day::Day,
    fraction::{Fraction, kept, least, not_below_nothing, nothing},
    rules::{Bound, Condition, Contract, Counter, Goal, Is, Paid, Reduces, Rules, Share},
    walk::{OverAllocated, Parts},
};

/// Money on its way: a receipt, or what a reserve lets go.
#[derive(Debug, Clone)]
pub(crate) struct Coming {
    pub date: Day,
    /// The entry it came by; none for money that was held.
    pub entry: Option<String>,
    pub node: String,
    pub amount: Fraction,
    pub territories: Vec<String>,
    pub media: Vec<String>,
    pub contract: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub rules: Rules,
    pub rates: BTreeMap<String, Fraction>,
    pub contracts: BTreeMap<String, Contract>,
    pub balances: Vec<Balance>,
    pub events: BTreeMap<String, Fraction>,
    pub units: BTreeMap<String, Fraction>,
    /// Who holds a share that changed hands.
    pub holders: BTreeMap<String, String>,
    limits: BTreeMap<String, Goal>,
    /// Conditions whose total went on from its goal, by the share that asks.
    beyond: BTreeMap<(String, String), Bound>,
    pub shortfall: BTreeMap<String, Fraction>,
    pub contributed: Fraction,
    have: BTreeMap<Counter, Fraction>,
    invested: BTreeMap<String, Fraction>,
    /// Of each kind what counts to its cap and what does not.
    expenses: BTreeMap<String, [Fraction; 2]>,
    carried: BTreeMap<String, Fraction>,
    /// Goals as they stood when the receipt in hand came in.
    goals: BTreeMap<String, Fraction>,
}

impl Standing {
    pub(crate) fn new(rules: Rules) -> Self {
        Standing {
            rates: rules.nodes.iter().map(|(id, node)| (id.clone(), node.rate.clone())).collect(),
            contracts: rules.contracts.clone(),
            balances: rules.balances.iter().map(|row| Balance::new(row.terms.clone())).collect(),
            limits: rules.limits.clone(),
            rules,
            events: BTreeMap::new(),
            units: BTreeMap::new(),
            holders: BTreeMap::new(),
            beyond: BTreeMap::new(),
            shortfall: BTreeMap::new(),
            contributed: nothing(),
            have: BTreeMap::new(),
            invested: BTreeMap::new(),
            expenses: BTreeMap::new(),
            carried: BTreeMap::new(),
            goals: BTreeMap::new(),
        }
    }

    pub(crate) fn have(&self, counter: &Counter) -> Fraction {
        self.have.get(counter).cloned().unwrap_or_else(nothing)
    }

    pub(crate) fn invested(&self, instrument: &str) -> Fraction {
        self.invested.get(instrument).cloned().unwrap_or_else(nothing)
    }

    pub(crate) fn put(&mut self, date: Day, instrument: &str, amount: &Fraction) {
        *self.invested.entry(instrument.to_owned()).or_insert_with(nothing) += amount;
        for (row, balance) in self.rules.balances.iter().zip(&mut self.balances) {
            if row.instrument == instrument {
                balance.until(date);
                balance.put(amount);
            }
        }
    }

    pub(crate) fn declare(&mut self, kind: &str, amount: &Fraction, counts_to_cap: bool) {
        let [capped, beyond] = self.expenses.entry(kind.to_owned()).or_insert_with(|| [nothing(), nothing()]);
        *(if counts_to_cap { capped } else { beyond }) += amount;
    }

    /// The totals of receipts that an entry counts in.
    pub(crate) fn received_by(&self, entry: &str) -> Vec<Counter> {
        let mut out: Vec<Counter> = Vec::new();
        let mut seen = |bound: &Bound| {
            if let Counter::Received(sources) = &bound.counter
                && (sources.is_empty() || sources.iter().any(|source| source == entry))
                && !out.contains(&bound.counter)
            {
                out.push(bound.counter.clone());
            }
        };
        fn inside(condition: &Condition, seen: &mut impl FnMut(&Bound)) {
            match condition {
                Condition::All(of) | Condition::Any(of) => of.iter().for_each(|inner| inside(inner, seen)),
                Condition::Bound { bound, .. } => seen(bound),
                _ => {}
            }
        }
        for id in &self.rules.order {
            for condition in self.rules.share(id).into_iter().flat_map(|share| &share.conditions) {
                inside(condition, &mut seen);
            }
        }
        for cap in self.rules.expenses.values().filter_map(|kind| kind.cap_of_receipts.as_ref()) {
            let counter = Counter::Received(cap.1.clone());
            seen(&Bound { counter, goal: Goal::Amount(nothing()) });
        }
        out
    }

    /// A goal as it stands: those that grow stand as they did when the receipt in hand came in.
    pub(crate) fn goal(&self, goal: &Goal) -> Fraction {
        match goal {
            Goal::Amount(amount) => amount.clone(),
            Goal::Expenses(kind, factor) => {
                self.goals.get(&format!("expenses {kind}")).cloned().unwrap_or_else(nothing) * factor
            }
            Goal::Invested(instrument, factor) => self.invested(instrument) * factor,
            Goal::Owed(balance, factor) => {
                let balance = &self.balances[*balance];
                (&balance.invested + &balance.interest) * factor
            }
            Goal::Interest(balance) => self.balances[*balance].interest.clone(),
            Goal::Units(series, amount, beyond) => {
                let units = self.units.get(series).cloned().unwrap_or_else(nothing);
                not_below_nothing(units - beyond) * amount
            }
            Goal::LimitOf(id) => self.goal(&self.limits[id]),
            Goal::OfReceipt(id) => self.goals.get(id).cloned().unwrap_or_else(nothing),
        }
    }

    pub(crate) fn reached(&self, counter: &Counter, goal: &Goal) -> bool {
        self.have(counter) >= self.goal(goal)
    }

    pub(crate) fn in_contract(&self, share: &Share, date: Day) -> bool {
        let Some(id) = &share.contract else { return true };
        let contract = &self.contracts[id];
        contract.from.is_none_or(|from| from <= date) && contract.to.is_none_or(|to| date <= to)
    }

    /// Whether a condition of a share holds.
    pub(crate) fn holds(
        &self,
        of_share: &str,
        condition: &Condition,
        coming: &Coming,
        notional: bool,
    ) -> bool {
        let within = |inside: &bool, values: &[String], list: &[String]| {
            values.iter().any(|value| list.contains(value)) == *inside
        };
        match condition {
            Condition::All(of) => of.iter().all(|inner| self.holds(of_share, inner, coming, notional)),
            Condition::Any(of) => {
                of.is_empty() || of.iter().any(|inner| self.holds(of_share, inner, coming, notional))
            }
            Condition::Bound { bound, is, notional: on_notional } => {
                let gone_on = is.beyond()
                    && !self.beyond.is_empty()
                    && self.beyond.contains_key(&key(of_share, bound, *is));
                let holds = if gone_on {
                    *is == Is::MoreThan
                } else {
                    is.holds(&self.have(&bound.counter), &self.goal(&bound.goal))
                };
                (notional && *on_notional) || holds
            }
            Condition::Territory { inside, list } => within(inside, &coming.territories, list),
            Condition::Media { inside, list } => within(inside, &coming.media, list),
            Condition::Source { inside, list } => {
                coming.entry.as_ref().is_some_and(|entry| list.contains(entry)) == *inside
            }
            Condition::Date { from, to } => {
                from.is_none_or(|from| from <= coming.date) && to.is_none_or(|to| coming.date <= to)
            }
            Condition::ContractValue { is, target } => {
                let contract = coming.contract.as_ref().and_then(|id| self.contracts.get(id));
                let value = contract.and_then(|contract| contract.value.as_ref());
                value.is_some_and(|value| is.holds(value, target))
            }
            Condition::Event { event, is, target } => {
                self.events.get(event).is_some_and(|value| is.holds(value, target))
            }
            Condition::Counted { series, is, target } => {
                is.holds(&self.units.get(series).cloned().unwrap_or_else(nothing), target)
            }
        }
    }

    fn allowed(&self, kind: &str, coming: &Coming) -> Fraction {
        let rules = &self.rules.expenses[kind];
        let [mut allowed, beyond] =
            self.expenses.get(kind).cloned().unwrap_or_else(|| [nothing(), nothing()]);
        if let Some(cap) = &rules.cap {
            allowed = least(allowed, cap.clone());
        }
        if let Some((rate, sources)) = &rules.cap_of_receipts {
            let mut received = self.have(&Counter::Received(sources.clone()));
            let counts = |entry: &String| sources.is_empty() || sources.contains(entry);
            if coming.entry.as_ref().is_some_and(counts) {
                received += &coming.amount;
            }
            allowed = least(allowed, received * rate);
        }
        allowed + beyond
    }

    /// Lets money down to the end: by one set of parts until a total comes to its goal, then by the next. Answers with
    /// what each share took, and what nobody did.
    pub(crate) fn distribute(
        &mut self,
        coming: &Coming,
    ) -> Result<(BTreeMap<String, Fraction>, Fraction), OverAllocated> {
        for balance in &mut self.balances {
            balance.until(coming.date);
        }
        let kinds: Vec<String> = self.rules.expenses.keys().cloned().collect();
        let gone_on = std::mem::take(&mut self.beyond);
        for kind in kinds {
            let allowed = self.allowed(&kind, coming);
            self.goals.insert(format!("expenses {kind}"), allowed);
        }
        let still = |(_, bound): &(_, Bound)| self.have(&bound.counter) >= self.goal(&bound.goal);
        self.beyond = gone_on.into_iter().filter(still).collect();
        let of_gross = self.rules.of_gross_for(&coming.node, coming.entry.as_ref());
        for id in &of_gross {
            self.entitle(id, coming);
        }
        let (mut taken, mut left_over) = (BTreeMap::new(), nothing());
        let mut rest = coming.amount.clone();
        while rest > nothing() {
            let mut parts = self.unit(coming)?;
            while self.goes_on(&parts) {
                parts = self.unit(coming)?;
            }
            let (slice, at_goal) = self.slice(&parts, &rest);
            rest = kept(rest - &slice);
            left_over += kept(&parts.rest * &slice);
            for (id, part) in parts.taken.iter().filter(|(id, _)| self.rules.pays_out(id)) {
                *taken.entry(id.clone()).or_insert_with(nothing) += kept(part * &slice);
            }
            self.keep(&parts, &slice);
            self.have.extend(at_goal);
        }
        for id in of_gross {
            let unpaid = self.goal(&Goal::OfReceipt(id.clone())) - self.have(&Counter::Paid(id.clone()));
            let carries = self.rules.share(&id).is_some_and(|share| share.of_gross == Some(true));
            self.carried.insert(id, if carries && unpaid > nothing() { unpaid } else { nothing() });
        }
        Ok((taken, left_over))
    }

    /// Who holds a share.
    pub(crate) fn holder(&self, id: &str) -> Option<String> {
        self.holders.get(id).cloned().or_else(|| self.rules.share(id).and_then(|share| share.payee.clone()))
    }

    /// Other terms of a limit from a day on: the sum, how many times, or the rate of a premium or of the balance.
    pub(crate) fn amend_limit(
        &mut self,
        date: Day,
        tier: &str,
        (amount, factor, rate): (&Option<Fraction>, &Option<Fraction>, &Option<Fraction>),
    ) {
        let put = |into: &mut Fraction, from: &Option<Fraction>| {
            if let Some(from) = from {
                *into = from.clone();
            }
        };
        let mut grows = None;
        match self.limits.get_mut(tier) {
            Some(Goal::Amount(of) | Goal::Units(_, of, _)) => put(of, amount),
            Some(Goal::Expenses(_, of)) => put(of, factor),
            Some(Goal::Invested(_, of)) => {
                put(of, rate);
                put(of, factor);
            }
            Some(Goal::Owed(balance, of)) => {
                put(of, factor);
                grows = Some(*balance);
            }
            Some(Goal::Interest(balance)) => grows = Some(*balance),
            Some(Goal::OfReceipt(_) | Goal::LimitOf(_)) | None => {}
        }
        if let (Some(balance), Some(rate)) = (grows, rate) {
            self.balances[balance].until(date);
            self.balances[balance].reprice(rate.clone());
        }
    }

    /// Whether a total that stands at the goal of a condition of what money comes to moves on, which is remembered
    /// until the goal rises.
    fn goes_on(&mut self, parts: &Parts) -> bool {
        let mut found = Vec::new();
        for id in &parts.visited {
            for (bound, is) in self.rules.bounds_of(id).into_iter().filter(|(_, is)| is.beyond()) {
                let moves = parts.moved.get(&bound.counter).is_some_and(|part| *part > nothing());
                if moves && self.have(&bound.counter) == self.goal(&bound.goal) {
                    found.push((key(id, &bound, is), bound));
                }
            }
        }
        found.retain(|(key, _)| !self.beyond.contains_key(key));
        let any = !found.is_empty();
        self.beyond.extend(found);
        any
    }

    /// What a share of the gross receipt may have of the money in hand: its part of a receipt, and what it carries.
    fn entitle(&mut self, id: &str, coming: &Coming) {
        let mut entitled = self.have(&Counter::Paid(id.to_owned()));
        entitled += self.carried.get(id).cloned().unwrap_or_else(nothing);
        if let Some(share) = self.rules.share(id)
            && coming.entry.is_some()
            && self.in_contract(share, coming.date)
            && (share.gross_of.is_empty()
                || coming.entry.as_ref().is_some_and(|id| share.gross_of.contains(id)))
            && share.conditions.iter().all(|condition| self.holds(id, condition, coming, false))
        {
            entitled += &coming.amount * &self.rates[id];
        }
        self.goals.insert(id.to_owned(), entitled);
    }

    /// How much flows before a total comes to its goal, and the totals that do.
    fn slice(&self, parts: &Parts, rest: &Fraction) -> (Fraction, Vec<(Counter, Fraction)>) {
        let mut slice = rest.clone();
        let mut at_goal = Vec::new();
        for (counter, goal) in self.goals_of(&parts.visited) {
            let Some(speed) = parts.moved.get(&counter).filter(|speed| **speed > nothing()) else { continue };
            let goal = self.goal(&goal);
            let missing = &goal - self.have(&counter);
            if missing > nothing() {
                let cut = missing / speed;
                if cut < slice {
                    at_goal.clear();
                }
                if cut <= slice {
                    at_goal.push((counter, goal));
                    slice = cut;
                }
            }
        }
        (slice, at_goal)
    }

    fn keep(&mut self, parts: &Parts, slice: &Fraction) {
        for (counter, part) in &parts.moved {
            let have = self.have(counter) + part * slice;
            self.have.insert(counter.clone(), kept(have));
        }
        for id in &parts.visited {
            let paid = parts.taken.get(id).map_or_else(nothing, |part| kept(part * slice));
            for (balance, reduces) in
                self.rules.share(id).map(|share| share.reduces.clone()).unwrap_or_default()
            {
                match reduces {
                    Reduces::Principal => self.balances[balance].pay_principal(&paid),
                    Reduces::Return => self.balances[balance].pay_return(&paid),
                    Reduces::Whole => {}
                }
            }
        }
        for place in 0..self.balances.len() {
            let counter = match &self.rules.balances[place].paid {
                Paid::Claims | Paid::All => Counter::OnBalance(place),
                Paid::Party(party) => Counter::Party(party.clone()),
                Paid::Return => continue,
            };
            if let Some(part) = parts.moved.get(&counter) {
                self.balances[place].pay(&kept(part * slice));
            }
        }
        for (party, part) in &parts.shortfall {
            *self.shortfall.entry(party.clone()).or_insert_with(nothing) += part * slice;
        }
        self.contributed += &parts.contributed * slice;
    }
}

/// A condition, by the share that asks and by its words.
fn key(of: &str, bound: &Bound, is: Is) -> (String, String) {
    (of.to_owned(), format!("{bound:?} {is:?}"))
}
