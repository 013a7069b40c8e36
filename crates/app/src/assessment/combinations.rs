//! The programs a deal claims together, and what every other combination of them would leave.

use std::collections::BTreeSet;

use recoup_deal::{Deal, Election, Language, findings::said};
use recoup_explain::{Book, NodeId, Quantity};
use recoup_incentives::{
    ClaimAssessment, Combination, Labels, Policy, StackError, Standing, assess_these, order,
};
use recoup_model::Outcome;
use recoup_money::Money;

use super::supposed::{more_with_programs, with_programs};
use super::{cases::NET, figure, term};
use crate::{
    App, AppError,
    computation::catalog,
    figures::quantity,
    findings::spoken,
    wire::{
        CombinedProgram, FigureDto, ProgramsBearing, WeighCombinations, WeighedCombination,
        WeighedCombinations,
    },
};

/// The figure of what is left as a share of the budget.
const RATE: &str = "incentives.net_rate";

/// Of each kind no more than somebody reads.
const MOST: usize = 8;

/// What is claimed, and what other combinations would leave.
pub async fn weigh_combinations(
    app: &App,
    request: WeighCombinations,
) -> Result<WeighedCombinations, AppError> {
    let language = spoken(request.language.as_deref())?;
    let (revision, state) = app.state(&request.deal)?;
    weighed(&state.deal, state.outcome()?, revision, language)
}

fn weighed(
    deal: &Deal,
    outcome: &Outcome,
    revision: u32,
    language: Language,
) -> Result<WeighedCombinations, AppError> {
    let weighing = Weighing { deal, outcome, language };
    let assessment = &outcome.incentives;
    let mut rejected = Vec::new();
    for barred in [false, true] {
        let of_kind = assessment.rejected.iter().filter(|one| is_barred(one) == barred);
        for combination in of_kind.take(MOST) {
            rejected.push(weighing.rejected(combination)?);
        }
    }
    Ok(WeighedCombinations {
        revision,
        chosen: weighing.chosen()?,
        rejected,
        circle: weighing.circle(),
        bearings: weighing.bearings(),
    })
}

/// Whether the law does not let the programs stand together.
fn is_barred(combination: &Combination) -> bool {
    verdict(combination) == "barred"
}

fn verdict(combination: &Combination) -> &'static str {
    let has = |code: &str| combination.reasons.iter().any(|reason| reason.code == code);
    if has("exclude_each_other") || has("stands_only_beside") {
        "barred"
    } else if has("leaves_out_claimed") {
        "left_out"
    } else if has("unusual_beside") {
        "unusual"
    } else {
        "worth_less"
    }
}

struct Weighing<'a> {
    deal: &'a Deal,
    outcome: &'a Outcome,
    language: Language,
}

