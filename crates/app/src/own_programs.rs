//! A person's own programs: kept with every version they had, tried, carried by deals, shared as files.

use std::collections::BTreeSet;

use recoup_deal::Language;
use recoup_incentives::{
    Catalog, Fault, OwnProgram, Policy, ProgramOrigin,
    own::{edition_id, id_taken, read_own_value, written},
    read_own,
};
use recoup_store::{CustomPolicy, CustomPolicyId, StoreError};
use serde_json::Value;

use crate::{
    App, AppError, ErrorCode,
    app::count,
    backups,
    computation::catalog,
    incentives::entry_of,
    shelf::{Place, Shelf},
    wire::{
        DeleteOwnProgram, ExportOwnProgram, ImportOwnProgram, KeptFile, ListOwnPrograms, OwnProgramEntry,
        OwnProgramVersion, OwnProgramView, OwnPrograms, ProgramFault, ReadOwnProgram, RestoreOwnProgram,
        SaveOwnProgram,
    },
};

mod claim;
mod draft;
mod reach;
mod trial;

pub use claim::claim_program;
pub use draft::copy_program;
pub(crate) use reach::within_reach;
pub use trial::{CheckedFile, check_program_file, try_program, try_program_file};

/// Most programs of one person: more are a mistake of a script.
const MOST_OWN: usize = 500;

/// The person's own programs, those that are in memory only among them.
pub async fn list_own_programs(app: &App, _request: ListOwnPrograms) -> Result<OwnPrograms, AppError> {
    let mut programs = Vec::new();
    for (place, stored) in all(app).await? {
        programs.push(entry(place, &stored)?);
    }
    programs.sort_by_key(|program| (program.name.to_lowercase(), program.own.clone()));
    Ok(OwnPrograms { programs })
}

/// Keeps a program, as a new one or as a new version. One with faults is refused with all of them.
pub async fn save_own_program(app: &App, request: SaveOwnProgram) -> Result<OwnProgramView, AppError> {
    let _turn = app.turn().await;
    let program = sound(&request.text)?;
    let stored = match (&request.own, request.version) {
        (None, _) => added(app, &program).await?,
        (Some(own), Some(version)) => changed(app, own, i64::from(version), &program).await?,
        (Some(_), None) => {
            return Err(AppError::new(
                ErrorCode::InvalidRequest,
                "A change names the version it was made on.",
            )
            .with("path", "version"));
        }
    };
    viewed(app, stored, None).await
}

/// An own program in its present version or an earlier one.
pub async fn read_own_program(app: &App, request: ReadOwnProgram) -> Result<OwnProgramView, AppError> {
    let version = request.version.map(|version| {
        version.parse::<u32>().map_err(|_| {
            AppError::new(ErrorCode::InvalidRequest, "A version is a number.").with("given", version)
        })
    });
    let found = found(app, &request.own).await?;
    viewed(app, found, version.transpose()?).await
}

/// Makes an earlier version the present one again. Nothing is lost: it becomes a new version.
pub async fn restore_own_program(app: &App, request: RestoreOwnProgram) -> Result<OwnProgramView, AppError> {
    let _turn = app.turn().await;
    let (place, present) = found(app, &request.own).await?;
    let shelf = app.shelf(place).await?;
    let earlier = shelf.store.custom_policy_version(&present.id, i64::from(request.version)).await?;
    // What an earlier program kept may be what this one refuses.
    let program = checked(read_own_value(&earlier))?;
    let stored = renewed(&shelf, &present, present.version, &program).await?;
    viewed(app, (place, stored), None).await
}

/// Deletes an own program with its versions; deals that claim it keep their copies. Answers what it was.
pub async fn delete_own_program(app: &App, request: DeleteOwnProgram) -> Result<OwnProgramEntry, AppError> {
    let _turn = app.turn().await;
    let (place, stored) = found(app, &request.own).await?;
    let shelf = app.shelf(place).await?;
    shelf.store.delete_custom_policy(&stored.id, shelf.author()).await?;
    entry(place, &stored)
}

/// Keeps the program of a file as a new one.
pub async fn import_own_program(app: &App, request: ImportOwnProgram) -> Result<OwnProgramView, AppError> {
    save_own_program(app, SaveOwnProgram { own: None, version: None, text: request.text }).await
}

