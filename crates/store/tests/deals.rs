//! Deals and their history, projects and their list, and what hangs on them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

mod support;

use std::sync::{Arc, Mutex};

use recoup_store::{
    Destination, Evaluation, NewPack, NewProject, NewScenario, Options, ProjectId, ProjectQuery, ProjectSort,
    Revision, RevisionKind, RevisionQuery, ScenarioOrigin, Store, StoreError, StructureDraft,
};
use serde_json::json;
use support::{deal, project, try_project, user};

#[tokio::test]
async fn every_state_of_a_long_history_comes_back_exactly() {
    let store = Store::in_memory().await.unwrap();
    let project = project(&store, &user(&store).await, "The Comet").await;
    let mut version = project.version;
    for step in 1..=65 {
        let saved =
            store.save_deal(&project.id, version, &deal("The Comet", step), "P", "edit").await.unwrap();
        assert_eq!(saved.revision.seq, step + 1);
        version = saved.version;
    }
    let mut seen = 0;
    for page in 1..=2 {
        for revision in
            store.list_revisions(&project.id, &RevisionQuery::page(page)).await.unwrap().revisions.items
        {
            let document = store.revision_document(&revision.id).await.unwrap();
            assert_eq!(document, deal("The Comet", revision.seq - 1));
            seen += 1;
        }
    }
    assert_eq!(seen, 66);
    let found = store.integrity_check().await.unwrap();
    assert_eq!((found.revisions, found.problems), (66, vec![]));
}

#[tokio::test]
async fn undo_and_redo_walk_the_line_and_a_new_edit_branches_off() {
    let store = Store::in_memory().await.unwrap();
    let id = project(&store, &user(&store).await, "The Comet").await.id;
    let mut version = 1;
    for step in 1..=3 {
        version = store.save_deal(&id, version, &deal("The Comet", step), "P", "edit").await.unwrap().version;
    }
    let back = store.undo(&id, version, "P").await.unwrap().unwrap();
    let back = store.undo(&id, back.version, "P").await.unwrap().unwrap();
    assert_eq!(back.document, deal("The Comet", 1));
    assert!(back.can_undo && back.redo.is_some());
    let again = store.redo(&id, back.version, "P").await.unwrap().unwrap();
    assert_eq!(again.document, deal("The Comet", 2));

    let branch = store.save_deal(&id, again.version, &deal("The Comet", 9), "P", "other").await.unwrap();
    assert_eq!((branch.revision.seq, branch.revision.parent_seq), (5, Some(3)));
    assert_eq!(store.redo(&id, branch.version, "P").await.unwrap(), None);
    let back = store.undo(&id, branch.version, "P").await.unwrap().unwrap();
    let ahead = store.redo(&id, back.version, "P").await.unwrap().unwrap();
    assert_eq!(ahead.document, deal("The Comet", 9), "redo follows the latest branch");

    let page = store.list_revisions(&id, &RevisionQuery::page(1)).await.unwrap().revisions;
    let abandoned = page.items.iter().find(|revision| revision.seq == 4).unwrap();
    let restored = store.restore_revision(&id, ahead.version, &abandoned.id, "P", "again").await.unwrap();
    assert_eq!(restored.revision.kind, RevisionKind::Restored);
    assert_eq!(store.open_deal(&id).await.unwrap().document, deal("The Comet", 3));
    let found = store.compare_revisions(&abandoned.id, &branch.revision.id).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path, "budget.lines[line-0].amount");
    assert_eq!(found[0].after, Some(json!("USD 1009.00")));
    assert_eq!(store.integrity_check().await.unwrap().problems, Vec::<String>::new());
}

