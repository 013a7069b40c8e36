//! A form's language and a spreadsheet's give the same: random expressions, computed exactly by the engine and in
//! binary fractions by a small spreadsheet that shares no code with the translation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/spreadsheet.rs"]
mod spreadsheet;

use std::collections::BTreeMap;
use std::str::FromStr;

use proptest::prelude::*;
use proptest::test_runner::Config;
use recoup_incentives::{EvaluateError, Scope, Value, evaluate, parse};
use recoup_report::{Kind, Named, translate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use spreadsheet::{Cells, Worth, compute};

const WORD: &str = "n/a";

/// What the names stand for.
type Values = BTreeMap<String, Value>;

struct Table<'v>(&'v Values);

impl Scope for Table<'_> {
    fn value(&mut self, name: &str) -> Result<Value, EvaluateError> {
        let known = self.0.get(name).cloned();
        known.ok_or_else(|| EvaluateError::UnknownName { name: name.to_owned() })
    }
    fn minor_digits(&self) -> u32 {
        2
    }
}

fn kind(name: &str) -> Kind {
    match name.chars().next() {
        Some('f') => Kind::Flag,
        Some('w') => Kind::Text,
        Some('l') => Kind::List,
        _ => Kind::Number,
    }
}

/// The cells as a workbook holds them: a word where nothing is given, a list with room to spare.
fn cells(values: &Values) -> Cells {
    let cell = |value: &Value| match value {
        Value::Number(number) => Worth::Number(number.to_f64().unwrap()),
        Value::Flag(flag) => Worth::Flag(*flag),
        Value::Text(word) => Worth::Word(word.clone()),
        Value::Absent => Worth::Word(WORD.to_owned()),
        Value::List(items) => {
            let items = items.iter().map(|item| Worth::Number(item.to_f64().unwrap()));
            Worth::Many(items.chain([Worth::Blank, Worth::Blank]).collect())
        }
    };
    values.iter().map(|(name, value)| (name.clone(), cell(value))).collect()
}

/// Both answers, as they are shown: the engine's and the spreadsheet's.
fn both(text: &str, values: &Values, lacks: bool) -> (String, Worth, String) {
    let expression = parse(text).unwrap();
    let exact = evaluate(&expression, &mut Table(values)).unwrap_or(Value::Absent);
    let names = |name: &str| Some(Named { key: name.to_owned(), kind: kind(name), lacks });
    let translated = translate(&expression, &names, 2, WORD).expect(text);
    let formula = translated.formula.text(&|key| Some(key.to_owned())).unwrap();
    let held = if translated.lacks || translated.fails {
        format!("=IFERROR({},\"{WORD}\")", &formula[1..])
    } else {
        formula
    };
    let live = compute(&held, &cells(values));
    (shown(&exact), live, held)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Absent => WORD.to_owned(),
        other => other.to_string(),
    }
}

fn agrees(exact: &str, live: &Worth) -> bool {
    match live {
        Worth::Number(number) => Decimal::from_str(exact).is_ok_and(|exact| {
            let exact = exact.to_f64().unwrap();
            (exact - number).abs() <= 1e-9 * exact.abs().max(1.0)
        }),
        Worth::Flag(flag) => exact == flag.to_string(),
        Worth::Word(word) => exact.eq_ignore_ascii_case(word),
        Worth::Blank | Worth::Missing | Worth::Failed | Worth::Many(_) => false,
    }
}

fn leaf_number() -> BoxedStrategy<String> {
    prop_oneof![
        (0_u32..4).prop_map(|index| format!("n{index}")),
        (0_i64..400).prop_map(|cents| Decimal::new(cents, 2).to_string()),
        (0_u32..3).prop_map(|index| format!("round_money(n{index} * 0.29)")),
    ]
    .boxed()
}

