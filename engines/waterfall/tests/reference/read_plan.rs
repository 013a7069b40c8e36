//! A plan and its inputs, read from the document by its own words

use serde_json::Value;

use super::{
    balance::{Days, Terms},
    day::{self, Day},
    fraction::{self, Fraction, whole},
    rules::{
        Bearing, Bound, Condition, Contract, Counter, Entry, ExpenseKind, Goal, Is, Kind, Node, Paid,
        Reduces, Rules, Share, Split,
    },
};

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

pub(crate) fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).collect()
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn maybe(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(crate) fn date(value: &Value) -> Option<Day> {
    value.as_str().map(day::read)
}

pub(crate) fn ratio(value: &Value) -> Fraction {
    value.as_str().map_or_else(|| whole(1), fraction::read)
}

/// An amount in cents, of a currency that has a hundred of them.
pub(crate) fn cents(value: &Value) -> Fraction {
    let written = text(value);
    fraction::read(written.trim_start_matches(|sign: char| sign.is_ascii_alphabetic()).trim()) * whole(100)
}

struct Reader<'a> {
    plan: &'a Value,
    rules: Rules,
}

pub(crate) fn plan(document: &Value) -> Rules {
    let mut reader = Reader { plan: document, rules: Rules::default() };
    for contract in list(&document["contracts"]) {
        let value = contract.get("value").map(cents);
        let row = Contract { value, from: date(&contract["from"]), to: date(&contract["to"]) };
        reader.rules.contracts.insert(text(&contract["id"]), row);
    }
    for kind in list(&document["expense_types"]) {
        let of_receipts =
            kind.get("cap_of_receipts").map(|cap| (ratio(&cap["rate"]), texts(&cap["sources"])));
        let row = ExpenseKind { cap: kind.get("cap").map(cents), cap_of_receipts: of_receipts };
        reader.rules.expenses.insert(text(&kind["id"]), row);
    }
    for source in list(&document["sources"]) {
        reader.rules.entries.push(Entry {
            id: text(&source["id"]),
            enters: text(&source["enters"]),
            receives: texts(&source["receives"]),
            receives_others: source["receives_others"].as_bool().unwrap_or(false),
            contract: maybe(&source["contract"]),
            territories: texts(&source["territories"]),
            media: texts(&source["media"]),
        });
    }
    reader.rules.residual = maybe(&document["residual"]);
    for tier in list(&document["tiers"]) {
        reader.tier(tier);
    }
    reader.principal_of_returns();
    reader.hurdles();
    reader.rules
}

