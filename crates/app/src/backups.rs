//! Copies of the whole database for a safe place, and the way back.
//!
//! A backup is one file, a ZIP archive of the encrypted database and of the key file that opens it with the
//! passphrase. Nothing in it can be read without that passphrase.

use std::{
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use recoup_store::{Key, Store, StoreError};
use recoup_vault::{DataKey, Protection, Vault};
use sha2::{Digest, Sha256};

use crate::{
    App, AppError, ErrorCode,
    app::count,
    library,
    wire::{BackUpLibrary, CheckLibrary, KeptFile, LibraryCheck, RestoreLibrary, RestoredLibrary},
};

const DATABASE: &str = "recoup.db";
const KEY_FILE: &str = "recoup.db-key.json";
/// Larger files are no backup of ours and would be unpacked into memory.
const MOST_BYTES: u64 = 1 << 30;

/// Looks at everything in the database.
pub async fn check_library(app: &App, _request: CheckLibrary) -> Result<LibraryCheck, AppError> {
    let found = app.library_shelf().await?.store.integrity_check().await?;
    let counted = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(LibraryCheck {
        projects: counted(found.projects),
        revisions: counted(found.revisions),
        problems: found.problems,
    })
}

/// Writes a backup where the person finds it.
pub async fn back_up_library(app: &App, _request: BackUpLibrary) -> Result<KeptFile, AppError> {
    let bytes = archived(app).await?;
    let name = format!("recoup-{}.recoup-backup", app.today());
    keep_file(app, &name, &bytes)
}

/// Keeps a finished file where the person finds it.
pub(crate) fn keep_file(app: &App, name: &str, bytes: &[u8]) -> Result<KeptFile, AppError> {
    let place = app.files().keep(name, bytes).map_err(|reason| unwritable(name, &reason))?;
    Ok(KeptFile { place, bytes: counted(bytes.len()), checksum: checksum(bytes) })
}

/// Puts a backup in the place of the database; what stood there is kept beside it.
pub async fn restore_library(app: &App, request: RestoreLibrary) -> Result<RestoredLibrary, AppError> {
    let content = BASE64_STANDARD.decode(request.content.as_bytes()).map_err(|reason| {
        AppError::new(ErrorCode::InvalidRequest, "The content of the backup is not Base64.")
            .with("reason", reason)
    })?;
    restore_from(app, &content, request.passphrase).await
}

/// The backup file of the open database, for a host that writes it to a named place.
pub async fn archived(app: &App) -> Result<Vec<u8>, AppError> {
    let shelf = app.library_shelf().await?;
    let protection = app.ask_vault(|vault| vault.protection()).await?;
    if !matches!(protection, Protection::Passphrase | Protection::KeychainOrPassphrase) {
        return Err(AppError::new(
            ErrorCode::PassphraseNeeded,
            "A backup is opened by a passphrase, and this database has none yet. Set one in the settings.",
        ));
    }
    let folder = scratch(app)?;
    let copy = folder.path().join(DATABASE);
    shelf.store.backup_to(&copy).await?;
    let key_file = app.inner.ports.vault.key_file().to_owned();
    packed(&copy, &key_file).map_err(|reason| unwritable(DATABASE, &reason))
}

/// Writes the present deal of every project as a deal file, in the open, and answers the files.
pub async fn export_deals(app: &App, folder: &Path) -> Result<Vec<String>, AppError> {
    let shelf = app.library_shelf().await?;
    let files = shelf.store.export_deals(&shelf.user.id, folder).await?;
    Ok(files.into_iter().map(|file| file.display().to_string()).collect())
}

/// Restores a backup file.
pub async fn restore_from(
    app: &App,
    content: &[u8],
    passphrase: String,
) -> Result<RestoredLibrary, AppError> {
    let _turn = app.turn().await;
    let folder = scratch(app)?;
    unpacked(content, folder.path())?;
    let incoming = folder.path().join(DATABASE);
    let vault = Vault::of(&incoming);
    let key_file = vault.key_file().to_owned();
    let key = tokio::task::spawn_blocking(move || vault.unlock_with_passphrase(&passphrase)).await.map_err(
        |reason| AppError::new(ErrorCode::Internal, "The key could not be asked for.").with("reason", reason),
    )??;
    // Proves the backup before anything in use is touched.
    Store::prove(&incoming, Key::from_bytes(*key.expose())).await?;
    app.put_library_away().await;
    let replaced = swapped(app, &key, &incoming).await?;
    let kept = replaced.as_deref().map(|path| Vault::of(path).key_file().to_owned());
    app.ask_vault(move |vault| vault.take_key_file(&key_file, kept.as_deref())).await?;
    app.take_library(key).await?;
    // What was open belonged to the database that was replaced.
    app.desk().take_away();
    Ok(RestoredLibrary {
        library: library::viewed(app).await?,
        replaced: replaced.map(|path| path.display().to_string()),
    })
}

/// Exchanges the files. A reader that still holds the closed database for a moment is waited for.
async fn swapped(app: &App, key: &DataKey, incoming: &Path) -> Result<Option<PathBuf>, AppError> {
    let place = &app.inner.ports.database;
    for attempt in 1.. {
        let key = Key::from_bytes(*key.expose());
        match Store::restore_with(place, key, incoming, app.store_options()).await {
            Ok((store, replaced)) => {
                store.close().await;
                return Ok(replaced);
            }
            Err(StoreError::Locked { .. }) if attempt < 50 => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Err(reason) => return Err(reason.into()),
        }
    }
    Ok(None)
}

/// A folder beside the database, so that a copy of it never leaves the disk it is on.
fn scratch(app: &App) -> Result<tempfile::TempDir, AppError> {
    let folder = app.inner.ports.database.parent().unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| tempfile::Builder::new().prefix(".backup-").tempdir_in(folder))
        .map_err(|reason| unwritable("backup", &reason))
}

fn packed(database: &Path, key_file: &Path) -> std::io::Result<Vec<u8>> {
    // Encrypted pages do not shrink: they are stored as they are.
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, path) in [(DATABASE, database), (KEY_FILE, key_file)] {
        archive.start_file(name, options).map_err(std::io::Error::other)?;
        archive.write_all(&std::fs::read(path)?)?;
    }
    Ok(archive.finish().map_err(std::io::Error::other)?.into_inner())
}

fn unpacked(content: &[u8], folder: &Path) -> Result<(), AppError> {
    let foreign = |reason: String| {
        AppError::new(
            ErrorCode::NotADatabase,
            "This file is not a backup made by Recoup. Choose another one.",
        )
        .with("reason", reason)
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(content)).map_err(|reason| foreign(reason.to_string()))?;
    for name in [DATABASE, KEY_FILE] {
        let file = archive.by_name(name).map_err(|reason| foreign(format!("{name}: {reason}")))?;
        if file.size() > MOST_BYTES {
            return Err(foreign(format!("{name} is too large")));
        }
        let mut bytes = Vec::new();
        file.take(MOST_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|reason| foreign(format!("{name}: {reason}")))?;
        std::fs::write(folder.join(name), bytes).map_err(|reason| unwritable(name, &reason))?;
    }
    Ok(())
}

pub(crate) fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn counted(length: usize) -> u32 {
    i64::try_from(length).map_or(u32::MAX, count)
}

fn unwritable(name: &str, reason: &std::io::Error) -> AppError {
    AppError::new(
        ErrorCode::InvalidRequest,
        "The file cannot be kept. Free some space or allow writing there.",
    )
    .with("file", name)
    .with("reason", reason)
}
