//! What the numbers of a sheet say about its rows: which accounts are sums of others, which rows are totals, and
//! whether fringes come on top of the lines or are contained in them.

use recoup_money::{Currency, Money};

use crate::{
    fault::{CellFault, FaultCode},
    grid::Sheet,
    row_kind::LeftOut,
};

/// Sums above a sum that are looked at to explain it.
const MOST_SUMS: usize = 40;

/// A row on its way to being a line or left out.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) row: usize,
    pub(crate) kind: Kind,
    pub(crate) code: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) amount: Option<Money>,
    pub(crate) indent: u8,
    /// The sheet names the line by its id, so that it is one whatever it looks like.
    pub(crate) id: Option<String>,
    pub(crate) faults: Vec<CellFault>,
}

/// What a row is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Line,
    /// An amount without a name.
    Unnamed,
    Fringes {
        sum: bool,
    },
    /// A sum of some rows.
    Sum,
    /// A sum that may be the sheet's.
    Total,
    Out(LeftOut),
}

/// Settles everything that only the numbers can. The row of the sheet's own total, where there is one.
pub(crate) fn settle(sheet: &Sheet, drafts: &mut [Draft], amount_column: usize) -> Option<usize> {
    let parents = parents(drafts);
    for (at, sum) in parents {
        drafts[at].kind = Kind::Out(LeftOut::HasParts);
        if let (Some(sum), Some(amount)) = (sum, drafts[at].amount)
            && !close(sum, amount)
        {
            let fault = CellFault::at(sheet, (drafts[at].row, amount_column), FaultCode::SubtotalDiffers);
            drafts[at].faults.push(fault.with(sum));
        }
    }
    unnamed(drafts);
    let grand = grand_total(drafts);
    fringes(drafts, grand);
    for at in 0..drafts.len() {
        match drafts[at].kind {
            Kind::Total if Some(at) == grand => drafts[at].kind = Kind::Out(LeftOut::GrandTotal),
            Kind::Total | Kind::Sum => {
                if let Some(sum) = unexplained(drafts, at) {
                    let fault =
                        CellFault::at(sheet, (drafts[at].row, amount_column), FaultCode::SubtotalDiffers);
                    drafts[at].faults.push(fault.with(sum));
                }
                drafts[at].kind = Kind::Out(LeftOut::Subtotal);
            }
            _ => {}
        }
    }
    grand.map(|at| drafts[at].row)
}

/// The sum of some amounts of one currency; none where there is none or they are of several.
fn sum<'a>(drafts: impl Iterator<Item = &'a Draft>) -> Option<Money> {
    let mut running = Running::default();
    drafts.for_each(|draft| running.add(draft.amount));
    running.sum
}

/// Equal, but for what rounding to whole units may have moved.
fn close(a: Money, b: Money) -> bool {
    let unit = |currency: Currency| currency.minor_per_major().unsigned_abs();
    a.currency() == b.currency() && a.minor().abs_diff(b.minor()) <= unit(a.currency())
}

/// Accounts whose parts are listed below them, from the innermost outwards, with the sum of the parts.
fn parents(drafts: &[Draft]) -> Vec<(usize, Option<Money>)> {
    let mut is_parent = vec![false; drafts.len()];
    let mut found = Vec::new();
    for at in (0..drafts.len()).rev() {
        let parent = &drafts[at];
        let Some(amount) = parent.amount.filter(|_| parent.kind == Kind::Line && parent.id.is_none()) else {
            continue;
        };
        let below = below(drafts, at);
        let strict: Vec<usize> = below.clone().take_while(|row| strictly(parent, &drafts[*row])).collect();
        let leaves =
            |rows: &[usize]| sum(rows.iter().filter(|row| !is_parent[**row]).map(|row| &drafts[*row]));
        if !strict.is_empty() {
            let parts = leaves(&strict);
            is_parent[at] = true;
            found.push((at, parts));
            continue;
        }
        let loose: Vec<usize> = below.take_while(|row| loosely(parent, &drafts[*row])).collect();
        if loose.len() > 1 && leaves(&loose).is_some_and(|parts| close(parts, amount)) {
            is_parent[at] = true;
            found.push((at, None));
        }
    }
    found
}

/// The lines directly below a row, past what is empty.
fn below(drafts: &[Draft], at: usize) -> impl Iterator<Item = usize> + Clone + '_ {
    let passed = |kind: Kind| matches!(kind, Kind::Out(LeftOut::Zero | LeftOut::Blank | LeftOut::NoAmount));
    (at + 1..drafts.len())
        .take_while(move |row| drafts[*row].kind == Kind::Line || passed(drafts[*row].kind))
        .filter(|row| drafts[*row].kind == Kind::Line)
}

