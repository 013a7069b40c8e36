//! The drawings of a simulation as the page template reads them: texts and places in points.

use recoup_explain::Quantity;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde_json::{Value, json};

use crate::format::Figures;
use crate::outlook::{Chances, Fan, Histogram, Outlook, Tornado};
use crate::references::compact;
use crate::render::histogram::{Mark, histogram_places};
use crate::render::scale::{Scale, spread, text_width};
use crate::table::{ColumnKind, Figure};

/// Points a unit of the interface's layout takes on a page.
const UNIT: f64 = 0.65;
/// A chart of half the width of a page.
const HALF: (f64, f64) = (357.0, 214.0);
/// A chart that stands alone.
const WHOLE: (f64, f64) = (740.0, 190.0);

fn known(figure: &Figure) -> Option<f64> {
    match &figure.value {
        Quantity::Number(number) => number.to_f64(),
        Quantity::Money(amount) => amount.to_decimal().to_f64(),
        Quantity::Flag(_) | Quantity::Date(_) | Quantity::Absent(_) => None,
    }
}

/// A level of an axis of fractions, in percent.
fn percent(value: f64, figures: Figures) -> String {
    Decimal::from_f64(value * 100.0).map_or_else(String::new, |value| figures.level(value.round_dp(1)))
}

pub(crate) fn outlook(outlook: &Outlook, figures: Figures) -> Value {
    json!({
        "kind": "outlook",
        "histogram": outlook.histogram.as_ref().map(|one| histogram(one, figures)),
        "fan": outlook.fan.as_ref().map(|one| fan(one, if outlook.histogram.is_some() { HALF } else { WHOLE }, figures)),
    })
}

fn histogram(drawn: &Histogram, figures: Figures) -> Value {
    let marks: Vec<Mark> = drawn
        .marks
        .iter()
        .filter_map(|mark| {
            Some(Mark {
                id: mark.id.to_owned(),
                label: mark.id.to_uppercase(),
                value: known(&mark.figure)?,
                text: figures.set(&mark.figure.value, ColumnKind::Percent),
            })
        })
        .collect();
    let places = histogram_places(&drawn.counted, &marks, HALF);
    let at = |place: f64| place * UNIT;
    let ends = places.bars.iter().filter(|bar| bar.beyond != 0).map(
        |bar| json!({ "at": at(bar.x + bar.width / 2.0), "text": if bar.beyond < 0 { "<" } else { ">" } }),
    );
    let lines = marks.iter().zip(&places.marks).map(|(mark, (x, label))| {
        json!({
            "label": mark.label,
            "text": mark.text,
            "x": at(*x),
            "label_x": at(*label),
            "median": mark.id == "p50",
            "outer": mark.id == "p5" || mark.id == "p95",
        })
    });
    let count = |value: f64| figures.count(value.round() as u64);
    json!({
        "title": drawn.title,
        "class": drawn.class,
        "tag": drawn.tag,
        "unit": figures.word("risk.paths"),
        "note": figures.word("risk.histogram_note"),
        "width": at(HALF.0), "height": at(HALF.1),
        "left": at(places.left), "right": at(places.right), "top": at(places.top), "base": at(places.base),
        "bars": places.bars.iter().map(|bar| json!({
            "x": at(bar.x), "y": at(bar.y), "width": at(bar.width), "height": at(bar.height), "loss": bar.is_loss,
        })).collect::<Vec<_>>(),
        "curve": places.curve.iter().map(|(x, y)| [at(*x), at(*y)]).collect::<Vec<_>>(),
        "band": places.band.map(|(x, width)| json!({ "x": at(x), "width": at(width) })),
        "marks": lines.collect::<Vec<_>>(),
        "ends": ends.collect::<Vec<_>>(),
        "x": places.x_ticks.iter().map(|(value, x)| json!({ "at": at(*x), "text": percent(*value, figures) })).collect::<Vec<_>>(),
        "y": places.y_ticks.iter().map(|(value, y)| json!({ "at": at(*y), "text": count(*value) })).collect::<Vec<_>>(),
    })
}

/// Bands from the highest to the lowest, as they stand beside the end.
const BANDS: [(usize, &str); 5] = [(4, "P95"), (3, "P75"), (2, "P50"), (1, "P25"), (0, "P5")];

