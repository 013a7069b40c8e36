//! Several companies in one film: whose spend a claim sees, and what the law counts for the production.

use recoup_deal::{BudgetLine, Deal, Election, IncentiveClaim, SpendShare};
use recoup_explain::{Book, NodeId, Operation};
use recoup_money::Rounding;

use crate::assess::Candidate;
use crate::binding::{Bound, MappedFrom, MappedInput, value_of};
use crate::policy::{Counting, Input, Measure, Policy, Unit as Measured};
use crate::record::Recorded;

/// The companies whose spend is measured.
#[derive(Clone, Debug, Default)]
pub(crate) struct Purse<'a> {
    /// The companies; none means everybody's spend.
    own: Vec<&'a str>,
    /// All that claim the same program, in the deal's order, where there are others.
    all: Vec<&'a str>,
    /// Whether a measure without a place is one of the whole production, not of the company.
    worldwide: bool,
}

impl<'a> Purse<'a> {
    /// Everybody's spend.
    pub(crate) fn everybody() -> Self {
        Self::default()
    }

    /// What `own` spend among `all` that claim the same; a measure without a place is the production's.
    pub(crate) fn of(own: Vec<&'a str>, all: Vec<&'a str>, worldwide: bool) -> Self {
        Self { own, all, worldwide }
    }

    /// Whose spend a measure without a place sees.
    pub(crate) fn without_place(&self) -> Self {
        if self.worldwide { Self::everybody() } else { self.clone() }
    }

    /// Whether a part of a line is spent by one of the companies.
    pub(crate) fn sees(&self, deal: &Deal, line: &BudgetLine, part: &SpendShare) -> bool {
        self.own.is_empty()
            || match line.spender(part) {
                Some(company) => self.own.contains(&company),
                None => self.usual(deal, &part.jurisdiction),
            }
    }

    /// Whether a line without a place is spent by one of the companies.
    pub(crate) fn sees_unplaced(&self, deal: &Deal, line: &BudgetLine) -> bool {
        self.own.is_empty()
            || match line.company.as_deref() {
                Some(company) => self.own.contains(&company),
                None => self.usual(deal, ""),
            }
    }

    /// Whether the companies see the whole of a line.
    pub(crate) fn sees_all(&self, deal: &Deal, line: &BudgetLine) -> bool {
        match line.spend.as_slice() {
            [] => self.sees_unplaced(deal, line),
            parts => parts.iter().all(|part| self.sees(deal, line, part)),
        }
    }

    /// Whether several companies claim and the budget does not say which of them spends a part.
    pub(crate) fn is_open(&self, line: &BudgetLine, part: &SpendShare) -> bool {
        self.all.len() > 1 && line.spender(part).is_none()
    }

    /// Whether a co-producer's side of a treaty is one of the companies'.
    pub(crate) fn holds(&self, company: Option<&String>) -> bool {
        company.is_some_and(|company| self.own.contains(&company.as_str()))
    }

    fn usual(&self, deal: &Deal, place: &str) -> bool {
        self.all.len() < 2
            || deal.usual_spender(place, &self.all).is_some_and(|usual| self.own.contains(&usual))
    }
}

/// Claims that are computed as one: a single claim, or those of several companies on a program whose amounts
/// count per production.
pub(crate) struct Unit<'c, 'a> {
    pub(crate) policy: &'c Policy,
    /// The claims, in the deal's order.
    pub(crate) claims: Vec<&'c Candidate<'a>>,
    /// What a combination calls the unit.
    pub(crate) name: String,
    /// What each claim is called among those of the stack.
    pub(crate) names: Vec<String>,
}

impl Unit<'_, '_> {
    /// Whether several companies share one form.
    pub(crate) fn is_shared(&self) -> bool {
        self.claims.len() > 1
    }

    /// The claimant for whom the unit stands; none where there are several or nobody is named.
    pub(crate) fn claimant(&self) -> Option<String> {
        self.claims.first().filter(|_| !self.is_shared()).and_then(|first| first.claim.claimant.clone())
    }
}

/// The units of a stack. The first claim of a program goes by the program, further ones also by who claims.
pub(crate) fn units<'c, 'a>(stack: &[&'c Candidate<'a>]) -> Vec<Unit<'c, 'a>> {
    let mut found: Vec<Unit<'c, 'a>> = Vec::new();
    for candidate in stack.iter().copied() {
        let policy: &'c Policy = &candidate.policy;
        let is_further = found.iter().any(|unit| unit.policy.id == policy.id);
        let who = candidate.claim.claimant.as_ref().unwrap_or(&candidate.claim.id);
        let name = if is_further { format!("{}@{who}", policy.id) } else { policy.id.clone() };
        let shares = |unit: &&mut Unit<'_, '_>| {
            policy.per == Counting::Production
                && unit.policy.id == policy.id
                && unit.policy.from == policy.from
        };
        match found.iter_mut().find(shares) {
            Some(unit) => {
                unit.claims.push(candidate);
                unit.names.push(name);
            }
            None => {
                let (claims, names) = (vec![candidate], vec![name.clone()]);
                found.push(Unit { policy, claims, name, names });
            }
        }
    }
    found
}

