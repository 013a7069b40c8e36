use proptest::prelude::*;
use recoup_deal::instrument::{Fee, FeeAmount, FeeKind};
use recoup_deal::{Deal, IncentiveClaim, InputValue, Monetisation, Severity, read_deal};
use recoup_explain::{Book, NodeId, Quantity};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{ClaimWays, UsualLoan, WayFigures, monetise};
use crate::assess::{Assessment, assess};
use crate::catalog::Catalog;
use crate::policy::{Closed, WayKind};

fn dragons() -> Deal {
    read_deal(include_str!("../../../../examples/dragons-quest.deal.json")).unwrap()
}

fn usd(major: i64) -> Money {
    Money::new(major * 100, Currency::USD)
}

/// The film with one claim on 10,000,000 of expenditure in Georgia: a credit of 20 %, 2,000,000.
fn georgia(monetisation: Option<Monetisation>) -> Deal {
    let mut deal = dragons();
    let mut claim = IncentiveClaim {
        id: "ga".into(),
        program: "us-ga-film".into(),
        election: Some(recoup_deal::Election::Claim),
        monetisation,
        ..IncentiveClaim::default()
    };
    claim.overrides.insert("non_labour_qualified".into(), InputValue::Money(usd(10_000_000)));
    deal.incentives = vec![claim];
    deal.instruments.clear();
    deal
}

struct Run {
    book: Book,
    assessment: Assessment,
}

fn run(deal: &Deal) -> Run {
    let mut book = Book::new();
    let mut assessment = assess(deal, Catalog::embedded().unwrap(), &mut book);
    monetise(deal, &mut assessment, &UsualLoan::market(), &mut book);
    Run { book, assessment }
}

impl Run {
    fn ways(&self, claim: &str) -> &ClaimWays {
        self.assessment.ways.iter().find(|ways| ways.claim == claim).unwrap()
    }

    fn closed(&self, claim: &str, kind: WayKind) -> Option<Closed> {
        self.ways(claim).ways.iter().find(|way| way.kind == kind).unwrap().closed
    }

    fn figures(&self, claim: &str, kind: WayKind) -> &WayFigures {
        let way = self.ways(claim).ways.iter().find(|way| way.kind == kind).unwrap();
        way.figures.as_ref().unwrap()
    }

    fn minor(&self, node: NodeId) -> i64 {
        self.book.value(node).as_money().unwrap_or_else(|| panic!("{:?}", self.book.value(node))).minor()
    }

    fn at(&self, address: &str) -> i64 {
        self.minor(self.book.find(address).unwrap_or_else(|| panic!("nothing at {address}")))
    }

    fn codes(&self) -> Vec<&str> {
        self.assessment.findings.iter().map(|finding| finding.code.as_ref()).collect()
    }
}

/// 2,000,000 at 0.90 is 1,800,000; the broker takes 2 % of the credit, 40,000. The cash is due 11 months after
/// delivery on 2029-03-01: 884 days after production starts on 2027-09-01, at 12 %: 1,760,000 / 1.12^(884/365).
#[test]
fn a_credit_that_is_sold_brings_its_price_less_the_broker() {
    let mut deal = georgia(Some(Monetisation::Transfer(Decimal::new(90, 2))));
    deal.incentives[0].fees = vec![Fee {
        id: "broker".into(),
        kind: FeeKind::Broker,
        amount: Some(FeeAmount::Share(Decimal::new(2, 2))),
        due: None,
        withheld: None,
    }];
    let run = run(&deal);
    assert_eq!(run.at("incentives.us-ga-film.received"), 180_000_000);
    assert_eq!(run.at("incentives.us-ga-film.net"), 176_000_000);
    let sale = run.figures("ga", WayKind::Transfer);
    assert_eq!(run.minor(sale.cash), 176_000_000);
    assert_eq!(run.minor(sale.cost), 24_000_000);
    assert_eq!(run.minor(sale.npv.unwrap()), 133_755_196);
    assert_eq!(run.book.value(sale.floor.unwrap()), &Quantity::Number(Decimal::new(60, 2)));
    assert_eq!(run.closed("ga", WayKind::Direct), Some(Closed::NotPaidOut));
    assert!(run.codes().iter().all(|code| !code.starts_with("CREDIT_") && !code.starts_with("WAY_")));
    // Without a broker typed for the sale the other ways have none either, and what is chosen is what counts.
    assert_eq!(run.ways("ga").chosen, WayKind::Transfer);
    assert_eq!(run.assessment.claims[0].cash.len(), 1);
}

