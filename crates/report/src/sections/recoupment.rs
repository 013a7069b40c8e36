//! The recoupment order: who is paid, in which order, and where it stops.

use recoup_waterfall::Stop;

use crate::document::{Block, Cell, ColumnKind, RowStyle, Section, Table};
use crate::sections::desk::Desk;

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let recoupment = desk.results.recoupment?;
    let currency = desk.deal().currency.code().to_owned();
    let mut order = Table::new(&[
        ("Position", ColumnKind::Text, 2.6),
        ("Payee", ColumnKind::Text, 2.0),
        (&format!("Limit, {currency}"), ColumnKind::Money, 1.2),
        ("Paid", ColumnKind::Money, 1.2),
        ("Outstanding", ColumnKind::Money, 1.2),
        ("Stops because", ColumnKind::Text, 1.8),
    ]);
    for claim in &recoupment.claims {
        let payee = claim.payee.as_deref().unwrap_or_default();
        let label = claim.label.as_deref().unwrap_or(&claim.tier).to_owned();
        let limit = claim.limit.map_or(Cell::Blank, |limit| Cell::Figure(limit.into()));
        let why = match claim.stop {
            Stop::Open => "no limit",
            Stop::LimitReached { .. } => "limit reached",
            Stop::MoneyRanOut => "money ran out",
            Stop::NothingArrived => "nothing arrived",
            Stop::ConditionsNotMet => "conditions not met",
        };
        let cells = vec![
            Cell::Key { text: label, class: desk.party_class(payee) },
            desk.party(payee).into(),
            limit,
            Cell::Figure(claim.paid.into()),
            Cell::Figure(claim.outstanding.into()),
            why.into(),
        ];
        order.push(RowStyle::Plain, cells, None);
    }
    let mut parties = Table::new(&[
        ("Party", ColumnKind::Text, 2.6),
        (&format!("Entitlement, {currency}"), ColumnKind::Money, 1.2),
        ("Paid", ColumnKind::Money, 1.2),
        ("Out at account receipts of", ColumnKind::Money, 1.3),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for party in desk.results.paid_parties() {
        let of = |part: &str| format!("recoupment.{party}.{part}");
        let name = desk.party(&party);
        let [paid, tag] = desk.figure('W', &of("paid"), &format!("{name}, paid"), ColumnKind::Money);
        let [due, _] =
            desk.figure('W', &of("entitlement"), &format!("{name}, entitlement"), ColumnKind::Money);
        let [out, _] =
            desk.figure('W', &of("breakeven_receipts"), &format!("{name}, out at"), ColumnKind::Money);
        parties.push(RowStyle::Plain, vec![name.into(), due, paid, out, tag], None);
    }
    let lead = format!(
        "{} reaches the account; the order below pays it out and {} is left with nobody entitled.",
        desk.prose("revenue.to_account"),
        crate::format::prose(recoupment.left_over)
    );
    Some(Section {
        topic: "Recoupment order".to_owned(),
        lead,
        blocks: vec![Block::Table(order), Block::Heading("Parties".to_owned()), Block::Table(parties)],
    })
}
