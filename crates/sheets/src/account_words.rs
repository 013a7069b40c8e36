//! From a sheet's own accounts to the standard ones: by name, by words, by the ranges of common charts.

use std::{collections::BTreeMap, sync::LazyLock};

use recoup_deal::Account;

use crate::{
    names::account_named,
    text::{has_words, plain},
};

/// How the standard account of a line was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountGround {
    /// Somebody chose it for this account of the sheet.
    Chosen,
    /// The sheet names it.
    Named,
    /// Words of the line's name.
    Words,
    /// The number of the account in a common chart.
    Code,
    /// Nothing says what it is: it goes to the rest.
    Unknown,
}

impl AccountGround {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Named => "named",
            Self::Words => "words",
            Self::Code => "code",
            Self::Unknown => "unknown",
        }
    }
}

static WORDS: LazyLock<Vec<(Account, Vec<String>)>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("account_words.toml")).unwrap_or_default();
    table.into_iter().filter_map(|(name, words)| Some((account_named(&name)?, words))).collect()
});

/// Four-digit charts of American budgeting programs: the first account of a range, and what the range is.
const HUNDREDS: &[(u32, Account)] = &[
    (1000, Account::Development),
    (1100, Account::StoryAndRights),
    (1200, Account::Producers),
    (1300, Account::Director),
    (1400, Account::VoiceTalent),
    (1500, Account::ProductionOffice),
    (1600, Account::Other),
    (2000, Account::ProductionOffice),
    (2100, Account::VoiceTalent),
    (2200, Account::VisualDevelopment),
    (2300, Account::Backgrounds),
    (2600, Account::LightingCompositing),
    (2700, Account::Other),
    (3400, Account::Sound),
    (3500, Account::ProductionOffice),
    (3700, Account::PicturePost),
    (3800, Account::Other),
    (4200, Account::Facilities),
    (4300, Account::Animation),
    (4500, Account::PicturePost),
    (4600, Account::Music),
    (4700, Account::Sound),
    (4800, Account::PicturePost),
    (5000, Account::Other),
    (6700, Account::Insurance),
    (6800, Account::ProductionOffice),
    (6900, Account::Other),
];

/// The two-digit chart of Canadian public financiers, as far as it has accounts that an animated work uses.
const CANADIAN: &[(u32, Account)] = &[
    (1, Account::StoryAndRights),
    (2, Account::StoryAndRights),
    (3, Account::Development),
    (4, Account::Producers),
    (5, Account::Director),
    (6, Account::VoiceTalent),
    (10, Account::VoiceTalent),
    (12, Account::ProductionOffice),
    (13, Account::VisualDevelopment),
    (14, Account::Other),
    (17, Account::LightingCompositing),
    (18, Account::Other),
    (25, Account::Sound),
    (26, Account::Other),
    (28, Account::ProductionOffice),
    (29, Account::Facilities),
    (30, Account::ProductionOffice),
    (35, Account::Other),
    (45, Account::Facilities),
    (49, Account::Other),
    (60, Account::PicturePost),
    (63, Account::Sound),
    (64, Account::PicturePost),
    (65, Account::Sound),
    (66, Account::Music),
    (67, Account::PicturePost),
    (69, Account::Other),
    (71, Account::ProductionOffice),
    (72, Account::Overhead),
    (73, Account::Other),
];

/// The standard account of a line of this number and name, and how it was found.
#[must_use]
pub fn account_of(code: Option<&str>, label: &str) -> (Account, AccountGround) {
    if let Some(account) = account_named(label).filter(|account| *account != Account::Other) {
        return (account, AccountGround::Named);
    }
    if let Some(account) = by_words(label) {
        return (account, AccountGround::Words);
    }
    match code.and_then(by_code) {
        Some(account) => (account, AccountGround::Code),
        None => (Account::Other, AccountGround::Unknown),
    }
}

fn by_words(label: &str) -> Option<Account> {
    let label = plain(label);
    let found = WORDS.iter().flat_map(|(account, words)| words.iter().map(move |words| (*account, words)));
    let mut best: Option<(Account, usize)> = None;
    for (account, words) in found.filter(|(_, words)| has_words(&label, words)) {
        if best.is_none_or(|(_, length)| words.len() > length) {
            best = Some((account, words.len()));
        }
    }
    best.map(|(account, _)| account)
}

fn by_code(code: &str) -> Option<Account> {
    let digits: String = code.chars().take_while(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().ok()?;
    let chart = match digits.len() {
        4 => HUNDREDS,
        2 => CANADIAN,
        _ => return None,
    };
    let range = chart.iter().rev().find(|(first, _)| *first <= number).map(|(_, account)| *account);
    range.filter(|account| *account != Account::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_but_the_rest_has_words() {
        let with_words: Vec<Account> = WORDS.iter().map(|(account, _)| *account).collect();
        assert!(
            Account::ALL.iter().all(|account| *account == Account::Other || with_words.contains(account))
        );
        for (_, words) in WORDS.iter() {
            assert!(words.iter().all(|word| plain(word) == *word), "{words:?}");
        }
    }

    #[test]
    fn the_longest_words_decide() {
        let cases = [
            ("Sound Design & Mix", Account::Sound),
            ("Animation director", Account::Animation),
            ("Voice Director", Account::Director),
            ("Visual development labour", Account::VisualDevelopment),
            ("Post-production sound", Account::Sound),
            ("Editorial labour", Account::PicturePost),
            ("Droits artistiques", Account::StoryAndRights),
            ("Frais généraux", Account::Overhead),
            ("Moyens techniques", Account::Facilities),
            ("Montage son", Account::Sound),
            ("Directeur de production", Account::ProductionOffice),
            ("Décors", Account::Backgrounds),
            ("Line producer", Account::ProductionOffice),
            ("Art director", Account::VisualDevelopment),
        ];
        for (label, account) in cases {
            assert_eq!(account_of(None, label).0, account, "{label}");
        }
    }

    #[test]
    fn numbers_decide_where_words_do_not() {
        assert_eq!(account_of(Some("1300"), "Unit"), (Account::Director, AccountGround::Code));
        assert_eq!(account_of(Some("66.10"), "Unit"), (Account::Music, AccountGround::Code));
        assert_eq!(account_of(Some("7"), "Unit"), (Account::Other, AccountGround::Unknown));
        assert_eq!(account_of(None, "Unit"), (Account::Other, AccountGround::Unknown));
    }
}