#[tokio::test]
async fn a_part_of_a_history_is_found_by_its_names_and_around_a_revision() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    let project = project(&store, &user, "The Comet").await;
    let mut version = project.version;
    let mut ids = Vec::new();
    for step in 1..=119 {
        let saved =
            store.save_deal(&project.id, version, &deal("The Comet", step), "P", "edit").await.unwrap();
        version = saved.version;
        ids.push(saved.revision.id);
    }
    // Revisions 2 and 102.
    for (at, name) in [(0, "Berlin"), (100, "Cannes")] {
        store.name_version(&ids[at], name, "P").await.unwrap();
    }
    let named = RevisionQuery { named_only: true, ..RevisionQuery::page(1) };
    let found = store.list_revisions(&project.id, &named).await.unwrap();
    assert_eq!((found.all, found.revisions.total), (120, 2));
    let seqs = |found: &recoup_store::History| -> Vec<i64> {
        found.revisions.items.iter().map(|revision| revision.seq).collect()
    };
    assert_eq!(seqs(&found), [102, 2]);
    // The newest stands alone on the first page's top; 71 is the first of fifty on the last but one.
    for (seq, page) in [(120, 1), (71, 1), (70, 2), (21, 2), (20, 3), (2, 3)] {
        let around = store.revision_at(&project.id, seq).await.unwrap().id;
        let query = RevisionQuery { around: Some(around), ..RevisionQuery::page(1) };
        let found = store.list_revisions(&project.id, &query).await.unwrap();
        assert_eq!(found.revisions.page, page, "revision {seq}");
        assert!(seqs(&found).contains(&seq), "revision {seq}");
    }
    let other = support::project(&store, &user, "Another").await;
    let foreign = store.revision_at(&other.id, 1).await.unwrap().id;
    let query = RevisionQuery { around: Some(foreign), ..RevisionQuery::page(1) };
    let refused = store.list_revisions(&project.id, &query).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotFound { entity: "revision", .. }));
}

/// Every revision as it reads, with its document.
async fn whole(store: &Store, project: &ProjectId) -> Vec<serde_json::Value> {
    let found = store.list_revisions(project, &RevisionQuery::page(1)).await.unwrap();
    assert_eq!(found.all, found.revisions.total);
    let mut read = Vec::new();
    for revision in found.revisions.items {
        let document = store.revision_document(&revision.id).await.unwrap();
        read.push(json!({"revision": Revision { author: String::new(), ..revision }, "document": document}));
    }
    read
}

#[tokio::test]
async fn a_carried_project_brings_its_branches_its_names_and_its_packs_or_nothing() {
    let (memory, library) = (Store::in_memory().await.unwrap(), Store::in_memory().await.unwrap());
    let id = project(&memory, &user(&memory).await, "The Comet").await.id;
    let mut version = 1;
    for step in 1..=30 {
        version =
            memory.save_deal(&id, version, &deal("The Comet", step), "-", "edit").await.unwrap().version;
    }
    for _ in 0..4 {
        version = memory.undo(&id, version, "-").await.unwrap().unwrap().version;
    }
    version = memory.save_deal(&id, version, &deal("The Comet", 99), "-", "branch").await.unwrap().version;
    let back = memory.undo(&id, version, "-").await.unwrap().unwrap();
    let undone = memory.revision_at(&id, 31).await.unwrap().id;
    memory.name_version(&undone, "Berlin", "-").await.unwrap();
    let pack = NewPack {
        revision: &undone,
        reader: "equity",
        format: "pdf",
        file_name: "comet.pdf",
        size_bytes: 9,
        sha256: &"ab".repeat(32),
        author: "-",
    };
    memory.register_pack(&pack).await.unwrap();

    let owner = user(&library).await;
    let taken = project(&library, &owner, "Taken").await;
    let to = |name| Destination { user: &owner.id, name, author: "Producer" };
    let refused = library.carry_project(&memory, &id, &to("Taken")).await.unwrap_err();
    assert_eq!(refused, StoreError::Constraint { name: "projects_user_name".into() });
    let absent = library.list_revisions(&id, &RevisionQuery::page(1)).await.unwrap_err();
    assert!(matches!(absent, StoreError::NotFound { entity: "project", .. }));

    let carried = library.carry_project(&memory, &id, &to("Kept")).await.unwrap();
    assert_eq!((carried.name.as_str(), carried.version), ("Kept", back.version));
    let kept = library.open_deal(&id).await.unwrap();
    assert_eq!((&kept.document, kept.redo.as_deref()), (&back.document, Some("branch")));
    assert_eq!(whole(&memory, &id).await, whole(&library, &id).await);
    let packs = library.list_packs(&id).await.unwrap();
    assert_eq!(
        (packs[0].seq, packs[0].file_name.as_str(), packs[0].author.as_str()),
        (31, "comet.pdf", "Producer")
    );
    let ahead = library.redo(&id, kept.version, "P").await.unwrap().unwrap();
    assert_eq!(ahead.document, deal("The Comet", 99));
    assert_eq!(library.integrity_check().await.unwrap().problems, Vec::<String>::new());
    assert_eq!(library.project(&taken.id).await.unwrap(), taken);
}

