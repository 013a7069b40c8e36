//! A template with its holes filled

use recoup_deal::findings::Language;
use recoup_deal::recoupment::{Ratio, RecoupmentPlan};
use recoup_deal::{Deal, Instrument};
use recoup_money::Money;
use serde_json::{Map, Value, json};

use super::form::{Parameter, ParameterKind, Template, Values, Words};
use super::suggest::{instruments, typed_amount};

/// Why a template cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfilled {
    /// A value that is needed is missing.
    #[error("`{parameter}` is not chosen")]
    Missing {
        /// The parameter.
        parameter: String,
    },
    /// A value does not fit.
    #[error("`{given}` does not fit `{parameter}`")]
    Unfit {
        /// The parameter.
        parameter: String,
        /// What was given.
        given: String,
    },
    /// Nothing is left of it for this deal.
    #[error("this deal has nothing for these tiers")]
    Empty,
    /// The template itself is at fault.
    #[error("the template cannot be read: {reason}")]
    Unreadable {
        /// What is wrong.
        reason: String,
    },
}

type Result<T> = std::result::Result<T, Unfilled>;

/// The tiers of a template for a deal, in order, as a plan of their own without sources.
pub fn fill(template: &Template, deal: &Deal, values: &Values, language: Language) -> Result<RecoupmentPlan> {
    let filling = Filling { template, deal, language, values: checked(template, deal, values)? };
    let mut tiers = Vec::new();
    for tier in &template.tiers {
        tiers.extend(filling.tier(tier, None)?);
    }
    if tiers.is_empty() {
        return Err(Unfilled::Empty);
    }
    let mut sources = template.sources.clone();
    if sources.is_empty() {
        follow_one_another(&mut tiers);
    } else {
        lead_past_what_is_left_out(template, &mut sources, &mut tiers);
    }
    let list = |all: &[Value]| all.iter().map(|one| filling.element(one)).collect::<Vec<Value>>();
    let residual = template.residual.as_ref().and_then(|text| filling.value(&json!(text), None));
    let mut plan = json!({
        "sources": sources, "tiers": tiers, "expense_types": list(&template.expense_types), "film_costs": list(&template.film_costs),
        "contracts": list(&template.contracts), "residual": residual,
    });
    let series = list(&template.unit_series);
    if let Some(fields) = plan.as_object_mut().filter(|_| !series.is_empty()) {
        fields.insert("unit_series".to_owned(), Value::Array(series));
    }
    serde_json::from_value(plan).map_err(|reason| Unfilled::Unreadable { reason: reason.to_string() })
}

