//! Three recoupment orders as financiers agree them, written as documents and worked by hand

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use recoup_calendar::{Date, Frequency, Period, periods_between};
use recoup_deal::Language;
use recoup_deal::findings::render;
use recoup_deal::recoupment::RecoupmentPlan;
use recoup_explain::{Book, Cells};
use recoup_money::{Currency, Money};
use recoup_waterfall::{
    Cause, Drawing, InputNodes, Receipt, Recoupment, RunInputs, Stop, Surroundings, recoup_recorded, validate,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn years(from: &str, to: &str) -> Vec<Period> {
    periods_between(day(from), day(to), Frequency::Quarter).unwrap()
}

fn inputs(currency: Currency, receipts: &[(&str, &str, i64)], drawings: &[(&str, &str, i64)]) -> RunInputs {
    let mut inputs = RunInputs::new(currency);
    for (index, (date, source, major)) in receipts.iter().enumerate() {
        inputs.receipts.push(Receipt {
            id: format!("r{index}"),
            date: day(date),
            source: (*source).to_owned(),
            amount: Money::from_major(*major, currency).unwrap(),
            territories: Vec::new(),
            media: Vec::new(),
            contract: None,
        });
    }
    for (date, instrument, major) in drawings {
        let amount = Money::from_major(*major, currency).unwrap();
        inputs.drawings.push(Drawing { date: day(date), instrument: (*instrument).to_owned(), amount });
    }
    inputs
}

/// Runs a plan twice, plainly and through the book, and checks that both agree.
fn run(plan: &str, inputs: &RunInputs, schedule: &[Period]) -> (RecoupmentPlan, Recoupment) {
    let plan: RecoupmentPlan = serde_json::from_str(plan).unwrap();
    let written = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<RecoupmentPlan>(&written).unwrap(), plan);
    let findings = validate(&plan, inputs.currency, &Surroundings::default());
    assert!(findings.is_empty(), "{findings:?}");
    let mut book = Book::new();
    let cells = Cells::new(inputs.currency, Vec::new(), Vec::new());
    let recorded =
        recoup_recorded(&plan, inputs, &InputNodes::default(), schedule, &cells, &mut book).unwrap();
    for claim in &recorded.recoupment.claims {
        let address = format!("recoupment.claims.{}.paid", claim.tier);
        assert_eq!(book.money(&address), Some(claim.paid), "{address}");
    }
    (plan, recorded.recoupment)
}

fn paid(result: &Recoupment, tier: &str) -> String {
    let claim = result.claim(tier).unwrap();
    claim.paid.to_string().split_once(' ').unwrap().1.to_owned()
}

const FEATURE: &str = r#"{
 "sources": [{"id": "world", "enters": "account", "receives_others": true}],
 "residual": "producer",
 "tiers": [
  {"id": "account", "takes": {"kind": "together", "members": [
    {"id": "collection-fee", "role": "collection_fee", "takes": {"kind": "share", "payee": "collection", "rate": "0.01"}},
    {"id": "residuals", "role": "residuals",
     "takes": {"kind": "reserve", "rate": "0.02", "release_months": 24, "release_to": "gap"}}]}, "then": "set-up"},
  {"id": "set-up", "role": "collection_fee", "takes": {"kind": "share", "payee": "collection",
    "limit": {"kind": "amount", "amount": "USD 8000.00"}}, "then": "gap"},
  {"id": "gap", "role": "gap", "takes": {"kind": "share", "payee": "gap-lender",
    "limit": {"kind": "principal_and_interest", "instrument": "gap"}}, "then": "mezzanine"},
  {"id": "mezzanine", "role": "mezzanine", "takes": {"kind": "share", "payee": "mezzanine-lender",
    "limit": {"kind": "principal_and_interest", "instrument": "mezzanine",
      "interest": {"rate_annual": "0.15", "compounding": "yearly"}}}, "then": "equity"},
  {"id": "equity", "role": "equity", "takes": {"kind": "share", "payee": "fund",
    "limit": {"kind": "invested", "instrument": "equity"}}, "then": "premium"},
  {"id": "premium", "role": "premium", "takes": {"kind": "share", "payee": "fund",
    "limit": {"kind": "premium", "instrument": "equity", "rate": "0.25"}}, "then": "deferral"},
  {"id": "deferral", "role": "deferral", "takes": {"kind": "share", "payee": "producer",
    "limit": {"kind": "amount", "amount": "USD 450000.00"}}, "then": "profits"},
  {"id": "profits", "takes": {"kind": "together", "members": [
    {"id": "profits-fund", "role": "net_profits", "takes": {"kind": "share", "payee": "fund", "rate": "0.5"}},
    {"id": "profits-producer", "role": "net_profits", "takes": {"kind": "share", "payee": "producer", "rate": "0.35"}},
    {"id": "kicker", "role": "net_profits", "takes": {"kind": "share", "payee": "mezzanine-lender", "rate": "0.05"}},
    {"id": "talent", "role": "participation", "takes": {"kind": "share", "payee": "talent-pool", "rate": "0.1"}}]}}]
}"#;

