//! Where the money of a deal goes, period by period, and why each amount is what it is.
//!
//! `flow(2032-12).account>tier:gap` is what went from the account to a tier by the end of the period that ends in that
//! month, `flow(in=2032-12).account>tier:gap` what went in that period; `flow(2032-12).party:fund` what somebody has
//! received, `flow(2032-12).received` what the account has taken in. Where small stations are told together or groups
//! are opened, the address says so: `flow(2032-12;keep=4;open=net-profits).others:tiers`.

use std::collections::BTreeSet;

use recoup_deal::Deal;
use recoup_explain::{Book, Quantity};
use recoup_model::{FlowSeries, FlowView, Flows, Outcome, flows};
use recoup_money::{Currency, Money};

use crate::{
    App, AppError, ErrorCode,
    figures::{explained_node, quantity},
    wire::{
        FlowAmountDto, FlowPeriodDto, FlowStationDto, FlowStreamDto, FlowTotalDto, FlowsView, MoneyDto,
        TreeDto, ViewFlows,
    },
};

/// The most stations of a column that may be asked for.
const MOST: usize = 1_000;

/// Where the money goes.
pub async fn view_flows(app: &App, request: ViewFlows) -> Result<FlowsView, AppError> {
    let (revision, state) = app.state(&request.deal)?;
    let view = asked(request.keep.as_deref(), request.open.as_deref())?;
    let outcome = state.outcome()?;
    let found = flows(&state.deal, outcome, &view);
    told(revision, &view, found.as_ref(), &outcome.book, state.deal.currency)
}

fn asked(keep: Option<&str>, open: Option<&str>) -> Result<FlowView, AppError> {
    let usual = FlowView::default();
    let keep = match keep {
        Some(text) => text.parse().ok().filter(|keep| (1..=MOST).contains(keep)).ok_or_else(|| {
            AppError::new(ErrorCode::InvalidRequest, "Between one and a thousand stations stand apart.")
                .with("path", "keep")
                .with("given", text)
        })?,
        None => usual.keep,
    };
    let open = open.into_iter().flat_map(|open| open.split('+')).filter(|id| !id.is_empty());
    Ok(FlowView { keep, open: open.map(str::to_owned).collect() })
}

fn told(
    revision: u32,
    view: &FlowView,
    flows: Option<&Flows>,
    book: &Book,
    currency: Currency,
) -> Result<FlowsView, AppError> {
    let amounts = |series: &FlowSeries| -> Result<Vec<FlowAmountDto>, AppError> {
        let amounts = series.amounts(book, currency).into_iter();
        amounts
            .map(|(during, through)| Ok(FlowAmountDto { through: money(through)?, during: money(during)? }))
            .collect()
    };
    let mut out = FlowsView {
        revision,
        view: written(view),
        periods: Vec::new(),
        stations: Vec::new(),
        streams: Vec::new(),
        totals: Vec::new(),
    };
    let Some(flows) = flows else { return Ok(out) };
    for (period, standing) in flows.periods.iter().zip(&flows.standings) {
        out.periods.push(FlowPeriodDto {
            month: period.end.year_month().to_string(),
            start: period.start.to_string(),
            end: period.end.to_string(),
            open: standing.open.clone(),
        });
    }
    for station in &flows.stations {
        out.stations.push(FlowStationDto {
            id: station.id.clone(),
            column: station.column.word().to_owned(),
            word: station.word.clone(),
            label: station.label.clone(),
            members: station.members.clone(),
            amounts: amounts(&station.series)?,
        });
    }
    for stream in &flows.streams {
        let (from, to) = (stream.from.clone(), stream.to.clone());
        out.streams.push(FlowStreamDto { from, to, amounts: amounts(&stream.series)? });
    }
    for (word, series) in &flows.totals {
        out.totals.push(FlowTotalDto { id: (*word).to_owned(), amounts: amounts(series)? });
    }
    Ok(out)
}

fn money(amount: Money) -> Result<MoneyDto, AppError> {
    MoneyDto::new(amount.minor(), amount.currency().to_string())
        .map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))
}

/// What addresses say of a view that is not the usual one.
fn written(view: &FlowView) -> String {
    let mut out = String::new();
    if view.keep != FlowView::default().keep {
        out.push_str(&format!(";keep={}", view.keep));
    }
    if !view.open.is_empty() {
        let open: Vec<&str> = view.open.iter().map(String::as_str).collect();
        out.push_str(&format!(";open={}", open.join("+")));
    }
    out
}

/// What an address asks for.
#[derive(Debug, PartialEq)]
struct Asked<'a> {
    /// The month in which the period ends.
    month: &'a str,
    /// Whether only that period is meant, and not what came before it.
    alone: bool,
    view: FlowView,
    id: &'a str,
}

