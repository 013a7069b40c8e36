//! An installable package for Debian and Ubuntu, unpacked again and tried before it is called done.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{
    interface,
    process::{cargo, must, root, target},
    run, setup,
    suite::Suite,
    window,
};

const VERSION: &str = env!("CARGO_PKG_VERSION");

const DESKTOP_ENTRY: &str = "\
[Desktop Entry]
Type=Application
Name=Recoup
Comment=Model how an animated film is financed
Exec=recoup-desktop
Icon=recoup
Categories=Office;Finance;
Terminal=false
";

/// Builds the package; `--debug` packs the debug build, to try the packaging without the long build.
pub(crate) fn package(arguments: &[String]) -> Result<bool> {
    if !cfg!(target_os = "linux") {
        bail!("packages are made on Debian or Ubuntu only, so far");
    }
    let debug = arguments.iter().any(|argument| argument == "--debug");
    let programs = programs(debug)?;
    let folder = target().join("package");
    let tree = folder.join("tree");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    lay_out(&tree, &programs)?;
    let file = folder.join(format!("recoup_{VERSION}_{}.deb", architecture()));
    must(Command::new("dpkg-deb").args(["--build", "--root-owner-group"]).arg(&tree).arg(&file))?;
    println!("{}", file.display());
    tried(&file, &folder.join("unpacked"))
}

fn programs(debug: bool) -> Result<PathBuf> {
    if debug {
        run::build()?;
        return Ok(target().join("debug"));
    }
    setup::to_build()?;
    interface::build()?;
    must(&mut cargo("build --release --workspace --bins"))?;
    Ok(target().join("release"))
}

fn lay_out(tree: &Path, programs: &Path) -> Result<()> {
    let share = tree.join("usr/share");
    for program in ["recoup", "recoup-desktop"] {
        copy(&programs.join(program), &tree.join("usr/bin").join(program))?;
    }
    copy(&root().join("src-tauri/icons/icon.png"), &share.join("icons/hicolor/128x128/apps/recoup.png"))?;
    copy(&root().join("LICENSE"), &share.join("doc/recoup/copyright"))?;
    write(&share.join("applications/recoup.desktop"), DESKTOP_ENTRY)?;
    let completions = Command::new(programs.join("recoup")).args(["completions", "bash"]).output()?;
    write(&share.join("bash-completion/completions/recoup"), &String::from_utf8_lossy(&completions.stdout))?;
    let control = format!(
        "Package: recoup\nVersion: {VERSION}\nArchitecture: {}\nSection: misc\nPriority: optional\n\
         Maintainer: The Recoup project <recoup@invalid>\nDepends: libwebkit2gtk-4.1-0, libgtk-3-0\n\
         Description: Model how an animated film is financed\n \
         Incentives, capital, recoupment and returns of an independent film, each figure explained.\n",
        architecture()
    );
    write(&tree.join("DEBIAN/control"), &control)
}

/// Unpacks the package elsewhere and uses what is in it.
fn tried(file: &Path, into: &Path) -> Result<bool> {
    must(Command::new("dpkg-deb").arg("--extract").arg(file).arg(into))?;
    setup::everything()?;
    let mut suite = Suite::default();
    let bin = into.join("usr/bin");
    suite.check("the packaged command line", Command::new(bin.join("recoup")).arg("--version"));
    suite.tests("the packaged window", window::desktop().env("RECOUP_DESKTOP", bin.join("recoup-desktop")));
    Ok(suite.close())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::copy(from, to)?;
    Ok(())
}

fn write(to: &Path, text: &str) -> Result<()> {
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
