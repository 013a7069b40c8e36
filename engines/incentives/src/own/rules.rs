//! Bounds on a program from outside, beyond what every policy keeps: how many, how long, how large, how named.

use rust_decimal::Decimal;
use serde_json::Value;

use super::{Fault, MAX_FAULTS};
use crate::policy::{Policy, Unit};

/// Most lines of a program from outside, those of its shorter questions counted with it. The longest form of
/// the library has thirty.
pub const MAX_OWN_LINES: usize = 400;
/// Most entries of any other list.
pub const MAX_ENTRIES: usize = 300;
/// Most parts of all formulas together.
const MAX_PARTS_IN_ALL: usize = 20_000;
/// Longest text, in characters.
const MAX_TEXT: usize = 2_000;
/// Longest label and name of a program, in characters; they stand in tables.
const MAX_LABEL: usize = 200;
/// Longest id and name in a formula.
const MAX_NAME: usize = 64;
/// Longest program id: a deal carries it with the first day behind it.
const MAX_PROGRAM: usize = 48;
/// Most payments of one credit.
const MAX_PAYMENTS: u32 = 120;
/// Most months until a payment and between two.
const MAX_MONTHS: u32 = 600;
/// Largest number of the law, up and down: no film costs a thousandth of it.
const MAX_AMOUNT: i64 = 1_000_000_000_000_000;
/// Largest rate, up and down.
const MAX_RATE: i64 = 100;

