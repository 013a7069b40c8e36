//! Amendments name what the plan has, in the terms it is written in

use recoup_deal::recoupment::{Change, Limit, Takes, Tier};
use recoup_money::Money;

use super::{Compiler, Result, meaningless, unknown};

impl Compiler<'_> {
    pub(super) fn amendments(&self) -> Result<()> {
        let positions = self.plan.positions();
        let tier_of = |path: &str, id: &str| -> Result<&Tier> {
            let found = positions.iter().find(|(_, tier)| tier.id == id);
            found.map(|(_, tier)| *tier).ok_or_else(|| unknown(&format!("{path}.tier"), "tier", id))
        };
        for amendment in &self.plan.amendments {
            let path = format!("recoupment.amendments[{}].change", amendment.id);
            match &amendment.change {
                Change::Rate { tier, .. } => match &tier_of(&path, tier)?.takes {
                    Takes::Share(_) | Takes::Reserve(_) | Takes::Enters(_) => {}
                    Takes::Together(_) | Takes::Steps(_) => {
                        return Err(meaningless(&path, "the tier it names has no rate of its own"));
                    }
                },
                Change::Contract { contract, value, .. } => {
                    if !self.plan.contracts.iter().any(|known| known.id == *contract) {
                        return Err(unknown(&format!("{path}.contract"), "contract", contract));
                    }
                    self.optional(&format!("{path}.value"), *value)?;
                }
                Change::Limit { tier, amount, factor, rate } => {
                    self.optional(&format!("{path}.amount"), *amount)?;
                    let given = (amount.is_some(), factor.is_some(), rate.is_some());
                    if !fits(&tier_of(&path, tier)?.takes, given) {
                        return Err(meaningless(&path, "the limit of the tier it names has no such term"));
                    }
                }
                Change::Payee { tier, .. } => match &tier_of(&path, tier)?.takes {
                    Takes::Share(_) => {}
                    Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => {
                        return Err(meaningless(&path, "the tier it names has no payee"));
                    }
                },
                Change::ExpenseCap { expense_type, cap } => {
                    self.expense(&format!("{path}.expense_type"), expense_type)?;
                    self.minor(&format!("{path}.cap"), *cap)?;
                }
            }
        }
        Ok(())
    }

    fn optional(&self, path: &str, amount: Option<Money>) -> Result<()> {
        amount.map_or(Ok(()), |amount| self.minor(path, amount).map(|_| ()))
    }
}

/// Whether a change of amount, factor and rate says something about a limit, and nothing that it lacks.
fn fits(takes: &Takes, given: (bool, bool, bool)) -> bool {
    let limit = match takes {
        Takes::Share(share) => &share.limit,
        Takes::Enters(part) => &part.limit,
        Takes::Reserve(reserve) => return reserve.cap.is_some() && given == (true, false, false),
        Takes::Together(_) | Takes::Steps(_) => return false,
    };
    match limit {
        Some(Limit::Amount { .. } | Limit::PerUnit { .. }) => given == (true, false, false),
        Some(Limit::Expenses { .. } | Limit::Invested { .. } | Limit::MultipleHurdle { .. }) => {
            given == (false, true, false)
        }
        Some(Limit::IrrHurdle { .. }) => given == (false, false, true),
        Some(Limit::Premium { .. } | Limit::PreferredReturn { .. }) => given == (false, false, true),
        Some(Limit::PrincipalAndInterest { .. }) => !given.0 && (given.1 || given.2),
        None => false,
    }
}
