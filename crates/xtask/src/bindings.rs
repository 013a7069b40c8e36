//! What is generated from the use-case list: the TypeScript and the window's grants.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{
    interface,
    process::{cargo, must, root},
    setup,
};

include!("../../app/src/use_cases.rs");

macro_rules! names {
    ($( $kind:ident $method:ident $path:literal $area:ident :: $name:ident ( $req:ident ) -> $res:ident
        $effect:ident [ $( $tag:ident ),* ] ; )*) => {
        &[ $( stringify!($name) ),* ]
    };
}

const COMMANDS: &[&str] = with_use_cases!(names);

/// Writes both; `cargo xtask test` fails when they are not what this would write.
pub(crate) fn write() -> Result<bool> {
    setup::to_build()?;
    // A grant for a command that is gone stops the build, so the grants come first.
    grants()?;
    interface::build()?;
    must(cargo("test --workspace --test parity -- bindings").env("RECOUP_WRITE", "1"))?;
    Ok(true)
}

fn grants() -> Result<()> {
    let path = root().join("tauri.conf.json");
    let text = fs::read_to_string(&path).context("tauri.conf.json")?;
    let mut config: Value = serde_json::from_str(&text).context("tauri.conf.json")?;
    let permissions: Vec<String> =
        COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    config["app"]["security"]["capabilities"] = json!([{
        "identifier": "main",
        "description": "The main window may call the listed use cases and nothing else.",
        "windows": ["main"],
        "permissions": permissions,
    }]);
    let written = format!("{config:#}\n");
    if written != text {
        fs::write(&path, written)?;
    }
    Ok(())
}
