//! What the example deals say of their closing, written down and held to it: a page for each in `docs/examples`, and
//! its cash flow by month as a bank reads it in `tests/golden/cash-flows`.
//!
//! `cargo xtask golden` writes both anew; the difference is read like any other.
#![expect(clippy::expect_used, reason = "a test stops where it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "what is compared with a file reads the file")]

mod cash;
mod cures;
mod page;
mod receipts;

use std::path::{Path, PathBuf};

use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};

const DEALS: [(&str, &str); 3] = [
    ("dragons-quest", include_str!("../../../../examples/dragons-quest.deal.json")),
    ("nimbus-and-pip", include_str!("../../../../examples/nimbus-and-pip.deal.json")),
    ("tin-orchard", include_str!("../../../../examples/tin-orchard.deal.json")),
];

fn examples() -> impl Iterator<Item = (&'static str, Deal, Outcome)> {
    DEALS.into_iter().map(|(name, text)| {
        let deal = read_deal(text).expect(name);
        let outcome = run(&deal, catalog());
        (name, deal, outcome)
    })
}

fn catalog() -> &'static Catalog {
    Catalog::embedded().expect("the library reads")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Compares what is written with what was found, or writes it.
fn held(found: &[(PathBuf, String)]) {
    let rewrite = std::env::var_os("RECOUP_REWRITE_GOLDEN").is_some();
    let mut stale = Vec::new();
    for (path, text) in found {
        if rewrite {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a page");
            continue;
        }
        let known = std::fs::read_to_string(path).unwrap_or_default();
        if known != *text {
            stale.push(format!("{}: {}", path.display(), difference(&known, text)));
        }
    }
    assert!(
        stale.is_empty(),
        "{}\nIf this is meant: cargo xtask golden, and read the difference.",
        stale.join("\n")
    );
}

fn difference(known: &str, found: &str) -> String {
    let mut pairs = known.lines().zip(found.lines()).enumerate();
    match pairs.find(|(_, (known, found))| known != found) {
        Some((line, (known, found))) => format!("line {}\n  was {known}\n  is  {found}", line + 1),
        None => "one of them ends earlier".to_owned(),
    }
}

#[test]
fn the_pages_of_the_examples_are_true() {
    let pages: Vec<(PathBuf, String)> = examples()
        .map(|(name, deal, outcome)| {
            (root().join(format!("docs/examples/{name}.md")), page::written(name, &deal, &outcome))
        })
        .collect();
    held(&pages);
}

#[test]
fn the_cash_flows_of_the_examples_are_true() {
    let statements: Vec<(PathBuf, String)> = examples()
        .map(|(name, deal, outcome)| {
            (root().join(format!("tests/golden/cash-flows/{name}.txt")), cash::statement(&deal, &outcome))
        })
        .collect();
    held(&statements);
}
