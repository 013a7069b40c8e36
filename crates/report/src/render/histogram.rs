//! Where the bars, the lines and the curve of a histogram stand: the same geometry as on the page of the application
//! (`ui/src/charts/histogram/layout.ts`), held to it by `tests/charts/histogram.json`.

use crate::render::scale::{Scale, spread, text_width};
use crate::risk::Counted;

const HEAD: f64 = 34.0;
const FOOT: f64 = 22.0;
/// What a bar beyond an end takes of the width, its gap to the others included.
const BEYOND: f64 = 26.0;
const POINTS: u32 = 72;

/// A percentile to be marked: which one, where it lies, and how it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    pub id: String,
    pub label: String,
    pub value: f64,
    pub text: String,
}

/// A bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Upright {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub is_loss: bool,
    /// Below the first (−1) or above the last (1) bar; 0 for the others.
    pub beyond: i8,
}

/// A histogram laid out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HistogramPlaces {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub base: f64,
    pub bars: Vec<Upright>,
    pub curve: Vec<(f64, f64)>,
    pub band: Option<(f64, f64)>,
    /// Where each line stands and where its label does.
    pub marks: Vec<(f64, f64)>,
    pub x_ticks: Vec<(f64, f64)>,
    pub y_ticks: Vec<(f64, f64)>,
}

/// Bars, the normal curve with the same mean and deviation, and lines at the percentiles.
pub(crate) fn histogram_places(
    data: &Counted,
    percentiles: &[Mark],
    (width, height): (f64, f64),
) -> HistogramPlaces {
    let most = data.counts.iter().max().map_or(1.0, |most| f64::from(*most)).max(1.0);
    let left = 12.0 + text_width(&grouped(most), 10.5, false);
    let right = width - 4.0;
    let base = height - FOOT;
    let first = left + if data.below > 0 { BEYOND } else { 0.0 };
    let last = right - if data.above > 0 { BEYOND } else { 0.0 };
    let x = Scale::new((data.from, data.to), (first, last));
    let y = Scale::new((0.0, most.max(peak(data).min(most * 1.6)) * 1.06), (base, HEAD));
    let within = |value: f64| x.at(value).max(left).min(right);
    let value_of = |id: &str| percentiles.iter().find(|mark| mark.id == id).map(|mark| mark.value);
    let band = value_of("p10").zip(value_of("p90"));
    HistogramPlaces {
        left,
        right,
        top: HEAD,
        base,
        bars: bars(data, (x, y), base, (left, right)),
        curve: curve(data, x, y),
        band: band.map(|(low, high)| (within(low), within(high) - within(low))),
        marks: marks(percentiles, &within, (left, right)),
        x_ticks: x.ticks((((last - first) / 70.0).floor() as u32).max(3)),
        y_ticks: y.ticks(4),
    }
}

/// A count with a comma before every three digits: what the widest label of the axis takes.
fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.round());
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn bars(data: &Counted, (x, y): (Scale, Scale), base: f64, (left, right): (f64, f64)) -> Vec<Upright> {
    let step = (data.to - data.from) / data.counts.len().max(1) as f64;
    let upright = |count: u32, cut: f64| {
        let top = y.at(f64::from(count)).max(cut);
        (top, (base - top).max(0.0))
    };
    let beyond = |at: f64, count: u32, beyond: i8, is_loss: bool| {
        let (y, height) = upright(count, HEAD + 10.0);
        Upright { x: at, y, width: BEYOND - 10.0, height, is_loss, beyond }
    };
    let mut out = Vec::with_capacity(data.counts.len() + 2);
    if data.below > 0 {
        out.push(beyond(left + 2.0, data.below, -1, data.from <= 0.0));
    }
    for (at, count) in data.counts.iter().enumerate() {
        let from = data.from + at as f64 * step;
        let to = data.from + (at + 1) as f64 * step;
        let wide = x.at(to) - x.at(from);
        let gap = if wide > 6.0 { 1.0 } else { 0.0 };
        let (top, height) = upright(*count, 0.0);
        out.push(Upright {
            x: x.at(from) + gap / 2.0,
            y: top,
            width: (wide - gap).max(0.5),
            height,
            // A bar that straddles nothing belongs to the side on which most of it lies.
            is_loss: f64::midpoint(from, to) < 0.0,
            beyond: 0,
        });
    }
    if data.above > 0 {
        out.push(beyond(right - BEYOND + 8.0, data.above, 1, false));
    }
    out
}

/// How many paths the bar in the middle would hold if results were normally distributed.
fn peak(data: &Counted) -> f64 {
    let Some((_, deviation)) = data.normal else { return 0.0 };
    if deviation <= 0.0 || data.counts.is_empty() {
        return 0.0;
    }
    let paths: f64 = data.counts.iter().map(|count| f64::from(*count)).sum();
    let paths = paths + f64::from(data.below) + f64::from(data.above);
    paths * (data.to - data.from) / data.counts.len() as f64 / (deviation * std::f64::consts::TAU.sqrt())
}

