//! Runs the engines' tests, instrumented: by cargo-llvm-cov where the toolchain has or can be given the tools of its own
//! compiler, by cargo-tarpaulin, which brings a reader of its own, where not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::process::{cargo, command, has, must, root, target};

/// A cargo subcommand from the registry, at the one version that is used here.
struct Tool {
    name: &'static str,
    subcommand: &'static str,
    version: &'static str,
    /// How it is built: without what it offers to other services.
    options: &'static [&'static str],
}

const LLVM_COV: Tool =
    Tool { name: "cargo-llvm-cov", subcommand: "llvm-cov", version: "0.9.1", options: &[] };
const TARPAULIN: Tool = Tool {
    name: "cargo-tarpaulin",
    subcommand: "tarpaulin",
    version: "0.37.5",
    options: &["--no-default-features"],
};

/// Runs the tests of these engines and returns the tracefile.
pub(super) fn measure(engines: &[String]) -> Result<PathBuf> {
    let folder = target().join("coverage");
    fs::create_dir_all(&folder)?;
    let trace = folder.join("lcov.info");
    let mut run = if llvm_tools() { by_llvm_cov(&folder, &trace)? } else { by_tarpaulin(&folder)? };
    for engine in engines {
        run.args(["--package", &format!("recoup-{engine}")]);
    }
    // What is left of an earlier run must not be read as this one's.
    if trace.exists() {
        fs::remove_file(&trace)?;
    }
    must(&mut run).context("a test failed or did not compile; nothing was measured")?;
    Ok(trace)
}

fn by_llvm_cov(folder: &Path, trace: &Path) -> Result<Command> {
    let mut run = LLVM_COV.ready()?;
    run.args(["--no-cfg-coverage", "--lcov", "--output-path"]).arg(trace);
    run.env("CARGO_LLVM_COV_TARGET_DIR", folder.join("build")).env("CARGO_INCREMENTAL", "0");
    Ok(run)
}

fn by_tarpaulin(folder: &Path) -> Result<Command> {
    let mut run = TARPAULIN.ready()?;
    run.args(["--engine", "llvm", "--skip-clean", "--timeout", "600", "--out", "lcov", "--output-dir"])
        .arg(folder);
    run.arg("--target-dir").arg(folder.join("build-tarpaulin")).env("CARGO_INCREMENTAL", "0");
    Ok(run)
}

/// Whether the toolchain has `llvm-profdata` and `llvm-cov`; where rustup can fetch them, it is asked to.
fn llvm_tools() -> bool {
    let Some(tools) = tools_of_the_toolchain() else { return false };
    let there = || {
        ["llvm-profdata", "llvm-cov"]
            .iter()
            .all(|tool| tools.join(format!("{tool}{}", std::env::consts::EXE_SUFFIX)).is_file())
    };
    if !there() && has(&format!("rustup{}", std::env::consts::EXE_SUFFIX)) {
        println!("Adding the component llvm-tools to the toolchain");
        if let Err(error) = must(&mut command("rustup component add llvm-tools")) {
            println!("It is not to be had ({error:#}); {} does without", TARPAULIN.name);
        }
    }
    there()
}

/// `<sysroot>/lib/rustlib/<host>/bin`.
fn tools_of_the_toolchain() -> Option<PathBuf> {
    let libraries = command("rustc --print target-libdir").output().ok()?;
    let libraries = PathBuf::from(String::from_utf8(libraries.stdout).ok()?.trim());
    Some(libraries.parent()?.join("bin"))
}

impl Tool {
    /// The subcommand, installed into the build folder if this version of it is not there.
    fn ready(&self) -> Result<Command> {
        let tools = target().join("tools");
        let program = tools.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if !self.is(&program) {
            println!("Installing {} {} into {}", self.name, self.version, tools.display());
            let mut install = cargo("install --quiet --locked --force");
            install.args([self.name, "--version", self.version]).args(self.options).arg("--root").arg(&tools);
            must(install.arg("--target-dir").arg(tools.join("build")))?;
            fs::remove_dir_all(tools.join("build"))?;
            if !self.is(&program) {
                bail!("{} is there but is not {} {}", program.display(), self.name, self.version);
            }
        }
        let mut run = Command::new(program);
        run.arg(self.subcommand).current_dir(root());
        Ok(run)
    }

    fn is(&self, program: &Path) -> bool {
        let asked = Command::new(program).args([self.subcommand, "--version"]).stderr(Stdio::null()).output();
        asked.is_ok_and(|told| {
            String::from_utf8_lossy(&told.stdout).split_whitespace().any(|word| word == self.version)
        })
    }
}
