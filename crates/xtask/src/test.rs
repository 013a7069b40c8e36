//! Everything that is checked, in the order in which it fails fastest.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{
    deny, fuzz, interface, policies,
    process::{cargo, command, must, root, target},
    run, setup,
    suite::{Suite, Tally},
    window,
};

/// `cargo xtask test`.
pub(crate) fn test() -> Result<bool> {
    let mut suite = Suite::default();
    suite.part("set-up", || {
        setup::everything()?;
        interface::packages()?;
        Ok(Tally { passed: 1, failed: 0 })
    });
    law(&mut suite);
    interface_checks(&mut suite);
    suite.check("formatting", &mut cargo("fmt --all --check"));
    // One invocation builds every test and both programs with one set of features, so that the window
    // opened below is made of the same compiled code.
    suite.tests("tests, parity, architecture", &mut cargo("test --workspace --no-fail-fast --quiet"));
    suite.check("clippy", &mut cargo("clippy --workspace --all-targets --quiet -- -D warnings"));
    if deny::installed() {
        deny::checks(&mut suite);
    }
    worked_cases(&mut suite);
    in_front_of_a_user(&mut suite, false);
    Ok(suite.close())
}

/// `cargo xtask golden`.
pub(crate) fn golden() -> Result<bool> {
    must(cargo("test --workspace --test golden --test closing_pages").env("RECOUP_REWRITE_GOLDEN", "1"))?;
    println!(
        "tests/golden and the pages of docs/examples are written; read the difference before you keep it"
    );
    Ok(true)
}

/// `cargo xtask e2e`.
pub(crate) fn end_to_end() -> Result<bool> {
    let mut suite = Suite::default();
    setup::everything()?;
    run::build()?;
    in_front_of_a_user(&mut suite, true);
    suite.check("gallery, in every look", &mut interface::script("gallery:axe"));
    Ok(suite.close())
}

/// The policies as they lie on the disk: sound, right by their examples, and held by them.
fn law(suite: &mut Suite) {
    suite.part("policies and their worked examples", policies::sound);
    suite.part("numbers that no example holds", policies::held);
    suite.part("programs that nobody wrote", fuzz::short);
}

fn interface_checks(suite: &mut Suite) {
    suite.check(
        "interface: lock is whole",
        command("node scripts/complete-lock.mjs --check").current_dir(root().join("ui")),
    );
    suite.check("interface: types", &mut interface::script("typecheck"));
    suite.check("interface: lint", &mut interface::script("lint"));
    suite.tests("interface: tests", &mut interface::script("test"));
    suite.part("interface: build", || {
        interface::build()?;
        Ok(Tally { passed: 1, failed: 0 })
    });
}

fn in_front_of_a_user(suite: &mut Suite, every_look: bool) {
    suite.tests("interface in a browser", &mut window::browser());
    suite.tests("every page", &mut window::pages(every_look));
    suite.tests("library and editor of programs", &mut window::programs());
    suite.tests("budget sheets", &mut window::budget_sheets());
    suite.tests("waterfall", &mut window::waterfall());
    suite.tests("order of recoupment", &mut window::waterfall_editor());
    suite.tests("risk", &mut window::risk());
    suite.tests("scenarios", &mut window::scenarios());
    suite.tests("jobs", &mut window::jobs());
    if cfg!(target_os = "linux") {
        suite.tests("keychain, full disk, newer database", &mut window::trouble());
        suite.tests("window", &mut window::desktop());
    }
}

/// The worked cases kept beside the repository, where there are any.
fn worked_cases(suite: &mut Suite) {
    for (kind, folder) in
        [("irr", "irr-cases"), ("incentives", "incentive-cases"), ("waterfall", "waterfall-cases")]
    {
        let Some(cases) = root().parent().map(|beside| beside.join("shared").join(folder)) else { continue };
        if !cases.is_dir() {
            continue;
        }
        suite.part(&format!("worked cases: {kind}"), || verified(kind, &json_files(&cases)?));
    }
}

fn verified(kind: &str, files: &[PathBuf]) -> Result<Tally> {
    let output = std::process::Command::new(run::binary("recoup"))
        .args(["verify", kind, "--json"])
        .args(files)
        .output()?;
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| anyhow::anyhow!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    let count = |name: &str| answer[name].as_u64().unwrap_or(0);
    let mut uncovered = 0;
    for case in answer["cases"].as_array().into_iter().flatten().filter(|case| case["status"] != "equal") {
        if case["message"].as_str().is_some_and(|message| message.starts_with(NOT_HELD)) {
            uncovered += 1;
        } else {
            println!("{} {} {}", case["status"], case["id"], case["message"]);
        }
    }
    if uncovered > 0 {
        println!("{uncovered} cases name programs that the library does not hold; they are not counted");
    }
    Ok(Tally {
        passed: count("equal") + count("disputed"),
        failed: count("different") + count("error") - uncovered,
    })
}

/// How the answer for a case about a program outside the library begins: nothing was computed, so nothing
/// is compared. Every other error is a failure.
const NOT_HELD: &str = "there is no program ";

fn json_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Where the end-to-end scripts leave their screenshots.
pub(crate) fn pictures() -> PathBuf {
    target().join("pictures")
}
