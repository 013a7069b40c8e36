//! The document as the page template reads it: texts and sizes, nothing to compute.

use recoup_money::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde_json::{Value, json};

use crate::document::{Bar, Block, Document, FindingLine, Section, SectionKind};
use crate::exhibits::{KeyFigure, Ladder, MonthLine, MonthRow, MonthTable, PeriodRow, PeriodTable, Rung};
use crate::format::Figures;
use crate::render::ladder::ladder_bars;
use crate::render::outlook;
use crate::render::text::words;
use crate::table::{Cell, ColumnKind, Figure, Row, RowStyle, Table};
use crate::words::Words;

/// Words of the template itself, by the name it knows them under.
const PAGE_WORDS: [(&str, &str); 23] = [
    ("contents", "page.contents"),
    ("contents_lead", "page.contents_lead"),
    ("model", "page.model"),
    ("page", "page.page"),
    ("of", "page.of"),
    ("references", "page.references"),
    ("references_lead", "page.references_lead"),
    ("figure", "page.figure"),
    ("value", "page.value"),
    ("rule", "page.rule"),
    ("made_from", "page.made_from"),
    ("assumed_note", "page.assumed_note"),
    ("total", "page.total"),
    ("by_year", "page.by_year"),
    ("tier", "page.tier"),
    ("flow", "page.flow"),
    ("claim", "page.claim"),
    ("paid", "page.paid"),
    ("outstanding", "page.outstanding"),
    ("out_at", "page.out_at"),
    ("corridor", "page.corridor"),
    ("estimated", "levels.estimated"),
    ("conditional", "page.conditional"),
];

pub(crate) fn description(document: &Document) -> Value {
    let figures = Figures::of(document.edition.language);
    let said = Words::of(document.edition.language);
    let page: serde_json::Map<String, Value> =
        PAGE_WORDS.iter().map(|(name, key)| ((*name).to_owned(), json!(said.say(key)))).collect();
    json!({
        "lang": document.edition.language.code(),
        "w": page,
        "title": document.title,
        "subtitle": document.subtitle,
        "facts": document.facts,
        "currency": document.currency,
        "as_of": document.as_of,
        "day": [document.day.year(), document.day.month(), document.day.day()],
        "reader": document.reader,
        "fingerprint": document.fingerprint,
        "confidentiality": document.confidentiality,
        "band": bars(&document.band, figures),
        "sections": document.sections.iter().map(|one| section(one, figures)).collect::<Vec<_>>(),
        "references": document.references.iter().map(|row| json!({
            "tag": row.tag,
            "label": row.label,
            "value": figures.prose(&row.value, row.kind),
            "rule": row.rule,
            "made_from": breakable(&row.made_from),
        })).collect::<Vec<_>>(),
    })
}

fn section(section: &Section, figures: Figures) -> Value {
    json!({
        "topic": section.topic,
        "lead": section.lead,
        "landscape": matches!(section.kind, SectionKind::CashFlow | SectionKind::Schedule),
        "blocks": section.blocks.iter().filter(|one| is_told(one)).map(|one| block(one, figures)).collect::<Vec<_>>(),
    })
}

/// What only a workbook holds is on no page.
fn is_told(block: &Block) -> bool {
    !matches!(block, Block::Workings(_) | Block::Rounds(_) | Block::Ledger(_))
}

