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
    Some(Section {
        kind: SectionKind::Closing,
        topic: desk.say("closing.topic"),
        lead,
        blocks: vec![
            Block::Bars(vec![(desk.say("closing.uses"), uses), (desk.say("closing.sources"), sources)]),
            Block::Table(table),
            Block::Text(desk.say("closing.note")),
        ],
    })
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

fn table(desk: &mut Desk<'_>, closing: &Closing) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("closing.topic"), ColumnKind::Text, 3.4),
        (desk.words.say("column.status"), ColumnKind::Text, 1.4),
        (desk.deal().currency.code(), ColumnKind::Money, 1.4),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.5),
    ]);
    group(desk, &mut table, "closing.sources");
    let (sources, not_cash) = rows(desk, &mut table, &closing.sources, 'C');
    let funds =
        line(desk, &mut table, RowStyle::Total, "closing.sources_cash", 'C', RowFormula::Sum(sources));
    group(desk, &mut table, "closing.uses");
    let (uses, _) = rows(desk, &mut table, &closing.uses, 'B');
    let all = RowFormula::Sum(uses);
    let spent = if not_cash.is_empty() {
        line(desk, &mut table, RowStyle::Total, "closing.uses_cash", 'B', all)
    } else {
        let whole = line(desk, &mut table, RowStyle::Subtotal, "closing.uses", 'B', all);
        let less = RowFormula::Difference(whole, not_cash);
        line(desk, &mut table, RowStyle::Total, "closing.uses_cash", 'B', less)
    };
    let less = RowFormula::Difference(funds, vec![spent]);
    line(desk, &mut table, RowStyle::Subtotal, "closing.difference", 'C', less);
    table
}

fn group(desk: &Desk<'_>, table: &mut Table, key: &str) {
    let cells = vec![desk.say(key).into(), Cell::Blank, Cell::Blank, Cell::Blank];
    table.push(RowStyle::Group, cells, None);
}

/// The rows that are not nothing: those that are cash, and those that are not.
fn rows(
    desk: &mut Desk<'_>,
    table: &mut Table,
    rows: &[ClosingRow],
    letter: char,
) -> (Vec<usize>, Vec<usize>) {
    let (mut cash, mut not_cash) = (Vec::new(), Vec::new());
    for row in rows {
        let value = desk.results.book.value(row.amount);
        if value.as_money().is_some_and(|amount| amount.is_zero()) {
            continue;
        }
        let standing = match (row.standing, row.is_cash) {
            (_, false) => desk.say("standing.not_cash"),
            (Standing::Firm, _) => String::new(),
            (Standing::Conditional, _) => desk.say("standing.conditional"),
        };
        let label = label(desk, row);
        let (figure, tag) = desk.node(letter, row.amount, &label, ColumnKind::Money);
        let instrument = desk.deal().instruments.iter().find(|instrument| instrument.id == row.id);
        let solved = instrument.is_some_and(|one| matches!(one.amount, Some(AmountRule::Remainder(_))));
        let standing = if solved { [standing, desk.say("standing.solved")].join(" · ") } else { standing };
        let standing = standing.trim_start_matches(" · ").to_owned();
        let name = match instrument {
            Some(instrument) => Cell::Key { text: label, class: class(&instrument.terms) },
            None if letter == 'C' => Cell::Key { text: label, class: "soft" },
            None => label.into(),
        };
        let cells = vec![name, standing.into(), figure, Cell::Tags(tag.into_iter().collect())];
        let index = table.push(RowStyle::Plain, cells, None);
        if row.is_cash { cash.push(index) } else { not_cash.push(index) }
    }
    (cash, not_cash)
}

/// A line whose words and address are one name, with its formula where the printed rows really give it.
fn line(
    desk: &mut Desk<'_>,
    table: &mut Table,
    style: RowStyle,
    name: &str,
    letter: char,
    formula: RowFormula,
) -> usize {
    let label = desk.say(name);
    let mut cells = vec![Cell::Text(label.clone()), Cell::Blank];
    cells.extend(desk.figures_of(letter, &[(name, &label, ColumnKind::Money)]));
    let holds = desk.money(name).is_some_and(|amount| table.result(&formula, 2) == Some(amount.minor()));
    table.push(style, cells, holds.then_some(formula))
}
