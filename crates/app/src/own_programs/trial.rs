//! A program that may be kept nowhere yet, on a deal and on typed values.

use std::collections::BTreeMap;

use recoup_deal::{Deal, Language};
use recoup_incentives::own::{asked_of, id_taken, typed};
use recoup_incentives::{
    Fault, OwnProgram, Policy, ProgramOrigin, ProgramRun, own_edition, read_own_bytes, run,
};
use serde::Serialize;

use super::shown_faults;
use crate::{
    App, AppError,
    computation::catalog,
    incentives::entry_of,
    program_runs::{Seen, run_of},
    wire::{ProgramEntry, ProgramFault, TriedProgram, TryProgram},
};

/// Reads a program and computes it on the deal's budget and the values typed. Nothing is stored.
pub async fn try_program(app: &App, request: TryProgram) -> Result<TriedProgram, AppError> {
    let state = request.deal.as_deref().map(|deal| app.state(deal)).transpose()?;
    let deal = state.as_ref().map(|(_, state)| &state.deal);
    tried(request.text.as_bytes(), deal, &request.inputs)
}

fn tried(
    text: &[u8],
    deal: Option<&Deal>,
    inputs: &BTreeMap<String, String>,
) -> Result<TriedProgram, AppError> {
    let faulty = |faults: &[Fault]| TriedProgram {
        faults: shown_faults(faults),
        advice: Vec::new(),
        entry: None,
        run: None,
    };
    let OwnProgram { policy, advice, .. } = match read_own_bytes(text) {
        Ok(program) => program,
        Err(faults) => return Ok(faulty(&faults)),
    };
    let mut faults = id_taken(&policy, catalog()?);
    let (seen, run) = match computed(&policy, deal, inputs) {
        Ok(done) => done,
        Err(fault) => {
            faults.push(fault);
            return Ok(faulty(&faults));
        }
    };
    Ok(TriedProgram {
        faults: shown_faults(&faults),
        advice: shown_faults(&advice),
        entry: Some(entry_of(&policy, ProgramOrigin::Own, Language::English)),
        run: Some(run_of(&policy, &run, &seen, Language::English)),
    })
}

fn computed(
    policy: &Policy,
    deal: Option<&Deal>,
    inputs: &BTreeMap<String, String>,
) -> Result<(Seen, ProgramRun), Fault> {
    let mut seen = Seen::default();
    let mut answers = recoup_incentives::Answers::new();
    for asked in deal.map(|deal| asked_of(deal, policy)).unwrap_or_default() {
        seen.from_deal.insert(asked.name.clone(), asked.paths);
        answers.set(&asked.name, asked.value);
    }
    for (name, value) in typed(policy, inputs)?.iter() {
        seen.from_deal.remove(name);
        answers.set(name, value.clone());
    }
    let run = run(policy, &answers, &recoup_incentives::Answers::new());
    run.map(|run| (seen, run)).map_err(|reason| Fault {
        path: "inputs".to_owned(),
        message: reason.to_string(),
        given: None,
        limit: None,
    })
}

/// What is wrong with the file of a program, for readers without a desk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedFile {
    /// The program, where it reads.
    pub program: Option<ProgramEntry>,
    /// What is wrong with it, field by field.
    pub faults: Vec<ProgramFault>,
    /// What the library would ask of a program of its own.
    pub advice: Vec<ProgramFault>,
}

/// Checks the file of a program.
pub fn check_program_file(bytes: &[u8]) -> Result<CheckedFile, AppError> {
    Ok(match read_own_bytes(bytes) {
        Ok(program) => {
            let faults = own_edition(&program.policy, catalog()?).err().unwrap_or_default();
            CheckedFile {
                program: Some(entry_of(&program.policy, ProgramOrigin::Own, Language::English)),
                faults: shown_faults(&faults),
                advice: shown_faults(&program.advice),
            }
        }
        Err(faults) => CheckedFile { program: None, faults: shown_faults(&faults), advice: Vec::new() },
    })
}

/// Computes the program of a file on the budget of a deal file and on typed values.
pub fn try_program_file(
    program: &[u8],
    deal: Option<&str>,
    inputs: &BTreeMap<String, String>,
) -> Result<TriedProgram, AppError> {
    let deal = deal.map(recoup_deal::read_deal).transpose()?;
    tried(program, deal.as_ref(), inputs)
}
