//! Each program: its inputs, its lines with clause and figure, conditions, cash, and the documents it rests
//! on.

use recoup_deal::Phrase;
use recoup_deal::findings::said;
use recoup_incentives::{
    ClaimAssessment, MappedFrom, Policy, ProgramOrigin, Standing as ClaimStanding, Verdict,
};

use crate::document::{Block, Program, Section, SectionKind};
use crate::program::confidence_words;
use crate::sections::desk::Desk;
use crate::sections::program_form::{self, column, from_words};
use crate::sections::{counted, program};
use crate::table::{Cell, ColumnKind, RowFormula, RowStyle, Table};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let assessment = desk.results.incentives;
    if assessment.claims.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(overview(desk)), Block::Text(desk.say("incentives.choice"))];
    let mut forms = program_form::build(desk);
    for claim in assessment.claims.iter().filter(|claim| claim.standing == ClaimStanding::Claimed) {
        let (Some(policy), Some(form)) = (&claim.policy, forms.by_key.remove(&claim.key)) else { continue };
        let version = desk.figures.day(policy.from);
        blocks.push(Block::Part(
            desk.words.with("incentives.version", &[("program", &name(desk, claim)), ("date", &version)]),
        ));
        let pages = computation(desk, claim, policy);
        let intro = program::intro(desk, claim, policy);
        blocks.push(Block::Program(Box::new(Program { intro, pages, form })));
    }
    blocks.extend(counted::blocks(desk, &forms.leaves));
    let lead = desk.words.with(
        "incentives.lead",
        &[("credits", &desk.prose("incentives.credits")), ("net", &desk.prose("incentives.net"))],
    );
    Some(Section { kind: SectionKind::Incentives, topic: desk.say("incentives.topic"), lead, blocks })
}

fn overview(desk: &mut Desk<'_>) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("incentives.program"), ColumnKind::Text, 2.4),
        (desk.words.say("column.status"), ColumnKind::Text, 2.0),
        (&desk.in_currency("incentives.credit"), ColumnKind::Money, 1.2),
        (desk.words.say("incentives.net_of_costs"), ColumnKind::Money, 1.2),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    let mut claimed = Vec::new();
    for claim in &desk.results.incentives.claims {
        let row = overview_row(desk, &mut table, claim);
        if claim.standing == ClaimStanding::Claimed {
            claimed.push(row);
        }
    }
    let label = desk.say("incentives.all_claimed");
    let mut cells = vec![Cell::Text(label.clone()), Cell::Blank];
    cells.extend(desk.figures_of(
        'I',
        &[
            ("incentives.credits", &label, ColumnKind::Money),
            ("incentives.net", desk.words.say("key.net_incentives"), ColumnKind::Money),
        ],
    ));
    let formula = RowFormula::Sum(claimed);
    let holds = |address: &str, column: usize| {
        desk.money(address).is_some_and(|amount| table.result(&formula, column) == Some(amount.minor()))
    };
    let live = holds("incentives.credits", 2) && holds("incentives.net", 3);
    table.push(RowStyle::Total, cells, live.then_some(formula));
    table
}

/// What a claim is called: its program, and its own id where the deal looks at the program twice.
fn name(desk: &Desk<'_>, claim: &ClaimAssessment) -> String {
    let program =
        claim.policy.as_ref().map_or_else(|| claim.program.clone(), |policy| policy.short_name.clone());
    let first = desk.results.incentives.claims.iter().find(|one| one.program == claim.program);
    if first.is_some_and(|one| one.claim != claim.claim) {
        format!("{program} ({})", claim.claim)
    } else {
        program
    }
}

/// A label of a program's form in the language of the pack, where the library has it.
fn label(desk: &Desk<'_>, label: &str) -> String {
    said(&Phrase::new(label), desk.edition.language)
}

fn overview_row(desk: &mut Desk<'_>, table: &mut Table, claim: &ClaimAssessment) -> usize {
    let name = name(desk, claim);
    let standing = match claim.standing {
        ClaimStanding::Claimed if claim.origin == ProgramOrigin::Own => "claim.own",
        ClaimStanding::Claimed if claim.unverified => "claim.unverified",
        ClaimStanding::Claimed if claim.origin == ProgramOrigin::Held => "claim.held",
        ClaimStanding::Claimed => "claim.claimed",
        ClaimStanding::Compared => "claim.compared",
        ClaimStanding::Rejected => "claim.rejected",
        ClaimStanding::Excluded => "claim.excluded",
        ClaimStanding::Unavailable => "claim.unavailable",
    };
    let (credit, net) =
        (format!("incentives.{}.credit_in_deal", claim.key), format!("incentives.{}.net", claim.key));
    let mut cells = vec![Cell::Text(name.clone()), desk.say(standing).into()];
    cells.extend(desk.figures_of(
        'I',
        &[
            (&credit, &format!("{name}, {}", desk.words.say("incentives.credit")), ColumnKind::Money),
            (&net, &format!("{name}, {}", desk.words.say("incentives.net")), ColumnKind::Money),
        ],
    ));
    table.push(RowStyle::Plain, cells, None)
}

