//! The JSON Schema of the deal file, and a check of documents against it that names the cell.

use std::str::FromStr;
use std::sync::OnceLock;

use recoup_calendar::Date;
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::document::{Deal, SCHEMA};
use crate::error::DealError;
use crate::path::{element_path, field_path};
use crate::recoupment::Ratio;

/// The JSON Schema (draft 2020-12) of the deal file.
pub fn deal_schema() -> Value {
    schema().clone()
}

fn schema() -> &'static Value {
    static SCHEMA_VALUE: OnceLock<Value> = OnceLock::new();
    SCHEMA_VALUE.get_or_init(|| {
        let mut value = schemars::schema_for!(Deal).to_value();
        strings_only(&mut value);
        if let Some(root) = value.as_object_mut() {
            root.insert("title".into(), json!(SCHEMA));
        }
        value
    })
}

/// Decimals are written as strings: a JSON number would pass through binary floating point in most
/// programs that touch the file.
fn strings_only(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("pattern")
                && let Some(Value::Array(types)) = fields.get_mut("type")
            {
                types.retain(|kind| kind != "number");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    fields.insert("type".into(), only);
                }
            }
            fields.values_mut().for_each(strings_only);
        }
        Value::Array(list) => list.iter_mut().for_each(strings_only),
        _ => {}
    }
}

/// Refuses a document that has another shape than the schema, naming the cell.
pub(crate) fn in_shape(document: &Value) -> Result<(), DealError> {
    Shape { root: schema() }.value(document, schema(), "")
}

struct Shape {
    root: &'static Value,
}

impl Shape {
    fn resolve(&self, schema: &'static Value) -> (&'static Value, &'static str) {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let name = reference.rsplit('/').next().unwrap_or_default();
                (self.root.get("$defs").and_then(|defs| defs.get(name)).unwrap_or(schema), name)
            }
            None => (schema, ""),
        }
    }

    fn value(&self, value: &Value, schema: &'static Value, path: &str) -> Result<(), DealError> {
        let (schema, name) = self.resolve(schema);
        for key in ["oneOf", "anyOf"] {
            if let Some(variants) = schema.get(key).and_then(Value::as_array) {
                return self.variant(value, variants, path);
            }
        }
        if let Some(only) = schema.get("const") {
            return if value == only { Ok(()) } else { Err(wrong_choice(value, [only], path)) };
        }
        if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
            return if choices.contains(value) { Ok(()) } else { Err(wrong_choice(value, choices, path)) };
        }
        of_type(value, schema, path)?;
        match value {
            Value::Object(fields) => self.object(fields, schema, path),
            Value::Array(list) => match schema.get("items") {
                Some(items) => list
                    .iter()
                    .enumerate()
                    .try_for_each(|(i, e)| self.value(e, items, &element_path(path, i, e))),
                None => Ok(()),
            },
            Value::String(text) => in_format(text, name, schema, path),
            Value::Number(number) => in_range(number, schema, path),
            _ => Ok(()),
        }
    }

    fn object(
        &self,
        fields: &Map<String, Value>,
        schema: &'static Value,
        path: &str,
    ) -> Result<(), DealError> {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, inner) in fields {
            let at = field_path(path, name);
            if let Some(expected) = properties.and_then(|known| known.get(name)) {
                self.value(inner, expected, &at)?;
            } else if let Some(expected @ Value::Object(_)) = schema.get("additionalProperties") {
                self.value(inner, expected, &at)?;
            } else if properties.is_some() {
                let known = properties.unwrap_or(&none).keys().cloned().collect::<Vec<_>>();
                let message = format!("There is no field `{name}` here. It has: {}.", known.join(", "));
                return Err(DealError::new("UNKNOWN_FIELD", message).at(at).given(name).one_of(known));
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                let message = format!("The field `{name}` is missing.");
                return Err(DealError::new("MISSING_FIELD", message).at(field_path(path, name)));
            }
        }
        Ok(())
    }

    fn variant(&self, value: &Value, variants: &'static [Value], path: &str) -> Result<(), DealError> {
        let mut some = variants.iter().filter(|variant| variant.get("type") != Some(&json!("null")));
        // A cell that may be empty has one form otherwise, whose own refusal says more.
        if let (Some(only), None) = (some.next(), some.next()) {
            return self.value(value, only, path);
        }
        match variants.iter().find(|variant| self.is_meant(value, variant)) {
            Some(variant) => self.value(value, variant, path),
            None => Err(wrong_choice(value, &self.choices(variants), path)),
        }
    }

    /// Whether a value means this variant: by its tag, its only key, or its type.
    fn is_meant(&self, value: &Value, variant: &'static Value) -> bool {
        let (variant, _) = self.resolve(variant);
        if let Some(only) = variant.get("const") {
            return value == only;
        }
        if let Some(choices) = variant.get("enum").and_then(Value::as_array) {
            return choices.contains(value);
        }
        if variant.get("oneOf").is_some() || variant.get("anyOf").is_some() {
            return !value.is_null();
        }
        match tag(variant) {
            Some(Tag::Field(name, only)) => value.get(name) == Some(only),
            Some(Tag::Key(key)) => value.get(key).is_some(),
            None => of_type(value, variant, "").is_ok(),
        }
    }

    fn choices(&self, variants: &'static [Value]) -> Vec<Value> {
        let mut out = Vec::new();
        for variant in variants {
            let (variant, _) = self.resolve(variant);
            if let Some(only) = variant.get("const") {
                out.push(only.clone());
            } else if let Some(choices) = variant.get("enum").and_then(Value::as_array) {
                out.extend(choices.iter().cloned());
            } else {
                match tag(variant) {
                    Some(Tag::Field(name, only)) => out.push(json!({ name: only })),
                    Some(Tag::Key(key)) => out.push(json!(key)),
                    None => {}
                }
            }
        }
        out
    }
}

