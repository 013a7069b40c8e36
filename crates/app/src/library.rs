//! The person's own database: made, opened, closed; its passphrase and its profile.

use std::collections::BTreeMap;

use recoup_store::{Key, Profile, ProjectId, Store, User};
use recoup_vault::{DataKey, Protection, SHORTEST, Vault, VaultError, rate};
use serde_json::json;

use crate::{
    App, AppError, ErrorCode,
    app::count,
    law,
    shelf::{Library, Place, Shelf, locked},
    wire::{
        ChangePassphrase, ChangeProfile, ChooseKeychain, CreateLibrary, LibraryState, LibraryView,
        LockLibrary, PassphraseRating, ProfileView, RatePassphrase, UnlockLibrary, ViewLibrary,
    },
};

/// Where it is noted which projects are open.
const OPEN: &str = "open_projects";

/// How things stand with the database of this person.
pub async fn view_library(app: &App, _request: ViewLibrary) -> Result<LibraryView, AppError> {
    viewed(app).await
}

/// Makes the database and its first profile, and opens it.
pub async fn create_library(app: &App, request: CreateLibrary) -> Result<LibraryView, AppError> {
    let _turn = app.turn().await;
    let profile = profile(&request.full_name, request.organization, request.email)?;
    let about: Vec<String> = [Some(profile.full_name.clone()), profile.organization.clone()]
        .into_iter()
        .chain([profile.email.clone()])
        .flatten()
        .collect();
    let key = app
        .ask_vault(move |vault| match &request.passphrase {
            Some(words) => vault.create_with_passphrase(words, &borrowed(&about)),
            None => vault.create_in_keychain(),
        })
        .await
        .map_err(needs_passphrase)?;
    let made = async {
        let store = app.open_store(&key).await?;
        let user = store.create_user(&profile).await?;
        let shelf = Shelf::new(store, user, &app.inner.kinds);
        Ok::<_, AppError>(Library { shelf, key })
    };
    let library = match made.await {
        Ok(library) => library,
        Err(reason) => {
            // Nothing was ever written under this key: without a database it would only stand in the way.
            app.ask_vault(|vault| vault.forget_unused()).await?;
            return Err(reason);
        }
    };
    *app.inner.library.write().await = Some(library);
    viewed(app).await
}

/// Opens the database with the passphrase or, without one, with the key in the system's keychain.
pub async fn unlock_library(app: &App, request: UnlockLibrary) -> Result<LibraryView, AppError> {
    let _turn = app.turn().await;
    if app.inner.library.read().await.is_none() {
        let key = app
            .ask_vault(move |vault| match &request.passphrase {
                Some(words) => vault.unlock_with_passphrase(words),
                None => vault.unlock_from_keychain(),
            })
            .await?;
        app.take_library(key).await?;
        app.bring_back().await?;
    }
    viewed(app).await
}

/// Closes the database and takes its deals off the desk; unlocking puts them there again.
pub async fn lock_library(app: &App, _request: LockLibrary) -> Result<LibraryView, AppError> {
    let _turn = app.turn().await;
    app.put_library_away().await;
    viewed(app).await
}

/// What a passphrase is worth; nothing is kept of it.
pub async fn rate_passphrase(_app: &App, request: RatePassphrase) -> Result<PassphraseRating, AppError> {
    let rating = rate(&request.passphrase, &borrowed(&request.about));
    Ok(PassphraseRating {
        accepted: rating.refusal.is_none(),
        score: u32::from(rating.score),
        length: u32::try_from(request.passphrase.chars().count()).unwrap_or(u32::MAX),
        shortest: u32::try_from(SHORTEST).unwrap_or(u32::MAX),
        advice: rating.refusal,
    })
}

