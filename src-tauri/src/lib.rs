//! The desktop host: the use cases of `recoup-app` as commands of one window.
//!
//! It wires and presents; what a use case does is decided in `recoup-app`.

mod commands;

pub use commands::{builder, write_bindings};

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use recoup_app::{App, Ports};
use tauri::{Manager, WebviewWindow, webview::PageLoadEvent};

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
        .setup(|host| {
            // Whatever becomes of the page: a program without a window cannot be closed.
            host.webview_windows().into_values().for_each(|window| shown(window, LONGEST_HIDDEN));
            Ok(())
        })
        .on_page_load(|page, load| {
            if load.event() == PageLoadEvent::Finished
                && let Some(window) = page.get_webview_window(page.label())
            {
                shown(window, FIRST_FRAME);
            }
        })
        .build(context())?
        .run(|host, event| {
            if matches!(event, tauri::RunEvent::Exit) {
                tauri::async_runtime::block_on(host.state::<App>().close());
            }
            handed(host, &event);
        });
    Ok(())
}

/// The webview presents an empty frame first and takes a quarter of a second to the next one; a window that
/// is shown a little later has its page in its first frame.
const FIRST_FRAME: Duration = Duration::from_millis(150);
/// How long a window stays hidden when its page does not load.
const LONGEST_HIDDEN: Duration = Duration::from_secs(3);

/// Shows a window after a while; one that is shown already stays as it is.
fn shown(window: WebviewWindow, after: Duration) {
    std::thread::spawn(move || {
        std::thread::sleep(after);
        if !window.is_visible().unwrap_or_default() {
            // A window that has been closed meanwhile cannot be shown.
            let _ = window.show();
        }
    });
}

/// On macOS a clicked file arrives as an event, not on the command line.
fn handed(host: &tauri::AppHandle, event: &tauri::RunEvent) {
    #[cfg(target_os = "macos")]
    if let tauri::RunEvent::Opened { urls } = event {
        let app = host.state::<App>();
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
