//! `recoup deal levels`: who is paid what if the film grosses more or less.

use recoup_app::{
    findings::Language,
    levels::weigh_deal_file,
    wire::{FigureDto, QuantityDto, WeighedLevels},
};

use crate::outcome::{Answer, Output, Said, print, print_json};

/// Prints what reaches each party at each worldwide gross, and whether it is out.
pub(crate) fn levels(output: Output, text: &str, gross: &[String]) -> Answer {
    let (deal, answer) = weigh_deal_file(text, gross)?;
    if output.json {
        print_json(&answer)?;
    } else {
        let name = |id: &str| {
            let party = deal.parties.iter().find(|party| party.id == id);
            party.map_or_else(|| id.to_owned(), |party| party.name.clone())
        };
        told(&answer, output.language, &name);
    }
    Ok(Said::Yes)
}

fn told(answer: &WeighedLevels, language: Language, name: &dyn Fn(&str) -> String) {
    let words = match language {
        Language::English => ["worldwide gross", "reaches the account", "out", "still owed"],
        Language::French => ["recettes mondiales", "parvient au compte", "désintéressé", "reste dû"],
    };
    for level in &answer.levels {
        print(&format!("{:<46} {:>20}", words[0], amount(&level.gross, language)));
        print(&format!("  {:<44} {:>20}", words[1], amount(&level.account, language)));
        for party in &level.parties {
            let owed = amount(&party.outstanding, language);
            let state = if is_nothing(&party.outstanding) {
                words[2].to_owned()
            } else {
                format!("{} {owed}", words[3])
            };
            print(&format!("  {:<44} {:>20}  {state}", name(&party.party), amount(&party.paid, language)));
        }
    }
}

fn is_nothing(figure: &FigureDto) -> bool {
    matches!(&figure.value, QuantityDto::Money { amount } if amount.minor() == 0)
}

fn amount(figure: &FigureDto, language: Language) -> String {
    match &figure.value {
        QuantityDto::Money { amount } => amount.written(language),
        QuantityDto::Absent { reason, .. } => reason.clone(),
        _ => String::new(),
    }
}
