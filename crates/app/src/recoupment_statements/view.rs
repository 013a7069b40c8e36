//! Statements with the address of every amount: the last one at which it moved

use recoup_deal::Deal;
use recoup_explain::{Book, Quantity};
use recoup_model::Outcome;
use recoup_waterfall::Accounting;

use super::lines::Writing;
use crate::{
    AppError,
    figures::quantity,
    wire::{
        FigureDto, LedgerDayDto, LedgerPeriodDto, SourcePeriodDto, StatementLedgerDto, StatementLineDto,
        StatementPartyDto, StatementPeriodDto, StatementSourceDto, StatementTotalsDto, StatementsView,
    },
};

/// Where amounts are looked up, period by period.
pub(super) struct Lookup<'a> {
    book: &'a Book,
    pub months: Vec<String>,
}

impl<'a> Lookup<'a> {
    fn of(book: &'a Book, told: &Accounting) -> Self {
        let months = told.periods.iter().map(|period| period.end.year_month().to_string());
        Lookup { book, months: months.collect() }
    }

    /// The figure at an address; none where nothing stands there or it is nothing.
    pub(super) fn at(&self, address: &str) -> Result<Option<FigureDto>, AppError> {
        let Some(value) = self.book.at(address) else { return Ok(None) };
        if value.as_money().is_some_and(|amount| amount.is_zero()) {
            return Ok(None);
        }
        Ok(Some(FigureDto { address: address.to_owned(), value: quantity(value)? }))
    }

    /// What moved in a period.
    pub(super) fn moved(&self, stem: &str, period: usize) -> Result<Option<FigureDto>, AppError> {
        self.months.get(period).map_or(Ok(None), |month| self.at(&format!("{stem}[{month}]")))
    }

    /// How something stands at the end of a period: at its last move.
    pub(super) fn stands(&self, stem: &str, period: usize) -> Result<Option<FigureDto>, AppError> {
        let until = self.months.get(..=period).unwrap_or_default();
        let last = until.iter().rev().map(|month| format!("{stem}[{month}]"));
        last.into_iter()
            .find(|address| self.book.find(address).is_some())
            .map_or(Ok(None), |address| self.at(&address))
    }

    /// How it stood before a period.
    pub(super) fn stood(&self, stem: &str, period: usize) -> Result<Option<FigureDto>, AppError> {
        period.checked_sub(1).map_or(Ok(None), |before| self.stands(stem, before))
    }
}

pub(super) fn view(
    deal: &Deal,
    outcome: &Outcome,
    told: Option<&Accounting>,
    revision: u32,
    party: Option<String>,
) -> Result<StatementsView, AppError> {
    let mut out = StatementsView {
        revision,
        currency: deal.currency.to_string(),
        parties: Vec::new(),
        party,
        periods: Vec::new(),
        lines: Vec::new(),
        totals: Vec::new(),
        sources: Vec::new(),
        ledgers: Vec::new(),
    };
    let (Some(told), Some(plan)) = (told, &deal.recoupment) else { return Ok(out) };
    let lookup = Lookup::of(&outcome.book, told);
    out.periods = periods(told);
    for history in &told.parties {
        let at = format!("recoupment.{}", history.party);
        out.parties.push(StatementPartyDto {
            party: history.party.to_string(),
            paid: lookup.at(&format!("{at}.paid"))?,
            outstanding: lookup.at(&format!("{at}.outstanding"))?,
        });
    }
    let lapsed = outcome.recoupment.as_ref().map_or(&[][..], |run| run.lapsed.as_slice());
    let writing = Writing { plan, told, lookup: &lookup, lapsed };
    let shown =
        out.party.as_deref().and_then(|party| told.parties.iter().find(|one| one.party.as_ref() == party));
    out.lines = match shown {
        Some(history) => writing.of_party(history)?,
        None => writing.of_account()?,
    };
    let stem =
        out.party.as_ref().map_or_else(|| "recoupment".to_owned(), |party| format!("recoupment.{party}"));
    out.totals =
        (0..told.periods.len()).map(|period| totals(&lookup, &stem, period)).collect::<Result<_, _>>()?;
    out.sources = sources(&lookup, told)?;
    out.ledgers = ledgers(&lookup, told, &out.lines)?;
    Ok(out)
}

pub(super) fn periods(told: &Accounting) -> Vec<StatementPeriodDto> {
    let period = |period: &recoup_calendar::Period| StatementPeriodDto {
        month: period.end.year_month().to_string(),
        start: period.start.to_string(),
        end: period.end.to_string(),
    };
    told.periods.iter().map(period).collect()
}

