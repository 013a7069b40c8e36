//! Each program: its lines with clause and figure, conditions, and the documents it rests on.

use recoup_incentives::{ClaimAssessment, Standing as ClaimStanding, Verdict};

use crate::document::{Block, Cell, ColumnKind, RowStyle, Section, Table};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let assessment = desk.results.incentives;
    if assessment.claims.is_empty() {
        return None;
    }
    let currency = desk.deal().currency.code().to_owned();
    let mut overview = Table::new(&[
        ("Program", ColumnKind::Text, 3.0),
        (&format!("Credit, {currency}"), ColumnKind::Money, 1.2),
        ("Net of fees and tax", ColumnKind::Money, 1.2),
        ("Standing", ColumnKind::Text, 1.5),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for claim in &assessment.claims {
        overview_row(desk, &mut overview, claim);
    }
    let mut blocks = vec![Block::Table(overview)];
    for claim in assessment.claims.iter().filter(|claim| claim.standing == ClaimStanding::Claimed) {
        computation(desk, claim, &mut blocks);
    }
    Some(Section {
        topic: "Incentives".to_owned(),
        lead: format!(
            "The programs claimed earn {}, of which {} is left after fees and tax.",
            desk.prose("incentives.credits"),
            desk.prose("incentives.net")
        ),
        blocks,
    })
}

fn overview_row(desk: &mut Desk<'_>, table: &mut Table, claim: &ClaimAssessment) {
    let name =
        claim.policy.as_ref().map_or_else(|| claim.program.clone(), |policy| policy.short_name.clone());
    let standing = match claim.standing {
        ClaimStanding::Claimed if claim.unverified => "claimed, unverified",
        ClaimStanding::Claimed => "claimed",
        ClaimStanding::Compared => "for comparison",
        ClaimStanding::Rejected => "another route pays more",
        ClaimStanding::Excluded => "not claimed",
        ClaimStanding::Unavailable => "not in the library",
    };
    let address = format!("incentives.{}.credit_in_deal", claim.key);
    let [credit, tag] = desk.figure('I', &address, &format!("{name}, credit"), ColumnKind::Money);
    let net = desk.results.book.at(&format!("incentives.{}.net", claim.key));
    let net = net.map_or(Cell::Blank, |value| Cell::Figure(value.clone()));
    table.push(RowStyle::Plain, vec![name.into(), credit, net, standing.into(), tag], None);
}

fn computation(desk: &mut Desk<'_>, claim: &ClaimAssessment, blocks: &mut Vec<Block>) {
    let Some(policy) = &claim.policy else { return };
    blocks.push(Block::Heading(format!("{}, version of {}", policy.short_name, policy.from)));
    let mut lines = Table::new(&[
        ("Line", ColumnKind::Text, 3.4),
        ("Clause", ColumnKind::Text, 2.4),
        (policy.currency.code(), ColumnKind::Number, 1.3),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for line in &claim.lines {
        let Some(node) = line.node else { continue };
        let value = desk.results.book.value(node).clone();
        let tag = desk
            .tags
            .tag('I', &line.address, &line.trace.label, ColumnKind::Number)
            .map_or(Cell::Blank, Cell::Tag);
        let clause = line.trace.clause.clone().unwrap_or_default();
        lines.push(
            RowStyle::Plain,
            vec![line.trace.label.as_str().into(), clause.into(), Cell::Figure(value), tag],
            None,
        );
    }
    blocks.push(Block::Table(lines));
    let mut conditions = Table::new(&[
        ("Condition", ColumnKind::Text, 4.0),
        ("Clause", ColumnKind::Text, 2.4),
        ("Result", ColumnKind::Text, 1.2),
    ]);
    for condition in &claim.conditions {
        let verdict = match condition.verdict {
            Verdict::Pass => "● pass",
            Verdict::Fail => "■ fail",
            Verdict::Unknown => "○ undecided",
        };
        conditions.push(
            RowStyle::Plain,
            vec![condition.label.as_str().into(), condition.clause.as_str().into(), verdict.into()],
            None,
        );
    }
    if !conditions.rows.is_empty() {
        blocks.push(Block::Table(conditions));
    }
    let mut sources = Table::new(&[
        ("Source", ColumnKind::Text, 3.0),
        ("Address", ColumnKind::Text, 4.0),
        ("Read on", ColumnKind::Text, 1.0),
    ]);
    for source in &policy.sources {
        let seen = crate::format::day(source.seen);
        sources.push(
            RowStyle::Plain,
            vec![source.title.as_str().into(), source.address.as_str().into(), seen.into()],
            None,
        );
    }
    blocks.push(Block::Table(sources));
}
