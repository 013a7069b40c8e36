//! What happens besides money that moves by itself: drawings, expenses, events, counts, amendments, receipts

use recoup_calendar::Date;
use recoup_deal::recoupment::Change;
use recoup_waterfall::{WaterfallError, flat::Happening};

use super::{
    super::{
        form::{Comes, Incoming, Span, Step},
        rows::number,
    },
    Compiler, Result, unknown,
};

impl Compiler<'_> {
    pub(super) fn happen(&mut self, happening: &Happening<'_>) -> Result<()> {
        match happening {
            Happening::Draw(place, drawing) => self.draw(*place, drawing.date, &drawing.instrument)?,
            Happening::Expense(place, expense) => {
                let kind = self.flat.expenses.iter().position(|row| row.id.as_ref() == expense.kind);
                let Some(kind) = kind else {
                    return Err(unknown("expenses", "expense type", &expense.kind));
                };
                let (capped, uncapped) = self.expenses[kind];
                let row = if expense.counts_to_cap { capped } else { uncapped };
                self.steps.push(Step::Declare { place: *place as u32, row });
                self.last = None;
            }
            Happening::Event(_, event) => self.standing.happened(self.flat, &event.event, event.value),
            Happening::Count(_, counted) => {
                let series = self.flat.unit_series.iter().position(|id| id.as_ref() == counted.series);
                let Some(series) = series else {
                    return Err(unknown("counts", "unit series", &counted.series));
                };
                self.standing.count(series, counted.count);
            }
            Happening::Amend(_, amendment) => {
                self.last = None;
                self.amend(amendment.date, &amendment.change)?;
            }
            Happening::Receive(place, receipt) => {
                if self.slots.is_after_the_end(receipt.date) {
                    let (receipt, date) = (receipt.id.clone(), receipt.date);
                    return Err(WaterfallError::OutsideSchedule { receipt, date }.into());
                }
                let entry = self.flat.entry_of(receipt)?;
                self.standing.settle(self.flat, entry, receipt);
                let node = self.flat.entries[entry as usize].node;
                let route = self.route(node, Some(entry))?;
                let refunds = self.refunds + entry;
                self.incoming.push(Incoming { place: *place as u32, refunds });
                let end = self.incoming.len() as u32;
                self.flow(receipt.date, route, Comes::Receipts(Span { first: end - 1, end }))?;
            }
        }
        Ok(())
    }

    fn draw(&mut self, place: usize, date: Date, instrument: &str) -> Result<()> {
        let Some(index) = self.flat.instruments.iter().position(|name| name.as_ref() == instrument) else {
            return Ok(());
        };
        let mut into = vec![self.invested[index]];
        for account in 0..self.flat.accounts.len() {
            if self.flat.accounts[account].instrument as usize == index {
                self.accounts.accrue(account, date, false)?;
                self.accounts.put_in(account);
                let rows = self.accounts.rows(account);
                into.extend([rows.invested, rows.base]);
            }
        }
        self.push_accruals();
        let rows = self.lists.span(&into);
        self.steps.push(Step::Draw { place: place as u32, rows });
        self.last = None;
        Ok(())
    }

    fn amend(&mut self, date: Date, change: &Change) -> Result<()> {
        match change {
            Change::Rate { tier, rate } => {
                let node = self.node_of(tier)?;
                let value = number(*rate);
                self.rates[node] = self.rows.constant(value);
                self.known_rates[node] = Some(value);
            }
            Change::Limit { tier, amount, factor, rate } => {
                let node = self.node_of(tier)?;
                let amount = amount.map(|amount| amount.minor());
                self.amend_limit(node, date, (amount, *factor, *rate))?;
            }
            Change::Payee { tier, payee } => {
                let node = self.node_of(tier)?;
                let party = self.flat.parties.iter().position(|name| name.as_ref() == payee);
                let Some(party) = party else {
                    return Err(unknown("amendments", "party", payee));
                };
                self.tell_now();
                self.payees[node] = Some(party as u32);
            }
            Change::ExpenseCap { expense_type, cap } => {
                let kind = self.flat.expenses.iter().position(|row| row.id.as_ref() == expense_type);
                let Some(kind) = kind else {
                    return Err(unknown("expenses", "expense type", expense_type));
                };
                self.caps[kind] = self.rows.constant(cap.minor() as f64);
            }
            Change::Contract { contract, to, value } => {
                let known = self.standing.change_contract(contract, *to, value.map(|value| value.minor()));
                if !known {
                    return Err(unknown("amendments", "contract", contract));
                }
            }
        }
        Ok(())
    }

    fn node_of(&self, tier: &str) -> Result<usize> {
        let found = self.flat.nodes.iter().position(|node| node.id.as_ref() == tier);
        found.ok_or_else(|| unknown("amendments", "tier", tier))
    }
}
