//! What was decided about sheets of receipts, by their headers: kept with the person's settings while the database is
//! open, else as long as the program runs.

use recoup_sheets::{ReceiptColumnChoice, ReceiptsMapping, ReceiptsPreview};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::decided;
use crate::{App, AppError, settings, shelf::Place, wire::ReceiptsSheetMapping};

const KEY: &str = "receipt_columns";
/// Kinds of sheets that are remembered; the longest unused is forgotten first.
const MOST_KINDS: usize = 60;

/// The sheets of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kind {
    signature: String,
    mapping: ReceiptsSheetMapping,
}

/// What is remembered, the latest first.
pub(super) struct Remembered(Vec<Kind>);

impl Remembered {
    /// What was decided about sheets with this header.
    pub(super) fn of(&self, signature: &str) -> Option<ReceiptsMapping> {
        let kind = self.0.iter().find(|kind| kind.signature == signature)?;
        // What a program of another version kept may name what this one does not know; then it is guessed again.
        decided::mapping(&kind.mapping).ok()
    }
}

/// Whether what is decided now outlives the program.
pub(super) async fn is_kept(app: &App) -> bool {
    app.place_for_new().await == Place::Library
}

pub(super) async fn all(app: &App) -> Result<Remembered, AppError> {
    let shelf = app.shelf(app.place_for_new().await).await?;
    Ok(Remembered(settings::stored(&shelf, KEY).await?))
}

/// Notes what the columns and names of a sheet meant when it was taken. Its days are those of one sheet alone.
pub(super) async fn remember(
    app: &App,
    preview: &ReceiptsPreview,
    mapping: &ReceiptsMapping,
) -> Result<(), AppError> {
    if preview.header.is_none() || preview.signature.is_empty() {
        return Ok(());
    }
    let _turn = app.turn().await;
    let shelf = app.shelf(app.place_for_new().await).await?;
    let columns = preview.columns.iter().enumerate();
    let columns = columns.map(|(column, read)| ReceiptColumnChoice { column, meaning: read.meaning });
    let mapping =
        ReceiptsMapping { header: None, columns: columns.collect(), period: None, ..mapping.clone() };
    let kind = Kind { signature: preview.signature.clone(), mapping: decided::written(&mapping) };
    let mut kinds: Vec<Kind> = settings::stored(&shelf, KEY).await?;
    if kinds.first().is_some_and(|first| json!(first) == json!(kind)) {
        return Ok(());
    }
    kinds.retain(|other| other.signature != kind.signature);
    kinds.insert(0, kind);
    kinds.truncate(MOST_KINDS);
    settings::store(&shelf, KEY, &json!(kinds)).await
}
