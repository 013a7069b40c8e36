//! The search for the amount that fills the rest, without a workbook that refers to itself: a row a trial, and for
//! each trial the months played with it.
//!
//! The search is the engine's (`recoup_capital`'s `solve`): from what the others leave open before interest, one step
//! of the whole difference, then along the line through the last two trials, halving where the line leads out of what
//! is known to be short and what is known to leave something over. Once nothing is left to find, every further round
//! repeats the amount that leaves the least.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recoup_capital::Capital;
use recoup_deal::instrument::AmountRule;
use recoup_explain::{Absence, How, NodeId, Operation, Quantity};
use recoup_money::{Currency, Money};

use super::formulas::{Speaker, key};
use super::reach::Reach;
use super::search::{Round, turn};
use super::splits::{Split, Splits};
use super::steps::{Steps, clamped, trial_key};
use super::{Rounds, WorkingCell, WorkingContent, WorkingPart, WorkingRow};
use crate::excel::Formula;
use crate::sections::Desk;
use crate::table::{ColumnKind, Figure, RowStyle};

/// The most rounds a workbook holds.
const MOST: usize = 24;
/// The fewest.
const FEWEST: usize = 8;
/// Rounds beyond those that the deal needs: for what somebody types over.
const SPARE: usize = 4;

/// What the rounds are made from.
struct Loop<'a, 'b> {
    desk: &'b Desk<'a>,
    reach: &'b Reach<'a>,
    splits: &'b Splits,
    currency: Currency,
    solution: NodeId,
    open: NodeId,
    /// The limits of the instruments that fill the rest; none where one has no limit.
    limits: Option<Vec<NodeId>>,
    /// The moving cells on which the difference rests.
    moving: BTreeSet<NodeId>,
}

/// The rounds; none where no instrument fills the rest, or where some step of the months has no formula.
pub(super) fn unrolled(
    desk: &Desk<'_>,
    capital: &Capital,
    reach: &Reach<'_>,
    splits: &Splits,
    parts: &[WorkingPart],
) -> Option<Rounds> {
    let closing = &capital.closing;
    let (solution, open) = (reach.solution?, reach.open?);
    let currency = desk.results.book.value(closing.difference).as_money()?.currency();
    let asked = [closing.difference, closing.sources_cash, closing.uses_cash, closing.financing_costs];
    let moving = moving(reach, &asked);
    let limits = limits(desk, reach);
    let turn = Loop { desk, reach, splits, currency, solution, open, limits, moving };
    turn.rounds(parts, asked)
}

/// The moving cells from which figures are computed.
fn moving(reach: &Reach<'_>, asked: &[NodeId]) -> BTreeSet<NodeId> {
    let moves = |node: &NodeId| reach.nodes.get(node).is_some_and(|seen| seen.moves);
    let mut open: BTreeSet<NodeId> = asked.iter().copied().collect();
    let mut found = BTreeSet::new();
    while let Some(node) = open.pop_last() {
        if Some(node) != reach.solution && reach.nodes.get(&node).is_some_and(|seen| seen.cell) {
            found.insert(node);
        }
        open.extend(reach.reads(node).into_iter().filter(moves));
    }
    found
}

/// What each instrument that fills the rest may give at most.
fn limits(desk: &Desk<'_>, reach: &Reach<'_>) -> Option<Vec<NodeId>> {
    let book = reach.book;
    let mut found = Vec::new();
    for instrument in &desk.deal().instruments {
        let Some(AmountRule::Remainder(remainder)) = &instrument.amount else { continue };
        remainder.at_most?;
        let mut node = book.find(&format!("capital.{}.principal", instrument.id))?;
        while let How::Computed(Operation::Carry) = book.how(node) {
            node = *book.inputs(node).first()?;
        }
        found.push(
            *book
                .inputs(node)
                .get(1)
                .filter(|_| matches!(book.how(node), How::Computed(Operation::Least)))?,
        );
    }
    Some(found)
}

impl Loop<'_, '_> {
    fn speaker(&self) -> Speaker<'_, '_> {
        Speaker { reach: self.reach, splits: self.splits }
    }

    fn money(&self, minor: i64) -> Quantity {
        Quantity::Money(Money::new(minor, self.currency))
    }

    fn minor(&self, node: NodeId) -> Option<i64> {
        self.reach.book.value(node).as_money().map(|amount| amount.minor())
    }

    /// Splits whose amount moves.
    fn moving_splits(&self) -> Vec<&Split> {
        let moves = |split: &&Split| split.parts.values().any(|part| self.moving.contains(part));
        self.splits.all.iter().filter(moves).collect()
    }

