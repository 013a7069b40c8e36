//! Changes that keep the form and changes that do not.

use serde_json::{Map, Value};

use super::random::Random;

/// Most copies of one element.
const COPIES: usize = 500;

/// Values that are hard on whoever reads them.
const HARD: [&str; 22] = [
    "",
    " ",
    "0",
    "-1",
    "1e30",
    "1000000000000000000000000000000",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "NaN",
    "Infinity",
    "0x10",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "true",
    "\u{202e}\u{2066}right\u{0}left",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "https://",
    "credit",
    "min(",
    "ca-federal-cptc",
];

/// One change somewhere in the tree: gone, doubled, of another kind, another value, another name.
pub(super) fn tree(value: &mut Value, random: &mut Random, formula: &dyn Fn(&mut Random) -> String) {
    let spots = count(value);
    let spot = random.below(spots);
    let mut left = spot;
    if let Some(found) = spot_of(value, &mut left) {
        change(found, random, formula);
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn spot_of<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(list) => list.iter_mut().find_map(|inner| spot_of(inner, left)),
        Value::Object(fields) => fields.values_mut().find_map(|inner| spot_of(inner, left)),
        _ => None,
    }
}

fn change(value: &mut Value, random: &mut Random, formula: &dyn Fn(&mut Random) -> String) {
    let whole = random.once_in(8);
    match value {
        _ if whole => *value = hard(random),
        Value::Array(list) => list_changed(list, random),
        Value::Object(fields) => fields_changed(fields, random, formula),
        Value::String(text) => {
            *text = match random.below(4) {
                0 => formula(random),
                1 => text.repeat(1 + random.below(40)),
                2 => digits(text, random),
                _ => random.one(&HARD).copied().unwrap_or_default().to_owned(),
            }
        }
        other => *other = hard(random),
    }
}

fn list_changed(list: &mut Vec<Value>, random: &mut Random) {
    let at = random.below(list.len());
    match random.below(4) {
        0 => list.clear(),
        1 if at < list.len() => drop(list.remove(at)),
        2 => list.reverse(),
        _ => {
            if let Some(element) = list.get(at).cloned() {
                let copies = if random.once_in(10) { COPIES } else { 1 + random.below(3) };
                list.extend((0..copies).map(|copy| renamed(element.clone(), copy)));
            }
        }
    }
}

/// A copy under a name of its own, so that what follows from many is looked at, not only that a name is taken.
fn renamed(mut element: Value, copy: usize) -> Value {
    for field in ["id", "name"] {
        if let Some(Value::String(text)) = element.get_mut(field) {
            text.push_str(&format!("_{copy}"));
        }
    }
    element
}

fn fields_changed(
    fields: &mut Map<String, Value>,
    random: &mut Random,
    formula: &dyn Fn(&mut Random) -> String,
) {
    let names: Vec<String> = fields.keys().cloned().collect();
    let Some(name) = random.one(&names).cloned() else { return };
    match random.below(5) {
        0 => drop(fields.shift_remove(&name)),
        1 => {
            let other = random.one(&names).cloned().unwrap_or_default();
            let (a, b) = (fields.get(&name).cloned(), fields.get(&other).cloned());
            if let (Some(a), Some(b)) = (a, b) {
                fields.insert(name, b);
                fields.insert(other, a);
            }
        }
        2 => drop(fields.insert(format!("{name}_"), hard(random))),
        3 if fields.contains_key("formula") => {
            fields.insert("formula".to_owned(), Value::from(formula(random)));
        }
        _ => drop(fields.insert(name, hard(random))),
    }
}

fn hard(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::from(random.next()),
        3 => Value::from(0.1),
        4 => (0..random.below(60)).fold(Value::from(1), |inner, _| Value::Array(vec![inner])),
        5 => Value::Array((0..random.below(600)).map(Value::from).collect()),
        6 => Value::Object(Map::new()),
        _ => Value::from(random.one(&HARD).copied().unwrap_or_default()),
    }
}

/// The text with one of its digits replaced by several others.
fn digits(text: &str, random: &mut Random) -> String {
    let at = random.below(text.chars().count());
    let mut spoilt = String::new();
    for (index, sign) in text.chars().enumerate() {
        if index == at {
            spoilt.push_str(&random.next().to_string()[..1 + random.below(4).min(2)]);
        } else {
            spoilt.push(sign);
        }
    }
    spoilt
}

/// One change of the bytes: cut off, doubled in part, put in, turned.
pub(super) fn bytes(text: &mut Vec<u8>, random: &mut Random) {
    const SIGNS: &[u8] = b"{}[]\",:()\\\x00\xff\xe2\x80\xae09.-+*/ \n=#";
    let at = random.below(text.len());
    match random.below(5) {
        0 => text.truncate(at),
        1 => {
            let part = text[at..].iter().copied().take(random.below(400)).collect::<Vec<_>>();
            let times = random.below(6);
            text.extend(part.iter().copied().cycle().take(part.len() * times));
        }
        2 => {
            let sign = random.one(SIGNS).copied().unwrap_or(b'{');
            let times = if random.once_in(5) { 5_000 } else { 1 };
            text.splice(at..at, std::iter::repeat_n(sign, times));
        }
        3 => {
            let end = (at + 1 + random.below(200)).min(text.len());
            text.drain(at.min(end)..end);
        }
        _ => {
            if let Some(byte) = text.get_mut(at) {
                *byte = byte.wrapping_add(u8::try_from(random.below(255)).unwrap_or(1)).wrapping_add(1);
            }
        }
    }
}
