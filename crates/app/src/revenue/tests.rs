//! The revenue page's answers on the sample deals.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use recoup_deal::read_deal;

use super::*;
use crate::wire::QuantityDto;

fn deal() -> Deal {
    read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap()
}

fn minor(figure: &FigureDto) -> i64 {
    match &figure.value {
        QuantityDto::Money { amount } => amount.minor(),
        other => panic!("{}: {other:?}", figure.address),
    }
}

#[test]
fn every_case_and_quarter_is_a_figure_that_explains_itself() {
    let deal = deal();
    let now = computed(&deal).unwrap();
    let cases = Cases::of(&deal, &now).unwrap();
    let totals = cases.totals().unwrap();
    let gross: Vec<i64> = totals.iter().map(|total| minor(&total.gross)).collect();
    assert!(gross.len() == 3 && gross[0] < gross[1] && gross[1] < gross[2], "{gross:?}");
    let low = totals.first().unwrap();
    assert_eq!(low.gross.address, "if(revenue.case=low).revenue.gross");
    let tree = explained_case(&deal, &low.gross.address).unwrap().unwrap();
    assert_eq!(tree.value, low.gross.value);
    let (windows, _) = coverage::rows(&deal, &now);
    for quarter in cases.quarters(&windows).unwrap() {
        let whole: i64 = quarter.windows.iter().map(|window| minor(&window.gross)).sum();
        let base = quarter.cases.iter().find(|case| case.case == "base");
        assert_eq!(whole, base.map_or(0, |base| minor(&base.gross)), "{}", quarter.quarter);
    }
}

#[test]
fn a_cell_says_whether_it_is_open_sold_or_in_conflict() {
    let deal = deal();
    let now = computed(&deal).unwrap();
    let (_, rows) = coverage::rows(&deal, &now);
    let row = rows.iter().find(|row| row.territories == ["US", "CA"]).unwrap();
    let state = |window: &str| row.cells.iter().find(|cell| cell.window == window).unwrap().state.as_str();
    assert_eq!(state("svod"), "sold");
    assert_eq!(state("theatrical"), "open");
    assert_eq!(state("pay_tv"), "conflict");
}
