//! Licences, sources and who may name which package, asked of cargo-deny against `deny.toml`.

use std::process::Stdio;

use anyhow::{Result, bail};

use crate::{process::cargo, suite::Suite};

/// `cargo xtask deny`; with `--advisories` also the published weaknesses, whose list is fetched.
pub(crate) fn deny(arguments: &[String]) -> Result<bool> {
    if !installed() {
        bail!(
            "cargo-deny is not installed here; `cargo install cargo-deny --locked` installs it.\n\
             Until then `cargo test --workspace --test architecture` holds the same lists against the lock."
        );
    }
    let mut suite = Suite::default();
    checks(&mut suite);
    if arguments.iter().any(|argument| argument == "--advisories") {
        suite.check("published weaknesses", &mut cargo("deny --workspace check advisories"));
    }
    Ok(suite.close())
}

/// What can be said without the list of weaknesses.
pub(crate) fn checks(suite: &mut Suite) {
    suite.check(
        "licences, sources, who names what",
        &mut cargo("deny --workspace check bans licenses sources"),
    );
}

/// Whether cargo finds it.
pub(crate) fn installed() -> bool {
    cargo("deny --version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
