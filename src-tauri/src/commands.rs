//! The use-case list as Tauri commands, and as TypeScript.

use std::collections::BTreeMap;

use recoup_app::with_use_cases;
use serde::Serialize;
use specta_typescript::Typescript;
use tauri_specta::Builder;

/// What the interface knows of a use case besides its types: how a browser reaches it, and which cached
/// answers it gives or makes stale.
#[derive(Serialize)]
struct Route {
    kind: &'static str,
    method: &'static str,
    path: &'static str,
    effect: &'static str,
    tags: &'static [&'static str],
}

macro_rules! tauri_commands {
    ($( $kind:ident $method:ident $path:literal $area:ident :: $name:ident ( $req:ident ) -> $res:ident
        $effect:ident [ $( $tag:ident ),* ] ; )*) => {
        mod listed {
            use recoup_app::{App, ErrorBody, wire};
            use tauri::State;

            $(
                #[tauri::command]
                #[specta::specta]
                pub(super) async fn $name(
                    app: State<'_, App>,
                    request: wire::Asked<wire::$req>,
                ) -> Result<wire::$res, ErrorBody> {
                    let request = request.into_request()?;
                    Ok(recoup_app::$area::$name(&app, request).await?)
                }
            )*
        }

        /// The commands and their types, for any runtime.
        pub fn builder<R: tauri::Runtime>() -> Builder<R> {
            let routes: BTreeMap<&str, Route> = BTreeMap::from([$( (
                stringify!($name),
                Route {
                    kind: stringify!($kind),
                    method: stringify!($method),
                    path: $path,
                    effect: stringify!($effect),
                    tags: &[ $( stringify!($tag) ),* ],
                },
            ) ),*]);
            Builder::<R>::new()
                .commands(tauri_specta::collect_commands![ $( listed::$name ),* ])
                .constant("USE_CASES", routes)
                // A shape reads the same in both directions: optional fields do not split a type in two.
                .disable_serde_phases()
        }
    };
}
with_use_cases!(tauri_commands);

/// Writes the generated TypeScript to `path`.
pub fn write_bindings(path: &std::path::Path) -> Result<(), specta_typescript::Error> {
    builder::<tauri::Wry>().export(Typescript::default(), path)
}