fn id_of(tier: &Value) -> &str {
    tier.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn follow_one_another(tiers: &mut [Value]) {
    for at in 1..tiers.len() {
        let next = json!(id_of(&tiers[at]));
        if let Some(before) = tiers[at - 1].as_object_mut() {
            before.insert("then".to_owned(), next);
        }
    }
}

/// What led to a tier that is left out leads to the next one that stays; a source that leads to none is left out.
fn lead_past_what_is_left_out(template: &Template, sources: &mut Vec<Value>, tiers: &mut [Value]) {
    let stay: Vec<String> = tiers.iter().map(|tier| id_of(tier).to_owned()).collect();
    let stands = |mut at: Option<String>| {
        let mut steps = template.tiers.len();
        while let Some(id) = at.take().filter(|_| steps > 0) {
            if stay.contains(&id) {
                return Some(id);
            }
            steps -= 1;
            let tier = template.tiers.iter().find(|tier| id_of(tier) == id);
            at = tier.and_then(|tier| tier.get("then")).and_then(Value::as_str).map(str::to_owned);
        }
        None
    };
    let named = |fields: &Value, name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    for tier in tiers {
        let then = stands(named(tier, "then"));
        if let Some(fields) = tier.as_object_mut() {
            fields.insert("then".to_owned(), json!(then));
        }
    }
    sources.retain_mut(|source| {
        let enters = stands(named(source, "enters"));
        let leads = enters.is_some();
        if let Some(fields) = source.as_object_mut() {
            fields.insert("enters".to_owned(), json!(enters));
        }
        leads
    });
}

/// The values, each of its kind; what is optional may be missing.
fn checked(template: &Template, deal: &Deal, values: &Values) -> Result<Values> {
    let mut out = Values::new();
    for parameter in &template.parameters {
        let given = values.get(&parameter.id).map(|text| text.trim()).filter(|text| !text.is_empty());
        let Some(given) = given else {
            if parameter.optional || parameter.kind == ParameterKind::Instruments {
                continue;
            }
            return Err(Unfilled::Missing { parameter: parameter.id.clone() });
        };
        if !fits(parameter, deal, given) {
            let (parameter, given) = (parameter.id.clone(), given.to_owned());
            return Err(Unfilled::Unfit { parameter, given });
        }
        out.insert(parameter.id.clone(), given.to_owned());
    }
    Ok(out)
}

fn fits(parameter: &Parameter, deal: &Deal, given: &str) -> bool {
    match parameter.kind {
        ParameterKind::Party => deal.parties.iter().any(|party| party.id == given),
        ParameterKind::Instrument => deal.instruments.iter().any(|one| one.id == given),
        ParameterKind::Source => {
            deal.recoupment.iter().flat_map(|plan| &plan.sources).any(|source| source.id == given)
        }
        ParameterKind::Instruments => true,
        ParameterKind::Rate => {
            given.parse::<Ratio>().is_ok_and(|rate| rate.numerator() >= 0 && !rate.exceeds(Ratio::ONE))
        }
        ParameterKind::Amount => given
            .parse::<Money>()
            .is_ok_and(|amount| amount.currency() == deal.currency && !amount.is_negative()),
    }
}

/// A text in every language.
fn words(fields: &Map<String, Value>) -> Option<Words> {
    let is_words = fields.len() == 2 && fields.contains_key("en") && fields.contains_key("fr");
    is_words.then(|| serde_json::from_value(Value::Object(fields.clone())).ok()).flatten()
}

/// The additions of a template to a tier.
const EACH: &str = "each";
const SPLIT: &str = "split_each";

struct Filling<'a> {
    template: &'a Template,
    deal: &'a Deal,
    language: Language,
    values: Values,
}

