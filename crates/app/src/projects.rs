//! Projects: the films a person keeps, and the bin.

use std::{collections::BTreeMap, str::FromStr, sync::Arc};

use recoup_deal::{Deal, ProjectProfile, deal_to_value};
use recoup_money::Currency;
use recoup_store::{Destination, Project, ProjectId, ProjectQuery, ProjectSort, StoreError};
use serde_json::{Value, json};

use crate::{
    App, AppError, ErrorCode,
    app::count,
    backups, deals,
    desk::Opened,
    law,
    own_programs::keep_own_programs,
    settings,
    shelf::{Place, Shelf, namesakes, no_name_left},
    wire::{
        BinProject, CopyProject, DealView, ExchangeRate, ExportProject, KeepDeal, KeptFile, ListProjects,
        MarkStep, MoneyDto, OpenProject, ProjectEntry, ProjectList, ProjectOrder, PurgeProject,
        RenameProject, RestoreProject, StartProject,
    },
};

/// A page of the projects that answer the question.
pub async fn list_projects(app: &App, request: ListProjects) -> Result<ProjectList, AppError> {
    let shelf = app.library_shelf().await?;
    let all = ProjectQuery::all_of(shelf.user.id.clone());
    let kept = shelf.store.list_projects(&all).await?.total;
    let binned = shelf.store.list_projects(&ProjectQuery { in_bin: true, ..all }).await?.total;
    let query = ProjectQuery {
        user: shelf.user.id.clone(),
        search: request.search,
        status: request.status,
        currency: request.currency,
        project_type: request.project_type,
        technique: request.technique,
        budget_from: request.budget_from,
        budget_below: request.budget_below,
        unusual_units: unusual_units(),
        jurisdiction: request.jurisdiction,
        in_bin: request.bin,
        sort: match request.sort {
            ProjectOrder::Updated => ProjectSort::Updated,
            ProjectOrder::Name => ProjectSort::Name,
            ProjectOrder::Created => ProjectSort::Created,
            ProjectOrder::Budget => ProjectSort::Budget,
        },
        descending: request.descending,
        page: i64::from(request.page),
    };
    let found = shelf.store.list_projects(&query).await?;
    let mut projects = Vec::with_capacity(found.items.len());
    for project in found.items {
        projects.push(entry(&shelf, project).await?);
    }
    let facets = shelf.store.project_facets(&shelf.user.id).await?;
    Ok(ProjectList {
        projects,
        total: count(found.total),
        page: count(found.page),
        page_size: count(found.page_size),
        kept: count(kept),
        binned: count(binned),
        bin_days: count(recoup_store::BIN_DAYS),
        currencies: facets.currencies,
        jurisdictions: facets.jurisdictions,
    })
}

/// How many minor units make one unit of a currency, where it is not a hundred.
fn unusual_units() -> BTreeMap<String, i64> {
    Currency::all()
        .map(|currency| (currency.code().to_owned(), currency.minor_per_major()))
        .filter(|(_, units)| *units != 100)
        .collect()
}

/// Starts a project with a deal that holds no more than its name, and opens it.
pub async fn start_project(app: &App, request: StartProject) -> Result<DealView, AppError> {
    let name = request.name.trim();
    if name.is_empty() {
        return Err(AppError::new(ErrorCode::InvalidRequest, "A project needs a name.").with("path", "name"));
    }
    let currency = Currency::from_str(&request.currency).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, "This is not a currency code such as EUR.")
            .with("path", "currency")
            .with("given", &request.currency)
            .with("reason", reason)
    })?;
    let rates = settings::rates_for(&app.library_shelf().await?, currency).await?;
    let deal = empty_deal(app, name, currency, &rates)?;
    deals::place_deal(app, Place::Library, &deal, "Started").await
}

