//! The lines of a statement: claims, reserves, groups, what is assigned, what is left, and why each has no more

use recoup_deal::recoupment::{Condition, RecoupmentPlan, Takes};
use recoup_waterfall::{
    Accounting, ClaimHistory, ClaimPeriod, GroupHistory, Lapsed, LineOf, PartyHistory, Reason,
};
use serde_json::Value;

use super::view::Lookup;
use crate::{
    AppError, ErrorCode,
    wire::{LinePeriodDto, StatementLineDto, StatementReasonDto},
};

/// What the lines are written from.
pub(super) struct Writing<'a> {
    pub plan: &'a RecoupmentPlan,
    pub told: &'a Accounting,
    pub lookup: &'a Lookup<'a>,
    /// What contracts kept from their shares.
    pub lapsed: &'a [Lapsed],
}

impl Writing<'_> {
    pub(super) fn of_party(&self, history: &PartyHistory) -> Result<Vec<StatementLineDto>, AppError> {
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
    pub(super) fn of_account(&self) -> Result<Vec<StatementLineDto>, AppError> {
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
                    alive: self.lookup.at(&format!("recoupment.lapsed.{}", claim.tier))?,
                    instead: self.instead(claim, place),
                    ..kind(if over { "expired" } else { "not_begun" })
                }
            }
            Reason::Held { .. } => StatementReasonDto {
                balance: self.lookup.stands(&format!("{at}.balance"), place)?,
                ..kind("held")
            },
        })
    }

    /// Who had in a period what a share's contract kept from it.
    fn instead(&self, claim: &ClaimHistory, place: usize) -> Vec<String> {
        let mine = self.lapsed.iter().filter(|one| one.tier == claim.tier && one.period as usize == place);
        let mut out: Vec<String> = Vec::new();
        for part in mine.flat_map(|one| &one.instead).filter(|part| part.amount.is_positive()) {
            let Some(party) = part.payee.as_deref() else { continue };
            if !out.iter().any(|known| known == party) {
                out.push(party.to_owned());
            }
        }
        out
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
}

/// A word of the document, such as a role.
pub(super) fn word(of: &impl serde::Serialize) -> Result<String, AppError> {
    let value = serde_json::to_value(of).map_err(|reason| {
        AppError::new(ErrorCode::Internal, "The statement cannot be written.").with("reason", reason)
    })?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}
