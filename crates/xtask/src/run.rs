//! Opening the product on this machine.

use std::process::Command;

use anyhow::Result;

use crate::{
    interface,
    process::{cargo, must, target},
    setup,
};

/// The window, or the served interface where there is no display.
pub(crate) fn run(arguments: &[String]) -> Result<bool> {
    let seen = !cfg!(target_os = "linux")
        || ["WAYLAND_DISPLAY", "DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !seen {
        println!("No display here: serving the interface instead.");
        return serve(arguments);
    }
    build()?;
    must(Command::new(binary("recoup-desktop")).args(arguments))?;
    Ok(true)
}

/// The interface and the use cases on 127.0.0.1.
pub(crate) fn serve(arguments: &[String]) -> Result<bool> {
    build()?;
    must(Command::new(binary("recoup")).arg("serve").args(arguments))?;
    Ok(true)
}

/// Builds the programs as `cargo xtask test` does, so that neither command undoes the other's work.
pub(crate) fn build() -> Result<()> {
    setup::to_build()?;
    interface::build()?;
    must(&mut cargo("test --workspace --no-run --quiet"))
}

/// A built program.
pub(crate) fn binary(name: &str) -> std::path::PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
