//! Another film's order as a template

use std::collections::BTreeMap;

use recoup_deal::Deal;
use recoup_money::Currency;
use serde_json::{Map, Value, json};

use super::form::{Parameter, ParameterKind, Template, TemplateKind, Words};
use super::suggest::{kind_of, word};

/// The order of a film, or some of its tiers, with its parties, its instruments and the amounts in another currency as
/// holes. A whole order keeps its sources and its ways; some tiers of one follow one another.
#[must_use]
pub fn of_film(film: &Deal, tiers: &[String], currency: Currency) -> Option<Template> {
    let plan = film.recoupment.as_ref().filter(|plan| !plan.tiers.is_empty())?;
    let value = serde_json::to_value(plan).ok()?;
    let mut reading = Reading { film, currency, found: BTreeMap::new(), order: Vec::new() };
    let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let wanted = |tier: &Value| {
        let id = tier.get("id").and_then(Value::as_str).unwrap_or_default();
        tiers.is_empty() || tiers.iter().any(|one| one == id)
    };
    let taken: Vec<Value> =
        list("tiers").into_iter().filter(wanted).map(|tier| reading.tier(tier, !tiers.is_empty())).collect();
    let mut read =
        |name: &str| list(name).into_iter().map(|one| reading.value(one, "")).collect::<Vec<Value>>();
    let (expense_types, film_costs) = (read("expense_types"), read("film_costs"));
    let (contracts, unit_series) = (read("contracts"), read("unit_series"));
    let sources = if tiers.is_empty() { list("sources") } else { Vec::new() };
    let residual = plan.residual.as_ref().filter(|_| tiers.is_empty()).map(|party| reading.party(party));
    Some(Template {
        id: film.id.clone(),
        kind: if tiers.is_empty() { TemplateKind::Order } else { TemplateKind::Piece },
        name: Words::alike(&film.name),
        note: Words::default(),
        parameters: reading.order,
        tiers: taken,
        sources,
        expense_types,
        film_costs,
        contracts,
        unit_series,
        residual,
    })
}

struct Reading<'d> {
    film: &'d Deal,
    currency: Currency,
    /// The holes so far, by what they stand for.
    found: BTreeMap<String, String>,
    order: Vec<Parameter>,
}

impl Reading<'_> {
    fn tier(&mut self, tier: Value, alone: bool) -> Value {
        let Value::Object(mut fields) = tier else { return tier };
        if alone {
            fields.remove("then");
        }
        Value::Object(self.fields(fields))
    }

    fn fields(&mut self, fields: Map<String, Value>) -> Map<String, Value> {
        fields.into_iter().map(|(name, inner)| (name.clone(), self.value(inner, &name))).collect()
    }

    fn value(&mut self, value: Value, field: &str) -> Value {
        match (field, value) {
            // Given back to what follows it here.
            ("release_to", Value::String(_)) => json!(""),
            ("payee" | "party" | "to" | "shortfall_borne_by", Value::String(id)) if self.is_party(&id) => {
                json!(self.party(&id))
            }
            ("instrument" | "in_proportion_to", Value::String(id)) => json!(self.instrument(&id)),
            (_, Value::String(text)) => json!(self.amount(text)),
            (_, Value::Object(fields)) => Value::Object(self.fields(fields)),
            ("sources", Value::Array(list)) => Value::Array(list),
            (_, Value::Array(list)) => {
                Value::Array(list.into_iter().map(|inner| self.value(inner, "")).collect())
            }
            (_, other) => other,
        }
    }

    fn is_party(&self, id: &str) -> bool {
        self.film.parties.iter().any(|party| party.id == id)
    }

    fn party(&mut self, id: &str) -> String {
        let party = self.film.parties.iter().find(|party| party.id == id);
        let name = party.map_or(id, |party| &party.name).to_owned();
        let of = party.map(|party| word(&party.role)).into_iter().collect();
        self.hole(ParameterKind::Party, id, &name, of, false)
    }

    fn instrument(&mut self, id: &str) -> String {
        let one = self.film.instruments.iter().find(|one| one.id == id);
        let name = one.map_or(id, |one| &one.name).to_owned();
        let of = one.map(|one| kind_of(&one.terms)).into_iter().collect();
        // A claim on money this film has not raised is left out.
        self.hole(ParameterKind::Instrument, id, &name, of, true)
    }

    /// An amount of another currency is asked for: at no rate is a deferral of 100,000 kronor agreed in euros.
    fn amount(&mut self, text: String) -> String {
        let Ok(amount) = text.parse::<recoup_money::Money>() else { return text };
        if amount.currency() == self.currency {
            return text;
        }
        self.hole(ParameterKind::Amount, &text, &text, Vec::new(), false)
    }

    fn hole(&mut self, kind: ParameterKind, id: &str, name: &str, of: Vec<String>, optional: bool) -> String {
        let key = format!("{}:{id}", kind.word());
        if !self.found.contains_key(&key) {
            let taken = self.order.iter().any(|parameter| parameter.id == id);
            let own = if taken || kind == ParameterKind::Amount { key.clone() } else { id.to_owned() };
            self.found.insert(key.clone(), own.clone());
            self.order.push(Parameter {
                id: own,
                kind,
                name: Words::alike(name),
                of,
                optional,
                low: None,
                usual: None,
                high: None,
                confidence: None,
                source: None,
            });
        }
        format!("${}", self.found.get(&key).map_or(id, String::as_str))
    }
}
