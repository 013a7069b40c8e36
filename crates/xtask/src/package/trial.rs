//! The package as a person meets it: installed, used, removed. Into a folder tree of its own, so that the machine that
//! makes the package stays as it was.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use super::contents::{self, PROGRAMS};
use crate::{
    process::must,
    setup,
    suite::{Suite, Tally},
    window,
};

const PASSED: Tally = Tally { passed: 1, failed: 0 };

/// Every file below a folder and what is in it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(super) fn tried(package: &Path) -> Result<bool> {
    let mut suite = Suite::default();
    let tree = contents::folder().join("installed");
    let home = tree.join("home/producer");
    suite.part("the package installs", || {
        installed(package, &tree)?;
        fs::create_dir_all(&home)?;
        Ok(PASSED)
    });
    let bin = tree.join("usr/bin");
    suite.part("desktop entry, icon and file type belong together", || associated(&tree));
    suite.check("the installed command line", Command::new(bin.join("recoup")).arg("--version"));
    suite.tests("the installed window", window::desktop().env("RECOUP_DESKTOP", bin.join("recoup-desktop")));
    suite.tests(
        "a person's work in the installed window",
        window::on_a_screen("installed")
            .env("RECOUP_DESKTOP", bin.join("recoup-desktop"))
            .env("RECOUP_HOME", &home),
    );
    suite.part("removing takes the program and leaves the work", || removed(&tree, &home));
    Ok(suite.close())
}

/// `dpkg` over a tree with a register of its own.
fn dpkg(tree: &Path) -> Command {
    let mut command = setup::root("dpkg");
    command.arg(format!("--root={}", tree.display())).args(["--force-depends", "--force-script-chrootless"]);
    command
}

fn installed(package: &Path, tree: &Path) -> Result<Tally> {
    let register = tree.join("var/lib/dpkg");
    for folder in ["info", "updates"] {
        fs::create_dir_all(register.join(folder))?;
    }
    fs::write(register.join("status"), "")?;
    must(dpkg(tree).arg("--install").arg(package))?;
    for program in PROGRAMS {
        ensure!(tree.join("usr/bin").join(program).is_file(), "{program} is not installed");
    }
    Ok(PASSED)
}

/// What a desktop would make of the package: the entry is valid, and a deal's file name leads to its type and to us.
fn associated(tree: &Path) -> Result<Tally> {
    let share = tree.join("usr/share");
    let entry = share.join("applications/recoup.desktop");
    must(Command::new("desktop-file-validate").arg(&entry))?;
    // Beside the tree: on a real machine a trigger of another package writes these.
    let types = contents::folder().join("types/mime");
    fs::create_dir_all(types.join("packages"))?;
    fs::copy(share.join("mime/packages/recoup.xml"), types.join("packages/recoup.xml"))?;
    must(Command::new("update-mime-database").arg(&types))?;
    let globs = fs::read_to_string(types.join("globs2"))?;
    let text = fs::read_to_string(&entry)?;
    let value = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
            .unwrap_or_default()
            .to_owned()
    };
    let kind = value("MimeType");
    let kind = kind.trim_end_matches(';');
    for pattern in ["*.deal.json", "*.recoup"] {
        ensure!(globs.contains(&format!(":{kind}:{pattern}\n")), "{pattern} is not {kind} in\n{globs}");
    }
    let program = value("Exec");
    let program = program.split_whitespace().next().unwrap_or_default();
    ensure!(tree.join("usr/bin").join(program).is_file(), "Exec names {program:?}, which is not installed");
    let icons: Vec<PathBuf> = files(&share.join("icons"))?.into_keys().collect();
    let icon = value("Icon");
    ensure!(
        icons.iter().any(|path| path.ends_with(format!("scalable/apps/{icon}.svg"))) && icons.len() > 2,
        "no icon {icon:?} among {icons:?}"
    );
    Ok(PASSED)
}

fn removed(tree: &Path, home: &Path) -> Result<Tally> {
    let before = files(home)?;
    let database = before.keys().any(|path| path.extension().is_some_and(|kind| kind == "db"));
    ensure!(database && before.len() > 2, "the window left no work to keep: {:?}", before.keys());
    let listed = output(dpkg(tree).args(["--listfiles", "recoup"]))?;
    must(dpkg(tree).args(["--purge", "recoup"]))?;
    let left: Vec<&str> = listed
        .lines()
        .filter(|path| !path.starts_with("/.") && tree.join(path.trim_start_matches('/')).exists())
        .collect();
    ensure!(left.is_empty(), "left behind: {left:?}");
    let after = files(home)?;
    ensure!(before == after, "what the person made is not as it was");
    println!(
        "{} paths removed, {} files of the person as they were, byte by byte",
        listed.lines().count(),
        after.len()
    );
    Ok(PASSED)
}

fn output(command: &mut Command) -> Result<String> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("{:?}: {}", command.get_program(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn files(folder: &Path) -> Result<Files> {
    let mut found = Files::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.is_file() {
            let bytes = fs::read(&path)?;
            found.insert(path, bytes);
        }
    }
    Ok(found)
}
