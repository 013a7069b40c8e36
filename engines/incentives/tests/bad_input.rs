//! Policies that nobody should have written: every one ends in a clear error, and soon.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use proptest::prelude::*;
use recoup_deal::{IncentiveClaim, InputValue};
use recoup_explain::Book;
use recoup_incentives::parse::{Formula, parse};
use recoup_incentives::{
    Answers, Binary, Catalog, CatalogError, Expression, Function, MAX_UPLOAD, Policy, Unary, Value, assess,
    lint, read_json, read_json_bytes, read_toml, run,
};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

fn sound() -> Policy {
    read_toml("sound.toml", include_str!("sound.toml")).unwrap()
}

fn changed(change: impl FnOnce(&mut Json)) -> String {
    let mut policy = serde_json::to_value(sound()).unwrap();
    change(&mut policy);
    policy.to_string()
}

fn refusal(text: &str) -> String {
    read_json("upload.json", text).unwrap_err().to_string()
}

fn line(id: &str, formula: &str) -> Json {
    json!({ "id": id, "label": id, "formula": formula })
}

#[test]
fn a_circle_is_named() {
    let text = changed(|policy| {
        policy["lines"] =
            json!([line("credit", "min(rate, cap) * a"), line("a", "b + minimum"), line("b", "a")]);
    });
    assert!(refusal(&text).contains("goes in a circle: a → b → a"), "{}", refusal(&text));
}

#[test]
fn a_division_by_zero_leaves_its_line_without_a_value() {
    let text =
        changed(|policy| policy["lines"][0]["formula"] = json!("min(rate * spend, cap) / (spend - spend)"));
    let policy = read_json("upload.json", &text).unwrap();
    let answers = Answers::new().with("spend", Value::Number(Decimal::from(100_000)));
    let result = run(&policy, &answers, &Answers::new()).unwrap();
    assert_eq!(result.credit(), None);
    assert_eq!(result.lines[0].error.as_deref(), Some("division by zero"));
}

#[test]
fn a_rate_beyond_all_bounds_is_no_number() {
    let text = changed(|policy| policy["constants"][0]["value"] = json!(format!("1{}", "0".repeat(30))));
    assert!(refusal(&text).starts_with("upload.json is not a policy: "), "{}", refusal(&text));
    let text =
        changed(|policy| policy["lines"][0]["formula"] = json!(format!("1{} * spend", "0".repeat(30))));
    assert!(refusal(&text).contains("is not a number that can be held exactly"), "{}", refusal(&text));
    let text = changed(|policy| {
        policy["constants"][0]["value"] = json!(format!("7{}", "0".repeat(28)));
        policy["lines"][0]["formula"] = json!("rate * spend + cap");
    });
    let policy = read_json("upload.json", &text).unwrap();
    let answers = Answers::new().with("spend", Value::Number(Decimal::from(100_000)));
    let result = run(&policy, &answers, &Answers::new()).unwrap();
    assert_eq!(result.lines[0].error.as_deref(), Some("the result is too large to be held exactly"));
}

#[test]
fn a_hundred_thousand_lines_are_counted_and_no_more() {
    let chain = |length: usize| {
        changed(|policy| {
            let mut lines = vec![line("credit", "min(rate * spend, cap) + l0")];
            lines.extend((0..length).map(|n| line(&format!("l{n}"), &format!("l{}", n + 1))));
            lines.push(line(&format!("l{length}"), "spend"));
            policy["lines"] = json!(lines);
        })
    };
    let large = chain(100_000);
    if large.len() <= MAX_UPLOAD {
        assert!(refusal(&large).contains("at most 2000 are read"), "{}", refusal(&large));
    } else {
        assert!(matches!(read_json("upload.json", &large), Err(CatalogError::TooLarge { .. })));
        let most = chain(60_000);
        assert!(refusal(&most).contains("at most 2000 are read"), "{}", refusal(&most));
    }
    let deep = chain(1_500);
    assert!(refusal(&deep).contains("rests on more than 400 parts inside each other"), "{}", refusal(&deep));
    assert!(read_json("upload.json", &chain(300)).is_ok());
}