#[tokio::test]
async fn the_first_state_cannot_be_undone_and_an_unchanged_deal_makes_no_revision() {
    let store = Store::in_memory().await.unwrap();
    let id = project(&store, &user(&store).await, "The Comet").await.id;
    assert_eq!(store.undo(&id, 1, "P").await.unwrap(), None);
    let same = store.save_deal(&id, 1, &deal("The Comet", 0), "P", "nothing").await.unwrap();
    assert_eq!((same.version, same.revision.seq), (1, 1));
}

#[tokio::test]
async fn a_save_on_an_old_version_is_a_conflict_and_changes_nothing() {
    let store = Store::in_memory().await.unwrap();
    let id = project(&store, &user(&store).await, "The Comet").await.id;
    store.save_deal(&id, 1, &deal("The Comet", 1), "P", "mine").await.unwrap();
    let late = store.save_deal(&id, 1, &deal("The Comet", 2), "Q", "theirs").await;
    assert_eq!(late.unwrap_err(), StoreError::Conflict { expected: 1, found: 2 });
    assert_eq!(store.open_deal(&id).await.unwrap().document, deal("The Comet", 1));
    let missing = store.save_deal(&"nobody".into(), 1, &deal("x", 0), "P", "").await.unwrap_err();
    assert!(matches!(missing, StoreError::NotFound { entity: "project", .. }));
}

#[tokio::test]
async fn the_list_is_narrowed_by_form_technique_budget_and_place() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    let film = |name: &str, form: &str, technique: &str, currency: &str, amount: &str, places: &[&str]| {
        let spend: Vec<_> = places.iter().map(|at| json!({"id": at, "jurisdiction": at})).collect();
        let mut document = deal(name, 0);
        document["currency"] = json!(currency);
        document["project"]["project_type"] = json!(form);
        document["project"]["technique"] = json!(technique);
        document["budget"] = json!({"lines": [{"id": "a", "account": "animation", "label": "A",
            "amount": format!("{currency} {amount}"), "spend": spend}]});
        document
    };
    let mut claimed = film("Claimed", "short", "hand_drawn", "USD", "99999.99", &[]);
    claimed["incentives"] = json!([{"id": "c", "program": "p", "jurisdiction": "CA-BC"}]);
    let documents = [
        film("Series", "series", "cgi", "CAD", "14300000.00", &["CA-BC", "FR"]),
        film("Feature", "feature", "stop_motion", "EUR", "3900000.00", &["FR", "BE"]),
        film("Anime", "feature", "hand_drawn", "JPY", "900000000", &["JP"]),
        claimed,
    ];
    for document in &documents {
        let name = document["name"].as_str().unwrap();
        let new = NewProject { user: &user.id, name, description: "", document, author: "P", summary: "" };
        store.create_project(&new).await.unwrap();
    }
    let found = async |narrow: &dyn Fn(&mut ProjectQuery)| {
        let mut query = ProjectQuery::all_of(user.id.clone());
        (query.sort, query.descending) = (ProjectSort::Name, false);
        query.unusual_units.insert("JPY".to_owned(), 1);
        narrow(&mut query);
        let page = store.list_projects(&query).await.unwrap();
        assert_eq!(page.total as usize, page.items.len());
        page.items.into_iter().map(|project| project.name).collect::<Vec<_>>()
    };
    assert_eq!(found(&|_| ()).await, ["Anime", "Claimed", "Feature", "Series"]);
    assert_eq!(found(&|q| q.project_type = Some("feature".into())).await, ["Anime", "Feature"]);
    assert_eq!(found(&|q| q.technique = Some("hand_drawn".into())).await, ["Anime", "Claimed"]);
    assert_eq!(found(&|q| q.budget_from = Some(14_300_000)).await, ["Anime", "Series"]);
    assert_eq!(found(&|q| q.budget_below = Some(14_300_000)).await, ["Claimed", "Feature"]);
    assert_eq!(found(&|q| q.budget_below = Some(100_000)).await, ["Claimed"]);
    assert_eq!(found(&|q| q.jurisdiction = Some("FR".into())).await, ["Feature", "Series"]);
    assert_eq!(found(&|q| q.jurisdiction = Some("CA".into())).await, ["Claimed", "Series"]);
    assert_eq!(found(&|q| q.jurisdiction = Some("C".into())).await, Vec::<String>::new());
    let query = ProjectQuery { search: "series".into(), ..ProjectQuery::all_of(user.id.clone()) };
    let series = store.list_projects(&query).await.unwrap().items.remove(0);
    assert_eq!(series.project_type.as_deref(), Some("series"));
    assert_eq!(series.technique.as_deref(), Some("cgi"));
    assert_eq!(series.jurisdictions, ["CA-BC", "FR"]);
    let facets = store.project_facets(&user.id).await.unwrap();
    assert_eq!(facets.currencies, ["CAD", "EUR", "JPY", "USD"]);
    assert_eq!(facets.jurisdictions, ["BE", "CA-BC", "FR", "JP"]);
}

