//! JSON against the form of a policy: every field that is missing, unknown or of another kind, with its path.

use std::str::FromStr;
use std::sync::OnceLock;

use recoup_calendar::Date;
use recoup_money::Currency;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::{Fault, MAX_FAULTS, told};
use crate::catalog::policy_schema;
use crate::parse::Formula;

/// Everything in which the JSON differs from the form.
pub(super) fn in_shape(json: &Value) -> Result<(), Vec<Fault>> {
    let mut shape = Shape { root: schema(), faults: Vec::new() };
    shape.value(json, schema(), "");
    told(shape.faults)
}

/// The JSON of a policy without fields that say nothing: what is null, and lists that are empty and need not be
/// there.
pub(super) fn bare(mut json: Value) -> Value {
    Shape { root: schema(), faults: Vec::new() }.strip(&mut json, schema());
    json
}

fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| policy_schema().to_value())
}

struct Shape {
    root: &'static Value,
    faults: Vec<Fault>,
}

impl Shape {
    fn report(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }

    /// A schema by its own name, where it only refers to it.
    fn resolve(&self, schema: &'static Value) -> (&'static Value, &'static str) {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return (schema, "") };
        let name = reference.rsplit('/').next().unwrap_or_default();
        (self.root.get("$defs").and_then(|defs| defs.get(name)).unwrap_or(schema), name)
    }

    fn value(&mut self, value: &Value, schema: &'static Value, path: &str) {
        if self.faults.len() >= MAX_FAULTS {
            return;
        }
        let (schema, name) = self.resolve(schema);
        for key in ["oneOf", "anyOf"] {
            if let Some(variants) = schema.get(key).and_then(Value::as_array) {
                return self.variant(value, variants, path);
            }
        }
        if let Some(choices) = choices(schema) {
            if !choices.contains(&value) {
                self.report(wrong_choice(value, &choices, path));
            }
            return;
        }
        if let Some(wanted) = wanted(value, schema) {
            return self.report(wanted_fault(value, &wanted, path));
        }
        match value {
            Value::Object(fields) => self.object(fields, schema, path),
            Value::Array(list) => {
                let Some(items) = schema.get("items") else { return };
                for (index, element) in list.iter().enumerate() {
                    self.value(element, items, &element_path(path, index, element));
                }
            }
            Value::String(text) => {
                if let Some(fault) = in_format(text, name, schema, path) {
                    self.report(fault);
                }
            }
            Value::Number(number) => {
                let whole = number.as_u64().is_some_and(|number| number <= u64::from(u32::MAX));
                if schema.get("format").and_then(Value::as_str) == Some("uint32") && !whole {
                    let fault = Fault::new(path, "not a whole number that can be read").given(number);
                    self.report(fault.limit(format!("0 to {}", u32::MAX)));
                }
            }
            Value::Bool(_) | Value::Null => {}
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, schema: &'static Value, path: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, inner) in fields {
            let at = field_path(path, name);
            if let Some(expected) = properties.and_then(|known| known.get(name)) {
                self.value(inner, expected, &at);
            } else if let Some(expected @ Value::Object(_)) = schema.get("additionalProperties") {
                self.value(inner, expected, &at);
            } else if let Some(known) = properties {
                let known: Vec<&str> = known.keys().map(String::as_str).collect();
                self.report(Fault::new(at, "there is no such field").given(name).limit(known.join(", ")));
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str).filter(|name| !fields.contains_key(*name)) {
            self.report(Fault::new(field_path(path, name), "the field is missing"));
        }
    }

    fn strip(&self, value: &mut Value, schema: &'static Value) {
        let (mut schema, _) = self.resolve(schema);
        if let Some(variants) = schema.get("anyOf").and_then(Value::as_array) {
            let real = variants.iter().find(|one| one.get("type").and_then(Value::as_str) != Some("null"));
            schema = real.map_or(schema, |one| self.resolve(one).0);
        }
        match value {
            Value::Array(list) => {
                let Some(items) = schema.get("items") else { return };
                list.iter_mut().for_each(|inner| self.strip(inner, items));
            }
            Value::Object(fields) => {
                let required = schema.get("required").and_then(Value::as_array);
                let needed = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
                // An empty default is a default: no items, rather than nothing given.
                let says = |name: &str, inner: &Value| {
                    name == "default" || needed(name) || inner.as_array().is_none_or(|list| !list.is_empty())
                };
                fields.retain(|name, inner| !inner.is_null() && says(name, inner));
                let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
                for (name, inner) in fields {
                    if let Some(expected) = properties.get(name) {
                        self.strip(inner, expected);
                    }
                }
            }
            _ => {}
        }
    }

    /// One of several forms: the one whose kind the value has, else what all of them would accept.
    fn variant(&mut self, value: &Value, variants: &'static [Value], path: &str) {
        let real: Vec<&'static Value> =
            variants.iter().filter(|one| one.get("type").and_then(Value::as_str) != Some("null")).collect();
        if let [only] = real.as_slice() {
            return self.value(value, only, path);
        }
        let meant = real.iter().copied().find(|variant| {
            let (variant, _) = self.resolve(variant);
            match choices(variant) {
                Some(choices) => choices.contains(&value),
                None => wanted(value, variant).is_none(),
            }
        });
        match meant {
            Some(variant) => self.value(value, variant, path),
            None => {
                let all: Vec<&Value> =
                    real.iter().filter_map(|one| choices(self.resolve(one).0)).flatten().collect();
                let fault = if all.is_empty() {
                    let kinds: Vec<String> =
                        real.iter().filter_map(|one| kind(self.resolve(one).0)).collect();
                    wanted_fault(value, &kinds.join(", "), path)
                } else {
                    wrong_choice(value, &all, path)
                };
                self.report(fault);
            }
        }
    }
}

/// The values of a closed list of words.
fn choices(schema: &'static Value) -> Option<Vec<&'static Value>> {
    if let Some(only) = schema.get("const") {
        return Some(vec![only]);
    }
    if let Some(list) = schema.get("enum").and_then(Value::as_array) {
        return Some(list.iter().collect());
    }
    None
}

fn kind(schema: &'static Value) -> Option<String> {
    schema.get("type").and_then(Value::as_str).map(str::to_owned)
}

/// The kind that is asked for, where the value is of another. A decimal is a text: a JSON number would pass
/// through binary floating point.
fn wanted(value: &Value, schema: &'static Value) -> Option<String> {
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let decimal = is_decimal(schema);
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number() && !decimal,
        _ => false,
    };
    if kinds.iter().any(|kind| is(kind)) {
        return None;
    }
    let wanted = if decimal { "string" } else { kinds.iter().find(|kind| **kind != "null").copied()? };
    Some(wanted.to_owned())
}

fn is_decimal(schema: &Value) -> bool {
    schema.get("pattern").and_then(Value::as_str).is_some_and(|pattern| pattern.contains("[eE]"))
}

fn wanted_fault(value: &Value, wanted: &str, path: &str) -> Fault {
    let message = match wanted {
        "string" if value.is_number() => "a number is written as a text in quotes, such as \"0.125\"",
        "string" => "this must be a text",
        "array" => "this must be a list",
        "object" => "this must be an object with fields",
        "boolean" => "this must be true or false",
        "integer" => "this must be a whole number",
        _ => "this is of another kind than the form asks for",
    };
    let given = match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    };
    Fault::new(path, message).given(given).limit(wanted)
}