    fn rounds(&self, parts: &[WorkingPart], asked: [NodeId; 4]) -> Option<Rounds> {
        let nodes: Vec<NodeId> = self.moving.iter().copied().collect();
        let amounts: Vec<NodeId> = self.moving_splits().iter().map(|split| split.amount).collect();
        let all = [&nodes[..], &amounts[..]].concat();
        let mut replay = self.reach.book.replay(&[self.solution], &all);
        let mut play = |amount: i64| -> Option<BTreeMap<NodeId, Quantity>> {
            replay.give(0, Money::new(amount, self.currency));
            replay.run();
            Some(all.iter().enumerate().map(|(place, node)| (*node, replay.value(place).clone())).collect())
        };
        let most =
            self.limits.as_ref().map(|limits| limits.iter().filter_map(|node| self.minor(*node)).sum());
        let first = self.minor(self.open)?.max(0).min(most.unwrap_or(i64::MAX));
        let mut rounds: Vec<Round> = Vec::new();
        let mut values: Vec<BTreeMap<NodeId, Quantity>> = Vec::new();
        let (mut at, mut wanted) = (first, MOST);
        while rounds.len() < wanted {
            let played = play(at)?;
            let left = played.get(&asked[0])?.as_money()?.minor();
            let round = turn(&rounds, at, left, most);
            at = round.next();
            rounds.push(round);
            values.push(played);
            if round.settled && wanted == MOST {
                wanted = (rounds.len() + SPARE).clamp(FEWEST, MOST);
            }
        }
        if rounds.last().is_none_or(|last| !last.settled) {
            return None;
        }
        let played =
            (1..=rounds.len()).zip(&values).map(|(number, values)| self.played(parts, number, values));
        let played: Vec<Vec<WorkingRow>> = played.collect::<Option<_>>()?;
        let rows = rounds
            .iter()
            .enumerate()
            .map(|(place, round)| self.trial(place + 1, round, &values[place], asked));
        let trials: Vec<Vec<WorkingCell>> = rows.collect::<Option<_>>()?;
        Some(Rounds {
            title: self.desk.say("rounds.title"),
            intro: self.desk.say("rounds.intro"),
            months: Vec::new(),
            heads: HEADS.iter().map(|head| self.desk.say(head)).collect(),
            taken: self.taken(&rounds),
            bounds: self.bounds(first, most)?,
            trials,
            played,
        })
    }

