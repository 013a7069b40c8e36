//! Where a condition switches inside a receipt: how much of it has to come in until a counter stands at its goal, told
//! position by position from the one that is watched up to where the receipt enters.

use super::asked::inner;
use super::ledger::LedgerUnit;
use super::order::{Bound, Counter, Goal, Kind, Test, Unsaid};
use super::run::{Inflow, Run};
use super::stand::Stand;
use super::words::{
    call, choose, clean, floored, least, less, nought, number, over, plus, sum, times, trifle,
};
use crate::excel::Formula;
use recoup_deal::recoupment::{Ratio, Split};

/// Which switch is asked about, in which column, and what is left of the receipt.
pub(super) struct Back<'r> {
    switch: usize,
    column: usize,
    rest: &'r Formula,
}

/// Where a stretch ends.
pub(super) struct Switch {
    counter: Counter,
    goal: Goal,
}

impl Run<'_, '_> {
    /// What of a receipt can switch something on its way.
    pub(super) fn switches(
        &mut self,
        path: &[usize],
        claims: &[usize],
        inflow: &Inflow<'_>,
    ) -> Result<Vec<Switch>, Unsaid> {
        let mut bounds: Vec<Bound> = Vec::new();
        for claim in claims {
            let tests = self.order.claim(*claim).map(|terms| terms.tests.clone()).unwrap_or_default();
            if self.contract_runs(*claim, inflow.date) && !self.never(&tests, inflow) {
                tests.iter().for_each(|test| self.bounds(test, inflow, &mut bounds));
            }
        }
        let mut out: Vec<Switch> = Vec::new();
        let mut watched: Vec<usize> = Vec::new();
        for bound in bounds {
            let known = out.iter().any(|one| one.counter == bound.counter && one.goal == bound.goal);
            let moved = self.mover(&bound.counter, path, claims, inflow)?;
            if known || moved == Mover::Nothing {
                continue;
            }
            if let Mover::Claim(node) | Mover::Arrival(node) = moved {
                watched.push(node);
            }
            out.push(Switch { counter: bound.counter, goal: bound.goal });
        }
        // What stands above something watched, and changes its part of the flow by itself, is watched too.
        if let Some(deepest) = watched.iter().filter_map(|node| place_of(self, path, *node)).max() {
            for node in path.iter().take(deepest + 1) {
                self.inside(*node, &mut out, inflow)?;
            }
        }
        Ok(out)
    }

    pub(super) fn bounds(&self, test: &Test, inflow: &Inflow<'_>, out: &mut Vec<Bound>) {
        if self.known(test, inflow).is_some() {
            return;
        }
        match test {
            Test::Bound(bound, _) => out.push(bound.clone()),
            Test::All(of) | Test::Any(of) => of.iter().for_each(|inner| self.bounds(inner, inflow, out)),
            Test::Fact(_) => {}
        }
    }

    /// Limits inside a group that change how much of the flow the group lets pass.
    pub(super) fn inside(
        &mut self,
        node: usize,
        out: &mut Vec<Switch>,
        inflow: &Inflow<'_>,
    ) -> Result<(), Unsaid> {
        let (members, by_amount) = match &self.order.nodes[node].kind {
            Kind::Share(_) => return Ok(()),
            Kind::Together { members, split, .. } => (members.clone(), *split != Split::Fixed),
            Kind::Steps { members, .. } => (members.clone(), false),
        };
        if by_amount {
            return Ok(());
        }
        for member in members {
            let Some(terms) = self.order.claim(member) else {
                self.inside(member, out, inflow)?;
                continue;
            };
            let (limit, gross) = (terms.limit.clone(), terms.gross);
            if gross.is_some() && inflow.entry.is_some() {
                // The part of a whole receipt is a limit that the receipt sets itself.
                let goal = Goal::Amount(
                    format!("gross {member}"),
                    recoup_money::Money::zero(self.desk.deal().currency),
                );
                let switch = Switch { counter: Counter::Paid(member), goal };
                if !out.iter().any(|one| one.counter == switch.counter && one.goal == switch.goal) {
                    out.push(switch);
                }
            }
            if let Some(bound) = limit
                && !out.iter().any(|one| one.counter == bound.counter && one.goal == bound.goal)
            {
                out.push(Switch { counter: bound.counter, goal: bound.goal });
            }
        }
        Ok(())
    }

