//! From the case format to a plan and what happens to it

use std::collections::BTreeSet;

use recoup_calendar::{Date, DayCount};
use recoup_deal::recoupment::{
    Compounding, Condition, ExpenseType, FilmCost, InterestTerms, Limit, Membership, PaymentOrder,
    PlanContract, PlanSource, RateBase, Ratio, RecoupmentPlan, Relation, Role, Share, Split, Steps, Takes,
    Target, Tier, Together, Unpaid,
};
use recoup_money::{Currency, Money};
use serde_json::{Map, Value};

use crate::{
    exact::{Exact, UNIT, saturate},
    inputs::{Amendment, Change, DeclaredExpense, Drawing, FilmEvent, Happening, Receipt, RunInputs},
};

type Read<T> = Result<T, String>;
type Object = Map<String, Value>;

/// A case as a plan, and what happens to it in the order given.
pub(super) struct Case {
    pub plan: RecoupmentPlan,
    pub inputs: RunInputs,
    /// Minor units in one unit of the case.
    pub scale: i128,
    order: Vec<Place>,
}

/// Where in the inputs the next thing that happens stands.
#[derive(Clone, Copy)]
enum Place {
    Receipt(usize),
    Expense(usize),
    Drawing(usize),
    Event(usize),
    Amendment(usize),
}

impl Case {
    pub(super) fn timeline(&self) -> Vec<Happening<'_>> {
        let inputs = &self.inputs;
        self.order
            .iter()
            .map(|place| match *place {
                Place::Receipt(index) => Happening::Receive(index, &inputs.receipts[index]),
                Place::Expense(index) => Happening::Expense(index, &inputs.expenses[index]),
                Place::Drawing(index) => Happening::Draw(index, &inputs.drawings[index]),
                Place::Event(index) => Happening::Event(&inputs.events[index]),
                Place::Amendment(index) => Happening::Amend(&inputs.amendments[index]),
            })
            .collect()
    }
}

/// An amount of the case in trillionths of a minor unit.
pub(super) fn exact(amount: Ratio, scale: i128) -> Option<Exact> {
    i128::from(amount.numerator())
        .checked_mul(scale)?
        .checked_mul(UNIT)
        .map(|top| top / i128::from(amount.denominator()))
}

pub(super) fn translate(case: &Value) -> Read<Case> {
    let schema = case.get("schema").and_then(Value::as_str).unwrap_or("none");
    if schema != "waterfall-case/1" {
        return Err(format!("the format is `{schema}`, not `waterfall-case/1`"));
    }
    let structure = object(case.get("structure"), "structure")?;
    let timeline = array(case.get("timeline"), "timeline")?;
    let mut reader = Reader { scale: 100 };
    reader.scale = reader.common_scale(structure, timeline)?;
    let mut out = Case {
        plan: reader.plan(structure)?,
        inputs: RunInputs::new(Currency::XTS),
        scale: reader.scale,
        order: Vec::new(),
    };
    for happening in timeline {
        reader.happening(object(Some(happening), "timeline")?, &mut out)?;
    }
    Ok(out)
}

struct Reader {
    scale: i128,
}

fn object<'a>(value: Option<&'a Value>, at: &str) -> Read<&'a Object> {
    value.and_then(Value::as_object).ok_or_else(|| format!("`{at}` is not an object"))
}

fn array<'a>(value: Option<&'a Value>, at: &str) -> Read<&'a [Value]> {
    value.and_then(Value::as_array).map(Vec::as_slice).ok_or_else(|| format!("`{at}` is not a list"))
}

fn items<'a>(from: &'a Object, key: &str) -> Read<&'a [Value]> {
    from.get(key).map_or(Ok(&[]), |value| array(Some(value), key))
}

fn text<'a>(from: &'a Object, key: &str) -> Read<&'a str> {
    from.get(key).and_then(Value::as_str).ok_or_else(|| format!("`{key}` is missing or not a text"))
}

fn owned(from: &Object, key: &str) -> Read<String> {
    text(from, key).map(str::to_owned)
}

fn optional(from: &Object, key: &str) -> Read<Option<String>> {
    from.get(key).map(|_| owned(from, key)).transpose()
}

fn texts(from: &Object, key: &str) -> Read<Vec<String>> {
    let read = |value: &Value| {
        value.as_str().map(str::to_owned).ok_or_else(|| format!("`{key}` is not a list of texts"))
    };
    items(from, key)?.iter().map(read).collect()
}