fn wrong_choice(value: &Value, choices: &[&Value], path: &str) -> Fault {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let allowed: Vec<String> = choices.iter().map(|choice| word(choice)).collect();
    Fault::new(path, "this is none of the words that can stand here")
        .given(word(value))
        .limit(allowed.join(", "))
}

fn in_format(text: &str, name: &str, schema: &Value, path: &str) -> Option<Fault> {
    let fault = |message: String, limit: &str| Some(Fault::new(path, message).given(text).limit(limit));
    match name {
        "Date" if Date::from_str(text).is_err() => fault("not a day".to_owned(), "2027-03-01"),
        "Currency" if Currency::from_str(text).is_err() => fault("not a currency code".to_owned(), "EUR"),
        "Formula" => match Formula::parse(text) {
            Ok(_) => None,
            Err(reason) => Some(Fault::new(path, reason.to_string()).given(text)),
        },
        _ if is_decimal(schema) && Decimal::from_str(text).is_err() => {
            fault("not a decimal number that can be held exactly".to_owned(), "28 digits, such as 0.125")
        }
        _ => None,
    }
}

fn element_path(list: &str, index: usize, element: &Value) -> String {
    match element.get("id").and_then(Value::as_str).filter(|id| !id.is_empty() && id.len() <= 64) {
        Some(id) => format!("{list}[{id}]"),
        None => format!("{list}[{index}]"),
    }
}

fn field_path(parent: &str, field: &str) -> String {
    if parent.is_empty() { field.to_owned() } else { format!("{parent}.{field}") }
}
