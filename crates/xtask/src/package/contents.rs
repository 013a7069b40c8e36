//! What a package for Debian and Ubuntu holds.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::process::{must, root, target};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// File beside the repository's own, and where it is installed.
const FILES: &[(&str, &str)] = &[
    ("LICENSE", "usr/share/doc/recoup/copyright"),
    ("src-tauri/package/recoup.desktop", "usr/share/applications/recoup.desktop"),
    ("src-tauri/package/recoup.xml", "usr/share/mime/packages/recoup.xml"),
    ("ui/src/design/mark.svg", "usr/share/icons/hicolor/scalable/apps/recoup.svg"),
    ("src-tauri/icons/32x32.png", "usr/share/icons/hicolor/32x32/apps/recoup.png"),
    ("src-tauri/icons/icon.png", "usr/share/icons/hicolor/128x128/apps/recoup.png"),
    ("src-tauri/icons/128x128@2x.png", "usr/share/icons/hicolor/256x256/apps/recoup.png"),
];

/// The programs of the package.
pub(super) const PROGRAMS: [&str; 2] = ["recoup", "recoup-desktop"];

/// Where packages are made and tried.
pub(super) fn folder() -> PathBuf {
    target().join("package")
}

/// Builds the package out of the programs in a folder; `quick` packs them loosely, for a trial.
pub(super) fn build(programs: &Path, quick: bool) -> Result<PathBuf> {
    let tree = folder().join("tree");
    if folder().exists() {
        fs::remove_dir_all(folder())?;
    }
    for program in PROGRAMS {
        copy(&programs.join(program), &tree.join("usr/bin").join(program))?;
    }
    for (from, to) in FILES {
        copy(&root().join(from), &tree.join(to))?;
    }
    let completions = Command::new(programs.join("recoup")).args(["completions", "bash"]).output()?;
    if !completions.status.success() {
        bail!("recoup completions: {}", String::from_utf8_lossy(&completions.stderr));
    }
    write(&tree.join("usr/share/bash-completion/completions/recoup"), &completions.stdout)?;
    write(&tree.join("DEBIAN/control"), control(installed_kib(&tree)?).as_bytes())?;
    let file = folder().join(format!("recoup_{VERSION}_{}.deb", architecture()));
    let packing: &[&str] = if quick { &["-Zgzip", "-z1"] } else { &["-Zxz"] };
    must(
        Command::new("dpkg-deb").args(packing).args(["--build", "--root-owner-group"]).arg(&tree).arg(&file),
    )?;
    Ok(file)
}

fn control(installed_kib: u64) -> String {
    format!(
        "Package: recoup\nVersion: {VERSION}\nArchitecture: {}\nInstalled-Size: {installed_kib}\n\
         Section: misc\nPriority: optional\nMaintainer: The Recoup project <recoup@invalid>\n\
         Depends: libwebkit2gtk-4.1-0, libgtk-3-0 | libgtk-3-0t64\n\
         Description: Model how an animated film is financed\n \
         Incentives, capital, recoupment and returns of an independent film, each figure explained.\n",
        architecture()
    )
}

fn installed_kib(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let known = entry.metadata()?;
        sum += if known.is_dir() { installed_kib(&entry.path())? } else { known.len().div_ceil(1024) };
    }
    Ok(sum)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::copy(from, to)?;
    Ok(())
}

fn write(to: &Path, text: &[u8]) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    Ok(fs::write(to, text)?)
}

/// Debian's name for this processor.
fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
