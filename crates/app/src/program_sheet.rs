//! The parts of a program's sheet that stand beside its lines, in the reader's language.

use std::sync::Arc;

use recoup_deal::Language;
use recoup_incentives::{
    CashStart, Catalog, Confidence, Consequence, Input, InputDefault, Interaction, Labels, Policy, Relation,
    Stream, Unit,
};

use crate::wire::{
    ProgramBearing, ProgramCondition, ProgramInput, ProgramNumber, ProgramPayment, ProgramTax,
};

/// Most numbers of the law that stand in a list.
const HEADLINES: usize = 2;

/// The numbers a program is known by: its first rates, and the first amount of its law.
pub(crate) fn headline(policy: &Policy, language: Language) -> Vec<ProgramNumber> {
    let all = numbers(policy, language);
    let of = |unit: &'static str| all.iter().filter(move |number| number.unit == unit);
    of("rate").take(HEADLINES).chain(of("money").take(1)).cloned().collect()
}

/// Every number of the law with its unit and ground.
pub(crate) fn numbers(policy: &Policy, language: Language) -> Vec<ProgramNumber> {
    let number = |constant: &recoup_incentives::Constant| ProgramNumber {
        id: constant.id.clone(),
        label: say(&constant.label, language),
        value: constant.value.to_string(),
        unit: unit(constant.unit).to_owned(),
        clause: constant.clause.clone(),
        source: address(policy, &constant.source),
        confidence: confidence(constant.confidence).to_owned(),
    };
    policy.constants.iter().map(number).collect()
}

pub(crate) fn input(input: &Input, language: Language) -> ProgramInput {
    ProgramInput {
        name: input.name.clone(),
        label: say(&input.label, language),
        unit: unit(input.unit).to_owned(),
        default: input.default.as_ref().map(|default| match default {
            InputDefault::Flag(flag) => flag.to_string(),
            InputDefault::Text(text) => text.clone(),
            InputDefault::List(items) => items.join(", "),
        }),
        options: input.options.clone(),
        from_budget: input.map.is_some(),
        fed: input.fed,
    }
}

pub(crate) fn conditions(policy: &Policy, language: Language) -> Vec<ProgramCondition> {
    let condition = |condition: &recoup_incentives::Condition| ProgramCondition {
        id: condition.id.clone(),
        label: say(&condition.label, language),
        test: String::from(condition.test.clone()),
        consequence: match condition.consequence {
            Consequence::NoCredit => "no_credit",
            Consequence::Doubt => "doubt",
            Consequence::Note => "note",
        }
        .to_owned(),
        remedy: condition.remedy.as_deref().map(|remedy| say(remedy, language)),
        clause: condition.clause.clone(),
        source: address(policy, &condition.source),
    };
    policy.conditions.iter().map(condition).collect()
}

pub(crate) fn payments(policy: &Policy, language: Language) -> Vec<ProgramPayment> {
    let payment = |payment: &recoup_incentives::CashPayment| ProgramPayment {
        label: say(&payment.label, language),
        line: payment.line.clone(),
        after: match payment.after {
            CashStart::StartOfProduction => "start_of_production",
            CashStart::EndOfProduction => "end_of_production",
            CashStart::Delivery => "delivery",
        }
        .to_owned(),
        lag_months: payment.lag_months,
        times: payment.times,
        every_months: payment.every_months,
        ground: say(&payment.ground, language),
        confidence: confidence(payment.confidence).to_owned(),
    };
    policy.cash.iter().map(payment).collect()
}

pub(crate) fn tax(policy: &Policy, language: Language) -> ProgramTax {
    ProgramTax {
        on: policy.tax.on,
        rate: policy.tax.rate.map(|rate| rate.to_string()),
        already_in_lines: policy.tax.already_in_lines,
        ground: say(&policy.tax.ground, language),
    }
}

/// What this version says of other programs, then what the newest versions of the others say of it.
pub(crate) fn bearings(policy: &Policy, catalog: &Catalog, language: Language) -> Vec<ProgramBearing> {
    let newest = |program: &str| catalog.versions(program).last().map(Arc::as_ref);
    let own = policy.interactions.iter().flat_map(|interaction| {
        interaction.with.iter().map(move |other| (interaction, policy, newest(other), other.as_str(), false))
    });
    let others = catalog.programs().filter(|id| *id != policy.id).filter_map(newest);
    let said = others.flat_map(|other| {
        let about = other.interactions.iter().filter(|one| one.with.contains(&policy.id));
        about.map(move |interaction| (interaction, other, Some(policy), other.id.as_str(), true))
    });
    own.chain(said)
        .map(|(interaction, from, to, program, incoming)| {
            bearing(interaction, from, to, program, incoming, catalog, language)
        })
        .collect()
}

fn bearing(
    interaction: &Interaction,
    from: &Policy,
    to: Option<&Policy>,
    program: &str,
    incoming: bool,
    catalog: &Catalog,
    language: Language,
) -> ProgramBearing {
    let line = interaction.line.as_deref().and_then(|id| from.lines.iter().find(|line| line.id == id));
    let taken = interaction.input.as_deref().zip(to);
    let input = taken.and_then(|(name, to)| to.inputs.iter().find(|input| input.name == name));
    let named = catalog.versions(program).last();
    ProgramBearing {
        relation: relation(interaction.relation).to_owned(),
        incoming,
        program: program.to_owned(),
        name: named.map_or_else(|| program.to_owned(), |other| say(&other.short_name, language)),
        line: line.map(|line| say(&line.label, language)),
        input: input.map(|input| say(&input.label, language)),
        clause: interaction.clause.clone(),
        source: address(from, &interaction.source),
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Excludes => "excludes",
        Relation::ReducesBaseOf => "reduces_base_of",
        Relation::Supplies => "supplies",
        Relation::Requires => "requires",
        Relation::Unusual => "unusual",
    }
}

pub(crate) fn stream(stream: Stream) -> &'static str {
    match stream {
        Stream::Content => "content",
        Stream::Service => "service",
        Stream::Either => "either",
    }
}

pub(crate) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

pub(crate) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "money",
        Unit::Rate => "rate",
        Unit::Number => "number",
        Unit::Flag => "flag",
        Unit::Text => "text",
        Unit::List => "list",
    }
}

fn say(text: &str, language: Language) -> String {
    Labels::embedded().say(text, language).to_owned()
}

fn address(policy: &Policy, id: &str) -> Option<String> {
    policy.source(id).map(|source| source.address.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_programs_say_of_each_other_stands_on_both_sheets() {
        let catalog = Catalog::embedded().unwrap();
        let newest = |id: &str| catalog.versions(id).last().unwrap();
        let said = bearings(newest("ca-qc-qpstc"), catalog, Language::English);
        let grind = |from: &[ProgramBearing], incoming: bool, other: &str| {
            from.iter().any(|one| {
                one.relation == "reduces_base_of" && one.incoming == incoming && one.program == other
            })
        };
        assert!(grind(&said, false, "ca-federal-pstc"));
        assert!(said.iter().all(|one| one.name != one.program));
        let back = bearings(newest("ca-federal-pstc"), catalog, Language::English);
        assert!(grind(&back, true, "ca-qc-qpstc"));
    }

    #[test]
    fn a_program_is_known_by_its_rates_and_its_first_amount() {
        let catalog = Catalog::embedded().unwrap();
        let policy = catalog.versions("ca-qc-qpstc").last().unwrap();
        let units: Vec<_> =
            headline(policy, Language::English).into_iter().map(|number| number.unit).collect();
        assert_eq!(units, ["rate", "rate", "money"]);
    }
}
