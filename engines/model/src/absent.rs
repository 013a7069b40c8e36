//! Addresses that readers rely on, also where nothing can be computed.

use recoup_explain::Leaf;
use recoup_explain::{Absence, Book, Quantity};

/// Names a figure that does not exist for this deal, with the reason. An address that is taken stays.
pub(crate) fn without(book: &mut Book, address: &str, path: &str, reason: &str) {
    if book.find(address).is_some() {
        return;
    }
    let leaf = Leaf::Assumption { path: path.into(), source: reason.into() };
    let node = book.leaf(leaf, Quantity::Absent(Absence::undefined(reason)));
    book.name(node, address);
}
