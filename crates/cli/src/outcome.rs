//! What a verb answers, and how it is printed.

use std::{
    io::{Read, Write},
    path::Path,
};

use recoup_app::{App, AppError, ErrorBody, ErrorCode, Ports, findings::Language};

/// The answer of a verb that could be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// All is well.
    Yes,
    /// The answer is no: cases differ, a deal has blockers.
    No,
}

/// What every verb returns: an answer, or why the input cannot be used.
pub(crate) type Answer = Result<Said, AppError>;

/// Where and how to print.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) language: Language,
}

impl Output {
    /// The error object, on standard error.
    pub(crate) fn refuse(self, error: &AppError) {
        if self.json {
            let body = ErrorBody::from(error.clone());
            eprintln!("{}", serde_json::to_string(&body).unwrap_or_default());
            return;
        }
        eprintln!("{}", error.message);
        for (name, value) in &error.details {
            eprintln!("  {name}: {value}");
        }
    }
}

/// Prints to standard output; a reader that has gone away (`recoup … | head`) is no error.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints one JSON document to standard output.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<(), AppError> {
    let text = serde_json::to_string_pretty(value).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The answer cannot be written.").with("reason", reason)
    })?;
    print(&text);
    Ok(())
}

/// The application of one verb.
pub(crate) fn app() -> App {
    App::open(Ports::system())
}

/// Waits for a use case.
pub(crate) fn ask<T>(use_case: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|reason| unreadable("This machine's threads", reason))?
        .block_on(use_case)
}

/// The text of a file; `-` is standard input.
pub(crate) fn read(file: &Path) -> Result<String, AppError> {
    let text = if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    text.map_err(|reason| unreadable(&file.display().to_string(), reason))
}

/// A refusal about a file or a stream of this machine.
pub(crate) fn unreadable(what: &str, reason: impl ToString) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, format!("{what} cannot be used.")).with("reason", reason)
}
