//! Who stands behind whom: subordinated loans, bridges, charges over the same collateral, the order of drawing.

use crate::document::Deal;
use crate::findings::{Finding, Severity};
use crate::instrument::{Collateral, DrawMethod, Instrument, Terms};
use crate::timeline::Timeline;

use super::lenders::{assigned, at, due, gives_nothing, loans, paid_on};

/// A loan that stands behind others is priced for it; a bridge leads somewhere, and in time.
pub(super) fn ranks(deal: &Deal, out: &mut Vec<Finding>) {
    let timeline = Timeline::of(deal);
    for loan in loans(deal) {
        match &loan.terms {
            Terms::Mezzanine(_) => {
                let before = |one: &Instrument| !matches!(one.terms, Terms::Mezzanine(_) | Terms::Bridge(_));
                if !loans(deal).any(before) {
                    out.push(
                        Finding::new(Severity::Question, "MEZZANINE_BEHIND_NOBODY", at(loan, "terms"))
                            .with("name", &loan.name),
                    );
                }
            }
            Terms::Bridge(terms) if terms.bridges_to.is_none() && assigned(loan).is_empty() => {
                out.push(
                    Finding::new(Severity::Question, "BRIDGE_WITHOUT_TAKE_OUT", at(loan, "terms.bridges_to"))
                        .with("name", &loan.name),
                );
            }
            Terms::Bridge(terms) => {
                let to = deal.instruments.iter().find(|one| Some(&one.id) == terms.bridges_to.as_ref());
                let paid = to.and_then(|to| paid_on(to, &timeline).into_iter().max());
                let (Some(to), Some(paid), Some(due)) = (to, paid, due(loan, &timeline)) else { continue };
                if due < paid {
                    out.push(
                        Finding::new(Severity::Blocker, "BRIDGE_DUE_BEFORE_TAKE_OUT", at(loan, "maturity"))
                            .with("name", &loan.name)
                            .with("to", &to.name)
                            .with("due", due)
                            .with("paid", paid),
                    );
                }
            }
            _ => {}
        }
    }
}

/// Two lenders do not both come first.
pub(super) fn charges(deal: &Deal, out: &mut Vec<Finding>) {
    let mut seen: Vec<(&Collateral, u32, &Instrument)> = Vec::new();
    for loan in loans(deal) {
        for security in &loan.security {
            let Some(rank) = security.rank else { continue };
            let other = seen.iter().find(|(over, at, one)| {
                **over == security.over
                    && *at == rank
                    && one.provider.is_some()
                    && loan.provider.is_some()
                    && one.provider != loan.provider
            });
            if let Some((_, _, other)) = other {
                let path = at(loan, &format!("security[{}].rank", security.id));
                out.push(
                    Finding::new(Severity::Question, "SAME_RANK", path)
                        .with("one", &other.name)
                        .with("other", &loan.name)
                        .with("rank", i64::from(rank)),
                );
            }
            seen.push((&security.over, rank, loan));
        }
    }
}

/// Owners spend before lenders do.
pub(super) fn order(deal: &Deal, out: &mut Vec<Finding>) {
    let place = |one: &Instrument| {
        let drawdown = one.drawdown.as_ref()?;
        drawdown.order.filter(|_| drawdown.method == DrawMethod::AsSpendFallsDue)
    };
    for loan in loans(deal).filter(|loan| !matches!(loan.terms, Terms::Bridge(_))) {
        let Some(order) = place(loan) else { continue };
        let later = deal.instruments.iter().find(|one| {
            one.terms.is_equity() && !gives_nothing(one) && place(one).is_some_and(|theirs| theirs > order)
        });
        if let Some(equity) = later {
            out.push(
                Finding::new(Severity::Question, "LOAN_BEFORE_EQUITY", at(loan, "drawdown.order"))
                    .with("loan", &loan.name)
                    .with("equity", &equity.name)
                    .with("order", i64::from(order))
                    .with("later", i64::from(place(equity).unwrap_or(order))),
            );
        }
    }
}
