//! The desktop host: the use cases of `recoup-app` as commands of one window.
//!
//! It wires and presents; what a use case does is decided in `recoup-app`.

mod commands;
mod drawing;

pub use commands::{builder, write_bindings};

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
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
            for window in host.webview_windows().into_values() {
                drawing::suit(&window);
                std::thread::spawn(move || {
                    std::thread::sleep(LONGEST_HIDDEN);
                    show(&window);
                });
            }
            Ok(())
        })
        .on_page_load(|page, load| {
            if load.event() == PageLoadEvent::Finished
                && let Some(window) = page.get_webview_window(page.label())
            {
                std::thread::spawn(move || show_with_its_page(&window));
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

/// How long a window stays hidden when its page does not come to stand.
const LONGEST_HIDDEN: Duration = Duration::from_secs(3);
/// How often a page is asked whether it stands.
const LOOK: Duration = Duration::from_millis(8);
/// Whether there is something to see: every page has a heading.
const STANDS: &str = "document.querySelector('h1') !== null";

/// Shows a window as soon as there is something to see in it. The webview presents an empty frame first and takes a
/// quarter of a second to the next one; a window that is shown now has its page in its first frame.
fn show_with_its_page(window: &WebviewWindow) {
    let (told, tells) = std::sync::mpsc::channel();
    let end = Instant::now() + LONGEST_HIDDEN;
    while Instant::now() < end {
        let told = told.clone();
        let asked = window.eval_with_callback(STANDS, move |answer| {
            // Nobody waits for the answer any more once the window is shown.
            let _ = told.send(answer == "true");
        });
        if asked.is_err() || tells.recv_timeout(LONGEST_HIDDEN) != Ok(false) {
            break;
        }
        std::thread::sleep(LOOK);
    }
    show(window);
}

/// Shows a window; one that is shown already stays as it is.
fn show(window: &WebviewWindow) {
    if !window.is_visible().unwrap_or_default() {
        // A window that has been closed meanwhile cannot be shown.
        let _ = window.show();
    }
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
