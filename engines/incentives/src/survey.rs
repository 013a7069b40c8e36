//! What every program of the library would give for a deal's budget, each on its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::Deal;
use recoup_explain::Book;
use recoup_money::Currency;

use crate::answers::Answers;
use crate::binding::value_of;
use crate::catalog::Catalog;
use crate::evaluate::half_up;
use crate::expression::Value;
use crate::mapping::Mapper;
use crate::own::catalog_of;
use crate::policy::{BudgetMap, Input, Policy, Unit};
use crate::run::{ProgramRun, minor_digits, run};

/// One program on a deal's budget, without any other beside it.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// The version of the program.
    pub policy: Arc<Policy>,
    /// What was read from the budget.
    pub answers: Answers,
    /// The form on it.
    pub run: ProgramRun,
}

/// Runs every program that can be computed and applies on a day, on nothing but the budget. Values of the wrong
/// kind leave a program out.
#[must_use]
pub fn survey(deal: &Deal, catalog: &Catalog, day: Date) -> Vec<Surveyed> {
    let mut budget = Budget { mapper: Mapper::new(deal), book: Book::new(), known: BTreeMap::new() };
    let mut found = Vec::new();
    let (catalog, _) = catalog_of(deal, catalog);
    for program in catalog.programs() {
        let Ok(policy) = catalog.on(program, day) else { continue };
        if !policy.computable {
            continue;
        }
        let mut answers = Answers::new();
        for input in &policy.inputs {
            if let Some(value) = budget.read(input, policy.currency).filter(|value| !value.is_absent()) {
                answers.set(&input.name, value);
            }
        }
        if let Ok(run) = run(policy, &answers, &Answers::new()) {
            found.push(Surveyed { policy: Arc::clone(policy), answers, run });
        }
    }
    found
}

/// Programs ask much the same of a budget; each part of it is added up once.
struct Budget<'a, 'p> {
    mapper: Mapper<'a>,
    book: Book,
    known: BTreeMap<(&'p BudgetMap, Currency), Value>,
}

impl<'p> Budget<'_, 'p> {
    /// What a claim on nothing but the budget gives to an input; the form's default stays the form's.
    fn read(&mut self, input: &'p Input, currency: Currency) -> Option<Value> {
        let map = input.map.as_ref()?;
        let value = match self.known.get(&(map, currency)) {
            Some(known) => known.clone(),
            None => {
                let measured = self.mapper.measure(&mut self.book, map, currency);
                let value = match (measured.node, measured.word) {
                    (Some(node), _) => value_of(self.book.value(node)),
                    (None, Some(word)) => Value::Text(word),
                    (None, None) => Value::Absent,
                };
                self.known.insert((map, currency), value.clone());
                value
            }
        };
        Some(match value {
            Value::Number(number) if input.unit == Unit::Money => {
                Value::Number(half_up(number, minor_digits(currency)))
            }
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binding::Binder;

    /// The shortcut reads what a claim without a word of its own would read.
    #[test]
    fn a_survey_reads_what_a_claim_would() {
        let catalog = Catalog::embedded().unwrap();
        let text = include_str!("../../../examples/nimbus-and-pip.deal.json");
        let deal = recoup_deal::read_deal(text).unwrap();
        let found = survey(&deal, catalog, deal.as_of);
        assert!(found.len() > 80 && found.iter().any(|one| one.run.credit().is_some_and(|c| !c.is_zero())));
        let mapper = Mapper::new(&deal);
        for one in found {
            let claim = recoup_deal::IncentiveClaim { id: one.policy.id.clone(), ..Default::default() };
            let (policy, key) = (one.policy.as_ref(), "alone");
            let purse = crate::companies::Purse::everybody();
            let (book, claim) = (&mut Book::new(), &claim);
            let bound = Binder { mapper: &mapper, book, claim, policy, key, purse: &purse }.bind();
            assert!(one.answers.iter().eq(bound.answers.iter()), "{}", policy.id);
        }
    }
}