#[test]
fn what_is_run_unchecked_ends_too() {
    let mut policy = sound();
    let template = policy.lines[0].clone();
    for n in 0..5_000 {
        let mut line = template.clone();
        line.id = format!("l{n}");
        line.formula = Formula::parse(&format!("l{}", n + 1)).unwrap();
        policy.lines.push(line);
    }
    policy.lines[0].formula = Formula::parse("l0").unwrap();
    let result = run(&policy, &Answers::new(), &Answers::new()).unwrap();
    assert_eq!(result.credit(), None);
}

#[test]
fn six_megabytes_and_bytes_that_are_no_text_are_refused() {
    let six = vec![b' '; 6 * 1024 * 1024];
    assert_eq!(
        read_json_bytes("upload.json", &six).unwrap_err().to_string(),
        "the policy has 6291456 bytes; at most 5242880 are read"
    );
    let error = read_json_bytes("upload.json", &[b'{', 0xff, 0xfe, b'}']).unwrap_err().to_string();
    assert!(error.contains("invalid utf-8"), "{error}");
}

#[test]
fn what_nests_without_end_is_refused() {
    let nest = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let deep = changed(|policy| policy["inputs"][0]["default"] = json!("HERE")).replace("\"HERE\"", &nest);
    assert!(refusal(&deep).contains("recursion limit"), "{}", refusal(&deep));
    let name = "x".repeat(1_000_000);
    assert!(refusal(&format!("{{\"{name}\": 1}}")).len() < 1_000);
    let formula = format!("{}spend{}", "(".repeat(500), ")".repeat(500));
    let text = changed(|policy| policy["lines"][0]["formula"] = json!(formula));
    assert!(refusal(&text).contains("nests deeper than 40"), "{}", refusal(&text));
}

/// A credit at the end of what a decimal holds is still no reason to break off.
#[test]
fn a_credit_beyond_what_can_be_added_up_is_told_apart() {
    let text = changed(|policy| {
        policy["constants"][0]["value"] = json!(Decimal::MAX.to_string());
        policy["lines"][0]["formula"] = json!("rate + min(rate * spend, cap)");
    });
    let mut catalog = Catalog::default();
    catalog.insert(read_json("upload.json", &text).unwrap());
    let mut deal = recoup_deal::read_deal(include_str!("../../../examples/tin-orchard.deal.json")).unwrap();
    deal.incentives = vec![claim(&[("spend", InputValue::Number(Decimal::ZERO))])];
    assert_eq!(assess(&deal, &catalog, &mut Book::new()).claims.len(), 1);
}

fn claim(answers: &[(&str, InputValue)]) -> IncentiveClaim {
    IncentiveClaim {
        id: "claim".to_owned(),
        program: "sound".to_owned(),
        answers: answers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        ..IncentiveClaim::default()
    }
}

/// Amounts, rates and numbers at the end of what a decimal holds.
fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (0i64..1_000_000_000).prop_map(|cents| Decimal::new(cents, 2)),
        (0i64..10_000).prop_map(|rate| Decimal::new(rate, 4)),
        Just(Decimal::ZERO),
        Just(Decimal::MAX),
        Just(Decimal::new(1, 28)),
    ]
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        4 => number().prop_map(Expression::Number),
        1 => any::<bool>().prop_map(Expression::Flag),
        1 => "[a-z ]{0,6}".prop_map(Expression::Text),
        6 => prop::sample::select(vec!["spend", "rate", "cap", "minimum", "aid", "word", "flag", "items", "later"])
            .prop_map(|name| Expression::Name(name.to_owned())),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let binary = prop::sample::select(vec![
            Binary::Add,
            Binary::Subtract,
            Binary::Multiply,
            Binary::Divide,
            Binary::Less,
            Binary::LessOrEqual,
            Binary::Greater,
            Binary::GreaterOrEqual,
            Binary::Equal,
            Binary::NotEqual,
            Binary::And,
            Binary::Or,
        ]);
        let function = prop::sample::select(Function::ALL.to_vec());
        prop_oneof![
            (binary, inner.clone(), inner.clone()).prop_map(|(operator, a, b)| Expression::Binary(
                operator,
                Box::new(a),
                Box::new(b)
            )),
            (any::<bool>(), inner.clone()).prop_map(|(not, a)| {
                Expression::Unary(if not { Unary::Not } else { Unary::Negate }, Box::new(a))
            }),
            (function, prop::collection::vec(inner, 6)).prop_map(|((_, function), mut arguments)| {
                while !function.accepts(arguments.len()) {
                    arguments.pop();
                }
                Expression::Call(function, arguments)
            }),
        ]
    })
}

