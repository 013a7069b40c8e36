//! The built interface, embedded at compile time.

use axum::{
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use include_dir::{Dir, include_dir};

static INTERFACE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../ui/dist");

/// A file of the interface; any path without an extension is a page of it.
pub(crate) async fn interface(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let name = if std::path::Path::new(path).extension().is_none() { "index.html" } else { path };
    match INTERFACE.get_file(name) {
        Some(file) => {
            let kind = mime_guess::from_path(name).first_or_octet_stream();
            ([(header::CONTENT_TYPE, kind.to_string())], file.contents()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
