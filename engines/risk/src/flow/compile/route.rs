//! The way down of a receipt, step by step

use recoup_deal::recoupment::PaymentOrder;
use recoup_waterfall::flat::{AccountScope, Op, PaysFor, ShareOp, SplitOp};

use super::{
    super::{
        form::{At, Bounds, Earns, Instr, Mark, NONE, Pays, Place, Reduces, Route},
        rows::number,
    },
    Compiler, Result, unsupported,
};

/// More than this many instructions has no plan that somebody wrote.
const LONGEST: usize = 200_000;

/// How much beyond the whole is rounding.
const NEARLY: f64 = 1e-12;

/// A route as it is written.
#[derive(Debug, Default)]
pub(super) struct Building {
    pub entry: Option<u32>,
    route: Route,
    /// Marks with whether they only stop their own share.
    watched: Vec<(Mark, bool)>,
    /// Whether what a member stops at may be left to it: not on a ladder, not where members take more than all.
    may_stop: bool,
    depth: usize,
    deepest: usize,
    widest: usize,
}

impl Building {
    pub(super) fn watch(&mut self, mark: Mark, stops: bool) {
        if self.watched.iter().all(|(known, _)| *known != mark) {
            self.watched.push((mark, stops));
        }
    }

    pub(super) fn moves<'a>(&mut self, counters: impl Iterator<Item = &'a At>) {
        for at in counters {
            if *at != NONE && !self.route.moved.contains(at) {
                self.route.moved.push(*at);
            }
        }
    }

    fn push(&mut self, instr: Instr) -> Result<()> {
        if self.route.code.len() >= LONGEST {
            return unsupported("recoupment.tiers", "orders that join again and again");
        }
        self.route.code.push(instr);
        self.route.moved_by.push(self.route.moved.len() as u32);
        Ok(())
    }

    fn deeper(&mut self) {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }
}

