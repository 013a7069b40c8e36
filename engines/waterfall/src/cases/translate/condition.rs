//! Conditions and what they compare with

use recoup_calendar::DayCount;
use recoup_deal::recoupment::{Compounding, Condition, InterestTerms, PaymentOrder, Ratio, Target};
use serde_json::Value;

use super::{
    Reader,
    read::{Object, Read, date, membership, object, only, owned, ratio, ratio_or_one, relation, text, texts},
};

impl Reader {
    pub(super) fn conditions(&self, value: &Value) -> Read<Vec<Condition>> {
        match value {
            Value::Array(values) => values.iter().map(|value| self.condition(value)).collect(),
            single => Ok(vec![self.condition(single)?]),
        }
    }

    fn condition(&self, value: &Value) -> Read<Condition> {
        if value.is_array() {
            return Ok(Condition::All { of: self.conditions(value)? });
        }
        let from = object(Some(value), "while")?;
        if let Some(of) = from.get("all") {
            only(from, "a condition", &["all"])?;
            return Ok(Condition::All { of: self.conditions(of)? });
        }
        if let Some(of) = from.get("any") {
            only(from, "a condition", &["any"])?;
            return Ok(Condition::Any { of: self.conditions(of)? });
        }
        const KNOWN: [&str; 11] = [
            "measure",
            "of",
            "is",
            "target",
            "list",
            "from",
            "to",
            "contract",
            "annual_rate",
            "compounding",
            "factor",
        ];
        only(from, "a condition", &KNOWN)?;
        let of = || owned(from, "of");
        let (is, target) = (|| relation(from), || self.target(from));
        Ok(match text(from, "measure")? {
            "paid_to_party" => Condition::PaidToParty { party: of()?, is: is()?, target: target()? },
            "paid_to_node" => Condition::PaidToTier { tier: of()?, is: is()?, target: target()? },
            "passed_node" => Condition::ReachedTier { tier: of()?, is: is()?, target: target()? },
            "paid_in_pool" => Condition::PaidInPool { pool: of()?, is: is()?, target: target()? },
            "passed_pool" => Condition::PassedPool { pool: of()?, is: is()?, target: target()? },
            "notional_in_pool" => Condition::NotionalInPool { pool: of()?, is: is()?, target: target()? },
            "paid_to_party_against_investment_and_interest" => Condition::PaidAgainstInvestmentAndInterest {
                party: of()?,
                instrument: owned(from, "contract")?,
                interest: interest(from)?,
                factor: factor(from)?,
                is: is()?,
            },
            "film_cost_covered" => {
                Condition::FilmCostCovered { film_cost: of()?, factor: factor(from)?, is: is()? }
            }
            "receipt_territory" => {
                Condition::ReceiptTerritory { is: membership(from)?, list: texts(from, "list")? }
            }
            "receipt_media" => Condition::ReceiptMedia { is: membership(from)?, list: texts(from, "list")? },
            "receipt_date" => Condition::ReceiptDate { from: date(from, "from")?, to: date(from, "to")? },
            "contract_value" => Condition::ContractValue { is: is()?, target: self.amount(from, "target")? },
            "event_value" => {
                Condition::EventValue { event: of()?, is: is()?, target: ratio(from, "target")? }
            }
            other => return Err(format!("the measure `{other}` is not supported")),
        })
    }

    fn target(&self, from: &Object) -> Read<Target> {
        let Some(Value::Object(inner)) = from.get("target") else {
            return Ok(Target::Amount(self.amount(from, "target")?));
        };
        only(inner, "a target", &["expenses_of", "invested_under", "factor"])?;
        let factor = ratio_or_one(inner, "factor")?;
        if inner.contains_key("expenses_of") {
            return Ok(Target::Expenses { of: owned(inner, "expenses_of")?, factor });
        }
        Ok(Target::Invested { instrument: owned(inner, "invested_under")?, factor })
    }
}

/// A factor stands beside the measure, or where other measures have their target.
fn factor(from: &Object) -> Read<Ratio> {
    let Some(Value::Object(target)) = from.get("target") else { return ratio_or_one(from, "factor") };
    only(target, "a target", &["factor"])?;
    ratio_or_one(target, "factor")
}

fn interest(from: &Object) -> Read<InterestTerms> {
    let compounding = match text(from, "compounding")? {
        "simple" => Compounding::Simple,
        "yearly" => Compounding::Yearly,
        other => return Err(format!("the compounding `{other}` is not supported")),
    };
    Ok(InterestTerms {
        rate_annual: ratio(from, "annual_rate")?,
        compounding,
        day_count: DayCount::Act365F,
        payments: PaymentOrder::PrincipalFirst,
    })
}
