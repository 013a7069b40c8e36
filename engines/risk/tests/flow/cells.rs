//! Numbers of the plan that vary from path to path

use recoup_deal::recoupment::RecoupmentPlan;
use recoup_lanes::Row;
use recoup_risk::flow::{FlowAsk, FlowBatch, FlowError, FlowProgram, Told};
use recoup_waterfall::{RunInputs, compile, recoup};
use serde_json::{Value, json};

use crate::agrees::{held, rows};

/// A fee, expenses with an overhead, a loan, a premium beside a deferral, a corridor until a target, and profits.
fn document(lane: usize) -> (Value, Value) {
    let grown = |whole: i64| whole + 7 * lane as i64;
    let plan = json!({
        "sources": [{"id": "world", "enters": "fee"}],
        "expense_types": [{"id": "costs", "cap": format!("USD {}.00", grown(300))}],
        "tiers": [
            {"id": "fee", "takes": {"kind": "share", "payee": "agent", "rate": format!("0.{}", grown(10))}, "then": "costs"},
            {"id": "costs", "takes": {"kind": "share", "payee": "agent",
                "limit": {"kind": "expenses", "of": "costs", "factor": format!("1.{}", grown(10))}}, "then": "loan"},
            {"id": "loan", "takes": {"kind": "share", "payee": "bank", "limit": {"kind": "principal_and_interest",
                "instrument": "loan"}}, "then": "own"},
            {"id": "own", "takes": {"kind": "share", "payee": "bank", "limit": {"kind": "preferred_return",
                "instrument": "equity", "interest": {"rate_annual": format!("0.{}", grown(10)), "compounding": "effective"}}},
                "then": "beside"},
            {"id": "beside", "takes": {"kind": "together", "base_rate": format!("0.{}", grown(30)), "members": [
                {"id": "premium", "takes": {"kind": "share", "payee": "fund", "rate": format!("0.{}", grown(20)),
                    "limit": {"kind": "premium", "instrument": "equity", "rate": format!("0.{}", grown(20))}}},
                {"id": "deferral", "takes": {"kind": "share", "payee": "director", "rate": "0.25",
                    "limit": {"kind": "amount", "amount": format!("USD {}.00", grown(150))}}}]}, "then": "held"},
            {"id": "held", "takes": {"kind": "reserve", "rate": "0.1", "cap": format!("USD {}.00", grown(60)),
                "release_months": 6, "release_to": "net"}, "then": "corridor"},
            {"id": "corridor", "takes": {"kind": "share", "payee": "director", "rate": "0.05", "while": [
                {"measure": "paid_to_party", "party": "bank", "is": "at_least",
                    "target": {"amount": format!("USD {}.00", grown(700))}}]}, "then": "net"},
            {"id": "net", "takes": {"kind": "share", "payee": "producer"}}]});
    let interest = json!({"loan": {"rate_annual": format!("0.{}", grown(10)), "compounding": "quarterly"}});
    let receipts: Vec<Value> = (0..9)
        .map(|place| {
            json!({"id": format!("r{place}"), "date": format!("2029-0{}-15", place + 1), "source": "world",
            "amount": format!("USD {}.00", 200 + 60 * place)})
        })
        .collect();
    let inputs = json!({"currency": "USD", "interest": interest, "receipts": receipts,
        "drawings": [{"date": "2028-01-10", "instrument": "loan", "amount": "USD 500.00"},
            {"date": "2028-03-01", "instrument": "equity", "amount": "USD 400.00"}],
        "expenses": [{"date": "2029-01-01", "kind": "costs", "amount": format!("USD {}.00", 280 + 11 * lane),
            "counts_to_cap": true}]});
    (plan, inputs)
}

const CELLS: [&str; 12] = [
    "recoupment.tiers[fee].takes.rate",
    "recoupment.tiers[costs].takes.limit.factor",
    "recoupment.expense_types[costs].cap",
    "interest[loan]",
    "recoupment.tiers[own].takes.limit.interest.rate_annual",
    "recoupment.tiers[beside].takes.base_rate",
    "recoupment.tiers[beside].takes.members[premium].takes.rate",
    "recoupment.tiers[beside].takes.members[premium].takes.limit.rate",
    "recoupment.tiers[beside].takes.members[deferral].takes.limit.amount",
    "recoupment.tiers[held].takes.cap",
    "recoupment.tiers[corridor].takes.while[0].target.amount",
    "recoupment.tiers[corridor].takes.rate",
];

fn cells(lane: usize) -> [f64; 12] {
    let percent = |whole: usize| (whole + 7 * lane) as f64 / 100.0;
    let dollars = |whole: usize| (whole + 7 * lane) as f64 * 100.0;
    [
        percent(10),
        1.0 + percent(10),
        dollars(300),
        percent(10),
        percent(10),
        percent(30),
        percent(20),
        percent(20),
        dollars(150),
        dollars(60),
        dollars(700),
        0.05,
    ]
}

fn read(lane: usize) -> (RecoupmentPlan, RunInputs) {
    let (plan, inputs) = document(lane);
    (serde_json::from_value(plan).unwrap(), serde_json::from_value(inputs).unwrap())
}

fn ask(cells: &[&str]) -> FlowAsk {
    FlowAsk { told: Told::Days, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() }
}

#[test]
fn typed_numbers_that_vary_are_read_in_every_lane() {
    let (plan, inputs) = read(0);
    let program =
        FlowProgram::new(&compile(&plan, inputs.currency).unwrap(), &inputs, &[], &ask(&CELLS)).unwrap();
    let paths: Vec<RunInputs> = (0..8).map(|lane| read(lane).1).collect();
    let receipts = rows(&paths, |path| &path.receipts, |receipt| receipt.amount.minor());
    let drawings = rows(&paths, |path| &path.drawings, |drawing| drawing.amount.minor());
    let expenses = rows(&paths, |path| &path.expenses, |expense| expense.amount.minor());
    let cells: Vec<Row> =
        (0..CELLS.len()).map(|cell| Row(std::array::from_fn(|lane| cells(lane)[cell]))).collect();
    let mut workspace = program.workspace();
    program.run(
        FlowBatch { receipts: &receipts, drawings: &drawings, expenses: &expenses, cells: &cells },
        &mut workspace,
    );
    assert_eq!(workspace.broken(), 0, "{:?}", workspace.difference());
    for lane in 0..8 {
        let (plan, inputs) = read(lane);
        held(&program, &workspace, lane, &recoup(&plan, &inputs, &[]).unwrap()).unwrap();
    }
}

#[test]
fn a_number_that_the_flow_does_not_read_is_refused_by_name() {
    let (plan, inputs) = read(0);
    let compiled = compile(&plan, inputs.currency).unwrap();
    let refused = FlowProgram::new(&compiled, &inputs, &[], &ask(&["recoupment.tiers[nobody].takes.rate"]));
    assert!(matches!(refused, Err(FlowError::Unsupported { path, .. }) if path.contains("nobody")));
}