impl Weighing<'_> {
    fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.outcome.incentives.claims.iter().filter_map(|claim| claim.policy.as_deref())
    }

    fn program(&self, program: &str, net: Option<FigureDto>) -> CombinedProgram {
        let name = self.policies().find(|policy| policy.id == program).map(|policy| &policy.short_name);
        let name = Labels::embedded().say(name.map_or(program, String::as_str), self.language);
        CombinedProgram {
            program: program.to_owned(),
            name: name.to_owned(),
            claim: self.claim(program).unwrap_or_default(),
            net,
        }
    }

    /// The claim by which the deal would have the program: the one that may count, else the first.
    fn claim(&self, program: &str) -> Option<String> {
        let of_program = || self.outcome.incentives.claims.iter().filter(|one| one.program == program);
        let may_count = |one: &&ClaimAssessment| {
            let typed = self.deal.incentives.iter().find(|typed| typed.id == one.claim);
            matches!(
                typed.and_then(|typed| typed.election).unwrap_or_default(),
                Election::Best | Election::Claim
            )
        };
        of_program().find(may_count).or_else(|| of_program().next()).map(|one| one.claim.clone())
    }

    fn chosen(&self) -> Result<WeighedCombination, AppError> {
        let (book, assessment) = (&self.outcome.book, &self.outcome.incentives);
        let counted = |program: &String| {
            let claims = assessment.claims.iter();
            claims.filter(|one| one.standing == Standing::Claimed).find(|one| one.program == *program)
        };
        let claims: Vec<&ClaimAssessment> = assessment.chosen.iter().filter_map(counted).collect();
        let programs = claims.iter().map(|claim| {
            let net = claim.net.map(|net| figure(book, net)).transpose()?;
            Ok(CombinedProgram { claim: claim.claim.clone(), ..self.program(&claim.program, net) })
        });
        Ok(WeighedCombination {
            programs: programs.collect::<Result<_, AppError>>()?,
            net: figure(book, assessment.net)?,
            rate: figure(book, assessment.net_of_budget)?,
            difference: None,
            paid_by: paid_by(claims),
            verdict: "chosen".to_owned(),
            reasons: Vec::new(),
        })
    }

    /// A combination as a deal of its own would have it.
    fn rejected(&self, combination: &Combination) -> Result<WeighedCombination, AppError> {
        let ids = &combination.programs;
        let mut book = Book::new();
        let programs: BTreeSet<String> = ids.iter().cloned().collect();
        let claims = assess_these(self.deal, catalog()?, &programs, &mut book);
        let figured = |address: &str, node: Option<NodeId>| -> Result<FigureDto, AppError> {
            let absent = Quantity::Absent(recoup_explain::Absence::missing(address));
            let value = node.map_or(&absent, |node| book.value(node));
            Ok(FigureDto { address: with_programs(ids, address), value: quantity(value)? })
        };
        let named = |address: &str| figured(address, book.find(address));
        let combined = claims.iter().map(|claim| {
            let net = figured(&format!("incentives.{}.net", claim.program), claim.net)?;
            Ok(self.program(&claim.program, Some(net)))
        });
        let net = book.find(NET).and_then(|node| book.value(node).as_money());
        Ok(WeighedCombination {
            programs: combined.collect::<Result<_, AppError>>()?,
            net: named(NET)?,
            rate: named(RATE)?,
            difference: self.difference(ids, net)?,
            paid_by: paid_by(claims.iter()),
            verdict: verdict(combination).to_owned(),
            reasons: combination
                .reasons
                .iter()
                .filter(|reason| reason.code != "worth_less")
                .map(|reason| said(reason, self.language))
                .collect(),
        })
    }

    fn difference(&self, ids: &[String], net: Option<Money>) -> Result<Option<FigureDto>, AppError> {
        let now = self.outcome.book.value(self.outcome.incentives.net).as_money();
        let Some(more) = net.zip(now).and_then(|(net, now)| net.checked_sub(now).ok()) else {
            return Ok(None);
        };
        let value = quantity(&Quantity::Money(more))?;
        Ok(Some(FigureDto { address: more_with_programs(ids, NET), value }))
    }

    /// Programs that each wait for the other.
    fn circle(&self) -> Vec<CombinedProgram> {
        let policies: Vec<&Policy> = self.policies().collect();
        match order(&policies) {
            Err(StackError::Cycle { path }) => path.iter().map(|id| self.program(id, None)).collect(),
            Ok(_) | Err(StackError::Answer(_)) => Vec::new(),
        }
    }

    fn bearings(&self) -> Vec<ProgramsBearing> {
        let ids: BTreeSet<&str> = self.policies().map(|policy| policy.id.as_str()).collect();
        let mut found: Vec<ProgramsBearing> = Vec::new();
        for policy in self.policies() {
            for interaction in &policy.interactions {
                for other in interaction.with.iter().filter(|other| ids.contains(other.as_str())) {
                    let bearing = ProgramsBearing {
                        from: policy.id.clone(),
                        to: other.clone(),
                        relation: term(interaction.relation),
                        clause: interaction.clause.clone(),
                    };
                    if !found.contains(&bearing) {
                        found.push(bearing);
                    }
                }
            }
        }
        found
    }
}

/// The day by which all of it is paid.
fn paid_by<'c>(claims: impl IntoIterator<Item = &'c ClaimAssessment>) -> Option<String> {
    let days = claims.into_iter().flat_map(|claim| &claim.cash).filter_map(|event| event.date);
    days.max().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::read_deal;

    use super::*;
    use crate::{assessment::explained_case, computation::computed, wire::QuantityDto};

    fn weighed_of(text: &str) -> (Deal, WeighedCombinations) {
        let deal = read_deal(text).unwrap();
        let outcome = computed(&deal).unwrap();
        let found = weighed(&deal, &outcome, 1, Language::English).unwrap();
        (deal, found)
    }

    fn minor(figure: &FigureDto) -> i64 {
        match &figure.value {
            QuantityDto::Money { amount } => amount.minor(),
            other => panic!("{other:?}"),
        }
    }

    /// The two British credits bar each other: the weaker one is told with what it would leave and why it is not
    /// claimed, and so is the sum of both, which the law does not allow.
    #[test]
    fn every_rejected_combination_says_what_it_would_leave_and_why_not() {
        let (deal, found) = weighed_of(include_str!("../../../../examples/tin-orchard.deal.json"));
        assert!(found.circle.is_empty());
        assert!(found.rejected.iter().any(|one| one.verdict == "worth_less"));
        let barred = found.rejected.iter().find(|one| one.verdict == "barred").unwrap();
        assert!(!barred.reasons.is_empty());
        assert!(found.bearings.iter().any(|one| one.relation == "excludes"));
        let now = minor(&found.chosen.net);
        let parts: i64 = found.chosen.programs.iter().filter_map(|one| one.net.as_ref()).map(minor).sum();
        assert_eq!(parts, now);
        for one in &found.rejected {
            let difference = one.difference.as_ref().unwrap();
            assert_eq!(minor(difference), minor(&one.net) - now);
            let own = one.programs.iter().filter_map(|program| program.net.as_ref());
            assert_eq!(own.clone().map(minor).sum::<i64>(), minor(&one.net));
            for figure in own.chain([&one.net, &one.rate, difference]) {
                let tree = explained_case(&deal, &figure.address).unwrap().unwrap();
                assert_eq!(tree.value, figure.value, "{}", figure.address);
            }
            if one.verdict == "worth_less" {
                assert!(minor(difference) <= 0, "{difference:?}");
            }
        }
    }
}
