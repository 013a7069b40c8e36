use std::path::Path;

use recoup_incentives::own::json_of;
use recoup_vault::Cost;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{editions::edition, *};
use crate::{
    Ports,
    assessment::explained_case,
    computation::computed,
    deals, library, projects, samples,
    wire::{DealView, LawOffer, LawReview, QuantityDto},
};

const PROGRAM: &str = "ca-qc-qpstc";
const FROM: &str = "2024-05-31";
const WORDS: &str = "walrus paints seven lanterns";

fn of<T: serde::de::DeserializeOwned>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

fn started(folder: &Path) -> App {
    let mut ports = Ports::at(folder);
    ports.vault = ports.vault.with_cost(Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 });
    App::open(ports)
}

/// The library's text of the version with another rate, as an earlier program may have had it.
fn earlier() -> Policy {
    let mut policy = catalog().unwrap().version(PROGRAM, FROM.parse().unwrap()).unwrap().as_ref().clone();
    let rate = policy.constants.iter_mut().find(|constant| constant.value < Decimal::ONE).unwrap();
    rate.value -= Decimal::new(1, 2);
    policy
}

/// The sample deal, kept, and opened again after its project was computed with the earlier text.
async fn reopened(app: &App) -> String {
    library::create_library(app, of(json!({"full_name": "P", "passphrase": WORDS}))).await.unwrap();
    samples::open_sample_deal(app, of(json!({"sample": "dragons-quest"}))).await.unwrap();
    let kept = projects::keep_deal(app, of(json!({"deal": "d1"}))).await.unwrap();
    let project = kept.project.unwrap();
    let shelf = app.library_shelf().await.unwrap();
    let noted = shelf.store.list_project_editions(&project.clone().into()).await.unwrap();
    assert!(noted.iter().any(|one| one.edition.program == PROGRAM && one.edition.from_day == FROM));
    shelf.store.settle_project_edition(&project.clone().into(), &edition(&earlier()), None).await.unwrap();
    deals::close_deal(app, of(json!({"deal": "d1"}))).await.unwrap();
    projects::open_project(app, of(json!({"project": project}))).await.unwrap().deal
}

async fn review(app: &App, deal: &str) -> LawReview {
    review_law_changes(app, of(json!({"deal": deal}))).await.unwrap()
}

async fn settle(app: &App, deal: &str, decision: &str) -> DealView {
    let revision = app.state(deal).unwrap().0;
    let request =
        json!({"deal": deal, "revision": revision, "program": PROGRAM, "from": FROM, "decision": decision});
    settle_law_change(app, of(request)).await.unwrap()
}

fn minor(figure: &crate::wire::FigureDto) -> i64 {
    let QuantityDto::Money { amount } = &figure.value else { panic!("{figure:?}") };
    amount.minor()
}

async fn net(app: &App, deal: &str) -> i64 {
    let (_, state) = app.state(deal).unwrap();
    let outcome = state.outcome().unwrap();
    outcome.book.value(outcome.incentives.net).as_money().unwrap().minor()
}

/// What the deal leaves with the library's texts.
fn with_library(app: &App, deal: &str) -> i64 {
    let (_, state) = app.state(deal).unwrap();
    let mut document = state.document().clone();
    document.programs.clear();
    let outcome = computed(&document).unwrap();
    outcome.book.value(outcome.incentives.net).as_money().unwrap().minor()
}

fn the_offer(review: LawReview) -> LawOffer {
    assert_eq!(review.offers.len(), 1);
    review.offers.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_deal_is_computed_with_the_text_it_knows_and_the_other_is_offered_with_its_difference() {
    let folder = tempfile::tempdir().unwrap();
    let app = started(folder.path());
    let deal = reopened(&app).await;
    let (known, library) = (net(&app, &deal).await, with_library(&app, &deal));
    assert!(known < library, "a lower rate leaves less: {known} {library}");
    let shown = deals::view_deal(&app, of(json!({"deal": deal}))).await.unwrap();
    assert!(shown.document.get("programs").is_none(), "the document stays as it was");

    let offer = the_offer(review(&app, &deal).await);
    assert_eq!((offer.program.as_str(), offer.from.as_str(), offer.is_carried), (PROGRAM, FROM, false));
    let told: Vec<_> = offer.differences.iter().map(|one| (one.part.as_str(), one.field.as_str())).collect();
    assert_eq!(told, [("number", "value")]);
    assert_eq!((minor(&offer.net), minor(&offer.net_then)), (known, library));
    assert_eq!(minor(offer.more.as_ref().unwrap()), library - known);
    let effect =
        offer.effects.iter().find(|effect| effect.more.as_ref().is_some_and(|more| minor(more) != 0));
    assert!(effect.is_some(), "{:?}", offer.effects);
    // Every figure of the offer explains itself.
    let (_, state) = app.state(&deal).unwrap();
    let of_claims = offer.effects.iter().flat_map(|effect| effect.net_then.iter().chain(&effect.more));
    for figure in [&offer.net_then].into_iter().chain(&offer.more).chain(of_claims) {
        let tree = explained_case(&state.deal, &figure.address).unwrap().unwrap();
        assert_eq!((&tree.value, tree.address.as_deref()), (&figure.value, Some(figure.address.as_str())));
    }
    app.close().await;
}

#[tokio::test]
async fn taking_over_computes_with_the_librarys_text_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let app = started(folder.path());
    let deal = reopened(&app).await;
    let library = with_library(&app, &deal);
    let view = settle(&app, &deal, "take_over").await;
    assert_eq!(net(&app, &deal).await, library);
    assert_eq!(review(&app, &deal).await.offers, []);
    // It stays so when the project is opened again.
    deals::close_deal(&app, of(json!({"deal": deal}))).await.unwrap();
    let project = view.project.unwrap();
    let again = projects::open_project(&app, of(json!({"project": project}))).await.unwrap().deal;
    assert_eq!(net(&app, &again).await, library);
    assert_eq!(review(&app, &again).await.offers, []);
    app.close().await;
}

