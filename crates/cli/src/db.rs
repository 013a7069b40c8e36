//! `recoup db`: the person's own database.

use std::{
    fs::OpenOptions,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use recoup_app::{
    App, AppError, ErrorCode, backups, library,
    wire::{CheckLibrary, LibraryState, UnlockLibrary, ViewLibrary},
};

use crate::outcome::{Answer, Output, Said, app, ask, print, print_json, unreadable};

/// Work on the database in which the application keeps its projects
///
/// The key comes from the system's keychain, else the passphrase is asked for at the terminal or read from
/// a file descriptor; no option and no environment variable holds it. Close the application first: one
/// program at a time has the database.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup db path\n  recoup db check\n  recoup db backup films.recoup-backup\n  recoup db export deals --passphrase-fd 3 3< passphrase.txt"
)]
pub(crate) struct Db {
    /// Read the passphrase from this open file descriptor, up to the end of its first line
    #[arg(long, global = true, value_name = "N")]
    passphrase_fd: Option<u32>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Print where the database is or will be
    Path,
    /// Write a backup that its passphrase opens; no existing file is replaced
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Put a backup in the place of the database; what stood there is kept beside it
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Check that everything in the database is whole
    ///
    /// Ends with 1 when something is not.
    Check,
    /// Write every deal as a deal file, in the open
    Export {
        /// The folder the files go to
        folder: PathBuf,
    },
}

impl Db {
    pub(crate) fn run(self, output: Output) -> Answer {
        let Self { passphrase_fd, verb } = self;
        let words = Words { descriptor: passphrase_fd };
        let app = app();
        ask(async move {
            let answer = done(&app, words, output, verb).await;
            app.close().await;
            answer
        })
    }
}

async fn done(app: &App, words: Words, output: Output, verb: Verb) -> Answer {
    match verb {
        Verb::Path => {
            let view = library::view_library(app, ViewLibrary {}).await?;
            if output.json {
                print_json(&view)?;
            } else {
                print(&view.place);
            }
            Ok(Said::Yes)
        }
        Verb::Backup { file } => back_up(app, words, output, &file).await,
        Verb::Restore { file } => restore(app, words, output, &file).await,
        Verb::Check => check(app, words, output).await,
        Verb::Export { folder } => {
            open(app, words).await?;
            let files = backups::export_deals(app, &folder).await?;
            if output.json {
                print_json(&files)?;
            } else {
                files.iter().for_each(|file| print(file));
            }
            Ok(Said::Yes)
        }
    }
}

async fn back_up(app: &App, words: Words, output: Output, file: &Path) -> Answer {
    open(app, words).await?;
    let bytes = backups::archived(app).await?;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .and_then(|mut target| target.write_all(&bytes).and_then(|()| target.sync_all()))
        .map_err(|reason| unreadable(&file.display().to_string(), reason))?;
    if output.json {
        print_json(&serde_json::json!({"file": file, "bytes": bytes.len()}))?;
    } else {
        print(&format!("{}  {} bytes", file.display(), bytes.len()));
    }
    Ok(Said::Yes)
}

async fn restore(app: &App, words: Words, output: Output, file: &Path) -> Answer {
    let content = std::fs::read(file).map_err(|reason| unreadable(&file.display().to_string(), reason))?;
    let restored = backups::restore_from(app, &content, words.ask("Passphrase of the backup: ")?).await?;
    if output.json {
        print_json(&restored)?;
    } else {
        print(&restored.library.place);
        if let Some(replaced) = restored.replaced {
            print(&format!("what stood there: {replaced}"));
        }
    }
    Ok(Said::Yes)
}

async fn check(app: &App, words: Words, output: Output) -> Answer {
    open(app, words).await?;
    let found = backups::check_library(app, CheckLibrary {}).await?;
    if output.json {
        print_json(&found)?;
    } else {
        print(&format!("{} projects, {} revisions", found.projects, found.revisions));
        found.problems.iter().for_each(|problem| print(problem));
    }
    Ok(if found.problems.is_empty() { Said::Yes } else { Said::No })
}

/// Opens the database: by the keychain where that holds the key, else by the passphrase.
pub(crate) async fn open(app: &App, words: Words) -> Result<(), AppError> {
    let view = library::view_library(app, ViewLibrary {}).await?;
    if view.state == LibraryState::Absent {
        return Err(AppError::new(
            ErrorCode::NotFound,
            "There is no database yet. The application makes one when the first deal is kept.",
        )
        .with("file", view.place));
    }
    if view.by_keychain && words.descriptor.is_none() {
        let opened = library::unlock_library(app, UnlockLibrary { passphrase: None }).await;
        if opened.is_ok() || !view.by_passphrase {
            return opened.map(|_| ());
        }
    }
    let passphrase = Some(words.ask("Passphrase: ")?);
    library::unlock_library(app, UnlockLibrary { passphrase }).await.map(|_| ())
}

/// Where the passphrase comes from.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub(crate) descriptor: Option<u32>,
}

impl Words {
    fn ask(self, prompt: &str) -> Result<String, AppError> {
        let Some(descriptor) = self.descriptor else {
            return rpassword::prompt_password(prompt).map_err(|reason| unreadable("The terminal", reason));
        };
        let name = format!("File descriptor {descriptor}");
        if cfg!(not(unix)) {
            return Err(unreadable(&name, "this system has no numbered descriptors; type it when asked"));
        }
        let mut text = String::new();
        std::fs::File::open(format!("/dev/fd/{descriptor}"))
            .and_then(|mut file| file.read_to_string(&mut text))
            .map_err(|reason| unreadable(&name, reason))?;
        Ok(text.lines().next().unwrap_or_default().to_owned())
    }
}
