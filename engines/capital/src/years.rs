//! The cash flow by calendar year: what a reader adds up along a row of months.

use recoup_explain::{Book, NodeId, Operation};

use crate::cash::Passed;
use crate::flow::CashMonth;

mod lines;

pub(crate) use lines::{Inputs, by_line};

/// One flow of a month.
type Flow = fn(&CashMonth) -> NodeId;

/// Flows of the production account, in the order of the table, with the word of their address.
const FLOWS: [(&str, Flow); 8] = [
    ("spend", |month| month.spend),
    ("costs", |month| month.costs),
    ("fees", |month| month.fees),
    ("interest", |month| month.interest),
    ("received", |month| month.received),
    ("credits", |month| month.credits),
    ("to_lenders", |month| month.to_lenders),
    ("to_collection", |month| month.to_collection),
];

/// Names the total of every flow by calendar year, `cash_flow.spend[2028]`, and over all months,
/// `cash_flow.spend`; what is drawn from an instrument stands at `capital.gap.draw[2028]`.
pub(crate) fn by_year(passed: &Passed, book: &mut Book) {
    for (word, flow) in FLOWS {
        let months: Vec<(i32, NodeId)> =
            passed.months.iter().map(|month| (month.month.year(), flow(month))).collect();
        years(&format!("cash_flow.{word}"), &months, book);
        let all: Vec<NodeId> = months.iter().map(|month| month.1).collect();
        book.figure(format!("cash_flow.{word}"), Operation::Sum, &all);
    }
    for run in &passed.runs {
        let drawn: Vec<(i32, NodeId)> = passed
            .months
            .iter()
            .flat_map(|month| {
                let own = month.draws.iter().filter(|(id, _)| *id == run.id);
                own.map(|(_, amount)| (month.month.year(), *amount))
            })
            .collect();
        years(&format!("capital.{}.draw", run.id), &drawn, book);
    }
}

/// Months come in order of time, so the months of a year stand beside each other.
pub(crate) fn years(address: &str, months: &[(i32, NodeId)], book: &mut Book) {
    for year in months.chunk_by(|one, next| one.0 == next.0) {
        let Some((number, _)) = year.first() else { continue };
        let parts: Vec<NodeId> = year.iter().map(|month| month.1).collect();
        book.figure(format!("{address}[{number}]"), Operation::Sum, &parts);
    }
}
