//! Whole deals as statements an accountant can read: `tests/golden/deals/<deal>.txt`.
//!
//! A change of a figure shows as a changed line. `cargo xtask golden` writes the statements anew; the
//! difference is then read like any other.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};

use recoup_app::packs::risk_of_deal;
use recoup_deal::{Deal, read_deal};
use recoup_incentives::Catalog;
use recoup_model::{Outcome, at_usual_levels};
use recoup_report::{Document, Fed, Level, Reader, Results, Risk, document, render};

const DEALS: [&str; 3] = ["dragons-quest", "nimbus-and-pip", "tin-orchard"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn deal(name: &str) -> Deal {
    let path = root().join("examples").join(format!("{name}.deal.json"));
    read_deal(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn outcome(deal: &Deal) -> Outcome {
    recoup_model::run(deal, Catalog::embedded().unwrap())
}

fn levels(deal: &Deal, outcome: &Outcome) -> Vec<Level> {
    let levels = at_usual_levels(deal, &outcome.book, Catalog::embedded().unwrap()).into_iter();
    levels.map(|(quarters, gross, of)| Level { quarters, gross, book: of.book }).collect()
}

fn risk(deal: &Deal) -> Option<Risk> {
    risk_of_deal(deal, Reader::Full).unwrap()
}

fn described(deal: &Deal, outcome: &Outcome, risk: Option<&Risk>) -> Document {
    let levels = levels(deal, outcome);
    document(Results {
        deal,
        book: &outcome.book,
        incentives: &outcome.incentives,
        capital: outcome.capital.as_ref(),
        receipts: Some(&outcome.receipts),
        recoupment: outcome.recoupment.as_ref(),
        feed: outcome.feed.as_ref().map(|feed| Fed {
            inputs: &feed.inputs,
            nodes: &feed.nodes,
            schedule: &feed.schedule,
        }),
        findings: &outcome.findings,
        levels: &levels,
        risk,
    })
    .unwrap()
}

#[test]
fn every_deal_reads_as_its_statement() {
    let rewrite = std::env::var_os("RECOUP_REWRITE_GOLDEN").is_some();
    let mut changed = Vec::new();
    for name in DEALS {
        let deal = deal(name);
        let risk = risk(&deal);
        let statement = render::text(&described(&deal, &outcome(&deal), risk.as_ref()));
        let path = root().join("tests/golden/deals").join(format!("{name}.txt"));
        if rewrite {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &statement).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != statement {
            changed.push(first_difference(
                &std::fs::read_to_string(&path).unwrap_or_default(),
                &statement,
                name,
            ));
        }
    }
    assert!(
        changed.is_empty(),
        "{}\nIf this is meant: cargo xtask golden, and read the difference.",
        changed.join("\n")
    );
}

fn first_difference(before: &str, after: &str, name: &str) -> String {
    let line = before
        .lines()
        .zip(after.lines())
        .position(|(before, after)| before != after)
        .unwrap_or_else(|| before.lines().count().min(after.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    format!("{name}, line {}:\n  was {}\n  is  {}", line + 1, at(before), at(after))
}

#[test]
fn every_tag_of_a_pack_resolves_to_the_figure_that_is_printed() {
    for name in DEALS {
        let deal = deal(name);
        let outcome = outcome(&deal);
        let risk = risk(&deal).unwrap();
        let document = described(&deal, &outcome, Some(&risk));
        // The deal's own book, and that of every level of gross under what stands before its addresses.
        let levels = levels(&deal, &outcome);
        let mut books = vec![(String::new(), &outcome.book)];
        books.extend(levels.iter().map(|level| (level.prefix(), &level.book)));
        let again: Vec<_> = books.iter().map(|(_, book)| book.recompute(&|_| None)).collect();
        assert!(document.references.len() > 50, "{name} prints {} figures", document.references.len());
        for reference in &document.references {
            if let Some(simulated) = risk.figures.get(&reference.address) {
                assert_eq!(simulated.value, reference.value, "{name} {}", reference.tag);
                assert!(reference.made_from.contains("risk.drivers["), "{name} {}", reference.made_from);
                continue;
            }
            let found = books.iter().zip(&again).find_map(|((before, book), again)| {
                let node = book.find(reference.address.strip_prefix(before.as_str())?)?;
                book.recomputed(again, node)
            });
            assert_eq!(found, Some(&reference.value), "{name} {}", reference.tag);
        }
        let mut tags: Vec<&str> = document.references.iter().map(|row| row.tag.as_str()).collect();
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), document.references.len(), "{name}: a tag stands for one figure");
    }
}

#[test]
fn the_same_deal_gives_the_same_files() {
    let deal = deal("dragons-quest");
    let first = described(&deal, &outcome(&deal), risk(&deal).as_ref());
    let second = described(&deal, &outcome(&deal), risk(&deal).as_ref());
    assert_eq!(render::xlsx(&first).unwrap(), render::xlsx(&second).unwrap());
    assert_eq!(render::pdf(&first).unwrap().0, render::pdf(&second).unwrap().0);
}
