//! What can go wrong while a document is made.

/// Why no document could be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The page description was refused by the typesetter.
    #[error("the pages could not be set: {0}")]
    Typesetting(String),
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The description could not be passed on.
    #[error("the description could not be passed on: {0}")]
    Description(#[from] serde_json::Error),
    /// A printed tag has no row among the references, or its row has another value.
    #[error("reference {tag} does not resolve")]
    Unresolved {
        /// The tag.
        tag: String,
    },
}
