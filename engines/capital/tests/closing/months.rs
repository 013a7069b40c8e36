//! The months: every cent that comes goes somewhere, and nothing is below nothing unsaid.

use proptest::prelude::*;
use recoup_capital::{Capital, CashMonth};
use recoup_explain::{Book, NodeId};

use crate::plans::{Plan, minor, plan, usd};

fn out(month: &CashMonth) -> [NodeId; 7] {
    [
        month.spend,
        month.costs,
        month.fees,
        month.interest,
        month.to_lenders,
        month.to_collection,
        month.to_reserve,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Opening cash, what comes in, what goes out and closing cash agree in every month, and each month opens with what
    /// the last one closed with. What is set aside for interest is an account of its own, kept as exactly.
    #[test]
    fn every_month_is_conserved(plan in plan()) {
        let (book, capital) = plan.run();
        let (mut before, mut aside) = (0, 0);
        for month in &capital.cash_flow.months {
            aside += minor(&book, month.to_reserve) - minor(&book, month.from_reserve);
            prop_assert_eq!(minor(&book, month.restricted), aside, "{}", month.month);
            let called: i64 = month.draws.iter().map(|(_, draw)| minor(&book, *draw)).sum();
            let spent: i64 = out(month).into_iter().map(|node| minor(&book, node)).sum();
            prop_assert_eq!(minor(&book, month.opening), before);
            let comes = [month.received, month.credits, month.from_reserve].map(|node| minor(&book, node));
            before += called + comes.iter().sum::<i64>() - spent;
            prop_assert_eq!(minor(&book, month.closing), before, "{}", month.month);
        }
    }

    /// The rows of the cash flow are the sums of what the instruments say themselves.
    #[test]
    fn the_rows_are_the_sums_of_their_instruments(plan in plan()) {
        let (book, capital) = plan.run();
        for month in &capital.cash_flow.months {
            let on = |parts: &[(recoup_calendar::Date, NodeId)]| -> i64 {
                parts.iter().filter(|part| part.0 == month.date).map(|part| minor(&book, part.1)).sum()
            };
            let all = |part: fn(&recoup_capital::InstrumentRun) -> &Vec<(recoup_calendar::Date, NodeId)>| -> i64 {
                capital.instruments.iter().map(|run| on(part(run))).sum()
            };
            prop_assert_eq!(minor(&book, month.fees), all(|run| &run.fees));
            prop_assert_eq!(minor(&book, month.interest), all(|run| &run.interest));
            prop_assert_eq!(minor(&book, month.to_lenders), all(|run| &run.repaid));
            let called: i64 = month.draws.iter().map(|draw| minor(&book, draw.1)).sum();
            prop_assert_eq!(called + minor(&book, month.received), all(|run| &run.drawn));
            let debt: i64 = debts(&book, &capital, month);
            prop_assert_eq!(minor(&book, month.debt), debt);
        }
    }

    /// The whole budget is spent, except what is deferred or given in kind out of it.
    #[test]
    fn the_budget_is_spent_to_the_cent(plan in plan()) {
        let (book, capital) = plan.run();
        let spent: i64 = capital.cash_flow.months.iter().map(|month| minor(&book, month.spend)).sum();
        let lines = minor(&book, capital.budget.lines_total) + minor(&book, capital.budget.contingency);
        let deferred: i64 = plan
            .instruments()
            .iter()
            .filter(|one| one["terms"]["lines"].is_array())
            .filter(|one| line_amount(&plan, &one["terms"]["lines"][0]) > 0)
            .map(|one| minor(&book, run(&capital, &one["id"]).principal))
            .sum();
        prop_assert_eq!(spent, lines - deferred);
        let costs: i64 = capital.cash_flow.months.iter().map(|month| minor(&book, month.costs)).sum();
        let typed: i64 = capital.budget.costs.iter().map(|cost| minor(&book, cost.paid)).sum();
        let claims: i64 = plan.claims.iter().filter_map(|claim| claim.fee).map(|fee| fee.1).sum();
        prop_assert_eq!(costs, typed + claims);
    }

    /// No drawing, balance, payment or interest is below nothing; nobody gives more than was agreed; and cash below
    /// nothing is said, with its first month, its lowest and how much is missing there.
    #[test]
    fn nothing_is_below_nothing_unsaid(plan in plan()) {
        let (book, capital) = plan.run();
        for run in &capital.instruments {
            let series = [&run.drawn, &run.fees, &run.interest, &run.repaid];
            for (day, amount) in series.into_iter().flatten() {
                prop_assert!(minor(&book, *amount) >= 0, "{} {day}", run.id);
            }
            prop_assert!(run.charged.iter().all(|interest| minor(&book, *interest) >= 0), "{}", run.id);
            prop_assert!(run.balances.iter().all(|(_, owed)| minor(&book, *owed) >= 0), "{}", run.id);
            let drawn: i64 = run.drawn.iter().map(|(_, draw)| minor(&book, *draw)).sum();
            prop_assert!(drawn <= minor(&book, run.principal), "{}: {drawn}", run.id);
        }
        for month in &capital.cash_flow.months {
            prop_assert!(out(month).into_iter().all(|node| minor(&book, node) >= 0), "{}", month.month);
        }
        let short: Vec<(String, i64)> = capital
            .cash_flow
            .months
            .iter()
            .map(|month| (month.month.to_string(), minor(&book, month.closing)))
            .filter(|(_, cash)| *cash < 0)
            .collect();
        let said = capital.findings.iter().find(|finding| finding.code == "CASH_SHORT");
        prop_assert_eq!(said.is_some(), !short.is_empty());
        if let Some(said) = said {
            let values = format!("{:?}", said.values);
            let lowest = short.iter().min_by_key(|month| month.1).expect("a month");
            prop_assert!(values.contains(&usd(-lowest.1)), "{values} {lowest:?}");
            prop_assert!(values.contains(&format!("\"lowest\": Month({})", lowest.0)), "{values} {lowest:?}");
            prop_assert!(values.contains(&format!("\"from\": Month({})", short[0].0)), "{values} {short:?}");
        }
    }
}

fn debts(book: &Book, capital: &Capital, month: &CashMonth) -> i64 {
    let index = capital.axis.index_of(month.date);
    let owed = capital.instruments.iter().flat_map(|run| &run.balances);
    owed.filter(|(place, _)| *place == index).map(|(_, balance)| minor(book, *balance)).sum()
}

fn run<'a>(capital: &'a Capital, id: &serde_json::Value) -> &'a recoup_capital::InstrumentRun {
    capital.instruments.iter().find(|run| *id == run.id.as_str()).expect("an instrument")
}

fn line_amount(plan: &Plan, id: &serde_json::Value) -> i64 {
    let lines = plan.document["budget"]["lines"].as_array().expect("lines");
    let line = lines.iter().find(|line| line["id"] == *id).expect("a line");
    line["amount"].as_str().and_then(|text| text.parse::<recoup_money::Money>().ok()).map_or(0, |m| m.minor())
}