/// Keeps a deal that so far lives in memory only: a project of the library from now on, with its history.
pub async fn keep_deal(app: &App, request: KeepDeal) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let opened = app.opened(&request.deal)?;
    if opened.place == Place::Library {
        return deals::shown(&request.deal, &opened);
    }
    let shelf = app.library_shelf().await?;
    let memory = app.shelf(Place::Memory).await?;
    let given = request.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = given.unwrap_or(&opened.state.deal.name).to_owned();
    let kept = law::noted(app, moved(&memory, &shelf, &opened, &name).await?).await?;
    app.desk().put(&request.deal, kept.clone())?;
    keep_own_programs(&memory, &shelf).await?;
    memory.store.bin_project(&opened.project, memory.author()).await?;
    memory.store.purge_project(&opened.project, memory.author()).await?;
    // Its jobs came along; what ran in memory goes on in the library.
    shelf.queue.ring();
    app.note_open().await;
    deals::shown(&request.deal, &kept)
}

/// Opens a project; one that is open already stays as it is.
pub async fn open_project(app: &App, request: OpenProject) -> Result<DealView, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let id = ProjectId::from(request.project);
    let already = app.desk().name_of(Place::Library, &id);
    if let Some(name) = already {
        return deals::shown(&name, &app.opened(&name)?);
    }
    app.desk().expect_room()?;
    let opened = law::noted(app, law::opened(&shelf, id).await?).await?;
    let name = app.desk().place(opened.clone());
    app.note_open().await;
    deals::shown(&name, &opened)
}

/// Gives a project another name and description; the deal keeps its own title.
pub async fn rename_project(app: &App, request: RenameProject) -> Result<ProjectEntry, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let id = ProjectId::from(request.project);
    let name = request.name.trim();
    if name.is_empty() {
        return Err(AppError::new(ErrorCode::InvalidRequest, "A project needs a name.").with("path", "name"));
    }
    let (version, author) = (i64::from(request.version), shelf.author());
    let project = shelf.store.rename_project(&id, version, name, &request.description, author).await?;
    follow(app, &project)?;
    entry(&shelf, project).await
}

/// Remembers how far the setting up of a project got.
pub async fn mark_step(app: &App, request: MarkStep) -> Result<ProjectEntry, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let project = shelf.store.project(&ProjectId::from(request.project)).await?;
    let step = request.step.map(|step| json!(step));
    let key = step_key(&project.id);
    shelf.store.set_setting(Some(&shelf.user.id), &key, step.as_ref(), shelf.author()).await?;
    entry(&shelf, project).await
}

/// Makes a project of its own from the present deal of another.
pub async fn copy_project(app: &App, request: CopyProject) -> Result<ProjectEntry, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let original = shelf.store.project(&ProjectId::from(request.project)).await?;
    let document = shelf.store.open_deal(&original.id).await?.document;
    let (id, _) =
        shelf.start(unnumbered(&original.name), &document, &format!("Copy of {}", original.name)).await?;
    let project = shelf.store.project(&id).await?;
    entry(&shelf, project).await
}

/// Writes the present deal of a project as a deal file where the person finds it.
pub async fn export_project(app: &App, request: ExportProject) -> Result<KeptFile, AppError> {
    let shelf = app.library_shelf().await?;
    let stored = shelf.store.open_deal(&ProjectId::from(request.project)).await?;
    let deal = recoup_deal::read_deal_value(stored.document)?;
    backups::keep_file(app, &format!("{}.deal.json", deal.id), recoup_deal::write_deal(&deal)?.as_bytes())
}

/// Puts a project into the bin, where it stays for thirty days.
pub async fn bin_project(app: &App, request: BinProject) -> Result<ProjectEntry, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let id = ProjectId::from(request.project);
    shelf.store.bin_project(&id, shelf.author()).await?;
    app.desk().clear_project(Place::Library, &id);
    app.note_open().await;
    let project = shelf.store.project(&id).await?;
    entry(&shelf, project).await
}

/// Takes a project out of the bin, under a similar name where its own is in use by now.
pub async fn restore_project(app: &App, request: RestoreProject) -> Result<ProjectEntry, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let id = ProjectId::from(request.project);
    let own = shelf.store.project(&id).await?.name;
    for name in namesakes(&own) {
        match shelf.store.restore_project(&id, Some(&name), shelf.author()).await {
            Ok(project) => return entry(&shelf, project).await,
            Err(StoreError::Constraint { .. }) => {}
            Err(reason) => return Err(reason.into()),
        }
    }
    Err(no_name_left(&own))
}

