//! Uses and sources on a cash basis, and what is missing.

use recoup_capital::{Closing, ClosingRow, Standing};
use recoup_deal::instrument::AmountRule;

use crate::document::{Bar, Block, Section, SectionKind};
use crate::sections::desk::{Desk, class};
use crate::table::{Cell, ColumnKind, RowFormula, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let closing = &desk.results.capital?.closing;
    let (uses, sources) = bars(desk);
    let table = table(desk, closing);
    let missing = desk.money("closing.difference").filter(|amount| amount.is_negative());
    let (funds, cost) = (desk.prose("closing.sources_cash"), desk.prose("closing.uses_cash"));
    let lead = match missing.and_then(|amount| amount.checked_neg().ok()) {
        Some(short) => {
            let short = desk.figures.amount(short);
            desk.words.with("closing.lead_short", &[("sources", &funds), ("short", &short), ("uses", &cost)])
        }
        None => desk.words.with("closing.lead_covered", &[("sources", &funds), ("uses", &cost)]),
    };
    let mut blocks = vec![
        Block::Bars(vec![(desk.say("closing.uses"), uses), (desk.say("closing.sources"), sources)]),
        Block::Table(table),
        Block::Text(desk.say("closing.note")),
    ];
    if let Some(found) = found(desk) {
        blocks.push(Block::Heading(desk.say("closing.how_found")));
        blocks.push(Block::Table(found));
        blocks.push(Block::Text(desk.say("closing.found_note")));
    }
    Some(Section { kind: SectionKind::Closing, topic: desk.say("closing.topic"), lead, blocks })
}

/// The name of a row: a claim is called by its program.
pub(crate) fn label(desk: &Desk<'_>, row: &ClosingRow) -> String {
    let claim = desk.results.incentives.claims.iter().find(|claim| claim.claim == row.id);
    let policy = claim.and_then(|claim| claim.policy.as_ref());
    match (policy, row.id.as_str()) {
        (Some(policy), _) => desk.words.with("closing.credit_of", &[("program", &policy.short_name)]),
        (None, "lines") => desk.say("closing.budget_lines"),
        (None, "contingency") => desk.say("budget.contingency"),
        (None, "financing_costs") => desk.say("closing.financing_costs"),
        (None, id) if claim_of_fee(id).is_some() => {
            desk.words.with("closing.claim_fee", &[("claim", claim_of_fee(id).unwrap_or_default())])
        }
        (None, _) => row.label.clone(),
    }
}

/// The claim of a row that is its fee: `qpstc-fee-1`.
fn claim_of_fee(id: &str) -> Option<&str> {
    let (claim, number) = id.rsplit_once("-fee-")?;
    number.bytes().all(|digit| digit.is_ascii_digit()).then_some(claim)
}

/// Uses and sources as bars of one scale. What is deferred stands in both and so lengthens both.
pub(crate) fn bars(desk: &Desk<'_>) -> (Vec<Bar>, Vec<Bar>) {
    let Some(capital) = desk.results.capital else { return (Vec::new(), Vec::new()) };
    let book = desk.results.book;
    let minor =
        |row: &ClosingRow| book.value(row.amount).as_money().map_or(0, |amount| amount.minor().max(0));
    let address =
        |row: &ClosingRow| book.address(row.amount).map_or_else(String::new, |address| address.to_string());
    let mut uses: Vec<Bar> = Vec::new();
    let lines = desk.deal().budget.lines.len();
    let work: i64 = capital.closing.uses.iter().take(lines).map(&minor).sum();
    uses.push(Bar {
        label: desk.say("closing.budget_lines"),
        minor: work,
        amount: desk.money("budget.lines"),
        address: "budget.lines".to_owned(),
        class: "use",
        conditional: false,
    });
    for row in capital.closing.uses.iter().skip(lines) {
        uses.push(Bar {
            label: label(desk, row),
            minor: minor(row),
            amount: book.value(row.amount).as_money(),
            address: address(row),
            class: "cost",
            conditional: false,
        });
    }
    let mut sources: Vec<Bar> = Vec::new();
    for row in &capital.closing.sources {
        let instrument = desk.deal().instruments.iter().find(|instrument| instrument.id == row.id);
        sources.push(Bar {
            label: label(desk, row),
            minor: minor(row),
            amount: book.value(row.amount).as_money(),
            address: address(row),
            class: instrument.map_or("soft", |instrument| class(&instrument.terms)),
            conditional: row.standing != Standing::Firm,
        });
    }
    if let Some(short) = desk.money("closing.difference").filter(|amount| amount.is_negative()) {
        sources.push(Bar {
            label: desk.say("closing.to_be_found"),
            minor: short.minor().saturating_neg(),
            amount: short.checked_neg().ok(),
            address: "closing.difference".to_owned(),
            class: "missing",
            conditional: false,
        });
    }
    uses.retain(|bar| bar.minor > 0);
    sources.retain(|bar| bar.minor > 0);
    (uses, sources)
}

