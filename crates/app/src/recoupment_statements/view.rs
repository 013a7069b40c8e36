//! Statements with the address of every amount: the last one at which it moved

use recoup_deal::Deal;
use recoup_deal::recoupment::{Condition, RecoupmentPlan, Takes};
use recoup_explain::{Book, Quantity};
use recoup_model::Outcome;
use recoup_waterfall::{Accounting, ClaimHistory, ClaimPeriod, GroupHistory, LineOf, PartyHistory, Reason};
use serde_json::Value;

use crate::{
    AppError, ErrorCode,
    figures::quantity,
    wire::{
        FigureDto, LedgerDayDto, LedgerPeriodDto, LinePeriodDto, SourcePeriodDto, StatementLedgerDto,
        StatementLineDto, StatementPartyDto, StatementPeriodDto, StatementReasonDto, StatementSourceDto,
        StatementTotalsDto, StatementsView,
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
    fn at(&self, address: &str) -> Result<Option<FigureDto>, AppError> {
        let Some(value) = self.book.at(address) else { return Ok(None) };
        if value.as_money().is_some_and(|amount| amount.is_zero()) {
            return Ok(None);
        }
        Ok(Some(FigureDto { address: address.to_owned(), value: quantity(value)? }))
    }

    /// What moved in a period.
    fn moved(&self, stem: &str, period: usize) -> Result<Option<FigureDto>, AppError> {
        self.months.get(period).map_or(Ok(None), |month| self.at(&format!("{stem}[{month}]")))
    }

    /// How something stands at the end of a period: at its last move.
    fn stands(&self, stem: &str, period: usize) -> Result<Option<FigureDto>, AppError> {
        let until = self.months.get(..=period).unwrap_or_default();
        let last = until.iter().rev().map(|month| format!("{stem}[{month}]"));
        last.into_iter()
            .find(|address| self.book.find(address).is_some())
            .map_or(Ok(None), |address| self.at(&address))
    }

    /// How it stood before a period.
    fn stood(&self, stem: &str, period: usize) -> Result<Option<FigureDto>, AppError> {
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
    let writing = Writing { plan, told, lookup: &lookup };
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
    out.ledgers = writing.ledgers(&out.lines)?;
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

struct Writing<'a> {
    plan: &'a RecoupmentPlan,
    told: &'a Accounting,
    lookup: &'a Lookup<'a>,
}

impl Writing<'_> {
    fn of_party(&self, history: &PartyHistory) -> Result<Vec<StatementLineDto>, AppError> {
        let mut out = Vec::new();
        for line in &history.lines {
            match &line.of {
                LineOf::Claim { tier } => {
                    let Some(claim) = self.told.claims.iter().find(|claim| claim.tier == *tier) else {
                        continue;
                    };
                    out.push(self.claim(claim, 0)?);
                }
                LineOf::AssignedTo { tier, party } => {
                    let stem = format!("recoupment.claims.{tier}.assigned.{party}");
                    out.push(self.beside("assigned_to", Some(tier), Some(party), &stem, "")?);
                }
                LineOf::AssignedFrom { tier, party } => {
                    let stem = format!("recoupment.claims.{tier}.assigned.{}", history.party);
                    out.push(self.beside("assigned_from", Some(tier), Some(party), &stem, "")?);
                }
                LineOf::Residual => {
                    out.push(self.beside("residual", None, None, "recoupment.residual", "")?)
                }
            }
        }
        Ok(out)
    }

    /// Every position of the plan in its order, groups before their members, and what reaches the end.
    fn of_account(&self) -> Result<Vec<StatementLineDto>, AppError> {
        let mut out = Vec::new();
        for (_, tier) in self.plan.positions() {
            let claim = self.told.claims.iter().find(|claim| claim.tier.as_ref() == tier.id);
            let group = self.told.groups.iter().find(|group| group.tier.as_ref() == tier.id);
            if let Some(claim) = claim {
                out.push(self.claim(claim, self.depth(claim.group.as_deref()))?);
            } else if let Some(group) = group {
                out.push(self.group(group)?);
            }
        }
        let word = if self.plan.residual.is_some() { "residual" } else { "left_over" };
        let rest = self.beside(word, None, None, &format!("recoupment.{word}"), "")?;
        if rest.periods.iter().any(|period| period.cumulative.is_some()) {
            out.push(rest);
        }
        Ok(out)
    }

    fn depth(&self, group: Option<&str>) -> u32 {
        let Some(id) = group else { return 0 };
        let outer = self.told.groups.iter().find(|group| group.tier.as_ref() == id);
        1 + self.depth(outer.and_then(|outer| outer.group.as_deref()))
    }

    fn claim(&self, claim: &ClaimHistory, depth: u32) -> Result<StatementLineDto, AppError> {
        let at = format!("recoupment.claims.{}", claim.tier);
        let mut periods = Vec::with_capacity(claim.periods.len());
        for (place, period) in claim.periods.iter().enumerate() {
            let limit = self.lookup.stands(&format!("{at}.limit"), place)?;
            periods.push(LinePeriodDto {
                rate: self.lookup.stands(&format!("{at}.rate"), place)?,
                arrived: self.lookup.moved(&format!("{at}.arrived"), place)?,
                prior: self.lookup.stood(&format!("{at}.cumulative"), place)?,
                current: self.lookup.moved(&format!("{at}.paid"), place)?,
                cumulative: self.lookup.stands(&format!("{at}.cumulative"), place)?,
                limit,
                outstanding: self.lookup.stands(&format!("{at}.outstanding"), place)?,
                released: self.lookup.moved(&format!("{at}.released"), place)?,
                reason: Some(self.reason(claim, period, &at, place)?),
            });
        }
        Ok(StatementLineDto {
            kind: if claim.reserve { "reserve" } else { "claim" }.to_owned(),
            tier: Some(claim.tier.to_string()),
            label: claim.label.as_deref().map(str::to_owned),
            role: Some(word(&claim.role)?),
            clause: claim.clause.as_deref().map(str::to_owned),
            group: claim.group.as_deref().map(str::to_owned),
            depth,
            party: None,
            basis: if claim.on_gross { "gross_of_receipt" } else { "arriving" }.to_owned(),
            limited: claim.limited,
            contract: claim.contract.as_ref().map(|days| days.contract.to_string()),
            until: claim.contract.as_ref().and_then(|days| days.to).map(|to| to.to_string()),
            periods,
        })
    }

    fn group(&self, group: &GroupHistory) -> Result<StatementLineDto, AppError> {
        let at = format!("recoupment.groups.{}", group.tier);
        let mut line = self.beside("group", Some(&group.tier), None, &at, ".paid")?;
        line.label = group.label.as_deref().map(str::to_owned);
        line.role = Some(word(&group.role)?);
        line.group = group.group.as_deref().map(str::to_owned);
        line.depth = self.depth(group.group.as_deref());
        for (place, period) in line.periods.iter_mut().enumerate() {
            period.arrived = self.lookup.moved(&format!("{at}.arrived"), place)?;
            period.rate = self.lookup.moved(&format!("{at}.rate"), place)?;
        }
        Ok(line)
    }

    /// A line that is no claim: what came in a period stands at `<stem><word>[…]`, its sum at `<stem>.cumulative[…]`.
    fn beside(
        &self,
        kind: &str,
        tier: Option<&str>,
        party: Option<&str>,
        stem: &str,
        word: &str,
    ) -> Result<StatementLineDto, AppError> {
        let mut periods = Vec::with_capacity(self.told.periods.len());
        for place in 0..self.told.periods.len() {
            periods.push(LinePeriodDto {
                rate: None,
                arrived: None,
                prior: self.lookup.stood(&format!("{stem}.cumulative"), place)?,
                current: self.lookup.moved(&format!("{stem}{word}"), place)?,
                cumulative: self.lookup.stands(&format!("{stem}.cumulative"), place)?,
                limit: None,
                outstanding: None,
                released: None,
                reason: None,
            });
        }
        let claim = tier.and_then(|tier| self.told.claims.iter().find(|claim| claim.tier.as_ref() == tier));
        Ok(StatementLineDto {
            kind: kind.to_owned(),
            tier: tier.map(str::to_owned),
            label: claim.and_then(|claim| claim.label.as_deref()).map(str::to_owned),
            role: None,
            clause: None,
            group: None,
            depth: 0,
            party: party.map(str::to_owned),
            basis: "arriving".to_owned(),
            limited: false,
            contract: None,
            until: None,
            periods,
        })
    }

    fn reason(
        &self,
        claim: &ClaimHistory,
        period: &ClaimPeriod,
        at: &str,
        place: usize,
    ) -> Result<StatementReasonDto, AppError> {
        let kind = |kind: &str| StatementReasonDto { kind: kind.to_owned(), ..StatementReasonDto::default() };
        Ok(match &period.reason {
            Reason::Open => kind("open"),
            Reason::LimitReached { on } => {
                StatementReasonDto { on: on.map(|on| on.to_string()), ..kind("limit_reached") }
            }
            Reason::NothingOwed => kind("nothing_owed"),
            Reason::MoneyRanOut => kind("money_ran_out"),
            Reason::Recouping => kind("recouping"),
            Reason::NothingArrived => kind("nothing_arrived"),
            Reason::OtherStep { tier } => {
                StatementReasonDto { tier: Some(tier.to_string()), ..kind("other_step") }
            }
            Reason::ConditionsNotMet { condition, since } => StatementReasonDto {
                on: since.map(|since| since.to_string()),
                condition: self.condition(claim, condition)?,
                ..kind("conditions_not_met")
            },
            Reason::OutsideContract { contract, from, to, .. } => {
                let end = self.told.periods.get(place).map(|period| period.end);
                let over = to.is_some_and(|to| end.is_some_and(|end| to <= end));
                StatementReasonDto {
                    contract: Some(contract.to_string()),
                    day: if over { to } else { from }.map(|day| day.to_string()),
                    passed: self.lookup.moved(&format!("{at}.passed"), place)?,
                    lapsed: self.lookup.moved(&format!("{at}.lapsed"), place)?,
                    ..kind(if over { "expired" } else { "not_begun" })
                }
            }
            Reason::Held { .. } => StatementReasonDto {
                balance: self.lookup.stands(&format!("{at}.balance"), place)?,
                ..kind("held")
            },
        })
    }

    /// The condition at a path of a claim, as the document holds it.
    fn condition(&self, claim: &ClaimHistory, path: &str) -> Result<Option<Value>, AppError> {
        let place =
            path.rsplit_once('[').and_then(|(_, place)| place.strip_suffix(']')?.parse::<usize>().ok());
        let tier = self.plan.positions().into_iter().find(|(_, tier)| tier.id == claim.tier.as_ref());
        let Some((_, tier)) = tier else { return Ok(None) };
        let Takes::Share(share) = &tier.takes else { return Ok(None) };
        let condition: Option<&Condition> = place.and_then(|place| share.conditions.get(place));
        condition.map(serde_json::to_value).transpose().map_err(|reason| {
            AppError::new(ErrorCode::Internal, "The condition cannot be written.").with("reason", reason)
        })
    }

    /// The balances behind the claims that are shown.
    fn ledgers(&self, lines: &[StatementLineDto]) -> Result<Vec<StatementLedgerDto>, AppError> {
        let mut out = Vec::new();
        for ledger in self.told.ledgers.iter().filter(|ledger| !ledger.rows.is_empty()) {
            let shown = |claim: &str| lines.iter().any(|line| line.tier.as_deref() == Some(claim));
            if !ledger.claims.iter().any(|claim| shown(claim)) {
                continue;
            }
            let at = format!("recoupment.claims.{}", ledger.tier);
            let mut days = Vec::with_capacity(ledger.rows.len());
            let mut rate = None;
            for row in &ledger.rows {
                let here = |word: &str| self.lookup.at(&format!("{at}.{word}[{}]", row.on));
                rate = here("interest_rate")?.or(rate);
                let period = self.told.periods.iter().position(|period| row.on <= period.end);
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
            let periods = (0..self.told.periods.len()).map(|place| {
                let moved = |word: &str| self.lookup.moved(&format!("{at}.{word}"), place);
                Ok(LedgerPeriodDto {
                    drawn: moved("drawn")?,
                    interest: moved("interest")?,
                    interest_paid: moved("interest_paid")?,
                    principal_paid: moved("principal_paid")?,
                    balance: self.lookup.stands(&format!("{at}.balance"), place)?,
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
}

/// A word of the document, such as a role.
pub(super) fn word(of: &impl serde::Serialize) -> Result<String, AppError> {
    let value = serde_json::to_value(of).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The statement cannot be written.").with("reason", reason)
    })?;
    Ok(value.as_str().unwrap_or_default().to_owned())
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