fn answers() -> impl Strategy<Value = Answers> {
    let items = prop::collection::vec(number(), 0..4);
    (prop::option::of(number()), prop::option::of(any::<bool>()), prop::option::of(items)).prop_map(
        |(spend, flag, items)| {
            Answers::new()
                .with("spend", spend.map_or(Value::Absent, Value::Number))
                .with("flag", flag.map_or(Value::Absent, Value::Flag))
                .with("items", items.map_or(Value::Absent, Value::List))
                .with("word", Value::Text("series".to_owned()))
        },
    )
}

/// The sound policy with two lines and a condition of any kind, asking for a value of every kind.
fn form_of(first: Expression, second: Expression) -> Policy {
    let mut policy = sound();
    let mut later = policy.lines[0].clone();
    later.id = "later".to_owned();
    later.formula = Formula::of(second);
    policy.lines.push(later);
    policy.lines[0].formula = Formula::of(first.clone());
    policy.conditions[0].test = Formula::of(first);
    for (name, unit) in [("word", "text"), ("flag", "flag"), ("items", "list"), ("aid", "money")] {
        let input = json!({ "name": name, "label": name, "unit": unit });
        policy.inputs.push(serde_json::from_value(input).unwrap());
    }
    if let Some(items) = policy.inputs.iter_mut().find(|input| input.name == "items") {
        items.default = Some(recoup_incentives::InputDefault::List(Vec::new()));
    }
    policy
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What is written reads as what it was.
    #[test]
    fn an_expression_is_read_as_it_is_written(written in expression()) {
        let text = written.to_string();
        prop_assert_eq!(parse(&text).map(|read| read.to_string()), Ok(text));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-a-z0-9_.,()+*/<>=!\" é]{0,80}") {
        let _ = parse(&text);
    }

    /// Any form of the language on any values has values or errors, and says so within its bounds.
    #[test]
    fn any_form_ends(first in expression(), second in expression(), answers in answers()) {
        let policy = form_of(first, second);
        let result = run(&policy, &answers, &Answers::new()).unwrap();
        prop_assert_eq!(result.lines.len(), 2);
        let _ = lint(&policy);
    }

    /// The same form through the book of a deal, with every figure explained.
    #[test]
    fn any_form_ends_in_a_deal(first in expression(), second in expression(), spend in number(), flag in any::<bool>()) {
        let mut catalog = Catalog::default();
        let policy = form_of(first, second);
        // A form that goes in a circle never gets as far as a deal.
        if lint(&policy).iter().any(|finding| finding.message.starts_with("goes in a circle")) {
            return Ok(());
        }
        catalog.insert(policy);
        let mut deal = recoup_deal::read_deal(include_str!("../../../examples/tin-orchard.deal.json")).unwrap();
        let answers = [
            ("spend", InputValue::Number(spend)),
            ("flag", InputValue::Flag(flag)),
            ("word", InputValue::Text("series".to_owned())),
        ];
        deal.incentives = vec![claim(&answers)];
        let mut book = Book::new();
        prop_assert_eq!(assess(&deal, &catalog, &mut book).claims.len(), 1);
    }

    /// A policy with bytes changed anywhere is still sound, or refused with a reason.
    #[test]
    fn a_spoilt_file_is_refused(spoilt in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let catalog = Catalog::embedded().unwrap();
        let policy = catalog.versions("ca-federal-cptc")[0].as_ref();
        let mut bytes = serde_json::to_vec(policy).unwrap();
        for (index, byte) in spoilt {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        match read_json_bytes("upload.json", &bytes) {
            Ok(policy) => prop_assert!(run(&policy, &Answers::new(), &Answers::new()).is_ok()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
