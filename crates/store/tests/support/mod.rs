//! What the tests of the store share: a key, a deal, a store with a project in it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::Path;

use recoup_store::{Key, NewProject, Profile, Project, Store, User};
use serde_json::{Value, json};

pub(crate) fn key() -> Key {
    Key::from_bytes([7; 32])
}

/// A deal document large enough that a change is stored as a change.
pub(crate) fn deal(title: &str, step: i64) -> Value {
    let line = |n: i64| {
        let amount = if n == 0 { 1000 + step } else { 1000 * n };
        json!({"id": format!("line-{n}"), "account": "animation", "label": format!("Line number {n}"),
            "amount": format!("USD {amount}.00")})
    };
    json!({"schema": "recoup-deal/1", "id": "comet", "name": title, "currency": "USD", "as_of": "2027-01-15",
        "project": {"title": title, "genre": "Comedy"}, "schedule": {"status": "packaged"},
        "budget": {"lines": (0..12).map(line).collect::<Vec<_>>()}})
}

pub(crate) async fn user(store: &Store) -> User {
    let profile =
        Profile { full_name: "Producer".into(), email: None, organization: Some("Kite Films".into()) };
    store.create_user(&profile).await.unwrap()
}

pub(crate) async fn project(store: &Store, user: &User, name: &str) -> Project {
    try_project(store, user, name).await.unwrap()
}

pub(crate) async fn try_project(
    store: &Store,
    user: &User,
    name: &str,
) -> Result<Project, recoup_store::StoreError> {
    let document = deal(name, 0);
    let new = NewProject {
        user: &user.id,
        name,
        description: "",
        document: &document,
        author: "Producer",
        summary: "First draft",
    };
    store.create_project(&new).await
}

/// A database on the disk with one person and one project.
pub(crate) async fn on_disk(path: &Path) -> (Store, User, Project) {
    let store = Store::open(path, key()).await.unwrap();
    let user = user(&store).await;
    let project = project(&store, &user, "The Comet").await;
    (store, user, project)
}