/// Writes an own program as a file where the person finds it.
pub async fn export_own_program(app: &App, request: ExportOwnProgram) -> Result<KeptFile, AppError> {
    let (_, stored) = found(app, &request.own).await?;
    let name = format!("{}.program.json", stored.name.replace(':', "-"));
    backups::keep_file(app, &name, written(&stored.policy).as_bytes())
}

/// The text of an own program as its file holds it, for a host that writes it to a named place.
pub async fn own_program_text(app: &App, own: &str) -> Result<String, AppError> {
    Ok(written(&found(app, own).await?.1.policy))
}

/// Takes the programs that were made in memory into the library that has just been opened for a deal beside them.
pub(crate) async fn keep_own_programs(memory: &Shelf, library: &Shelf) -> Result<(), AppError> {
    let (from, to) = (&memory.user.id, &library.user.id);
    let carried = library.store.carry_custom_policies(&memory.store, from, to, library.author()).await?;
    for id in carried {
        memory.store.delete_custom_policy(&id, memory.author()).await?;
    }
    Ok(())
}

/// The places where own programs may lie: the library while it is open, and memory.
async fn places(app: &App) -> Vec<Place> {
    match app.place_for_new().await {
        Place::Library => vec![Place::Library, Place::Memory],
        Place::Memory => vec![Place::Memory],
    }
}

pub(crate) async fn all(app: &App) -> Result<Vec<(Place, CustomPolicy)>, AppError> {
    let mut all = Vec::new();
    for place in places(app).await {
        let shelf = app.shelf(place).await?;
        let stored = shelf.store.list_custom_policies(&shelf.user.id).await?;
        all.extend(stored.into_iter().map(|policy| (place, policy)));
    }
    Ok(all)
}

async fn found(app: &App, own: &str) -> Result<(Place, CustomPolicy), AppError> {
    let id = CustomPolicyId::from(own.to_owned());
    for place in places(app).await {
        match app.shelf(place).await?.store.custom_policy(&id).await {
            Ok(stored) => return Ok((place, stored)),
            Err(StoreError::NotFound { .. }) => {}
            Err(reason) => return Err(reason.into()),
        }
    }
    Err(AppError::new(ErrorCode::NotFound, "There is no such program of your own.").with("own", own))
}

/// A program without faults, under an id that is not the library's.
fn sound(text: &str) -> Result<OwnProgram, AppError> {
    let program = checked(read_own(text))?;
    let taken = id_taken(&program.policy, catalog()?);
    if taken.is_empty() { Ok(program) } else { Err(faulty(&taken)) }
}

fn checked(read: Result<OwnProgram, Vec<Fault>>) -> Result<OwnProgram, AppError> {
    read.map_err(|faults| faulty(&faults))
}

/// The refusal of a program: the first fault with its field, and all of them as lines.
pub(crate) fn faulty(faults: &[Fault]) -> AppError {
    let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let first = faults.first();
    let said = first.map_or_else(|| "the program does not read".to_owned(), ToString::to_string);
    let mut error = AppError::new(ErrorCode::InvalidProgram, format!("The program cannot be used: {said}."));
    if let Some(first) = first {
        error = error.with("path", &first.path).with("fault", first);
        error = first.given.iter().fold(error, |error, given| error.with("given", given));
        error = first.limit.iter().fold(error, |error, limit| error.with("limit", limit));
    }
    error.with("count", faults.len()).with("faults", all.join("\n"))
}

async fn added(app: &App, program: &OwnProgram) -> Result<(Place, CustomPolicy), AppError> {
    let place = app.place_for_new().await;
    let shelf = app.shelf(place).await?;
    let known = shelf.store.list_custom_policies(&shelf.user.id).await?;
    if known.len() >= MOST_OWN {
        let error =
            AppError::new(ErrorCode::Conflict, "There are too many programs of your own. Delete one.");
        return Err(error.with("limit", MOST_OWN));
    }
    let name = edition_id(&program.policy);
    let taken = known.iter().find(|other| other.name == name).cloned();
    if let Some(other) = taken {
        return Err(in_use(&program.policy, &other));
    }
    let made = shelf.store.create_custom_policy(&shelf.user.id, &name, &program.json, shelf.author());
    Ok((place, made.await?))
}

fn in_use(policy: &Policy, other: &CustomPolicy) -> AppError {
    AppError::new(
        ErrorCode::NameTaken,
        format!(
            "You have a program {} from {} already. Change that one, or give this one another id or first day.",
            policy.id, policy.from
        ),
    )
    .with("own", &other.id)
    .with("version", other.version)
}

