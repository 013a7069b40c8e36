//! What a document prints, gathered: figures, bars, words, values of its tables.

use recoup_explain::Quantity;
use recoup_report::{Bar, Block, Cell, Document, Figure, Form, FormCell, Offer, Section};
use rust_decimal::Decimal;

/// Every figure that a document prints.
pub(crate) fn figures(document: &Document) -> Vec<&Figure> {
    let mut found = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.blocks).flat_map(Block::told) {
        match block {
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                found.extend(cells.filter_map(|cell| match cell {
                    Cell::Figure(figure) => Some(figure),
                    Cell::Text(_) | Cell::Key { .. } | Cell::Verdict { .. } | Cell::Tags(_) | Cell::Blank => {
                        None
                    }
                }));
            }
            Block::Keys(keys) => found.extend(keys.iter().map(|key| &key.figure)),
            Block::Months(months) => {
                for row in &months.rows {
                    found.extend(row.months.iter().flatten());
                    found.extend(row.years.iter().filter_map(|(_, figure)| figure.as_ref()));
                    found.extend(&row.total);
                }
            }
            Block::Order(rungs) => {
                for claim in rungs.iter().flat_map(|rung| &rung.claims) {
                    found.push(&claim.paid);
                    found.extend(&claim.outstanding);
                    found.extend(&claim.out_at);
                }
            }
            Block::Ladder(ladder) => {
                found.extend(ladder.steps.iter().map(|step| &step.out).chain(&ladder.estimated));
            }
            Block::Periods(periods) => {
                let rows = periods.rows.iter();
                found.extend(rows.flat_map(|row| row.cells.iter().chain([&row.total]).flatten()));
            }
            Block::Heading(_)
            | Block::Page(_)
            | Block::Part(_)
            | Block::Text(_)
            | Block::Fine(_)
            | Block::Bars(_)
            | Block::Stack(_)
            | Block::Findings(_) => {}
            Block::Outlook(outlook) => {
                let marks = outlook.histogram.iter().flat_map(|histogram| &histogram.marks);
                found.extend(marks.map(|mark| &mark.figure).chain(outlook.fan.iter().map(|fan| &fan.last)));
            }
            Block::Chances(chances) => found.extend(chances.rows.iter().map(|row| &row.figure)),
            Block::Tornado(tornado) => {
                found.extend(tornado.swings.iter().flat_map(|swing| [&swing.low, &swing.high]));
            }
            Block::Program(program) => {
                found.extend(program.form.rows.iter().filter_map(|row| row.figure.as_ref()));
            }
            Block::Workings(workings) => {
                found.extend(workings.cells().filter_map(|cell| cell.figure.as_ref()));
            }
            Block::Rounds(rounds) => found.extend(rounds.cells().filter_map(|cell| cell.figure.as_ref())),
            Block::Ledger(ledger) => found.extend(ledger.cells().filter_map(|cell| cell.figure.as_ref())),
        }
    }
    found
}

/// Every part of every bar.
pub(crate) fn bars(document: &Document) -> impl Iterator<Item = &Bar> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let of_blocks = blocks.flat_map(|block| -> Vec<&Bar> {
        match block {
            Block::Bars(lines) => lines.iter().flat_map(|(_, parts)| parts).collect(),
            Block::Stack(parts) => parts.iter().collect(),
            _ => Vec::new(),
        }
    });
    document.band.iter().chain(of_blocks)
}

