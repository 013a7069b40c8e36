//! From exact dues to whole minor units, receipt by receipt, as the engine settles: whole units first, and what is
//! left over to the largest remainders, the earlier of equals first; what is owed below a unit is carried.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::ledger::LedgerUnit;
use super::order::Unsaid;
use super::run::{Inflow, Run};
use super::words::{call, choose, floored, less, nought, number, plus, sum, times};
use crate::excel::Formula;

impl Run<'_, '_> {
    /// The claims in the order in which they are settled, and behind them what nobody takes.
    fn payees(&self) -> Vec<usize> {
        let claims = self.order.claims().map(|(index, ..)| index);
        claims.chain([self.order.nodes.len()]).collect()
    }

    /// Pays a receipt out in whole minor units.
    pub(super) fn settle(
        &mut self,
        inflow: &Inflow<'_>,
        taken: &HashMap<usize, Vec<Formula>>,
        passed: &[Formula],
        column: usize,
    ) -> Result<(), Unsaid> {
        let unit = Decimal::new(1, self.places());
        let payees = self.payees();
        let end = self.order.nodes.len();
        let mut due: Vec<(usize, usize, Formula)> = Vec::new();
        for (ordinal, node) in payees.iter().enumerate() {
            let now = if *node == end { Some(passed.to_vec()) } else { taken.get(node).cloned() };
            let before = self.due.get(node).cloned();
            if now.is_none() && before.is_none() {
                continue;
            }
            let owed = plus(before.unwrap_or_else(nought), sum(now.unwrap_or_default()));
            let row = format!("due {ordinal}");
            let cell = self.sheet.compute(&mut self.values, (&row, column), owed, LedgerUnit::Amount);
            due.push((ordinal, *node, cell));
        }
        let mut whole = Vec::new();
        for (ordinal, _, owed) in &due {
            // What is a trifle below a whole unit is a whole unit.
            let near = plus(owed.clone(), Formula::Number(Decimal::new(1, 7)));
            let down = call("ROUNDDOWN", vec![near, number(self.places())]);
            let row = format!("whole {ordinal}");
            let cell =
                self.sheet.compute(&mut self.values, (&row, column), floored(down), LedgerUnit::Amount);
            whole.push(cell);
        }
        let left = less(inflow.amount.clone(), sum(whole.clone())).rounded(self.places());
        let left = self.sheet.compute(&mut self.values, ("left", column), left, LedgerUnit::Amount);
        let aside = number(-9);
        for ((ordinal, _, owed), whole) in due.iter().zip(&whole) {
            let remainder = less(owed.clone(), whole.clone()).rounded(7);
            let gives = choose(
                Formula::infix(">", whole.clone(), nought()),
                Formula::Minus(Box::new(remainder.clone())),
                aside.clone(),
            );
            let gets = choose(
                Formula::infix(">", owed.clone(), Formula::Number(Decimal::new(1, 9))),
                remainder,
                aside.clone(),
            );
            let order = choose(Formula::infix("<", left.clone(), nought()), gives, gets);
            let row = format!("order {ordinal}");
            self.sheet.compute(&mut self.values, (&row, column), order, LedgerUnit::Count);
        }
        self.pay(inflow, (&due, &whole), (&left, unit), column)
    }

    fn pay(
        &mut self,
        inflow: &Inflow<'_>,
        (due, whole): (&[(usize, usize, Formula)], &[Formula]),
        (left, unit): (&Formula, Decimal),
        column: usize,
    ) -> Result<(), Unsaid> {
        let end = self.order.nodes.len();
        let (Some((top, ..)), Some((bottom, ..))) = (due.first(), due.last()) else { return Ok(()) };
        let at = |ordinal: usize| self.sheet.named(&format!("order {ordinal}"), column);
        let (first, all) = (at(*top), Formula::Range(at(*top), at(*bottom)));
        let mut paid = Vec::new();
        for ((ordinal, node, owed), whole) in due.iter().zip(whole) {
            let own = at(*ordinal);
            let before =
                call("COUNTIF", vec![Formula::Range(first.clone(), own.clone()), Formula::Cell(own.clone())]);
            let rank =
                plus(call("RANK", vec![Formula::Cell(own.clone()), all.clone()]), less(before, number(1)));
            let units =
                call("ROUND", vec![times(call("ABS", vec![left.clone()]), over_unit(unit)), nought()]);
            let among = call(
                "AND",
                vec![Formula::infix(">", Formula::Cell(own), number(-9)), Formula::infix("<=", rank, units)],
            );
            let more = times(call("SIGN", vec![left.clone()]), Formula::Number(unit));
            let formula = plus(whole.clone(), choose(among, more, nought()));
            paid.push((*ordinal, *node, owed.clone(), formula.rounded(self.places())));
        }
        for (ordinal, node, owed, formula) in paid {
            let row = format!("paid {ordinal}");
            let cell = self.sheet.compute(&mut self.values, (&row, column), formula, LedgerUnit::Amount);
            self.due.insert(node, less(owed, cell.clone()));
            if node == end {
                self.now().rest.push(cell);
                continue;
            }
            let before = self.paid_so_far.get(&node).cloned().unwrap_or_else(nought);
            let row = format!("paid so far {ordinal}");
            let total = plus(before, cell.clone());
            let total = self.sheet.compute(&mut self.values, (&row, column), total, LedgerUnit::Amount);
            self.paid_so_far.insert(node, total);
            self.now().paid.entry(node).or_default().push(cell.clone());
            self.hold(node, inflow.date, cell)?;
        }
        Ok(())
    }
}

fn over_unit(unit: Decimal) -> Formula {
    Formula::Number(Decimal::ONE.checked_div(unit).unwrap_or(Decimal::ONE).normalize())
}
