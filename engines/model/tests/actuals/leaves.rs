//! A changed cell of a statement moves exactly the figures that rest on it.

#[allow(dead_code)]
#[path = "../leaves/cells.rs"]
mod cells;
#[allow(dead_code)]
#[path = "../leaves/compare.rs"]
mod compare;

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use recoup_deal::{Deal, insert};
use recoup_money::Money;
use serde_json::json;

use cells::{Kind, cells, moved, with};
use compare::{Tally, compare};

use super::reported::reported;
use super::{examples, outcome};

/// An example film of which some quarters came in otherwise than expected, one of them paid in another currency.
fn film(example: usize) -> Deal {
    let less = |source: &str, index: usize, amount: Money| {
        let part = 60 + (source.len() + index) as i64 % 70;
        Money::new(amount.minor() / 100 * part, amount.currency())
    };
    let mut deal = reported(&examples()[example], 2, &less);
    let sources: Vec<String> = deal.revenue.sources.iter().map(|source| source.id.clone()).collect();
    for (place, source) in sources.iter().enumerate().take(3) {
        let rest = ["shift", "scale_to_estimate", "keep_forecast"][place % 3];
        deal = insert(&deal, "actuals.rests", json!({"id": source, "source": source, "rest": rest}), None)
            .unwrap();
    }
    let first = deal.actuals.statements.first().unwrap().clone();
    let line = json!({"id": "abroad", "source": first.lines[0].source, "gross": "SEK 1200000.00",
        "amount": "SEK 900000.00", "rate": "0.095",
        "deductions": [{"id": "tax", "kind": "withholding", "amount": "SEK 180000.00"}]});
    insert(&deal, &format!("actuals.statements[{}].lines", first.id), line, None).unwrap()
}

fn random(seed: u64) -> impl FnMut() -> u64 {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    move || rng.next_u64()
}

#[test]
fn a_changed_cell_of_a_statement_moves_exactly_the_figures_that_rest_on_it() {
    let mut random = random(5);
    let mut tally = Tally::default();
    let mut wrong = Vec::new();
    for example in 0..3 {
        let deal = film(example);
        let before = outcome(&deal);
        let mut own = cells(&deal);
        own.retain(|cell| cell.path.starts_with("actuals.") && cell.kind != Kind::Choice);
        // Days decide in which quarter money counts; they are all tried for the first statement alone.
        let first = format!("actuals.statements[{}]", deal.actuals.statements[0].id);
        for (place, cell) in own.iter().enumerate() {
            if place % 25 != 0 && !cell.path.starts_with(&first) {
                continue;
            }
            let value = moved(cell, &mut random);
            let Some(changed) = with(&deal, cell, value.clone()) else { continue };
            let after = outcome(&changed);
            let at = format!("{}: {} {} -> {value}", deal.name, cell.path, cell.value);
            wrong.extend(compare((&at, &cell.path), &|_| false, &before.book, &after.book, &mut tally));
        }
    }
    let shown: Vec<&String> = wrong.iter().take(12).collect();
    assert!(wrong.is_empty(), "{} figures, the first of them:\n{shown:#?}", wrong.len());
    assert!(tally.followed > 1_000, "{tally:?}");
}
