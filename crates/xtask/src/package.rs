//! An installable package for Debian and Ubuntu: built, installed, used and removed again before it is called done.

mod contents;
mod trial;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{
    interface,
    process::{cargo, must, root, target},
    run, setup,
};

/// Builds the package, of the programs the arguments name, and tries it.
pub(crate) fn package(arguments: &[String]) -> Result<bool> {
    if !cfg!(target_os = "linux") {
        bail!("packages are made on Debian or Ubuntu only, so far");
    }
    setup::everything()?;
    setup::to_package()?;
    let quick = arguments.iter().any(|argument| argument == "--debug");
    let file = contents::build(&programs(arguments)?, quick)?;
    println!("{}", file.display());
    trial::tried(&file)
}

/// Builds the programs and says where they are. `--debug` takes the debug build, where there is no time for the long
/// one; `--of FOLDER` takes programs that are built already.
pub(crate) fn programs(arguments: &[String]) -> Result<PathBuf> {
    if let Some(at) = arguments.iter().position(|argument| argument == "--of") {
        let folder = arguments.get(at + 1).context("--of names a folder with the programs")?;
        return Ok(root().join(folder));
    }
    if arguments.iter().any(|argument| argument == "--debug") {
        run::build()?;
        return Ok(target().join("debug"));
    }
    setup::to_build()?;
    interface::build()?;
    must(&mut cargo("build --release --workspace --bins"))?;
    Ok(target().join("release"))
}