#[tokio::test]
async fn keeping_is_one_edit_of_the_deal_and_undoing_it_offers_again() {
    let folder = tempfile::tempdir().unwrap();
    let app = started(folder.path());
    let deal = reopened(&app).await;
    let known = net(&app, &deal).await;
    let kept = settle(&app, &deal, "keep").await;
    assert_eq!(net(&app, &deal).await, known);
    assert_eq!(kept.document["programs"][0]["policy"], json_of(&earlier()));
    assert_eq!(review(&app, &deal).await.offers, [], "what was not wanted is not offered again");

    let undone = deals::undo_edit(&app, of(json!({"deal": deal}))).await.unwrap();
    assert!(undone.document.get("programs").is_none());
    assert_eq!(net(&app, &deal).await, known, "until it is taken over, the deal knows its own text");
    assert!(!the_offer(review(&app, &deal).await).is_carried);

    let redone = deals::redo_edit(&app, of(json!({"deal": deal}))).await.unwrap();
    assert_eq!(redone.document, kept.document);
    assert_eq!(review(&app, &deal).await.offers, []);
    app.close().await;
}

#[tokio::test]
async fn a_text_that_the_deal_holds_is_let_go_by_an_edit_that_undoing_takes_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = started(folder.path());
    let deal = reopened(&app).await;
    let (known, library) = (net(&app, &deal).await, with_library(&app, &deal));
    settle(&app, &deal, "keep").await;
    // A third text that nobody has declined: the one noted as declined is another.
    let opened = app.opened(&deal).unwrap();
    let shelf = app.library_shelf().await.unwrap();
    shelf.store.settle_project_edition(&opened.project, &edition(&earlier()), None).await.unwrap();
    deals::close_deal(&app, of(json!({"deal": deal}))).await.unwrap();
    let deal =
        projects::open_project(&app, of(json!({"project": opened.project.to_string()}))).await.unwrap().deal;
    assert!(the_offer(review(&app, &deal).await).is_carried);
    let taken = settle(&app, &deal, "take_over").await;
    assert!(taken.document.get("programs").is_none());
    assert_eq!(net(&app, &deal).await, library);
    deals::undo_edit(&app, of(json!({"deal": deal}))).await.unwrap();
    assert_eq!(net(&app, &deal).await, known);
    assert!(the_offer(review(&app, &deal).await).is_carried);
    app.close().await;
}

#[tokio::test]
async fn a_decision_about_nothing_and_a_stale_one_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = started(folder.path());
    let deal = reopened(&app).await;
    let asked = |program: &str, revision: u32, decision: &str| json!({"deal": deal, "revision": revision, "program": program, "from": FROM, "decision": decision});
    let revision = app.state(&deal).unwrap().0;
    for (request, code) in [
        (asked("ie-s481", revision, "keep"), ErrorCode::NotFound),
        (asked(PROGRAM, revision, "perhaps"), ErrorCode::InvalidRequest),
        (asked(PROGRAM, revision + 7, "keep"), ErrorCode::Conflict),
    ] {
        assert_eq!(settle_law_change(&app, of(request)).await.unwrap_err().code, code.as_str());
    }
    assert_eq!(review(&app, &deal).await.offers.len(), 1);
    app.close().await;
}

#[test]
fn a_comparison_speaks_the_readers_language() {
    let catalog = catalog().unwrap();
    let versions = catalog.versions("ca-qc-qpstc");
    let (before, after) = (&versions[0], versions.last().unwrap());
    let (english, french) =
        (told(before, after, catalog, Language::English), told(before, after, catalog, Language::French));
    assert!(!english.is_empty() && english.len() == french.len());
    let labels =
        |told: &[LawDifference]| -> Vec<_> { told.iter().filter_map(|one| one.label.clone()).collect() };
    assert_ne!(labels(&english), labels(&french));
    let day = english.iter().find(|one| one.field == "from").unwrap();
    let shown = LawStated::Day { date: after.from.to_string() };
    assert_eq!((day.part.as_str(), &day.after.as_ref().unwrap().stated), ("dates", &shown));
}

#[test]
fn a_program_that_another_excludes_is_told_by_name() {
    let catalog = catalog().unwrap();
    let versions = catalog.versions("ca-qc-qpstc");
    let policy = versions.last().unwrap();
    let mut apart = Policy::clone(policy);
    apart.interactions.clear();
    let found = told(&apart, policy, catalog, Language::English);
    assert_eq!(found.len(), policy.interactions.len());
    let LawStated::Terms { terms } = &found[0].after.as_ref().unwrap().stated else { panic!("{found:?}") };
    assert!(terms.iter().all(|name| catalog.resolve(name).is_none()), "{terms:?}");
}
