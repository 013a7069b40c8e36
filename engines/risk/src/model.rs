//! What can be simulated.

/// Paths that are computed in one go.
pub const CHUNK: usize = 256;

/// What a column measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Annual effective rate of return on the quarterly grid; −1 is a total loss, NaN a return that is not defined.
    Irr,
    /// Received over put in; NaN where nothing was put in.
    Multiple,
    /// Value at the deal's discount rate, in major units.
    Npv,
    /// Received in all, in major units.
    Received,
    /// Put in, in major units.
    Invested,
    /// Months from the first money in until it is back for good; NaN where it never is.
    PaybackMonths,
    /// 1 where a claim, or all claims of a party, were paid out, else 0.
    Recouped,
    /// Received up to the end of a quarter, in major units; the quarter counts from the first of the model.
    ReceivedBy(u32),
}

/// One number that every path has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column {
    /// A party's id, or `tier:<id>` for a claim of the plan.
    pub of: String,
    /// What is measured.
    pub measure: Measure,
}

/// A deal as a function of drawn numbers, computed for many paths at once.
///
/// It holds its own seed and generator. What it gives for path `i` depends on nothing but these and `i`: not on the
/// chunk's neighbours, not on the workspace's past.
pub trait PathModel: Sync {
    /// Room to compute in, one for each thread; nothing is allocated after it is made.
    type Workspace: Send;

    /// What every path gives, in order.
    fn columns(&self) -> &[Column];

    /// Room to compute in.
    fn workspace(&self) -> Self::Workspace;

    /// Computes [`CHUNK`] paths from `first` on, which is a multiple of it. `out` is column by column:
    /// `out[column * CHUNK + path]`.
    fn compute(&self, first: u64, out: &mut [f64], workspace: &mut Self::Workspace);

    /// How many chunks it likes to compute together: one, unless it has something of it.
    fn together(&self) -> usize {
        1
    }

    /// Computes chunks that begin at these paths, one after the other in `out`: the same numbers as one by one.
    fn compute_together(&self, firsts: &[u64], out: &mut [f64], workspace: &mut Self::Workspace) {
        for (first, own) in firsts.iter().zip(out.chunks_exact_mut(self.columns().len() * CHUNK)) {
            self.compute(*first, own, workspace);
        }
    }

    /// Whether it was stopped in the middle of a chunk: then what it gave since is of no use.
    fn is_stopped(&self) -> bool {
        false
    }
}