fn ratio(from: &Object, key: &str) -> Read<Ratio> {
    text(from, key)?.parse().map_err(|error| format!("`{key}`: {error}"))
}

fn ratio_or_one(from: &Object, key: &str) -> Read<Ratio> {
    from.get(key).map_or(Ok(Ratio::ONE), |_| ratio(from, key))
}

fn date(from: &Object, key: &str) -> Read<Option<Date>> {
    let Some(written) = from.get(key) else { return Ok(None) };
    let written = written.as_str().ok_or_else(|| format!("`{key}` is not a date"))?;
    written.parse().map(Some).map_err(|error| format!("`{key}`: {error}"))
}

fn day(from: &Object) -> Read<Date> {
    date(from, "date")?.ok_or_else(|| "`date` is missing".to_owned())
}

/// A field that is not known is a construct that is not supported.
fn only(from: &Object, what: &str, known: &[&str]) -> Read<()> {
    match from.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("the construct `{key}` of {what} is not supported")),
        None => Ok(()),
    }
}

fn relation(from: &Object) -> Read<Relation> {
    match text(from, "is")? {
        "below" => Ok(Relation::Below),
        "at_least" => Ok(Relation::AtLeast),
        other => Err(format!("the relation `{other}` is not supported")),
    }
}

fn membership(from: &Object) -> Read<Membership> {
    match text(from, "is")? {
        "in" => Ok(Membership::In),
        "not_in" => Ok(Membership::NotIn),
        other => Err(format!("the relation `{other}` is not supported")),
    }
}

/// Names under which an investment is counted: its contract, its party, and both.
fn of_party(party: &str) -> String {
    format!("party {party}")
}

fn of_party_under(party: &str, contract: &str) -> String {
    format!("party {party} under {contract}")
}