#[test]
fn a_feature_pays_lenders_then_equity_then_profits() {
    let usd = Currency::USD;
    let mut inputs = inputs(
        usd,
        &[("2029-12-31", "sales", 5_000_000), ("2030-12-31", "sales", 12_000_000)],
        &[
            ("2028-12-31", "gap", 4_000_000),
            ("2029-01-01", "mezzanine", 1_000_000),
            ("2028-01-01", "equity", 9_000_000),
        ],
    );
    let terms = serde_json::from_str(r#"{"rate_annual": "0.12"}"#).unwrap();
    inputs.interest.insert("gap".to_owned(), terms);
    let (_, result) = run(FEATURE, &inputs, &years("2028-01-01", "2033-12-31"));
    // 2029: 5,000,000 less 1 % and 2 % is 4,850,000, less the set-up of 8,000 is 4,842,000. The gap is
    // owed 4,000,000 and 365 days at 12 %, 4,480,000; the other 362,000 go to the mezzanine, which is
    // owed 1,000,000 and 364 days at 15 %, 149,589.04: interest first, then principal.
    assert_eq!(paid(&result, "gap"), "4480000.00");
    // On 1 January 2030 nothing is left to add; 787,589.04 of principal bears 364 days of interest.
    let principal: f64 = 1_000_000.0 - (362_000.0 - 149_589.041_095_89);
    let owed = 362_000.0 + principal + principal * 0.15 * 364.0 / 365.0 + 0.0;
    let mezzanine: f64 = paid(&result, "mezzanine").parse().unwrap();
    // One day of 2029 falls after the receipt and is added on 1 January, so it bears interest too.
    let last_day = principal * 0.15 / 365.0;
    let with_addition = owed + last_day + last_day * 0.15 * 364.0 / 365.0;
    assert!((mezzanine - with_addition).abs() < 0.01, "{mezzanine} {with_addition}");
    assert_eq!(paid(&result, "equity"), "9000000.00");
    // 12,000,000 × 0.97 is 11,640,000; the premium has what the mezzanine and the equity leave of it.
    let left = 11_640_000.0 - (mezzanine - 362_000.0) - 9_000_000.0;
    let premium: f64 = paid(&result, "premium").parse().unwrap();
    // The reserve of 100,000 is released on 31 December 2031, that of 240,000 a year later.
    assert!((premium - (left + 340_000.0)).abs() < 0.02, "{premium} {left}");
    assert_eq!(result.held, Money::zero(usd));
    assert!(matches!(result.claim("premium").unwrap().stop, Stop::MoneyRanOut));
    assert!(matches!(result.claim("talent").unwrap().stop, Stop::NothingArrived));
    let total: i64 = result.periods.iter().map(|period| period.paid.minor()).sum();
    assert_eq!(total, 17_000_000 * 100);
}

const SERIES: &str = r#"{
 "sources": [{"id": "world", "enters": "fee"}, {"id": "toys", "enters": "recoup"}],
 "expense_types": [{"id": "selling", "cap_of_receipts": {"rate": "0.07", "sources": ["world"]}, "declared": [
   {"id": "market", "date": "2029-01-31", "amount": "CAD 60000.00"}]}],
 "tiers": [
  {"id": "fee", "role": "distribution_fee", "takes": {"kind": "share", "payee": "distributor", "rate": "0.3"}, "then": "costs"},
  {"id": "costs", "role": "distribution_expenses", "takes": {"kind": "share", "payee": "distributor",
    "limit": {"kind": "expenses", "of": "selling"}}, "then": "advance"},
  {"id": "advance", "role": "minimum_guarantee", "takes": {"kind": "share", "payee": "distributor",
    "limit": {"kind": "invested", "instrument": "advance"}}, "then": "recoup"},
  {"id": "recoup", "takes": {"kind": "together", "split": "invested", "members": [
    {"id": "fund", "role": "equity", "takes": {"kind": "share", "payee": "fund", "limit": {"kind": "invested", "instrument": "fund"}}},
    {"id": "own", "role": "equity", "takes": {"kind": "share", "payee": "producer", "limit": {"kind": "invested", "instrument": "own"}}}]}, "then": "profits"},
  {"id": "profits", "takes": {"kind": "together", "members": [
    {"id": "profit-fund", "takes": {"kind": "share", "payee": "fund", "rate": "0.08"}},
    {"id": "profit-producers", "takes": {"kind": "together", "base_rate": "0.92", "members": [
      {"id": "profit-home", "takes": {"kind": "share", "payee": "producer", "rate": "0.7"}},
      {"id": "profit-abroad", "takes": {"kind": "share", "payee": "co-producer", "rate": "0.3"}}]}}]}}]
}"#;