    /// What of a receipt moves a counter.
    pub(super) fn mover(
        &self,
        counter: &Counter,
        path: &[usize],
        claims: &[usize],
        inflow: &Inflow<'_>,
    ) -> Result<Mover, Unsaid> {
        match counter {
            Counter::Received(set) => Ok(match inflow.entry {
                Some(entry) if set.contains(&entry) => Mover::Receipt,
                _ => Mover::Nothing,
            }),
            Counter::Reached(node) => {
                let inside = claims.contains(node) && !path.contains(node);
                let part = match &self.order.nodes[*node].kind {
                    Kind::Together { base, .. } | Kind::Steps { base, .. } => *base != Ratio::ONE,
                    Kind::Share(_) => false,
                };
                if inside || part {
                    return Err("unsaid.joint");
                }
                Ok(if path.contains(node) { Mover::Arrival(*node) } else { Mover::Nothing })
            }
            Counter::Passed(_) => Err("unsaid.pool"),
            _ => {
                let moving: Vec<usize> = self
                    .moved_by(counter)
                    .into_iter()
                    .filter(|node| claims.contains(node))
                    .filter(|node| {
                        let tests =
                            self.order.claim(*node).map(|terms| terms.tests.clone()).unwrap_or_default();
                        self.contract_runs(*node, inflow.date) && !self.never(&tests, inflow)
                    })
                    .collect();
                match moving.as_slice() {
                    [] => Ok(Mover::Nothing),
                    [one] => Ok(Mover::Claim(*one)),
                    _ => Err("unsaid.joint"),
                }
            }
        }
    }

    /// The stretch of a receipt until the first switch.
    pub(super) fn stretch(
        &mut self,
        path: &[usize],
        switches: &[Switch],
        number_of: usize,
        (rest, column): (&Formula, usize),
        inflow: &Inflow<'_>,
        stand: &Stand,
    ) -> Result<Formula, Unsaid> {
        let row = "rest".to_owned();
        let rest = self.sheet.compute(&mut self.values, (&row, column), rest.clone(), LedgerUnit::Amount);
        if number_of == switches.len() {
            return Ok(self.sheet.compute(&mut self.values, ("stretch", column), rest, LedgerUnit::Amount));
        }
        let mut ends = vec![rest.clone()];
        let claims: Vec<usize> = path.iter().flat_map(|node| inner(self.order, *node)).collect();
        for (place, switch) in switches.iter().enumerate() {
            let own_gross = matches!(&switch.goal, Goal::Amount(word, _) if word.starts_with("gross "));
            let lacking = match (&switch.counter, own_gross) {
                (Counter::Paid(node), true) => self.gross_left.get(node).cloned().unwrap_or_else(nought),
                _ => {
                    let target = self.goal(&switch.goal, Some(inflow));
                    less(target, self.have(&switch.counter))
                }
            };
            let at = Back { switch: place, column, rest: &rest };
            let needed = match self.mover(&switch.counter, path, &claims, inflow)? {
                Mover::Nothing => continue,
                Mover::Receipt => lacking.clone(),
                Mover::Arrival(node) => self.above(path, node, lacking.clone(), &at, stand)?,
                Mover::Claim(node) => self.until(path, node, lacking.clone(), &at, stand)?,
            };
            let open = Formula::infix(">", lacking, trifle());
            let row = format!("needs {place}");
            let end = self.sheet.compute(
                &mut self.values,
                (&row, column),
                choose(open, needed, rest.clone()),
                LedgerUnit::Amount,
            );
            ends.push(end);
        }
        let stretch = floored(clean(least(ends)));
        Ok(self.sheet.compute(&mut self.values, ("stretch", column), stretch, LedgerUnit::Amount))
    }

    /// How much of the receipt a claim needs to take an amount.
    pub(super) fn until(
        &mut self,
        path: &[usize],
        node: usize,
        amount: Formula,
        back: &Back<'_>,
        stand: &Stand,
    ) -> Result<Formula, Unsaid> {
        let rest = back.rest;
        if stand.shut.contains(&node) {
            return Ok(rest.clone());
        }
        let gross = self.order.claim(node).is_some_and(|terms| terms.gross.is_some());
        let arriving = match (self.split_of(node), gross) {
            (Some(Split::Outstanding), _) => {
                let (group, own) = (self.group_weight(node, stand), stand.weights.get(&node).cloned());
                let own = own.unwrap_or_else(nought);
                choose(
                    Formula::infix(">", own.clone(), trifle()),
                    over(times(amount, group), own),
                    plus(rest.clone(), number(1)),
                )
            }
            (Some(Split::Invested), _) | (Some(Split::Fixed), true) => return Err("unsaid.joint"),
            (_, true) => amount,
            (Some(Split::Fixed) | None, false) => {
                let rate = self.rate(node);
                self.over_rate(amount, rate, rest)
            }
        };
        let above = self.above(path, node, arriving, back, stand)?;
        Ok(match self.takes_now(node, stand) {
            Some(flag) => choose(flag, above, rest.clone()),
            None => above,
        })
    }

