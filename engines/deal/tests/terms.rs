//! Terms that a deal may carry: conditions with their days, grades of payers, months typed by weight, dated rates.
#![allow(clippy::unwrap_used, clippy::panic)]

use recoup_calendar::Date;
use recoup_deal::{
    AdvanceByGrade, CounterpartyGrade, Deal, Milestone, SpendCurve, Terms, diff, read_deal_value, set,
    write_deal,
};
use recoup_money::Currency;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn tidy() -> Value {
    serde_json::from_str(include_str!("tidy.deal.json")).unwrap()
}

fn read(change: impl Fn(&mut Value)) -> Deal {
    let mut document = tidy();
    change(&mut document);
    let deal = read_deal_value(document).unwrap();
    let written = write_deal(&deal).unwrap();
    assert_eq!(recoup_deal::read_deal(&written).unwrap(), deal, "what is written reads as it was");
    deal
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_file_without_the_newer_fields_is_written_as_it_was() {
    let deal = read(|_| {});
    let written = write_deal(&deal).unwrap();
    for word in ["grade", "advance_by_grade", "\"by\"", "\"months\": []", "presale_cover", "debt_service"] {
        assert!(!written.contains(word), "{word} was not typed");
    }
}

#[test]
fn a_condition_says_when_it_will_be_met_by_whom_and_what_proves_it() {
    let deal = read(|document| {
        document["instruments"][3]["conditions_precedent"] = json!([
            {"id": "bond", "text": "Completion guarantee", "by": {"after": {"date": "2027-05-01"}},
             "document": "Executed guarantee", "owner": "producer"},
            {"id": "chain", "text": "Chain of title", "met": false}]);
    });
    let [bond, chain] = deal.instruments[3].conditions_precedent.as_slice() else { panic!("two conditions") };
    assert_eq!(bond.by.as_ref().unwrap().after, Milestone::Date(Date::new(2027, 5, 1).unwrap()));
    assert_eq!(
        (bond.document.as_deref(), bond.owner.as_deref()),
        (Some("Executed guarantee"), Some("producer"))
    );
    assert_eq!((bond.met, chain.met, &chain.by), (None, Some(false), &None));
    let path = "instruments[gap].conditions_precedent[bond].by.after.date";
    let moved = set(&deal, path, "2027-06-01".into()).unwrap();
    assert_eq!(diff(&deal, &moved).unwrap()[0].path, path);
}

#[test]
fn a_payer_has_a_grade_and_every_grade_an_advance() {
    let deal = read(|document| {
        document["parties"][2]["grade"] = json!("strong");
        document["market"] = json!({"limits": {"advance_by_grade": {"strong": "0.9"}, "presale_cover": "1.1",
            "debt_service": "1.05"}});
    });
    let grade = deal.parties[2].grade.unwrap();
    assert_eq!((grade, grade.word()), (CounterpartyGrade::Strong, "strong"));
    let limits = &deal.market.limits;
    assert_eq!(limits.advance_by_grade.of(grade), Some(number("0.9")));
    assert_eq!(limits.advance_by_grade.of(CounterpartyGrade::Fair), None, "as is usual");
    assert_eq!((limits.presale_cover, limits.debt_service), (Some(number("1.1")), Some(number("1.05"))));
    use CounterpartyGrade::{Fair, InvestmentGrade, Unrated};
    let usual = [InvestmentGrade, grade, Fair, Unrated].map(AdvanceByGrade::usual);
    assert!(usual.is_sorted_by(|better, worse| better > worse), "a better name carries more: {usual:?}");
}

#[test]
fn a_line_may_have_its_months_typed_and_a_phase_a_curve() {
    let deal = read(|document| {
        document["budget"]["lines"][1]["months"] = json!(["1", "2", "0.5"]);
        document["schedule"]["phases"][0]["curve"] = json!("s_curve");
    });
    assert_eq!(deal.budget.lines[1].months, ["1", "2", "0.5"].map(number));
    assert_eq!(deal.schedule.phases[0].curve, Some(SpendCurve::SCurve));
    let moved = set(&deal, "budget.lines[animation].months[1]", "4".into()).unwrap();
    assert_eq!(moved.budget.lines[1].months, ["1", "4", "0.5"].map(number));
}

#[test]
fn loans_that_banks_give_may_have_an_interest_reserve() {
    for kind in ["senior_loan", "contract_loan", "credit_loan", "interim_facility", "gap_loan"] {
        let deal = read(|document| {
            document["instruments"][3]["terms"] = json!({"kind": kind, "interest_reserve": "0.08"});
        });
        assert_eq!(deal.instruments[3].terms.interest_reserve(), Some(number("0.08")), "{kind}");
    }
    assert_eq!(Terms::Grant(recoup_deal::instrument::GrantTerms::default()).interest_reserve(), None);
}

/// As of 22 November 2026: 1.38 since October, 1.41 from March on.
fn curved() -> Deal {
    read(|document| {
        document["fx"] = json!([
            {"id": "march", "base": "USD", "quote": "CAD", "rate": "1.41", "date": "2027-03-01"},
            {"id": "now", "base": "USD", "quote": "CAD", "rate": "1.38", "date": "2026-10-01"},
            {"id": "eur", "base": "EUR", "quote": "USD", "rate": "1.25"}]);
    })
}

#[test]
fn the_rate_of_a_day_is_the_latest_quote_on_or_before_it() {
    let deal = curved();
    let (usd, cad) = (Currency::USD, Currency::CAD);
    let on = |day: &str| deal.rate_on(usd, cad, day.parse().unwrap()).unwrap();
    assert_eq!(deal.rate(usd, cad), Some(number("1.38")), "the rate in force on the day of the deal");
    assert_eq!(on("2026-09-30"), number("1.38"), "before the first quote the earliest stands in");
    assert_eq!(on("2027-02-28"), number("1.38"));
    assert_eq!(on("2027-03-01"), number("1.41"));
    assert_eq!(on("2031-01-01"), number("1.41"));
    let quote = deal.quote_on(cad, usd, "2027-03-05".parse().unwrap()).unwrap();
    assert_eq!(quote.id, "march", "a pair is one pair either way round");
}

#[test]
fn a_third_currency_leads_at_the_rates_of_the_day() {
    let deal = curved();
    let cross = deal.rate_on(Currency::EUR, Currency::CAD, "2027-03-01".parse().unwrap()).unwrap();
    assert_eq!(cross, number("1.25") * number("1.41"));
    assert_eq!(deal.rate(Currency::GBP, Currency::CAD), None);
}