#[test]
fn a_credit_that_is_not_paid_out_says_so_where_it_is_waited_for() {
    let run = run(&georgia(None));
    let finding = run.assessment.findings.iter().find(|finding| finding.code == "WAY_NOT_OPEN").unwrap();
    assert_eq!(
        (finding.severity, finding.path.as_str()),
        (Severity::Question, "incentives[ga].monetisation")
    );
    // A sale is shown at the usual price with the usual broker: 0.89 - 0.025 of 2,000,000.
    assert_eq!(run.minor(run.figures("ga", WayKind::Transfer).cash), 173_000_000);
    assert_eq!(run.ways("ga").best_by_cash, Some(WayKind::Transfer));
}

/// The state's floor is 0.60; a unit of credit saves its buyer one unit of tax.
#[test]
fn a_price_outside_what_law_and_reason_allow_is_said() {
    for (price, code) in [("0.59", Some("CREDIT_SOLD_UNDER_FLOOR")), ("0.60", None), ("1", None)] {
        let run = run(&georgia(Some(Monetisation::Transfer(price.parse().unwrap()))));
        let said: Vec<&str> =
            run.codes().into_iter().filter(|code| code.starts_with("CREDIT_SOLD")).collect();
        assert_eq!(said, code.into_iter().collect::<Vec<_>>(), "{price}");
    }
    let run = run(&georgia(Some(Monetisation::Transfer("1.01".parse().unwrap()))));
    assert!(run.codes().contains(&"CREDIT_SOLD_OVER_PAR"));
}

#[test]
fn an_offset_saves_no_more_than_the_own_tax() {
    let mut deal = georgia(Some(Monetisation::Offset));
    let unknown = run(&deal);
    assert!(unknown.codes().contains(&"OFFSET_WITHOUT_OWN_TAX"));
    let net = unknown.book.at("incentives.us-ga-film.net").unwrap();
    assert_eq!(net.absence().and_then(|absence| absence.missing_cell()), Some("incentives[ga].own_tax"));
    deal.incentives[0].own_tax = Some(usd(600_000));
    let known = run(&deal);
    assert_eq!(known.at("incentives.us-ga-film.net"), 60_000_000);
    let rest = known.assessment.findings.iter().find(|f| f.code == "OFFSET_LEAVES_A_REST").unwrap();
    assert_eq!(rest.severity, Severity::Note);
    deal.incentives[0].own_tax = Some(usd(2_000_000));
    assert!(!run(&deal).codes().contains(&"OFFSET_LEAVES_A_REST"));
}

/// Ten per cent simple on 88 % from the start of production to the payment: 912 days from 2027-09-01 to
/// 2030-03-01, ACT/365F; two per cent of the loan once.
#[test]
fn a_loan_on_usual_terms_costs_its_days() {
    let run = run(&dragons());
    let loan = run.figures("federal-pstc", WayKind::Loan);
    let direct = run.figures("federal-pstc", WayKind::Direct);
    let terms = loan.loan.clone().unwrap();
    let half_up = |amount: Decimal| {
        amount.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    };
    let received = Decimal::from(run.at("incentives.ca-federal-pstc.received"));
    let lent = half_up(received * Decimal::new(88, 2));
    assert_eq!(Decimal::from(run.minor(terms.principal)), lent);
    assert_eq!(Decimal::from(run.minor(terms.fees)), half_up(lent * Decimal::new(2, 2)));
    let interest = half_up(lent * Decimal::new(10, 2) * Decimal::from(912) / Decimal::from(365));
    assert_eq!(Decimal::from(run.minor(terms.interest)), interest);
    let cost = run.minor(terms.interest) + run.minor(terms.fees);
    assert_eq!(run.minor(loan.cash) + cost, run.minor(direct.cash));
    // The money is there two and a half years sooner, at more than the ten per cent of the rate.
    let annual = run.book.value(loan.annual_cost.unwrap()).as_number().unwrap().to_f64().unwrap();
    assert!((0.10..0.12).contains(&annual), "{annual}");
    assert_eq!(run.ways("federal-pstc").best_by_cash, Some(WayKind::Direct));
}

