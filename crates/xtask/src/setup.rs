//! What a fresh Debian or Ubuntu machine lacks, installed by its own package manager.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::process::{command, has, must};

/// Needed to compile: the webview, the database's encryption and their build tools.
const TO_BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "perl",
    "make",
    "libwebkit2gtk-4.1-dev",
    "libdbus-1-dev",
    "libssl-dev",
];

/// Needed to open the window unseen, to drive it and a browser, and to look into what packs hold.
const TO_TEST: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "dbus",
    "gnome-keyring",
    "poppler-utils",
    "libreoffice-calc",
];

/// Needed to see whether a package would be understood by a desktop.
const TO_PACKAGE: &[&str] = &["desktop-file-utils", "shared-mime-info"];

/// Node, for the interface; only looked at when it is not there already in some other way.
const NODE: &[&str] = &["nodejs", "npm"];
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Everything that any command needs.
pub(crate) fn everything() -> Result<()> {
    to_build()?;
    system(TO_TEST)
}

/// What compiling needs.
pub(crate) fn to_build() -> Result<()> {
    system(TO_BUILD)?;
    node()
}

/// What trying a package needs besides.
pub(crate) fn to_package() -> Result<()> {
    system(TO_PACKAGE)
}

fn system(packages: &[&str]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !has("apt-get") {
        if has("dpkg-query") || missing.len() == packages.len() {
            println!("This is not Debian or Ubuntu; install what corresponds to: {}", missing.join(" "));
        }
        return Ok(());
    }
    println!("Installing {}", missing.join(" "));
    must(root("apt-get -q update").stdout(Stdio::null()))?;
    must(root("apt-get -q install -y --no-install-recommends").args(&missing).stdout(Stdio::null()))
}

/// What needs to be root; a desktop user is asked for a password by sudo.
pub(crate) fn root(line: &str) -> Command {
    let id = Command::new("id").arg("-u").output().map(|output| output.stdout).unwrap_or_default();
    let mut command =
        if id.trim_ascii() == b"0" { command(line) } else { command(&format!("sudo -E {line}")) };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f", "${Status}", package])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| output.stdout == b"install ok installed")
}

fn node() -> Result<()> {
    if !has("node") || !has("npm") {
        system(NODE)?;
    }
    let output = command("node --version").output();
    let version =
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    if parsed(&version).is_none_or(|found| found < OLDEST_NODE) {
        let (major, minor) = OLDEST_NODE;
        bail!("the interface needs Node {major}.{minor} or newer and npm; found {version:?}");
    }
    Ok(())
}

fn parsed(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_is_compared_by_number() {
        assert_eq!(parsed("v20.20.2"), Some((20, 20)));
        assert!(parsed("v9.99.0") < Some(OLDEST_NODE));
        assert_eq!(parsed("20.1.0"), None);
    }
}
