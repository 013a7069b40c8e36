//! Where the bars of a ladder stand: the same geometry as on the page of the application.

use crate::render::scale::ticks;

/// Bars, grid lines and the line of the estimates along one axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LadderBars {
    /// Where each bar begins, and how long it is.
    pub bars: Vec<(f64, f64)>,
    /// Values of the grid lines and where they stand.
    pub ticks: Vec<(f64, f64)>,
    /// Where the estimates stand.
    pub estimated: Option<f64>,
}

/// Each bar begins where the farthest before it ended. The axis begins at nothing and leaves a little room.
pub(crate) fn ladder_bars(values: &[f64], estimated: Option<f64>, from: f64, to: f64) -> LadderBars {
    let highest = values.iter().copied().chain(estimated).fold(1e-6, f64::max);
    let end = highest * 1.08;
    let at = |value: f64| from + value / end * (to - from);
    let mut reached = 0.0_f64;
    let bars = values.iter().map(|value| {
        let (begin, finish) = (at(reached.min(*value)), at(*value));
        reached = reached.max(*value);
        (begin, (finish - begin).max(1.0))
    });
    LadderBars {
        bars: bars.collect(),
        ticks: ticks(0.0, end, 5).into_iter().map(|value| (value, at(value))).collect(),
        estimated: estimated.map(at),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn numbers(value: &Value) -> Vec<f64> {
        value.as_array().unwrap().iter().filter_map(Value::as_f64).collect()
    }

    #[test]
    fn bars_stand_where_the_page_of_the_application_draws_them() {
        let fixtures: Value =
            serde_json::from_str(include_str!("../../../../tests/charts/ladder.json")).unwrap();
        let near = |one: f64, other: f64| (one - other).abs() <= 0.5;
        for fixture in fixtures.as_array().unwrap() {
            let values = numbers(&fixture["values"]);
            let (from, to) = (fixture["from"].as_f64().unwrap(), fixture["to"].as_f64().unwrap());
            let drawn = ladder_bars(&values, fixture["estimated"].as_f64(), from, to);
            let expected = &fixture["geometry"];
            let begins = numbers(&expected["x"]);
            let lengths = numbers(&expected["width"]);
            assert_eq!((begins.len(), lengths.len()), (values.len(), values.len()), "{fixture}");
            for ((begin, length), (x, width)) in drawn.bars.iter().zip(begins.iter().zip(&lengths)) {
                assert!(near(*begin, *x) && near(*length, *width), "{drawn:?} is not {expected}");
            }
            let grid: Vec<f64> = drawn.ticks.iter().map(|tick| tick.0).collect();
            assert_eq!(grid, numbers(&expected["ticks"]), "{fixture}");
            for (tick, at) in drawn.ticks.iter().zip(numbers(&expected["ticks_at"])) {
                assert!(near(tick.1, at), "{drawn:?} is not {expected}");
            }
            let line = expected["estimated_at"].as_f64();
            assert_eq!(drawn.estimated.is_some(), line.is_some());
            assert!(drawn.estimated.zip(line).is_none_or(|(one, other)| near(one, other)));
        }
    }
}