    pub(super) fn over_rate(&self, amount: Formula, rate: Formula, rest: &Formula) -> Formula {
        match &rate {
            Formula::Number(one) if *one == rust_decimal::Decimal::ONE => amount,
            _ => choose(
                Formula::infix(">", rate.clone(), nought()),
                over(amount, rate),
                plus(rest.clone(), number(1)),
            ),
        }
    }

    pub(super) fn group_weight(&self, node: usize, stand: &Stand) -> Formula {
        let members = self.order.nodes.iter().find_map(|group| match &group.kind {
            Kind::Together { members, .. } if members.contains(&node) => Some(members.clone()),
            _ => None,
        });
        let weights =
            members.unwrap_or_default().into_iter().filter_map(|of| stand.weights.get(&of).cloned());
        sum(weights.collect())
    }

    /// Whether a claim takes as a stretch begins; none where it always does.
    pub(super) fn takes_now(&self, node: usize, stand: &Stand) -> Option<Formula> {
        let mut tests = Vec::new();
        if let Some(flag) = stand.open.get(&node) {
            tests.push(Formula::infix("=", flag.clone(), number(1)));
        }
        if let Some(room) = stand.room.get(&node) {
            tests.push(Formula::infix(">", room.clone(), trifle()));
        }
        // A step waits for those before it.
        for group in &self.order.nodes {
            let Kind::Steps { members, .. } = &group.kind else { continue };
            let Some(place) = members.iter().position(|member| *member == node) else { continue };
            for before in members.iter().take(place).filter(|before| !stand.shut.contains(before)) {
                let own = self.takes_now(*before, stand).unwrap_or(Formula::Flag(true));
                tests.push(call("NOT", vec![own]));
            }
        }
        match tests.len() {
            0 => None,
            1 => tests.pop(),
            _ => Some(call("AND", tests)),
        }
    }

    /// How much of the receipt has to come in until an amount arrives at a position.
    pub(super) fn above(
        &mut self,
        path: &[usize],
        node: usize,
        arriving: Formula,
        back: &Back<'_>,
        stand: &Stand,
    ) -> Result<Formula, Unsaid> {
        let place = place_of(self, path, node).ok_or("unsaid.joint")?;
        let mut wanted = self.base_of(path[place], node, arriving)?;
        for upper in path.iter().take(place).rev() {
            // What each position needs stands in a cell of its own.
            let row = format!("back {} {upper}", back.switch);
            let label =
                self.desk.words.with("receipts.back", &[("position", &self.order.nodes[*upper].label)]);
            self.sheet.row(0, &row, label, String::new(), crate::table::RowStyle::Muted);
            wanted = self.sheet.compute(&mut self.values, (&row, back.column), wanted, LedgerUnit::Amount);
            wanted = self.through(*upper, wanted, back.rest, stand)?;
        }
        Ok(wanted)
    }

    /// What has to arrive at a group so that an amount is the base of a member.
    pub(super) fn base_of(&mut self, outer: usize, node: usize, amount: Formula) -> Result<Formula, Unsaid> {
        if outer == node {
            return Ok(amount);
        }
        let base = match &self.order.nodes[outer].kind {
            Kind::Together { base, .. } | Kind::Steps { base, .. } => *base,
            Kind::Share(_) => return Ok(amount),
        };
        let base = self.base(outer, base);
        let amount = match &base {
            Formula::Number(_) => amount,
            _ => over(amount, base),
        };
        let members = self.order.members(outer).to_vec();
        let holder = members.into_iter().find(|member| inner(self.order, *member).contains(&node));
        match holder {
            Some(holder) if holder != node => {
                // The inner group works on the base of the outer one.
                let inner = self.base_of(holder, node, amount)?;
                Ok(inner)
            }
            _ => Ok(amount),
        }
    }