/// Gives the database a passphrase, or another one. Where it has one, that is asked for first.
pub async fn change_passphrase(app: &App, request: ChangePassphrase) -> Result<LibraryView, AppError> {
    let _turn = app.turn().await;
    let (key, user) = app.opened_key().await?;
    let about: Vec<String> =
        [Some(user.full_name), user.organization, user.email].into_iter().flatten().collect();
    app.ask_vault(move |vault| match vault.protection()? {
        Protection::Passphrase | Protection::KeychainOrPassphrase => {
            let old = request.old.as_deref().unwrap_or_default();
            vault.change_passphrase(old, &request.new, &borrowed(&about))
        }
        Protection::Keychain | Protection::New => vault.set_passphrase(&key, &request.new, &borrowed(&about)),
    })
    .await?;
    viewed(app).await
}

/// Lets the system's keychain hold the key as well, or takes it out of there.
pub async fn choose_keychain(app: &App, request: ChooseKeychain) -> Result<LibraryView, AppError> {
    let _turn = app.turn().await;
    let (key, _) = app.opened_key().await?;
    app.ask_vault(
        move |vault| {
            if request.keep { vault.keep_in_keychain(&key) } else { vault.forget_in_keychain() }
        },
    )
    .await?;
    viewed(app).await
}

/// Changes what a person says about themselves; what is already written keeps the name it was written under.
pub async fn change_profile(app: &App, request: ChangeProfile) -> Result<LibraryView, AppError> {
    let _turn = app.turn().await;
    let profile = profile(&request.full_name, request.organization, request.email)?;
    {
        let mut library = app.inner.library.write().await;
        let library = library.as_mut().ok_or_else(locked)?;
        let shelf = &mut library.shelf;
        shelf.user = shelf.store.update_user(&shelf.user.id, i64::from(request.version), &profile).await?;
    }
    viewed(app).await
}

