//! What happens, in order, and who is paid

use std::collections::BTreeMap;

use super::{
    day::Day,
    fraction::{Fraction, nearest, not_below_nothing, nothing, units, whole},
    payments::pay,
    rules::{Entry, Happening, Receipt, Rules},
    standing::{Coming, Standing},
    walk::OverAllocated,
};

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payment {
    pub receipt: String,
    /// None for what reached the end.
    pub tier: Option<String>,
    pub payee: Option<String>,
    pub amount: i64,
}

/// What a receipt gave to whom, exactly.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub receipt: String,
    pub amount: Fraction,
    pub by_payee: BTreeMap<String, Fraction>,
    pub by_tier: BTreeMap<String, Fraction>,
}

struct Held {
    date: Day,
    reserve: String,
    to: String,
    amount: i64,
}

/// A plan being played.
pub(crate) struct Play {
    pub standing: Standing,
    pub payments: Vec<Payment>,
    pub rows: Vec<Row>,
    due: BTreeMap<Option<String>, Fraction>,
    paid: BTreeMap<String, i64>,
    assigned: BTreeMap<(String, usize), i64>,
    held: Vec<Held>,
    released: usize,
    contributed: i64,
    /// What was given back and not made good yet, by entry.
    given_back: BTreeMap<String, Fraction>,
    /// Whether payments are of whole units.
    in_units: bool,
}

impl Play {
    pub(crate) fn new(rules: Rules, in_units: bool) -> Self {
        Play {
            standing: Standing::new(rules),
            payments: Vec::new(),
            rows: Vec::new(),
            due: BTreeMap::new(),
            paid: BTreeMap::new(),
            assigned: BTreeMap::new(),
            held: Vec::new(),
            released: 0,
            contributed: 0,
            given_back: BTreeMap::new(),
            in_units,
        }
    }

    pub(crate) fn happen(&mut self, date: Day, happening: &Happening) -> Result<(), OverAllocated> {
        self.let_go(date)?;
        let standing = &mut self.standing;
        match happening {
            Happening::Put { instrument, amount } => standing.put(date, instrument, amount),
            Happening::Declared { kind, amount, counts_to_cap } => {
                standing.declare(kind, amount, *counts_to_cap);
            }
            Happening::Event { event, value } => {
                standing.events.insert(event.clone(), value.clone());
            }
            Happening::Counted { series, units } => {
                *standing.units.entry(series.clone()).or_insert_with(nothing) += units;
            }
            Happening::Limit { tier, amount, factor, rate } => {
                standing.amend_limit(date, tier, (amount, factor, rate));
            }
            Happening::Payee { tier, payee } => {
                standing.holders.insert(tier.clone(), payee.clone());
            }
            Happening::Cap { kind, cap } => {
                if let Some(kind) = standing.rules.expenses.get_mut(kind) {
                    kind.cap = Some(cap.clone());
                }
            }
            Happening::Rate { tier, rate } => {
                standing.rates.insert(tier.clone(), rate.clone());
            }
            Happening::Contract { contract, to, value } => {
                let row = standing.contracts.entry(contract.clone()).or_default();
                row.to = to.or(row.to);
                row.value = value.clone().or(row.value.take());
            }
            Happening::Received(receipt) => self.receive(date, receipt)?,
        }
        Ok(())
    }

    /// A receipt below zero waits at its entry; the next ones there make it good before they walk on.
    fn receive(&mut self, date: Day, receipt: &Receipt) -> Result<(), OverAllocated> {
        let entry = entry_of(&self.standing.rules, &receipt.source).clone();
        let back = self.given_back.entry(entry.id.clone()).or_insert_with(nothing);
        let net = &receipt.amount - &*back;
        *back = not_below_nothing(-net.clone());
        if net <= nothing() && receipt.amount != nothing() {
            return Ok(());
        }
        let usual = |given: &[String], usual: &[String]| {
            if given.is_empty() { usual.to_vec() } else { given.to_vec() }
        };
        let coming = Coming {
            date,
            entry: Some(entry.id.clone()),
            node: entry.enters.clone(),
            amount: not_below_nothing(net),
            territories: usual(&receipt.territories, &entry.territories),
            media: usual(&receipt.media, &entry.media),
            contract: receipt.contract.clone().or(entry.contract.clone()),
        };
        self.come(&coming, &receipt.id)
    }

