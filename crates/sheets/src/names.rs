//! The closed terms of a budget in words, as exports write them and imports know them again.

use recoup_deal::{Account, Language, Phase, SpendCurve};

use crate::text::plain;

/// A term with its name in the deal document, in English and in French.
struct Named<T: 'static>(T, &'static str, &'static str, &'static str);

const ACCOUNTS: [Named<Account>; 21] = [
    Named(Account::Development, "development", "Development", "Développement"),
    Named(Account::StoryAndRights, "story_and_rights", "Story and rights", "Scénario et droits"),
    Named(Account::Producers, "producers", "Producers", "Producteurs"),
    Named(Account::Director, "director", "Director", "Réalisation"),
    Named(Account::VoiceTalent, "voice_talent", "Voices", "Voix"),
    Named(Account::VisualDevelopment, "visual_development", "Visual development", "Création visuelle"),
    Named(Account::Storyboard, "storyboard", "Storyboard", "Storyboard"),
    Named(Account::Layout, "layout", "Layout", "Layout"),
    Named(Account::ModellingRigging, "modelling_rigging", "Modelling and rigging", "Modélisation et rigging"),
    Named(Account::Animation, "animation", "Animation", "Animation"),
    Named(Account::Backgrounds, "backgrounds", "Backgrounds", "Décors"),
    Named(
        Account::LightingCompositing,
        "lighting_compositing",
        "Lighting and compositing",
        "Lumière et compositing",
    ),
    Named(Account::Facilities, "facilities", "Facilities", "Moyens techniques"),
    Named(Account::Music, "music", "Music", "Musique"),
    Named(Account::Sound, "sound", "Sound", "Son"),
    Named(Account::PicturePost, "picture_post", "Picture post", "Postproduction image"),
    Named(Account::ProductionOffice, "production_office", "Production office", "Régie de production"),
    Named(Account::Overhead, "overhead", "Overhead", "Frais généraux"),
    Named(Account::Insurance, "insurance", "Insurance", "Assurances"),
    Named(Account::LegalAudit, "legal_audit", "Legal and audit", "Juridique et audit"),
    Named(Account::Other, "other", "Other", "Divers"),
];

const PHASES: [Named<Phase>; 5] = [
    Named(Phase::Development, "development", "Development", "Développement"),
    Named(Phase::PreProduction, "pre_production", "Pre-production", "Préproduction"),
    Named(Phase::Production, "production", "Production", "Production"),
    Named(Phase::PostProduction, "post_production", "Post-production", "Postproduction"),
    Named(Phase::Delivery, "delivery", "Delivery", "Livraison"),
];

/// Other words for the phases.
const PHASE_WORDS: &[(&str, Phase)] = &[
    ("dev", Phase::Development),
    ("prep", Phase::PreProduction),
    ("preparation", Phase::PreProduction),
    ("pre prod", Phase::PreProduction),
    ("preprod", Phase::PreProduction),
    ("prod", Phase::Production),
    ("shoot", Phase::Production),
    ("fabrication", Phase::Production),
    ("post", Phase::PostProduction),
    ("post prod", Phase::PostProduction),
    ("postprod", Phase::PostProduction),
    ("deliverables", Phase::Delivery),
];

const CURVES: [Named<SpendCurve>; 4] = [
    Named(SpendCurve::Even, "even", "Even", "Régulier"),
    Named(SpendCurve::SCurve, "s_curve", "S-curve", "Courbe en S"),
    Named(SpendCurve::FirstMonth, "first_month", "First month", "Premier mois"),
    Named(SpendCurve::LastMonth, "last_month", "Last month", "Dernier mois"),
];

fn said<T: Copy + PartialEq>(names: &'static [Named<T>], term: T, language: Language) -> &'static str {
    names.iter().find(|named| named.0 == term).map_or("", |named| match language {
        Language::English => named.2,
        Language::French => named.3,
    })
}

fn known<T: Copy>(names: &[Named<T>], text: &str) -> Option<T> {
    let text = plain(text);
    let same = |name: &str| plain(name) == text;
    names.iter().find(|named| same(named.1) || same(named.2) || same(named.3)).map(|named| named.0)
}

pub(crate) fn account_name(account: Account, language: Language) -> &'static str {
    said(&ACCOUNTS, account, language)
}

pub(crate) fn account_named(text: &str) -> Option<Account> {
    known(&ACCOUNTS, text)
}

pub(crate) fn phase_name(phase: Phase, language: Language) -> &'static str {
    said(&PHASES, phase, language)
}

pub(crate) fn phase_named(text: &str) -> Option<Phase> {
    let words = plain(text);
    let other = || PHASE_WORDS.iter().find(|(word, _)| *word == words).map(|(_, phase)| *phase);
    known(&PHASES, text).or_else(other)
}

pub(crate) fn curve_name(curve: SpendCurve, language: Language) -> &'static str {
    said(&CURVES, curve, language)
}

pub(crate) fn curve_named(text: &str) -> Option<SpendCurve> {
    known(&CURVES, text)
}

pub(crate) fn flag_name(flag: bool, language: Language) -> &'static str {
    match (flag, language) {
        (true, Language::English) => "Yes",
        (false, Language::English) => "No",
        (true, Language::French) => "Oui",
        (false, Language::French) => "Non",
    }
}

pub(crate) fn flag_named(text: &str) -> Option<bool> {
    match plain(text).as_str() {
        "yes" | "y" | "true" | "oui" | "o" | "vrai" | "1" | "x" => Some(true),
        "no" | "n" | "false" | "non" | "faux" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_known_again_in_both_languages() {
        for language in [Language::English, Language::French] {
            for account in Account::ALL {
                assert_eq!(account_named(account_name(account, language)), Some(account));
            }
            for named in &PHASES {
                assert_eq!(phase_named(phase_name(named.0, language)), Some(named.0));
            }
            for named in &CURVES {
                assert_eq!(curve_named(curve_name(named.0, language)), Some(named.0));
            }
            for flag in [true, false] {
                assert_eq!(flag_named(flag_name(flag, language)), Some(flag));
            }
        }
        assert_eq!(account_named("voice_talent"), Some(Account::VoiceTalent));
        assert_eq!(phase_named("Pre-prod"), Some(Phase::PreProduction));
    }
}
