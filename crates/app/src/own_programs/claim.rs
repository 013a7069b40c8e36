//! A program claimed for a deal, and carried by it where it is one's own.

use recoup_deal::{Deal, DealProgram, IncentiveClaim};
use recoup_incentives::own::{edition_id, json_of};
use recoup_incentives::{Catalog, ProgramOrigin};

use super::within_reach;
use crate::{
    App, AppError, ErrorCode,
    computation::catalog,
    deals,
    wire::{ClaimProgram, DealView},
};

/// Longest id of a claim.
const LONGEST: usize = 56;

/// Claims a program in one edit. An own program comes along with all its dated versions; one that the deal
/// claims already is carried as it is now.
pub async fn claim_program(app: &App, request: ClaimProgram) -> Result<DealView, AppError> {
    let reach = within_reach(app, None).await?;
    let library = catalog()?;
    let path = format!("incentives ({})", request.program);
    deals::change(app, &request.deal, request.revision, &path, |before| {
        claimed(before, &request.program, &reach, library)
    })
    .await
}

fn claimed(before: &Deal, program: &str, reach: &Catalog, library: &Catalog) -> Result<Deal, AppError> {
    let versions = reach.versions(program);
    let newest = versions.last().ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no such program in the library or among your own.")
            .with("program", program)
    })?;
    let program = newest.id.as_str();
    let mut deal = before.clone();
    for policy in versions.iter().filter(|policy| reach.origin(policy) == ProgramOrigin::Own) {
        let carried = DealProgram { id: edition_id(policy), policy: json_of(policy) };
        match deal.programs.iter_mut().find(|known| known.id == carried.id) {
            Some(known) => *known = carried,
            None => deal.programs.push(carried),
        }
    }
    let has = |deal: &Deal| {
        deal.incentives
            .iter()
            .any(|claim| library.resolve(&claim.program).unwrap_or(&claim.program) == program)
    };
    if has(&deal) {
        if deal == *before {
            return Err(AppError::new(ErrorCode::Conflict, "This deal claims the program already.")
                .with("program", program));
        }
        return Ok(deal);
    }
    deal.incentives.push(IncentiveClaim {
        id: claim_id(&deal, program),
        program: program.to_owned(),
        jurisdiction: Some(newest.jurisdiction.clone()),
        ..IncentiveClaim::default()
    });
    // Back through the document, so that every bound of a deal is kept by what came with the program.
    Ok(recoup_deal::read_deal_value(recoup_deal::deal_to_value(&deal)?)?)
}

fn claim_id(deal: &Deal, program: &str) -> String {
    let stem: String = program.chars().take(LONGEST).collect();
    let taken = |id: &str| deal.incentives.iter().any(|claim| claim.id == id);
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(stem)
}
