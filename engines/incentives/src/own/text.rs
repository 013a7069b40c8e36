//! From text to JSON, once, within bounds: names given twice are faults, and texts lose what nobody can see.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{Fault, told};

/// Deepest nesting of a program; the form itself needs six.
const MAX_DEPTH: usize = 20;
/// Most values in a program, of whatever kind. Five megabytes of brackets would be millions.
const MAX_VALUES: usize = 500_000;

/// Reads a text. A name that an object gives twice is a fault: a reader sees one and a program the other.
pub(super) fn read(text: &str) -> Result<Value, Vec<Fault>> {
    let text = text.trim_start_matches('\u{feff}');
    let state = RefCell::new(State { path: Vec::new(), values: 0, faults: Vec::new() });
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Reader { state: &state }.deserialize(&mut reader);
    let value = read.and_then(|value| reader.end().map(|()| value));
    let value = value.map_err(|reason| vec![unreadable(&reason)])?;
    told(state.into_inner().faults)?;
    Ok(value)
}

/// The same for JSON that is read already, which has every name once.
pub(super) fn cleaned(value: &Value) -> Result<Value, Vec<Fault>> {
    let deep = |_| vec![Fault::new("", "the program nests too deep").limit(MAX_DEPTH)];
    clean_value(value, 0).map_err(deep)
}

struct TooDeep;

fn clean_value(value: &Value, depth: usize) -> Result<Value, TooDeep> {
    if depth > MAX_DEPTH {
        return Err(TooDeep);
    }
    Ok(match value {
        Value::String(text) => Value::String(clean(text)),
        Value::Array(list) => {
            Value::Array(list.iter().map(|inner| clean_value(inner, depth + 1)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => {
            let mut kept = Map::new();
            for (name, inner) in fields.iter().filter(|(_, inner)| !inner.is_null()) {
                kept.insert(clean(name), clean_value(inner, depth + 1)?);
            }
            Value::Object(kept)
        }
        other => other.clone(),
    })
}

/// serde_json's own words name the line and the column.
fn unreadable(reason: &serde_json::Error) -> Fault {
    let said: String = reason.to_string().chars().take(300).collect();
    let message = match reason.classify() {
        serde_json::error::Category::Data => said,
        serde_json::error::Category::Eof => format!("the text ends too early: {said}"),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            format!("the text is not JSON: {said}")
        }
    };
    Fault::new("", message)
}

/// A text without control characters, without signs that turn the direction of writing round, and without
/// signs nobody can see: what is read on a page is what is in the file. Ends of lines become spaces.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            sign if is_hidden(sign) => {}
            sign => clean.push(sign),
        }
    }
    let trimmed = clean.trim_matches(' ');
    if trimmed.len() == clean.len() { clean } else { trimmed.to_owned() }
}

fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

struct State {
    path: Vec<String>,
    values: usize,
    faults: Vec<Fault>,
}

impl State {
    fn here(&self) -> String {
        let mut here = String::new();
        for step in &self.path {
            if !step.starts_with('[') && !here.is_empty() {
                here.push('.');
            }
            here.push_str(step);
        }
        here
    }
}

/// Reads one value; what it has met stands in the state.
#[derive(Clone, Copy)]
struct Reader<'s> {
    state: &'s RefCell<State>,
}

impl Reader<'_> {
    fn count<E: serde::de::Error>(self) -> Result<(), E> {
        let mut state = self.state.borrow_mut();
        state.values += 1;
        if state.values > MAX_VALUES {
            return Err(E::custom(format!("the program has more than {MAX_VALUES} values")));
        }
        if state.path.len() > MAX_DEPTH {
            return Err(E::custom(format!("the program nests deeper than {MAX_DEPTH}")));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(clean(text)))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            self.state.borrow_mut().path.push(format!("[{}]", values.len()));
            let next = list.next_element_seed(self)?;
            self.state.borrow_mut().path.pop();
            match next {
                Some(value) => values.push(value),
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        let mut seen = HashSet::new();
        while let Some(name) = object.next_key::<String>()? {
            let name = clean(&name);
            if name.len() > 200 {
                return Err(A::Error::custom("a field's name is longer than 200 bytes"));
            }
            self.state.borrow_mut().path.push(name.clone());
            if !seen.insert(name.clone()) {
                let mut state = self.state.borrow_mut();
                let path = state.here();
                state.faults.push(Fault::new(path, "the field is given twice"));
            }
            let value = object.next_value_seed(self)?;
            self.state.borrow_mut().path.pop();
            // What is null says nothing, as everywhere in a deal.
            if !value.is_null() {
                fields.insert(name, value);
            }
        }
        Ok(Value::Object(fields))
    }
}