/// Deletes a project in the bin for good, with its whole history. Answers what it was.
pub async fn purge_project(app: &App, request: PurgeProject) -> Result<ProjectEntry, AppError> {
    let _turn = app.turn().await;
    let shelf = app.library_shelf().await?;
    let project = shelf.store.project(&ProjectId::from(request.project)).await?;
    let gone = entry(&shelf, project.clone()).await?;
    shelf.store.purge_project(&project.id, shelf.author()).await?;
    shelf.store.set_setting(Some(&shelf.user.id), &step_key(&project.id), None, shelf.author()).await?;
    Ok(gone)
}

/// A name without the number that tells it from its namesakes.
fn unnumbered(name: &str) -> &str {
    let plain = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    plain.filter(|(_, number)| number.parse::<u32>().is_ok()).map_or(name, |(plain, _)| plain)
}

/// The deal with its whole history, the undone part included, the names in it and the register of its packs,
/// in the library. Where that fails nothing of it is there, and the deal is where it was.
async fn moved(memory: &Shelf, shelf: &Shelf, opened: &Opened, name: &str) -> Result<Opened, AppError> {
    for free in namesakes(name) {
        let to = Destination { user: &shelf.user.id, name: &free, author: shelf.author() };
        match shelf.store.carry_project(&memory.store, &opened.project, &to).await {
            Ok(project) => {
                let stored = shelf.store.open_deal(&project.id).await?;
                return Opened::new(Place::Library, project.id, stored, Arc::default());
            }
            Err(StoreError::Constraint { name }) if name == "projects_user_name" => {}
            Err(reason) => return Err(reason.into()),
        }
    }
    Err(no_name_left(name))
}

/// Tells an open deal that its project's version has moved on.
fn follow(app: &App, project: &Project) -> Result<(), AppError> {
    let mut desk = app.desk();
    if let Some(name) = desk.name_of(Place::Library, &project.id) {
        let opened = desk.deal(&name)?.clone();
        desk.put(&name, Opened { version: project.version, ..opened })?;
    }
    Ok(())
}

/// A deal that holds no more than its name, on the day of the host's clock, and the exchange rates its
/// producer works with.
fn empty_deal(app: &App, name: &str, currency: Currency, rates: &[ExchangeRate]) -> Result<Deal, AppError> {
    let day = app.today();
    let words: Vec<String> = name
        .to_lowercase()
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let id = if words.is_empty() { "deal".to_owned() } else { words.join("-") };
    let fx: Vec<Value> = rates
        .iter()
        .map(|ExchangeRate { base, quote, rate, date, source }| {
            let id = format!("{base}-{quote}").to_lowercase();
            json!({"id": id, "base": base, "quote": quote, "rate": rate, "date": date, "source": source})
        })
        .collect();
    let document = json!({
        "schema": recoup_deal::SCHEMA, "id": id, "name": name, "currency": currency.to_string(),
        "as_of": day, "fx": fx, "project": ProjectProfile { title: name.to_owned(), ..ProjectProfile::default() },
    });
    let deal = recoup_deal::read_deal_value(document)?;
    // Proves that what was just made can be written.
    deal_to_value(&deal)?;
    Ok(deal)
}

fn step_key(project: &ProjectId) -> String {
    format!("step:{project}")
}

async fn entry(shelf: &Shelf, project: Project) -> Result<ProjectEntry, AppError> {
    let step = shelf.store.setting(Some(&shelf.user.id), &step_key(&project.id)).await?;
    let budget = project
        .budget_minor
        .filter(|_| !project.currency.is_empty())
        .map(|minor| MoneyDto::new(minor, project.currency.clone()))
        .transpose()
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?;
    Ok(ProjectEntry {
        project: project.id.to_string(),
        name: project.name,
        description: project.description,
        title: project.title,
        status: project.status,
        currency: project.currency,
        budget,
        version: count(project.version),
        created_at: project.created_at,
        updated_at: project.updated_at,
        binned_at: project.deleted_at,
        project_type: project.project_type,
        technique: project.technique,
        jurisdictions: project.jurisdictions,
        step: step.as_ref().and_then(Value::as_u64).and_then(|step| u32::try_from(step).ok()),
    })
}