/// Cash and face side by side: what is deferred or given in kind stands on face alone.
fn table(desk: &mut Desk<'_>, closing: &Closing) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("closing.topic"), ColumnKind::Text, 3.4),
        (desk.words.say("column.status"), ColumnKind::Text, 2.0),
        (&desk.in_currency("closing.cash"), ColumnKind::Money, 1.4),
        (&desk.in_currency("closing.face"), ColumnKind::Money, 1.4),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.7),
    ]);
    group(desk, &mut table, "closing.sources");
    let not_cash: Vec<&ClosingRow> = closing.sources.iter().filter(|row| !row.is_cash).collect();
    let from = rows(desk, &mut table, &closing.sources, 'C', &[]);
    let all = ("closing.total_sources", "closing.sources_cash", "closing.sources");
    let funds = total(desk, &mut table, all, 'C', RowFormula::Net(from, Vec::new()));
    group(desk, &mut table, "closing.uses");
    let unpaid: Vec<&str> = not_cash.iter().map(|row| row.id.as_str()).collect();
    let to = rows(desk, &mut table, &closing.uses, 'B', &unpaid);
    let inside = not_cash.iter().filter(|row| !closing.uses.iter().any(|used| used.id == row.id));
    let less: Vec<usize> = inside.filter_map(|row| taken_out(desk, &mut table, row)).collect();
    let all = ("closing.total_uses", "closing.uses_cash", "closing.uses");
    let spent = total(desk, &mut table, all, 'B', RowFormula::Net(to, less));
    let label = desk.say("closing.difference");
    let (figure, tag) = desk.figure('C', "closing.difference", &label, ColumnKind::Money).unzip();
    let difference = RowFormula::Difference(funds, vec![spent]);
    let holds = desk.money("closing.difference").map(|amount| amount.minor());
    let formula = (table.result(&difference, 2) == holds).then_some(difference);
    let cells =
        vec![label.into(), Cell::Blank, figure.into(), Cell::Blank, Cell::Tags(tag.into_iter().collect())];
    table.push(RowStyle::Subtotal, cells, formula);
    table
}

fn group(desk: &Desk<'_>, table: &mut Table, key: &str) {
    let cells = vec![desk.say(key).into(), Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank];
    table.push(RowStyle::Group, cells, None);
}

/// The rows that are not nothing. `unpaid` are uses that a deferral or a gift meets: they are on face alone.
fn rows(
    desk: &mut Desk<'_>,
    table: &mut Table,
    rows: &[ClosingRow],
    letter: char,
    unpaid: &[&str],
) -> Vec<usize> {
    let mut found = Vec::new();
    for row in rows {
        let value = desk.results.book.value(row.amount);
        if value.as_money().is_some_and(|amount| amount.is_zero()) {
            continue;
        }
        let label = label(desk, row);
        let (figure, tag) = desk.node(letter, row.amount, &label, ColumnKind::Money);
        let instrument = desk.deal().instruments.iter().find(|instrument| instrument.id == row.id);
        let name = match instrument {
            Some(instrument) => Cell::Key { text: label, class: class(&instrument.terms) },
            None if letter == 'C' => Cell::Key { text: label, class: "soft" },
            None => label.into(),
        };
        let is_cash = row.is_cash && !unpaid.contains(&row.id.as_str());
        let cash = if is_cash { figure.clone() } else { Cell::Blank };
        let standing = standing(desk, row, letter);
        let cells = vec![name, standing.into(), cash, figure, Cell::Tags(tag.into_iter().collect())];
        found.push(table.push(RowStyle::Plain, cells, None));
    }
    found
}