#[tokio::test]
async fn the_list_searches_filters_sorts_and_pages() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    for n in 0..23 {
        project(&store, &user, &format!("Film {n:02}")).await;
    }
    project(&store, &user, "Ärger im Wald").await;
    let mut query = ProjectQuery::all_of(user.id.clone());
    let first = store.list_projects(&query).await.unwrap();
    assert_eq!((first.items.len(), first.total, first.page_size), (20, 24, 20));
    query.page = 2;
    assert_eq!(store.list_projects(&query).await.unwrap().items.len(), 4);
    query.page = 1;
    query.search = "ÄRGER".into();
    assert_eq!(store.list_projects(&query).await.unwrap().total, 1);
    query.search = "100%".into();
    assert_eq!(store.list_projects(&query).await.unwrap().total, 0);
    query.search = String::new();
    query.status = Some("greenlit".into());
    assert_eq!(store.list_projects(&query).await.unwrap().total, 0);
    query.status = Some("packaged".into());
    query.currency = Some("USD".into());
    query.sort = ProjectSort::Name;
    query.descending = false;
    let sorted = store.list_projects(&query).await.unwrap();
    assert_eq!(sorted.items[0].name, "Film 00");
    assert_eq!(sorted.items[0].budget_minor, Some(100_000 + 6_600_000));
    query.descending = true;
    assert_eq!(store.list_projects(&query).await.unwrap().items[0].name, "Ärger im Wald");
}