fn fan(drawn: &Fan, (width, height): (f64, f64), figures: Figures) -> Value {
    let bands = &drawn.bands;
    let minor = drawn.last.value.as_money().map_or(100, |amount| amount.currency().minor_per_major());
    let highest = bands.marks.iter().map(|marks| marks[4]).chain([bands.invested]).max().unwrap_or(1).max(1);
    let currency =
        drawn.last.value.as_money().map(|amount| amount.currency().code().to_owned()).unwrap_or_default();
    let (size, unit) = match highest / minor {
        1_000_000.. => (minor * 1_000_000, "unit.million"),
        _ => (minor * 1_000, "unit.thousand"),
    };
    let scaled = |minor: i64| minor as f64 / size as f64;
    let lowest = bands.marks.iter().map(|marks| marks[0]).min().unwrap_or(0).min(0);
    let (left, right, top, base) = (34.0, width - 46.0, 34.0, height - 22.0);
    let y = Scale::new((scaled(lowest), scaled(highest) * 1.04), (base, top));
    let x = Scale::new((0.0, (bands.quarters.len().max(2) - 1) as f64), (left, right));
    let at = |place: f64| place * UNIT;
    let edge = |band: usize| -> Vec<[f64; 2]> {
        let points = bands.marks.iter().enumerate();
        points.map(|(quarter, marks)| [at(x.at(quarter as f64)), at(y.at(scaled(marks[band])))]).collect()
    };
    let area = |high: usize, low: usize| {
        let mut points = edge(high);
        let mut back = edge(low);
        back.reverse();
        points.append(&mut back);
        points
    };
    let last = bands.marks.last().copied().unwrap_or_default();
    let wanted = BANDS.map(|(band, _)| y.at(scaled(last[band])));
    let labels = BANDS.iter().zip(spread(&wanted, 12.0, top, base));
    let level = |value: f64| {
        Decimal::from_f64(value).map_or_else(String::new, |value| figures.level(value.round_dp(3)))
    };
    json!({
        "title": drawn.title,
        "class": drawn.class,
        "tag": drawn.tag,
        "unit": format!("{currency} {}", figures.word(unit)),
        "note": figures.word("risk.fan_note"),
        "back": figures.word("risk.money_back"),
        "width": at(width), "height": at(height),
        "left": at(left), "right": at(right), "base": at(base),
        "outer": area(4, 0), "inner": area(3, 1), "median": edge(2),
        "invested": (bands.invested > 0).then(|| at(y.at(scaled(bands.invested)))),
        "labels": labels.map(|((band, name), place)| json!({ "at": at(place), "text": name, "median": *band == 2 })).collect::<Vec<_>>(),
        "x": years(&bands.quarters, x).into_iter().map(|(text, place)| json!({ "at": at(place), "text": text })).collect::<Vec<_>>(),
        "y": y.ticks(5).into_iter().map(|(value, place)| json!({ "at": at(place), "text": level(value) })).collect::<Vec<_>>(),
    })
}

/// The last quarter of each year, or of each second or fifth where there is no room.
fn years(quarters: &[String], x: Scale) -> Vec<(String, f64)> {
    let ends: Vec<(String, f64)> = quarters
        .iter()
        .enumerate()
        .filter_map(|(at, quarter)| {
            let year = quarter.strip_suffix("-Q4")?;
            Some((year.to_owned(), x.at(at as f64)))
        })
        .collect();
    let every = [1, 2, 5, 10].into_iter().find(|every| ends.len().div_ceil(*every) <= 7).unwrap_or(20);
    ends.into_iter().step_by(every).collect()
}

pub(crate) fn chances(chances: &Chances, figures: Figures) -> Value {
    let (left, right) = (196.0, 340.0);
    let x = Scale::new((0.0, 1.0), (left, right));
    let row = |one: &crate::outlook::Chance| {
        json!({
            "label": one.label,
            "class": one.class,
            "at": x.at(known(&one.figure).unwrap_or(0.0)),
            "value": figures.set(&one.figure.value, ColumnKind::Percent),
            "error": one.error,
            "tag": one.tag,
        })
    };
    let ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
        .map(|value| json!({ "at": x.at(value), "text": percent(value, figures) }));
    json!({
        "kind": "chances",
        "left": left,
        "right": right,
        "error": figures.word("risk.error"),
        "rows": chances.rows.iter().map(row).collect::<Vec<_>>(),
        "ticks": ticks,
    })
}

