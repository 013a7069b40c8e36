//! The sheet of statement periods: what a financier reads, from the single receipts behind it.

use std::collections::HashMap;

use recoup_deal::recoupment::Split;
use recoup_explain::Quantity;
use recoup_waterfall::Recoupment;
use rust_decimal::Decimal;

use super::asked::inner;
use super::ledger::{Draft, Ledger, LedgerColumn, LedgerUnit, Values};
use super::order::{Kind, Pays, Unsaid};
use super::run::Run;
use super::words::{floored, least, less, nought, plus, sum, times};
use crate::excel::Formula;
use crate::sections::Desk;
use crate::table::{ColumnKind, Figure, RowStyle};

/// What the engine paid each position in each period, in minor units; the last key is what nobody took.
fn paid_by_engine(recoupment: &Recoupment) -> HashMap<(Option<String>, usize), i64> {
    let mut out = HashMap::new();
    for posting in &recoupment.postings {
        let tier = posting.tier.as_deref().map(str::to_owned);
        *out.entry((tier, posting.period as usize)).or_insert(0) += posting.amount.minor();
    }
    out
}

impl Run<'_, '_> {
    /// Fills the sheet of periods.
    pub(super) fn periods_of(&mut self, recoupment: &Recoupment) {
        let paid = paid_by_engine(recoupment);
        let mut before: HashMap<usize, Formula> = HashMap::new();
        let mut held = nought();
        let mut owed: Vec<Formula> = vec![nought(); self.order.accounts.len()];
        let mut earned: Vec<Formula> = vec![nought(); self.order.accounts.len()];
        for period in 0..self.told.len() {
            let column = period + 1;
            self.money_in(period, column);
            for node in self.walk() {
                self.position(node, (period, column), &paid, &mut before);
            }
            self.balances_of(period, column, (&mut owed, &mut earned));
            held = self.whole(period, column, held, recoupment);
        }
    }

    fn place(&mut self, name: &str, column: usize, formula: Formula) -> Formula {
        self.periods.compute(&mut self.values, (name, column), formula, LedgerUnit::Amount)
    }

    fn money_in(&mut self, period: usize, column: usize) {
        let received: Vec<(String, Vec<Formula>)> =
            self.told[period].received.iter().map(|(name, cells)| (name.clone(), cells.clone())).collect();
        let mut all = Vec::new();
        for (name, cells) in received {
            all.push(self.place(&format!("in {name}"), column, sum(cells)));
        }
        let received = self.place("in all", column, sum(all));
        let released = self.told[period].released.clone();
        if released.is_empty() {
            self.place("to share", column, received);
            return;
        }
        let released = self.place("let go", column, sum(released));
        self.place("to share", column, plus(received, released));
    }

    fn position(
        &mut self,
        node: usize,
        (period, column): (usize, usize),
        paid: &HashMap<(Option<String>, usize), i64>,
        before: &mut HashMap<usize, Formula>,
    ) {
        let reaches = self.told[period].reaches.get(&node).cloned().unwrap_or_default();
        let reaches =
            (!reaches.is_empty()).then(|| self.place(&format!("p reaches {node}"), column, sum(reaches)));
        let mut taken = Vec::new();
        for claim in inner(self.order, node) {
            taken.extend(self.told[period].takes.get(&claim).cloned().unwrap_or_default());
            self.claim_of(node, claim, (period, column), reaches.as_ref(), paid, before);
        }
        if let Some(reaches) = reaches
            && self.order.nodes.get(node).is_some_and(|node| node.then.is_some())
        {
            self.place(&format!("p passes {node}"), column, less(reaches, sum(taken)));
        }
    }