#[tokio::test]
async fn the_bin_keeps_thirty_days_and_frees_the_name() {
    let now = Arc::new(Mutex::new("2027-03-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap()));
    let clock = Arc::clone(&now);
    let options = Options { clock: Arc::new(move || *clock.lock().unwrap()), ..Options::default() };
    let store = Store::in_memory_with(options).await.unwrap();
    let user = user(&store).await;
    let first = project(&store, &user, "The Comet").await;
    let taken = try_project(&store, &user, "the comet").await.unwrap_err();
    assert_eq!(taken, StoreError::Constraint { name: "projects_user_name".into() });
    store.bin_project(&first.id, "P").await.unwrap();
    assert!(matches!(store.open_deal(&first.id).await, Err(StoreError::NotFound { .. })));
    let second = project(&store, &user, "The Comet").await;
    let clash = store.restore_project(&first.id, None, "P").await.unwrap_err();
    assert_eq!(clash, StoreError::Constraint { name: "projects_user_name".into() });
    let back = store.restore_project(&first.id, Some("The Comet (1)"), "P").await.unwrap();
    assert_eq!((back.name.as_str(), back.deleted_at), ("The Comet (1)", None));
    store.bin_project(&second.id, "P").await.unwrap();
    *now.lock().unwrap() = "2027-03-30T23:59:59Z".parse().unwrap();
    assert_eq!(store.purge_bin("P").await.unwrap(), 0);
    *now.lock().unwrap() = "2027-03-31T00:00:00Z".parse().unwrap();
    assert_eq!(store.purge_bin("P").await.unwrap(), 1);
    assert!(matches!(store.project(&second.id).await, Err(StoreError::NotFound { .. })));
    let refused = store.purge_project(&first.id, "P").await.unwrap_err();
    assert!(matches!(refused, StoreError::NotFound { .. }), "not in the bin");
    let actions: Vec<String> =
        store.changes_since(0, 100).await.unwrap().into_iter().map(|change| change.action).collect();
    assert_eq!(actions, ["created", "created", "binned", "created", "restored", "binned", "purged"]);
}

#[tokio::test]
async fn a_very_long_history_can_be_deleted() {
    let store = Store::in_memory().await.unwrap();
    let id = project(&store, &user(&store).await, "The Comet").await.id;
    for step in 1..=1100 {
        store.save_deal(&id, step, &deal("The Comet", step), "P", "edit").await.unwrap();
    }
    store.bin_project(&id, "P").await.unwrap();
    store.purge_project(&id, "P").await.unwrap();
    assert_eq!(store.integrity_check().await.unwrap().revisions, 0);
}

#[tokio::test]
async fn names_packs_and_scenarios_hang_on_revisions() {
    let store = Store::in_memory().await.unwrap();
    let id = project(&store, &user(&store).await, "The Comet").await.id;
    let saved = store.save_deal(&id, 1, &deal("The Comet", 1), "P", "edit").await.unwrap();
    let revision = saved.revision.id;
    let name = store.name_version(&revision, "Sent to the bank", "P").await.unwrap();
    let again = store.name_version(&revision, "sent to the bank", "P").await.unwrap_err();
    assert_eq!(again, StoreError::Constraint { name: "named_versions_project_name".into() });
    assert_eq!(store.revision(&revision).await.unwrap().names, ["Sent to the bank"]);
    store.unname_version(&name.id, "P").await.unwrap();
    assert!(store.list_named_versions(&id).await.unwrap().is_empty());

    let sum = "a".repeat(64);
    let new = NewPack {
        revision: &revision,
        reader: "full",
        format: "pdf",
        file_name: "comet.pdf",
        size_bytes: 1234,
        sha256: &sum,
        author: "P",
    };
    let pack = store.register_pack(&new).await.unwrap();
    assert_eq!(store.list_packs(&id).await.unwrap()[0], pack);
    assert_eq!(store.packs_with_checksum(&sum).await.unwrap(), [pack]);
    let bad = NewPack { format: "docx", ..new };
    assert!(matches!(store.register_pack(&bad).await, Err(StoreError::Constraint { .. })));

    let origin = ScenarioOrigin::Template("debt_heavy".into());
    let (document, stack) = (deal("The Comet", 7), json!([{"id": "senior"}]));
    let new = NewScenario {
        revision: &revision,
        name: "Debt",
        origin: &origin,
        document: &document,
        capital_stack: &stack,
    };
    let scenario = store.create_scenario(&new, "P").await.unwrap();
    assert_eq!(scenario.patch.len(), 1);
    assert_eq!(store.scenario_document(&scenario.id).await.unwrap(), document);
    let results = json!({"net": 1});
    let outcome = Evaluation { results: &results, rank: Some(1), score_hundredths: Some(8725) };
    let rated = store.record_evaluation(&scenario.id, 1, &outcome, "P").await.unwrap();
    assert_eq!((rated.rank, rated.score_hundredths, rated.version), (Some(1), Some(8725), 2));
    let stale = store.record_evaluation(&scenario.id, 1, &outcome, "P").await.unwrap_err();
    assert_eq!(stale, StoreError::Conflict { expected: 1, found: 2 });
}

#[tokio::test]
async fn plans_policies_and_settings() {
    let store = Store::in_memory().await.unwrap();
    let user = user(&store).await;
    let id = project(&store, &user, "The Comet").await.id;
    let plan = json!({"tiers": []});
    let draft = |name, is_default| StructureDraft { name, structure: &plan, is_default };
    let one = store.create_waterfall_structure(&id, &draft("One", true), "P").await.unwrap();
    store.create_waterfall_structure(&id, &draft("Two", true), "P").await.unwrap();
    let list = store.list_waterfall_structures(&id).await.unwrap();
    assert_eq!(list.iter().map(|plan| plan.is_default).collect::<Vec<_>>(), [true, false]);
    let stale = store.update_waterfall_structure(&one.id, 1, &draft("Uno", false), "P").await.unwrap_err();
    assert_eq!(stale, StoreError::Conflict { expected: 1, found: 2 });
    store.delete_waterfall_structure(&one.id, "P").await.unwrap();

    let policy = store.create_custom_policy(&user.id, "Local", &json!({"rate": "0.1"}), "P").await.unwrap();
    let changed = store
        .update_custom_policy(&policy.id, policy.version, "Local", &json!({"rate": "0.2"}), "P")
        .await
        .unwrap();
    assert_eq!(store.list_custom_policies(&user.id).await.unwrap(), [changed]);
    let versions = store.list_custom_policy_versions(&policy.id).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(store.custom_policy_version(&policy.id, 1).await.unwrap(), json!({"rate": "0.1"}));
    assert!(store.custom_policy_version(&policy.id, 3).await.is_err());
    store.delete_custom_policy(&policy.id, "P").await.unwrap();
    assert!(store.custom_policy_version(&policy.id, 1).await.is_err(), "the versions go with it");

    store.set_setting(Some(&user.id), "theme", Some(&json!("dark")), "P").await.unwrap();
    store.set_setting(None, "theme", Some(&json!("light")), "P").await.unwrap();
    assert_eq!(store.setting(Some(&user.id), "theme").await.unwrap(), Some(json!("dark")));
    store.set_setting(Some(&user.id), "theme", None, "P").await.unwrap();
    assert_eq!(store.setting(Some(&user.id), "theme").await.unwrap(), None);
    assert_eq!(store.settings(None).await.unwrap(), [("theme".to_owned(), json!("light"))]);
}

#[tokio::test]
async fn own_policies_are_carried_with_their_versions_and_replace_none() {
    let (memory, library) = (Store::in_memory().await.unwrap(), Store::in_memory().await.unwrap());
    let (from, to) = (user(&memory).await, user(&library).await);
    let first = memory.create_custom_policy(&from.id, "One", &json!({"a": 1}), "—").await.unwrap();
    memory.update_custom_policy(&first.id, 1, "One", &json!({"a": 2}), "—").await.unwrap();
    memory.create_custom_policy(&from.id, "Two", &json!({"b": 1}), "—").await.unwrap();
    library.create_custom_policy(&to.id, "two", &json!({"b": 9}), "P").await.unwrap();

    let carried = library.carry_custom_policies(&memory, &from.id, &to.id, "P").await.unwrap();
    assert_eq!(carried.as_slice(), std::slice::from_ref(&first.id));
    let kept = library.custom_policy(&first.id).await.unwrap();
    assert_eq!((kept.version, kept.policy), (2, json!({"a": 2})));
    let versions = library.list_custom_policy_versions(&first.id).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.author.as_str()).collect::<Vec<_>>(), ["P", "P"]);
    assert_eq!(library.list_custom_policies(&to.id).await.unwrap().len(), 2);
}
