//! The interface: its packages and its build, both done only when something they depend on is newer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Result};

use crate::process::{must, root};

/// `npm run SCRIPT` in the interface's folder.
pub(crate) fn script(name: &str) -> Command {
    let mut command = npm();
    command.args(["run", "--silent", name]);
    command
}

fn npm() -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder());
    command
}

fn folder() -> PathBuf {
    root().join("ui")
}

/// The packages of the lock, exactly.
pub(crate) fn packages() -> Result<()> {
    let lock = folder().join("package-lock.json");
    // Written only after a whole installation; npm's own marker is also there after half of one.
    let stamp = folder().join("node_modules/.recoup-lock");
    let wanted = fs::read(&lock).context("ui/package-lock.json")?;
    if fs::read(&stamp).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    println!("Installing the interface's packages");
    must(npm().args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]))?;
    Ok(fs::write(stamp, wanted)?)
}

/// `ui/dist`, unless it is newer than everything it is made from.
pub(crate) fn build() -> Result<()> {
    packages()?;
    if built_since(newest(&folder(), &["node_modules", "dist"])?) {
        return Ok(());
    }
    println!("Building the interface");
    must(&mut script("build"))
}

fn built_since(changed: SystemTime) -> bool {
    fs::metadata(folder().join("dist/index.html"))
        .and_then(|page| page.modified())
        .is_ok_and(|built| built > changed)
        && folder().join("dist/assets").is_dir()
}

fn newest(folder: &Path, besides: &[&str]) -> Result<SystemTime> {
    let mut latest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if besides.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let kind = entry.file_type()?;
        let changed =
            if kind.is_dir() { newest(&entry.path(), &[])? } else { entry.metadata()?.modified()? };
        latest = latest.max(changed);
    }
    Ok(latest)
}