#[test]
fn a_series_recoups_an_advance_and_then_two_investors_by_amount() {
    let cad = Currency::CAD;
    let inputs = inputs(
        cad,
        &[
            ("2029-03-31", "world", 350_000),
            ("2029-06-30", "world", 2_000_000),
            ("2029-09-30", "toys", 400_000),
        ],
        &[
            ("2028-01-01", "advance", 900_000),
            ("2028-01-01", "fund", 900_000),
            ("2028-01-01", "own", 300_000),
        ],
    );
    let (_, result) = run(SERIES, &inputs, &[]);
    // First 350,000: fee 105,000; expenses up to 7 %, 24,500; advance 220,500.
    // Then 2,000,000: fee 600,000; expenses declared are 60,000, so 35,500 more; advance 679,500;
    // 685,000 are left and divided 3 : 1. Then 400,000 reach the group: 515,000 of 1,200,000 are owed,
    // so all of it is divided 3 : 1 as well.
    assert_eq!(paid(&result, "costs"), "60000.00");
    assert_eq!(paid(&result, "advance"), "900000.00");
    assert_eq!(paid(&result, "fund"), "813750.00");
    assert_eq!(paid(&result, "own"), "271250.00");
    assert_eq!(result.claim("fund").unwrap().outstanding.to_string(), "CAD 86250.00");
    assert!(result.postings.iter().any(|posting| matches!(posting.cause, Cause::ProRata { .. })));
    let statement = result.statement("distributor").unwrap();
    assert_eq!(statement.cumulative.to_string(), "CAD 1665000.00");
}

const TREATY: &str = r#"{
 "sources": [{"id": "sales", "enters": "commission", "receives_others": true}],
 "tiers": [
  {"id": "commission", "role": "sales_commission", "takes": {"kind": "steps", "members": [
    {"id": "before", "takes": {"kind": "share", "payee": "agent", "rate": "0.18", "while": [{"measure": "not_recouped", "tier": "advance"}]}},
    {"id": "after", "takes": {"kind": "share", "payee": "agent", "rate": "0.2"}}]}, "then": "advance"},
  {"id": "advance", "role": "sales_advance", "takes": {"kind": "share", "payee": "agent",
    "limit": {"kind": "invested", "instrument": "advance"}}, "then": "corridor"},
  {"id": "corridor", "role": "corridor", "takes": {"kind": "share", "payee": "producers", "rate": "0.1",
    "limit": {"kind": "amount", "amount": "GBP 300000.00"}}, "then": "class-a"},
  {"id": "class-a", "takes": {"kind": "together", "split": "outstanding", "members": [
    {"id": "public", "takes": {"kind": "share", "payee": "public-fund", "limit": {"kind": "invested", "instrument": "public"},
      "assigned": [{"to": "locked-box", "part": "0.5"}]}},
    {"id": "agency", "takes": {"kind": "share", "payee": "agency", "limit": {"kind": "invested", "instrument": "agency"}}},
    {"id": "private", "takes": {"kind": "share", "payee": "investors", "limit": {"kind": "invested", "instrument": "private"}}}]}, "then": "premium"},
  {"id": "premium", "takes": {"kind": "share", "payee": "investors", "limit": {"kind": "premium", "instrument": "private", "rate": "0.2"}}, "then": "profits"},
  {"id": "profits", "takes": {"kind": "together", "members": [
    {"id": "financiers", "takes": {"kind": "together", "base_rate": "0.5", "split": "invested", "members": [
      {"id": "np-public", "takes": {"kind": "share", "payee": "public-fund", "in_proportion_to": "public"}},
      {"id": "np-private", "takes": {"kind": "share", "payee": "investors", "in_proportion_to": "private"}}]}},
    {"id": "np-talent", "takes": {"kind": "share", "payee": "talent", "rate": "0.1"}},
    {"id": "np-producers", "takes": {"kind": "share", "payee": "producers", "rate": "0.4"}}]}}]
}"#;

