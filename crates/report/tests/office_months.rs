//! The closing and the months in somebody else's office: LibreOffice computes the workings, the rounds of the closing
//! and every sheet that rests on them anew, and what it gives is held against the engine to the cent.
//!
//! What is typed over in the workbook is typed into the deal as well: the workbook must then say what the engine says of
//! the changed deal, without being told to iterate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/months.rs"]
mod months;
#[path = "support/offices.rs"]
mod offices;

use months::{Edit, deal, described, held, outcome, typed_over, workbook};
use offices::Sheets;
use recoup_deal::Deal;

const DEALS: [&str; 3] = ["dragons-quest", "nimbus-and-pip", "tin-orchard"];

/// One workbook and the deal that it must say.
struct Case {
    name: String,
    before: Deal,
    after: Deal,
    bytes: Vec<u8>,
}

fn case(name: &str, before: &Deal, edits: &[Edit]) -> Case {
    let (after, document) = typed_over(before, edits);
    Case { name: name.to_owned(), before: before.clone(), after, bytes: workbook(&document) }
}

fn recalculated(cases: &[Case]) -> Sheets {
    let books: Vec<(&str, Vec<u8>)> =
        cases.iter().map(|case| (case.name.as_str(), case.bytes.clone())).collect();
    offices::recalculated(&books)
}

fn compare(cases: &[Case]) {
    let sheets = recalculated(cases);
    for case in cases {
        let document = described(&case.before, &outcome(&case.before));
        let wanted = outcome(&case.after);
        let found = held(&sheets, &case.name, &document, &wanted.book);
        assert!(
            found.wrong.is_empty(),
            "{}: {} of {} wrong\n{}",
            case.name,
            found.wrong.len(),
            found.cells,
            found.wrong[..found.wrong.len().min(25)].join("\n")
        );
        assert!(found.cells > 300, "{}: {} cells", case.name, found.cells);
    }
}

#[test]
fn as_delivered() {
    if !offices::is_here() {
        return;
    }
    let cases: Vec<Case> = DEALS.iter().map(|name| case(name, &deal(name), &[])).collect();
    compare(&cases);
}

fn edit(path: &str, value: &str) -> Edit {
    Edit { path: path.to_owned(), value: value.to_owned() }
}

#[test]
fn typed_over_it_closes_again() {
    if !offices::is_here() {
        return;
    }
    let [dragon, nimbus, orchard] = DEALS.map(deal);
    let cases = [
        case("rate", &dragon, &[edit("instruments[gap].rate.fixed", "0.13")]),
        case("line", &orchard, &[edit("budget.lines[animation].amount", "GBP 1234567.89")]),
        case("fee", &orchard, &[edit("instruments[credit-loan].fees[arrangement].amount.share", "0.031")]),
        case("line-nimbus", &nimbus, &[edit("budget.lines[animation].amount", "CAD 3456789.01")]),
    ];
    compare(&cases);
}