impl Reader<'_> {
    fn tier(&mut self, tier: &Value) -> String {
        let id = text(&tier["id"]);
        self.rules.order.push(id.clone());
        let takes = &tier["takes"];
        let kind = match takes["kind"].as_str().unwrap_or_default() {
            "share" => Kind::Share(Box::new(self.share(&id, takes))),
            "reserve" => Kind::Share(Box::new(self.reserve(&id, takes))),
            "enters" => Kind::Enters { share: Box::new(self.share(&id, takes)), into: text(&takes["into"]) },
            "together" => Kind::Together {
                members: list(&takes["members"]).iter().map(|member| self.tier(member)).collect(),
                base: ratio(&takes["base_rate"]),
                split: match takes["split"].as_str() {
                    Some("outstanding") => Split::Outstanding,
                    Some("invested") => Split::Invested,
                    _ => Split::Fixed,
                },
                bearer: maybe(&takes["shortfall_borne_by"]),
            },
            "steps" => Kind::Steps {
                members: list(&takes["members"]).iter().map(|member| self.tier(member)).collect(),
                base: ratio(&takes["base_rate"]),
            },
            other => panic!("tiers of the kind `{other}` are not known here"),
        };
        let node = Node { then: maybe(&tier["then"]), rate: ratio(&takes["rate"]), kind };
        self.rules.nodes.insert(id.clone(), node);
        id
    }

    fn share(&mut self, id: &str, takes: &Value) -> Share {
        let mut share = Share {
            payee: maybe(&takes["payee"]),
            of_gross: of_gross(takes),
            gross_of: texts(&takes["gross_of"]),
            conditions: list(&takes["while"]).iter().map(|condition| self.condition(condition)).collect(),
            pools: texts(&takes["pools"]),
            contract: maybe(&takes["contract"]),
            assigned: list(&takes["assigned"])
                .iter()
                .map(|part| (text(&part["to"]), ratio(&part["part"])))
                .collect(),
            ..Share::default()
        };
        if let Some(limit) = takes.get("limit") {
            share.limit = Some(self.limit(id, takes, limit));
            share.weighs = maybe(&limit["instrument"]);
            share.reduces.extend(match limit["kind"].as_str() {
                Some("principal_and_interest") => Some((self.balance_of(limit), Reduces::Whole)),
                Some("preferred_return") => Some((self.balance_of(limit), Reduces::Return)),
                _ => None,
            });
        }
        share.weighs = maybe(&takes["in_proportion_to"]).or(share.weighs);
        share
    }

    fn reserve(&mut self, id: &str, takes: &Value) -> Share {
        let limit = takes.get("cap").map(|cap| {
            self.rules.limits.insert(id.to_owned(), Goal::Amount(cents(cap)));
            Bound { counter: Counter::Paid(id.to_owned()), goal: Goal::LimitOf(id.to_owned()) }
        });
        let months = takes["release_months"].as_i64().and_then(|months| i32::try_from(months).ok());
        Share {
            of_gross: of_gross(takes).map(|_| false),
            limit,
            holds: Some((months.expect("a number of months"), text(&takes["release_to"]))),
            ..Share::default()
        }
    }

    fn limit(&mut self, id: &str, takes: &Value, limit: &Value) -> Bound {
        let instrument = maybe(&limit["instrument"]).unwrap_or_default();
        let kind = limit["kind"].as_str().unwrap_or_default();
        let goal = match kind {
            "amount" => Goal::Amount(cents(&limit["amount"])),
            "expenses" => Goal::Expenses(text(&limit["of"]), ratio(&limit["factor"])),
            "invested" => Goal::Invested(instrument, ratio(&limit["factor"])),
            "premium" => Goal::Invested(instrument, ratio(&limit["rate"])),
            "principal_and_interest" => Goal::Owed(self.balance_of(limit), ratio(&limit["factor"])),
            "preferred_return" => Goal::Interest(self.balance_of(limit)),
            "irr_hurdle" => Goal::Owed(self.balance_of(limit), whole(1)),
            "multiple_hurdle" => Goal::Owed(self.balance_of(limit), ratio(&limit["multiple"])),
            "per_unit" => Goal::Units(
                text(&limit["series"]),
                cents(&limit["amount"]),
                whole(limit["beyond"].as_i64().unwrap_or(0)),
            ),
            other => panic!("limits of the kind `{other}` are not known here"),
        };
        let counter = match (maybe(&takes["limit_pool"]), kind) {
            (Some(pool), _) => Counter::InPool(pool),
            (None, "principal_and_interest" | "irr_hurdle" | "multiple_hurdle") => {
                Counter::OnBalance(self.balance_of(limit))
            }
            (None, _) => Counter::Paid(id.to_owned()),
        };
        self.rules.limits.insert(id.to_owned(), goal);
        Bound { counter, goal: Goal::LimitOf(id.to_owned()) }
    }

    fn balance_of(&mut self, limit: &Value) -> usize {
        let still = || Terms { rate: whole(0), ..terms(&Value::Null) };
        let (paid, terms) = match limit["kind"].as_str() {
            Some("preferred_return") => (Paid::Return, limit.get("interest").map(terms)),
            // A rate of return compounds from day to day; a multiple does not grow.
            Some("irr_hurdle") => (Paid::All, Some(Terms { effective: true, ..terms(limit) })),
            Some("multiple_hurdle") => (Paid::All, Some(still())),
            _ => (Paid::Claims, limit.get("interest").map(terms)),
        };
        self.rules.balance(Bearing { instrument: text(&limit["instrument"]), terms, paid })
    }

    /// A claim on an investment pays the principal that a preferred return on it is counted on.
    fn principal_of_returns(&mut self) {
        let mut found = Vec::new();
        let mut seen = vec![self.plan["tiers"].clone()];
        while let Some(tiers) = seen.pop() {
            for tier in list(&tiers) {
                let takes = &tier["takes"];
                seen.push(takes["members"].clone());
                if takes["limit"]["kind"] == "invested" {
                    found.push((text(&tier["id"]), text(&takes["limit"]["instrument"])));
                }
            }
        }
        for (id, instrument) in found {
            let of = |row: &Bearing| row.paid == Paid::Return && row.instrument == instrument;
            let places: Vec<usize> =
                (0..self.rules.balances.len()).filter(|place| of(&self.rules.balances[*place])).collect();
            if let Some(Kind::Share(share)) = self.rules.nodes.get_mut(&id).map(|node| &mut node.kind) {
                share.reduces.extend(places.into_iter().map(|place| (place, Reduces::Principal)));
            }
        }
    }

    /// Every claim whose limit names an instrument counts towards the hurdles on it; where its limit names none, what
    /// it is in proportion to does.
    fn hurdles(&mut self) {
        let mut found = Vec::new();
        let mut seen = vec![self.plan["tiers"].clone()];
        while let Some(tiers) = seen.pop() {
            for tier in list(&tiers) {
                let takes = &tier["takes"];
                seen.push(takes["members"].clone());
                let instrument = maybe(&takes["limit"]["instrument"]).or(maybe(&takes["in_proportion_to"]));
                if let Some(instrument) = instrument.filter(|_| takes["kind"] == "share") {
                    found.push((text(&tier["id"]), instrument));
                }
            }
        }
        for (id, instrument) in found {
            let of = |row: &Bearing| row.paid == Paid::All && row.instrument == instrument;
            let places: Vec<usize> =
                (0..self.rules.balances.len()).filter(|place| of(&self.rules.balances[*place])).collect();
            if let Some(Kind::Share(share)) = self.rules.nodes.get_mut(&id).map(|node| &mut node.kind) {
                share.reduces.extend(places.into_iter().map(|place| (place, Reduces::Whole)));
            }
        }
    }

    fn condition(&mut self, condition: &Value) -> Condition {
        let is = relation(condition);
        let inside = condition["is"].as_str() == Some("in");
        let bound = |counter: Counter, goal: Goal, is: Is| Condition::Bound {
            bound: Bound { counter, goal },
            is,
            notional: false,
        };
        let name = |key: &str| text(&condition[key]);
        let of = |reader: &mut Self| list(&condition["of"]).iter().map(|of| reader.condition(of)).collect();
        match condition["measure"].as_str().unwrap_or_default() {
            "all" => Condition::All(of(self)),
            "any" => Condition::Any(of(self)),
            "paid_to_party" => bound(Counter::Party(name("party")), target(condition), is),
            "paid_to_tier" => bound(Counter::Paid(name("tier")), target(condition), is),
            "reached_tier" => bound(Counter::Reached(name("tier")), target(condition), is),
            "paid_in_pool" => bound(Counter::InPool(name("pool")), target(condition), is),
            "passed_pool" => bound(Counter::PassedPool(name("pool")), target(condition), is),
            "notional_in_pool" => Condition::Bound {
                bound: Bound { counter: Counter::NotionalInPool(name("pool")), goal: target(condition) },
                is,
                notional: true,
            },
            "received" => bound(Counter::Received(texts(&condition["sources"])), target(condition), is),
            measure @ ("recouped" | "not_recouped") => {
                let limit = self.limit_of(&name("tier"));
                let is = if measure == "recouped" { Is::AtLeast } else { Is::Below };
                bound(limit.counter, limit.goal, is)
            }
            "paid_against_investment_and_interest" => {
                let (party, instrument) = (name("party"), name("instrument"));
                let terms = Some(terms(&condition["interest"]));
                let row = Bearing { instrument, terms, paid: Paid::Party(party.clone()) };
                let goal = Goal::Owed(self.rules.balance(row), ratio(&condition["factor"]));
                bound(Counter::Party(party), goal, is)
            }
            "film_cost_covered" => {
                let costs = list(&self.plan["film_costs"]);
                let cost = costs.iter().find(|cost| cost["id"] == condition["film_cost"]).expect("a cost");
                let goal =
                    cents(&cost["cost"]) * ratio(&condition["factor"]) - cents(&cost["already_covered"]);
                bound(Counter::PassedPool(text(&cost["pool"])), Goal::Amount(goal), is)
            }
            "receipt_territory" => Condition::Territory { inside, list: texts(&condition["list"]) },
            "receipt_media" => Condition::Media { inside, list: texts(&condition["list"]) },
            "receipt_source" => Condition::Source { inside, list: texts(&condition["list"]) },
            "receipt_date" => Condition::Date { from: date(&condition["from"]), to: date(&condition["to"]) },
            "contract_value" => Condition::ContractValue { is, target: cents(&condition["target"]) },
            "event_value" => {
                Condition::Event { event: name("event"), is, target: ratio(&condition["target"]) }
            }
            "counted" => {
                let target = whole(condition["target"].as_i64().expect("a number of units"));
                Condition::Counted { series: name("series"), is, target }
            }
            other => panic!("the measure `{other}` is not known here"),
        }
    }

    /// The limit of a claim, wherever it stands.
    fn limit_of(&mut self, id: &str) -> Bound {
        let mut tiers: Vec<Value> = list(&self.plan["tiers"]).to_vec();
        while let Some(tier) = tiers.pop() {
            if tier["id"] == id {
                return self.limit(id, &tier["takes"], &tier["takes"]["limit"]);
            }
            tiers.extend(list(&tier["takes"]["members"]).iter().cloned());
        }
        panic!("there is no tier `{id}`");
    }
}

