//! Names of scenarios, which say everything about them.

use recoup_deal::AllocationKind;
use recoup_scenarios::{Options, Origin, Templates, Wish};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::{AppError, ErrorCode, wire::AllocationDto};

/// A scenario that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) wish: Wish,
    /// The most that equity may be, in minor units of the deal's currency.
    pub(crate) equity_at_most: Option<i64>,
}

impl Asked {
    pub(super) fn limited(mut self, equity_at_most: Option<i64>) -> Self {
        self.equity_at_most = equity_at_most;
        self
    }

    pub(super) fn options(&self, currency: recoup_money::Currency) -> Options {
        let money = |minor| recoup_money::Money::new(minor, currency);
        Options { equity_at_most: self.equity_at_most.map(money) }
    }

    /// `debt_heavy`, `custom:equity=40,senior_debt=60`, and `@900000000` where equity is limited.
    pub(crate) fn key(&self) -> String {
        let shape = match &self.wish.origin {
            Origin::Template(id) => id.clone(),
            Origin::Custom | Origin::Optimised => {
                let parts: Vec<String> = self
                    .wish
                    .shares
                    .iter()
                    .map(|(kind, percent)| format!("{}={}", word(*kind), percent.normalize()))
                    .collect();
                format!("custom:{}", parts.join(","))
            }
        };
        match self.equity_at_most {
            Some(most) => format!("{shape}@{most}"),
            None => shape,
        }
    }

    /// Reads what [`Asked::key`] wrote; none where nobody wrote it.
    pub(crate) fn read(templates: &Templates, key: &str) -> Option<Self> {
        let (shape, limit) = match key.split_once('@') {
            Some((shape, limit)) => (shape, Some(limit.parse().ok().filter(|limit| *limit >= 0)?)),
            None => (key, None),
        };
        let wish = match shape.strip_prefix("custom:") {
            Some(parts) => {
                let part = |part: &str| {
                    let (kind, percent) = part.split_once('=')?;
                    Some((kind_of(kind)?, percent.parse::<Decimal>().ok()?))
                };
                let parts = parts.split(',').map(part).collect::<Option<Vec<_>>>()?;
                templates.custom("Custom", &parts, "scenario").ok()?
            }
            None => templates.named(shape)?.clone(),
        };
        Some(Self { wish, equity_at_most: limit })
    }
}

/// The id of a template.
pub(super) fn template_of(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Template(id) => Some(id.clone()),
        Origin::Custom | Origin::Optimised => None,
    }
}

/// A template by its id.
pub(super) fn template(templates: &Templates, id: &str, path: &str) -> Result<Asked, AppError> {
    let wish = templates.named(id).cloned().ok_or_else(|| {
        let known: Vec<String> =
            templates.wishes.iter().filter_map(|wish| template_of(&wish.origin)).collect();
        AppError::new(ErrorCode::InvalidRequest, "There is no such template.")
            .with("path", path)
            .with("given", id)
            .with("allowed", known.join(", "))
    })?;
    Ok(Asked { wish, equity_at_most: None })
}

/// A person's own allocation.
pub(super) fn custom(
    templates: &Templates,
    allocation: &AllocationDto,
    path: &str,
) -> Result<Asked, AppError> {
    let mut parts = Vec::with_capacity(allocation.parts.len());
    for (place, part) in allocation.parts.iter().enumerate() {
        let kind = kind_of(&part.kind).ok_or_else(|| {
            let known: Vec<&str> = KINDS.iter().map(|kind| word(*kind)).collect();
            AppError::new(ErrorCode::InvalidRequest, "There is no such kind of money.")
                .with("path", format!("{path}[{place}].kind"))
                .with("given", &part.kind)
                .with("allowed", known.join(", "))
        })?;
        let percent = Decimal::from_str_exact(part.percent.trim()).map_err(|_| {
            AppError::new(ErrorCode::InvalidRequest, "A share is a number of per cent, such as 12.5.")
                .with("path", format!("{path}[{place}].percent"))
                .with("given", &part.percent)
                .with("min", 0)
                .with("max", 100)
        })?;
        parts.push((kind, percent));
    }
    let name = allocation.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let wish = templates.custom(name.unwrap_or("Custom"), &parts, path)?;
    Ok(Asked { wish, equity_at_most: None })
}

const KINDS: [AllocationKind; 8] = [
    AllocationKind::Equity,
    AllocationKind::SeniorDebt,
    AllocationKind::GapDebt,
    AllocationKind::Mezzanine,
    AllocationKind::Presales,
    AllocationKind::Incentives,
    AllocationKind::Grants,
    AllocationKind::Deferrals,
];

/// The word of a kind of money in files and addresses.
pub(crate) fn word(kind: AllocationKind) -> &'static str {
    match kind {
        AllocationKind::Equity => "equity",
        AllocationKind::SeniorDebt => "senior_debt",
        AllocationKind::GapDebt => "gap_debt",
        AllocationKind::Mezzanine => "mezzanine",
        AllocationKind::Presales => "presales",
        AllocationKind::Incentives => "incentives",
        AllocationKind::Grants => "grants",
        AllocationKind::Deferrals => "deferrals",
    }
}

pub(crate) fn kind_of(text: &str) -> Option<AllocationKind> {
    serde_json::from_value(Value::from(text)).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use super::*;
    use crate::scenarios::templates;

    #[test]
    fn a_key_says_everything_about_a_scenario() {
        let templates = templates().unwrap();
        for key in ["debt_heavy", "balanced@900000000", "custom:equity=40.5,senior_debt=59.5@0"] {
            assert_eq!(Asked::read(&templates, key).unwrap().key(), key);
        }
        for key in ["", "nothing", "custom:equity=40", "debt_heavy@-1", "custom:equity=x"] {
            assert_eq!(Asked::read(&templates, key), None, "{key}");
        }
        for kind in KINDS {
            assert_eq!(kind_of(word(kind)), Some(kind));
        }
    }
}
