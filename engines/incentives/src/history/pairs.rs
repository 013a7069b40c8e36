//! Which element of one text is which element of the other.

use serde_json::Value as Json;

use super::{Part, word};
use crate::policy::Policy;

/// An element of one text and the same of the other, where each has it.
pub(super) struct Pair<'a> {
    /// What it is called in both.
    pub(super) id: String,
    pub(super) before: Option<&'a Json>,
    pub(super) after: Option<&'a Json>,
    /// Its place in the first text.
    from: Option<usize>,
}

/// Elements of both texts: those of the second in its order, then those that fell away. What has no id is found
/// again by all it says of itself first, and what is then left by less.
pub(super) fn paired<'a>(part: Part, before: &'a [Json], after: &'a [Json]) -> Vec<Pair<'a>> {
    let mut partner: Vec<Option<usize>> = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    for key in [tight, loose] {
        for (place, element) in partner.iter_mut().zip(after).filter(|(place, _)| place.is_none()) {
            let wanted = key(part, element);
            let free = taken
                .iter_mut()
                .zip(before)
                .enumerate()
                .find(|(_, (taken, other))| !**taken && key(part, other) == wanted);
            if let Some((from, (taken, _))) = free {
                *place = Some(from);
                *taken = true;
            }
        }
    }
    let kept = after.iter().zip(&partner).map(|(element, from)| Pair {
        id: loose(part, element),
        before: from.and_then(|from| before.get(from)),
        after: Some(element),
        from: *from,
    });
    let gone = before.iter().zip(&taken).filter(|(_, taken)| !**taken);
    let gone = gone.map(|(element, _)| Pair {
        id: loose(part, element),
        before: Some(element),
        after: None,
        from: None,
    });
    kept.chain(gone).collect()
}

/// Ids of the elements that both texts have, in the order of the first and of the second.
pub(super) fn common_order(pairs: &[Pair<'_>]) -> (Vec<String>, Vec<String>) {
    let mut common: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.from.is_some()).collect();
    let ids = |pairs: &[&Pair<'_>]| pairs.iter().map(|pair| pair.id.clone()).collect();
    let now = ids(&common);
    common.sort_by_key(|pair| pair.from);
    (ids(&common), now)
}

/// What an element is called; what it hands over, where it has no name.
fn loose(part: Part, element: &Json) -> String {
    let field = |name: &str| element.get(name).map(word).filter(|text| text != "null");
    match part {
        Part::Interaction => {
            let parts = ["relation", "line", "input"].into_iter().filter_map(field);
            parts.collect::<Vec<_>>().join("/")
        }
        Part::Cash => ["way", "line"].into_iter().find_map(field).unwrap_or_default(),
        Part::Fact => field("label").unwrap_or_default(),
        Part::Dates
        | Part::Program
        | Part::Number
        | Part::Condition
        | Part::Points
        | Part::Line
        | Part::Input
        | Part::Tax
        | Part::Fee
        | Part::ShortForm
        | Part::Periods
        | Part::Output
        | Part::Note
        | Part::Source => ["id", "name", "line"].into_iter().find_map(field).unwrap_or_default(),
    }
}

fn tight(part: Part, element: &Json) -> String {
    let more = match part {
        Part::Interaction => "with",
        Part::Cash => "label",
        Part::Fact => "text",
        Part::Dates
        | Part::Program
        | Part::Number
        | Part::Condition
        | Part::Points
        | Part::Line
        | Part::Input
        | Part::Tax
        | Part::Fee
        | Part::ShortForm
        | Part::Periods
        | Part::Output
        | Part::Note
        | Part::Source => return loose(part, element),
    };
    format!("{}/{}", loose(part, element), element.get(more).map(word).unwrap_or_default())
}

/// What an element is called in words: its own label, or that of the line it names.
pub(super) fn label_of(after: &Policy, before: &Policy, part: Part, element: &Json) -> Option<String> {
    let text = |field: &str| element.get(field).and_then(Json::as_str);
    match part {
        Part::Source => text("title").map(str::to_owned),
        Part::Output => {
            let line = text("line")?;
            let found = after.lines.iter().chain(&before.lines).find(|one| one.id == line);
            found.map(|line| line.label.clone())
        }
        Part::Dates
        | Part::Program
        | Part::Number
        | Part::Condition
        | Part::Points
        | Part::Line
        | Part::Input
        | Part::Cash
        | Part::Tax
        | Part::Fee
        | Part::Interaction
        | Part::ShortForm
        | Part::Periods
        | Part::Fact
        | Part::Note => text("label").map(str::to_owned),
    }
}