impl Reader {
    /// The smallest scale at which every amount is a whole number of minor units.
    fn common_scale(&self, structure: &Object, timeline: &[Value]) -> Read<i128> {
        fn collect(value: &Value, into: &mut BTreeSet<i64>) {
            const AMOUNTS: [&str; 6] = ["amount", "target", "cap", "value", "cost", "already_covered"];
            match value {
                Value::Object(fields) => {
                    for (key, value) in fields {
                        let amount = value.as_str().filter(|_| AMOUNTS.contains(&key.as_str()));
                        match amount.and_then(|text| text.parse::<Ratio>().ok()) {
                            Some(amount) => {
                                into.insert(amount.denominator());
                            }
                            None => collect(value, into),
                        }
                    }
                }
                Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        let mut denominators = BTreeSet::new();
        structure.values().chain(timeline).for_each(|value| collect(value, &mut denominators));
        let mut scale = self.scale;
        for denominator in denominators.into_iter().map(i128::from) {
            let (mut a, mut b) = (scale, denominator);
            while b != 0 {
                (a, b) = (b, a % b);
            }
            scale = scale / a * denominator;
            if scale > 1_000_000_000 {
                return Err("the amounts have too many different denominators".to_owned());
            }
        }
        Ok(scale)
    }

    fn amount(&self, from: &Object, key: &str) -> Read<Money> {
        let value = ratio(from, key)?;
        let minor = i128::from(value.numerator()) * self.scale / i128::from(value.denominator());
        Ok(Money::new(saturate(minor), Currency::XTS))
    }

    fn plan(&self, structure: &Object) -> Read<RecoupmentPlan> {
        only(
            structure,
            "structure",
            &["parties", "sources", "nodes", "expense_types", "contracts", "film_costs"],
        )?;
        let mut plan = RecoupmentPlan { parties: texts(structure, "parties")?, ..RecoupmentPlan::default() };
        for item in items(structure, "sources")? {
            let from = object(Some(item), "sources")?;
            only(from, "a source", &["id", "enters", "territories", "media"])?;
            plan.sources.push(PlanSource {
                id: owned(from, "id")?,
                enters: owned(from, "enters")?,
                receives: Vec::new(),
                receives_others: false,
                territories: texts(from, "territories")?,
                media: texts(from, "media")?,
            });
        }
        for item in items(structure, "nodes")? {
            plan.tiers.push(self.tier(object(Some(item), "nodes")?)?);
        }
        for item in items(structure, "expense_types")? {
            let from = object(Some(item), "expense_types")?;
            only(from, "an expense type", &["id", "cap"])?;
            let cap = Some(self.amount(from, "cap")?).filter(|cap| !cap.is_zero());
            let id = owned(from, "id")?;
            plan.expense_types.push(ExpenseType { id, cap, cap_of_receipts: None, declared: Vec::new() });
        }
        for item in items(structure, "contracts")? {
            let from = object(Some(item), "contracts")?;
            only(from, "a contract", &["id", "value", "from", "to"])?;
            let value = from.get("value").map(|_| self.amount(from, "value")).transpose()?;
            let (id, from, to) = (owned(from, "id")?, date(from, "from")?, date(from, "to")?);
            plan.contracts.push(PlanContract { id, value, from, to });
        }
        for item in items(structure, "film_costs")? {
            let from = object(Some(item), "film_costs")?;
            only(from, "a film cost", &["id", "cost", "already_covered", "pool"])?;
            plan.film_costs.push(FilmCost {
                id: owned(from, "id")?,
                cost: self.amount(from, "cost")?,
                already_covered: self.amount(from, "already_covered")?,
                pool: owned(from, "pool")?,
            });
        }
        Ok(plan)
    }

    fn tier(&self, from: &Object) -> Read<Tier> {
        let takes = match text(from, "kind")? {
            "share" => Takes::Share(self.share(from)?),
            "together" => Takes::Together(self.together(from)?),
            "steps" => {
                only(from, "steps", &["id", "kind", "then", "members", "base_rate"])?;
                Takes::Steps(Steps {
                    members: self.members(from)?,
                    base_rate: ratio_or_one(from, "base_rate")?,
                })
            }
            other => return Err(format!("the kind of node `{other}` is not supported")),
        };
        let (id, then) = (owned(from, "id")?, optional(from, "then")?);
        Ok(Tier { id, label: None, clause: None, role: Role::Other, takes, then })
    }

    fn members(&self, from: &Object) -> Read<Vec<Tier>> {
        items(from, "members")?.iter().map(|item| self.tier(object(Some(item), "members")?)).collect()
    }

    fn share(&self, from: &Object) -> Read<Share> {
        const KNOWN: [&str; 11] = [
            "id",
            "kind",
            "then",
            "payee",
            "rate",
            "while",
            "pools",
            "contract",
            "rate_base",
            "unpaid",
            "until",
        ];
        only(from, "a share", &KNOWN)?;
        let rate_base = match optional(from, "rate_base")?.as_deref() {
            None | Some("arriving") => RateBase::Arriving,
            Some("gross_of_receipt") => RateBase::GrossOfReceipt,
            Some(other) => return Err(format!("the rate base `{other}` is not supported")),
        };
        let unpaid = match optional(from, "unpaid")?.as_deref() {
            None | Some("lapses") => Unpaid::Lapses,
            Some("carries_forward") => Unpaid::CarriesForward,
            Some(other) => return Err(format!("unpaid `{other}` is not supported")),
        };
        let payee = owned(from, "payee")?;
        let contract = optional(from, "contract")?;
        let limit = self.until(from.get("until"), &payee, contract.as_deref())?;
        Ok(Share {
            payee,
            rate: ratio_or_one(from, "rate")?,
            rate_base,
            unpaid,
            limit,
            limit_pool: None,
            in_proportion_to: None,
            conditions: from.get("while").map_or(Ok(Vec::new()), |value| self.conditions(value))?,
            pools: texts(from, "pools")?,
            contract,
            assigned: Vec::new(),
        })
    }

    fn until(&self, value: Option<&Value>, payee: &str, contract: Option<&str>) -> Read<Option<Limit>> {
        let Some(value) = value else { return Ok(None) };
        let from = object(Some(value), "until")?;
        only(from, "until", &["times_invested"])?;
        let instrument = contract.map_or_else(|| of_party(payee), |contract| of_party_under(payee, contract));
        Ok(Some(Limit::Invested { instrument, factor: ratio(from, "times_invested")? }))
    }

    fn together(&self, from: &Object) -> Read<Together> {
        const KNOWN: [&str; 8] =
            ["id", "kind", "then", "members", "base_rate", "shortfall_borne_by", "rates_from", "until"];
        only(from, "together", &KNOWN)?;
        let mut members = self.members(from)?;
        let split = match optional(from, "rates_from")?.as_deref() {
            None if from.contains_key("until") => {
                return Err("`until` of a group without `rates_from` is not supported".to_owned());
            }
            None => Split::Fixed,
            Some("invested") => Split::Invested,
            Some(other) => return Err(format!("rates from `{other}` are not supported")),
        };
        if split == Split::Invested {
            for member in &mut members {
                let Takes::Share(share) = &mut member.takes else {
                    return Err("`rates_from` with members that are not shares is not supported".to_owned());
                };
                let contract = share.contract.as_deref();
                if let Some(limit) = self.until(from.get("until"), &share.payee, contract)? {
                    share.limit = Some(limit);
                }
                let whole = || of_party(&share.payee);
                share.in_proportion_to =
                    Some(contract.map_or_else(whole, |contract| of_party_under(&share.payee, contract)));
            }
        }
        Ok(Together {
            members,
            base_rate: ratio_or_one(from, "base_rate")?,
            split,
            shortfall_borne_by: optional(from, "shortfall_borne_by")?,
        })
    }

    fn conditions(&self, value: &Value) -> Read<Vec<Condition>> {
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

    fn happening(&self, from: &Object, out: &mut Case) -> Read<()> {
        let inputs = &mut out.inputs;
        let place = match text(from, "kind")? {
            "receipt" => {
                only(
                    from,
                    "a receipt",
                    &["kind", "id", "date", "source", "amount", "territories", "media", "contract"],
                )?;
                inputs.receipts.push(Receipt {
                    id: owned(from, "id")?,
                    date: day(from)?,
                    source: owned(from, "source")?,
                    amount: self.amount(from, "amount")?,
                    territories: texts(from, "territories")?,
                    media: texts(from, "media")?,
                    contract: optional(from, "contract")?,
                });
                Place::Receipt(inputs.receipts.len() - 1)
            }
            "expense" => {
                only(
                    from,
                    "an expense",
                    &["kind", "id", "date", "type", "party", "amount", "counts_to_cap"],
                )?;
                inputs.expenses.push(DeclaredExpense {
                    date: day(from)?,
                    kind: owned(from, "type")?,
                    amount: self.amount(from, "amount")?,
                    counts_to_cap: from.get("counts_to_cap").and_then(Value::as_bool).unwrap_or(true),
                });
                Place::Expense(inputs.expenses.len() - 1)
            }
            "investment" => return self.investment(from, out),
            "event" => {
                only(from, "an event", &["kind", "id", "date", "event", "value"])?;
                let (event, value) = (owned(from, "event")?, ratio(from, "value")?);
                inputs.events.push(FilmEvent { date: day(from)?, event, value });
                Place::Event(inputs.events.len() - 1)
            }
            kind @ ("change_contract" | "change_share") => {
                let change = self.change(kind, from)?;
                inputs.amendments.push(Amendment { date: day(from)?, change });
                Place::Amendment(inputs.amendments.len() - 1)
            }
            other => return Err(format!("the kind of event `{other}` is not supported")),
        };
        out.order.push(place);
        Ok(())
    }

    fn change(&self, kind: &str, from: &Object) -> Read<Change> {
        if kind == "change_share" {
            only(from, kind, &["kind", "id", "date", "node", "rate"])?;
            return Ok(Change::Rate { tier: owned(from, "node")?, rate: ratio(from, "rate")? });
        }
        only(from, kind, &["kind", "id", "date", "contract", "to", "value"])?;
        let value = from.get("value").map(|_| self.amount(from, "value")).transpose()?;
        Ok(Change::Contract { contract: owned(from, "contract")?, to: date(from, "to")?, value })
    }

    fn investment(&self, from: &Object, out: &mut Case) -> Read<()> {
        only(from, "an investment", &["kind", "id", "date", "party", "contract", "amount"])?;
        let (date, amount) = (day(from)?, self.amount(from, "amount")?);
        let (party, contract) = (owned(from, "party")?, optional(from, "contract")?);
        let mut names = vec![of_party(&party)];
        if let Some(contract) = contract {
            names.push(of_party_under(&party, &contract));
            names.push(contract);
        }
        for instrument in names {
            out.inputs.drawings.push(Drawing { date, instrument, amount });
            out.order.push(Place::Drawing(out.inputs.drawings.len() - 1));
        }
        Ok(())
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
