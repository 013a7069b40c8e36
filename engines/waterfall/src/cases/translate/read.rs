//! The fields of a case, read one by one

use recoup_calendar::Date;
use recoup_deal::recoupment::{Membership, Ratio, Relation};
use serde_json::{Map, Value};

pub(super) type Read<T> = Result<T, String>;
pub(super) type Object = Map<String, Value>;

pub(super) fn object<'a>(value: Option<&'a Value>, at: &str) -> Read<&'a Object> {
    value.and_then(Value::as_object).ok_or_else(|| format!("`{at}` is not an object"))
}

pub(super) fn array<'a>(value: Option<&'a Value>, at: &str) -> Read<&'a [Value]> {
    value.and_then(Value::as_array).map(Vec::as_slice).ok_or_else(|| format!("`{at}` is not a list"))
}

pub(super) fn items<'a>(from: &'a Object, key: &str) -> Read<&'a [Value]> {
    from.get(key).map_or(Ok(&[]), |value| array(Some(value), key))
}

pub(super) fn text<'a>(from: &'a Object, key: &str) -> Read<&'a str> {
    from.get(key).and_then(Value::as_str).ok_or_else(|| format!("`{key}` is missing or not a text"))
}

pub(super) fn owned(from: &Object, key: &str) -> Read<String> {
    text(from, key).map(str::to_owned)
}

pub(super) fn optional(from: &Object, key: &str) -> Read<Option<String>> {
    from.get(key).map(|_| owned(from, key)).transpose()
}

pub(super) fn texts(from: &Object, key: &str) -> Read<Vec<String>> {
    let read = |value: &Value| {
        value.as_str().map(str::to_owned).ok_or_else(|| format!("`{key}` is not a list of texts"))
    };
    items(from, key)?.iter().map(read).collect()
}

pub(super) fn ratio(from: &Object, key: &str) -> Read<Ratio> {
    text(from, key)?.parse().map_err(|error| format!("`{key}`: {error}"))
}

pub(super) fn ratio_or_one(from: &Object, key: &str) -> Read<Ratio> {
    from.get(key).map_or(Ok(Ratio::ONE), |_| ratio(from, key))
}

pub(super) fn date(from: &Object, key: &str) -> Read<Option<Date>> {
    let Some(written) = from.get(key) else { return Ok(None) };
    let written = written.as_str().ok_or_else(|| format!("`{key}` is not a date"))?;
    written.parse().map(Some).map_err(|error| format!("`{key}`: {error}"))
}

pub(super) fn day(from: &Object) -> Read<Date> {
    date(from, "date")?.ok_or_else(|| "`date` is missing".to_owned())
}

/// A field that is not known is a construct that is not supported.
pub(super) fn only(from: &Object, what: &str, known: &[&str]) -> Read<()> {
    match from.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("the construct `{key}` of {what} is not supported")),
        None => Ok(()),
    }
}

pub(super) fn relation(from: &Object) -> Read<Relation> {
    match text(from, "is")? {
        "below" => Ok(Relation::Below),
        "at_least" => Ok(Relation::AtLeast),
        other => Err(format!("the relation `{other}` is not supported")),
    }
}

pub(super) fn membership(from: &Object) -> Read<Membership> {
    match text(from, "is")? {
        "in" => Ok(Membership::In),
        "not_in" => Ok(Membership::NotIn),
        other => Err(format!("the relation `{other}` is not supported")),
    }
}
