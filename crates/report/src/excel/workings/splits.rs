//! Amounts that are split by weights to the last unit, as the engine splits them: whole units first, and one of those
//! left over where the remainder is among the largest, the earlier of equals first.
//!
//! A split has rows of its own: the weights, the exact shares in minor units, their remainders. The parts are formulas
//! over these.

use std::collections::{BTreeMap, HashMap};

use recoup_explain::{How, NodeId, Operation, Quantity};
use recoup_money::Money;
use rust_decimal::Decimal;

use super::formulas::Speaker;
use super::reach::Reach;
use crate::excel::Formula;

/// One amount split.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// Its number.
    pub number: usize,
    /// The amount.
    pub amount: NodeId,
    /// The weights.
    pub weights: Vec<NodeId>,
    /// The parts that are needed, by their place.
    pub parts: BTreeMap<usize, NodeId>,
    /// The column of each part.
    pub columns: Vec<usize>,
    /// Whether the columns are months.
    pub monthly: bool,
    /// Minor units in one major.
    units: i64,
    /// Decimal places of a minor unit to which shares are looked at: what fifteen digits hold.
    places: u32,
}

/// All splits, by what they split.
#[derive(Debug, Default)]
pub(super) struct Splits {
    pub all: Vec<Split>,
    numbers: HashMap<Vec<NodeId>, usize>,
}

impl Splits {
    pub(super) fn of(reach: &Reach<'_>) -> Self {
        let mut splits = Self::default();
        for (node, _) in reach.nodes.iter().filter(|(_, seen)| seen.cell) {
            let How::Computed(Operation::Apportion { part }) = reach.book.how(*node) else { continue };
            if reach.is_given(*node) {
                continue;
            }
            let inputs = reach.book.inputs(*node);
            let number = match splits.numbers.get(inputs) {
                Some(number) => *number,
                None => {
                    let Some(split) = Split::of(reach, inputs, splits.all.len()) else { continue };
                    splits.numbers.insert(inputs.to_vec(), split.number);
                    splits.all.push(split);
                    splits.all.len() - 1
                }
            };
            if let Some(split) = splits.all.get_mut(number) {
                split.parts.insert(usize::from(*part), *node);
            }
        }
        for split in &mut splits.all {
            split.stand(reach);
        }
        splits
    }

    /// The split that a part belongs to.
    pub(super) fn find(&self, inputs: &[NodeId]) -> Option<&Split> {
        self.all.get(*self.numbers.get(inputs)?)
    }

    /// The formula of a part.
    pub(super) fn part(&self, inputs: &[NodeId], part: u16) -> Option<Formula> {
        self.find(inputs)?.part(usize::from(part))
    }
}

impl Split {
    fn of(reach: &Reach<'_>, inputs: &[NodeId], number: usize) -> Option<Self> {
        let (amount, weights) = inputs.split_first()?;
        let money = reach.book.value(*amount).as_money()?;
        if money.is_negative() {
            return None;
        }
        let digits = u32::try_from(money.minor().to_string().len()).unwrap_or(18);
        Some(Self {
            number,
            amount: *amount,
            weights: weights.to_vec(),
            parts: BTreeMap::new(),
            columns: Vec::new(),
            monthly: false,
            units: money.currency().minor_per_major(),
            places: 14_u32.saturating_sub(digits).clamp(3, 7),
        })
    }

    /// Under months where every part has its own and they come in order, else counted.
    fn stand(&mut self, reach: &Reach<'_>) {
        let month = |node: &NodeId| reach.nodes.get(node).and_then(|seen| seen.month);
        let months: Option<Vec<usize>> = self.parts.values().map(month).collect();
        let whole = self.parts.len() == self.weights.len();
        let months = months.filter(|months| whole && months.windows(2).all(|pair| pair[0] < pair[1]));
        self.monthly = months.is_some();
        self.columns = match months {
            Some(months) => months.iter().map(|month| month + 1).collect(),
            None => (1..=self.weights.len()).collect(),
        };
    }

    pub(super) fn weight_key(&self, place: usize) -> String {
        format!("split {} weight {place}", self.number)
    }

    pub(super) fn share_key(&self, place: usize) -> String {
        format!("split {} share {place}", self.number)
    }

    pub(super) fn remainder_key(&self, place: usize) -> String {
        format!("split {} remainder {place}", self.number)
    }

    pub(super) fn left_key(&self) -> String {
        format!("split {} left", self.number)
    }

    fn all(&self, key: impl Fn(usize) -> String) -> Formula {
        Formula::Range(key(0), key(self.weights.len().saturating_sub(1)))
    }

    fn in_units(&self, speaker: &Speaker<'_, '_>) -> Option<Formula> {
        let amount = speaker.operand(self.amount)?;
        Some(Formula::infix("*", amount, Formula::Number(self.units.into())))
    }