    /// Reserves let go what falls due by a day, the earliest first.
    pub(crate) fn let_go(&mut self, until: Day) -> Result<(), OverAllocated> {
        loop {
            let due = self.held.iter().enumerate().filter(|(_, held)| held.date <= until);
            let Some((place, _)) = due.min_by_key(|(place, held)| (held.date, *place)) else { return Ok(()) };
            let held = self.held.remove(place);
            self.released += 1;
            let coming = Coming {
                date: held.date,
                entry: None,
                node: held.to,
                amount: whole(held.amount),
                territories: Vec::new(),
                media: Vec::new(),
                contract: None,
            };
            let id = format!("{}#{}", held.reserve, self.released);
            self.come(&coming, &id)?;
        }
    }

    fn come(&mut self, coming: &Coming, id: &str) -> Result<(), OverAllocated> {
        let (taken, left_over) = self.standing.distribute(coming)?;
        self.keep_row(id, coming, &taken, &left_over);
        if !self.in_units {
            return Ok(());
        }
        for (tier, amount) in taken {
            *self.due.entry(Some(tier)).or_insert_with(nothing) += amount;
        }
        *self.due.entry(None).or_insert_with(nothing) += left_over;
        let contributed = nearest(&self.standing.contributed);
        let more = contributed - std::mem::replace(&mut self.contributed, contributed);
        let sinks: Vec<Option<String>> =
            self.standing.rules.order.iter().map(|id| Some(id.clone())).chain([None]).collect();
        let due: Vec<Fraction> =
            sinks.iter().map(|sink| self.due.get(sink).cloned().unwrap_or_else(nothing)).collect();
        let paid = pay(units(&coming.amount) + more, &due);
        for (sink, amount) in sinks.into_iter().zip(paid).filter(|(_, amount)| *amount != 0) {
            *self.due.entry(sink.clone()).or_insert_with(nothing) -= whole(amount);
            self.post(sink, amount, coming.date, id);
        }
        Ok(())
    }

    fn keep_row(
        &mut self,
        id: &str,
        coming: &Coming,
        taken: &BTreeMap<String, Fraction>,
        left_over: &Fraction,
    ) {
        let mut by_payee: BTreeMap<String, Fraction> = BTreeMap::new();
        for (tier, amount) in taken {
            if let Some(payee) = self.standing.holder(tier) {
                *by_payee.entry(payee).or_insert_with(nothing) += amount;
            }
        }
        by_payee.insert("left_over".to_owned(), left_over.clone());
        let (receipt, amount) = (id.to_owned(), coming.amount.clone());
        self.rows.push(Row { receipt, amount, by_payee, by_tier: taken.clone() });
    }

    fn post(&mut self, sink: Option<String>, amount: i64, date: Day, id: &str) {
        let receipt = id.to_owned();
        let Some(tier) = sink else {
            let payee = self.standing.rules.residual.clone();
            self.payments.push(Payment { receipt, tier: None, payee, amount });
            return;
        };
        let share = self.standing.rules.share(&tier).cloned().unwrap_or_default();
        let payee = self.standing.holder(&tier);
        let so_far = self.paid.entry(tier.clone()).or_default();
        *so_far += amount;
        let total = whole(*so_far);
        if let Some((months, to)) = &share.holds {
            let date = date.months_later(*months);
            self.held.push(Held { date, reserve: tier.clone(), to: to.clone(), amount });
        }
        let mut own = amount;
        for (place, (party, part)) in share.assigned.iter().enumerate() {
            let paid = self.assigned.entry((tier.clone(), place)).or_default();
            let now = (units(&(&total * part)) - *paid).clamp(0, own);
            *paid += now;
            own -= now;
            if now > 0 {
                let (receipt, tier, payee) = (receipt.clone(), Some(tier.clone()), Some(party.clone()));
                self.payments.push(Payment { receipt, tier, payee, amount: now });
            }
        }
        if own > 0 {
            self.payments.push(Payment { receipt, tier: Some(tier), payee, amount: own });
        }
    }
}

fn entry_of<'a>(rules: &'a Rules, source: &str) -> &'a Entry {
    let named = rules
        .entries
        .iter()
        .find(|entry| entry.id == source || entry.receives.iter().any(|receives| receives == source));
    named.or_else(|| rules.entries.iter().find(|entry| entry.receives_others)).expect("an entry")
}
