//! What an assessment says of a deal's claims.

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::{Finding, IncentiveClaim, Phrase};
use recoup_explain::NodeId;
use rust_decimal::Decimal;

use crate::binding::MappedInput;
use crate::claim::{CashEvent, SharedForm};
use crate::monetise::ClaimWays;
use crate::own::ProgramOrigin;
use crate::policy::{Policy, Relation};
use crate::run::{ConditionResult, TraceLine};
use crate::stack::Combination;
use crate::steps::{Breakdown, LineKind};
use crate::yields::Yield;

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In the stack; it counts.
    Claimed,
    /// Shown for comparison at the producer's wish.
    Compared,
    /// Another legal combination is worth more.
    Rejected,
    /// Not claimed at the producer's wish.
    Excluded,
    /// The program or its version is not in the library.
    Unavailable,
}

/// A line of a claim's form, with its figure.
#[derive(Clone, Debug)]
pub struct AssessedLine {
    /// The line with value, clause and source.
    pub trace: TraceLine,
    /// Its address in the book.
    pub address: String,
    /// Its figure, where it is a number or an answer.
    pub node: Option<NodeId>,
    /// What it is to the credit.
    pub kind: LineKind,
}

/// What another program of the stack handed to an input of this one.
#[derive(Clone, Debug)]
pub struct HandedOver {
    /// The program that gives.
    pub program: String,
    /// How the two touch.
    pub relation: Relation,
    /// The line that is handed over.
    pub line: String,
    /// Its figure.
    pub node: NodeId,
    /// The input that receives it.
    pub input: String,
    /// Where in the law it stands.
    pub clause: String,
}

/// One claim, assessed.
#[derive(Clone, Debug)]
pub struct ClaimAssessment {
    /// Id of the claim.
    pub claim: String,
    /// Program id.
    pub program: String,
    /// Part of the address: the program for claims that count, the claim for the others.
    pub key: String,
    /// What became of it.
    pub standing: Standing,
    /// Why, where it does not count.
    pub reason: Option<Phrase>,
    /// The version used.
    pub policy: Option<Arc<Policy>>,
    /// The day that chose the version.
    pub version_on: Date,
    /// What the form saw.
    pub inputs: Vec<MappedInput>,
    /// The form's lines.
    pub lines: Vec<AssessedLine>,
    /// The credit in steps.
    pub steps: Breakdown,
    /// What other programs of its stack handed over.
    pub handed: Vec<HandedOver>,
    /// Its conditions.
    pub conditions: Vec<ConditionResult>,
    /// The credit in the program's currency.
    pub credit: Option<NodeId>,
    /// The credit passed on, in the deal's currency.
    pub credit_in_deal: Option<NodeId>,
    /// Fees of program and claim, in the deal's currency.
    pub fees: Option<NodeId>,
    /// Tax on what is received, in the deal's currency.
    pub tax: Option<NodeId>,
    /// What is received, before fees and tax, in the deal's currency.
    pub received: Option<NodeId>,
    /// What is left, in the deal's currency.
    pub net: Option<NodeId>,
    /// What it is worth against the spend there and against the whole budget.
    pub worth: Option<Yield>,
    /// When it comes; adds up to `net`.
    pub cash: Vec<CashEvent>,
    /// For a claim that does not count: net of the whole stack with it in place of what it excludes.
    pub stack_net: Option<NodeId>,
    /// The form that several companies share, where they do.
    pub(crate) shared: Option<SharedForm>,
    /// Whether the form compares or shares something with those of other companies on the same program, so that
    /// what this claim alone gives to it does not decide.
    pub joint: bool,
    /// Probability that it is paid.
    pub probability: Option<Decimal>,
    /// Whether the facts are too weak to rely on.
    pub unverified: bool,
    /// Where the text it is computed with comes from.
    pub origin: ProgramOrigin,
}

/// All claims of a deal.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// In the deal's order.
    pub claims: Vec<ClaimAssessment>,
    /// `incentives.credits`: credits that count, in the deal's currency.
    pub credits: NodeId,
    /// `incentives.net`: what is left of them.
    pub net: NodeId,
    /// `incentives.budget_rate`: credits that count as a share of all budget lines.
    pub of_budget: NodeId,
    /// `incentives.net_rate`: what is left of them as the same share.
    pub net_of_budget: NodeId,
    /// Programs that count, in order of computation.
    pub chosen: Vec<String>,
    /// Combinations that were looked at and not chosen, each with the reason.
    pub rejected: Vec<Combination>,
    /// The ways in which the credits that count may become cash; none until they are compared.
    pub ways: Vec<ClaimWays>,
    /// What is missing, doubtful or worth knowing.
    pub findings: Vec<Finding>,
}

impl ClaimAssessment {
    /// Part of the addresses of the form's lines and conditions: that of all companies where they share it.
    #[must_use]
    pub fn form_key(&self) -> &str {
        self.shared.as_ref().map_or(self.key.as_str(), |shared| shared.key.as_str())
    }

    /// The claim with its credit in steps, and each line named for what it is in them.
    pub(super) fn with_steps(mut self, steps: Breakdown) -> Self {
        for line in &mut self.lines {
            let known = steps.kinds.iter().find(|(id, _)| *id == line.trace.id);
            line.kind = known.map_or(LineKind::Other, |(_, kind)| *kind);
        }
        self.steps = steps;
        self
    }

    /// A claim of which nothing is computed yet.
    pub(super) fn empty(
        claim: &IncentiveClaim,
        day: Date,
        standing: Standing,
        reason: Option<Phrase>,
    ) -> Self {
        Self {
            claim: claim.id.clone(),
            program: claim.program.clone(),
            key: claim.id.clone(),
            standing,
            reason,
            policy: None,
            version_on: day,
            inputs: Vec::new(),
            lines: Vec::new(),
            steps: Breakdown::default(),
            handed: Vec::new(),
            conditions: Vec::new(),
            credit: None,
            credit_in_deal: None,
            fees: None,
            tax: None,
            received: None,
            net: None,
            worth: None,
            cash: Vec::new(),
            stack_net: None,
            shared: None,
            joint: false,
            probability: claim.probability,
            unverified: false,
            origin: ProgramOrigin::Library,
        }
    }
}