fn totals(lookup: &Lookup<'_>, stem: &str, period: usize) -> Result<StatementTotalsDto, AppError> {
    Ok(StatementTotalsDto {
        prior: lookup.stood(&format!("{stem}.cumulative"), period)?,
        current: lookup.moved(&format!("{stem}.paid"), period)?,
        cumulative: lookup.stands(&format!("{stem}.cumulative"), period)?,
        entitlement: lookup.stands(&format!("{stem}.entitlement"), period)?,
        outstanding: lookup.stands(&format!("{stem}.outstanding"), period)?,
        receipts: lookup.moved("recoupment.receipts", period)?,
        held: lookup.stands("recoupment.held", period)?,
    })
}

fn sources(lookup: &Lookup<'_>, told: &Accounting) -> Result<Vec<StatementSourceDto>, AppError> {
    let mut out = Vec::new();
    for source in &told.sources {
        let at = format!("recoupment.sources.{}", source.source);
        let periods = (0..told.periods.len()).map(|period| {
            Ok(SourcePeriodDto {
                gross: lookup.moved(&format!("{at}.gross"), period)?,
                received: lookup.moved(&format!("{at}.received"), period)?,
            })
        });
        let periods = periods.collect::<Result<_, AppError>>()?;
        out.push(StatementSourceDto { source: source.source.to_string(), periods });
    }
    Ok(out)
}

/// The balances behind the claims that are shown.
fn ledgers(
    lookup: &Lookup<'_>,
    told: &Accounting,
    lines: &[StatementLineDto],
) -> Result<Vec<StatementLedgerDto>, AppError> {
    let mut out = Vec::new();
    for ledger in told.ledgers.iter().filter(|ledger| !ledger.rows.is_empty()) {
        let shown = |claim: &str| lines.iter().any(|line| line.tier.as_deref() == Some(claim));
        if !ledger.claims.iter().any(|claim| shown(claim)) {
            continue;
        }
        let at = format!("recoupment.claims.{}", ledger.tier);
        let mut days = Vec::with_capacity(ledger.rows.len());
        let mut rate = None;
        for row in &ledger.rows {
            let here = |word: &str| lookup.at(&format!("{at}.{word}[{}]", row.on));
            rate = here("interest_rate")?.or(rate);
            let period = told.periods.iter().position(|period| row.on <= period.end);
            days.push(LedgerDayDto {
                on: row.on.to_string(),
                period: period.and_then(|period| u32::try_from(period).ok()).unwrap_or(0),
                since: row.accrual.as_ref().map(|accrual| accrual.since.to_string()),
                days: row.accrual.as_ref().and_then(|accrual| u32::try_from(accrual.days).ok()),
                bearing: here("bearing")?,
                rate: rate.clone().filter(|_| row.accrual.is_some()),
                interest: here("interest")?,
                capitalised: here("capitalised")?,
                drawn: here("drawn")?,
                interest_paid: here("interest_paid")?,
                principal_paid: here("principal_paid")?,
                balance: here("balance")?,
            });
        }
        let periods = (0..told.periods.len()).map(|place| {
            let moved = |word: &str| lookup.moved(&format!("{at}.{word}"), place);
            Ok(LedgerPeriodDto {
                drawn: moved("drawn")?,
                interest: moved("interest")?,
                interest_paid: moved("interest_paid")?,
                principal_paid: moved("principal_paid")?,
                balance: lookup.stands(&format!("{at}.balance"), place)?,
            })
        });
        out.push(StatementLedgerDto {
            tier: ledger.tier.to_string(),
            claims: ledger.claims.iter().map(|claim| claim.to_string()).collect(),
            instrument: ledger.instrument.to_string(),
            days,
            periods: periods.collect::<Result<_, AppError>>()?,
        });
    }
    Ok(out)
}

/// The amount of a figure in minor units.
pub(super) fn minor(figure: Option<&FigureDto>) -> i64 {
    figure.map_or(0, |figure| match &figure.value {
        crate::wire::QuantityDto::Money { amount } => amount.minor(),
        _ => 0,
    })
}

/// A figure of another book, under an address of its own; none where nothing stands there.
pub(super) fn figure_of(book: &Book, address: &str, shown: String) -> Result<Option<FigureDto>, AppError> {
    let value: Option<&Quantity> = book.at(address);
    value.map(|value| Ok(FigureDto { address: shown, value: quantity(value)? })).transpose()
}