/// An expression of a kind, so deep. `divides` allows divisors that may be nought.
fn expression(kind: Kind, depth: u32, divides: bool) -> BoxedStrategy<String> {
    let of = move |kind| expression(kind, depth - 1, divides);
    if depth == 0 {
        return match kind {
            Kind::Flag => {
                prop_oneof![Just("f0"), Just("f1"), Just("f2"), Just("true")].prop_map(str::to_owned).boxed()
            }
            Kind::Text => {
                prop_oneof![Just("w0"), Just("w1"), Just("\"series\"")].prop_map(str::to_owned).boxed()
            }
            Kind::Number | Kind::List => leaf_number(),
        };
    }
    let (number, flag, word) = (move || of(Kind::Number), move || of(Kind::Flag), move || of(Kind::Text));
    match kind {
        Kind::Flag => prop_oneof![
            4 => (number(), prop_oneof![Just("<"), Just("<="), Just(">"), Just(">="), Just("=="), Just("!=")], number())
                .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            4 => (flag(), prop_oneof![Just("and"), Just("or")], flag()).prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            2 => flag().prop_map(|a| format!("(not {a})")),
            1 => flag().prop_map(|a| format!("refused({a})")),
            1 => number().prop_map(|a| format!("given({a})")),
            1 => (word(), word()).prop_map(|(a, b)| format!("({a} == {b})")),
            1 => word().prop_map(|a| format!("starts_with({a}, \"SER\")")),
            1 => (flag(), flag()).prop_map(|(a, b)| format!("or_else({a}, {b})")),
            1 => (flag(), flag(), flag()).prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
            1 => Just("given(l0)".to_owned()),
        ]
        .boxed(),
        Kind::Text => prop_oneof![
            2 => expression(Kind::Text, 0, divides),
            1 => (word(), word()).prop_map(|(a, b)| format!("or_else({a}, {b})")),
            1 => (flag(), word(), word()).prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
        ]
        .boxed(),
        Kind::Number | Kind::List => {
            let divisor = if divides { of(Kind::Number) } else { Just("4".to_owned()).boxed() };
            prop_oneof![
                5 => (number(), prop_oneof![Just("+"), Just("-"), Just("*")], number())
                    .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
                2 => (number(), divisor).prop_map(|(a, b)| format!("({a} / {b})")),
                1 => number().prop_map(|a| format!("(-{a})")),
                2 => (number(), number()).prop_map(|(a, b)| format!("min({a}, {b})")),
                2 => (number(), number()).prop_map(|(a, b)| format!("max({a}, {b}, 0)")),
                1 => number().prop_map(|a| format!("clamp({a}, 1, 250)")),
                2 => (flag(), number(), number()).prop_map(|(a, b, c)| format!("if({a}, {b}, {c})")),
                2 => (number(), number()).prop_map(|(a, b)| format!("or_else({a}, {b})")),
                1 => number().prop_map(|a| format!("round_money({a})")),
                1 => number().prop_map(|a| format!("tiered({a}, 0.30, 100, 0.25, 300, 0.10)")),
                1 => (number(), number()).prop_map(|(a, b)| format!("banded({a}, {b}, 100, 0.25, 300, 0.10)")),
                1 => (word(), number(), number())
                    .prop_map(|(a, b, c)| format!("choose({a}, \"feature\", {b}, \"series\", 7, {c})")),
                1 => (number(), number()).prop_map(|(a, b)| format!("sum({a}, {b}, l0)")),
                1 => number().prop_map(|_| "sum_capped(l0, 100)".to_owned()),
                1 => number().prop_map(|_| "(sum_excess(l0, 100) + count(l0) + min(l0))".to_owned()),
            ]
            .boxed()
        }
    }
}

fn amount() -> impl Strategy<Value = Decimal> {
    (0_i64..50_000).prop_map(|cents| Decimal::new(cents, 2))
}

/// Values for the names; with `gaps` any of them may not be given.
fn values(gaps: bool) -> BoxedStrategy<Values> {
    let maybe = move |value: BoxedStrategy<Value>| -> BoxedStrategy<Value> {
        if gaps { prop_oneof![2 => value, 1 => Just(Value::Absent)].boxed() } else { value }
    };
    let number = move || {
        maybe(
            prop_oneof![4 => amount().prop_map(Value::Number), 1 => Just(Value::Number(Decimal::ZERO))]
                .boxed(),
        )
    };
    let flag = move || maybe(any::<bool>().prop_map(Value::Flag).boxed());
    let word = move || {
        maybe(
            prop_oneof![Just("Feature"), Just("series"), Just("short")]
                .prop_map(|w| Value::Text(w.to_owned()))
                .boxed(),
        )
    };
    let list = if gaps {
        prop_oneof![proptest::collection::vec(amount(), 1..5).prop_map(Value::List), Just(Value::Absent)]
            .boxed()
    } else {
        proptest::collection::vec(amount(), 1..5).prop_map(Value::List).boxed()
    };
    ((number(), number(), number(), number()), (flag(), flag(), flag()), (word(), word()), list)
        .prop_map(|((a, b, c, d), (e, f, g), (h, i), l)| {
            let names = ["n0", "n1", "n2", "n3", "f0", "f1", "f2", "w0", "w1", "l0"];
            names.map(str::to_owned).into_iter().zip([a, b, c, d, e, f, g, h, i, l]).collect()
        })
        .boxed()
}

