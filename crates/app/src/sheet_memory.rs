//! What was decided about sheets, by their headers: kept with the person's settings while the database is open,
//! else as long as the program runs.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::{App, AppError, settings, shelf::Place};

/// Kinds of sheets that are remembered; the longest unused is forgotten first.
const MOST_KINDS: usize = 60;

/// The sheets of one kind, and what was decided about them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kind<M> {
    signature: String,
    mapping: M,
}

/// What is remembered, the latest first.
pub(crate) struct Remembered<M>(Vec<Kind<M>>);

impl<M> Remembered<M> {
    /// What was decided about sheets with this header.
    pub(crate) fn of(&self, signature: &str) -> Option<&M> {
        self.0.iter().find(|kind| kind.signature == signature).map(|kind| &kind.mapping)
    }
}

/// Whether what is decided now outlives the program.
pub(crate) async fn is_kept(app: &App) -> bool {
    app.place_for_new().await == Place::Library
}

/// What is remembered of the sheets under a key.
pub(crate) async fn all<M: DeserializeOwned>(app: &App, key: &str) -> Result<Remembered<M>, AppError> {
    let shelf = app.shelf(app.place_for_new().await).await?;
    Ok(Remembered(settings::stored(&shelf, key).await?))
}

/// Notes what was decided about sheets with a header; one without is of no kind.
pub(crate) async fn remember<M>(app: &App, key: &str, signature: &str, mapping: M) -> Result<(), AppError>
where
    M: Serialize + DeserializeOwned,
{
    if signature.is_empty() {
        return Ok(());
    }
    let _turn = app.turn().await;
    let shelf = app.shelf(app.place_for_new().await).await?;
    let kind = Kind { signature: signature.to_owned(), mapping };
    let mut kinds: Vec<Kind<M>> = settings::stored(&shelf, key).await?;
    if kinds.first().is_some_and(|first| json!(first) == json!(kind)) {
        return Ok(());
    }
    kinds.retain(|other| other.signature != kind.signature);
    kinds.insert(0, kind);
    kinds.truncate(MOST_KINDS);
    settings::store(&shelf, key, &json!(kinds)).await
}