impl Filling<'_> {
    /// The tiers that a tier of the template comes to: none where something it needs is missing, one for each
    /// instrument in one group where it stands for several.
    fn tier(&self, tier: &Value, one: Option<&Instrument>) -> Result<Option<Value>> {
        let unreadable = || Unfilled::Unreadable { reason: "a tier is no object".to_owned() };
        let fields = tier.as_object().ok_or_else(unreadable)?;
        let Some(each) = fields.get(EACH).and_then(Value::as_str) else {
            return self.one(fields, one);
        };
        let parameter = self.template.parameters.iter().find(|parameter| parameter.id == each);
        let parameter =
            parameter.ok_or_else(|| Unfilled::Unreadable { reason: format!("`{each}` is no parameter") })?;
        let mut members = Vec::new();
        for instrument in instruments(self.deal, parameter) {
            members.extend(self.one(fields, Some(instrument))?);
        }
        if members.len() < 2 && !fields.contains_key("group") {
            return Ok(members.pop());
        }
        if members.is_empty() {
            return Ok(None);
        }
        let base =
            fields.get("group").and_then(|group| group.get("base_rate")).cloned().unwrap_or(json!("1"));
        let split = fields.get(SPLIT).cloned().unwrap_or(json!("outstanding"));
        let group = json!({
            "id": each.replace('_', "-"), "label": self.worded(parameter), "role": fields.get("role"),
            "takes": {"kind": "together", "base_rate": base, "split": split, "members": members},
        });
        Ok(self.value(&group, None))
    }

    fn worded(&self, parameter: &Parameter) -> String {
        parameter.name.said(self.language).to_owned()
    }

    fn one(&self, fields: &Map<String, Value>, one: Option<&Instrument>) -> Result<Option<Value>> {
        let mut out = Map::new();
        for (name, value) in
            fields.iter().filter(|(name, _)| ![EACH, SPLIT, "group"].contains(&name.as_str()))
        {
            let filled = match (name.as_str(), value) {
                ("takes", Value::Object(takes)) if takes.contains_key("members") => self.group(takes, one)?,
                _ => self.value(value, one),
            };
            let Some(filled) = filled else { return Ok(None) };
            out.insert(name.clone(), filled);
        }
        Ok(Some(Value::Object(out)))
    }

    /// A group without its members is no group; a ladder neither.
    fn group(&self, takes: &Map<String, Value>, one: Option<&Instrument>) -> Result<Option<Value>> {
        let mut members = Vec::new();
        for member in takes.get("members").and_then(Value::as_array).into_iter().flatten() {
            members.extend(self.tier(member, one)?);
        }
        if members.is_empty() {
            return Ok(None);
        }
        let mut rest = takes.clone();
        rest.remove("members");
        let Some(Value::Object(mut filled)) = self.value(&Value::Object(rest), one) else { return Ok(None) };
        filled.insert("members".to_owned(), Value::Array(members));
        Ok(Some(Value::Object(filled)))
    }

    /// A value with its holes filled; none where one stays open.
    fn value(&self, value: &Value, one: Option<&Instrument>) -> Option<Value> {
        match value {
            Value::String(text) => self.text(text, one).map(Value::String),
            Value::Array(list) => {
                list.iter().map(|inner| self.value(inner, one)).collect::<Option<_>>().map(Value::Array)
            }
            Value::Object(fields) => match words(fields) {
                Some(words) => self.text_within(words.said(self.language), one).map(Value::String),
                None => fields
                    .iter()
                    .map(|(name, inner)| Some((name.clone(), self.value(inner, one)?)))
                    .collect::<Option<_>>()
                    .map(Value::Object),
            },
            other => Some(other.clone()),
        }
    }

    /// An element of a list: a field whose hole stays open is left out.
    fn element(&self, value: &Value) -> Value {
        let Value::Object(fields) = value else { return value.clone() };
        let filled = fields.iter().filter_map(|(name, inner)| Some((name.clone(), self.value(inner, None)?)));
        Value::Object(filled.collect())
    }

    fn text(&self, text: &str, one: Option<&Instrument>) -> Option<String> {
        if let Some(name) = text.strip_prefix("@rest:") {
            let rate: Ratio = self.values.get(name)?.parse().ok()?;
            let top = i128::from(rate.denominator()) - i128::from(rate.numerator());
            return Some(Ratio::new(top, rate.denominator().into())?.to_string());
        }
        match text.strip_prefix('$') {
            Some(name) => self.named(name, one),
            None => self.text_within(text, one),
        }
    }

    fn named(&self, name: &str, one: Option<&Instrument>) -> Option<String> {
        match (name, one) {
            ("instrument", Some(one)) => Some(one.id.clone()),
            ("instrument.name", Some(one)) => Some(one.name.clone()),
            ("instrument.amount", Some(one)) => Some(typed_amount(self.deal, one)?.to_string()),
            // Who is paid where nobody is named as the provider is for the producer to say.
            ("instrument.provider", Some(one)) => {
                one.provider.clone().or_else(|| self.deal.parties.first().map(|party| party.id.clone()))
            }
            _ => self.values.get(name).cloned(),
        }
    }

    /// A text with `{$name}` in it.
    fn text_within(&self, text: &str, one: Option<&Instrument>) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            let (name, behind) = after.split_once('}')?;
            out.push_str(before);
            out.push_str(&self.named(name, one)?);
            rest = behind;
        }
        out.push_str(rest);
        Some(out)
    }
}
