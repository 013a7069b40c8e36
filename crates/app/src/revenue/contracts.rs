//! Distributors' contracts with the usual terms, each assumed until somebody types it.

use recoup_deal::{Deal, Edit, edited};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    App, AppError, ErrorCode,
    deals::change,
    wire::{AddDistribution, DealView, RevenueTermDto},
};

const FILE: &str = include_str!("../revenue_terms.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Market {
    reviewed: String,
    term: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    term: String,
    low: String,
    usual: String,
    high: String,
    confidence: String,
    source: String,
}

fn market() -> Result<Market, AppError> {
    toml::from_str(FILE).map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))
}

/// What distributors and agents usually keep.
pub(super) fn terms() -> Result<Vec<RevenueTermDto>, AppError> {
    let shown = |term: Term| RevenueTermDto {
        term: term.term,
        low: term.low,
        usual: term.usual,
        high: term.high,
        confidence: term.confidence,
        source: term.source,
    };
    Ok(market()?.term.into_iter().map(shown).collect())
}

/// The windows whose fees usually differ from the contract's, with the term that says by how much.
const WINDOW_FEES: [(&str, &[&str], &str); 4] = [
    ("rental", &["pvod", "tvod", "est"], "window_fee.tvod_est"),
    ("streaming", &["svod"], "window_fee.svod"),
    ("advertising", &["avod", "fast"], "window_fee.avod"),
    ("television", &["pay_tv", "free_tv"], "window_fee.tv"),
];

/// Adds a distributor's contract with the usual terms: one revision.
pub async fn add_distribution(app: &App, request: AddDistribution) -> Result<DealView, AppError> {
    let AddDistribution { deal, revision, label, territories, distributor, guarantee } = request;
    if territories.is_empty() || label.trim().is_empty() {
        let message = "A contract has a name and at least one territory.";
        return Err(AppError::new(ErrorCode::InvalidRequest, message).with("path", "territories"));
    }
    let asked = Asked { label, territories, distributor, guarantee };
    change(app, &deal, revision, "revenue.distribution", |before| {
        Ok(edited(before, &edits(before, &asked)?)?)
    })
    .await
}

struct Asked {
    label: String,
    territories: Vec<String>,
    distributor: Option<String>,
    guarantee: Option<String>,
}

fn edits(deal: &Deal, asked: &Asked) -> Result<Vec<Edit>, AppError> {
    let Market { reviewed, term } = market()?;
    let of = |name: &str| {
        let missing = || AppError::new(ErrorCode::Internal, "A usual term is missing.").with("term", name);
        term.iter().find(|term| term.term == name).ok_or_else(missing)
    };
    let id = fresh("distribution", deal.revenue.distribution.iter().map(|one| one.id.as_str()));
    let in_cinemas = asked.territories.iter().any(|code| code == "US");
    let fee = of(if in_cinemas { "distribution_fee.us" } else { "distribution_fee" })?;
    let mut assumed = vec![(format!("revenue.distribution[{id}].fee"), fee)];
    let mut window_fees = Vec::new();
    for (fee_id, windows, name) in WINDOW_FEES {
        let term = of(name)?;
        window_fees.push(json!({"id": fee_id, "windows": windows, "share": term.usual}));
        assumed.push((format!("revenue.distribution[{id}].window_fees[{fee_id}].share"), term));
    }
    let mut contract = json!({
        "id": id, "label": asked.label, "territories": asked.territories, "fee": fee.usual, "window_fees": window_fees,
    });
    let given = [("distributor", &asked.distributor), ("guarantee", &asked.guarantee)];
    for (field, value) in given {
        if let (Some(value), Some(fields)) = (value, contract.as_object_mut()) {
            fields.insert(field.to_owned(), json!(value));
        }
    }
    let mut found = vec![Edit::insert("revenue.distribution", contract)];
    let mut taken: Vec<String> = deal.assumptions.iter().map(|one| one.id.clone()).collect();
    for (path, term) in assumed {
        let name = fresh("distribution-term", taken.iter().map(String::as_str));
        found.push(Edit::insert("assumptions", assumption(&name, &path, term, &reviewed)));
        taken.push(name);
    }
    Ok(found)
}

fn assumption(id: &str, path: &str, term: &Term, reviewed: &str) -> Value {
    json!({"id": id, "path": path, "value": term.usual, "source": term.source, "low": term.low, "high": term.high,
        "confidence": term.confidence, "seen": reviewed})
}

fn fresh<'a>(wished: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.collect();
    let numbered = (2..).map(|number| format!("{wished}-{number}"));
    let mut names = std::iter::once(wished.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(&name.as_str())).unwrap_or_else(|| wished.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

    use recoup_deal::{check, get, read_deal};
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn usual_terms_are_ordered_and_say_where_they_were_read() {
        for term in terms().unwrap() {
            let [low, usual, high] =
                [&term.low, &term.usual, &term.high].map(|text| Decimal::from_str_exact(text).unwrap());
            assert!(low <= usual && usual <= high && high < Decimal::ONE, "{}", term.term);
            assert!(["high", "medium", "low"].contains(&term.confidence.as_str()), "{}", term.term);
            assert!(!term.source.is_empty(), "{}", term.term);
        }
    }

    #[test]
    fn an_added_contract_has_usual_terms_that_are_marked_as_assumed() {
        let deal = read_deal(include_str!("../../../../examples/tin-orchard.deal.json")).unwrap();
        let asked = Asked {
            label: "Distribution, Italy".into(),
            territories: vec!["IT".into()],
            distributor: None,
            guarantee: None,
        };
        let after = edited(&deal, &edits(&deal, &asked).unwrap()).unwrap();
        let fee = get(&after, "revenue.distribution[distribution].fee");
        assert_eq!(fee, Some(json!("0.27")));
        let added = &after.assumptions[deal.assumptions.len()..];
        assert_eq!(added.len(), 5);
        let lost: Vec<_> =
            check(&after).into_iter().filter(|one| one.code.starts_with("ASSUMPTION_")).collect();
        let known: Vec<_> =
            check(&deal).into_iter().filter(|one| one.code.starts_with("ASSUMPTION_")).collect();
        assert_eq!(lost, known, "every new assumption names a cell that holds its value");
    }
}
