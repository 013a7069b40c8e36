//! What a form is given while somebody writes it: values as they are typed, and what a deal's budget answers.

use std::collections::BTreeMap;
use std::str::FromStr;

use recoup_deal::{Deal, IncentiveClaim};
use recoup_explain::Book;
use rust_decimal::Decimal;

use super::Fault;
use crate::answers::Answers;
use crate::binding::{Binder, MappedFrom, MappedInput};
use crate::companies::Purse;
use crate::expression::Value;
use crate::mapping::Mapper;
use crate::policy::{Policy, Unit};

/// Most values that are typed, and most items of a list.
const MOST: usize = 1_000;

/// Values as they are typed, read as the inputs of those names ask for them: a number, a word, `true` or
/// `false`, amounts separated by semicolons. A value of nothing but spaces is not given.
///
/// # Errors
/// The first value that is of another kind.
pub fn typed(policy: &Policy, inputs: &BTreeMap<String, String>) -> Result<Answers, Fault> {
    let mut answers = Answers::new();
    if inputs.len() > MOST {
        return Err(Fault::new("inputs", "too many values are given").given(inputs.len()).limit(MOST));
    }
    for (name, text) in inputs {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let of_form = policy.inputs.iter().chain(policy.short_forms.iter().flat_map(|form| &form.inputs));
        let input = of_form.into_iter().find(|input| input.name == *name || input.aliases.contains(name));
        let unit = input.map_or(Unit::Number, |input| input.unit);
        let value = read(unit, text).ok_or_else(|| {
            let wanted = match unit {
                Unit::Money | Unit::Rate | Unit::Number => "a number such as 1250000.50",
                Unit::Flag => "true or false",
                Unit::Text => "a word",
                Unit::List => "numbers separated by semicolons",
            };
            Fault::new(format!("inputs.{name}"), "the value is of another kind").given(text).limit(wanted)
        })?;
        answers.set(name, value);
    }
    Ok(answers)
}

fn read(unit: Unit, text: &str) -> Option<Value> {
    match unit {
        Unit::Money | Unit::Rate | Unit::Number => Decimal::from_str(text).ok().map(Value::Number),
        Unit::Flag => text.parse().ok().map(Value::Flag),
        Unit::Text => (text.len() <= 200).then(|| Value::Text(text.to_owned())),
        Unit::List => {
            let items: Option<Vec<Decimal>> =
                text.split(';').take(MOST).map(|item| Decimal::from_str(item.trim()).ok()).collect();
            items.map(Value::List)
        }
    }
}

/// What a deal answers of a form's questions: its claim's answers and its budget. Where it does not claim the
/// program, what it would answer if it did.
#[must_use]
pub fn asked_of(deal: &Deal, policy: &Policy) -> Vec<MappedInput> {
    let claimed = deal.incentives.iter().find(|claim| claim.program == policy.id);
    let supposed =
        IncentiveClaim { id: "trial".to_owned(), program: policy.id.clone(), ..IncentiveClaim::default() };
    let claim = claimed.unwrap_or(&supposed);
    let mapper = Mapper::new(deal);
    let (book, key, purse) = (&mut Book::new(), supposed.id.as_str(), Purse::everybody());
    let bound = Binder { mapper: &mapper, book, claim, policy, key, purse: &purse }.bind();
    let answered = |input: &MappedInput| {
        matches!(input.from, MappedFrom::Override | MappedFrom::Answer | MappedFrom::Budget)
    };
    bound.inputs.into_iter().filter(answered).filter(|input| !input.value.is_absent()).collect()
}