    /// The rows of the months as one trial plays them.
    fn played(
        &self,
        parts: &[WorkingPart],
        number: usize,
        values: &BTreeMap<NodeId, Quantity>,
    ) -> Option<Vec<WorkingRow>> {
        let mut known: HashMap<String, Quantity> = self
            .moving
            .iter()
            .map(|node| Some((key(*node), values.get(node)?.clone())))
            .collect::<Option<_>>()?;
        for split in self.moving_splits() {
            known.extend(split.helped(self.reach, values.get(&split.amount)?.as_money()?)?);
        }
        let own = |name: &str| {
            if name == key(self.solution) {
                trial_key("tried", number)
            } else if known.contains_key(name) {
                format!("{name} in {number}")
            } else {
                name.to_owned()
            }
        };
        let mut rows = Vec::new();
        let heading = |part: &WorkingPart| WorkingRow {
            label: part.heading.clone(),
            note: String::new(),
            style: RowStyle::Group,
            cells: Vec::new(),
        };
        let all =
            parts.iter().flat_map(|part| std::iter::once(heading(part)).chain(part.rows.iter().cloned()));
        for row in all {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let Some(value) = known.get(&cell.key) else { continue };
                let WorkingContent::Computed(formula) = &cell.content else { return None };
                cells.push(WorkingCell {
                    column: cell.column,
                    key: own(&cell.key),
                    value: value.clone(),
                    content: WorkingContent::Computed(formula.renamed(&own)),
                    figure: None,
                });
            }
            if !cells.is_empty() {
                rows.push(WorkingRow { note: String::new(), cells, ..row });
            } else if row.style == RowStyle::Group {
                rows.push(row);
            }
        }
        // The name of an instrument without a row under it says nothing.
        let empty = |place: usize| {
            let is_group = |row: Option<&WorkingRow>| row.is_none_or(|row| row.style == RowStyle::Group);
            is_group(rows.get(place)) && is_group(rows.get(place + 1))
        };
        let kept =
            (0..rows.len()).filter(|place| !empty(*place)).filter_map(|place| rows.get(place).cloned());
        Some(kept.collect())
    }

    fn bounds(&self, first: i64, most: Option<i64>) -> Option<Vec<WorkingRow>> {
        let row = |word: &str, cell: WorkingCell| WorkingRow {
            label: self.desk.say(word),
            note: String::new(),
            style: RowStyle::Plain,
            cells: vec![cell],
        };
        let open = self.speaker().of(self.open)?;
        let cell = |name: &str, value: i64, formula: Formula| WorkingCell {
            column: 0,
            key: name.to_owned(),
            value: self.money(value),
            content: WorkingContent::Computed(formula),
            figure: None,
        };
        let mut rows = vec![row("rounds.open", cell(&key(self.open), self.minor(self.open)?, open))];
        if let (Some(limits), Some(most)) = (&self.limits, most) {
            let parts =
                limits.iter().map(|node| self.speaker().operand(*node)).collect::<Option<Vec<_>>>()?;
            rows.push(row("rounds.most", cell("rounds most", most, Formula::Call("SUM", parts))));
        }
        let open = Formula::Cell(key(self.open));
        rows.push(row("rounds.first", cell("rounds first", first, clamped(self.limits.is_some(), open))));
        Some(rows)
    }

    fn taken(&self, rounds: &[Round]) -> Vec<WorkingRow> {
        let (count, Some(last)) = (rounds.len(), rounds.last()) else { return Vec::new() };
        let before = rounds.get(count.wrapping_sub(2)).map_or(0, |round| round.best);
        let cell = |name: String, value: Quantity, formula: Formula| WorkingCell {
            column: 0,
            key: name,
            value,
            content: WorkingContent::Computed(formula),
            figure: None,
        };
        let of = |word: &str, number: usize| Formula::Cell(trial_key(word, number));
        let places = self.currency.exponent();
        let change = Formula::infix("-", of("best", count), of("best", count - 1)).rounded(places);
        let residual = cell("rounds residual".into(), self.money(last.best_left), of("best left", count));
        let told = Figure::at(self.reach.book, "closing.solution_residual", ColumnKind::Money);
        let rows = [
            ("rounds.taken", cell(key(self.solution), self.money(last.best), of("best", count))),
            ("rounds.residual", WorkingCell { figure: told, ..residual }),
            ("rounds.changed", cell("rounds changed".into(), self.money(last.best - before), change)),
            (
                "rounds.settled",
                cell("rounds settled".into(), Quantity::Flag(last.settled), of("settled", count)),
            ),
        ];
        let style = |word: &str| if word == "rounds.taken" { RowStyle::Subtotal } else { RowStyle::Plain };
        let row = |(word, cell): (&str, WorkingCell)| WorkingRow {
            label: self.desk.say(word),
            note: String::new(),
            style: style(word),
            cells: vec![cell],
        };
        rows.map(row).to_vec()
    }

    /// The row of a trial.
    fn trial(
        &self,
        number: usize,
        round: &Round,
        values: &BTreeMap<NodeId, Quantity>,
        asked: [NodeId; 4],
    ) -> Option<Vec<WorkingCell>> {
        let [difference, sources, uses, costs] = asked;
        let played = |node: NodeId| match values.contains_key(&node) {
            true => Formula::Cell(format!("{} in {number}", key(node))),
            false => Formula::Cell(key(node)),
        };
        let value = |node: NodeId| values.get(&node).unwrap_or_else(|| self.reach.book.value(node)).clone();
        let none = || Quantity::Absent(Absence::missing("closing.solution"));
        let known = |amount: Option<i64>| amount.map_or_else(none, |amount| self.money(amount));
        let steps = Steps { number, places: self.currency.exponent(), limited: self.limits.is_some() };
        let cells = [
            ("tried", self.money(round.tried), steps.tried()),
            ("costs", value(costs), played(costs)),
            ("sources", value(sources), played(sources)),
            ("uses", value(uses), played(uses)),
            ("left", self.money(round.left), played(difference)),
            ("short", known(round.short), steps.bound("short", "<", "MAX")),
            ("over", known(round.over), steps.bound("over", ">", "MIN")),
            ("line", self.money(round.line), steps.line()),
            ("candidate", self.money(round.candidate), steps.candidate()),
            ("settled", Quantity::Flag(round.settled), steps.settled()),
            ("best", self.money(round.best), steps.best("best", "tried")),
            ("best left", self.money(round.best_left), steps.best("best left", "left")),
        ];
        let cell = |(column, (word, value, formula)): (usize, (&str, Quantity, Formula))| WorkingCell {
            column,
            key: trial_key(word, number),
            value,
            content: WorkingContent::Computed(formula),
            figure: None,
        };
        Some(cells.into_iter().enumerate().map(cell).collect())
    }
}

/// Heads of the table of trials.
const HEADS: [&str; 12] = [
    "rounds.tried",
    "closing.financing_costs",
    "closing.sources_cash",
    "closing.uses_cash",
    "closing.difference",
    "rounds.short",
    "rounds.over",
    "rounds.line",
    "rounds.candidate",
    "rounds.settled",
    "rounds.best",
    "rounds.best_left",
];
