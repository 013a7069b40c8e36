//! What every program of the library would give for a deal's budget, each on its own.

use std::sync::Arc;

use recoup_calendar::Date;
use recoup_deal::{Deal, IncentiveClaim};
use recoup_explain::Book;

use crate::answers::Answers;
use crate::binding::Binder;
use crate::catalog::Catalog;
use crate::mapping::Mapper;
use crate::policy::Policy;
use crate::run::{ProgramRun, run};

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

/// Runs every program that can be computed and applies on a day. Values of the wrong kind leave a program out.
#[must_use]
pub fn survey(deal: &Deal, catalog: &Catalog, day: Date) -> Vec<Surveyed> {
    let mapper = Mapper::new(deal);
    let mut book = Book::new();
    let mut found = Vec::new();
    for program in catalog.programs() {
        let Ok(policy) = catalog.on(program, day) else { continue };
        if !policy.computable {
            continue;
        }
        let claim = IncentiveClaim {
            id: program.to_owned(),
            program: program.to_owned(),
            ..IncentiveClaim::default()
        };
        let bound = Binder { mapper: &mapper, book: &mut book, claim: &claim, policy, key: program }.bind();
        let answers = bound.answers;
        if let Ok(run) = run(policy, &answers, &Answers::new()) {
            found.push(Surveyed { policy: Arc::clone(policy), answers, run });
        }
    }
    found
}
