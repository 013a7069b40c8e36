//! The example deals, run.

use recoup_deal::{Deal, read_deal};
use recoup_explain::Quantity;
use recoup_incentives::Catalog;
use recoup_model::{Outcome, run};

fn examples() -> Vec<(&'static str, Deal)> {
    [
        ("dragons-quest", include_str!("../../../examples/dragons-quest.deal.json")),
        ("nimbus-and-pip", include_str!("../../../examples/nimbus-and-pip.deal.json")),
        ("tin-orchard", include_str!("../../../examples/tin-orchard.deal.json")),
    ]
    .map(|(name, text)| (name, read_deal(text).expect(name)))
    .to_vec()
}

fn outcome(deal: &Deal) -> Outcome {
    run(deal, &Catalog::embedded().expect("the library reads"))
}

#[test]
fn print() {
    for (name, deal) in examples() {
        let start = std::time::Instant::now();
        let outcome = outcome(&deal);
        println!("=== {name} {:?} nodes {}", start.elapsed(), outcome.book.len());
        for (address, _, value) in outcome.book.figures() {
            if address.contains('[') { continue; }
            match value {
                Quantity::Money(m) => println!("{address} = {m}"),
                Quantity::Number(n) => println!("{address} = {n}"),
                Quantity::Absent(a) => println!("{address} = none: {a}"),
                q => println!("{address} = {q:?}"),
            }
        }
        for finding in &outcome.findings {
            println!("{:?} {} {} — {}", finding.severity, finding.code, finding.path, finding.message);
        }
        if let Some(c) = &outcome.capital {
            for m in &c.cash_flow.months {
                let v = |n| outcome.book.value(n).as_money().map(|m| m.minor() / 100000).unwrap_or(-999999);
                println!("{} open {} spend {} costs {} fees {} int {} draws {:?} recv {} cred {} lend {} coll {} close {} debt {}", m.month, v(m.opening), v(m.spend), v(m.costs), v(m.fees), v(m.interest), m.draws.iter().map(|(_, d)| v(*d)).collect::<Vec<_>>(), v(m.received), v(m.credits), v(m.to_lenders), v(m.to_collection), v(m.closing), v(m.debt));
            }
        }
    }
}