fn read(address: &str) -> Option<Asked<'_>> {
    let (within, id) = address.strip_prefix("flow(")?.split_once(").")?;
    let mut parts = within.split(';');
    let first = parts.next()?;
    let (alone, month) = first.strip_prefix("in=").map_or((false, first), |month| (true, month));
    let mut view = FlowView::default();
    for part in parts {
        match part.split_once('=')? {
            ("keep", keep) => view.keep = keep.parse().ok().filter(|keep| (1..=MOST).contains(keep))?,
            ("open", open) => view.open = open.split('+').map(str::to_owned).collect::<BTreeSet<_>>(),
            _ => return None,
        }
    }
    Some(Asked { month, alone, view, id })
}

/// Why an amount that flows is what it is; none for any other figure.
pub(crate) fn explained_flow(
    deal: &Deal,
    outcome: Result<&Outcome, AppError>,
    address: &str,
) -> Option<Result<TreeDto, AppError>> {
    let asked = read(address)?;
    let unknown =
        || AppError::new(ErrorCode::NotFound, "There is no figure at this address.").with("address", address);
    Some(outcome.and_then(|outcome| {
        let flows = flows(deal, outcome, &asked.view).ok_or_else(unknown)?;
        let ends = |period: &recoup_model::FlowPeriod| period.end.year_month().to_string() == asked.month;
        let last = flows.periods.iter().position(ends).ok_or_else(unknown)?;
        let series = flows.series(asked.id).ok_or_else(unknown)?;
        let asked = Answer { flows: &flows, series, asked: &asked, book: &outcome.book, deal };
        if asked.asked.alone { asked.during(last, true) } else { asked.through(last) }
    }))
}

/// An answer while it is put together.
struct Answer<'a> {
    flows: &'a Flows,
    series: &'a FlowSeries,
    asked: &'a Asked<'a>,
    book: &'a Book,
    deal: &'a Deal,
}

impl Answer<'_> {
    /// All periods to the end of one, each by its own address.
    fn through(&self, last: usize) -> Result<TreeDto, AppError> {
        let moved = (0..=last).filter(|period| !self.series.terms(*period).is_empty());
        let inputs = moved.map(|period| self.during(period, false)).collect::<Result<Vec<_>, _>>()?;
        let amounts = self.series.amounts(self.book, self.deal.currency);
        let amount = amounts.get(last).map_or(Money::zero(self.deal.currency), |(_, through)| *through);
        self.tree(last, "", "sum", amount, inputs, 0)
    }

    /// One period out of the figures of the book; only counted where `deep` does not ask for them.
    fn during(&self, period: usize, deep: bool) -> Result<TreeDto, AppError> {
        let terms = self.series.terms(period);
        let node = |minus: bool| terms.iter().filter(move |term| term.minus == minus).map(|term| term.node);
        let tree = |node| explained_node(self.book, node);
        let added = node(false).map(tree).collect::<Result<Vec<_>, _>>()?;
        let taken = node(true).map(tree).collect::<Result<Vec<_>, _>>()?;
        let amount = self.series.during(period, self.book, self.deal.currency);
        if !deep {
            let folded = u32::try_from(terms.len()).unwrap_or(u32::MAX);
            return self.tree(period, "in=", "sum", amount, Vec::new(), folded);
        }
        if taken.is_empty() {
            return self.tree(period, "in=", "sum", amount, added, 0);
        }
        let before: i64 = node(false)
            .filter_map(|node| self.book.value(node).as_money())
            .map(|amount| amount.minor())
            .sum();
        let whole = TreeDto {
            address: None,
            value: quantity(&Quantity::Money(Money::new(before, self.deal.currency)))?,
            operation: Some("sum".to_owned()),
            rounding: None,
            leaf: None,
            inputs: added,
            folded: 0,
        };
        let inputs = std::iter::once(whole).chain(taken).collect();
        self.tree(period, "in=", "difference", amount, inputs, 0)
    }

    fn tree(
        &self,
        period: usize,
        alone: &str,
        operation: &str,
        amount: Money,
        inputs: Vec<TreeDto>,
        folded: u32,
    ) -> Result<TreeDto, AppError> {
        let month = self.flows.periods.get(period).map(|period| period.end.year_month().to_string());
        let month = month.unwrap_or_default();
        Ok(TreeDto {
            address: Some(format!("flow({alone}{month}{}).{}", written(&self.asked.view), self.asked.id)),
            value: quantity(&Quantity::Money(amount))?,
            operation: Some(operation.to_owned()),
            rounding: None,
            leaf: None,
            inputs,
            folded,
        })
    }
}

#[cfg(test)]
mod tests;
