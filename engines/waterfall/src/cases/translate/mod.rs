//! From the case format to a plan and what happens to it

mod condition;
mod read;
mod tier;
mod timeline;

use std::collections::BTreeSet;

use recoup_deal::recoupment::{ExpenseType, FilmCost, PlanContract, PlanSource, Ratio, RecoupmentPlan};
use recoup_money::{Currency, Money};
use serde_json::Value;

use self::read::{Object, Read, array, date, items, object, only, owned, ratio, texts};
use crate::{
    exact::{Exact, UNIT, saturate},
    inputs::{Happening, RunInputs},
};

/// A case as a plan, and what happens to it in the order given.
pub(super) struct Case {
    pub plan: RecoupmentPlan,
    pub inputs: RunInputs,
    /// Minor units in one unit of the case.
    pub scale: i128,
    order: Vec<Place>,
}

/// Where in the inputs the next thing that happens stands.
#[derive(Clone, Copy)]
enum Place {
    Receipt(usize),
    Expense(usize),
    Drawing(usize),
    Event(usize),
    Amendment(usize),
}

impl Case {
    pub(super) fn timeline(&self) -> Vec<Happening<'_>> {
        let inputs = &self.inputs;
        self.order
            .iter()
            .map(|place| match *place {
                Place::Receipt(index) => Happening::Receive(index, &inputs.receipts[index]),
                Place::Expense(index) => Happening::Expense(index, &inputs.expenses[index]),
                Place::Drawing(index) => Happening::Draw(index, &inputs.drawings[index]),
                Place::Event(index) => Happening::Event(index, &inputs.events[index]),
                Place::Amendment(index) => Happening::Amend(index, &inputs.amendments[index]),
            })
            .collect()
    }
}

/// An amount of the case in trillionths of a minor unit.
pub(super) fn exact(amount: Ratio, scale: i128) -> Option<Exact> {
    i128::from(amount.numerator())
        .checked_mul(scale)?
        .checked_mul(UNIT)
        .map(|top| top / i128::from(amount.denominator()))
}

pub(super) fn translate(case: &Value) -> Read<Case> {
    let schema = case.get("schema").and_then(Value::as_str).unwrap_or("none");
    if schema != "waterfall-case/1" {
        return Err(format!("the format is `{schema}`, not `waterfall-case/1`"));
    }
    let structure = object(case.get("structure"), "structure")?;
    let timeline = array(case.get("timeline"), "timeline")?;
    let mut reader = Reader { scale: 100 };
    reader.scale = reader.common_scale(structure, timeline)?;
    let mut out = Case {
        plan: reader.plan(structure)?,
        inputs: RunInputs::new(Currency::XTS),
        scale: reader.scale,
        order: Vec::new(),
    };
    for happening in timeline {
        reader.happening(object(Some(happening), "timeline")?, &mut out)?;
    }
    Ok(out)
}

struct Reader {
    scale: i128,
}

/// Names under which an investment is counted: its contract, its party, and both.
fn of_party(party: &str) -> String {
    format!("party {party}")
}

fn of_party_under(party: &str, contract: &str) -> String {
    format!("party {party} under {contract}")
}

impl Reader {
    /// The smallest scale at which every amount is a whole number of minor units.
    fn common_scale(&self, structure: &Object, timeline: &[Value]) -> Read<i128> {
        fn collect(value: &Value, into: &mut BTreeSet<i64>) {
            const AMOUNTS: [&str; 6] = ["amount", "target", "cap", "value", "cost", "already_covered"];
            match value {
                Value::Object(fields) => {
                    for (key, value) in fields {
                        let amount = value.as_str().filter(|_| AMOUNTS.contains(&key.as_str()));
                        match amount.and_then(|text| text.parse::<Ratio>().ok()) {
                            Some(amount) => {
                                into.insert(amount.denominator());
                            }
                            None => collect(value, into),
                        }
                    }
                }
                Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        let mut denominators = BTreeSet::new();
        structure.values().chain(timeline).for_each(|value| collect(value, &mut denominators));
        let mut scale = self.scale;
        for denominator in denominators.into_iter().map(i128::from) {
            let (mut a, mut b) = (scale, denominator);
            while b != 0 {
                (a, b) = (b, a % b);
            }
            scale = scale / a * denominator;
            if scale > 1_000_000_000 {
                return Err("the amounts have too many different denominators".to_owned());
            }
        }
        Ok(scale)
    }

    fn amount(&self, from: &Object, key: &str) -> Read<Money> {
        let value = ratio(from, key)?;
        let minor = i128::from(value.numerator()) * self.scale / i128::from(value.denominator());
        Ok(Money::new(saturate(minor), Currency::XTS))
    }

    fn plan(&self, structure: &Object) -> Read<RecoupmentPlan> {
        only(
            structure,
            "structure",
            &["parties", "sources", "nodes", "expense_types", "contracts", "film_costs"],
        )?;
        let mut plan = RecoupmentPlan { parties: texts(structure, "parties")?, ..RecoupmentPlan::default() };
        for item in items(structure, "sources")? {
            let from = object(Some(item), "sources")?;
            only(from, "a source", &["id", "enters", "territories", "media"])?;
            plan.sources.push(PlanSource {
                id: owned(from, "id")?,
                enters: owned(from, "enters")?,
                receives: Vec::new(),
                receives_others: false,
                contract: None,
                territories: texts(from, "territories")?,
                media: texts(from, "media")?,
            });
        }
        for item in items(structure, "nodes")? {
            plan.tiers.push(self.tier(object(Some(item), "nodes")?)?);
        }
        for item in items(structure, "expense_types")? {
            let from = object(Some(item), "expense_types")?;
            only(from, "an expense type", &["id", "cap"])?;
            let cap = Some(self.amount(from, "cap")?).filter(|cap| !cap.is_zero());
            let id = owned(from, "id")?;
            plan.expense_types.push(ExpenseType { id, cap, cap_of_receipts: None, declared: Vec::new() });
        }
        for item in items(structure, "contracts")? {
            let from = object(Some(item), "contracts")?;
            only(from, "a contract", &["id", "value", "from", "to"])?;
            let value = from.get("value").map(|_| self.amount(from, "value")).transpose()?;
            let (id, from, to) = (owned(from, "id")?, date(from, "from")?, date(from, "to")?);
            plan.contracts.push(PlanContract { id, value, from, to });
        }
        for item in items(structure, "film_costs")? {
            let from = object(Some(item), "film_costs")?;
            only(from, "a film cost", &["id", "cost", "already_covered", "pool"])?;
            plan.film_costs.push(FilmCost {
                id: owned(from, "id")?,
                cost: self.amount(from, "cost")?,
                already_covered: self.amount(from, "already_covered")?,
                pool: owned(from, "pool")?,
            });
        }
        Ok(plan)
    }
}