    fn claim_of(
        &mut self,
        outer: usize,
        claim: usize,
        (period, column): (usize, usize),
        reaches: Option<&Formula>,
        engine: &HashMap<(Option<String>, usize), i64>,
        before: &mut HashMap<usize, Formula>,
    ) {
        let had = before.get(&claim).cloned();
        let told = &self.told[period];
        let (limit, cells) = (told.limits.get(&claim).cloned(), told.paid.get(&claim).cloned());
        let limit_cell =
            limit.clone().map(|(limit, _)| self.place(&format!("p limit {claim}"), column, limit));
        if let Some(had) = &had {
            self.place(&format!("p before {claim}"), column, had.clone());
        }
        let formula = self.readable(outer, claim, period, reaches, (limit_cell.clone(), had.clone()));
        let formula = formula.map(|formula| self.place(&format!("p formula {claim}"), column, formula));
        if cells.is_none() && had.is_none() {
            self.owed_of(claim, column, limit.map(|(_, owed)| owed));
            return;
        }
        let whole = sum(cells.unwrap_or_default());
        if let Some(formula) = formula {
            self.place(&format!("p cents {claim}"), column, less(whole.clone(), formula));
        }
        let id = self.order.nodes[claim].id.clone();
        let month = self.periods.columns.get(period).map(|column| column.day.year_month());
        let address = month.map(|month| format!("recoupment.claims.{id}.paid[{month}]"));
        let figure = address
            .and_then(|address| Figure::at(self.desk.results.book, &address, ColumnKind::Money))
            .filter(|figure| figure.value.as_money().is_some());
        let minor = engine.get(&(Some(id), period)).copied().unwrap_or(0);
        let value = Decimal::new(minor, self.places());
        let row = format!("p paid {claim}");
        let at = (row.as_str(), column);
        let paid = self.periods.figure(&mut self.values, at, whole, (LedgerUnit::Amount, value), figure);
        let total = plus(had.unwrap_or_else(nought), paid);
        let total = self.place(&format!("p so far {claim}"), column, total);
        before.insert(claim, total);
        self.owed_of(claim, column, limit.map(|(_, owed)| owed));
    }

    fn owed_of(&mut self, claim: usize, column: usize, owed: Option<Formula>) {
        if let Some(owed) = owed {
            self.place(&format!("p owed {claim}"), column, owed);
        }
    }

    /// What a period would pay on its totals: the rate on what arrives, at most what the limit leaves. Nothing where
    /// conditions or amounts owed to others decide.
    fn readable(
        &mut self,
        outer: usize,
        claim: usize,
        period: usize,
        reaches: Option<&Formula>,
        (limit, had): (Option<Formula>, Option<Formula>),
    ) -> Option<Formula> {
        let reaches = reaches?.clone();
        let terms = self.order.claim(claim)?;
        if !terms.tests.is_empty() || terms.contract.is_some() {
            return None;
        }
        let gross = terms.gross;
        let had = had.unwrap_or_else(nought);
        let room = limit.clone().map(|limit| floored(less(limit, had.clone())));
        match &self.order.nodes[outer].kind {
            Kind::Share(_) if gross == Some(false) => {
                let entitled = self.told[period].entitled.get(&claim).cloned()?;
                Some(least([Some(sum(entitled)), Some(reaches), room].into_iter().flatten().collect()))
            }
            Kind::Share(_) if gross.is_none() => {
                let full = times(self.rate(claim), reaches);
                Some(least([Some(full), room].into_iter().flatten().collect()))
            }
            Kind::Together { members, split: Split::Fixed, base }
                if members.contains(&claim) && gross.is_none() =>
            {
                let whole = *base == recoup_deal::recoupment::Ratio::ONE;
                if !whole {
                    return None;
                }
                let full = times(self.rate(claim), reaches);
                Some(least([Some(full), room].into_iter().flatten().collect()))
            }
            _ => None,
        }
    }

    fn balances_of(
        &mut self,
        period: usize,
        column: usize,
        (owed, earned): (&mut [Formula], &mut [Formula]),
    ) {
        for account in 0..self.order.accounts.len() {
            let Some((closing, interest)) = self.told[period].balances.get(account).cloned() else {
                continue;
            };
            if closing == nought() && interest == nought() {
                continue;
            }
            let payers: Vec<usize> = self.order.accounts[account]
                .payers
                .iter()
                .filter(|(_, pays)| *pays != Pays::Principal || self.order.accounts[account].payers.len() > 1)
                .map(|(node, _)| *node)
                .collect();
            let repaid: Vec<Formula> = payers
                .iter()
                .flat_map(|node| self.told[period].takes.get(node).cloned().unwrap_or_default())
                .collect();
            let opening = self.place(&format!("a opening {account}"), column, owed[account].clone());
            let now = less(interest.clone(), earned[account].clone());
            let now = self.place(&format!("a earned {account}"), column, now);
            let repaid = self.place(&format!("a repaid {account}"), column, sum(repaid));
            let closing = self.place(&format!("a closing {account}"), column, closing);
            let drawn = less(plus(less(closing.clone(), plus(opening, now)), repaid), nought());
            self.place(&format!("a drawn {account}"), column, drawn.rounded(self.places()));
            owed[account] = closing;
            earned[account] = interest;
        }
    }

