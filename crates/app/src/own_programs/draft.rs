//! A copy of a program to start from.

use recoup_incentives::{
    Catalog, Counting, Interaction, Policy, Relation,
    own::{copy_of, written},
};

use super::{ids_in_use, within_reach};
use crate::{
    App, AppError,
    computation::catalog,
    incentives::version_of,
    wire::{CopyProgram, ProgramDraft},
};

/// How a program of one's own is named when nobody has named it.
const PREFIX: &str = "own-";
/// Longest id of the program that is copied which is kept whole in the copy's.
const LONGEST: usize = 40;

/// A version of a program as JSON under an id that nothing bears. It is kept nowhere.
pub async fn copy_program(app: &App, request: CopyProgram) -> Result<ProgramDraft, AppError> {
    let reach = within_reach(app, None).await?;
    let policy = version_of(&reach, &request.program, request.on.as_deref())?;
    let library = catalog()?;
    let used = ids_in_use(app, library).await?;
    let bare = policy.id.strip_prefix(PREFIX).unwrap_or(&policy.id);
    let bare: String = bare.chars().take(LONGEST).collect();
    let numbered = (2..).map(|number| format!("{PREFIX}{bare}-{number}"));
    let program = std::iter::once(format!("{PREFIX}{bare}")).chain(numbered).find(|id| !used.contains(id));
    let program = program.unwrap_or_default();
    Ok(ProgramDraft { text: written(&copy_of(&apart(policy, library), &program)), program })
}

/// A copy of a law is another reading of it, not a second credit: the same spend earns one or the other.
fn apart(policy: &Policy, library: &Catalog) -> Policy {
    let mut copied = policy.clone();
    let is_of_library = !library.versions(&policy.id).is_empty();
    if let (true, Some(source)) = (is_of_library, policy.sources.first()) {
        copied.interactions.push(Interaction {
            relation: Relation::Excludes,
            with: vec![policy.id.clone()],
            line: None,
            input: None,
            per: Counting::Production,
            clause: policy.statute.first().unwrap_or(&policy.legal_name).clone(),
            source: source.id.clone(),
        });
    }
    copied
}
