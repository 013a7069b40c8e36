//! Places as budgets name them, and the spend of a line as one cell writes it.

use std::{collections::BTreeMap, sync::LazyLock};

use recoup_deal::SpendShare;
use rust_decimal::Decimal;

use crate::{
    number::{DecimalMark, read_number},
    text::plain,
};

/// Plain name → code.
static PLACES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("places.toml")).unwrap_or_default();
    table
        .into_iter()
        .flat_map(|(code, names)| names.into_iter().map(move |name| (name, code.clone())))
        .collect()
});

/// The code of a place named by its code or its name.
pub(crate) fn place_named(text: &str) -> Option<String> {
    let code = text.trim();
    if is_code(code) {
        return Some(code.to_owned());
    }
    PLACES.get(&plain(text)).cloned()
}

/// The one place that a header names among other words, such as `Québec costs`.
pub(crate) fn place_within(header: &str) -> Option<String> {
    if let Some(code) = place_named(header) {
        return Some(code);
    }
    let words = format!(" {} ", plain(header));
    // What is spent elsewhere names the place that it is not spent in.
    if ["non", "outside", "hors", "foreign", "etranger", "not"]
        .iter()
        .any(|no| words.contains(&format!(" {no} ")))
    {
        return None;
    }
    let named = PLACES.iter().filter(|(name, _)| name.len() > 2 && words.contains(&format!(" {name} ")));
    named.max_by_key(|(name, _)| name.len()).map(|(_, code)| code.clone())
}

/// `CA`, `CA-QC`, `AU-NSW`.
fn is_code(text: &str) -> bool {
    let (country, part) = text.split_once('-').map_or((text, None), |(country, part)| (country, Some(part)));
    let capitals = |text: &str| text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && part.is_none_or(|part| (1..=3).contains(&part.len()) && capitals(part))
}

/// The code of a place in a cell that holds nothing but places: codes of areas such as `EEA` too.
fn place_in_cell(text: &str) -> Option<String> {
    let code = text.trim();
    let capitals = |part: &str| {
        (1..=6).contains(&part.len()) && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    let is_area = code.len() >= 2
        && code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.split('-').all(capitals);
    PLACES.get(&plain(text)).cloned().or_else(|| is_area.then(|| code.to_owned()))
}

/// The spend of a line in one cell: `CA-QC`, or `CA-QC 70 %; IE 30 %`; a part whose share is not known bears `?`.
pub(crate) fn spend_text(spend: &[SpendShare], mark: DecimalMark) -> String {
    let one = |part: &SpendShare| match part.share {
        Some(share) if share == Decimal::ONE && spend.len() == 1 => part.jurisdiction.clone(),
        Some(share) => format!("{} {} %", part.jurisdiction, points(share, mark)),
        None => format!("{} ?", part.jurisdiction),
    };
    spend.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A share as percent points.
pub(crate) fn points(share: Decimal, mark: DecimalMark) -> String {
    let points = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).normalize().to_string();
    if mark == DecimalMark::Comma { points.replace('.', ",") } else { points }
}

/// Reads the spend of a line; the text that names no place where there is one.
pub(crate) fn read_spend(text: &str, mark: Option<DecimalMark>) -> Result<Vec<SpendShare>, String> {
    let parts: Vec<&str> =
        text.split([';', '/', '\n', '+']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let alone = parts.len() == 1;
    let mut spend: Vec<SpendShare> = Vec::with_capacity(parts.len());
    for part in parts {
        let (jurisdiction, share) = read_part(part, mark, alone).ok_or_else(|| part.to_owned())?;
        let id = free_id(&spend, &jurisdiction);
        spend.push(SpendShare {
            id,
            jurisdiction,
            company: None,
            share,
            labour_share: None,
            resident_share: None,
        });
    }
    Ok(spend)
}

/// An id of the spend in a place that no other part has.
pub(crate) fn free_id(taken: &[SpendShare], jurisdiction: &str) -> String {
    let is_free = |id: &str| taken.iter().all(|other| other.id != id);
    if is_free(jurisdiction) {
        return jurisdiction.to_owned();
    }
    let numbered = (2..).map(|number| format!("{jurisdiction}-{number}"));
    numbered.into_iter().find(|id| is_free(id)).unwrap_or_default()
}

fn read_part(part: &str, mark: Option<DecimalMark>, alone: bool) -> Option<(String, Option<Decimal>)> {
    if let Some(place) = part.strip_suffix('?') {
        return Some((place_in_cell(place)?, None));
    }
    let Some(rest) = part.strip_suffix('%') else {
        return Some((place_in_cell(part)?, alone.then_some(Decimal::ONE)));
    };
    let at = rest.trim_end().rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))?;
    let (place, number) = rest.split_at(at + rest[at..].chars().next().map_or(1, char::len_utf8));
    let points = read_number(number.trim(), mark, 6).ok()?.value;
    let share = points.checked_div(Decimal::ONE_HUNDRED)?;
    (share <= Decimal::ONE)
        .then_some((place_in_cell(place.trim_end_matches([' ', ':', '=', '\u{a0}']))?, Some(share)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_known_by_code_and_name() {
        assert_eq!(PLACES.len(), PLACES.keys().filter(|name| plain(name) == **name).count());
        let known = [("CA-QC", "CA-QC"), ("Québec", "CA-QC"), ("ROYAUME-UNI", "GB"), ("AU-NSW", "AU-NSW")];
        for (text, code) in known {
            assert_eq!(place_named(text).as_deref(), Some(code));
        }
        assert_eq!(place_named("Total"), None);
        assert_eq!(place_within("Québec costs ($)").as_deref(), Some("CA-QC"));
        assert_eq!(place_within("Non-Canadian costs"), None);
        assert_eq!(place_within("Dépenses françaises").as_deref(), Some("FR"));
    }

    #[test]
    fn spend_reads_back_as_it_is_written() {
        let texts = ["CA-QC", "CA-QC 70 %; IE 30 %", "CA-QC ?", "FR 33.3 %; FR 66.7 %", "IE 50 %"];
        for text in texts {
            let spend = read_spend(text, None).unwrap();
            assert_eq!(spend_text(&spend, DecimalMark::Point), text);
        }
        assert_eq!(
            read_spend("Québec 62,5 % / Irlande 37,5 %", None).unwrap()[0].share,
            Some(Decimal::new(625, 3))
        );
        assert_eq!(read_spend("Atlantis", None), Err("Atlantis".to_owned()));
        assert_eq!(read_spend("IE 120 %", None), Err("IE 120 %".to_owned()));
    }
}
