use proptest::prelude::*;

use super::*;
use crate::run::{Keep, Sampling, Silent, Threads, simulate};
use crate::statistics::summary;
use crate::toy::Toy;
use crate::{CHUNK, Column, Measure, PathModel};

/// Drivers that are even between −1 and 1, and a result made of them.
struct Even<F> {
    drivers: usize,
    columns: Vec<Column>,
    result: F,
}

impl<F: Fn(&[f64]) -> f64 + Sync> Even<F> {
    fn new(drivers: usize, result: F) -> Self {
        let columns = vec![Column { of: "fund".to_owned(), measure: Measure::Npv }];
        Self { drivers, columns, result }
    }
}

impl<F: Fn(&[f64]) -> f64 + Sync> PathModel for Even<F> {
    type Workspace = ();
    fn columns(&self) -> &[Column] {
        &self.columns
    }
    fn workspace(&self) {}
    fn compute(&self, first: u64, out: &mut [f64], (): &mut ()) {
        let mut drawn = vec![0.0; self.drivers * CHUNK];
        self.draw(first, &mut drawn, &mut ());
        self.evaluate(&drawn, out, &mut ());
    }
}

impl<F: Fn(&[f64]) -> f64 + Sync> DrivenModel for Even<F> {
    fn drivers(&self) -> usize {
        self.drivers
    }
    fn base(&self, _: usize) -> f64 {
        0.0
    }
    fn quantile(&self, _: usize, p: f64) -> f64 {
        2.0 * p - 1.0
    }
    fn draw(&self, first: u64, drawn: &mut [f64], (): &mut ()) {
        for (driver, values) in drawn.chunks_mut(CHUNK).enumerate() {
            let toy = Toy::new(driver as u64 + 1, Sampling::Independent);
            for (path, value) in values.iter_mut().enumerate() {
                *value = self.quantile(driver, toy.uniform(first + path as u64));
            }
        }
    }
    fn evaluate(&self, drawn: &[f64], out: &mut [f64], (): &mut ()) {
        for (path, value) in out.iter_mut().enumerate().take(CHUNK) {
            let point: Vec<f64> = (0..self.drivers).map(|driver| drawn[driver * CHUNK + path]).collect();
            *value = (self.result)(&point);
        }
    }
}

fn uniforms(first: u64, out: &mut [f64]) {
    for (dimension, values) in out.chunks_mut(CHUNK).enumerate() {
        let toy = Toy::new(dimension as u64 + 1000, Sampling::Independent);
        values.iter_mut().enumerate().for_each(|(row, value)| *value = toy.uniform(first + row as u64));
    }
}

const DRAWN: (Sampling, fn(u64, &mut [f64])) = (Sampling::Independent, uniforms);

#[test]
fn bars_are_results_of_changed_inputs_and_the_widest_comes_first() {
    let model = Even::new(3, |x: &[f64]| 10.0 + x[0] - 4.0 * x[1] + 2.0 * x[2] * x[2]);
    assert_eq!(base(&model, 0), 10.0);
    let bars = tornado(&model, 0);
    assert_eq!(bars.iter().map(|bar| bar.driver).collect::<Vec<_>>(), [1, 0, 2]);
    let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-12, "{one} {other}");
    near(bars[0].low_input, -0.8);
    near(bars[0].low, 13.2);
    near(bars[0].high, 6.8);
    // Both ends of a square lie on the same side: the bar has no width, and the spider shows why.
    near(bars[2].low, bars[2].high);
    let lines = spider(&model, 0, &[0.1, 0.5, 0.9]);
    let values: Vec<f64> = lines[2].points.iter().map(|point| point.value).collect();
    near(values[0], 11.28);
    near(values[1], 10.0);
    near(values[2], 11.28);
}

#[test]
fn a_table_moves_two_at_once() {
    let model = Even::new(3, |x: &[f64]| x[0] * x[2]);
    let table = two_way(&model, 0, (0, 2), &[0.25, 0.5, 0.75]);
    assert_eq!(table.rows, [-0.5, 0.0, 0.5]);
    assert_eq!(table.cells[0], [0.25, -0.0, -0.25]);
    assert_eq!(table.cells[2][2], 0.25);
}

#[test]
fn indices_of_known_functions() {
    // Ishigami's function (1990), a = 7, b = 0.1, on −π..π; the indices are known.
    let pi = std::f64::consts::PI;
    let ishigami = Even::new(3, |x: &[f64]| {
        let (x, y, z) = (pi * x[0], pi * x[1], pi * x[2]);
        x.sin() + 7.0 * y.sin().powi(2) + 0.1 * z.powi(4) * x.sin()
    });
    let found = indices(&ishigami, 0, 40_000, DRAWN, &Threads::new(2).unwrap()).unwrap();
    let known = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
    for (index, (first, total)) in found.drivers.iter().zip(known) {
        for (estimate, truth) in [(index.first, first), (index.total, total)] {
            let error = estimate.error.unwrap();
            assert!(error < 0.02 && (estimate.value - truth).abs() < 4.0 * error, "{index:?}");
        }
    }
    assert!((found.variance - 13.845).abs() < 0.3);
    let same = indices(&ishigami, 0, 40_000, DRAWN, &Threads::one()).unwrap();
    assert_eq!(found, same);
}

