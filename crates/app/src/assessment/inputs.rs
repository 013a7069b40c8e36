//! What the form of a claim was given: each input with its value, its cells and the place to type over it.

use recoup_explain::Book;
use recoup_incentives::{ClaimAssessment, MappedFrom, MappedInput, Value};

use super::{figure, term};
use crate::{AppError, wire::ClaimInputDto};

/// The inputs of a claim in the form's order.
pub(super) fn inputs(book: &Book, claim: &ClaimAssessment) -> Result<Vec<ClaimInputDto>, AppError> {
    claim.inputs.iter().map(|input| one(book, claim, input)).collect()
}

fn one(book: &Book, claim: &ClaimAssessment, input: &MappedInput) -> Result<ClaimInputDto, AppError> {
    let asked = claim
        .policy
        .as_deref()
        .and_then(|policy| policy.inputs.iter().find(|asked| asked.name == input.name));
    let is_typed = matches!(input.from, MappedFrom::Override | MappedFrom::Answer);
    let has_value = !input.value.is_absent();
    let node = input.node.filter(|node| has_value && book.address(*node).is_some());
    Ok(ClaimInputDto {
        name: input.name.clone(),
        label: input.label.clone(),
        unit: term(input.unit),
        from: term(input.from),
        figure: node.map(|node| figure(book, node)).transpose()?,
        word: match &input.value {
            Value::Text(word) => Some(word.clone()),
            _ => None,
        },
        options: asked.map(|asked| asked.options.clone()).unwrap_or_default(),
        path: input.override_path.clone(),
        typed_at: input.paths.first().filter(|_| is_typed).cloned(),
        cells: if is_typed { Vec::new() } else { input.paths.clone() },
    })
}
