//! `recoup deal solve`: the closing solved for one unknown.

use recoup_app::{
    closing::solve_deal_file,
    findings::Language,
    wire::{ClosingSolution, FigureDto, NoClosing, QuantityDto},
};

use crate::outcome::{Answer, Output, Said, print, print_json};

/// Prints what the unknown has to be, with the proof, or what prevents it.
pub(crate) fn solved(output: Output, text: &str, sought: &str) -> Answer {
    let answer = solve_deal_file(text, sought)?;
    if output.json {
        print_json(&serde_json::json!({
            "for": sought, "solution": answer.solution, "reason": answer.reason
        }))?;
    } else if let Some(solution) = &answer.solution {
        print(&found(solution, sought, output.language));
    } else if let Some(reason) = &answer.reason {
        print(&prevented(reason, sought, output.language));
    }
    Ok(if answer.solution.is_some() { Said::Yes } else { Said::No })
}

fn amount(figure: &FigureDto, language: Language) -> String {
    match &figure.value {
        QuantityDto::Money { amount } => amount.written(language),
        QuantityDto::Absent { reason, .. } => reason.clone(),
        _ => String::new(),
    }
}

fn found(solution: &ClosingSolution, sought: &str, language: Language) -> String {
    let (needed, left) = (amount(&solution.amount, language), amount(&solution.difference, language));
    let trials = solution.trials;
    let mut told = match language {
        Language::English => format!(
            "{sought} = {needed}\nProof: cash sources less cash uses with it {left}, found by computing {trials} deals."
        ),
        Language::French => format!(
            "{sought} = {needed}\nPreuve\u{a0}: ressources moins emplois en trésorerie avec ce montant {left}, trouvé en calculant {trials} plans."
        ),
    };
    for cell in &solution.cells {
        told.push_str(&format!("\n  {} = {}", cell.path, cell.value));
    }
    told
}

fn prevented(reason: &NoClosing, sought: &str, language: Language) -> String {
    let left = reason.amount.as_ref().map(|figure| amount(figure, language)).unwrap_or_default();
    let other = reason.instrument.clone().unwrap_or_default();
    let message = reason.message.clone().unwrap_or_default();
    match language {
        Language::English => match reason.kind.as_str() {
            "nothing_to_solve" => format!("{sought}: the deal has nothing of that kind with an amount."),
            "filled_by" => {
                format!("{sought}: {other} has no limit and fills whatever is open, so every amount closes.")
            }
            "never_cash" => format!("{sought}: this money never comes as cash and closes nothing."),
            "not_needed" => format!("{sought}: sources cover uses even without it; {left} is left over."),
            "never_enough" => {
                format!("{sought}: no amount closes the deal; however much it gives, {left} stays missing.")
            }
            "never_carried" => {
                format!("{sought}: the sources do not even carry a thousandth of it; {left} is missing then.")
            }
            "refused" => format!("{sought}: the deal refuses the answer. {message}"),
            _ => format!("{sought}: the closing has no figure yet; recoup deal check says what is missing."),
        },
        Language::French => match reason.kind.as_str() {
            "nothing_to_solve" => format!("{sought}\u{a0}: le plan n’a rien de tel avec un montant."),
            "filled_by" => format!(
                "{sought}\u{a0}: {other} n’a pas de limite et comble tout ce qui manque\u{a0}; tout montant boucle donc le plan."
            ),
            "never_cash" => {
                format!("{sought}\u{a0}: cet apport n’est jamais versé en trésorerie et ne boucle rien.")
            }
            "not_needed" => format!(
                "{sought}\u{a0}: les ressources couvrent les emplois même sans cela\u{a0}; il reste {left}."
            ),
            "never_enough" => format!(
                "{sought}\u{a0}: aucun montant ne boucle le plan\u{a0}; quoi que cela apporte, il manque encore {left}."
            ),
            "never_carried" => format!(
                "{sought}\u{a0}: les ressources n’en portent pas même un millième\u{a0}; il manque alors {left}."
            ),
            "refused" => format!("{sought}\u{a0}: le plan refuse la réponse. {message}"),
            _ => format!(
                "{sought}\u{a0}: le bouclage n’a pas encore de chiffre\u{a0}; recoup deal check dit ce qui manque."
            ),
        },
    }
}
