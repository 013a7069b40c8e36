//! What is tried: a program as JSON or TOML, or a formula by itself.

use anyhow::Result;
use recoup_incentives::own::json_of;
use recoup_incentives::{Catalog, Function};
use serde_json::Value;

use super::mutate::{bytes, tree};
use super::random::Random;
use crate::policies::files_of_library;

/// One input.
pub(super) enum Input {
    /// A program as a file from outside, with values to compute it on.
    Json(Vec<u8>),
    /// A program as the repository writes it.
    Toml(String),
    /// A formula.
    Formula(String),
}

impl Input {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Json(bytes) => bytes,
            Self::Toml(text) | Self::Formula(text) => text.as_bytes(),
        }
    }
}

/// What inputs are made of.
pub(super) struct Seeds {
    programs: Vec<Value>,
    files: Vec<String>,
    formulas: Vec<String>,
    names: Vec<String>,
}

impl Seeds {
    pub(super) fn of(library: &Catalog) -> Result<Self> {
        let mut seeds = Self {
            programs: Vec::new(),
            files: files_of_library()?,
            formulas: Vec::new(),
            names: Vec::new(),
        };
        for policy in library.policies() {
            let mut json = json_of(policy);
            // Under the library's own ids a program is an edition; both ways are tried.
            if let Some(fields) = json.as_object_mut().filter(|_| seeds.programs.len().is_multiple_of(2)) {
                fields.insert("id".to_owned(), Value::from(format!("own-{}", policy.id)));
                fields.shift_remove("aliases");
            }
            seeds.programs.push(json);
            seeds.formulas.extend(policy.lines.iter().map(|line| line.formula.text().to_owned()));
            seeds.names.extend(policy.inputs.iter().map(|input| input.name.clone()));
        }
        Ok(seeds)
    }

    /// The input that these random numbers lead to.
    pub(super) fn input(&self, random: &mut Random) -> Input {
        match random.below(10) {
            0 => Input::Toml(self.toml(random)),
            1..=3 => Input::Formula(self.formula(random)),
            _ => Input::Json(self.json(random)),
        }
    }

    fn json(&self, random: &mut Random) -> Vec<u8> {
        let Some(program) = random.one(&self.programs) else { return Vec::new() };
        let mut program = program.clone();
        if random.once_in(2) {
            for _ in 0..=random.below(3) {
                another_line(&mut program, random);
            }
            return program.to_string().into_bytes();
        }
        for _ in 0..=random.below(4) {
            tree(&mut program, random, &|random| self.formula(random));
        }
        let mut text = program.to_string().into_bytes();
        if random.once_in(4) {
            bytes(&mut text, random);
        }
        text
    }

    fn toml(&self, random: &mut Random) -> String {
        let mut text = random.one(&self.files).cloned().unwrap_or_default().into_bytes();
        for _ in 0..=random.below(3) {
            bytes(&mut text, random);
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    /// A formula of the library, changed, or signs put together.
    fn formula(&self, random: &mut Random) -> String {
        let mut text = match random.below(3) {
            0 => random.one(&self.formulas).cloned().unwrap_or_default(),
            1 => grown(random, 0, &self.names, &NUMBERS),
            _ => {
                let (a, b) = (
                    grown(random, 2, &self.names, &NUMBERS),
                    random.one(&self.formulas).cloned().unwrap_or_default(),
                );
                format!("if({a} >= 0, {b}, {a})")
            }
        };
        if random.once_in(3) {
            let mut spoilt = text.into_bytes();
            bytes(&mut spoilt, random);
            text = String::from_utf8_lossy(&spoilt).into_owned();
        }
        text
    }
}

const NUMBERS: [&str; 9] = [
    "0",
    "1",
    "0.25",
    "-1",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "1000000",
    "99999999999999999999999999999999",
    "3.5",
];
const SIGNS: [&str; 12] = ["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "and", "or"];

/// Another formula over the program's own names in one of its lines, so that what is read is often enough computed.
fn another_line(program: &mut Value, random: &mut Random) {
    let named = |list: &str, field: &str| -> Vec<String> {
        let entries = program.get(list).and_then(Value::as_array).into_iter().flatten();
        entries.filter_map(|entry| entry.get(field)?.as_str().map(str::to_owned)).collect()
    };
    let mut names = named("inputs", "name");
    names.extend(named("constants", "id"));
    names.extend(named("lines", "id"));
    let Some(lines) = program.get_mut("lines").and_then(Value::as_array_mut) else { return };
    let at = random.below(lines.len());
    let Some(line) = lines.get_mut(at).and_then(Value::as_object_mut) else { return };
    let before = line.get("formula").and_then(Value::as_str).unwrap_or("0").to_owned();
    let new = grown(random, 1, &names, &["0", "1"]);
    let formula = match random.below(4) {
        0 => new,
        1 => format!("max({before}, {new})"),
        2 => format!("if({new} >= 0, {before}, {new})"),
        _ => format!("({before}) / ({new})"),
    };
    line.insert("formula".to_owned(), Value::from(formula));
}

/// An expression of the language, or nearly one.
fn grown(random: &mut Random, depth: usize, names: &[String], numbers: &[&str]) -> String {
    if depth > 6 || random.once_in(3) {
        return match random.below(4) {
            0 => random.one(numbers).copied().unwrap_or("0").to_owned(),
            1 => ["true", "false", "\"feature\"", "\"\""][random.below(4)].to_owned(),
            _ => random.one(names).cloned().unwrap_or_default(),
        };
    }
    let mut inner = || grown(random, depth + 1, names, numbers);
    let (left, right) = (inner(), inner());
    match random.below(4) {
        0 => format!("({left} {} {right})", random.one(&SIGNS).copied().unwrap_or("+")),
        1 => format!("not {left}"),
        2 => format!("-{right}"),
        _ => {
            let name = random.one(&Function::ALL).map_or("min", |(name, _)| name);
            let mut arguments = vec![left, right];
            for _ in 0..random.below(4) {
                arguments.push(grown(random, depth + 1, names, numbers));
            }
            format!("{name}({})", arguments.join(", "))
        }
    }
}
