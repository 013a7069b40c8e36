//! What the pages tell of one program: its credit from what is counted to what is paid, and each line with its
//! rule and clause.

use recoup_deal::Phrase;
use recoup_deal::findings::said;
use recoup_explain::{NodeId, Quantity};
use recoup_incentives::{BaseStep, Cited, ClaimAssessment, CreditPart, Policy, ProgramOrigin, parse};

use crate::program::confidence_words;
use crate::sections::desk::Desk;
use crate::sections::program_form::column;
use crate::sections::spoken::Speaker;
use crate::table::{Cell, ColumnKind, RowStyle, Table};

/// What it is, why this version, how sure it is.
pub(crate) fn intro(desk: &Desk<'_>, claim: &ClaimAssessment, policy: &Policy) -> String {
    let day = desk.figures.day(claim.version_on);
    let by = said(&Phrase::new(&policy.version_by), desk.edition.language);
    let law = said(&Phrase::new(&policy.legal_name), desk.edition.language);
    // Whatever an own program's file says of itself, nobody but its author does.
    let sure = match claim.origin {
        ProgramOrigin::Own => "confidence.own",
        ProgramOrigin::Library | ProgramOrigin::Held => confidence_words(policy.confidence),
    };
    desk.words.with(
        "incentives.intro",
        &[
            ("law", &law),
            ("statute", &policy.statute.join("; ")),
            ("by", &by),
            ("day", &day),
            ("confidence", desk.words.say(sure)),
        ],
    )
}

/// The credit in steps: what is counted, what the law takes out, the rate, what it pays.
pub(crate) fn steps(desk: &mut Desk<'_>, claim: &ClaimAssessment, policy: &Policy) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("steps.item"), ColumnKind::Text, 3.8),
        (desk.words.say("incentives.clause"), ColumnKind::Text, 2.6),
        (policy.currency.code(), ColumnKind::Money, 1.3),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    let several = claim.steps.parts.len() > 1;
    for part in &claim.steps.parts {
        let title = if several { told(desk, &part.ground) } else { desk.say("steps.base") };
        table.push(RowStyle::Group, vec![title.into(), Cell::Blank, Cell::Blank, Cell::Blank], None);
        part_rows(desk, &mut table, claim, part);
    }
    for step in &claim.steps.on_credit {
        reduction(desk, &mut table, step);
    }
    if let Some(credit) = claim.credit {
        let line = policy.lines.iter().find(|line| line.id == policy.credit);
        let clause = line.and_then(|line| line.clause.clone()).unwrap_or_default();
        let label = desk.say("left.credit");
        row(desk, &mut table, RowStyle::Total, (label, clause), credit, ColumnKind::Money);
    }
    table
}

fn part_rows(desk: &mut Desk<'_>, table: &mut Table, claim: &ClaimAssessment, part: &CreditPart) {
    for (cited, node) in &part.counted {
        let label = told(desk, cited);
        let clause = cited.clause.clone().unwrap_or_default();
        let Some(node) = named(desk, claim, &cited.id, *node) else { continue };
        row(desk, table, RowStyle::Plain, (label, clause), node, ColumnKind::Money);
    }
    let shown = part.counted.len() == 1 && part.counted.first().map(|(_, node)| *node) == part.before;
    if let Some(before) = part.before.filter(|_| !shown) {
        let label = desk.say("steps.counted");
        row(desk, table, RowStyle::Subtotal, (label, String::new()), before, ColumnKind::Money);
    }
    for step in &part.steps {
        reduction(desk, table, step);
    }
    if let Some(base) = part.base.filter(|base| !part.steps.is_empty() || Some(*base) != part.before) {
        let label = desk.say("steps.met");
        row(desk, table, RowStyle::Subtotal, (label, String::new()), base, ColumnKind::Money);
    }
    let clause = part.ground.clause.clone().unwrap_or_default();
    if let Some(rate) = part.rate {
        let label = desk.say("steps.rate");
        row(desk, table, RowStyle::Plain, (label, clause.clone()), rate, ColumnKind::Rate);
    }
    let label = told(desk, &part.ground);
    row(desk, table, RowStyle::Subtotal, (label, clause), part.credit, ColumnKind::Money);
}

/// What a part counts, as the figure of the input or line that it is; one that counts with another amount than
/// it has is told by the sum alone.
fn named(desk: &Desk<'_>, claim: &ClaimAssessment, id: &str, counted: NodeId) -> Option<NodeId> {
    let book = desk.results.book;
    if book.address(counted).is_some() {
        return Some(counted);
    }
    let input = claim.inputs.iter().find(|input| input.name == id).and_then(|input| input.node);
    let line = || claim.lines.iter().find(|line| line.trace.id == id).and_then(|line| line.node);
    let number = |node| match book.value(node) {
        Quantity::Money(amount) => Some(amount.to_decimal()),
        other => other.as_number(),
    };
    input.or_else(line).filter(|node| number(*node) == number(counted))
}

fn reduction(desk: &mut Desk<'_>, table: &mut Table, step: &BaseStep) {
    let label = desk.words.with("steps.less", &[("what", &told(desk, &step.ground))]);
    let clause = step.ground.clause.clone().unwrap_or_default();
    row(desk, table, RowStyle::Plain, (label, clause), step.taken_out, ColumnKind::Money);
}

fn told(desk: &Desk<'_>, cited: &Cited) -> String {
    said(&Phrase::new(&cited.label), desk.edition.language)
}

fn row(
    desk: &mut Desk<'_>,
    table: &mut Table,
    style: RowStyle,
    (label, clause): (String, String),
    node: NodeId,
    kind: ColumnKind,
) {
    let (figure, tag) = desk.node('I', node, &label, kind);
    let cells = vec![label.into(), clause.into(), figure, Cell::Tags(tag.into_iter().collect())];
    table.push(style, cells, None);
}

/// Every line with its rule, its clause and its value.
pub(crate) fn lines(desk: &mut Desk<'_>, claim: &ClaimAssessment, policy: &Policy) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("incentives.line"), ColumnKind::Text, 2.5),
        (desk.words.say("form.rule"), ColumnKind::Text, 3.4),
        (desk.words.say("incentives.clause"), ColumnKind::Text, 1.6),
        (policy.currency.code(), ColumnKind::Money, 1.2),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    let speaker = Speaker { policy, language: desk.edition.language };
    for line in &claim.lines {
        let Some(node) = line.node else { continue };
        let label = said(&Phrase::new(&line.trace.label), desk.edition.language);
        let rule = parse(&line.trace.formula).map_or_else(|_| String::new(), |formula| speaker.say(&formula));
        let (figure, tag) = desk.node('I', node, &label, column(line.trace.unit));
        let style = if line.trace.id == policy.credit { RowStyle::Total } else { RowStyle::Plain };
        let clause = line.trace.clause.clone().unwrap_or_default();
        let cells =
            vec![label.into(), rule.into(), clause.into(), figure, Cell::Tags(tag.into_iter().collect())];
        table.push(style, cells, None);
    }
    table
}
