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

/// A loan that is served in cash costs more the more of it is drawn, and the equity that fills the rest has to carry
/// that too: the amount is no mere subtraction, and the deal closes to the cent.
#[test]
fn what_fills_the_rest_pays_for_the_interest_it_leaves_to_others() {
    let deal = deal("tin-orchard");
    let amount = |book: &Book, address: &str| book.money(address).unwrap().minor();
    let before = crate::run(&deal, catalog());
    let mut served = deal;
    for loan in ["credit-loan", "presale-loan"] {
        let path = format!("instruments[{loan}].interest_payment");
        served = set(&served, &path, json!("current")).unwrap();
    }
    let after = crate::run(&served, catalog());
    let paid: i64 = ["credit-loan", "presale-loan"]
        .iter()
        .map(|loan| amount(&after.book, &format!("capital.{loan}.interest_paid")))
        .sum();
    assert!(paid > 0, "the loans are served in cash");
    assert_eq!(amount(&after.book, "closing.difference"), 0);
    let more = amount(&after.book, "closing.solution") - amount(&before.book, "closing.solution");
    let costs =
        amount(&after.book, "closing.financing_costs") - amount(&before.book, "closing.financing_costs");
    assert_eq!(more, costs, "nothing but the interest is added to what must be found");
    assert_eq!(
        costs,
        paid - ["credit-loan", "presale-loan"]
            .iter()
            .map(|loan| amount(&before.book, &format!("capital.{loan}.interest_paid")))
            .sum::<i64>()
    );
    let solution = after.capital.unwrap().closing.solution.unwrap();
    assert!(
        solution.residual == 0 && solution.trials > 1 && solution.contraction < Decimal::ONE,
        "{solution:?}"
    );
}

/// A fee that takes all of what it brings: no amount closes, and the finding names the instrument. Half of it closes.
#[test]
fn money_that_costs_what_it_brings_closes_nothing() {
    let deal = deal("tin-orchard");
    let filling =
        deal.instruments.iter().find(|one| matches!(one.amount, Some(AmountRule::Remainder(_)))).unwrap();
    let told = |share: &str| {
        let fees = json!([{"id": "all", "kind": "origination", "amount": {"share": share}}]);
        let dear = set(&deal, &format!("instruments[{}].fees", filling.id), fees).unwrap();
        let findings = crate::run(&dear, catalog()).findings;
        let codes: Vec<String> = findings.into_iter().map(|finding| finding.code).collect();
        let has = |code: &str| codes.iter().any(|one| one == code);
        (has("REMAINDER_NOT_SURE"), has("CLOSING_SHORT"))
    };
    assert_eq!(told("1"), (true, true));
    assert_eq!(told("0.5"), (false, false));
}