#[test]
fn a_treaty_film_recoups_behind_an_advance_and_a_corridor() {
    let gbp = Currency::GBP;
    let drawings = [
        ("2027-06-01", "advance", 410_000),
        ("2027-06-01", "public", 1_500_000),
        ("2027-06-01", "agency", 500_000),
        ("2027-06-01", "private", 1_000_000),
    ];
    let inputs = inputs(gbp, &[("2029-12-31", "tv", 1_500_000), ("2030-12-31", "tv", 4_000_000)], &drawings);
    let (_, result) = run(TREATY, &inputs, &years("2029-01-01", "2030-12-31"));
    // The advance of 410,000 is recouped at 82 % of the first 500,000: commission 90,000 on it and
    // 20 % of the other 5,000,000 after it.
    assert_eq!(paid(&result, "before"), "90000.00");
    assert_eq!(paid(&result, "after"), "1000000.00");
    // 4,000,000 reach the corridor: a tenth of 3,000,000 fills it.
    assert_eq!(paid(&result, "corridor"), "300000.00");
    // Class A is owed 3,000,000 and gets it; 700,000 are left, 200,000 of them premium.
    assert_eq!(paid(&result, "public"), "1500000.00");
    assert_eq!(paid(&result, "premium"), "200000.00");
    assert_eq!(paid(&result, "np-public"), "150000.00");
    assert_eq!(paid(&result, "np-private"), "100000.00");
    assert_eq!(paid(&result, "np-producers"), "200000.00");
    let to = |payee: &str| -> i64 {
        let mine = result.postings.iter().filter(|posting| posting.payee.as_deref() == Some(payee));
        mine.map(|posting| posting.amount.minor()).sum()
    };
    assert_eq!(to("locked-box"), 75_000_000);
    assert_eq!(to("public-fund"), 75_000_000 + 15_000_000);
    assert!(matches!(result.claim("public").unwrap().stop, Stop::LimitReached { on: Some(_) }));
}

#[test]
fn what_is_wrong_with_a_plan_is_said_before_it_runs() {
    let text = r#"{"sources": [{"id": "s", "enters": "a"}], "tiers": [
      {"id": "a", "takes": {"kind": "share", "payee": "x", "rate": "0.5"}, "then": "b"},
      {"id": "b", "takes": {"kind": "share", "payee": "y", "rate": "0.5"}, "then": "a"}]}"#;
    let plan: RecoupmentPlan = serde_json::from_str(text).unwrap();
    let findings = validate(&plan, Currency::USD, &Surroundings::default());
    let cycle = findings.iter().find(|finding| finding.code == "RECOUPMENT_CYCLE").unwrap();
    let said = render(cycle, Language::English).message;
    assert!(said.contains("a → b → a"), "{said}");

    let text = r#"{"sources": [{"id": "s", "enters": "a"}], "tiers": [
      {"id": "a", "takes": {"kind": "together", "members": [
         {"id": "m", "takes": {"kind": "share", "payee": "x", "rate": "0.6"}},
         {"id": "n", "takes": {"kind": "share", "payee": "y", "rate": "0.6"}}]}, "then": "b"},
      {"id": "b", "takes": {"kind": "share", "payee": "nobody", "rate": "0.5",
         "while": [{"measure": "paid_in_pool", "pool": "p", "is": "below", "target": {"amount": "USD 1.00"}}]}},
      {"id": "c", "takes": {"kind": "share", "payee": "x"}}]}"#;
    let plan: RecoupmentPlan = serde_json::from_str(text).unwrap();
    let around = Surroundings { parties: vec!["x".to_owned(), "y".to_owned()], ..Surroundings::default() };
    let findings = validate(&plan, Currency::USD, &around);
    for (code, path) in [
        ("SHARES_OVER_WHOLE", "recoupment.tiers[a].takes.members"),
        ("UNKNOWN_PARTY", "recoupment.tiers[b].takes.payee"),
        ("UNKNOWN_POOL", "recoupment.tiers[b].takes.while[0].pool"),
        ("DEAD_TIER", "recoupment.tiers[c]"),
        ("UNREACHABLE_CLAIM", "recoupment.tiers[b]"),
    ] {
        assert!(
            findings.iter().any(|found| found.code == code && found.path == path),
            "{code} {path} {findings:?}"
        );
    }
}
