//! Which rows a program has, and what stands in them before anything happens

use std::collections::HashMap;

use recoup_deal::recoupment::Ratio;

use super::form::{Account, At};

/// Rows as they are given out.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// What stands in each row when a run begins, in every lane.
    first: Vec<f64>,
    constants: HashMap<u64, At>,
    /// Cells that vary: their rows, and whether something reads them.
    cells: HashMap<String, (At, bool)>,
}

impl Rows {
    /// Rows for cells that vary come first, in the order in which they are named.
    pub(super) fn of(cells: &[String]) -> Self {
        let mut rows = Rows::default();
        for path in cells {
            let at = rows.row();
            rows.cells.insert(path.clone(), (at, false));
        }
        rows
    }

    /// A row that begins with nothing.
    pub(super) fn row(&mut self) -> At {
        self.first.push(0.0);
        self.first.len() as At - 1
    }

    /// As many of them, one behind the other.
    pub(super) fn block(&mut self, count: usize) -> At {
        let first = self.first.len() as At;
        self.first.resize(self.first.len() + count, 0.0);
        first
    }

    /// A counter: what it stands at, and behind it by how much it moves.
    pub(super) fn counter(&mut self) -> At {
        self.block(2)
    }

    pub(super) fn account(&mut self) -> Account {
        let first = self.block(4);
        Account { invested: first, interest: first + 1, base: first + 2, accrued: first + 3 }
    }

    /// A number that stays what it is.
    pub(super) fn constant(&mut self, value: f64) -> At {
        if let Some(at) = self.constants.get(&value.to_bits()) {
            return *at;
        }
        let at = self.row();
        self.first[at as usize] = value;
        self.constants.insert(value.to_bits(), at);
        at
    }

    /// A number that is typed in a cell: a row of its own where the cell varies.
    pub(super) fn cell(&mut self, path: &str, value: f64) -> At {
        match self.cells.get_mut(path) {
            Some((at, read)) => {
                *read = true;
                *at
            }
            None => self.constant(value),
        }
    }

    /// Whether a cell varies.
    pub(super) fn varies(&self, path: &str) -> bool {
        self.cells.contains_key(path)
    }

    /// The cells that nothing reads.
    pub(super) fn unread(&self) -> Option<&str> {
        let mut unread: Vec<&str> =
            self.cells.iter().filter(|(_, (_, read))| !read).map(|(path, _)| path.as_str()).collect();
        unread.sort_unstable();
        unread.first().copied()
    }

    pub(super) fn finish(self) -> Vec<f64> {
        self.first
    }
}

/// The nearest number.
pub(super) fn number(ratio: Ratio) -> f64 {
    ratio.numerator() as f64 / ratio.denominator() as f64
}

/// Trillionths of a minor unit as minor units.
pub(super) fn minor(exact: i128) -> f64 {
    const UNIT: i128 = 1_000_000_000_000;
    (exact / UNIT) as f64 + (exact % UNIT) as f64 / UNIT as f64
}