impl Compiler<'_> {
    /// The route from a tier for what is settled now: its place among all routes.
    pub(super) fn route(&mut self, start: u32, entry: Option<u32>) -> Result<u32> {
        let mut building = Building { entry, may_stop: true, ..Building::default() };
        building.route.once = true;
        building.route.joins = true;
        self.receives(&mut building);
        building.moves([self.counters.rest].iter());
        self.walk(start, &mut building)?;
        self.earns(&mut building)?;
        self.close(&mut building);
        self.counts.depth = self.counts.depth.max(building.deepest);
        self.counts.members = self.counts.members.max(building.widest);
        let route = building.route;
        if let Some(known) = self.known_routes.get(&route) {
            return Ok(*known);
        }
        let place = self.routes.len() as u32;
        self.known_routes.insert(route.clone(), place);
        self.routes.push(route);
        Ok(place)
    }

    fn receives(&mut self, building: &mut Building) {
        let Some(entry) = building.entry else { return };
        for (set, members) in self.flat.source_sets.iter().enumerate() {
            let counter = self.counters.row(self.flat.layout.received + set as u32);
            if counter != NONE && members.contains(&entry) {
                building.route.received.push(counter);
                building.moves([counter].iter());
            }
        }
    }

    fn walk(&mut self, start: u32, building: &mut Building) -> Result<()> {
        let mut at = Some(start);
        while let Some(node) = at {
            self.visit(node, Place::Flow, building)?;
            at = self.flat.nodes[node as usize].then;
        }
        Ok(())
    }

    fn visit(&mut self, node: u32, place: Place, building: &mut Building) -> Result<()> {
        let flat = self.flat;
        let layout = flat.layout;
        match &flat.nodes[node as usize].op {
            Op::Share(share) => self.take(node, share, place, building),
            Op::Enters { share, into } => self.enter(node, share, (place, *into), building),
            Op::Together { members, split: SplitOp::Fixed, bearer, .. } => {
                let bounds = match (self.most_of_members(members) > 1.0 + NEARLY, bearer) {
                    (false, _) => Bounds::Within,
                    (true, None) => Bounds::Broken,
                    (true, Some(party)) => Bounds::Borne(self.counters.shortfall[*party as usize]),
                };
                self.open(node, building)?;
                let may_stop = building.may_stop;
                building.may_stop &= bounds == Bounds::Within;
                let on_gross =
                    |member: &&u32| flat.share(**member).is_some_and(|share| share.gross.is_some());
                for member in members.iter().filter(|member| !on_gross(member)) {
                    self.visit(*member, Place::Beside, building)?;
                }
                building.may_stop = may_stop;
                let rest: Vec<u32> = members.iter().filter(on_gross).copied().collect();
                if !rest.is_empty() {
                    let members = self.members_at(&rest, SplitOp::Outstanding, false, building)?;
                    building.push(Instr::Rest { members })?;
                }
                self.closed(node, place, bounds, building)
            }
            Op::Together { members, split, .. } => {
                let alone = |member: &u32| self.alone[*member as usize];
                if *split == SplitOp::Outstanding && !members.iter().all(alone) {
                    return unsupported(
                        &flat.nodes[node as usize].path,
                        "members that divide by what is owed on a balance that others are paid of as well: what each \
                         has depends on where the flow is cut",
                    );
                }
                let base = self.base_of(node);
                let reached = self.counters.row(layout.reached + node);
                let paid = self.counters.row(layout.paid + node);
                let stops = building.may_stop && members.iter().all(|member| self.stops[*member as usize]);
                let members = self.members_at(members, *split, stops, building)?;
                building.moves([reached, paid].iter());
                let over = self.group_exceeds(node, place, building);
                building.push(Instr::Weigh { place, base, reached, paid, members, over })
            }
            Op::Steps { members, .. } => {
                self.open(node, building)?;
                let may_stop = std::mem::replace(&mut building.may_stop, false);
                for member in members {
                    self.visit(*member, Place::Step, building)?;
                }
                building.may_stop = may_stop;
                self.closed(node, place, Bounds::Within, building)
            }
        }
    }

    /// A base cannot vary yet be known to leave enough: its row is that of its cell.
    fn base_of(&mut self, node: u32) -> At {
        let row = &self.flat.nodes[node as usize];
        let (Op::Together { base, .. } | Op::Steps { base, .. }) = &row.op else {
            return NONE;
        };
        self.rows.cell(&format!("{}.takes.base_rate", row.path), number(*base))
    }

    fn open(&mut self, node: u32, building: &mut Building) -> Result<()> {
        let base = self.base_of(node);
        let reached = self.counters.row(self.flat.layout.reached + node);
        building.moves([reached].iter());
        building.deeper();
        building.push(Instr::Open { base, reached })
    }

    fn closed(&mut self, node: u32, place: Place, bounds: Bounds, building: &mut Building) -> Result<()> {
        let paid = self.counters.row(self.flat.layout.paid + node);
        building.moves([paid].iter());
        if let Bounds::Borne(counter) = bounds {
            building.moves([counter].iter());
        }
        let over = self.group_exceeds(node, place, building);
        building.depth -= 1;
        building.push(Instr::Close { place, paid, bounds, over })
    }

    /// Whether a group may take more of the flow than there is.
    fn group_exceeds(&self, node: u32, place: Place, building: &mut Building) -> bool {
        let over = place == Place::Flow && self.most_of(node) > 1.0 + NEARLY;
        if over {
            building.moves([self.counters.contributed].iter());
            building.route.over = true;
        }
        over
    }

    fn take(&mut self, node: u32, share: &ShareOp, place: Place, building: &mut Building) -> Result<()> {
        let Some(mut at) = self.share_at(node, share, building)? else {
            return Ok(());
        };
        at.stops = self.stops[node as usize] && building.may_stop && place != Place::Step;
        self.settle_stop(&at, node, building);
        if share.release.is_some() && !building.route.reserves.contains(&at.paid) {
            building.route.reserves.push(at.paid);
            building.route.joins &= share.release.is_none_or(|release| release.months > 0);
        }
        let over = self.may_exceed(node, share, place, building);
        let bare = at.tests.is_empty()
            && at.passes.is_empty()
            && at.notional.is_empty()
            && at.reached == NONE
            && at.watch.is_empty();
        let bare = bare && place == Place::Flow && !at.gross && !over;
        if bare && at.closes[0].0 == NONE && at.adds.is_empty() {
            return building.push(Instr::Fee { rate: at.rate, paid: at.paid });
        }
        if bare && at.stops {
            let (have, goal) = at.closes[0];
            return building.push(Instr::Claim { rate: at.rate, paid: at.paid, have, goal, adds: at.adds });
        }
        let share = self.shares.span(&[at]).first;
        building.push(Instr::Share { share, place, over })
    }

    /// Where a share may not be left to stop by itself, its limit is a mark like any other.
    fn settle_stop(&self, at: &super::super::form::Share, node: u32, building: &mut Building) {
        if self.stops[node as usize] && !at.stops {
            let own = |mark: &Mark| (mark.have, mark.goal) == at.closes[0];
            building.watched.iter_mut().filter(|(mark, _)| own(mark)).for_each(|(_, stops)| *stops = false);
        }
    }

    fn enter(
        &mut self,
        node: u32,
        share: &ShareOp,
        (place, into): (Place, u32),
        building: &mut Building,
    ) -> Result<()> {
        let Some(mut at) = self.share_at(node, share, building)? else {
            return Ok(());
        };
        at.stops = self.stops[node as usize] && building.may_stop && place != Place::Step;
        self.settle_stop(&at, node, building);
        let over = self.may_exceed(node, share, place, building);
        let share = self.shares.span(&[at]).first;
        let from = building.route.code.len();
        building.deeper();
        building.push(Instr::Enter { share, place, over, end: 0 })?;
        self.walk(into, building)?;
        let until = building.route.code.len() as u32;
        building.push(Instr::Leave)?;
        building.depth -= 1;
        if let Some(Instr::Enter { end, .. }) = building.route.code.get_mut(from) {
            *end = until;
        }
        Ok(())
    }

    /// Whether a share of the flow may take more than there is.
    fn may_exceed(&mut self, node: u32, share: &ShareOp, place: Place, building: &mut Building) -> bool {
        let whole = self.known_rates[node as usize].is_some_and(|rate| rate <= 1.0);
        let over = place == Place::Flow && share.gross.is_none() && !whole;
        if over {
            building.moves([self.counters.contributed].iter());
            building.route.over = true;
        }
        over
    }

    /// The most that members take together, as a part of their base.
    fn most_of_members(&self, members: &[u32]) -> f64 {
        members.iter().map(|member| self.most_of(*member)).sum()
    }

    fn most_of(&self, node: u32) -> f64 {
        let row = &self.flat.nodes[node as usize];
        let base = |base: &recoup_deal::recoupment::Ratio| {
            let varies = self.rows.varies(&format!("{}.takes.base_rate", row.path));
            if varies { f64::INFINITY } else { number(*base) }
        };
        match &row.op {
            // Shares of the gross have what the others leave of the base.
            Op::Share(share) if share.gross.is_some() => 0.0,
            Op::Share(_) | Op::Enters { .. } => self.known_rates[node as usize].unwrap_or(f64::INFINITY),
            Op::Together { members, base: of, split: SplitOp::Fixed, .. } => {
                base(of) * self.most_of_members(members)
            }
            Op::Together { base: of, .. } => base(of),
            Op::Steps { members, base: of } => {
                base(of) * members.iter().map(|member| self.most_of(*member)).fold(0.0, f64::max)
            }
        }
    }

    fn members_at(
        &mut self,
        members: &[u32],
        split: SplitOp,
        stops: bool,
        building: &mut Building,
    ) -> Result<super::super::form::Span> {
        let mut out = Vec::with_capacity(members.len());
        for member in members {
            if let Some(mut found) = self.member_at(*member, split, building)? {
                found.share.stops = stops;
                self.settle_stop(&found.share, *member, building);
                out.push(found);
            }
        }
        building.widest = building.widest.max(out.len());
        Ok(self.members.span(&out))
    }

    /// What payments of a share do to balances, once for each.
    pub(super) fn pays(
        &mut self,
        node: u32,
        share: &ShareOp,
        (paid, reached): (At, At),
        building: &mut Building,
    ) {
        let Some((account, what)) = share.pays else {
            return;
        };
        let rows = self.accounts.rows(account as usize);
        let (_, compounds) = self.accounts.payments(account as usize);
        let what = match what {
            PaysFor::Principal => Reduces::Principal { compounds },
            PaysFor::Return => Reduces::Return { reached },
            PaysFor::Whole => return,
        };
        let pays = Pays { paid, account: rows, what };
        if paid != NONE && self.flat.share(node).is_some() && !building.route.pays.contains(&pays) {
            building.route.pays.push(pays);
        }
    }

    /// Shares of the gross that a receipt of the entry may earn for.
    fn earns(&mut self, building: &mut Building) -> Result<()> {
        let Some(entry) = building.entry else {
            return Ok(());
        };
        let flat = self.flat;
        for node in &flat.entries[entry as usize].gross_nodes {
            let Some((share, gross)) = flat.share(*node).and_then(|share| Some((share, share.gross?))) else {
                continue;
            };
            let counts = gross.of.is_none_or(|set| flat.source_sets[set as usize].contains(&entry));
            let open = share.contract.is_none_or(|contract| self.standing.open[contract as usize]);
            let mark = self.mark(gross.threshold, Some(entry))?;
            let watched = building.watched.len();
            let tests = self.tests(&share.tests, false, building)?;
            // What is asked here is asked before money moves: it cuts nothing.
            building.watched.truncate(watched);
            let (entitled, rate) = (counts && open, self.rates[*node as usize]);
            let paid = self.counters.paid(*node);
            let earns = Earns { paid, goal: mark.goal, rate, entitled, tests, carries: gross.carries };
            building.route.earns.push(earns);
            building.route.joins = false;
        }
        Ok(())
    }

    /// What the whole way asks for: goals, balances, and marks of counters that it moves.
    fn close(&mut self, building: &mut Building) {
        let accounts = self.flat.accounts.iter().enumerate();
        for (index, row) in accounts {
            let counter = match row.scope {
                AccountScope::Claims | AccountScope::Hurdle => self.flat.layout.account + index as u32,
                AccountScope::Party(party) => self.flat.layout.party + party,
                AccountScope::Return => continue,
            };
            let paid = self.counters.row(counter);
            if !building.route.moved.contains(&paid) {
                continue;
            }
            let (order, compounds) = self.accounts.payments(index);
            let what = match order {
                PaymentOrder::InterestFirst => Reduces::Interest,
                PaymentOrder::PrincipalFirst => Reduces::Principal { compounds },
            };
            building.route.pays.push(Pays { paid, account: self.accounts.rows(index), what });
        }
        let route = &mut building.route;
        let asked = |words: &[super::super::form::Word]| -> Vec<Mark> {
            let mark = |word: &super::super::form::Word| match word {
                super::super::form::Word::Mark(mark) => Some(*mark),
                _ => None,
            };
            words.iter().filter_map(mark).collect()
        };
        let earning = route.earns.iter().flat_map(|earns| asked(&self.words.all[earns.tests.range()]));
        let goals = building.watched.iter().map(|(mark, _)| mark.goal).chain(earning.map(|mark| mark.goal));
        for at in goals.collect::<Vec<At>>() {
            if let Some(goal) = self.goal_of.get(&at).filter(|goal| !route.goals.contains(goal)) {
                route.goals.push(*goal);
            }
        }
        let cuts = building.watched.iter().filter(|(mark, _)| route.moved.contains(&mark.have));
        let (own, others): (Vec<_>, Vec<_>) = cuts.partition(|(_, stops)| *stops);
        route.switches = others.len() as u32;
        route.cuts = others.iter().chain(&own).map(|(mark, _)| *mark).collect();
        route.once &= building.watched.iter().all(|(mark, _)| mark.beyond == NONE);
        let growing = |goal: &super::super::form::Goal| matches!(goal, super::super::form::Goal::Expenses { growing: Some(growing), .. } if growing.counts);
        route.joins &= !route.goals.iter().any(growing);
    }
}