/// The agreed loan: 87.5 % of the credit at 8.5 %, joining monthly, drawn at the close on 2027-03-01 and repaid
/// nine months after delivery, on 2029-12-01. Followed month by month in plain numbers.
#[test]
fn a_loan_of_the_deal_keeps_its_own_terms() {
    let run = run(&dragons());
    let loan = run.figures("qpstc", WayKind::Loan);
    let terms = loan.loan.clone().unwrap();
    let lent = run.minor(terms.principal) as f64;
    assert!((lent - 0.875 * run.at("incentives.ca-qc-qpstc.received") as f64).abs() <= 0.5);
    let mut day: recoup_calendar::Date = "2027-03-01".parse().unwrap();
    let end: recoup_calendar::Date = "2029-12-01".parse().unwrap();
    let mut owed = lent;
    while day < end {
        let next = day.add_months(1).unwrap();
        owed += owed * 0.085 * day.days_until(next) as f64 / 365.0;
        day = next;
    }
    let interest = run.minor(terms.interest) as f64;
    assert!((owed - lent - interest).abs() <= 1.0, "{} {interest}", owed - lent);
    assert_eq!(run.ways("qpstc").chosen, WayKind::Loan);
    // What is chosen in the deal is a loan, which the stack repays: the claim itself stays what it is paid.
    assert_eq!(run.at("incentives.ca-qc-qpstc.net"), run.minor(run.figures("qpstc", WayKind::Direct).cash));
}

/// Each of the two instalments of the Irish credit repays the lender on its own day.
#[test]
fn instalments_repay_a_lender_one_after_the_other() {
    let run = run(&dragons());
    let loan = run.figures("ie-481", WayKind::Loan);
    let days: Vec<String> = loan.events.iter().map(|event| event.cash.date.unwrap().to_string()).collect();
    assert_eq!(days.len(), 3);
    assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "{days:?}");
    // The first instalment of 90 % pays back 88 % with interest as far as it goes, so nothing of it is left.
    let first = run.minor(loan.events[1].cash.node);
    assert!(first >= 0, "{first}");
    let direct = run.figures("ie-481", WayKind::Direct);
    assert!(run.minor(direct.npv.unwrap()) < run.minor(direct.cash));
}

#[test]
fn a_chance_weighs_the_credit_and_not_the_lender() {
    let mut deal = dragons();
    deal.incentives.iter_mut().find(|claim| claim.id == "federal-pstc").unwrap().probability =
        Some(Decimal::new(5, 1));
    let run = run(&deal);
    let direct = run.figures("federal-pstc", WayKind::Direct);
    let (sure, likely) = (run.minor(direct.npv.unwrap()), run.minor(direct.npv_expected.unwrap()));
    assert!((likely * 2 - sure).abs() <= 1);
    let loan = run.figures("federal-pstc", WayKind::Loan);
    let (sure_lent, likely_lent) = (run.minor(loan.npv.unwrap()), run.minor(loan.npv_expected.unwrap()));
    // Half of the credit may be missing; the loan is owed whole.
    assert!((sure_lent - likely_lent - (sure - likely)).abs() <= 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn dated_cash_adds_up_and_a_lender_takes_just_interest_and_fees(
        price in 1i64..=100, probability in 0i64..=100, rate in 0i64..4000, more in 1i64..3000,
    ) {
        let mut deal = georgia(Some(Monetisation::Transfer(Decimal::new(price, 2))));
        deal.incentives[0].probability = Some(Decimal::new(probability, 2));
        deal.market.npv_rate = Some(Decimal::new(rate, 4));
        let one = run(&deal);
        deal.market.npv_rate = Some(Decimal::new(rate + more, 4));
        let dearer = run(&deal);
        let credit = one.at("incentives.us-ga-film.credit_in_deal");
        for way in &one.ways("ga").ways {
            let Some(figures) = &way.figures else { continue };
            let Some(cash) = one.book.value(figures.cash).as_money() else { continue };
            let sum: i64 = figures.events.iter().map(|event| one.minor(event.cash.node)).sum();
            prop_assert_eq!(sum, cash.minor(), "{:?}", way.kind);
            prop_assert_eq!(cash.minor() + one.minor(figures.cost), credit);
            let then = dearer.figures("ga", way.kind);
            if way.kind != WayKind::Loan {
                // All money comes after the day of value: the dearer time is, the less it is worth.
                prop_assert!(dearer.minor(then.npv.unwrap()) <= one.minor(figures.npv.unwrap()));
                prop_assert!(one.minor(figures.npv_expected.unwrap()) <= one.minor(figures.npv.unwrap()).max(0));
            }
            if let Some(loan) = &figures.loan {
                let under = one.figures("ga", WayKind::Transfer);
                let taken = one.minor(loan.interest) + one.minor(loan.fees);
                prop_assert_eq!(cash.minor() + taken, one.minor(under.cash));
                let drawn = one.minor(figures.events[0].cash.node);
                prop_assert_eq!(drawn + one.minor(loan.fees), one.minor(loan.principal));
            }
        }
        let under_floor = one.codes().contains(&"CREDIT_SOLD_UNDER_FLOOR");
        prop_assert_eq!(under_floor, price < 60);
    }
}