/// The projects that were open when this was noted last, in the order of opening.
async fn open_projects(shelf: &Shelf) -> Result<Vec<ProjectId>, AppError> {
    let noted = shelf.store.setting(Some(&shelf.user.id), OPEN).await?;
    Ok(noted.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

fn profile(
    full_name: &str,
    organization: Option<String>,
    email: Option<String>,
) -> Result<Profile, AppError> {
    let full_name = full_name.trim().to_owned();
    if full_name.is_empty() {
        return Err(
            AppError::new(ErrorCode::InvalidRequest, "A profile needs a name.").with("path", "full_name")
        );
    }
    let given =
        |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let email = given(email);
    if let Some(address) = email.as_ref().filter(|address| !address.contains('@')) {
        return Err(AppError::new(ErrorCode::InvalidRequest, "An e-mail address holds an @.")
            .with("path", "email")
            .with("given", address));
    }
    Ok(Profile { full_name, email, organization: given(organization) })
}

fn borrowed(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// Without a keychain a new database needs a passphrase; the interface then asks for one.
fn needs_passphrase(error: AppError) -> AppError {
    if error.is(ErrorCode::KeychainUnavailable) {
        let reason = error.details.get("reason").cloned().unwrap_or_default();
        return AppError::new(
            ErrorCode::PassphraseNeeded,
            "The system's keychain does not answer here. Choose a passphrase; it will open your database.",
        )
        .with("reason", reason);
    }
    error
}

pub(crate) async fn viewed(app: &App) -> Result<LibraryView, AppError> {
    let protection = app.ask_vault(|vault| vault.protection()).await?;
    let library = app.inner.library.read().await;
    let state = match (&*library, protection) {
        (Some(_), _) => LibraryState::Open,
        (None, Protection::New) => LibraryState::Absent,
        (None, _) => LibraryState::Locked,
    };
    Ok(LibraryView {
        state,
        place: app.inner.ports.database.display().to_string(),
        by_keychain: matches!(protection, Protection::Keychain | Protection::KeychainOrPassphrase),
        by_passphrase: matches!(protection, Protection::Passphrase | Protection::KeychainOrPassphrase),
        profile: library.as_ref().map(|library| shown(&library.shelf.user)),
    })
}

fn shown(user: &User) -> ProfileView {
    ProfileView {
        full_name: user.full_name.clone(),
        organization: user.organization.clone(),
        email: user.email.clone(),
        version: count(user.version),
    }
}

impl App {
    /// Asks the vault, off the threads that serve: the keychain may take three seconds, a passphrase one.
    pub(crate) async fn ask_vault<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, AppError> {
        let vault = self.inner.ports.vault.clone();
        let answer = tokio::task::spawn_blocking(move || question(&vault)).await.map_err(|reason| {
            AppError::new(ErrorCode::Internal, "The key could not be asked for.").with("reason", reason)
        })?;
        Ok(answer?)
    }

    pub(crate) async fn open_store(&self, key: &DataKey) -> Result<Store, AppError> {
        let key = Key::from_bytes(*key.expose());
        Ok(Store::open_with(&self.inner.ports.database, key, self.store_options()).await?)
    }

    /// Opens the database with its key, empties the bin of what is older than thirty days.
    pub(crate) async fn take_library(&self, key: DataKey) -> Result<(), AppError> {
        let store = self.open_store(&key).await?;
        let user = match store.users().await?.into_iter().next() {
            Some(user) => user,
            // The program ended between making the database and its profile.
            None => store.create_user(&Profile { full_name: "—".to_owned(), ..Profile::default() }).await?,
        };
        store.purge_bin(&user.full_name).await?;
        let shelf = Shelf::new(store, user, &self.inner.kinds);
        // What was under way when the program ended goes on.
        shelf.queue.ring();
        *self.inner.library.write().await = Some(Library { shelf, key });
        Ok(())
    }

    /// Takes the library's deals off the desk and closes it.
    pub(crate) async fn put_library_away(&self) {
        let library = self.inner.library.write().await.take();
        self.desk().put_library_away();
        if let Some(library) = library {
            library.shelf.close().await;
        }
    }

    /// Puts the deals that were open last on the desk again. What cannot be opened now stands in the list of
    /// projects, where opening it says why.
    async fn bring_back(&self) -> Result<(), AppError> {
        let shelf = self.library_shelf().await?;
        let names: BTreeMap<ProjectId, u32> =
            self.desk().take_away().into_iter().map(|(number, project)| (project, number)).collect();
        for project in open_projects(&shelf).await? {
            let number = names.get(&project).copied();
            let opened = match law::opened(&shelf, project).await {
                Ok(opened) => law::noted(self, opened).await,
                refused => refused,
            };
            if let Ok(opened) = opened {
                let mut desk = self.desk();
                if desk.expect_room().is_ok() {
                    desk.put_back(number, opened);
                }
            }
        }
        Ok(())
    }

    /// Notes which of the library's deals are open, so that they are again after the next unlocking. Where it
    /// cannot be noted nothing is lost but this convenience.
    pub(crate) async fn note_open(&self) {
        let Ok(shelf) = self.library_shelf().await else { return };
        let open: Vec<ProjectId> = {
            let desk = self.desk();
            let of_library = desk.iter().filter(|(_, opened)| opened.place == Place::Library);
            of_library.map(|(_, opened)| opened.project.clone()).collect()
        };
        if open_projects(&shelf).await.is_ok_and(|noted| noted != open) {
            let value = json!(open);
            let noted = shelf.store.set_setting(Some(&shelf.user.id), OPEN, Some(&value), shelf.author());
            drop(noted.await);
        }
    }

    /// Closes what is open, before the process ends: OpenSSL takes its tables down at the exit, and a
    /// connection that is still being closed then reads freed memory. What was answered is on the disk already.
    pub async fn close(&self) {
        let _turn = self.turn().await;
        self.put_library_away().await;
        self.close_memory().await;
    }

    async fn opened_key(&self) -> Result<(DataKey, User), AppError> {
        let library = self.inner.library.read().await;
        let library = library.as_ref().ok_or_else(locked)?;
        Ok((library.key.clone(), library.shelf.user.clone()))
    }
}
