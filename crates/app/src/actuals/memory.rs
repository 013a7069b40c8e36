//! What the columns and names of statements' sheets meant, to be recalled for the next sheet of the kind.

use recoup_sheets::{ReceiptColumnChoice, ReceiptsMapping, ReceiptsPreview};

use super::decided;
use crate::{App, AppError, sheet_memory, wire::ReceiptsSheetMapping};

const KEY: &str = "receipt_columns";

/// What is remembered of sheets of receipts.
pub(super) struct Remembered(sheet_memory::Remembered<ReceiptsSheetMapping>);

impl Remembered {
    /// What was decided about sheets with this header. What a program of another version kept may name what this one
    /// does not know; then it is guessed again.
    pub(super) fn of(&self, signature: &str) -> Option<ReceiptsMapping> {
        decided::mapping(self.0.of(signature)?).ok()
    }
}

pub(super) async fn all(app: &App) -> Result<Remembered, AppError> {
    Ok(Remembered(sheet_memory::all(app, KEY).await?))
}

/// Notes what the columns and names of a sheet meant when it was taken. Its days are those of one sheet alone, and
/// a sheet without a header is of no kind.
pub(super) async fn remember(
    app: &App,
    preview: &ReceiptsPreview,
    mapping: &ReceiptsMapping,
) -> Result<(), AppError> {
    if preview.header.is_none() {
        return Ok(());
    }
    let columns = preview.columns.iter().enumerate();
    let columns = columns.map(|(column, read)| ReceiptColumnChoice { column, meaning: read.meaning });
    let mapping =
        ReceiptsMapping { header: None, columns: columns.collect(), period: None, ..mapping.clone() };
    sheet_memory::remember(app, KEY, &preview.signature, decided::written(&mapping)).await
}
