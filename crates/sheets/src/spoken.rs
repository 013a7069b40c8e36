//! What is said about cells and rows, in English and in French.

use recoup_deal::{Language, findings::money_in_words};
use recoup_money::Money;

use crate::{
    fault::{CellFault, FaultCode},
    row_kind::LeftOut,
};

pub(crate) fn fault(fault: &CellFault, language: Language) -> String {
    let told = number(&fault.given, language).filter(|_| is_about_an_amount(fault.code));
    let given = told.as_deref().unwrap_or(&fault.given);
    let other = fault.other.as_deref().unwrap_or_default();
    let in_words = number(other, language);
    let other = in_words.as_deref().unwrap_or(other);
    match language {
        Language::English => english(fault.code, given, other),
        Language::French => french(fault.code, given, other),
    }
}

fn is_about_an_amount(code: FaultCode) -> bool {
    matches!(
        code,
        FaultCode::Rounded
            | FaultCode::TooLarge
            | FaultCode::Negative
            | FaultCode::PlacesDiffer
            | FaultCode::LabourExceeds
            | FaultCode::ProductDiffers
            | FaultCode::SubtotalDiffers
            | FaultCode::NetDiffers
    )
}

/// An amount or a bare number as the reader's language writes it; none for any other text.
fn number(text: &str, language: Language) -> Option<String> {
    if let Ok(amount) = text.parse::<Money>() {
        return Some(money_in_words(amount, language));
    }
    let bare = text.strip_prefix('-').unwrap_or(text);
    let is_bare = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_bare.then(|| in_groups(text, language))
}

/// Digits with the thousands apart, as a language writes them.
pub(crate) fn in_groups(number: &str, language: Language) -> String {
    let (apart, mark) = match language {
        Language::English => (",", "."),
        Language::French => ("\u{202f}", ","),
    };
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut groups: Vec<&str> = Vec::new();
    let mut rest = digits;
    while rest.len() > 3 {
        let (head, tail) = rest.split_at(rest.len() - 3);
        groups.insert(0, tail);
        rest = head;
    }
    groups.insert(0, rest);
    let fraction = fraction.map(|fraction| format!("{mark}{fraction}")).unwrap_or_default();
    format!("{sign}{}{fraction}", groups.join(apart))
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
        FaultCode::NotADay => format!("“{given}” is not a day. Write it as 2029-03-31."),
        FaultCode::DayDoubtful => {
            format!("“{given}” could be read day first or month first; {other} is taken.")
        }
        FaultCode::NotAPeriod => {
            format!("“{given}” is not a period. Write it as Q1 2029, or as two days.")
        }
        FaultCode::PeriodReversed => format!("The period ends on {given}, before it begins."),
        FaultCode::NetDiffers => {
            format!("Gross less deductions gives {other}, not {given}. Both are taken as they are.")
        }
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
        FaultCode::NotADay => format!("« {given} » n’est pas un jour. Écrivez-le 31/03/2029."),
        FaultCode::DayDoubtful => {
            format!("« {given} » peut se lire jour ou mois en premier ; {other} est pris.")
        }
        FaultCode::NotAPeriod => {
            format!("« {given} » n’est pas une période. Écrivez T1 2029, ou deux jours.")
        }
        FaultCode::PeriodReversed => format!("La période se termine le {given}, avant de commencer."),
        FaultCode::NetDiffers => {
            format!(
                "Le brut moins les déductions donne {other}, et non {given}. Les deux sont pris tels quels."
            )
        }
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
    fn numbers_are_told_as_the_language_writes_them() {
        assert_eq!(in_groups("-1234567.5", Language::English), "-1,234,567.5");
        assert_eq!(in_groups("234567", Language::French), "234\u{202f}567");
        assert_eq!(number("USD 1234.50", Language::English).as_deref(), Some("USD 1,234.50"));
        assert_eq!((number("tbd", Language::English), number("1,234", Language::English)), (None, None));
    }

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
