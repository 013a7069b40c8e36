//! What a changed cell may move, and what it may not.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use recoup_explain::{Book, How, Leaf, NodeId, Operation, Quantity};

/// Whether a leaf stands for a cell. A dated rate is a rate together with its day; the kind of an answer is
/// a part of the answer.
fn is_of(leaf: &Leaf, path: &str) -> bool {
    let Some(at) = leaf.path() else { return false };
    let kind = path.strip_prefix(at.as_ref());
    if matches!(kind, Some(".money" | ".number" | ".date" | ".flag")) && path.starts_with("incentives[") {
        return true;
    }
    let beside = |path: &str| path.rsplit_once('.').map(|(element, _)| element.to_owned());
    at.as_ref() == path || matches!(leaf, Leaf::DatedRate { .. }) && beside(at) == beside(path)
}

/// What is known of every node of a book: whether it rests on a cell, and its shape.
struct Seen {
    rests: HashMap<NodeId, bool>,
    shape: HashMap<NodeId, u64>,
    solved: HashMap<NodeId, bool>,
}

fn seen(book: &Book, path: &str) -> Seen {
    let mut seen = Seen { rests: HashMap::new(), shape: HashMap::new(), solved: HashMap::new() };
    for node in book.nodes() {
        let mut hasher = DefaultHasher::new();
        let (mut rests, mut solved) = (false, false);
        match book.how(node) {
            How::Leaf(leaf) => {
                leaf.hash(&mut hasher);
                rests = is_of(leaf, path);
            }
            How::Computed(operation) => {
                format!("{operation:?}").hash(&mut hasher);
                solved = matches!(operation, Operation::Solved);
            }
        }
        // The closing's solution is replayed with its new value: nothing that rests on it is excused.
        solved &= book.address(node).is_none_or(|address| address.as_ref() != "closing.solution");
        for input in book.inputs(node) {
            seen.shape[input].hash(&mut hasher);
            rests |= seen.rests[input];
            solved |= seen.solved[input];
        }
        seen.rests.insert(node, rests);
        seen.solved.insert(node, solved);
        seen.shape.insert(node, hasher.finish());
    }
    seen
}

/// Values of leaves by leaf.
fn leaves(book: &Book) -> BTreeMap<Leaf, Quantity> {
    let leaf = |node: NodeId| match book.how(node) {
        How::Leaf(leaf) => Some((leaf.clone(), book.value(node).clone())),
        How::Computed(_) => None,
    };
    book.nodes().filter_map(leaf).collect()
}

/// What a round of changes came to.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub changes: usize,
    pub stood_still: usize,
    pub followed: usize,
    pub excused: usize,
}

fn absent(quantity: &Quantity) -> bool {
    quantity.absence().is_some()
}

/// Holds the rules for one changed cell. A figure whose address `chosen` knows may say by its shape alone what
/// moved it.
pub(crate) fn compare(
    (at, path): (&str, &str),
    chosen: &dyn Fn(&str) -> bool,
    before: &Book,
    after: &Book,
    tally: &mut Tally,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let (was, is) = (seen(before, path), seen(after, path));
    let given = leaves(after);
    // A solution moves with what it was solved from; what follows from it has to follow from its new value.
    let is_closing = |leaf: &Leaf| leaf.path().is_some_and(|path| path.as_ref() == "closing.solution");
    let moves = |leaf: &Leaf| is_of(leaf, path) || is_closing(leaf);
    let changed = |leaf: &Leaf| moves(leaf).then(|| given.get(leaf).cloned()).flatten();
    let replayed = before.recompute(&changed);
    for (leaf, value) in leaves(before) {
        // What a second run of the plan answers: where a claim breaks even, what a lapsed share would have had.
        let answered = |path: &str| path.contains(".breakeven_") || path.starts_with("recoupment.lapsed.");
        let solved = is_closing(&leaf) || leaf.path().is_some_and(|path| answered(path));
        let now = given.get(&leaf);
        if !solved && !is_of(&leaf, path) && now.is_some_and(|now| *now != value) {
            wrong.push(format!("{at}: the leaf {leaf:?} moved from {value:?} to {now:?}"));
        }
    }
    for (address, node, value) in before.figures() {
        let Some(other) = after.find(address) else { continue };
        let now = after.value(other);
        let same = value == now || absent(value) && absent(now);
        if !was.rests[&node] && !is.rests[&other] {
            let told = chosen(address) && was.shape[&node] != is.shape[&other];
            if same {
                tally.stood_still += 1;
            } else if told {
                tally.excused += 1;
            } else {
                wrong.push(format!("{at}: {address} moved from {value:?} to {now:?} without resting on it"));
            }
            continue;
        }
        let again = before.recomputed(&replayed, node).expect("every node is recomputed");
        if again == now || absent(again) && absent(now) {
            tally.followed += 1;
        } else if was.shape[&node] != is.shape[&other] || was.solved[&node] {
            tally.excused += 1;
        } else {
            wrong.push(format!("{at}: {address} was {value:?}, is {now:?}, the old tree says {again:?}"));
        }
    }
    tally.changes += 1;
    wrong
}