enum Tag {
    Field(&'static str, &'static Value),
    Key(&'static str),
}

fn tag(variant: &'static Value) -> Option<Tag> {
    let properties = variant.get("properties")?.as_object()?;
    for (name, property) in properties {
        if let Some(only) = property.get("const") {
            return Some(Tag::Field(name, only));
        }
    }
    let (key, _) = properties.iter().next().filter(|_| properties.len() == 1)?;
    variant.get("required")?.as_array()?.iter().any(|name| name == key).then_some(Tag::Key(key))
}

fn wrong_choice<'a>(value: &Value, choices: impl IntoIterator<Item = &'a Value>, path: &str) -> DealError {
    let allowed: Vec<String> = choices
        .into_iter()
        .map(|choice| choice.as_str().map_or_else(|| choice.to_string(), str::to_owned))
        .collect();
    let message = format!("This value is not one of: {}.", allowed.join(", "));
    DealError::new("UNKNOWN_CHOICE", message).at(path).given(value).one_of(allowed)
}

fn of_type(value: &Value, schema: &Value, path: &str) -> Result<(), DealError> {
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    };
    let expected: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    if expected.iter().any(|kind| is(kind)) {
        return Ok(());
    }
    let wanted = expected.iter().find(|kind| **kind != "null").copied().unwrap_or("null");
    let message = match wanted {
        "string" if value.is_number() => {
            "Write this number as a text in quotes, such as \"0.125\".".to_owned()
        }
        _ => format!("This must be of type {wanted}."),
    };
    Err(DealError::new("WRONG_TYPE", message).at(path).given(value).one_of([wanted.to_owned()]))
}

fn in_format(text: &str, name: &str, schema: &Value, path: &str) -> Result<(), DealError> {
    let refuse = |message: String| Err(DealError::new("INVALID_VALUE", message).at(path).given(text));
    let decimal = schema.get("pattern").and_then(Value::as_str).is_some_and(|p| p.contains("[eE]"));
    match name {
        "Money" => match Money::from_str(text) {
            Ok(_) => Ok(()),
            Err(why) => refuse(format!("Not an amount such as \"USD 900000.00\": {why}.")),
        },
        "Date" => match Date::from_str(text) {
            Ok(_) => Ok(()),
            Err(_) => refuse("Not a day such as \"2027-03-01\".".to_owned()),
        },
        "Currency" => match Currency::from_str(text) {
            Ok(_) => Ok(()),
            Err(_) => refuse("Not a currency code such as \"EUR\".".to_owned()),
        },
        "Ratio" => match Ratio::from_str(text) {
            Ok(_) => Ok(()),
            Err(_) => refuse("Not a share such as \"0.25\" or \"1/3\".".to_owned()),
        },
        _ if decimal && Decimal::from_str(text).is_err() => {
            refuse("Not a decimal number such as \"0.125\".".to_owned())
        }
        _ => Ok(()),
    }
}

fn in_range(number: &serde_json::Number, schema: &Value, path: &str) -> Result<(), DealError> {
    let Some(value) = number.as_i64() else {
        let message = "This number is too large.";
        return Err(DealError::new("OUT_OF_RANGE", message).at(path).given(number));
    };
    let (min, max) = match schema.get("format").and_then(Value::as_str) {
        Some("uint32") => (0, i64::from(u32::MAX)),
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => return Ok(()),
    };
    if (min..=max).contains(&value) {
        return Ok(());
    }
    let message = format!("This number must lie between {min} and {max}.");
    Err(DealError::new("OUT_OF_RANGE", message).at(path).given(number).between(min, max))
}