fn any_kind(divides: bool) -> BoxedStrategy<String> {
    prop_oneof![
        3 => expression(Kind::Number, 3, divides),
        2 => expression(Kind::Flag, 3, divides),
        1 => expression(Kind::Text, 2, divides),
    ]
    .boxed()
}

/// A list that is not given is cells left empty.
fn emptied(mut values: Values) -> (Values, Values) {
    let exact = values.clone();
    if values.get("l0") == Some(&Value::Absent) {
        values.insert("l0".to_owned(), Value::List(Vec::new()));
    }
    (exact, values)
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_formula_gives_what_the_engine_gives_with_gaps(text in any_kind(false), values in values(true)) {
        let (exact_values, held_values) = emptied(values);
        let expression = parse(&text).unwrap();
        let exact = shown(&evaluate(&expression, &mut Table(&exact_values)).unwrap_or(Value::Absent));
        let (_, live, formula) = both(&text, &held_values, true);
        prop_assert!(agrees(&exact, &live), "{text}\n{formula}\n{exact} and {live:?}\n{exact_values:?}");
    }

    #[test]
    fn a_division_by_nought_leaves_a_line_without_a_value(text in any_kind(true), values in values(false)) {
        let (exact, live, formula) = both(&text, &values, false);
        prop_assert!(agrees(&exact, &live), "{text}\n{formula}\n{exact} and {live:?}\n{values:?}");
    }

    #[test]
    fn every_rounding_goes_the_way_of_its_name(
        thousandths in -500_000_i64..500_000,
        mode in prop_oneof![Just("half_up"), Just("half_even"), Just("down"), Just("up"), Just("floor"), Just("ceiling")],
        places in 0_u32..3,
    ) {
        let values = Values::from([("n0".to_owned(), Value::Number(Decimal::new(thousandths, 3)))]);
        let text = format!("round(n0, {places}, \"{mode}\")");
        let (exact, live, formula) = both(&text, &values, false);
        prop_assert!(agrees(&exact, &live), "{formula}\n{exact} and {live:?}");
    }
}

#[test]
fn an_operand_that_fails_is_reached_only_where_the_engine_reaches_it() {
    let values = Values::from([
        ("n0".to_owned(), Value::Number(Decimal::ZERO)),
        ("f0".to_owned(), Value::Flag(false)),
        ("f1".to_owned(), Value::Flag(true)),
    ]);
    for (text, wanted) in [
        ("f0 and 1 / n0 > 2", "false"),
        ("f1 or 1 / n0 > 2", "true"),
        ("f1 and 1 / n0 > 2", WORD),
        ("if(n0 > 0, 1 / n0, 7)", "7"),
        ("or_else(1 / n0, 7)", WORD),
    ] {
        let (exact, live, formula) = both(text, &values, false);
        assert_eq!(exact, wanted, "{text}");
        assert!(agrees(&exact, &live), "{text}: {formula} is {live:?}");
    }
}

#[test]
fn a_formula_is_written_with_no_more_brackets_than_it_needs() {
    let names = |name: &str| Some(Named { key: name.to_owned(), kind: kind(name), lacks: false });
    let text = |form: &str| {
        let translated = translate(&parse(form).unwrap(), &names, 2, WORD).unwrap();
        translated.formula.text(&|key| Some(key.to_owned())).unwrap()
    };
    assert_eq!(text("a * (b + c) - d"), "=a*(b+c)-d");
    assert_eq!(text("a - (b - c)"), "=a-(b-c)");
    assert_eq!(text("round_money(min(a, 0.8 * b))"), "=ROUND(MIN(a,0.8*b),2)");
    assert_eq!(text("f0 and f1 and a > b"), "=AND(f0,f1,a>b)");
    assert_eq!(text("tiered(a, b, c, d)"), "=b*MAX(0,MIN(a,c))+d*MAX(0,a-c)");
}

#[test]
fn a_kind_that_the_engine_would_refuse_is_not_translated() {
    let names = |name: &str| Some(Named { key: name.to_owned(), kind: kind(name), lacks: false });
    for form in ["a + f0", "w0 and f0", "a == w0", "if(a, b, c)", "l0 + a", "f0 < f1"] {
        assert_eq!(translate(&parse(form).unwrap(), &names, 2, WORD), None, "{form}");
    }
    assert_eq!(translate(&parse("a + b").unwrap(), &|_| None, 2, WORD), None, "an unknown name");
}
