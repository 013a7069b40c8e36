use proptest::prelude::*;
use recoup_deal::read_deal;
use recoup_incentives::Catalog;

use super::*;

fn dragons_quest() -> (Deal, Book) {
    let deal = read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap();
    let book = crate::run(&deal, Catalog::embedded().unwrap()).book;
    (deal, book)
}

fn shift(deal: &Deal, amount: i64, locked: &[&str]) -> Shift {
    let equity = deal.instruments.iter().find(|one| one.terms.is_equity()).unwrap();
    Shift {
        instrument: equity.id.clone(),
        amount: Money::new(amount, deal.currency),
        locked: locked.iter().map(|id| (*id).to_owned()).collect(),
        keeps_sum: true,
    }
}

fn typed_sum(deal: &Deal) -> i64 {
    let typed = deal.instruments.iter().filter_map(|one| match &one.amount {
        Some(AmountRule::Fixed(amount)) if !never_cash(one) => deal.in_deal_currency(*amount),
        _ => None,
    });
    typed.map(|amount| amount.minor()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is dragged: the typed cash amounts add up to what they did, nothing is negative, locked ones stay.
    #[test]
    fn the_sum_is_kept_to_the_cent(amount in 0_i64..2_000_000_000, lock in any::<bool>()) {
        static DEAL: std::sync::LazyLock<(Deal, Book)> = std::sync::LazyLock::new(dragons_quest);
        let (deal, book) = &*DEAL;
        let locked: &[&str] = if lock { &["gap"] } else { &[] };
        let wanted = shift(deal, amount, locked);
        match rebalance(deal, book, &wanted) {
            Ok(cells) => {
                let moved = Shift::applied(deal, &cells).unwrap();
                prop_assert_eq!(typed_sum(&moved), typed_sum(deal));
                for one in &moved.instruments {
                    if let Some(AmountRule::Fixed(amount)) = &one.amount {
                        prop_assert!(!amount.is_negative());
                    }
                }
                prop_assert!(!lock || cells.iter().all(|cell| cell.path != "instruments[gap].amount"));
            }
            Err(Unbalanced::TooMuch(most)) => prop_assert!(most.minor() < amount),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
fn all_the_others_at_nothing_is_the_most() {
    let (deal, book) = dragons_quest();
    let Err(Unbalanced::TooMuch(most)) = rebalance(&deal, &book, &shift(&deal, 9_000_000_000, &[])) else {
        panic!("ninety million cannot be taken from the others")
    };
    let cells = rebalance(&deal, &book, &shift(&deal, most.minor(), &[])).unwrap();
    let moved = Shift::applied(&deal, &cells).unwrap();
    let left = give_way(&moved, &shift(&deal, 0, &[]));
    assert!(!left.is_empty());
    for one in left {
        assert_eq!(one.amount, Some(AmountRule::Fixed(Money::zero(one.contract_currency(deal.currency)))));
    }
}

#[test]
fn what_fills_the_rest_gives_way_by_itself() {
    let deal = read_deal(include_str!("../../../../examples/tin-orchard.deal.json")).unwrap();
    let catalog = Catalog::embedded().unwrap();
    let before = crate::run(&deal, catalog).book;
    let filling = deal.instruments.iter().find(|one| matches!(one.amount, Some(AmountRule::Remainder(_))));
    let filling = &filling.unwrap().id;
    let other = deal.instruments.iter().find(|one| {
        one.id != *filling
            && matches!(&one.amount, Some(AmountRule::Fixed(amount)) if amount.currency() == deal.currency)
            && !never_cash(one)
    });
    let other = other.unwrap();
    let held = principal(&before, other).unwrap();
    let amount = Money::new(held.minor() - 1_000_000, deal.currency);
    let shift = Shift { instrument: other.id.clone(), amount, locked: Vec::new(), keeps_sum: true };
    let cells = rebalance(&deal, &before, &shift).unwrap();
    assert_eq!(cells.len(), 1);
    let after = crate::run(&Shift::applied(&deal, &cells).unwrap(), catalog).book;
    assert_eq!(after.money("closing.difference"), before.money("closing.difference"));
    let filled = |book: &Book| book.money(&format!("capital.{filling}.principal")).unwrap().minor();
    assert!(filled(&after) > filled(&before));
}

#[test]
fn where_nothing_gives_way_on_purpose_the_closing_moves() {
    let (deal, book) = dragons_quest();
    let alone = Shift { keeps_sum: false, ..shift(&deal, 1_000_000_000, &[]) };
    let cells = rebalance(&deal, &book, &alone).unwrap();
    assert_eq!(cells.len(), 1);
    let after = crate::run(&Shift::applied(&deal, &cells).unwrap(), Catalog::embedded().unwrap()).book;
    let moved = |book: &Book| book.money("closing.sources_cash").unwrap().minor();
    assert_eq!(moved(&after) - moved(&book), 100_000_000);
}

#[test]
fn refusals_say_why() {
    let (deal, book) = dragons_quest();
    let everybody: Vec<&str> = deal.instruments.iter().map(|one| one.id.as_str()).collect();
    let less = shift(&deal, 800_000_000, &everybody);
    assert_eq!(rebalance(&deal, &book, &less), Err(Unbalanced::NothingGivesWay));
    let mut wrong = shift(&deal, -1, &[]);
    assert_eq!(rebalance(&deal, &book, &wrong), Err(Unbalanced::Negative));
    wrong.amount = Money::new(1, Currency::EUR);
    assert_eq!(rebalance(&deal, &book, &wrong), Err(Unbalanced::OtherCurrency(deal.currency)));
    wrong.instrument = "nobody".to_owned();
    assert_eq!(rebalance(&deal, &book, &wrong), Err(Unbalanced::NoSuchAmount));
}