fn curve(data: &Counted, x: Scale, y: Scale) -> Vec<(f64, f64)> {
    let scale = peak(data);
    let Some((mean, deviation)) = data.normal.filter(|_| scale > 0.0) else { return Vec::new() };
    (0..=POINTS)
        .map(|at| {
            let value = data.from + (data.to - data.from) * f64::from(at) / f64::from(POINTS);
            let z = (value - mean) / deviation;
            (x.at(value), y.at(scale * (-(z * z) / 2.0).exp()))
        })
        .collect()
}

/// Lines at the percentiles; their labels lean outwards and are kept apart.
fn marks(percentiles: &[Mark], within: &dyn Fn(f64) -> f64, (left, right): (f64, f64)) -> Vec<(f64, f64)> {
    let widest = percentiles
        .iter()
        .map(|mark| text_width(&mark.label, 11.0, false).max(text_width(&mark.text, 11.0, true)))
        .fold(0.0, f64::max);
    let gap = widest + 8.0;
    let lean = |id: &str| match id {
        "p5" | "p90" => -1.0,
        "p10" | "p95" => 1.0,
        _ => 0.0,
    };
    let wanted: Vec<f64> =
        percentiles.iter().map(|mark| within(mark.value) + lean(&mark.id) * gap / 2.0).collect();
    let labels = spread(&wanted, gap, left + gap / 2.0 - 4.0, right - gap / 2.0 + 4.0);
    percentiles.iter().zip(labels).map(|(mark, label)| (within(mark.value), label)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn number(value: &Value) -> f64 {
        value.as_f64().unwrap()
    }

    fn near(one: f64, other: &Value) -> bool {
        (one - number(other)).abs() <= 0.011
    }

    fn data(fixture: &Value) -> (Counted, Vec<Mark>) {
        let count = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
        let normal = &fixture["normal"];
        let counted = Counted {
            from: number(&fixture["from"]),
            to: number(&fixture["to"]),
            counts: fixture["counts"].as_array().unwrap().iter().map(count).collect(),
            below: count(&fixture["below"]),
            above: count(&fixture["above"]),
            normal: (!normal.is_null()).then(|| (number(&normal["mean"]), number(&normal["deviation"]))),
        };
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mark = |value: &Value| Mark {
            id: text(&value["id"]),
            label: text(&value["label"]),
            value: number(&value["value"]),
            text: text(&value["text"]),
        };
        (counted, fixture["percentiles"].as_array().unwrap().iter().map(mark).collect())
    }

    #[test]
    fn a_histogram_stands_where_the_page_of_the_application_draws_it() {
        let fixtures: Value =
            serde_json::from_str(include_str!("../../../../tests/charts/histogram.json")).unwrap();
        let fixtures = fixtures.as_array().unwrap();
        assert!(fixtures.len() > 3);
        for fixture in fixtures {
            let (counted, marks) = data(fixture);
            let size = (number(&fixture["width"]), number(&fixture["height"]));
            let drawn = histogram_places(&counted, &marks, size);
            let expected = &fixture["geometry"];
            assert!(near(drawn.left, &expected["left"]) && near(drawn.right, &expected["right"]));
            let bars = expected["bars"].as_array().unwrap();
            assert_eq!(drawn.bars.len(), bars.len());
            for (bar, place) in drawn.bars.iter().zip(bars) {
                assert!(near(bar.x, &place[0]) && near(bar.y, &place[1]), "{bar:?} is not {place}");
                assert!(near(bar.width, &place[2]) && near(bar.height, &place[3]), "{bar:?} is not {place}");
                assert_eq!(bar.is_loss, place[4].as_bool().unwrap());
            }
            let points = expected["curve"].as_array().unwrap();
            assert_eq!(drawn.curve.len(), points.len());
            assert!(drawn.curve.iter().zip(points).all(|(at, to)| near(at.0, &to[0]) && near(at.1, &to[1])));
            assert_eq!(drawn.band.is_some(), !expected["band"].is_null());
            assert!(
                drawn.band.is_none_or(
                    |band| near(band.0, &expected["band"][0]) && near(band.1, &expected["band"][1])
                )
            );
            let places = expected["marks"].as_array().unwrap();
            assert_eq!(drawn.marks.len(), places.len());
            for (mark, place) in drawn.marks.iter().zip(places) {
                assert!(near(mark.0, &place[0]) && near(mark.1, &place[1]), "{mark:?} is not {place}");
            }
            let at = |ticks: &[(f64, f64)]| ticks.iter().map(|tick| tick.1).collect::<Vec<_>>();
            for (ticks, name) in [(&drawn.x_ticks, "x_ticks"), (&drawn.y_ticks, "y_ticks")] {
                let places = expected[name].as_array().unwrap();
                assert_eq!(ticks.len(), places.len(), "{name} of {fixture}");
                assert!(at(ticks).iter().zip(places).all(|(one, other)| near(*one, other)), "{ticks:?}");
            }
        }
    }
}
