//! A worked case of the format `waterfall-case/1`, read by its own words

use serde_json::Value;

use super::{
    balance::{Days, Terms},
    day::Day,
    fraction::{self, Fraction, whole},
    read_plan::{date, list, maybe, relation, text, texts},
    rules::{
        Bearing, Bound, Condition, Contract, Counter, Entry, ExpenseKind, Goal, Happening, Kind, Node, Paid,
        Receipt, Rules, Share, Split,
    },
};

/// What an investment counts as: money of a party, under a contract, and of the party under the contract.
fn of_party(party: &str) -> String {
    format!("{party}, all")
}

fn of_both(party: &str, contract: &str) -> String {
    format!("{party}, {contract}")
}

fn number(value: &Value) -> Fraction {
    fraction::read(value.as_str().unwrap_or_else(|| panic!("{value} is no number")))
}

fn or_one(value: &Value) -> Fraction {
    value.as_str().map_or_else(|| whole(1), fraction::read)
}

pub(crate) fn rules(structure: &Value) -> Rules {
    let mut rules = Rules::default();
    for contract in list(&structure["contracts"]) {
        let value = contract.get("value").map(number);
        let row = Contract { value, from: date(&contract["from"]), to: date(&contract["to"]) };
        rules.contracts.insert(text(&contract["id"]), row);
    }
    for kind in list(&structure["expense_types"]) {
        let cap = Some(number(&kind["cap"])).filter(|cap| *cap != whole(0));
        rules.expenses.insert(text(&kind["id"]), ExpenseKind { cap, cap_of_receipts: None });
    }
    for source in list(&structure["sources"]) {
        rules.entries.push(Entry {
            id: text(&source["id"]),
            enters: text(&source["enters"]),
            receives: Vec::new(),
            receives_others: false,
            contract: None,
            territories: texts(&source["territories"]),
            media: texts(&source["media"]),
        });
    }
    for from in list(&structure["nodes"]) {
        node(&mut rules, structure, from, None);
    }
    rules
}

/// A node; a group whose rates come from investments says for its members until when.
fn node(rules: &mut Rules, structure: &Value, from: &Value, group: Option<&Value>) -> String {
    let id = text(&from["id"]);
    rules.order.push(id.clone());
    let kind = match from["kind"].as_str().unwrap_or_default() {
        "share" => Kind::Share(Box::new(share(rules, structure, from, group))),
        "steps" => Kind::Steps { members: members(rules, structure, from), base: or_one(&from["base_rate"]) },
        "together" => Kind::Together {
            members: members(rules, structure, from),
            base: or_one(&from["base_rate"]),
            split: if from["rates_from"] == "invested" { Split::Invested } else { Split::Fixed },
            bearer: maybe(&from["shortfall_borne_by"]),
        },
        other => panic!("nodes of the kind `{other}` are not known here"),
    };
    let node = Node { then: maybe(&from["then"]), rate: or_one(&from["rate"]), kind };
    rules.nodes.insert(id.clone(), node);
    id
}

fn members(rules: &mut Rules, structure: &Value, from: &Value) -> Vec<String> {
    let group = (from["rates_from"] == "invested").then_some(from);
    list(&from["members"]).iter().map(|member| node(rules, structure, member, group)).collect()
}

fn share(rules: &mut Rules, structure: &Value, from: &Value, group: Option<&Value>) -> Share {
    let payee = text(&from["payee"]);
    let contract = maybe(&from["contract"]);
    let invested = contract.as_deref().map_or_else(|| of_party(&payee), |contract| of_both(&payee, contract));
    let until = group.and_then(|group| group.get("until")).or_else(|| from.get("until"));
    let limit = until.map(|until| Bound {
        counter: Counter::Paid(text(&from["id"])),
        goal: Goal::Invested(invested.clone(), number(&until["times_invested"])),
    });
    let conditions = match &from["while"] {
        Value::Null => Vec::new(),
        Value::Array(all) => all.iter().map(|one| condition(rules, structure, one)).collect(),
        one => vec![condition(rules, structure, one)],
    };
    Share {
        payee: Some(payee),
        of_gross: (from["rate_base"] == "gross_of_receipt").then(|| from["unpaid"] == "carries_forward"),
        weighs: (group.is_some() || limit.is_some()).then_some(invested),
        limit,
        conditions,
        pools: texts(&from["pools"]),
        contract,
        ..Share::default()
    }
}

