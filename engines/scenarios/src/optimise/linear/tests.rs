use proptest::prelude::*;

use super::*;

fn source(id: &str, most: f64, costs: f64, loss: f64) -> Source {
    Source {
        id: id.to_owned(),
        least: 0.0,
        most,
        optional: true,
        costs,
        opening: 0.0,
        loss,
        opening_loss: 0.0,
    }
}

fn rule(id: &str, factors: &[(&str, f64)], sense: Sense, limit: f64) -> LinearRule {
    let factors = factors.iter().map(|(id, factor)| ((*id).to_owned(), *factor)).collect();
    LinearRule { id: id.to_owned(), factors, sense, limit }
}

/// Ten million: a loan that costs a tenth, half of it in cash; equity that costs a half.
fn plain() -> LinearStack {
    LinearStack {
        uses: 10_000_000.0,
        sources: vec![source("loan", 20_000_000.0, 0.05, 0.1), source("equity", 20_000_000.0, 0.0, 0.5)],
        rules: vec![rule("debt_share", &[("loan", 1.0)], Sense::AtMost, 6_000_000.0)],
    }
}

#[test]
fn the_loan_is_taken_up_to_its_limit_and_the_limit_has_its_price() {
    let solved = plain().solve().expect("it closes");
    assert!((solved.amounts[0] - 6_000_000.0).abs() < 0.01);
    // What the loan costs in cash is financed too.
    assert!((solved.amounts[1] - 4_300_000.0).abs() < 0.01);
    let [price] = solved.binding.as_slice() else { panic!("one rule binds") };
    // A dollar more of loan replaces 95 cents of equity: 0.5 · 0.95 − 0.1.
    assert!((price.eased - 0.375).abs() < 1e-6, "{price:?}");
    assert!((price.tightened.expect("equity can stand in") - 0.375).abs() < 1e-6);
}

#[test]
fn the_smallest_conflict_is_named() {
    let mut stack = plain();
    stack.rules.push(rule("equity_most", &[("equity", 1.0)], Sense::AtMost, 1_000_000.0));
    stack.rules.push(rule("equity_least", &[("equity", 1.0)], Sense::AtLeast, 100_000.0));
    let conflict = NoStack::Conflict { rules: vec!["debt_share".to_owned(), "equity_most".to_owned()] };
    assert_eq!(stack.solve(), Err(conflict));
    stack.sources.iter_mut().for_each(|source| source.most = 1_000_000.0);
    assert_eq!(stack.solve(), Err(NoStack::CannotClose));
    stack.uses = -1.0;
    assert_eq!(stack.solve(), Err(NoStack::Numbers { id: "uses".to_owned() }));
}

#[test]
fn a_loan_that_is_not_worth_its_lawyers_is_left_out() {
    let mut stack = plain();
    stack.rules[0].limit = 100_000.0;
    stack.sources[0].opening = 90_000.0;
    let solved = stack.solve().expect("equity pays");
    assert_eq!(solved.amounts[0], 0.0);
    stack.rules[0].limit = 6_000_000.0;
    let solved = stack.solve().expect("the loan pays");
    assert!((solved.amounts[0] - 6_000_000.0).abs() < 0.01);
    assert!((solved.amounts[1] - 4_390_000.0).abs() < 0.01, "its lawyers are financed");
    stack.sources[0].least = 6_500_000.0;
    assert_eq!(stack.solve().expect("equity pays").amounts[0], 0.0, "below its least there is no loan");
}

/// All corners of three amounts that close: two of the bounds and rules hold exactly, and the rest hold.
fn by_corners(stack: &LinearStack) -> Option<f64> {
    let mut planes: Vec<([f64; 3], f64, Sense)> = Vec::new();
    for (place, source) in stack.sources.iter().enumerate() {
        let axis = std::array::from_fn(|at| f64::from(u8::from(at == place)));
        planes.push((axis, source.most, Sense::AtMost));
        planes.push((axis, 0.0, Sense::AtLeast));
    }
    for rule in &stack.rules {
        let factors = std::array::from_fn(|at| rule.factors[at].1);
        planes.push((factors, rule.limit, rule.sense));
    }
    let closing: [f64; 3] = std::array::from_fn(|at| 1.0 - stack.sources[at].costs);
    let dot = |one: &[f64; 3], two: &[f64; 3]| one.iter().zip(two).map(|(one, two)| one * two).sum::<f64>();
    let cross = |a: &[f64; 3], b: &[f64; 3]| {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    };
    let mut best: Option<f64> = None;
    for one in 0..planes.len() {
        for two in one + 1..planes.len() {
            let ((a, p, _), (b, q, _)) = (&planes[one], &planes[two]);
            let determinant = dot(&closing, &cross(a, b));
            if determinant.abs() < 1e-9 {
                continue;
            }
            // Cramer's rule by cross products.
            let (first, second, third) = (cross(a, b), cross(b, &closing), cross(&closing, a));
            let at: [f64; 3] = std::array::from_fn(|place| {
                (stack.uses * first[place] + p * second[place] + q * third[place]) / determinant
            });
            let holds = |(factors, limit, sense): &([f64; 3], f64, Sense)| match sense {
                Sense::AtMost => dot(factors, &at) <= limit + 1e-6,
                Sense::AtLeast => dot(factors, &at) >= limit - 1e-6,
            };
            if planes.iter().all(holds) {
                let loss: f64 = stack.sources.iter().zip(at).map(|(source, at)| source.loss * at).sum();
                best = Some(best.map_or(loss, |best| best.min(loss)));
            }
        }
    }
    best
}

fn stacks() -> impl Strategy<Value = LinearStack> {
    let source_of = (10.0..80.0_f64, 0.0..0.2_f64, 0.01..0.6_f64);
    let rule_of = ([-1.0..1.0_f64, -1.0..1.0_f64, -1.0..1.0_f64], any::<bool>(), -20.0..60.0_f64);
    let (sources, rules) = (prop::collection::vec(source_of, 3), prop::collection::vec(rule_of, 0..4));
    (sources, rules).prop_map(|(sources, rules)| LinearStack {
        uses: 100.0,
        sources: sources
            .into_iter()
            .zip(["a", "b", "c"])
            .map(|((most, costs, loss), id)| source(id, most, costs, loss))
            .collect(),
        rules: rules
            .into_iter()
            .zip(["one", "two", "three"])
            .map(|(([a, b, c], least, limit), id)| {
                let sense = if least { Sense::AtLeast } else { Sense::AtMost };
                rule(id, &[("a", a), ("b", b), ("c", c)], sense, limit)
            })
            .collect(),
    })
}

proptest! {
    /// The solver against all corners, worked out another way.
    #[test]
    fn the_least_loss_is_that_of_the_best_corner(stack in stacks()) {
        match (stack.solve(), by_corners(&stack)) {
            (Ok(solved), Some(best)) => {
                prop_assert!((solved.loss - best).abs() < 1e-5, "{} and {best}", solved.loss);
                let paid: f64 = stack.sources.iter().zip(&solved.amounts)
                    .map(|(source, amount)| (1.0 - source.costs) * amount).sum();
                prop_assert!((paid - stack.uses).abs() < 1e-6);
                for price in &solved.binding {
                    if let Some(tightened) = price.tightened {
                        prop_assert!(tightened >= price.eased - 1e-5, "a limit never gets cheaper as it tightens");
                    }
                }
            }
            (Err(NoStack::Conflict { rules }), None) => prop_assert!(!rules.is_empty()),
            (Err(NoStack::CannotClose), None) => {}
            (solved, best) => prop_assert!(false, "{solved:?} and {best:?}"),
        }
    }
}
