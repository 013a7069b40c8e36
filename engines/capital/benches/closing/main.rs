//! How long a closing takes, with the cash flow it rests on: `cargo bench -p recoup-capital`.
//!
//! A large plan: sixty months, twenty lines, two credits, twenty-five instruments of which one fills the rest, so that
//! the months are played again until sources equal uses. It is also measured with the answer typed in, so that building
//! the book and searching stand apart.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement stops where it cannot go on, and prints"
)]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock; the engine does not")]

mod plan;

use std::time::{Duration, Instant};

use recoup_capital::{Capital, ClaimCash, ClaimPayment, finance};
use recoup_deal::{Deal, Timeline, read_deal_value};
use recoup_explain::{Book, Cells, Quantity};
use recoup_money::{Currency, Money};
use serde_json::json;

/// What is aimed at, in milliseconds.
const AIM: f64 = 3.0;
/// Runs before those that count, so that memory and caches are warm.
const WARM_UP: usize = 20;
const RUNS: usize = 200;

fn main() {
    let mut document = plan::document();
    let deal = read_deal_value(document.clone()).expect("a deal");
    let (book, capital) = run(&deal);
    let solution = capital.closing.solution.as_ref().expect("something fills the rest");
    let given = book.money("capital.rest.principal").expect("an amount");
    println!(
        "{} months, {} instruments, {} nodes; {given} found in {} trials, residual {}",
        capital.axis.len(),
        deal.instruments.len(),
        book.len(),
        solution.trials,
        solution.residual
    );
    assert_eq!(solution.residual, 0, "the plan closes to the cent");
    assert!(
        deal.instruments.len() == 25 && capital.axis.len() >= 60,
        "the plan is as large as it is said to be"
    );
    told("closing, solved", &measured(&deal));
    let rest =
        document["instruments"].as_array_mut().expect("a list").iter_mut().find(|one| one["id"] == "rest");
    rest.expect("it")["amount"] = json!({"fixed": given.to_string()});
    told("the same, typed", &measured(&read_deal_value(document).expect("a deal")));
}

fn run(deal: &Deal) -> (Book, Capital) {
    let timeline = Timeline::of(deal);
    let mut book = Book::with_capacity(30_000);
    let cells = Cells::new(deal.currency, Vec::new(), Vec::new());
    let claims = claims(deal, &timeline, &mut book);
    let capital = finance(deal, &timeline, &claims, &cells, &mut book).expect("a start");
    (book, capital)
}

/// Two credits, each paid in two parts after the delivery, with an audit fee.
fn claims(deal: &Deal, timeline: &Timeline, book: &mut Book) -> Vec<ClaimCash> {
    let delivery = timeline.final_delivery().expect("a delivery");
    let credits = deal.incentives.iter().zip([320_000_000, 180_000_000]);
    credits
        .map(|(claim, credit)| {
            let mut paid = |word: &str, minor: i64, months: i32| {
                let amount = Quantity::Money(Money::new(minor, Currency::USD));
                ClaimPayment {
                    date: delivery.add_months(months).expect("a day"),
                    amount: book.cell(format!("incentives[{}].{word}", claim.id), amount),
                    by_delivery: months <= 0,
                }
            };
            let fees = vec![paid("fees[audit]", 1_250_000, 2)];
            let payments = vec![paid("cash[first]", credit / 4 * 3, 6), paid("cash[second]", credit / 4, 10)];
            let credit = paid("stated_amount", credit, 0).amount;
            ClaimCash { claim: claim.id.clone(), program: claim.program.clone(), credit, payments, fees }
        })
        .collect()
}

fn measured(deal: &Deal) -> Vec<Duration> {
    let mut times = Vec::with_capacity(RUNS);
    for turn in 0..WARM_UP + RUNS {
        let start = Instant::now();
        let answer = run(deal);
        drop(std::hint::black_box(answer));
        if turn >= WARM_UP {
            times.push(start.elapsed());
        }
    }
    times.sort();
    times
}

fn told(what: &str, times: &[Duration]) {
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    let (best, median, late) = (at(0), at(50), at(95));
    let ratio = median / AIM;
    println!(
        "{what}: median {median:.2} ms ({ratio:.2} of what is aimed at), p95 {late:.2} ms, best {best:.2} ms"
    );
}
