use recoup_money::Money;

use super::*;

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn quote(id: &str, pair: (&str, &str), rate: &str, date: &str, hedged: Option<&str>) -> Quote {
    Quote {
        base: pair.0.parse().unwrap(),
        quote: pair.1.parse().unwrap(),
        rate: number(rate),
        date: date.parse().unwrap(),
        path: format!("fx[{id}].rate"),
        hedged: hedged.map(|share| (format!("fx[{id}].hedged_share"), number(share))),
    }
}

/// A deal in US dollars of 22 November 2026: 1.40 dollars of Canada since October, 1.60 from March on, three quarters
/// hedged; the euro at 1.25 dollars.
fn cells(hedged: Option<&str>) -> Cells {
    let quotes = vec![
        quote("later", ("USD", "CAD"), "1.60", "2027-03-01", None),
        quote("now", ("USD", "CAD"), "1.40", "2026-10-01", hedged),
        quote("euro", ("EUR", "USD"), "1.25", "2026-11-22", None),
    ];
    Cells::new(Currency::USD, quotes, Vec::new()).as_of("2026-11-22".parse().unwrap())
}

fn dollars(cells: &Cells, minor: i64, day: &str) -> i64 {
    let mut book = Book::new();
    let paid = book.cell("a", Money::new(minor, Currency::CAD));
    let paid = cells.exchange_on(&mut book, paid, Currency::CAD, day.parse().unwrap());
    book.value(paid).as_money().unwrap().minor()
}

#[test]
fn what_is_paid_on_a_day_is_worth_the_rate_of_that_day() {
    let cells = cells(None);
    assert_eq!(dollars(&cells, 112_000, "2027-02-28"), 80_000);
    assert_eq!(dollars(&cells, 112_000, "2027-03-01"), 70_000);
    assert_eq!(dollars(&cells, 112_000, "2020-01-01"), 80_000, "before the first quote the earliest stands");
    assert!(cells.is_dated(Currency::CAD) && !cells.is_dated(Currency::EUR));
}

#[test]
fn the_hedged_share_keeps_the_deals_rate() {
    // 1,120 × (0.75 ÷ 1.40 + 0.25 ÷ 1.60) = 600 + 175.
    assert_eq!(dollars(&cells(Some("0.75")), 112_000, "2027-06-30"), 77_500);
    assert_eq!(dollars(&cells(Some("1")), 112_000, "2027-06-30"), 80_000);
    assert_eq!(dollars(&cells(Some("0")), 112_000, "2027-06-30"), 70_000);
}

#[test]
fn a_third_currency_leads_where_no_quote_does() {
    let (cells, mut book) = (cells(None), Book::new());
    let rate = cells.rate(&mut book, Currency::EUR, Currency::CAD);
    assert_eq!(book.value(rate).as_number(), Some(number("1.25") * number("1.40")));
    let rate = cells.rate_on(&mut book, Currency::EUR, Currency::CAD, "2028-01-01".parse().unwrap());
    assert_eq!(book.value(rate).as_number(), Some(number("1.25") * number("1.60")));
    let rate = cells.rate(&mut book, Currency::GBP, Currency::CAD);
    assert!(book.value(rate).absence().is_some());
}

#[test]
fn a_rate_of_a_curve_rests_on_every_quote_and_on_the_day_of_the_deal() {
    let (cells, mut book) = (cells(None), Book::new());
    let rate = cells.rate(&mut book, Currency::USD, Currency::CAD);
    let paths: Vec<String> =
        book.leaves_of(rate).iter().filter_map(|leaf| leaf.path().map(|path| path.to_string())).collect();
    assert_eq!(paths.len(), 3);
    for path in ["as_of", "fx[now].rate", "fx[later].rate"] {
        assert!(paths.iter().any(|known| known == path), "{path}");
    }
    let alone = cells.rate(&mut book, Currency::EUR, Currency::USD);
    assert_eq!(book.leaves_of(alone).len(), 1, "a single quote is a leaf of its own");
}
