//! What is said about cells and rows, in English and in French.

use recoup_deal::Language;

use crate::{
    fault::{CellFault, FaultCode},
    row_kind::LeftOut,
};

pub(crate) fn fault(fault: &CellFault, language: Language) -> String {
    let given = fault.given.as_str();
    let other = fault.other.as_deref().unwrap_or_default();
    match language {
        Language::English => english(fault.code, given, other),
        Language::French => french(fault.code, given, other),
    }
}

fn english(code: FaultCode, given: &str, other: &str) -> String {
    match code {
        FaultCode::NotANumber => {
            format!("“{given}” is not a number. Write the amount in figures; the line comes without it.")
        }
        FaultCode::FormulaError => {
            format!("The formula gives {given}. Mend it in the sheet; the line comes without this value.")
        }
        FaultCode::TooLarge => format!("{given} is more than an amount may be. The line comes without it."),
        FaultCode::NotAShare => {
            format!("“{given}” is not a share between 0 and 100 %. The line comes without it.")
        }
        FaultCode::UnknownCurrency => {
            format!("“{given}” is not a currency code such as CAD. The amount is taken in {other}.")
        }
        FaultCode::UnknownPlace => format!(
            "“{given}” is no place Recoup knows. Write a code such as CA-QC; the line comes without it."
        ),
        FaultCode::UnknownAccount => {
            format!("“{given}” is none of the standard accounts. The line goes to {other}.")
        }
        FaultCode::UnknownPhase => {
            format!("“{given}” is no phase. The line takes the usual phase of its account.")
        }
        FaultCode::UnknownWord => format!("“{given}” is not understood here. The line comes without it."),
        FaultCode::UnknownParty => {
            format!("Nobody of the deal is called “{given}”. The line comes without it.")
        }
        FaultCode::AmountMissing => "This line has no amount. It comes without one.".to_owned(),
        FaultCode::LabelMissing => format!("This amount has no name. The line is called “{other}”."),
        FaultCode::PlacesDiffer => format!(
            "The amounts spent in places add up to {other}, not to {given}. The line comes without places."
        ),
        FaultCode::LabourExceeds => format!(
            "Labour of {given} is more than the amount of {other}. The line comes without a labour share."
        ),
        FaultCode::LineTwice => format!("The line “{given}” is there twice. This one gets the id {other}."),
        FaultCode::Rounded => format!("{given} has more decimals than its currency; {other} is taken."),
        FaultCode::Ambiguous => format!("“{given}” could be thousands or decimals; {other} is taken."),
        FaultCode::ProductDiffers => {
            format!("Quantity times rate gives {other}, not {given}. The amount of the sheet is taken.")
        }
        FaultCode::SubtotalDiffers => {
            format!("The sheet’s own total {given} is not the sum of its rows, {other}.")
        }
        FaultCode::Negative => format!("{given} is below zero. It is taken as it is."),
    }
}

fn french(code: FaultCode, given: &str, other: &str) -> String {
    match code {
        FaultCode::NotANumber => format!(
            "« {given} » n’est pas un nombre. Écrivez le montant en chiffres ; la ligne vient sans lui."
        ),
        FaultCode::FormulaError => format!(
            "La formule donne {given}. Corrigez-la dans le classeur ; la ligne vient sans cette valeur."
        ),
        FaultCode::TooLarge => {
            format!("{given} dépasse ce qu’un montant peut être. La ligne vient sans lui.")
        }
        FaultCode::NotAShare => {
            format!("« {given} » n’est pas une part entre 0 et 100 %. La ligne vient sans elle.")
        }
        FaultCode::UnknownCurrency => {
            format!("« {given} » n’est pas un code de monnaie comme CAD. Le montant est pris en {other}.")
        }
        FaultCode::UnknownPlace => format!(
            "« {given} » n’est pas un lieu connu. Écrivez un code comme CA-QC ; la ligne vient sans lui."
        ),
        FaultCode::UnknownAccount => {
            format!("« {given} » n’est aucun des comptes types. La ligne va au compte {other}.")
        }
        FaultCode::UnknownPhase => {
            format!("« {given} » n’est pas une phase. La ligne prend la phase habituelle de son compte.")
        }
        FaultCode::UnknownWord => {
            format!("« {given} » n’est pas compris ici. La ligne vient sans cette valeur.")
        }
        FaultCode::UnknownParty => {
            format!("Personne du projet ne s’appelle « {given} ». La ligne vient sans cette valeur.")
        }
        FaultCode::AmountMissing => "Cette ligne n’a pas de montant. Elle vient sans montant.".to_owned(),
        FaultCode::LabelMissing => format!("Ce montant n’a pas de nom. La ligne s’appelle « {other} »."),
        FaultCode::PlacesDiffer => {
            format!("Les montants dépensés par lieu font {other} et non {given}. La ligne vient sans lieux.")
        }
        FaultCode::LabourExceeds => format!(
            "La main-d’œuvre de {given} dépasse le montant de {other}. La ligne vient sans part de main-d’œuvre."
        ),
        FaultCode::LineTwice => {
            format!("La ligne « {given} » y est deux fois. Celle-ci reçoit l’identifiant {other}.")
        }
        FaultCode::Rounded => format!("{given} a plus de décimales que sa monnaie ; {other} est pris."),
        FaultCode::Ambiguous => {
            format!("« {given} » peut être des milliers ou des décimales ; {other} est pris.")
        }
        FaultCode::ProductDiffers => {
            format!("Quantité fois prix donne {other} et non {given}. Le montant du classeur est pris.")
        }
        FaultCode::SubtotalDiffers => {
            format!("Le total {given} du classeur n’est pas la somme de ses lignes, {other}.")
        }
        FaultCode::Negative => format!("{given} est inférieur à zéro. Il est pris tel quel."),
    }
}

impl LeftOut {
    /// Why the row is left out, for a reader.
    #[must_use]
    pub fn said(self, language: Language) -> &'static str {
        let (english, french) = match self {
            Self::Blank => ("Blank", "Vide"),
            Self::HeaderAgain => ("The header again", "L’en-tête, répété"),
            Self::Heading => ("Name of a section", "Nom d’une section"),
            Self::Note => ("A text beside the table", "Un texte à côté du tableau"),
            Self::Subtotal => ("Sum of a section", "Somme d’une section"),
            Self::GrandTotal => ("The sheet’s total", "Total du classeur"),
            Self::HasParts => ("Its parts are listed below", "Ses parties sont détaillées plus bas"),
            Self::OfWhich => ("Contained in a line above", "Compris dans une ligne plus haut"),
            Self::FringesIncluded => {
                ("Fringes the lines contain already", "Charges déjà comprises dans les lignes")
            }
            Self::Contingency => ("Contingency: the deal has its own", "Imprévus : le projet a les siens"),
            Self::FinancingCost => {
                ("Cost of financing: the deal computes it", "Frais financiers : le projet les calcule")
            }
            Self::NoAmount => ("No amount", "Sans montant"),
            Self::Zero => ("Nothing is spent", "Rien n’est dépensé"),
            Self::Asked => ("You left it out", "Vous l’avez écartée"),
        };
        match language {
            Language::English => english,
            Language::French => french,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_has_its_spaces() {
        let codes =
            [FaultCode::NotANumber, FaultCode::Rounded, FaultCode::LabelMissing, FaultCode::NotAShare];
        for code in codes {
            let text = french(code, "1", "2");
            for sign in [';', ':', '!', '?', '»', '%'] {
                assert!(!text.contains(&format!(" {sign}")), "{text}");
            }
            assert!(!text.contains("« "), "{text}");
        }
    }
}