#[test]
fn a_driver_without_effect_explains_exactly_nothing_and_one_that_does_everything_all() {
    let model = Even::new(2, |x: &[f64]| x[0]);
    let found = indices(&model, 0, 8_192, DRAWN, &Threads::one()).unwrap();
    let told = |index: &Index| (index.first.value, index.total.value);
    assert_eq!((told(&found.drivers[0]), told(&found.drivers[1])), ((1.0, 1.0), (0.0, 0.0)));
    // What happens once in ten thousand rows is not split up.
    let seldom = Even::new(2, |x: &[f64]| f64::from(u8::from(x[0] > 0.9999)));
    assert!(indices(&seldom, 0, 2_048, DRAWN, &Threads::one()).unwrap().drivers.is_empty());
}

#[test]
fn nothing_explains_what_does_not_vary_and_undefined_rows_are_counted() {
    let still = Even::new(2, |_: &[f64]| 5.0);
    assert!(indices(&still, 0, 1024, DRAWN, &Threads::one()).unwrap().drivers.is_empty());
    let holes = Even::new(2, |x: &[f64]| if x[0] > 0.9 { f64::NAN } else { x[1] });
    let found = indices(&holes, 0, 8192, DRAWN, &Threads::one()).unwrap();
    assert!((found.undefined - (1.0 - 0.95_f64.powi(2))).abs() < 0.02, "{}", found.undefined);
    for given in [0, MOST_ROWS + 1] {
        let refused = indices(&still, 0, given, DRAWN, &Threads::one()).unwrap_err();
        assert_eq!(refused, IndicesRefused::Rows { given, most: MOST_ROWS });
    }
}

#[test]
fn a_held_driver_stands_still_while_others_are_drawn() {
    let model = Even::new(2, |x: &[f64]| 10.0 * x[0] + x[1]);
    let request = crate::run::Request {
        columns: vec![0],
        ..Toy::new(1, Sampling::Independent).request(8_192, Keep::Columns)
    };
    let held = Held::new(&model, vec![(0, 0.5)]);
    let run = simulate(&held, request, &Threads::one(), &mut Silent).unwrap();
    let found = summary(&run, 0, &[]);
    assert!((found.mean.known().unwrap().value - 5.0).abs() < 0.05);
    assert!((found.deviation.known().unwrap().value - 1.0 / 3.0_f64.sqrt()).abs() < 0.02);
}

const GOAL: Goal = Goal { target: 0.0, within: 1e-9, low: -10.0, high: 10.0, step: 1e-9, looks: 33 };

proptest! {
    #[test]
    fn what_is_found_meets_the_target(root in -9.0..9.0_f64, slope in 0.01..50.0_f64, curve in 0.0..3.0_f64) {
        let result = |x: f64| slope * (x - root) + curve * (x - root).powi(3);
        let found = seek(Goal { within: 1e-6, ..GOAL }, |x| Some(result(x))).unwrap();
        prop_assert_eq!(found.roots.len(), 1);
        prop_assert!(result(found.roots[0].at).abs() <= 1e-6);
        prop_assert!(found.jumps.is_empty() && found.trials < 33 + 45);
    }
}

#[test]
fn several_roots_none_and_jumps_are_told_apart() {
    let parabola = seek(GOAL, |x| Some(x * x - 4.1)).unwrap();
    let at: Vec<f64> = parabola.roots.iter().map(|root| root.at).collect();
    assert!(at.len() == 2 && (at[0] + 4.1_f64.sqrt()).abs() < 1e-8 && (at[0] + at[1]).abs() < 1e-8);

    let above = seek(GOAL, |x| Some(x * x + 1.0)).unwrap();
    assert!(above.roots.is_empty() && above.jumps.is_empty());
    assert_eq!(above.nearest, Some(Root { at: 0.0, value: 1.0 }));

    let stair = seek(GOAL, |x| Some(if x < 0.3 { -1.0 } else { 2.0 })).unwrap();
    assert!(stair.roots.is_empty());
    let [jump] = stair.jumps.as_slice() else { panic!("one jump, not {:?}", stair.jumps) };
    assert!((jump.before.at - 0.3).abs() < 1e-8 && (jump.before.value, jump.after.value) == (-1.0, 2.0));

    // Inputs in steps of a hundredth: no one of them meets the target, and the nearer neighbour is the answer.
    let coarse = Goal { step: 0.01, within: 1e-12, ..GOAL };
    let stepped = seek(coarse, |x| Some(1e6 * ((x / 0.01).round() * 0.01 - 0.333_3))).unwrap();
    let [root] = stepped.roots.as_slice() else { panic!("one root, not {stepped:?}") };
    assert!((root.value - -3_300.0).abs() < 1e-3, "{root:?}");

    let nowhere = seek(GOAL, |_| None).unwrap();
    assert_eq!((nowhere.nearest, nowhere.roots.len(), nowhere.trials), (None, 0, 33));
    let part = seek(GOAL, |x| (x > -3.0).then_some(x - 2.2)).unwrap();
    assert!((part.roots[0].at - 2.2).abs() < 1e-8);
}

#[test]
fn a_search_that_makes_no_sense_is_refused() {
    let refused = |goal| seek(goal, Some).unwrap_err();
    assert_eq!(refused(Goal { high: -10.0, ..GOAL }), GoalRefused::Bounds);
    assert_eq!(refused(Goal { step: 0.0, ..GOAL }), GoalRefused::Step);
    assert_eq!(refused(Goal { looks: 1, ..GOAL }), GoalRefused::Looks { most: 1000 });
}
