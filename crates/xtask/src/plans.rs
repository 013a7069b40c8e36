//! Orders of recoupment that nobody wrote: the executor beside the second interpreter, what holds for every plan, and
//! documents that are spoilt.
//!
//! The test runs a few thousand of them; this is the long form.

use anyhow::{Context, Result, bail};

use crate::process::{cargo, must};

const COUNT: u64 = 100_000;

/// `cargo xtask plans`.
pub(crate) fn plans(arguments: &[String]) -> Result<bool> {
    let (mut count, mut only) = (COUNT, "");
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--count" => count = value.parse().with_context(|| format!("{value} is not a number"))?,
            "--only" => only = value,
            other => bail!("{other} is not known; --count N, --only NAME"),
        }
    }
    must(
        cargo("test --release --quiet -p recoup-waterfall --test proof --")
            .arg(only)
            .arg("--nocapture")
            .env("RECOUP_PLANS", count.to_string()),
    )?;
    Ok(true)
}