/// `11-00` and `11-00-01`, `1` and `1.2`, `A` and `A3`: the number of the part begins with that of the whole.
fn strictly(parent: &Draft, child: &Draft) -> bool {
    let (Some(whole), Some(part)) = (parent.code.as_deref(), child.code.as_deref()) else { return false };
    let Some(rest) = part.strip_prefix(whole).filter(|rest| !rest.is_empty()) else { return false };
    let letter = whole.chars().all(|c| c.is_ascii_alphabetic());
    let separated =
        rest.starts_with(['-', '.', '/', ':']) && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    // `60.00` is the account itself under its heading `60`.
    (separated && !rest[1..].chars().all(|c| c == '0'))
        || (letter && rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `1100` and `1105`, a deeper indent, or a row without a number below one with.
fn loosely(parent: &Draft, child: &Draft) -> bool {
    if child.indent > parent.indent {
        return true;
    }
    match (parent.code.as_deref(), child.code.as_deref()) {
        (Some(whole), Some(part)) => {
            let stem = whole.trim_end_matches('0');
            let digits = |code: &str| code.len() >= 3 && code.chars().all(|c| c.is_ascii_digit());
            digits(whole)
                && digits(part)
                && !stem.is_empty()
                && stem != whole
                && part != whole
                && part.starts_with(stem)
        }
        (Some(_), None) => child.label.is_some(),
        _ => false,
    }
}

/// Amounts without a name are sums where they are one, else lines without a name.
fn unnamed(drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if drafts[at].kind != Kind::Unnamed {
            continue;
        }
        let is_sum = drafts[at]
            .amount
            .is_some_and(|amount| sums(drafts, at).into_iter().any(|sum| close(sum, amount)));
        drafts[at].kind = if is_sum { Kind::Total } else { Kind::Line };
    }
}

/// The last total of the sheet.
fn grand_total(drafts: &[Draft]) -> Option<usize> {
    let last = |kind: Kind| drafts.iter().rposition(|draft| draft.kind == kind && draft.amount.is_some());
    last(Kind::Total).or_else(|| {
        // A last sum that is the sum of everything is the total, whatever it is called.
        let at = last(Kind::Sum)?;
        let whole = sum(counted(drafts, 0, at))?;
        (drafts[at..].iter().all(|draft| draft.kind != Kind::Line) && close(whole, drafts[at].amount?))
            .then_some(at)
    })
}

/// Lines and costs beside them that stand in a stretch of rows.
fn counted(drafts: &[Draft], from: usize, to: usize) -> impl Iterator<Item = &Draft> {
    let cost = |kind: Kind| matches!(kind, Kind::Out(left) if left.is_cost());
    drafts[from..to].iter().filter(move |draft| draft.kind == Kind::Line || cost(draft.kind) || fringe(draft))
}

fn fringe(draft: &Draft) -> bool {
    matches!(draft.kind, Kind::Fringes { .. })
}

/// Fringes are lines of their own where the sheet's total needs them, and contained in the lines where it does not.
/// Without a total those that call themselves a sum, or included, are contained.
fn fringes(drafts: &mut [Draft], grand: Option<usize>) {
    let to = grand.unwrap_or(drafts.len());
    let total = grand.and_then(|at| drafts[at].amount);
    let with = sum(counted(drafts, 0, to));
    let without = sum(counted(drafts, 0, to).filter(|draft| !fringe(draft)));
    let is = |sum: Option<Money>| matches!((sum, total), (Some(sum), Some(total)) if close(sum, total));
    let contained: fn(bool) -> bool = match (is(with), is(without)) {
        (true, _) => |_| false,
        (false, true) => |_| true,
        (false, false) => |sum| sum,
    };
    for draft in drafts.iter_mut() {
        if let Kind::Fringes { sum } = draft.kind {
            draft.kind = match draft.amount {
                None if draft.faults.is_empty() => Kind::Out(LeftOut::NoAmount),
                Some(amount) if amount.is_zero() => Kind::Out(LeftOut::Zero),
                _ if contained(sum) => Kind::Out(LeftOut::FringesIncluded),
                _ => Kind::Line,
            };
        }
    }
}

/// The sums that a total at this row may mean: since the last sum or heading, since each one before it, and since
/// the beginning; of the lines alone, and with what stands beside them.
fn sums(drafts: &[Draft], at: usize) -> Vec<Money> {
    let boundary = |kind: Kind| {
        matches!(kind, Kind::Sum | Kind::Total | Kind::Out(LeftOut::Heading | LeftOut::Subtotal))
    };
    let mut sums = Vec::new();
    let (mut lines, mut all) = (Running::default(), Running::default());
    for row in (0..at).rev() {
        let draft = &drafts[row];
        if boundary(draft.kind) {
            sums.extend([lines.sum, all.sum].into_iter().flatten());
        } else if draft.kind == Kind::Line {
            lines.add(draft.amount);
            all.add(draft.amount);
        } else if counted(drafts, row, row + 1).next().is_some() {
            all.add(draft.amount);
        }
    }
    sums.extend([lines.sum, all.sum].into_iter().flatten());
    sums
}

/// A sum on its way; none once it met two currencies.
#[derive(Default)]
struct Running {
    sum: Option<Money>,
    mixed: bool,
}

impl Running {
    fn add(&mut self, amount: Option<Money>) {
        let Some(amount) = amount.filter(|_| !self.mixed) else { return };
        self.sum = match self.sum {
            None => Some(amount),
            Some(sum) => sum.checked_add(amount).ok(),
        };
        self.mixed = self.sum.is_none();
    }
}

/// What the rows of a sum add up to, where no stretch of rows above it explains what it states.
fn unexplained(drafts: &[Draft], at: usize) -> Option<Money> {
    let amount = drafts[at].amount?;
    let sums = sums(drafts, at);
    if sums.iter().any(|sum| close(*sum, amount)) || repeats(drafts, at, amount) {
        return None;
    }
    sums.into_iter().find(|sum| sum.currency() == amount.currency())
}

/// Whether a sum says again what sums above it said: one of them, or several that follow each other.
fn repeats(drafts: &[Draft], at: usize, amount: Money) -> bool {
    let is_sum = |kind: Kind| matches!(kind, Kind::Sum | Kind::Total | Kind::Out(LeftOut::Subtotal));
    let above = drafts[..at].iter().rev().filter(|draft| is_sum(draft.kind)).filter_map(|draft| draft.amount);
    let above: Vec<Money> = above.take(MOST_SUMS).collect();
    (0..above.len()).any(|from| {
        let mut running = Running::default();
        above[from..].iter().any(|sum| {
            running.add(Some(*sum));
            running.sum.is_some_and(|sum| close(sum, amount))
        })
    })
}
