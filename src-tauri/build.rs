//! Lists the application's commands, so that one without a grant in `tauri.conf.json` is refused.

include!("../crates/app/src/use_cases.rs");

macro_rules! names {
    ($( $kind:ident $method:ident $path:literal $area:ident :: $name:ident ( $req:ident ) -> $res:ident
        $effect:ident [ $( $tag:ident ),* ] ; )*) => {
        &[ $( stringify!($name) ),* ]
    };
}

const COMMANDS: &[&str] = with_use_cases!(names);

fn main() {
    println!("cargo:rerun-if-changed=crates/app/src/use_cases.rs");
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo:error={error:#}");
        std::process::exit(1);
    }
}