/// Refuses lists that are too long before anything looks into them.
pub(super) fn counted(json: &Value) -> Result<(), Vec<Fault>> {
    let Some(fields) = json.as_object() else {
        return Err(vec![Fault::new("", "a program is a JSON object").limit("{ … }")]);
    };
    let mut faults = Vec::new();
    for (name, value) in fields {
        let limit = if name == "lines" { MAX_OWN_LINES } else { MAX_ENTRIES };
        lists(value, name, limit, &mut faults);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn lists(value: &Value, path: &str, limit: usize, faults: &mut Vec<Fault>) {
    if faults.len() >= MAX_FAULTS {
        return;
    }
    match value {
        Value::Array(list) if list.len() > limit => {
            let message = format!("has {} entries; at most {limit} are read", list.len());
            faults.push(Fault::new(path, message).given(list.len()).limit(limit));
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                lists(inner, &format!("{path}[{index}]"), MAX_ENTRIES, faults);
            }
        }
        Value::Object(fields) if fields.len() > MAX_ENTRIES => {
            let fault = Fault::new(path, "has too many fields");
            faults.push(fault.given(fields.len()).limit(MAX_ENTRIES));
        }
        Value::Object(fields) => {
            for (name, inner) in fields {
                lists(inner, &format!("{path}.{name}"), MAX_ENTRIES, faults);
            }
        }
        _ => {}
    }
}

/// Everything in which a policy that reads leaves the bounds.
pub(super) fn within(policy: &Policy) -> Vec<Fault> {
    let mut rules = Rules(Vec::new());
    rules.head(policy);
    rules.names(policy);
    rules.texts(policy);
    rules.numbers(policy);
    rules.size(policy);
    rules.0
}

struct Rules(Vec<Fault>);

impl Rules {
    fn report(&mut self, fault: Fault) {
        if self.0.len() < MAX_FAULTS {
            self.0.push(fault);
        }
    }

    fn head(&mut self, policy: &Policy) {
        let plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
        let id = policy.id.as_bytes();
        let sound = id.first().is_some_and(u8::is_ascii_lowercase)
            && id.len() <= MAX_PROGRAM
            && id.iter().copied().all(plain);
        if !sound {
            let message = "an id begins with a small letter and holds small letters, digits and hyphens";
            self.report(
                Fault::new("id", message).given(&policy.id).limit(format!("{MAX_PROGRAM} characters")),
            );
        }
        for (field, text) in [("short_name", &policy.short_name), ("legal_name", &policy.legal_name)] {
            if text.trim().is_empty() {
                self.report(Fault::new(field, "the field says nothing"));
            }
        }
        for source in &policy.sources {
            let address = &source.address;
            let web = address.starts_with("https://") || address.starts_with("http://");
            let plain = !address.chars().any(|sign| sign.is_whitespace() || "<>\"'`\\{}|^".contains(sign));
            if !web || !plain {
                let path = format!("sources[{}].address", source.id);
                let fault = Fault::new(path, "this is not the address of a web page");
                self.report(fault.given(address).limit("https://…"));
            }
        }
        let themselves = policy.interactions.iter().enumerate();
        for (index, _) in themselves.filter(|(_, one)| one.with.contains(&policy.id)) {
            let path = format!("interactions[{index}].with");
            self.report(Fault::new(path, "a program touches itself").given(&policy.id));
        }
    }

    /// Names stand in formulas and in the addresses of figures.
    fn names(&mut self, policy: &Policy) {
        let short = || policy.short_forms.iter();
        let inputs = policy.inputs.iter().chain(short().flat_map(|form| &form.inputs));
        let lines = policy.lines.iter().chain(short().flat_map(|form| &form.lines));
        let names = inputs
            .map(|input| (format!("inputs[{}].name", input.name), &input.name))
            .chain(policy.constants.iter().map(|one| (format!("constants[{}].id", one.id), &one.id)))
            .chain(lines.map(|line| (format!("lines[{}].id", line.id), &line.id)))
            .chain(policy.conditions.iter().map(|one| (format!("conditions[{}].id", one.id), &one.id)));
        for (path, name) in names {
            let bytes = name.as_bytes();
            let sound = bytes.first().is_some_and(u8::is_ascii_lowercase)
                && bytes.len() <= MAX_NAME
                && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_');
            if !sound {
                let message = "a name begins with a small letter and holds small letters, digits and _";
                let path: String = path.chars().take(MAX_LABEL).collect();
                self.report(Fault::new(path, message).given(name).limit(format!("{MAX_NAME} characters")));
            }
        }
        let ids = policy.sources.iter().map(|source| ("sources", &source.id));
        for (list, id) in ids.chain(short().map(|form| ("short_forms", &form.id))) {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-.:".contains(&b);
            let bytes = id.as_bytes();
            let sound = bytes.first().is_some_and(u8::is_ascii_alphanumeric)
                && bytes.len() <= MAX_NAME
                && bytes.iter().copied().all(plain);
            if !sound {
                let message = "an id begins with a letter or digit and holds letters, digits and . _ - :";
                self.report(Fault::new(format!("{list}[].id"), message).given(id));
            }
        }
    }

    /// Every text by its length, whatever it is for.
    fn texts(&mut self, policy: &Policy) {
        let json = serde_json::to_value(policy).unwrap_or_default();
        self.lengths(&json, "");
    }

    fn lengths(&mut self, value: &Value, path: &str) {
        match value {
            Value::String(text) => {
                let field = path.rsplit('.').next().unwrap_or_default();
                let limit = match field {
                    "label" | "legal_name" => MAX_LABEL,
                    "short_name" => MAX_LABEL / 2,
                    _ => MAX_TEXT,
                };
                let given = text.chars().count();
                if given > limit {
                    let fault = Fault::new(path, "the text is too long").given(format!("{given} characters"));
                    self.report(fault.limit(format!("{limit} characters")));
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    self.lengths(inner, &format!("{path}[{index}]"));
                }
            }
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let at = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.lengths(inner, &at);
                }
            }
            _ => {}
        }
    }

    fn numbers(&mut self, policy: &Policy) {
        for constant in &policy.constants {
            let most = if constant.unit == Unit::Rate { MAX_RATE } else { MAX_AMOUNT };
            if constant.value.abs() > Decimal::from(most) {
                let fault = Fault::new(
                    format!("constants[{}].value", constant.id),
                    "the number is larger than any law's",
                );
                self.report(fault.given(constant.value).limit(format!("{most} up and down")));
            }
        }
        for (index, payment) in policy.cash.iter().enumerate() {
            for (field, given, most) in [
                ("times", payment.times, MAX_PAYMENTS),
                ("lag_months", payment.lag_months, MAX_MONTHS),
                ("every_months", payment.every_months, MAX_MONTHS),
            ] {
                if given > most {
                    let fault = Fault::new(format!("cash[{index}].{field}"), "the number is too large");
                    self.report(fault.given(given).limit(most));
                }
            }
        }
        if let Some(rate) = policy.tax.rate.filter(|rate| rate.is_sign_negative() || *rate > Decimal::ONE) {
            let fault = Fault::new("tax.rate", "a tax rate lies between nought and one");
            self.report(fault.given(rate).limit("0 to 1"));
        }
    }

    fn size(&mut self, policy: &Policy) {
        let short: usize = policy.short_forms.iter().map(|form| form.lines.len()).sum();
        let lines = policy.lines.len() + short;
        if lines > MAX_OWN_LINES {
            let message =
                format!("has {lines} entries with its shorter questions; at most {MAX_OWN_LINES} are read");
            self.report(Fault::new("lines", message).given(lines).limit(MAX_OWN_LINES));
        }
        let mut parts = 0usize;
        let of_short = policy.short_forms.iter().flat_map(|form| &form.lines);
        let formulas = policy.lines.iter().chain(of_short).map(|line| &line.formula);
        for formula in formulas.chain(policy.conditions.iter().map(|one| &one.test)) {
            formula.expression().walk(&mut |_| parts += 1);
        }
        if parts > MAX_PARTS_IN_ALL {
            let fault = Fault::new("lines", "all formulas together have too many parts");
            self.report(fault.given(parts).limit(MAX_PARTS_IN_ALL));
        }
    }
}