fn block(block: &Block, figures: Figures) -> Value {
    match block {
        Block::Heading(text) => json!({ "kind": "heading", "text": text }),
        Block::Page(text) => json!({ "kind": "page", "text": text }),
        Block::Periods(rows) => periods(rows, figures),
        Block::Part(text) => json!({ "kind": "part", "text": text }),
        Block::Text(text) => json!({ "kind": "text", "text": text }),
        Block::Fine(text) => json!({ "kind": "fine", "text": text }),
        Block::Table(rows) => table(rows, figures),
        Block::Bars(lines) => json!({
            "kind": "bars",
            "lines": lines.iter().map(|(name, parts)| json!({
                "name": name,
                "parts": bars(parts, figures),
            })).collect::<Vec<_>>(),
        }),
        Block::Stack(parts) => json!({ "kind": "stack", "parts": bars(parts, figures) }),
        Block::Keys(keys) => json!({
            "kind": "keys",
            "keys": keys.iter().map(|one| key(one, figures)).collect::<Vec<_>>(),
        }),
        Block::Months(rows) => months(rows, figures),
        Block::Order(rungs) => json!({
            "kind": "order",
            "rungs": rungs.iter().map(|one| rung(one, figures)).collect::<Vec<_>>(),
        }),
        Block::Ladder(rows) => ladder(rows, figures),
        Block::Outlook(drawn) => outlook::outlook(drawn, figures),
        Block::Chances(rows) => outlook::chances(rows, figures),
        Block::Tornado(drawn) => outlook::tornado(drawn, figures),
        Block::Findings(findings) => json!({
            "kind": "findings",
            "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        }),
        Block::Workings(_) | Block::Rounds(_) | Block::Ledger(_) => Value::Null,
        Block::Program(program) => json!({
            "kind": "group",
            "intro": program.intro,
            "blocks": program.pages.iter().map(|one| self::block(one, figures)).collect::<Vec<_>>(),
        }),
    }
}

/// Periods a page is wide enough for.
const PERIODS: usize = 12;

/// A table for each run of periods that fits a page; the last one has the whole.
fn periods(table: &PeriodTable, figures: Figures) -> Value {
    let count = table.days.len();
    let runs = count.div_ceil(PERIODS).max(1);
    let wide = count.div_ceil(runs);
    let run = |number: usize| {
        let (from, to) = (number * wide, ((number + 1) * wide).min(count));
        let last = number + 1 == runs;
        let heads = table.days.get(from..to).unwrap_or_default().iter().map(|day| figures.day(*day));
        let cells = |row: &PeriodRow| {
            let moved = |figure: &Option<Figure>| match (figure, row.style) {
                (None, RowStyle::Group) => String::new(),
                (None, _) => "–".to_owned(),
                (known, _) => shown(known.as_ref(), figures),
            };
            let own = row.cells.get(from..to).unwrap_or_default().iter().map(moved);
            own.chain(last.then(|| shown(row.total.as_ref(), figures))).collect::<Vec<_>>()
        };
        json!({
            "heads": heads.collect::<Vec<_>>(),
            "last": last,
            "rows": table.rows.iter().map(|row| json!({
                "style": style(row.style), "label": row.label, "cells": cells(row), "tag": row.tag,
            })).collect::<Vec<_>>(),
        })
    };
    json!({ "kind": "periods", "runs": (0..runs).map(run).collect::<Vec<_>>() })
}

fn finding(finding: &FindingLine) -> Value {
    json!({
        "severity": finding.severity,
        "rank": finding.rank,
        "message": finding.message,
        "remedy": finding.remedy,
        "path": breakable(&finding.path),
    })
}

fn key(key: &KeyFigure, figures: Figures) -> Value {
    json!({
        "label": key.label,
        "value": figures.set(&key.figure.value, key.figure.kind),
        "unit": key.unit,
        "tag": key.tag,
    })
}

fn bars(parts: &[Bar], figures: Figures) -> Value {
    let whole: i64 = parts.iter().map(|bar| bar.minor).sum();
    let share = |part: i64| {
        let share = Decimal::from(part).checked_div(Decimal::from(whole));
        share.map_or_else(String::new, |share| format!("{}\u{202f}%", figures.percent(share, 1)))
    };
    parts
        .iter()
        .map(|bar| {
            json!({
                "label": bar.label,
                "size": bar.minor,
                "amount": bar.amount.map_or_else(String::new, |amount| figures.money(amount)),
                "share": share(bar.minor),
                "class": bar.class,
                "conditional": bar.conditional,
            })
        })
        .collect()
}

fn shown(figure: Option<&Figure>, figures: Figures) -> String {
    figure.map_or_else(String::new, |figure| figures.set(&figure.value, figure.kind))
}

fn minor(figure: Option<&Figure>) -> i64 {
    figure.and_then(|figure| figure.value.as_money()).map_or(0, |amount| amount.minor())
}

fn rung(rung: &Rung, figures: Figures) -> Value {
    json!({
        "label": rung.label,
        "terms": rung.terms,
        "corridor": rung.corridor,
        "claims": rung.claims.iter().map(|claim| json!({
            "payee": claim.payee,
            "class": claim.class,
            "size": minor(Some(&claim.paid)).max(0),
            "paid": shown(Some(&claim.paid), figures),
            "outstanding": shown(claim.outstanding.as_ref(), figures),
            "out_at": shown(claim.out_at.as_ref(), figures),
            "tag": claim.tag,
        })).collect::<Vec<_>>(),
    })
}

/// Where the bars of a ladder begin and end on a page, in millimetres from its left edge.
const LADDER: (f64, f64) = (46.0, 137.0);

fn ladder(ladder: &Ladder, figures: Figures) -> Value {
    let sizes = ladder.steps.iter().map(|step| &step.out).chain(&ladder.estimated);
    let amounts: Vec<Money> = sizes.filter_map(|figure| figure.value.as_money()).collect();
    let highest = amounts.iter().map(|amount| amount.minor()).max().unwrap_or(0);
    let per_major = amounts.first().map_or(100, |amount| amount.currency().minor_per_major());
    let (unit, name) = match highest / per_major >= 1_000_000 {
        true => (per_major * 1_000_000, "unit.million"),
        false => (per_major * 1_000, "unit.thousand"),
    };
    let size = |figure: &Figure| minor(Some(figure)) as f64 / unit as f64;
    let values: Vec<f64> = ladder.steps.iter().map(|step| size(&step.out)).collect();
    let drawn = ladder_bars(&values, ladder.estimated.as_ref().map(size), LADDER.0, LADDER.1);
    let text = |value: f64| figures.level(Decimal::from_f64(value).unwrap_or_default().normalize());
    json!({
        "kind": "ladder",
        "unit": figures.word(name),
        "ticks": drawn.ticks.iter().map(|(value, at)| json!({ "at": at, "text": text(*value) })).collect::<Vec<_>>(),
        "estimated": drawn.estimated.map(|at| json!({ "at": at, "amount": shown(ladder.estimated.as_ref(), figures) })),
        "rows": ladder.steps.iter().zip(&drawn.bars).map(|(step, (x, width))| json!({
            "label": step.label,
            "class": step.class,
            "x": x,
            "width": width,
            "amount": shown(Some(&step.out), figures),
            "tag": step.tag,
        })).collect::<Vec<_>>(),
    })
}

/// The months by calendar year, each year a table of its own, then the years together.
fn months(table: &MonthTable, figures: Figures) -> Value {
    let first = table.months.first().map_or(0, |month| month.year());
    let last = table.months.last().map_or(0, |month| month.year());
    let year = |number: i32| {
        json!({
            "year": number,
            "months": (1..=12).map(|month| figures.month_name(month)).collect::<Vec<_>>(),
            "rows": table.rows.iter().map(|row| row_of_year(row, table, number, figures)).collect::<Vec<_>>(),
        })
    };
    let drawn = |kind: MonthLine| {
        let row = table.rows.iter().find(|row| row.drawn == Some(kind))?;
        let sizes = row.months.iter().map(|figure| minor(figure.as_ref())).collect::<Vec<_>>();
        Some(json!({ "label": row.label, "sizes": sizes }))
    };
    let (ticks, unit) = ticks(table, figures);
    json!({
        "kind": "months",
        "ticks": ticks,
        "unit": unit,
        "years": (first..=last).map(year).collect::<Vec<_>>(),
        "marks": table.months.iter().map(|month| json!({
            "month": month.month(),
            "year": month.year(),
        })).collect::<Vec<_>>(),
        "debt": drawn(MonthLine::Debt),
        "cash": drawn(MonthLine::Cash),
        "total": {
            "rows": table.rows.iter().map(|row| json!({
                "style": style(row.style),
                "label": row.label,
                "cells": row.years.iter().map(|(_, figure)| moved(row, figure.as_ref(), figures))
                    .chain([shown(row.total.as_ref(), figures)]).collect::<Vec<_>>(),
                "tag": row.tag,
            })).collect::<Vec<_>>(),
        },
    })
}

/// Round levels for the chart's axis: 1, 2 or 5 times a power of ten, in millions or thousands.
fn ticks(table: &MonthTable, figures: Figures) -> (Vec<Value>, String) {
    let drawn = table.rows.iter().filter(|row| row.drawn.is_some());
    let amounts: Vec<Money> =
        drawn.flat_map(|row| &row.months).flatten().filter_map(|figure| figure.value.as_money()).collect();
    let per_major = amounts.first().map_or(100, |amount| amount.currency().minor_per_major());
    let top = amounts.iter().map(|amount| amount.minor()).max().unwrap_or(0).max(1);
    let bottom = amounts.iter().map(|amount| amount.minor()).min().unwrap_or(0).min(0);
    let mut step = 1_i64;
    while (top - bottom) / step > 5 {
        let leading: i64 =
            step.to_string().chars().next().map_or(1, |digit| if digit == '2' { 0 } else { 1 });
        step = if leading == 0 { step / 2 * 5 } else { step * 2 };
    }
    let (unit, name) = if top.max(-bottom) / per_major >= 1_000_000 {
        (per_major * 1_000_000, "unit.million")
    } else {
        (per_major * 1_000, "unit.thousand")
    };
    let ticks = (bottom / step..=top / step).map(|place| {
        let level = Decimal::from(place * step) / Decimal::from(unit);
        json!({ "size": place * step, "text": figures.level(level) })
    });
    (ticks.collect(), figures.word(name))
}

fn row_of_year(row: &MonthRow, table: &MonthTable, year: i32, figures: Figures) -> Value {
    let cells = (1..=12).map(|month| {
        let place = table.months.iter().position(|one| one.year() == year && one.month() == month);
        place.map_or_else(String::new, |place| {
            moved(row, row.months.get(place).and_then(Option::as_ref), figures)
        })
    });
    let whole = row.years.iter().find(|(number, _)| *number == year).and_then(|(_, figure)| figure.as_ref());
    json!({
        "style": style(row.style),
        "label": row.label,
        "cells": cells.chain([moved(row, whole, figures)]).collect::<Vec<_>>(),
        "tag": row.tag,
    })
}

/// A month or a year of a row; a dash where a row that moves has nothing.
fn moved(row: &MonthRow, figure: Option<&Figure>, figures: Figures) -> String {
    match figure {
        None if row.style != RowStyle::Group => "–".to_owned(),
        _ => shown(figure, figures),
    }
}

fn table(table: &Table, figures: Figures) -> Value {
    json!({
        "kind": "table",
        "columns": table.columns.iter().map(|column| json!({
            "header": column.header,
            "width": column.width,
            "right": column.kind != ColumnKind::Text,
            "tag": column.kind == ColumnKind::Tag,
        })).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(|line| row(line, table, figures)).collect::<Vec<_>>(),
    })
}

fn style(style: RowStyle) -> &'static str {
    match style {
        RowStyle::Plain => "plain",
        RowStyle::Group => "group",
        RowStyle::Subtotal => "subtotal",
        RowStyle::Total => "total",
        RowStyle::Muted => "muted",
        RowStyle::Error => "error",
        RowStyle::Note => "note",
    }
}

fn row(row: &Row, table: &Table, figures: Figures) -> Value {
    let cells: Vec<Value> = row
        .cells
        .iter()
        .zip(&table.columns)
        .map(|(cell, column)| {
            let class = if let Cell::Key { class, .. } = cell { *class } else { "" };
            let text = words(cell, column, figures);
            let text = if column.kind == ColumnKind::Text { breakable(&text) } else { text };
            let link = match cell {
                Cell::Tags(tags) => tags.first().map_or("", String::as_str),
                Cell::Text(_) | Cell::Key { .. } | Cell::Verdict { .. } | Cell::Figure(_) | Cell::Blank => "",
            };
            json!({ "text": text, "class": class, "link": link })
        })
        .collect();
    json!({ "style": style(row.style), "cells": cells })
}

/// Paths and addresses have no spaces; a zero-width space after their joints lets them break in a column.
fn breakable(text: &str) -> String {
    let long = |word: &str| word.chars().count() > 14;
    let mut out = String::with_capacity(text.len() + 8);
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        for character in word.chars() {
            out.push(character);
            if long(word) && matches!(character, '.' | '_' | '/' | ']' | '-' | '=' | '&' | '?' | ':') {
                out.push('\u{200b}');
            }
        }
    }
    out
}