/// Every text of a section that is not a figure.
pub(crate) fn words_of(section: &Section) -> Vec<String> {
    let mut found = vec![section.topic.clone(), section.lead.clone()];
    for block in section.blocks.iter().flat_map(Block::told) {
        match block {
            Block::Program(program) => {
                found.push(program.intro.clone());
                for row in &program.form.rows {
                    let cells = [&row.label, &row.ground, &row.clause, &row.source, &row.confidence];
                    found.extend(cells.map(Clone::clone));
                }
            }
            Block::Workings(workings) => {
                found.extend([workings.title.clone(), workings.intro.clone()]);
                let rows = workings.parts.iter().flat_map(|part| &part.rows);
                found.extend(workings.parts.iter().map(|part| part.heading.clone()));
                found.extend(rows.map(|row| row.label.clone()));
            }
            Block::Rounds(rounds) => found.extend([rounds.title.clone(), rounds.intro.clone()]),
            Block::Ledger(ledger) => {
                found.extend([ledger.title.clone(), ledger.intro.clone()]);
                found.extend(ledger.columns.iter().map(|column| column.about.clone()));
                found.extend(ledger.parts.iter().flat_map(|part| [part.heading.clone(), part.terms.clone()]));
                let rows = ledger.parts.iter().flat_map(|part| &part.rows);
                found.extend(rows.flat_map(|row| [row.label.clone(), row.note.clone()]));
            }
            Block::Periods(periods) => found.extend(periods.rows.iter().map(|row| row.label.clone())),
            Block::Heading(text)
            | Block::Part(text)
            | Block::Page(text)
            | Block::Text(text)
            | Block::Fine(text) => found.push(text.clone()),
            Block::Outlook(outlook) => {
                found.extend(outlook.histogram.iter().map(|histogram| histogram.title.clone()));
                found.extend(outlook.fan.iter().map(|fan| fan.title.clone()));
            }
            Block::Chances(chances) => {
                found.extend(chances.rows.iter().flat_map(|row| [row.label.clone(), row.error.clone()]));
            }
            Block::Tornado(tornado) => {
                let swings = tornado.swings.iter();
                found.extend(swings.flat_map(|swing| [swing.label.clone(), swing.inputs.clone()]));
            }
            Block::Table(table) => {
                found.extend(table.columns.iter().map(|column| column.header.clone()));
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                found.extend(cells.filter_map(|cell| match cell {
                    Cell::Text(text) | Cell::Key { text, .. } | Cell::Verdict { text, .. } => {
                        Some(text.clone())
                    }
                    Cell::Figure(_) | Cell::Tags(_) | Cell::Blank => None,
                }));
            }
            Block::Bars(lines) => {
                found.extend(lines.iter().map(|(name, _)| name.clone()));
                found.extend(lines.iter().flat_map(|(_, parts)| parts).map(|part| part.label.clone()));
            }
            Block::Stack(parts) => found.extend(parts.iter().map(|part| part.label.clone())),
            Block::Keys(keys) => {
                found.extend(keys.iter().flat_map(|key| [key.label.clone(), key.unit.clone()]));
            }
            Block::Months(months) => found.extend(months.rows.iter().map(|row| row.label.clone())),
            Block::Order(rungs) => {
                for rung in rungs {
                    found.extend([rung.label.clone(), rung.terms.clone()]);
                    found.extend(rung.claims.iter().map(|claim| claim.payee.clone()));
                }
            }
            Block::Ladder(ladder) => found.extend(ladder.steps.iter().map(|step| step.label.clone())),
            Block::Findings(lines) => {
                for line in lines {
                    found.extend([line.message.clone(), line.remedy.clone(), line.rank.clone()]);
                }
            }
        }
    }
    found
}

/// Every form that a workbook computes.
pub(crate) fn forms(document: &Document) -> impl Iterator<Item = &Form> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter_map(|block| if let Block::Program(program) = block { Some(&program.form) } else { None })
}

/// What the cells of the workings and of the rounds give: a step on the way to a figure is none that is told.
pub(crate) fn steps(document: &Document) -> Vec<&Quantity> {
    let mut found = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Workings(workings) => found.extend(workings.cells().map(|cell| &cell.value)),
            Block::Rounds(rounds) => found.extend(rounds.cells().map(|cell| &cell.value)),
            _ => {}
        }
    }
    found
}

/// The same of the cells of the waterfall.
pub(crate) fn ledger_values(document: &Document) -> Vec<Decimal> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| if let Block::Ledger(ledger) = block { Some(ledger) } else { None })
        .flat_map(|ledger| ledger.cells().map(|cell| cell.value))
        .collect()
}

/// The numbers of its forms, as their cells hold them.
pub(crate) fn form_values(document: &Document) -> Vec<Decimal> {
    let mut found = Vec::new();
    for row in forms(document).flat_map(|form| &form.rows) {
        let mut held = vec![&row.value];
        if let FormCell::Asked { offered, typed } = &row.cell {
            held.extend(typed);
            held.extend(match offered {
                Offer::Value(value) => Some(value),
                Offer::Nothing | Offer::Live(_) => None,
            });
        }
        for value in held {
            match value {
                recoup_incentives::Value::Number(number) => found.push(*number),
                recoup_incentives::Value::List(items) => found.extend(items),
                _ => {}
            }
        }
    }
    found
}

/// The numbers of a document's tables.
pub(crate) fn table_values(document: &Document) -> Vec<f64> {
    // What the pages tell of a program, a workbook computes.
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let rows = tables.flat_map(|table| &table.rows);
    rows.flat_map(|row| &row.cells)
        .filter_map(|cell| match cell {
            Cell::Figure(figure) => super::files::number_of(&figure.value),
            Cell::Text(_) | Cell::Key { .. } | Cell::Verdict { .. } | Cell::Tags(_) | Cell::Blank => None,
        })
        .collect()
}