async fn changed(
    app: &App,
    own: &str,
    version: i64,
    program: &OwnProgram,
) -> Result<(Place, CustomPolicy), AppError> {
    let (place, present) = found(app, own).await?;
    let shelf = app.shelf(place).await?;
    Ok((place, renewed(&shelf, &present, version, program).await?))
}

/// A new version. Saving what already stands there is none.
async fn renewed(
    shelf: &Shelf,
    present: &CustomPolicy,
    version: i64,
    program: &OwnProgram,
) -> Result<CustomPolicy, AppError> {
    let before = present.policy.get("id").and_then(Value::as_str);
    if before.is_some_and(|before| before != program.policy.id) {
        return Err(AppError::new(
            ErrorCode::InvalidProgram,
            "A program keeps its id, because deals claim it under it. Copy it to have another.",
        )
        .with("path", "id")
        .with("given", &program.policy.id)
        .with("limit", before.unwrap_or_default()));
    }
    if present.policy == program.json && present.version == version {
        return Ok(present.clone());
    }
    let name = edition_id(&program.policy);
    let of_user = shelf.store.list_custom_policies(&shelf.user.id).await?;
    if let Some(other) = of_user.iter().find(|other| other.name == name && other.id != present.id) {
        return Err(in_use(&program.policy, other));
    }
    let made = shelf.store.update_custom_policy(&present.id, version, &name, &program.json, shelf.author());
    Ok(made.await?)
}

/// A program as it crosses the wire, in its present version or an earlier one.
async fn viewed(
    app: &App,
    (place, stored): (Place, CustomPolicy),
    version: Option<u32>,
) -> Result<OwnProgramView, AppError> {
    let shelf = app.shelf(place).await?;
    let shown = version.unwrap_or_else(|| count(stored.version));
    let json = match version {
        Some(version) => shelf.store.custom_policy_version(&stored.id, i64::from(version)).await?,
        None => stored.policy.clone(),
    };
    let versions = shelf.store.list_custom_policy_versions(&stored.id).await?;
    let (faults, advice) = said(&json)?;
    Ok(OwnProgramView {
        own: entry(place, &stored)?,
        shown,
        text: written(&json),
        faults,
        advice,
        versions: versions
            .into_iter()
            .map(|version| OwnProgramVersion {
                version: count(version.version),
                name: version.name,
                author: version.author,
                at: version.created_at,
            })
            .collect(),
    })
}

fn said(json: &Value) -> Result<(Vec<ProgramFault>, Vec<ProgramFault>), AppError> {
    Ok(match read_own_value(json) {
        Ok(program) => {
            let taken = id_taken(&program.policy, catalog()?);
            (shown_faults(&taken), shown_faults(&program.advice))
        }
        Err(faults) => (shown_faults(&faults), Vec::new()),
    })
}

pub(crate) fn shown_faults(faults: &[Fault]) -> Vec<ProgramFault> {
    let shown = |fault: &Fault| ProgramFault {
        path: fault.path.clone(),
        message: fault.message.clone(),
        given: fault.given.clone(),
        limit: fault.limit.clone(),
    };
    faults.iter().map(shown).collect()
}

fn entry(place: Place, stored: &CustomPolicy) -> Result<OwnProgramEntry, AppError> {
    let read = read_own_value(&stored.policy).ok().map(|program| program.policy);
    let name = read.as_ref().map(|policy| policy.short_name.clone());
    let origin = ProgramOrigin::Own;
    Ok(OwnProgramEntry {
        own: stored.id.to_string(),
        version: count(stored.version),
        entry: read.map(|policy| entry_of(&policy, origin, Language::English)),
        name: name.unwrap_or_else(|| stored.name.clone()),
        kept: place == Place::Library,
        created_at: stored.created_at.clone(),
        updated_at: stored.updated_at.clone(),
    })
}

/// Ids that a new program must not have: the library's, and those of the person's own.
pub(crate) async fn ids_in_use(app: &App, library: &Catalog) -> Result<BTreeSet<String>, AppError> {
    let mut ids: BTreeSet<String> = library.programs().map(str::to_owned).collect();
    for (_, stored) in all(app).await? {
        ids.extend(stored.policy.get("id").and_then(Value::as_str).map(str::to_owned));
    }
    Ok(ids)
}
