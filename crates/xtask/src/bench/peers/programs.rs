//! The programs that are compared, and the Python that some of them run in.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process::{must, root};

/// The peers' own Python, with what `requirements.txt` pins.
pub(super) fn environment(folder: &Path) -> Result<PathBuf> {
    let venv = folder.join("venv");
    let python = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = fs::read_to_string(root().join("benches/peers/requirements.txt"))?;
    let installed = venv.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    println!("installing NumPy, numba and pyxirr into {}", venv.display());
    let system = if cfg!(windows) { "python" } else { "python3" };
    must(Command::new(system).args(["-m", "venv"]).arg(&venv))
        .context("the peers need Python 3.11 or later with venv")?;
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    must(install.arg(root().join("benches/peers/requirements.txt")))?;
    fs::write(installed, wanted)?;
    Ok(python)
}

/// A program that answers each line with a line of JSON.
pub(super) struct Program {
    pub(super) name: &'static str,
    child: Child,
    into: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Program {
    pub(super) fn start(name: &'static str, mut command: Command) -> Result<Self> {
        // One thread each, also in the libraries below them.
        for variable in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"] {
            command.env(variable, "1");
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let into = child.stdin.take();
        let from = child.stdout.take().context("no output")?;
        Ok(Self { name, child, into, from: BufReader::new(from) })
    }

    pub(super) fn ask(&mut self, line: &str) -> Result<Value> {
        let into = self.into.as_mut().context("no input")?;
        writeln!(into, "{line}")?;
        into.flush()?;
        let mut answer = String::new();
        self.from.read_line(&mut answer)?;
        if answer.is_empty() {
            bail!("{} ended at {line:?}: see above", self.name);
        }
        serde_json::from_str(&answer).with_context(|| format!("{}: {answer}", self.name))
    }

    /// The least and the median of some timings.
    pub(super) fn nanoseconds(&mut self, line: &str) -> Result<[f64; 2]> {
        let answer = self.ask(line)?;
        match (answer["ns"].as_f64(), answer["median_ns"].as_f64()) {
            (Some(least), Some(median)) => Ok([least, median]),
            _ => bail!("{} gave no time", self.name),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.into.take());
        let _ended = self.child.wait();
    }
}
