use recoup_deal::read_deal;

use super::*;

fn deal(name: &str) -> Deal {
    let text = match name {
        "dragons-quest" => include_str!("../../../../examples/dragons-quest.deal.json"),
        "nimbus-and-pip" => include_str!("../../../../examples/nimbus-and-pip.deal.json"),
        _ => include_str!("../../../../examples/tin-orchard.deal.json"),
    };
    read_deal(text).unwrap()
}

fn catalog() -> &'static Catalog {
    Catalog::embedded().unwrap()
}

fn applied(deal: &Deal, solved: &SolvedFor) -> Deal {
    let set = |deal: Deal, cell: &SolvedCell| set(&deal, &cell.path, cell.value.clone()).unwrap();
    solved.cells.iter().fold(deal.clone(), set)
}

/// The answer typed into the deal closes it; a minor unit less does not.
#[test]
fn the_equity_that_closes_is_the_least_that_does() {
    let deal = deal("dragons-quest");
    let equity = deal.instruments.iter().find(|one| one.terms.is_equity()).unwrap().id.clone();
    let solved = solve_for(&deal, catalog(), &Unknown::Amount(equity.clone())).unwrap();
    let closed = applied(&deal, &solved);
    assert_eq!(closing_difference(&closed, catalog()), Some(solved.difference));
    assert!(!solved.difference.is_negative() && solved.difference.minor() <= 1, "{solved:?}");
    let less =
        json!({ "fixed": Money::new(solved.amount.minor() - 1, solved.amount.currency()).to_string() });
    let less = set(&deal, &format!("instruments[{equity}].amount"), less).unwrap();
    assert!(closing_difference(&less, catalog()).unwrap().is_negative());
    assert!(solved.trials < 30, "{solved:?}");
}

/// Incentives fall with the budget: the answer is no mere subtraction.
#[test]
fn the_budget_that_is_carried_closes() {
    let deal = deal("dragons-quest");
    let solved = solve_for(&deal, catalog(), &Unknown::Budget).unwrap();
    assert!(solved.amount.minor() < solved.before.unwrap().minor());
    assert!(!solved.difference.is_negative() && solved.difference.minor() < 100, "{solved:?}");
    assert_eq!(closing_difference(&applied(&deal, &solved), catalog()), Some(solved.difference));
}

#[test]
fn what_another_instrument_fills_is_not_sought() {
    let deal = deal("tin-orchard");
    let filling =
        deal.instruments.iter().find(|one| matches!(one.amount, Some(AmountRule::Remainder(_)))).unwrap();
    let refused = solve_for(&deal, catalog(), &Unknown::Budget).unwrap_err();
    assert_eq!(refused, NoSolution::FilledBy(filling.id.clone()));
    let solved = solve_for(&deal, catalog(), &Unknown::Amount(filling.id.clone())).unwrap();
    assert!(solved.difference.minor().abs() <= 1, "{solved:?}");
}

#[test]
fn a_deal_that_is_covered_needs_nothing_more() {
    let mut deal = deal("dragons-quest");
    let equity = deal.instruments.iter().position(|one| one.terms.is_equity()).unwrap();
    let other = deal.instruments.iter().position(|one| matches!(one.terms, Terms::GapLoan(_))).unwrap();
    deal.instruments[equity].amount =
        Some(AmountRule::Fixed(Money::from_major(90_000_000, deal.currency).unwrap()));
    let id = deal.instruments[other].id.clone();
    let refused = solve_for(&deal, catalog(), &Unknown::Amount(id)).unwrap_err();
    assert!(matches!(refused, NoSolution::NotNeeded { excess } if excess.is_positive()), "{refused:?}");
}

#[test]
fn a_deferral_closes_nothing() {
    let deal = deal("dragons-quest");
    let Some(deferral) = deal.instruments.iter().find(|one| matches!(one.terms, Terms::Deferral(_))) else {
        return;
    };
    let refused = solve_for(&deal, catalog(), &Unknown::Amount(deferral.id.clone())).unwrap_err();
    assert_eq!(refused, NoSolution::NeverCash);
}