/// Whether a claim counts beside the others: of several claims by one company on one program the first stands,
/// and a claim by nobody in particular stands only alone.
pub(crate) fn stands(candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> bool {
    !all.iter().any(|other| {
        let (own, others) = (&candidate.claim.claimant, &other.claim.claimant);
        other.index < candidate.index
            && other.policy.id == candidate.policy.id
            && matches!(other.election, Election::Claim | Election::Best)
            && (own == others || own.is_none() || others.is_none())
    })
}

/// Whose spend one claim of a stack sees.
pub(crate) fn purse_of<'a>(candidate: &Candidate<'a>, stack: &[&Candidate<'a>]) -> Purse<'a> {
    let claim: &'a IncentiveClaim = candidate.claim;
    let Some(own) = claim.claimant.as_deref() else { return Purse::everybody() };
    let same = stack.iter().filter(|other| other.policy.id == candidate.policy.id);
    let mut all: Vec<&'a str> = Vec::new();
    for claimant in same.filter_map(|other| other.claim.claimant.as_deref()) {
        if !all.contains(&claimant) {
            all.push(claimant);
        }
    }
    Purse::of(vec![own], all, candidate.policy.per == Counting::Production)
}

/// What all companies that claim a program spend together.
pub(crate) fn purse_of_all<'a>(claims: &[&Candidate<'a>]) -> Purse<'a> {
    let first = claims.first().map(|first| purse_of(first, claims)).unwrap_or_default();
    Purse { own: first.all.clone(), ..first }
}

/// What several companies together give to one form. `whole` binds inputs as one company that spends what all
/// of them do; where one of them typed over its own part, the parts are added.
pub(crate) fn joint(
    book: &mut Book,
    policy: &Policy,
    key: &str,
    each: &[&Bound],
    whole: impl FnOnce(&mut Book, &dyn Fn(&Input) -> bool) -> Bound,
) -> Bound {
    let from = |bound: &Bound, name: &str| bound.mapped(name).map(|mapped| mapped.from);
    let typed_over = |input: &Input| {
        adds_up(policy, input)
            && each.iter().any(|bound| from(bound, &input.name) == Some(MappedFrom::Override))
    };
    let said = |bound: &Bound, input: &Input| {
        !matches!(from(bound, &input.name), None | Some(MappedFrom::Default | MappedFrom::Missing))
    };
    // What only another than the first of them says is as that one says it.
    let by_another = |input: &Input| match each {
        [first, others @ ..] if !said(first, input) => others.iter().copied().find(|one| said(one, input)),
        _ => None,
    };
    let mut joint = whole(book, &|input| !typed_over(input) && by_another(input).is_none());
    for input in &policy.inputs {
        let summed = typed_over(input);
        let source = if summed { each.first().copied() } else { by_another(input) };
        let Some(source) = source else { continue };
        let (Some(mapped), Some(recorded)) = (source.mapped(&input.name), source.recorded.get(&input.name))
        else {
            continue;
        };
        let (mut mapped, mut recorded) = (mapped.clone(), recorded.clone());
        if summed {
            mapped.from = MappedFrom::Override;
            recorded = sum(book, policy, input, key, &nodes_of(each, input), &mut mapped);
        }
        joint.answers.set(&input.name, mapped.value.clone());
        joint.recorded.insert(input.name.clone(), recorded);
        joint.inputs.push(mapped);
    }
    joint
}

fn nodes_of(each: &[&Bound], input: &Input) -> Vec<NodeId> {
    let recorded = each.iter().filter_map(|bound| bound.recorded.get(&input.name));
    recorded
        .filter_map(|recorded| if let Recorded::Node(node) = recorded { Some(*node) } else { None })
        .collect()
}

/// Whether what each company gives is a part of what the production gives.
fn adds_up(policy: &Policy, input: &Input) -> bool {
    let Some(map) = &input.map else { return false };
    let is_spend = matches!(
        map.measure,
        Measure::Cost
            | Measure::Labour
            | Measure::InHouseLabour
            | Measure::ContractPrice
            | Measure::ContractLabour
            | Measure::NonLabour
    );
    // A measure without a place is the whole production's already, unless the law looks at each company's cost.
    is_spend && (!map.within.is_empty() || policy.per == Counting::Claimant)
}

fn sum(
    book: &mut Book,
    policy: &Policy,
    input: &Input,
    key: &str,
    nodes: &[NodeId],
    mapped: &mut MappedInput,
) -> Recorded {
    let address = format!("incentives.{key}.input.{}", input.name);
    let node = if input.unit == Measured::Money {
        let added = book.compute(Operation::Sum, nodes);
        let amount = Operation::ToMoney { currency: policy.currency, rounding: Rounding::HalfUp };
        let named = book.figure(address, amount, &[added]);
        mapped.node = Some(named);
        book.compute(Operation::ToNumber, &[named])
    } else {
        let named = book.figure(address, Operation::Sum, nodes);
        mapped.node = Some(named);
        named
    };
    mapped.value = value_of(book.value(node));
    Recorded::Node(node)
}

/// Whether a law that counts each claimant for itself compares some number with the whole production.
pub(crate) fn looks_at_production(policy: &Policy) -> bool {
    policy.constants.iter().any(|constant| constant.per == Some(Counting::Production))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod worked;