    /// How much has to arrive at a position so that an amount passes it.
    pub(super) fn through(
        &mut self,
        node: usize,
        wanted: Formula,
        rest: &Formula,
        stand: &Stand,
    ) -> Result<Formula, Unsaid> {
        match &self.order.nodes[node].kind {
            Kind::Share(_) => self.through_share(node, wanted, rest, stand),
            Kind::Together { members, base, split: Split::Fixed } => {
                let (members, base) = (members.clone(), *base);
                let base = self.base(node, base);
                let taken = self.rates_now(&members, stand)?;
                let passes = less(number(1), times(base, taken));
                Ok(choose(
                    Formula::infix(">", passes.clone(), trifle()),
                    over(wanted, passes),
                    plus(rest.clone(), number(1)),
                ))
            }
            Kind::Together { members, base, .. } => {
                let (members, base) = (members.clone(), *base);
                let base = self.base(node, base);
                if members.iter().any(|member| !stand.room.contains_key(member)) {
                    return Err("unsaid.joint");
                }
                let rooms: Vec<Formula> = members
                    .iter()
                    .filter_map(|member| {
                        let (weight, room) = (stand.weights.get(member)?, stand.room.get(member)?);
                        Some(choose(Formula::infix(">", weight.clone(), trifle()), room.clone(), nought()))
                    })
                    .collect();
                let all = plus(wanted.clone(), sum(rooms));
                Ok(match &base {
                    Formula::Number(_) => all,
                    _ => least(vec![all, over(wanted, less(number(1), base))]),
                })
            }
            Kind::Steps { members, base } => {
                let (members, base) = (members.clone(), *base);
                if base != Ratio::ONE {
                    return Err("unsaid.joint");
                }
                let mut formula = wanted.clone();
                for member in members.iter().rev().filter(|member| !stand.shut.contains(member)) {
                    let own = self.through_open(*member, wanted.clone(), rest, stand);
                    formula = match self.takes_now(*member, stand) {
                        Some(flag) => choose(flag, own, formula),
                        None => own,
                    };
                }
                Ok(formula)
            }
        }
    }

    pub(super) fn through_share(
        &mut self,
        node: usize,
        wanted: Formula,
        rest: &Formula,
        stand: &Stand,
    ) -> Result<Formula, Unsaid> {
        if stand.shut.contains(&node) {
            return Ok(wanted);
        }
        let open = self.through_open(node, wanted.clone(), rest, stand);
        Ok(match stand.open.get(&node) {
            Some(flag) => choose(flag.clone(), open, wanted),
            None => open,
        })
    }

    /// The same of a share that takes.
    pub(super) fn through_open(
        &mut self,
        node: usize,
        wanted: Formula,
        rest: &Formula,
        stand: &Stand,
    ) -> Formula {
        let gross = self.order.claim(node).is_some_and(|terms| terms.gross.is_some());
        let whole = self.order.claim(node).is_some_and(|terms| terms.rate == Ratio::ONE);
        let room = stand.room.get(&node).cloned();
        let by_room = room.map(|room| plus(wanted.clone(), room));
        if gross {
            return by_room.unwrap_or(wanted);
        }
        let rate = self.rate(node);
        let left = less(number(1), rate);
        let by_rate = choose(
            Formula::infix(">", left.clone(), trifle()),
            over(wanted, left),
            plus(rest.clone(), number(1_000_000_000)),
        );
        match by_room {
            Some(by_room) if whole => by_room,
            Some(by_room) => least(vec![by_rate, by_room]),
            None => by_rate,
        }
    }

    /// The part of a base that members take as a stretch begins.
    pub(super) fn rates_now(&mut self, members: &[usize], stand: &Stand) -> Result<Formula, Unsaid> {
        let mut parts = Vec::new();
        for member in members {
            if stand.shut.contains(member) {
                continue;
            }
            let Some(terms) = self.order.claim(*member) else { return Err("unsaid.joint") };
            if terms.gross.is_some() {
                return Err("unsaid.joint");
            }
            let rate = self.rate(*member);
            parts.push(match self.takes_now(*member, stand) {
                Some(flag) => choose(flag, rate, nought()),
                None => rate,
            });
        }
        Ok(sum(parts))
    }
}

/// What of a receipt moves a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mover {
    Nothing,
    Receipt,
    Arrival(usize),
    Claim(usize),
}

/// Where on its way money meets a position, or the group it stands in.
fn place_of(run: &Run<'_, '_>, path: &[usize], node: usize) -> Option<usize> {
    path.iter().position(|outer| *outer == node || inner(run.order, *outer).contains(&node))
}
