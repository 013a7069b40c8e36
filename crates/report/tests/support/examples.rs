//! The worked examples of every program as sheets of one workbook, with no result in it that could be believed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use recoup_calendar::Date;
use recoup_incentives::examples::{Example, read_examples};
use recoup_incentives::{
    Answers, Catalog, Member, Origin, Policy, ProgramRun, Value, asks_by_period, run, run_stack,
};
use recoup_report::{
    Block, Document, Edition, Form, FormCell, FormInput, FormRun, Offer, Program, Section, SectionKind,
    render,
};

use super::offices::{Sheets, live, says};

/// Forms by program: one sheet each, the examples below each other.
pub(crate) struct Worked {
    programs: Vec<(String, Vec<Form>)>,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found.sort();
}

/// At most so many examples of each program: the first, and others from all over its file.
pub(crate) fn worked(most: usize) -> Worked {
    let catalog = Catalog::embedded().unwrap();
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../engines/incentives/examples"), &mut paths);
    let mut programs = Vec::new();
    for path in paths {
        let examples = read_examples("examples", &std::fs::read_to_string(&path).unwrap()).unwrap().examples;
        let runs: Vec<(&Policy, ProgramRun)> =
            examples.iter().filter_map(|example| computed(catalog, example)).collect();
        let step = (runs.len() / most.max(1)).max(1);
        let forms: Vec<Form> = runs
            .iter()
            .step_by(step)
            .take(most)
            .enumerate()
            .map(|(n, (policy, run))| form(policy, run, n))
            .collect();
        assert!(forms.len() >= 3.min(runs.len()), "{}", path.display());
        if let Some((policy, _)) = runs.first() {
            programs.push((policy.id.clone(), forms));
        }
    }
    Worked { programs }
}

/// The example's own program, beside those of the same film; a claim over several periods is none for one sheet.
fn computed<'c>(catalog: &'c Catalog, example: &Example) -> Option<(&'c Policy, ProgramRun)> {
    let answers = |inputs: &serde_json::Map<String, serde_json::Value>| {
        Answers::from_json(&serde_json::Value::Object(inputs.clone())).unwrap()
    };
    let policy = catalog.on(&example.program, example.on).ok()?;
    let own = answers(&example.inputs);
    if asks_by_period(policy, &own) {
        return None;
    }
    let mut members = vec![Member::new(policy, own.clone())];
    for other in &example.with {
        let policy = catalog.on(&other.program, example.on).unwrap();
        members.push(Member::new(policy, answers(&other.inputs)));
    }
    let runs = match members.as_slice() {
        [_] => vec![run(policy, &own, &Answers::new()).unwrap()],
        _ => run_stack(&members).unwrap(),
    };
    runs.into_iter().find(|run| run.program == policy.id).map(|run| (policy.as_ref(), run))
}

fn form(policy: &Policy, run: &ProgramRun, number: usize) -> Form {
    let key = format!("{} {number}", policy.id);
    let input = |bound: &recoup_incentives::BoundInput| {
        let (offered, typed) = match bound.origin {
            Origin::Given(_) => (Offer::Nothing, Some(bound.value.clone())),
            Origin::Absent => (Offer::Nothing, None),
            Origin::Fed | Origin::Default | Origin::Computed => (Offer::Value(bound.value.clone()), None),
        };
        FormInput {
            name: bound.name.clone(),
            key: format!("{key} {}", bound.name),
            label: bound.label.clone(),
            ground: String::new(),
            options: Vec::new(),
            unit: bound.unit,
            value: bound.value.clone(),
            offered,
            typed,
            tag: String::new(),
            figure: None,
        }
    };
    let words = |word: &str| match word {
        "verdict.undecided" => "undecided".to_owned(),
        _ => "n/a".to_owned(),
    };
    FormRun {
        policy,
        key: &key,
        inputs: run.inputs.iter().map(input).collect(),
        lines: run.lines.iter().map(|line| (line, String::new(), None)).collect(),
        conditions: &run.conditions,
        number: &|constant| run.constants[&constant.id].0.number().unwrap(),
        say: &str::to_owned,
        words: &words,
        tell: &ToString::to_string,
    }
    .form()
}

/// A form whose file says nothing of what its lines give.
fn spoilt(form: &Form) -> Form {
    let mut form = form.clone();
    for row in &mut form.rows {
        assert_ne!(row.cell, FormCell::Written, "{} is live", row.key);
        if matches!(row.cell, FormCell::Computed(_)) {
            row.value = Value::Text("not computed".to_owned());
        }
    }
    form
}

impl Worked {
    pub(crate) fn len(&self) -> usize {
        self.programs.iter().map(|(_, forms)| forms.len()).sum()
    }

    pub(crate) fn workbook(&self) -> Vec<u8> {
        let program = |form: &Form| {
            Block::Program(Box::new(Program { intro: String::new(), pages: Vec::new(), form: spoilt(form) }))
        };
        let section = |(id, forms): &(String, Vec<Form>)| Section {
            kind: SectionKind::Incentives,
            topic: id.clone(),
            lead: String::new(),
            blocks: forms.iter().map(program).collect(),
        };
        let document = Document {
            edition: Edition::default(),
            title: "Worked examples".to_owned(),
            subtitle: String::new(),
            facts: Vec::new(),
            currency: "USD".to_owned(),
            currency_places: 2,
            day: Date::new(2027, 1, 1).unwrap(),
            as_of: String::new(),
            reader: String::new(),
            fingerprint: String::new(),
            confidentiality: String::new(),
            band: Vec::new(),
            sections: self.programs.iter().map(section).collect(),
            references: Vec::new(),
        };
        render::xlsx(&document).unwrap().0
    }

    /// Holds every live row against the engine; how many rows, of how many programs.
    pub(crate) fn compare(&self, sheets: &Sheets) -> (usize, usize) {
        let mut rows = 0;
        let mut wrong = Vec::new();
        let mut programs = BTreeSet::new();
        for (id, forms) in &self.programs {
            let name: String = id.chars().take(28).collect();
            let sheet = &sheets[&format!("worked-{name}")];
            let mut from = 0;
            for form in forms {
                for (row, cell) in live(form, sheet, &mut from) {
                    rows += 1;
                    if !says(&cell, row) {
                        wrong.push(format!("{} is {cell} and not {:?}", row.key, row.value));
                    }
                }
            }
            programs.insert(id);
        }
        assert!(wrong.is_empty(), "{} of {rows} live rows\n{}", wrong.len(), wrong.join("\n"));
        (rows, programs.len())
    }
}