/// How a condition compares.
pub(crate) fn relation(condition: &Value) -> Is {
    match condition["is"].as_str() {
        Some("at_least") => Is::AtLeast,
        Some("up_to") => Is::UpTo,
        Some("more_than") => Is::MoreThan,
        _ => Is::Below,
    }
}

fn of_gross(takes: &Value) -> Option<bool> {
    (takes["rate_base"] == "gross_of_receipt").then(|| takes["unpaid"] == "carries_forward")
}

fn target(condition: &Value) -> Goal {
    let target = &condition["target"];
    if let Some(expenses) = target.get("expenses") {
        return Goal::Expenses(text(&expenses["of"]), ratio(&expenses["factor"]));
    }
    if let Some(invested) = target.get("invested") {
        return Goal::Invested(text(&invested["instrument"]), ratio(&invested["factor"]));
    }
    Goal::Amount(cents(&target["amount"]))
}

pub(crate) fn terms(interest: &Value) -> Terms {
    Terms {
        rate: ratio(&interest["rate_annual"]),
        months: match interest["compounding"].as_str() {
            Some("yearly") => Some(12),
            Some("half_yearly") => Some(6),
            Some("quarterly") => Some(3),
            Some("monthly") => Some(1),
            _ => None,
        },
        days: match interest["day_count"].as_str() {
            Some("ACT/360") => Days::Act360,
            Some("30/360") => Days::Thirty360,
            Some("ACT/ACT") => Days::ActAct,
            _ => Days::Act365,
        },
        effective: interest["compounding"] == "effective",
        principal_first: interest["payments"] == "principal_first",
    }
}
