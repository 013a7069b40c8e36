//! The desktop host: the use cases of `recoup-app` as commands of one window.
//!
//! It wires and presents; what a use case does is decided in `recoup-app`.

mod commands;

pub use commands::{builder, write_bindings};

use std::path::{Path, PathBuf};

use recoup_app::{App, Ports};

/// Opens the window and runs until it is closed. A file named on the command line, as the system does when
/// the icon of a deal is clicked, is opened first.
pub fn run() -> tauri::Result<()> {
    let specta = builder::<tauri::Wry>();
    let app = App::open(Ports::system());
    for file in std::env::args_os().skip(1).map(PathBuf::from).filter(|file| file.is_file()) {
        hand_over(&app, &file);
    }
    tauri::Builder::default()
        .manage(app)
        .invoke_handler(specta.invoke_handler())
        .build(context())?
        .run(|host, event| handed(host, &event));
    Ok(())
}

/// On macOS a clicked file arrives as an event, not on the command line.
fn handed(host: &tauri::AppHandle, event: &tauri::RunEvent) {
    #[cfg(target_os = "macos")]
    if let tauri::RunEvent::Opened { urls } = event {
        let app = tauri::Manager::state::<App>(host);
        for file in urls.iter().filter_map(|url| url.to_file_path().ok()) {
            hand_over(&app, &file);
        }
    }
    #[cfg(not(target_os = "macos"))]
    let _ = (host, event);
}

fn hand_over(app: &App, file: &Path) {
    tauri::async_runtime::block_on(recoup_app::deals::open_handed_file(app, file));
}

/// The configuration, the embedded interface and the grants, as the build resolved them.
pub fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}
