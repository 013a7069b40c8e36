//! Which text of which law a project's figures were computed with.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use recoup_store::{NewProject, PolicyEdition, Profile, ProjectId, Store};
use serde_json::{Value, json};

async fn project(store: &Store) -> ProjectId {
    let user = store.create_user(&Profile { full_name: "P".into(), ..Profile::default() }).await.unwrap();
    let document: Value =
        serde_json::from_str(include_str!("../../../examples/dragons-quest.deal.json")).unwrap();
    let new = NewProject {
        user: &user.id,
        name: "Quest",
        description: "",
        document: &document,
        author: "P",
        summary: "Started",
    };
    store.create_project(&new).await.unwrap().id
}

fn edition(rate: &str) -> PolicyEdition {
    PolicyEdition::of("ca-qc-qpstc", "2024-05-31", json!({"rate": rate, "label": "Rate"}))
}

#[tokio::test]
async fn what_is_noted_first_stays_until_it_is_settled() {
    let store = Store::in_memory().await.unwrap();
    let project = project(&store).await;
    assert_eq!(store.list_project_editions(&project).await.unwrap(), []);
    let (old, new) = (edition("0.2"), edition("0.25"));
    store.note_project_editions(&project, std::slice::from_ref(&old)).await.unwrap();
    store.note_project_editions(&project, std::slice::from_ref(&new)).await.unwrap();
    let noted = store.list_project_editions(&project).await.unwrap();
    assert_eq!((noted.len(), &noted[0].edition, &noted[0].declined), (1, &old, &None));
    store.settle_project_edition(&project, &old, Some(&new.fingerprint)).await.unwrap();
    let noted = store.list_project_editions(&project).await.unwrap();
    assert_eq!((&noted[0].edition, noted[0].declined.as_ref()), (&old, Some(&new.fingerprint)));
    store.settle_project_edition(&project, &new, None).await.unwrap();
    let noted = store.list_project_editions(&project).await.unwrap();
    assert_eq!((&noted[0].edition, &noted[0].declined), (&new, &None));
}

#[tokio::test]
async fn a_version_nobody_noted_cannot_be_settled_and_a_purged_project_leaves_nothing() {
    let store = Store::in_memory().await.unwrap();
    let project = project(&store).await;
    assert!(store.settle_project_edition(&project, &edition("0.2"), None).await.is_err());
    store.note_project_editions(&project, &[edition("0.2")]).await.unwrap();
    store.bin_project(&project, "P").await.unwrap();
    assert_eq!(store.list_project_editions(&project).await.unwrap().len(), 1);
    store.purge_project(&project, "P").await.unwrap();
    assert_eq!(store.list_project_editions(&project).await.unwrap(), []);
}

#[test]
fn the_order_of_fields_is_no_difference_and_a_digit_is() {
    let other: Value = serde_json::from_str(r#"{"label": "Rate", "rate": "0.2"}"#).unwrap();
    let other = PolicyEdition::of("ca-qc-qpstc", "2024-05-31", other);
    assert_eq!(edition("0.2").fingerprint, other.fingerprint);
    assert_ne!(edition("0.2").fingerprint, edition("0.20").fingerprint);
    assert_eq!(other.fingerprint.len(), 64);
}
