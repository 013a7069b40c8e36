//! Where deals are kept: in memory under a key nobody knows, or in the person's own database.

use std::sync::Arc;

use recoup_store::{NewProject, OpenedDeal, Options, Profile, ProjectId, Store, User};
use recoup_vault::DataKey;
use serde_json::Value;

use crate::{
    App, AppError, ErrorCode,
    app::moment,
    jobs::{Kinds, Queue},
};

/// One of the two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Gone when the program ends.
    Memory,
    /// On the disk, encrypted.
    Library,
}

/// The database in memory.
pub(crate) struct Memory {
    shelf: Shelf,
}

/// The person's own database, open.
pub(crate) struct Library {
    pub(crate) shelf: Shelf,
    /// Needed to give the database another passphrase; wiped when the library is closed.
    pub(crate) key: DataKey,
}

/// A place opened for reading and writing.
#[derive(Clone)]
pub(crate) struct Shelf {
    pub(crate) store: Store,
    pub(crate) user: User,
    /// Its long computations.
    pub(crate) queue: Queue,
}

impl Shelf {
    pub(crate) fn new(store: Store, user: User, kinds: &Kinds) -> Self {
        let queue = Queue::new(store.clone(), kinds.clone());
        Self { store, user, queue }
    }

    /// Stops what is computed in it and closes it; what was answered is on the disk already.
    pub(crate) async fn close(self) {
        self.queue.close().await;
        self.store.close().await;
    }

    /// Who stands behind what is written.
    pub(crate) fn author(&self) -> &str {
        &self.user.full_name
    }

    /// Makes a project of a document under this name or, where it is taken, a similar one.
    pub(crate) async fn start(
        &self,
        name: &str,
        document: &Value,
        summary: &str,
    ) -> Result<(ProjectId, OpenedDeal), AppError> {
        for name in namesakes(name) {
            let new = NewProject {
                user: &self.user.id,
                name: &name,
                description: "",
                document,
                author: self.author(),
                summary,
            };
            match self.store.create_project(&new).await {
                Ok(project) => {
                    let deal = self.store.open_deal(&project.id).await?;
                    return Ok((project.id, deal));
                }
                Err(recoup_store::StoreError::Constraint { name }) if name == "projects_user_name" => {}
                Err(reason) => return Err(reason.into()),
            }
        }
        Err(no_name_left(name))
    }
}

/// How many projects may share a name but for the number behind it.
const MOST_NAMESAKES: u32 = 999;

/// The name, and what a project may be called where it is taken.
pub(crate) fn namesakes(name: &str) -> impl Iterator<Item = String> {
    let numbered = (2..=MOST_NAMESAKES).map(move |copy| format!("{name} ({copy})"));
    std::iter::once(name.to_owned()).chain(numbered)
}

/// No name was left.
pub(crate) fn no_name_left(name: &str) -> AppError {
    AppError::new(ErrorCode::NameTaken, "There are too many projects of this name.").with("name", name)
}

impl App {
    /// The place, opened.
    pub(crate) async fn shelf(&self, place: Place) -> Result<Shelf, AppError> {
        match place {
            Place::Library => self.library_shelf().await,
            Place::Memory => self.memory_shelf().await,
        }
    }

    /// Where a deal goes that a person brings: into the library while it is open.
    pub(crate) async fn place_for_new(&self) -> Place {
        if self.inner.library.read().await.is_some() { Place::Library } else { Place::Memory }
    }

    /// The person's own database, which must be open.
    pub(crate) async fn library_shelf(&self) -> Result<Shelf, AppError> {
        let library = self.inner.library.read().await;
        library.as_ref().map(|library| library.shelf.clone()).ok_or_else(locked)
    }

    /// The places that are open, the person's own database first.
    pub(crate) async fn shelves(&self) -> Vec<(Place, Shelf)> {
        let library = self.inner.library.read().await.as_ref().map(|library| library.shelf.clone());
        let memory = self.inner.memory.get().map(|memory| memory.shelf.clone());
        let places = [(Place::Library, library), (Place::Memory, memory)];
        places.into_iter().filter_map(|(place, shelf)| Some((place, shelf?))).collect()
    }

    async fn memory_shelf(&self) -> Result<Shelf, AppError> {
        let memory = self
            .inner
            .memory
            .get_or_try_init(|| async {
                let store = Store::in_memory_with(self.store_options()).await?;
                let user =
                    store.create_user(&Profile { full_name: "—".to_owned(), ..Profile::default() }).await?;
                Ok::<_, AppError>(Memory { shelf: Shelf::new(store, user, &self.inner.kinds) })
            })
            .await?;
        Ok(memory.shelf.clone())
    }

    /// Ends the database in memory and everything in it.
    pub(crate) async fn close_memory(&self) {
        self.desk().clear_place(Place::Memory);
        if let Some(memory) = self.inner.memory.get() {
            memory.shelf.clone().close().await;
        }
    }

    /// The store reads the host's clock.
    pub(crate) fn store_options(&self) -> Options {
        let clock = Arc::clone(&self.inner.ports.clock);
        Options { clock: Arc::new(move || moment(clock.now_ms())), ..Options::default() }
    }
}

pub(crate) fn locked() -> AppError {
    AppError::new(ErrorCode::Locked, "Your database is locked. Unlock it and try again; nothing was changed.")
}
