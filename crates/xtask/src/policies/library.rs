//! The policies and worked examples as they lie on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use recoup_incentives::examples::{Equivalent, Example, Examples, read_examples};
use recoup_incentives::{Catalog, Labels, read_toml};

use crate::process::root;

/// Everything below `engines/incentives/policies` and `engines/incentives/examples`.
pub(super) struct Library {
    pub(super) catalog: Catalog,
    /// Programs that are asked for, in order of id.
    pub(super) asked: Vec<String>,
    /// Files that cannot be read, and files that lie in the wrong place.
    pub(super) faults: Vec<String>,
    examples: BTreeMap<String, Examples>,
    /// The French of what the policies say.
    pub(super) labels: Labels,
}

impl Library {
    /// Reads all files; `only` narrows what is asked for, and the faults that are told.
    pub(super) fn read(only: &[String]) -> Result<Self> {
        let home = root().join("engines/incentives");
        let mut library = Self {
            catalog: Catalog::default(),
            asked: Vec::new(),
            faults: Vec::new(),
            examples: BTreeMap::new(),
            labels: Labels::read("fr.toml", &text(&home.join("policies/fr.toml"))?)?,
        };
        for file in files(&home.join("policies"))? {
            library.policy(&home.join("policies"), &file)?;
        }
        for file in files(&home.join("examples"))? {
            library.example(&home.join("examples"), &file)?;
        }
        for id in only {
            let Some(program) = library.catalog.resolve(id) else {
                let faults = library.faults.join("\n");
                bail!("there is no program {id}\n{faults}");
            };
            library.asked.push(program.to_owned());
        }
        if only.is_empty() {
            library.asked = library.catalog.programs().map(str::to_owned).collect();
        } else {
            library.faults.retain(|fault| library.asked.iter().any(|id| fault.contains(id.as_str())));
        }
        Ok(library)
    }

    /// The worked examples of a program.
    pub(super) fn examples_of(&self, program: &str) -> &[Example] {
        self.examples.get(program).map_or(&[], |found| found.examples.as_slice())
    }

    /// The changes of a program's policies that are reviewed and make no difference.
    pub(super) fn equivalents_of(&self, program: &str) -> &[Equivalent] {
        self.examples.get(program).map_or(&[], |found| found.equivalents.as_slice())
    }

    fn policy(&mut self, home: &Path, file: &Path) -> Result<()> {
        let name = shown(home, file);
        match read_toml(&name, &text(file)?) {
            Ok(policy) => {
                let due = format!("{}@{}.toml", policy.id, policy.from);
                if file.file_name().is_none_or(|name| name.to_string_lossy() != due) {
                    self.faults.push(format!("policies/{name} should be called {due}"));
                }
                self.catalog.insert(policy);
            }
            Err(error) => self.faults.push(error.to_string()),
        }
        Ok(())
    }

    fn example(&mut self, home: &Path, file: &Path) -> Result<()> {
        let name = shown(home, file);
        let program = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if self.catalog.resolve(&program).is_none() {
            self.faults.push(format!("examples/{name}: there is no program {program}"));
        }
        match read_examples(&name, &text(file)?) {
            Ok(found) => {
                for example in &found.examples {
                    if example.program != program {
                        self.faults.push(format!("examples/{name} holds an example of {}", example.program));
                    }
                }
                self.examples.insert(program, found);
            }
            Err(error) => self.faults.push(error.to_string()),
        }
        Ok(())
    }
}

/// The texts of all policies, as they lie on the disk.
pub(crate) fn files_of_library() -> Result<Vec<String>> {
    files(&root().join("engines/incentives/policies"))?.iter().map(|file| text(file)).collect()
}

fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn shown(home: &Path, file: &Path) -> String {
    file.strip_prefix(home).unwrap_or(file).display().to_string()
}

/// The TOML files of every country's folder, in order.
fn files(home: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for country in fs::read_dir(home).with_context(|| format!("reading {}", home.display()))? {
        let country = country?.path();
        if !country.is_dir() {
            continue;
        }
        for file in fs::read_dir(&country)? {
            let file = file?.path();
            if file.extension().is_some_and(|extension| extension == "toml") {
                found.push(file);
            }
        }
    }
    found.sort();
    Ok(found)
}
