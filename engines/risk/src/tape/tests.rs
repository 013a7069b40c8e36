use std::collections::BTreeMap;

use proptest::prelude::*;
use recoup_deal::{Deal, edited, read_deal};
use recoup_explain::{How, Leaf, Operation};
use recoup_incentives::Catalog;
use recoup_model::{Bare, run_bare};
use recoup_money::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use super::compile::double;
use super::*;
use recoup_explain::{Book, NodeId, Quantity};

const DEALS: [&str; 3] = [
    include_str!("../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../examples/tin-orchard.deal.json"),
];

fn deal(index: usize) -> Deal {
    read_deal(DEALS[index]).unwrap()
}

fn bare(deal: &Deal) -> Bare {
    run_bare(deal, Catalog::embedded().unwrap())
}

/// The leaves of typed cells, by path.
fn leaves(book: &Book) -> BTreeMap<String, Vec<NodeId>> {
    let mut found: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    for node in book.nodes() {
        if let How::Leaf(leaf @ (Leaf::Cell { .. } | Leaf::DatedRate { .. })) = book.how(node)
            && let Some(path) = leaf.path()
            && !matches!(book.value(node), Quantity::Date(_) | Quantity::Flag(_) | Quantity::Absent(_))
        {
            found.entry(path.to_string()).or_default().push(node);
        }
    }
    found
}

/// What a simulation asks for: everything that comes in, is drawn, and flows outside of the plan.
fn asked(bare: &Bare) -> Vec<NodeId> {
    let feed = bare.feed.as_ref().unwrap();
    let mut asked = feed.nodes.receipts.clone();
    asked.extend(&feed.nodes.drawings);
    asked.extend(feed.nodes.interest.values());
    for party in &bare.outside {
        asked.extend(party.put_in.iter().chain(&party.came_back).map(|flow| flow.1));
    }
    asked
}

fn closing(bare: &Bare) -> Option<Closing> {
    let solved = bare.book.find("closing.solution")?;
    let amount = *bare.book.inputs(solved).first()?;
    let difference = bare.capital.as_ref()?.closing.difference;
    Some(Closing { amount, difference, most: f64::INFINITY })
}

#[test]
fn at_the_typed_values_a_tape_gives_the_book() {
    for index in 0..3 {
        let bare = bare(&deal(index));
        let cells = leaves(&bare.book);
        let asked = asked(&bare);
        let mut taped = 0;
        for (path, nodes) in &cells {
            let Ok(tape) = Tape::compile(&bare.book, std::slice::from_ref(nodes), &asked, closing(&bare))
            else {
                continue;
            };
            taped += usize::from(!tape.is_empty());
            let typed = [double(bare.book.value(nodes[0]))];
            let mut found = vec![0.0; asked.len()];
            tape.run(1, &typed, &mut found, &mut tape.room());
            let bound = 0.005 * f64::from(tape.roundings().max(1)) + 1e-6;
            for (node, found) in asked.iter().zip(&found) {
                let wanted = double(bare.book.value(*node));
                let same = wanted.is_nan() && found.is_nan() || (wanted - found).abs() <= bound;
                assert!(same, "{path}: {wanted} and {found}, {} roundings", tape.roundings());
            }
        }
        assert!(taped > 40, "{taped} of {} cells have a tape", cells.len());
    }
}