pub(crate) fn tornado(drawn: &Tornado, figures: Figures) -> Value {
    let base = known(&drawn.base).unwrap_or(0.0);
    let kind = drawn.base.kind;
    let text = |figure: &Figure| figures.set(&figure.value, kind);
    let ends = || drawn.swings.iter().flat_map(|swing| [&swing.low, &swing.high]);
    let texts = ends().map(|figure| text_width(&text(figure), 7.2, false)).fold(0.0, f64::max) + 6.0;
    let names = 198.0;
    let (left, right) = (names + texts, 446.0 - texts);
    let values = || ends().filter_map(known).chain([base]);
    let (least, most) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
    let domain = if least < most { (least, most) } else { (base - 1.0, base + 1.0) };
    let x = Scale::new(domain, (left, right));
    let count = if kind == ColumnKind::Money { 3 } else { 5 };
    let axis = |value: f64| match kind {
        ColumnKind::Money => {
            Decimal::from_f64(value).map_or_else(String::new, |value| figures.grouped(value.round_dp(0)))
        }
        _ => percent(value, figures),
    };
    json!({
        "kind": "tornado",
        "class": drawn.class,
        "names": names - 4.0,
        "base": x.at(base),
        "note": figures.word(if kind == ColumnKind::Money { "risk.tornado_key_npv" } else { "risk.tornado_key" }),
        "ticks": x.ticks(count).into_iter().map(|(value, place)| json!({ "at": place, "text": axis(value) })).collect::<Vec<_>>(),
        "rows": drawn.swings.iter().map(|swing| {
            let (low, high) = (known(&swing.low).unwrap_or(base), known(&swing.high).unwrap_or(base));
            let (under, over) = sides((low, high), base, x);
            let side = |(value, figure, outside): (f64, &Figure, (f64, bool)), is_low: bool| json!({
                "x": x.at(value.min(base)),
                "width": x.at(value.max(base)) - x.at(value.min(base)),
                "low": is_low,
                "text": text(figure),
                "text_x": outside.0,
                "end": outside.1,
            });
            json!({
                "label": swing.label,
                "inputs": swing.inputs,
                "tag": compact(&swing.tags),
                "link": swing.tags.first(),
                "low": side((low, &swing.low, under), true),
                "high": side((high, &swing.high, over), false),
            })
        }).collect::<Vec<_>>(),
    })
}

/// Where both texts begin, and whether they end there. Where both values lie on one side, the text of the nearer one stands on
/// the other.
fn sides((low, high): (f64, f64), base: f64, x: Scale) -> ((f64, bool), (f64, bool)) {
    let place = |value: f64, is_outer: bool, leans_left: bool| {
        let left = if value == base { leans_left } else { value < base };
        let left = if is_outer { left } else { !left };
        let edge = if is_outer { x.at(value) } else { x.at(base) };
        (edge + if left { -4.0 } else { 4.0 }, left)
    };
    let is_one_sided = (low - base) * (high - base) > 0.0;
    let low_is_outer = !is_one_sided || (low - base).abs() >= (high - base).abs();
    let high_is_outer = !is_one_sided || !low_is_outer;
    (place(low, low_is_outer, high >= base), place(high, high_is_outer, low > base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_tornado_stand_apart_where_both_values_lie_on_one_side() {
        let x = Scale::new((0.0, 10.0), (0.0, 100.0));
        assert_eq!(sides((2.0, 8.0), 5.0, x), ((16.0, true), (84.0, false)));
        assert_eq!(sides((6.0, 9.0), 5.0, x), ((46.0, true), (94.0, false)));
        assert_eq!(sides((5.0, 9.0), 5.0, x), ((46.0, true), (94.0, false)));
    }

    #[test]
    fn years_are_named_while_there_is_room() {
        let quarters: Vec<String> =
            (2027..2040).flat_map(|year| (1..=4).map(move |part| format!("{year}-Q{part}"))).collect();
        let x = Scale::new((0.0, 51.0), (0.0, 100.0));
        let names: Vec<String> = years(&quarters, x).into_iter().map(|one| one.0).collect();
        assert_eq!(names, ["2027", "2029", "2031", "2033", "2035", "2037", "2039"]);
    }
}