/// How sure a row is, and whether its amount was solved for.
fn standing(desk: &Desk<'_>, row: &ClosingRow, letter: char) -> String {
    let sure = match (row.standing, row.is_cash) {
        (_, false) => desk.say("standing.not_cash"),
        (Standing::Firm, _) => String::new(),
        (Standing::Conditional, _) => desk.say("standing.conditional"),
    };
    let instrument = desk.deal().instruments.iter().find(|instrument| instrument.id == row.id);
    let solved = instrument.is_some_and(|one| matches!(one.amount, Some(AmountRule::Remainder(_))));
    if letter == 'C' && solved && sure.is_empty() {
        desk.say("standing.solved")
    } else if letter == 'C' && solved {
        [sure, desk.say("standing.solved")].join(" · ")
    } else {
        sure
    }
}

/// What named lines do not spend because a source that is no cash meets it.
fn taken_out(desk: &mut Desk<'_>, table: &mut Table, row: &ClosingRow) -> Option<usize> {
    let value = desk.results.book.value(row.amount).as_money()?;
    if value.is_zero() {
        return None;
    }
    let name = label(desk, row);
    let said = desk.words.with("closing.taken_out", &[("what", &name)]);
    let (figure, tag) = desk.node('C', row.amount, &name, ColumnKind::Money);
    let cells = vec![said.into(), Cell::Blank, figure, Cell::Blank, Cell::Tags(tag.into_iter().collect())];
    Some(table.push(RowStyle::Muted, cells, None))
}

/// A total on cash and on face, with its formula where the printed rows really give both.
fn total(
    desk: &mut Desk<'_>,
    table: &mut Table,
    (key, cash, face): (&str, &str, &str),
    letter: char,
    formula: RowFormula,
) -> usize {
    let label = desk.say(key);
    let mut cells = vec![Cell::Text(label.clone()), Cell::Blank];
    let on = |key| format!("{label}, {}", desk.words.say(key));
    let (on_cash, on_face) = (on("closing.on_cash"), on("closing.on_face"));
    let wanted = [(cash, on_cash.as_str(), ColumnKind::Money), (face, on_face.as_str(), ColumnKind::Money)];
    cells.extend(desk.figures_of(letter, &wanted));
    let minor = |desk: &Desk<'_>, address| desk.money(address).map(|amount| amount.minor());
    let holds =
        table.result(&formula, 2) == minor(desk, cash) && table.result(&formula, 3) == minor(desk, face);
    table.push(RowStyle::Total, cells, holds.then_some(formula))
}

/// How an amount that fills the rest was found, where one was.
fn found(desk: &mut Desk<'_>) -> Option<Table> {
    desk.results.capital?.closing.solution.as_ref()?;
    let mut table = Table::new(&[
        (desk.words.say("closing.found"), ColumnKind::Text, 4.0),
        (desk.words.say("page.value"), ColumnKind::Number, 1.6),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.7),
    ]);
    let facts = [
        ("closing.found_amount", "closing.solution", ColumnKind::Money),
        ("closing.found_trials", "closing.solution_trials", ColumnKind::Number),
        ("closing.found_contraction", "closing.solution_contraction", ColumnKind::Number),
        ("closing.found_residual", "closing.solution_residual", ColumnKind::Money),
    ];
    for (key, address, kind) in facts {
        let label = desk.say(key);
        let Some((figure, tag)) = desk.figure('C', address, &label, kind) else { continue };
        table.push(RowStyle::Plain, vec![label.into(), figure.into(), Cell::Tags(vec![tag])], None);
    }
    Some(table)
}