fn computation(desk: &mut Desk<'_>, claim: &ClaimAssessment, policy: &Policy) -> Vec<Block> {
    let mut blocks = Vec::new();
    let steps = program::steps(desk, claim, policy);
    if !steps.rows.is_empty() {
        blocks.push(Block::Table(steps));
    }
    let told = [
        ("form.left", cash(desk, claim)),
        ("form.conditions", conditions(desk, claim)),
        ("form.asked", inputs(desk, claim, policy)),
        ("form.lines", program::lines(desk, claim, policy)),
        ("form.sources", sources(desk, policy)),
    ];
    for (title, table) in told {
        if !table.rows.is_empty() {
            blocks.push(Block::Heading(desk.say(title)));
            blocks.push(Block::Table(table));
        }
    }
    blocks
}

fn inputs(desk: &mut Desk<'_>, claim: &ClaimAssessment, policy: &Policy) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("incentives.input"), ColumnKind::Text, 3.4),
        (desk.words.say("incentives.input_from"), ColumnKind::Text, 2.4),
        (policy.currency.code(), ColumnKind::Money, 1.3),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    for input in &claim.inputs {
        let Some(node) = input.node.filter(|_| input.from != MappedFrom::Missing) else { continue };
        let label = label(desk, &input.label);
        let (figure, tag) = desk.node('I', node, &label, column(input.unit));
        let from = desk.say(from_words(input.from));
        let cells = vec![label.into(), from.into(), figure, Cell::Tags(tag.into_iter().collect())];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

/// What is left of the credit in the deal's currency, and on which days it comes.
fn cash(desk: &mut Desk<'_>, claim: &ClaimAssessment) -> Table {
    let currency = desk.deal().currency.code();
    let mut table = Table::new(&[
        (desk.words.say("incentives.payment"), ColumnKind::Text, 3.4),
        (desk.words.say("incentives.paid_on"), ColumnKind::Text, 2.4),
        (currency, ColumnKind::Money, 1.3),
        (desk.words.say("column.ref"), ColumnKind::Tag, 0.6),
    ]);
    let parts = [
        ("left.received", claim.received, RowStyle::Plain),
        ("left.tax", claim.tax, RowStyle::Plain),
        ("left.fees", claim.fees, RowStyle::Plain),
        ("left.net", claim.net, RowStyle::Subtotal),
    ];
    for (key, node, style) in parts {
        let Some(node) = node else { continue };
        let label = desk.say(key);
        let (figure, tag) = desk.node('I', node, &label, ColumnKind::Money);
        let cells = vec![label.into(), Cell::Blank, figure, Cell::Tags(tag.into_iter().collect())];
        table.push(style, cells, None);
    }
    for event in &claim.cash {
        let label = label(desk, &event.label);
        let (figure, tag) = desk.node('I', event.node, &label, ColumnKind::Money);
        let on = event.date.map_or_else(|| desk.say("figure.none"), |day| desk.figures.day(day));
        let cells = vec![label.into(), on.into(), figure, Cell::Tags(tag.into_iter().collect())];
        table.push(RowStyle::Muted, cells, None);
    }
    table
}

fn conditions(desk: &mut Desk<'_>, claim: &ClaimAssessment) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("incentives.condition"), ColumnKind::Text, 4.0),
        (desk.words.say("incentives.clause"), ColumnKind::Text, 2.4),
        (desk.words.say("column.result"), ColumnKind::Text, 1.2),
    ]);
    for condition in &claim.conditions {
        let verdict = match condition.verdict {
            Verdict::Pass => "verdict.pass",
            Verdict::Fail => "verdict.fail",
            Verdict::Unknown => "verdict.undecided",
        };
        let cells = vec![
            label(desk, &condition.label).into(),
            condition.clause.as_str().into(),
            desk.say(verdict).into(),
        ];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}

/// The documents, and how sure what was read in them is: as sure as the least sure number of the law.
fn sources(desk: &mut Desk<'_>, policy: &Policy) -> Table {
    let mut table = Table::new(&[
        (desk.words.say("incentives.source"), ColumnKind::Text, 3.0),
        (desk.words.say("incentives.address"), ColumnKind::Text, 3.0),
        (desk.words.say("incentives.read_on"), ColumnKind::Text, 1.1),
        (desk.words.say("assumptions.confidence"), ColumnKind::Text, 1.1),
    ]);
    for source in &policy.sources {
        let seen = desk.figures.day(source.seen);
        let read = policy.constants.iter().filter(|constant| constant.source == source.id);
        let least = read.map(|constant| constant.confidence).min();
        let sure = least.map_or_else(String::new, |least| desk.say(confidence_words(least)));
        let cells =
            vec![source.title.as_str().into(), source.address.as_str().into(), seen.into(), sure.into()];
        table.push(RowStyle::Plain, cells, None);
    }
    table
}
