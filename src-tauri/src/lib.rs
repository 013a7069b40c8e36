//! The desktop host: the use cases of `recoup-app` as commands of one window.
//!
//! It wires and presents; what a use case does is decided in `recoup-app`.

mod commands;

pub use commands::{builder, write_bindings};

use recoup_app::{App, Ports};

/// Opens the window and runs until it is closed.
pub fn run() -> tauri::Result<()> {
    let specta = builder::<tauri::Wry>();
    tauri::Builder::default()
        .manage(App::open(Ports::system()))
        .invoke_handler(specta.invoke_handler())
        .run(context())
}

/// The configuration, the embedded interface and the grants, as the build resolved them.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}
