//! The names in a plan, and what of a claim is told in words

use std::sync::Arc;

use recoup_deal::recoupment::Ratio;

use crate::plan::{Op, Plan};

/// What a run takes along of its plan, so that its numbers can be told when the plan is gone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    pub nodes: Vec<Titled>,
    pub entries: Vec<Arc<str>>,
    pub parties: Vec<Arc<str>>,
    pub residual: Option<u32>,
}

/// A tier or member as it is told.
#[derive(Debug, Clone)]
pub(crate) struct Titled {
    pub id: Arc<str>,
    pub clause: Option<Arc<str>>,
    /// Of a claim.
    pub share: Option<Held>,
}

/// Who has a claim besides its payee, and what counts against its limit.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub assigned: Vec<(u32, Ratio)>,
    pub counter: Option<u32>,
}

impl Outline {
    pub(crate) fn of(plan: &Plan) -> Self {
        let counter = |limit: u32| plan.thresholds[limit as usize].counter;
        let titled = plan.nodes.iter().map(|node| Titled {
            id: Arc::clone(&node.id),
            clause: node.clause.clone(),
            share: match &node.op {
                Op::Share(share) => {
                    Some(Held { assigned: share.assigned.clone(), counter: share.limit.map(counter) })
                }
                Op::Together { .. } | Op::Steps { .. } | Op::Enters { .. } => None,
            },
        });
        Outline {
            nodes: titled.collect(),
            entries: plan.entries.iter().map(|entry| Arc::clone(&entry.id)).collect(),
            parties: plan.parties.clone(),
            residual: plan.residual,
        }
    }
}