    /// The whole period: what was held and came in is paid, held or left over.
    fn whole(&mut self, period: usize, column: usize, held: Formula, recoupment: &Recoupment) -> Formula {
        let (mut paid, mut kept) = (Vec::new(), Vec::new());
        for (claim, _, terms) in self.order.claims() {
            let cells = self.told[period].paid.get(&claim).cloned().unwrap_or_default();
            if terms.release.is_some() {
                kept.extend(cells);
            } else if !cells.is_empty() {
                paid.push(Formula::Cell(self.periods.named(&format!("p paid {claim}"), column)));
            }
        }
        let known = recoupment.periods.get(period);
        let amount = |money: recoup_money::Money| money.to_decimal();
        let before = self.place("t held before", column, held.clone());
        let received = Formula::Cell(self.periods.named("in all", column));
        let received = self.place("t received", column, received);
        let paid = self.place("t paid", column, sum(paid));
        let rest = self.told[period].rest.clone();
        let rest = self.place("t rest", column, sum(rest));
        let released = sum(self.told[period].released.clone());
        let now = less(plus(before.clone(), sum(kept)), released);
        let value = known.map_or(Decimal::ZERO, |known| amount(known.held));
        let unit = (LedgerUnit::Amount, value);
        let now = self.periods.held(&mut self.values, ("t held", column), now, unit);
        let difference = less(less(less(plus(before, received), paid), rest), now.clone());
        let difference = difference.rounded(self.places());
        self.periods.held(
            &mut self.values,
            ("t difference", column),
            difference,
            (LedgerUnit::Amount, Decimal::ZERO),
        );
        now
    }
}

/// The sheet of a plan that no formulas can say: what the engine paid, period by period, and why these are values.
pub(super) fn written(desk: &Desk<'_>, recoupment: &Recoupment, reason: Unsaid) -> Ledger {
    let mut sheet = Draft::new("w");
    let mut values = Values::default();
    let periods = recoupment.periods.iter();
    sheet.columns =
        periods.map(|period| LedgerColumn { day: period.end, about: String::new(), opens: false }).collect();
    let paid = paid_by_engine(recoupment);
    let part = sheet.part(desk.say("waterfall.money_in"), String::new(), false);
    sheet.row(part, "in all", desk.say("waterfall.received"), String::new(), RowStyle::Total);
    for (place, period) in recoupment.periods.iter().enumerate() {
        let value = (LedgerUnit::Amount, period.receipts.to_decimal());
        sheet.written(&mut values, ("in all", place + 1), value, None);
    }
    let part = sheet.part(desk.say("waterfall.paid"), String::new(), false);
    let exponent = desk.deal().currency.exponent();
    for claim in &recoupment.claims {
        let payee = claim.payee.as_deref().map_or_else(|| desk.say("order.held"), |party| desk.party(party));
        let label = format!("{}: {payee}", claim.label.as_deref().unwrap_or(&claim.tier));
        let row = format!("p paid {}", claim.tier);
        sheet.row(part, &row, label, format!("recoupment.claims.{}.paid", claim.tier), RowStyle::Plain);
        for (place, period) in recoupment.periods.iter().enumerate() {
            let minor = paid.get(&(Some(claim.tier.to_string()), place)).copied().unwrap_or(0);
            let address = format!("recoupment.claims.{}.paid[{}]", claim.tier, period.end.year_month());
            let figure = Figure::at(desk.results.book, &address, ColumnKind::Money)
                .filter(|figure| matches!(figure.value, Quantity::Money(_)));
            let value = (LedgerUnit::Amount, Decimal::new(minor, exponent));
            sheet.written(&mut values, (&row, place + 1), value, figure);
        }
    }
    let reason = desk.say(reason);
    let intro = desk.words.with("waterfall.written", &[("reason", &reason)]);
    sheet.finish(desk.say("waterfall.title"), intro)
}