    /// A weight: a formula over cells, or nothing where it is a number of a curve.
    pub(super) fn weight(&self, place: usize, speaker: &Speaker<'_, '_>) -> Option<Formula> {
        let node = *self.weights.get(place)?;
        let is_leaf = matches!(speaker.reach.book.how(node), How::Leaf(_));
        let typed = is_leaf && speaker.reach.nodes.get(&node).is_some_and(|seen| seen.cell);
        (!is_leaf || typed).then(|| speaker.operand(node))?
    }

    /// The exact share of a part, in minor units.
    pub(super) fn share(&self, place: usize, speaker: &Speaker<'_, '_>) -> Option<Formula> {
        let weight = Formula::Cell(self.weight_key(place));
        let whole = Formula::Call("SUM", vec![self.all(|place| self.weight_key(place))]);
        let share = Formula::infix("/", Formula::infix("*", self.in_units(speaker)?, weight), whole);
        Some(share.rounded(self.places))
    }

    pub(super) fn remainder(&self, place: usize) -> Formula {
        let share = Formula::Cell(self.share_key(place));
        let whole = Formula::Call("INT", vec![share.clone()]);
        Formula::infix("-", share, whole).rounded(self.places)
    }

    /// Units left over when everybody has whole ones.
    pub(super) fn left(&self, speaker: &Speaker<'_, '_>) -> Option<Formula> {
        let whole = Formula::Call("INT", vec![self.all(|place| self.share_key(place))]);
        let whole = Formula::Call("SUMPRODUCT", vec![whole]);
        Some(Formula::infix("-", self.in_units(speaker)?, whole).rounded(0))
    }

    fn part(&self, place: usize) -> Option<Formula> {
        let one = || Formula::Number(Decimal::ONE);
        let count = |test: Formula| Formula::Call("SUMPRODUCT", vec![Formula::infix("*", test, one())]);
        let own = || Formula::Cell(self.remainder_key(place));
        let larger = count(Formula::infix(">", self.all(|place| self.remainder_key(place)), own()));
        let before = Formula::Range(self.remainder_key(0), self.remainder_key(place));
        let equal = count(Formula::infix("=", before, own()));
        // The part itself is among its equals.
        let rank = Formula::infix("+", larger, equal);
        let gets = Formula::infix("<=", rank, Formula::Cell(self.left_key()));
        let more = Formula::Call("IF", vec![gets, one(), Formula::Number(Decimal::ZERO)]);
        let whole = Formula::Call("INT", vec![Formula::Cell(self.share_key(place))]);
        let units = Formula::infix("+", whole, more);
        Some(Formula::infix("/", units, Formula::Number(self.units.into())))
    }

    /// What the rows of a split say of each part: its weight, its share, its remainder.
    pub(super) fn values(&self, reach: &Reach<'_>) -> Option<Vec<[Decimal; 3]>> {
        self.values_of(reach, reach.book.value(self.amount).as_money()?)
    }

    fn values_of(&self, reach: &Reach<'_>, amount: Money) -> Option<Vec<[Decimal; 3]>> {
        let amount = Decimal::from(amount.minor());
        let weight = |node: &NodeId| match reach.book.value(*node) {
            Quantity::Money(money) => Some(money.to_decimal()),
            Quantity::Number(number) => Some(*number),
            Quantity::Date(_) | Quantity::Flag(_) | Quantity::Absent(_) => None,
        };
        let weights: Vec<Decimal> = self.weights.iter().map(weight).collect::<Option<_>>()?;
        let whole: Decimal = weights.iter().sum();
        let all = weights.into_iter().map(|weight| {
            let share = amount.checked_mul(weight)?.checked_div(whole)?.round_dp(self.places);
            Some([weight, share, (share - share.floor()).round_dp(self.places)])
        });
        all.collect()
    }

    /// The units left over.
    pub(super) fn left_over(&self, reach: &Reach<'_>) -> Option<Decimal> {
        self.left_of(reach, reach.book.value(self.amount).as_money()?)
    }

    fn left_of(&self, reach: &Reach<'_>, amount: Money) -> Option<Decimal> {
        let whole: Decimal = self.values_of(reach, amount)?.iter().map(|row| row[1].floor()).sum();
        Some(Decimal::from(amount.minor()) - whole)
    }

    /// What the rows beside the parts say of another amount, by the keys of their cells.
    pub(super) fn helped(&self, reach: &Reach<'_>, amount: Money) -> Option<Vec<(String, Quantity)>> {
        let mut found = vec![(self.left_key(), Quantity::Number(self.left_of(reach, amount)?))];
        for (place, [_, share, remainder]) in self.values_of(reach, amount)?.into_iter().enumerate() {
            found.push((self.share_key(place), Quantity::Number(share)));
            found.push((self.remainder_key(place), Quantity::Number(remainder)));
        }
        Some(found)
    }
}
