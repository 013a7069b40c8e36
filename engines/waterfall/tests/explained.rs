//! Every figure can be asked why, and the answer is the figure
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use proptest::prelude::*;
use recoup_explain::{Book, Cells, Leaf, Quantity};
use recoup_waterfall::{InputNodes, RecordedRecoupment, recoup_recorded};
use support::{Shape, USD, inputs, plan, quarters, shapes};

fn record(shapes: &[Shape], receipts: &[(usize, i64)], book: &mut Book) -> RecordedRecoupment {
    let cells = Cells::new(USD, Vec::new(), Vec::new());
    let inputs = inputs(shapes, receipts);
    let nodes = InputNodes {
        receipts: inputs
            .receipts
            .iter()
            .map(|receipt| book.cell(format!("receipts[{}]", receipt.id), receipt.amount))
            .collect(),
        drawings: inputs
            .drawings
            .iter()
            .map(|drawing| book.cell(format!("drawings[{}]", drawing.instrument), drawing.amount))
            .collect(),
        ..InputNodes::default()
    };
    recoup_recorded(&plan(shapes, 3), &inputs, &nodes, &quarters(), &cells, book).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_book_pays_what_the_executor_pays(
        shapes in shapes(),
        receipts in prop::collection::vec((0usize..3, 0i64..1_500_000), 1..16),
    ) {
        said_as_paid(&shapes, &receipts);
    }
}

/// One claim was rounded up before, so that at the ninth receipt the others are due whole cents that are one
/// cent more than came in: somebody waits for it, and the book says who.
#[test]
fn dues_of_whole_cents_beyond_the_receipt_are_settled_as_they_are_paid() {
    let shapes = [
        Shape::PariPassu(vec![636_380, 555_479, 378_376], false),
        Shape::PariPassu(vec![86_773, 400_378, 579_656], false),
        Shape::PariPassu(vec![586_226, 883_787, 199_098], false),
        Shape::PariPassu(vec![854_080, 379_117], false),
        Shape::Fee(14),
        Shape::PariPassu(vec![211_835, 490_508, 649_029], false),
        Shape::Loan(1_346_176),
        Shape::Fee(14),
    ];
    let receipts = [
        (0, 636_303),
        (1, 1_399_029),
        (1, 1_038_437),
        (2, 883_120),
        (1, 1_184_587),
        (1, 612_050),
        (1, 521_604),
        (1, 1_154_887),
        (1, 16_046),
        (0, 1_357_275),
        (2, 399_955),
        (0, 756_410),
        (0, 1_116_013),
        (0, 416_126),
        (0, 662_798),
    ];
    said_as_paid(&shapes, &receipts);
}

fn said_as_paid(shapes: &[Shape], receipts: &[(usize, i64)]) {
    let mut book = Book::new();
    let recorded = record(shapes, receipts, &mut book);
    for claim in &recorded.recoupment.claims {
        let at = format!("recoupment.claims.{}", claim.tier);
        assert_eq!(book.money(&format!("{at}.paid")), Some(claim.paid), "{}", at);
        assert_eq!(book.money(&format!("{at}.outstanding")), Some(claim.outstanding), "{}", at);
    }
    for party in &recorded.parties {
        let statement = recorded.recoupment.statement(&party.party).unwrap();
        assert_eq!(book.value(party.entitlement), &Quantity::Money(statement.entitlement));
        assert_eq!(book.value(party.outstanding), &Quantity::Money(statement.outstanding));
        let paid: i64 = recorded
            .recoupment
            .postings
            .iter()
            .filter(|posting| posting.payee.as_ref() == Some(&party.party))
            .map(|posting| posting.amount.minor())
            .sum();
        assert_eq!(book.value(party.paid).as_money().unwrap().minor(), paid);
    }
    let again = book.recompute(&|_: &Leaf| None);
    for (address, node, value) in book.figures() {
        assert_eq!(book.recomputed(&again, node), Some(value), "{}", address);
    }
}

#[test]
fn a_payment_rests_on_the_receipt_the_rates_and_the_limits_above_it() {
    let shapes = [Shape::Fee(30), Shape::Recoup(50_000, 100), Shape::Recoup(90_000, 100)];
    let mut book = Book::new();
    record(&shapes, &[(0, 100_000)], &mut book);
    // 100,000 less 30/97 of it is 69,072; the first claim has 50,000 of it, the second the rest.
    assert_eq!(book.money("recoupment.claims.t2.paid").unwrap().minor(), 19_072);
    let node = book.find("recoupment.claims.t2.paid").unwrap();
    let paths: Vec<String> =
        book.leaves_of(node).iter().filter_map(|leaf| leaf.path().map(|path| path.to_string())).collect();
    for path in ["receipts[r0]", "recoupment.tiers[t0].takes.rate", "recoupment.tiers[t1].takes.limit.amount"]
    {
        assert!(paths.iter().any(|found| found == path), "{path} is not in {paths:?}");
    }
    assert!(book.explain("recoupment.p2.paid", 12).is_some());
}
