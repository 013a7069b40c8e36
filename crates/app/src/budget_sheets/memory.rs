//! What the columns of budgets meant, to be recalled for the next sheet of the kind.

use recoup_sheets::{ColumnChoice, Mapping, Preview};

use super::decided;
use crate::{App, AppError, sheet_memory, wire::SheetMapping};

const KEY: &str = "budget_columns";

/// What is remembered of budgets.
pub(super) struct Remembered(sheet_memory::Remembered<SheetMapping>);

impl Remembered {
    /// What was decided about sheets with this header. What a program of another version kept may name what this one
    /// does not know; then it is guessed again.
    pub(super) fn of(&self, signature: &str) -> Option<Mapping> {
        decided::mapping(self.0.of(signature)?).ok()
    }
}

pub(super) async fn all(app: &App) -> Result<Remembered, AppError> {
    Ok(Remembered(sheet_memory::all(app, KEY).await?))
}

/// Notes what the columns of a sheet meant when it was taken. A sheet without a header is of no kind.
pub(super) async fn remember(app: &App, preview: &Preview, mapping: &Mapping) -> Result<(), AppError> {
    if preview.header.is_none() {
        return Ok(());
    }
    let columns = preview.columns.iter().enumerate().map(|(column, read)| ColumnChoice {
        column,
        meaning: read.meaning,
        place: read.place.clone(),
    });
    // Where the header stands is found again; the next sheet may have more lines above it.
    let mapping = Mapping { header: None, columns: columns.collect(), ..mapping.clone() };
    sheet_memory::remember(app, KEY, &preview.signature, decided::written(&mapping)).await
}