/// The given cells moved, by the tape and by the book's own replay.
fn compare(bare: &Bare, paths: &[&str], factors: &[i64]) {
    let cells = leaves(&bare.book);
    let given: Vec<Vec<NodeId>> = paths.iter().map(|path| cells[*path].clone()).collect();
    let asked = asked(bare);
    let tape = Tape::compile(&bare.book, &given, &asked, None).unwrap();
    let flat: Vec<NodeId> = given.iter().flatten().copied().collect();
    let mut replay = bare.book.replay(&flat, &asked);
    let (mut values, mut place) = (Vec::new(), 0);
    for (leaves, factor) in given.iter().zip(factors) {
        let moved = match bare.book.value(leaves[0]) {
            Quantity::Money(amount) => {
                Quantity::Money(amount.scale(Decimal::new(*factor, 2), Rounding::HalfUp).unwrap())
            }
            Quantity::Number(number) => Quantity::Number(*number * Decimal::new(*factor, 2)),
            other => panic!("{} is not moved", other.kind()),
        };
        values.push(double(&moved));
        for _ in leaves {
            replay.give(place, moved.clone());
            place += 1;
        }
    }
    replay.run();
    let mut found = vec![0.0; asked.len()];
    tape.run(1, &values, &mut found, &mut tape.room());
    let bound = 0.005 * f64::from(tape.roundings().max(1)) + 1e-6;
    for (place, found) in found.iter().enumerate() {
        let wanted = double(replay.value(place));
        let same = wanted.is_nan() && found.is_nan() || (wanted - found).abs() <= bound;
        assert!(same, "{paths:?} × {factors:?}: {wanted} and {found}, {} roundings", tape.roundings());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn at_moved_values_a_tape_gives_the_replayed_book(factors in proptest::collection::vec(0i64..400, 6)) {
        let paths = [
            "revenue.sources[na-theatrical].estimate.base",
            "revenue.sources[terr-gb-ie].estimate.take",
            "revenue.sources[terr-fr].estimate.take",
            "instruments[gap].rate.fixed",
            "instruments[mezzanine].amount.fixed",
            "revenue.sales_agencies[world-sales].commission",
        ];
        let mut factors = factors;
        factors[5] = factors[5].min(150);
        compare(&bare(&deal(0)), &paths, &factors);
    }
}

/// A rate of exchange moves the amount that closes the deal: the whole computation, edited, is the judge.
#[test]
fn the_closing_is_solved_on_every_path() {
    for (index, path) in
        [(1, "fx[eur-cad].rate"), (2, "fx[gbp-eur].rate"), (2, "budget.lines[animation].amount")]
    {
        let deal = deal(index);
        let base = bare(&deal);
        let cells = leaves(&base.book);
        let asked = asked(&base);
        let given = vec![cells[path].clone()];
        let tape = Tape::compile(&base.book, &given, &asked, closing(&base)).unwrap();
        assert!(tape.solves(), "{path}");
        for percent in [90, 96, 104, 110] {
            let factor = Decimal::new(percent, 2);
            let (value, typed) = match base.book.value(given[0][0]) {
                Quantity::Money(amount) => {
                    let moved = amount.scale(factor, Rounding::HalfUp).unwrap();
                    (double(&Quantity::Money(moved)), moved.to_string())
                }
                other => {
                    let moved = other.as_number().unwrap() * factor;
                    (double(&Quantity::Number(moved)), moved.to_string())
                }
            };
            let edit = recoup_deal::Edit::set(path, typed);
            let moved = bare(&edited(&deal, &[edit]).unwrap());
            let mut found = vec![0.0; asked.len()];
            tape.run(1, &[value], &mut found, &mut tape.room());
            let wanted: Vec<f64> =
                self::asked(&moved).iter().map(|node| double(moved.book.value(*node))).collect();
            assert_eq!(wanted.len(), found.len());
            let apart = wanted.iter().zip(&found).map(|(wanted, found)| (wanted - found).abs());
            let most = apart.fold(0.0, f64::max);
            assert!(most <= 0.005 * f64::from(tape.roundings()), "{path} at {percent} %: {most}");
        }
    }
}

#[test]
fn a_tape_says_what_it_cannot_do() {
    let mut book = Book::new();
    let day = book.cell("start", Quantity::Date("2027-03-01".parse().unwrap()));
    let months = book.cell("months", Decimal::TWO);
    let later = book.figure("later", Operation::AddMonths, &[day, months]);
    let refused = Tape::compile(&book, &[vec![months]], &[later], None).unwrap_err();
    assert_eq!(refused, NotTaped::Operation { operation: "add_months", address: Some("later".to_owned()) });
    let money = Money::new(100, Currency::USD);
    let (found, ground) = (book.assumption("x", money, "searched"), book.cell("y", money));
    let solved = book.figure("x", Operation::Solved, &[found, ground]);
    let refused = Tape::compile(&book, &[vec![ground]], &[solved], None).unwrap_err();
    assert_eq!(refused, NotTaped::Searched { address: "x".to_owned() });
}