fn condition(rules: &mut Rules, structure: &Value, from: &Value) -> Condition {
    let mut several = |of: &Value| list(of).iter().map(|one| condition(rules, structure, one)).collect();
    match from {
        Value::Array(_) => return Condition::All(several(from)),
        _ if from.get("all").is_some() => return Condition::All(several(&from["all"])),
        _ if from.get("any").is_some() => return Condition::Any(several(&from["any"])),
        _ => {}
    }
    let is = relation(from);
    let inside = from["is"].as_str() == Some("in");
    let measure = from["measure"].as_str().unwrap_or_default();
    let of = || text(&from["of"]);
    let counter = match measure {
        "paid_to_party" => Counter::Party(of()),
        "paid_to_node" => Counter::Paid(of()),
        "passed_node" => Counter::Reached(of()),
        "paid_in_pool" => Counter::InPool(of()),
        "passed_pool" => Counter::PassedPool(of()),
        "notional_in_pool" => Counter::NotionalInPool(of()),
        "paid_to_party_against_investment_and_interest" => Counter::Party(of()),
        "film_cost_covered" => Counter::PassedPool(text(&film_cost(structure, from)["pool"])),
        "receipt_territory" => return Condition::Territory { inside, list: texts(&from["list"]) },
        "receipt_media" => return Condition::Media { inside, list: texts(&from["list"]) },
        "receipt_date" => return Condition::Date { from: date(&from["from"]), to: date(&from["to"]) },
        "contract_value" => return Condition::ContractValue { is, target: number(&from["target"]) },
        "event_value" => {
            return Condition::Event { event: of(), is, target: number(&from["target"]) };
        }
        other => panic!("the measure `{other}` is not known here"),
    };
    let factor = || or_one(from["target"].get("factor").unwrap_or(&from["factor"]));
    let goal = match measure {
        "film_cost_covered" => {
            let cost = film_cost(structure, from);
            Goal::Amount(number(&cost["cost"]) * factor() - number(&cost["already_covered"]))
        }
        "paid_to_party_against_investment_and_interest" => {
            let terms = Terms {
                rate: number(&from["annual_rate"]),
                months: (from["compounding"] == "yearly").then_some(12),
                days: Days::Act365,
                effective: false,
                principal_first: true,
            };
            let (instrument, terms) = (text(&from["contract"]), Some(terms));
            Goal::Owed(rules.balance(Bearing { instrument, terms, paid: Paid::Party(of()) }), factor())
        }
        _ => target(&from["target"]),
    };
    Condition::Bound { bound: Bound { counter, goal }, is, notional: measure == "notional_in_pool" }
}

fn film_cost<'a>(structure: &'a Value, from: &Value) -> &'a Value {
    let found = list(&structure["film_costs"]).iter().find(|cost| cost["id"] == from["of"]);
    found.unwrap_or_else(|| panic!("there is no film cost {}", from["of"]))
}

fn target(from: &Value) -> Goal {
    if let Some(kind) = maybe(&from["expenses_of"]) {
        return Goal::Expenses(kind, or_one(&from["factor"]));
    }
    if let Some(contract) = maybe(&from["invested_under"]) {
        return Goal::Invested(contract, or_one(&from["factor"]));
    }
    Goal::Amount(number(from))
}

/// What happens, in the order in which it is written.
pub(crate) fn happenings(timeline: &Value) -> Vec<(Day, Happening)> {
    list(timeline).iter().flat_map(happening).collect()
}

fn happening(from: &Value) -> Vec<(Day, Happening)> {
    let on = date(&from["date"]).expect("a date");
    let amount = || number(&from["amount"]);
    let one = match from["kind"].as_str().unwrap_or_default() {
        "receipt" => Happening::Received(Receipt {
            id: text(&from["id"]),
            source: text(&from["source"]),
            amount: amount(),
            territories: texts(&from["territories"]),
            media: texts(&from["media"]),
            contract: maybe(&from["contract"]),
        }),
        "expense" => {
            let counts_to_cap = from["counts_to_cap"].as_bool().unwrap_or(true);
            Happening::Declared { kind: text(&from["type"]), amount: amount(), counts_to_cap }
        }
        "investment" => {
            let party = text(&from["party"]);
            let mut names = vec![of_party(&party)];
            if let Some(contract) = maybe(&from["contract"]) {
                names.extend([of_both(&party, &contract), contract]);
            }
            return names
                .into_iter()
                .map(|instrument| (on, Happening::Put { instrument, amount: amount() }))
                .collect();
        }
        "event" => Happening::Event { event: text(&from["event"]), value: number(&from["value"]) },
        "change_contract" => Happening::Contract {
            contract: text(&from["contract"]),
            to: date(&from["to"]),
            value: from.get("value").map(number),
        },
        "change_share" => Happening::Rate { tier: text(&from["node"]), rate: number(&from["rate"]) },
        other => panic!("events of the kind `{other}` are not known here"),
    };
    vec![(on, one)]
}
