//! The rows of both sheets, in the order in which they are read; what no cell falls into is left out.

use recoup_deal::recoupment::{Ratio, Split};

use super::asked::inner;
use super::order::{Bound, Goal, Kind, Test};
use super::run::Run;
use crate::sections::order::terms_of;
use crate::table::RowStyle;

/// Rows of terms: the path of the cell and its name.
type Terms = Vec<(String, &'static str)>;

impl Run<'_, '_> {
    fn say(&self, key: &str) -> String {
        self.desk.say(key)
    }

    /// Positions in the order in which money walks through them; what no money reaches comes last.
    pub(super) fn walk(&self) -> Vec<usize> {
        let enters = self.order.plan.sources.iter().map(|source| source.enters.clone());
        let starts = enters.filter_map(|id| self.order.nodes.iter().position(|node| node.id == id));
        let mut out: Vec<usize> = Vec::new();
        for start in starts {
            for node in self.order.path_from(start) {
                if !out.contains(&node) {
                    out.push(node);
                }
            }
        }
        let outer = |index: &usize| {
            !self.order.nodes.iter().enumerate().any(|(group, _)| self.order.members(group).contains(index))
        };
        out.extend(
            (0..self.order.nodes.len())
                .filter(outer)
                .filter(|index| !out.contains(index))
                .collect::<Vec<_>>(),
        );
        out
    }

    /// Lays both sheets out, and remembers what conditions count.
    pub(super) fn rows(&mut self) {
        self.watch();
        self.period_rows();
        self.receipt_rows();
    }

    fn watch(&mut self) {
        let mut bounds = Vec::new();
        for (_, _, claim) in self.order.claims() {
            claim.tests.iter().for_each(|test| gather(test, &mut bounds));
        }
        for bound in bounds {
            match bound.counter {
                super::order::Counter::Reached(node) => {
                    self.tracked.insert(node);
                }
                super::order::Counter::Received(set) if !self.watched_sets.contains(&set) => {
                    self.watched_sets.push(set);
                }
                _ => {}
            }
        }
        for kind in &self.order.plan.expense_types {
            let Some(cap) = &kind.cap_of_receipts else { continue };
            let set = self.set(&cap.sources);
            if !self.watched_sets.contains(&set) {
                self.watched_sets.push(set);
            }
        }
    }

    fn period_rows(&mut self) {
        let heading = self.say("waterfall.money_in");
        let part = self.periods.part(heading, String::new(), false);
        let feed_sources: Vec<String> = self.sources();
        for source in feed_sources {
            let row = format!("in {source}");
            self.periods.row(part, &row, source, String::new(), RowStyle::Plain);
        }
        self.period_row(part, "in all", "waterfall.received", RowStyle::Subtotal);
        self.period_row(part, "let go", "waterfall.released", RowStyle::Plain);
        self.period_row(part, "to share", "waterfall.to_share", RowStyle::Total);
        for (place, node) in self.walk().into_iter().enumerate() {
            self.position_rows(place + 1, node);
        }
        self.other_rows();
    }

    fn period_row(&mut self, part: usize, name: &str, key: &str, style: RowStyle) {
        let label = self.say(key);
        self.periods.row(part, name, label, String::new(), style);
    }

    fn position_rows(&mut self, place: usize, node: usize) {
        let (label, id) = (self.order.nodes[node].label.clone(), self.order.nodes[node].id.clone());
        let tier = self.order.plan.tiers.iter().find(|tier| tier.id == id);
        let terms = tier.map_or_else(String::new, |tier| terms_of(self.desk, tier));
        let part = self.periods.part(format!("{place}. {label}"), terms, false);
        self.period_row(part, &format!("p reaches {node}"), "waterfall.reaches", RowStyle::Plain);
        for group in groups(self.order, node) {
            let (Kind::Together { base, .. } | Kind::Steps { base, .. }) = &self.order.nodes[group].kind
            else {
                continue;
            };
            if *base != Ratio::ONE {
                let path = format!("{}.takes.base_rate", self.order.nodes[group].path);
                let said = self.say("waterfall.base_rate");
                let label =
                    if group == node { said } else { format!("{}: {said}", self.order.nodes[group].label) };
                self.periods.row(part, &format!("term {path}"), label, path, RowStyle::Plain);
            }
        }
        for claim in inner(self.order, node) {
            self.claim_rows(part, node, claim);
        }
        self.period_row(part, &format!("p passes {node}"), "waterfall.passes", RowStyle::Subtotal);
    }

    fn claim_rows(&mut self, part: usize, outer: usize, claim: usize) {
        let own = self.order.nodes[claim].path.clone();
        let (label, id) = (self.order.nodes[claim].label.clone(), self.order.nodes[claim].id.clone());
        let Some(terms) = self.order.claim(claim) else { return };
        let payee = terms.payee.as_deref().map(|party| self.desk.party(party));
        let (limit, tests, assigned) = (terms.limit.clone(), terms.tests.clone(), terms.assigned.clone());
        let name = match payee {
            Some(payee) if outer != claim => format!("{label}: {payee}"),
            Some(payee) => payee,
            None => self.say("order.held"),
        };
        // The head of a claim stands even where all its rows are of terms: it names the payee.
        self.periods.head(part, &format!("p name {claim}"), name, id.clone());
        let by_amount = matches!(
            self.order.nodes[outer].kind,
            Kind::Together { split: Split::Outstanding | Split::Invested, .. }
        );
        if !by_amount {
            let (label, path) = (self.say("waterfall.rate"), format!("{own}.takes.rate"));
            self.periods.row(part, &format!("term {path}"), label, path, RowStyle::Plain);
        }
        let mut named: Terms = Vec::new();
        if let Some(bound) = &limit {
            terms_of_goal(self, &bound.goal, "waterfall.limit_cell", &mut named);
        }
        let mut bounds = Vec::new();
        tests.iter().for_each(|test| gather(test, &mut bounds));
        for bound in &bounds {
            terms_of_goal(self, &bound.goal, "waterfall.switch", &mut named);
        }
        for (path, key) in named {
            let label = self.say(key);
            self.periods.row(part, &format!("term {path}"), label, path, RowStyle::Plain);
        }
        let at = format!("recoupment.claims.{id}");
        for (word, key, address) in [
            ("limit", "waterfall.limit", format!("{at}.limit")),
            ("before", "waterfall.before", String::new()),
            ("formula", "waterfall.formula", String::new()),
            ("cents", "waterfall.cents", String::new()),
        ] {
            let label = self.say(key);
            self.periods.row(part, &format!("p {word} {claim}"), label, address, RowStyle::Plain);
        }
        let label = self.say("waterfall.paid");
        self.periods.row(part, &format!("p paid {claim}"), label, format!("{at}.paid"), RowStyle::Subtotal);
        for (place, (party, _)) in assigned.iter().enumerate() {
            let path = format!("{own}.takes.assigned[{place}].part");
            let label = self.desk.words.with("waterfall.assigned", &[("party", &self.desk.party(party))]);
            self.periods.row(part, &format!("term {path}"), label, path, RowStyle::Plain);
        }
        self.period_row(part, &format!("p so far {claim}"), "waterfall.so_far", RowStyle::Plain);
        let label = self.say("waterfall.owed");
        self.periods.row(
            part,
            &format!("p owed {claim}"),
            label,
            format!("{at}.outstanding"),
            RowStyle::Plain,
        );
    }

    fn other_rows(&mut self) {
        for account in 0..self.order.accounts.len() {
            let instrument = self.order.accounts[account].instrument.clone();
            let name = self.instrument(&instrument);
            let heading = self.desk.words.with("waterfall.interest", &[("instrument", &name)]);
            let part = self.periods.part(heading, String::new(), false);
            let label = self.say("waterfall.rate_a_year");
            self.periods.row(
                part,
                &format!("rate of {account}"),
                label.clone(),
                String::new(),
                RowStyle::Plain,
            );
            if let Some((path, _)) = self.order.accounts[account].terms.clone() {
                self.periods.row(part, &format!("term {path}"), label, path, RowStyle::Plain);
            }
            for (word, key, style) in [
                ("opening", "waterfall.opening", RowStyle::Plain),
                ("earned", "waterfall.earned", RowStyle::Plain),
                ("drawn", "waterfall.drawn", RowStyle::Plain),
                ("repaid", "waterfall.repaid", RowStyle::Plain),
                ("closing", "waterfall.closing", RowStyle::Total),
            ] {
                self.period_row(part, &format!("a {word} {account}"), key, style);
            }
        }
        let heading = self.say("waterfall.expenses");
        let part = self.periods.part(heading, String::new(), false);
        for kind in &self.order.plan.expense_types {
            let at = format!("recoupment.expense_types[{}]", kind.id);
            for (path, key) in [
                (format!("{at}.cap"), "waterfall.cap"),
                (format!("{at}.cap_of_receipts.rate"), "waterfall.cap_of_receipts"),
            ] {
                let label = format!("{}: {}", kind.id.replace('-', " "), self.desk.say(key));
                self.periods.row(part, &format!("term {path}"), label, path, RowStyle::Plain);
            }
        }
        let heading = self.say("waterfall.whole");
        let part = self.periods.part(heading, String::new(), false);
        for (name, key, style) in [
            ("t held before", "waterfall.held_before", RowStyle::Plain),
            ("t received", "waterfall.received", RowStyle::Plain),
            ("t paid", "waterfall.paid_out", RowStyle::Plain),
            (
                "t rest",
                if self.order.plan.residual.is_some() { "waterfall.residual" } else { "waterfall.left_over" },
                RowStyle::Plain,
            ),
            ("t held", "waterfall.held", RowStyle::Plain),
            ("t difference", "waterfall.difference", RowStyle::Total),
        ] {
            self.period_row(part, name, key, style);
        }
    }

    /// Names of what pays in, in the order of the receipts.
    fn sources(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let Some(feed) = self.desk.results.feed else { return out };
        for receipt in &feed.inputs.receipts {
            let name = self.source(&receipt.source);
            if !out.contains(&name) {
                out.push(name);
            }
        }
        out
    }

    fn receipt_rows(&mut self) {
        let heading = self.say("receipts.money_in");
        let part = self.sheet.part(heading, String::new(), false);
        let mut rows: Vec<(String, String, RowStyle)> = vec![
            ("receipt".to_owned(), self.say("receipts.receipt"), RowStyle::Group),
            ("released".to_owned(), self.say("waterfall.released"), RowStyle::Group),
        ];
        for instrument in self.instruments() {
            let name = self.instrument(&instrument);
            let label = self.desk.words.with("receipts.put_in", &[("instrument", &name)]);
            rows.push((format!("put in {instrument}"), label, RowStyle::Plain));
            let label = self.desk.words.with("receipts.invested", &[("instrument", &name)]);
            rows.push((format!("invested {instrument}"), label, RowStyle::Plain));
        }
        for (kind, row) in self.order.plan.expense_types.iter().enumerate() {
            let name = row.id.replace('-', " ");
            for (word, key) in [
                ("declared", "receipts.declared"),
                ("capped", "receipts.capped"),
                ("uncapped", "receipts.uncapped"),
            ] {
                let label = self.desk.words.with(key, &[("kind", &name)]);
                rows.push((format!("{word} {kind}"), label, RowStyle::Plain));
            }
        }
        for place in 0..self.watched_sets.len() {
            rows.push((format!("received {place}"), self.say("receipts.received"), RowStyle::Plain));
        }
        rows.push(("rest".to_owned(), self.say("receipts.rest"), RowStyle::Plain));
        for place in 0..24 {
            rows.push((format!("needs {place}"), self.say("receipts.needs"), RowStyle::Muted));
        }
        rows.push(("stretch".to_owned(), self.say("receipts.stretch"), RowStyle::Plain));
        for (name, label, style) in rows {
            self.sheet.row(part, &name, label, String::new(), style);
        }
        for account in 0..self.order.accounts.len() {
            let name = self.instrument(&self.order.accounts[account].instrument.clone());
            let heading = self.desk.words.with("waterfall.interest", &[("instrument", &name)]);
            let part = self.sheet.part(heading, String::new(), false);
            for (word, key) in [
                ("put", "receipts.principal"),
                ("interest", "receipts.interest"),
                ("base before", "receipts.base_before"),
                ("accrued before", "receipts.accrued_before"),
                ("base", "receipts.base"),
                ("accrued", "receipts.accrued"),
            ] {
                let label = self.say(key);
                self.sheet.row(part, &format!("{word} {account}"), label, String::new(), RowStyle::Plain);
            }
        }
        for (place, node) in self.walk().into_iter().enumerate() {
            self.flow_rows(place + 1, node);
        }
        self.settle_rows();
    }

    fn flow_rows(&mut self, place: usize, node: usize) {
        let label = self.order.nodes[node].label.clone();
        let part = self.sheet.part(format!("{place}. {label}"), String::new(), false);
        let add = |run: &mut Self, name: String, key: &str, own: &str, style: RowStyle| {
            let said = run.say(key);
            let label = if own.is_empty() { said } else { format!("{own}: {said}") };
            run.sheet.row(part, &name, label, String::new(), style);
        };
        add(self, format!("reaches {node}"), "waterfall.reaches", "", RowStyle::Group);
        add(self, format!("reached {node}"), "receipts.reached", "", RowStyle::Plain);
        let claims = inner(self.order, node);
        let alone = claims.len() == 1;
        let invested = self.order.nodes.iter().enumerate().any(|(group, _)| {
            matches!(self.order.nodes[group].kind, Kind::Together { split: Split::Invested, .. })
                && self.order.members(group).iter().any(|member| claims.contains(member))
        });
        for claim in &claims {
            let own = if alone { String::new() } else { self.order.nodes[*claim].label.clone() };
            for (word, key) in [
                ("limit", "receipts.limit"),
                ("entitled", "receipts.entitled"),
                ("open", "receipts.open"),
                ("weight", "receipts.weight"),
            ] {
                add(self, format!("{word} {claim}"), key, &own, RowStyle::Plain);
            }
        }
        if invested {
            for round in 0..=claims.len() {
                let first = claims.iter().map(|claim| format!("round {round} of {claim}"));
                for name in first {
                    add(self, name, "receipts.round", "", RowStyle::Muted);
                }
                for claim in &claims {
                    let own = self.order.nodes[*claim].label.clone();
                    add(self, format!("part {round} {claim}"), "receipts.part", &own, RowStyle::Muted);
                }
            }
        }
        for claim in &claims {
            let own = if alone { String::new() } else { self.order.nodes[*claim].label.clone() };
            add(self, format!("takes {claim}"), "receipts.takes", &own, RowStyle::Subtotal);
            add(self, format!("so far {claim}"), "receipts.so_far", &own, RowStyle::Plain);
            add(self, format!("unpaid {claim}"), "receipts.unpaid", &own, RowStyle::Plain);
        }
    }

    fn settle_rows(&mut self) {
        let heading = self.say("receipts.end");
        let part = self.sheet.part(heading, String::new(), false);
        let label = self.say("waterfall.reaches");
        self.sheet.row(part, "reaches end", label, String::new(), RowStyle::Group);
        let names: Vec<String> = self
            .order
            .claims()
            .map(|(_, node, _)| node.label.clone())
            .chain([self.say(if self.order.plan.residual.is_some() {
                "waterfall.residual"
            } else {
                "waterfall.left_over"
            })])
            .collect();
        for (word, key, folded) in [
            ("due", "receipts.due", true),
            ("whole", "receipts.whole", true),
            ("left", "receipts.left", true),
            ("order", "receipts.order", true),
            ("paid", "receipts.paid", false),
            ("paid so far", "receipts.paid_so_far", false),
        ] {
            let heading = self.say(key);
            let part = self.sheet.part(heading, String::new(), folded);
            if word == "left" {
                let label = self.say("receipts.left_units");
                self.sheet.row(part, "left", label, String::new(), RowStyle::Plain);
                continue;
            }
            for (ordinal, name) in names.iter().enumerate() {
                self.sheet.row(
                    part,
                    &format!("{word} {ordinal}"),
                    name.clone(),
                    String::new(),
                    RowStyle::Plain,
                );
            }
        }
    }

    fn instruments(&self) -> Vec<String> {
        let mut out: Vec<String> = self.order.accounts.iter().map(|row| row.instrument.clone()).collect();
        let mut add = |goal: &Goal| {
            if let Goal::Invested(instrument, _) = goal {
                out.push(instrument.clone());
            }
        };
        for (_, _, claim) in self.order.claims() {
            if let Some(bound) = &claim.limit {
                add(&bound.goal);
            }
            let mut bounds = Vec::new();
            claim.tests.iter().for_each(|test| gather(test, &mut bounds));
            bounds.iter().for_each(|bound| add(&bound.goal));
            if let super::order::Weight::Instrument(instrument) = &claim.weight {
                add(&Goal::Invested(
                    instrument.clone(),
                    super::order::Factor { path: String::new(), ratio: Ratio::ONE },
                ));
            }
        }
        let mut seen = std::collections::HashSet::new();
        out.retain(|id| seen.insert(id.clone()));
        out
    }
}

/// A group and those inside it.
fn groups(order: &super::order::Order<'_>, node: usize) -> Vec<usize> {
    let inside = order.members(node).iter().flat_map(|member| groups(order, *member));
    std::iter::once(node).chain(inside).collect()
}

fn gather(test: &Test, out: &mut Vec<Bound>) {
    match test {
        Test::Bound(bound, _) => out.push(bound.clone()),
        Test::All(of) | Test::Any(of) => of.iter().for_each(|inner| gather(inner, out)),
        Test::Fact(_) => {}
    }
}

/// The cells of a goal that are typed.
fn terms_of_goal(run: &Run<'_, '_>, goal: &Goal, key: &'static str, out: &mut Terms) {
    let mut factor = |factor: &super::order::Factor, key: &'static str| {
        if factor.ratio != Ratio::ONE {
            out.push((factor.path.clone(), key));
        }
    };
    match goal {
        Goal::Amount(path, _) => out.push((path.clone(), key)),
        Goal::Expenses(_, times) | Goal::Invested(_, times) => factor(times, "waterfall.times"),
        Goal::Owed(_, times) => factor(times, "waterfall.times"),
        Goal::Interest(_) => {}
        Goal::FilmCost(place, times) => {
            factor(times, "waterfall.times");
            if let Some(cost) = run.order.plan.film_costs.get(*place) {
                let at = format!("recoupment.film_costs[{}]", cost.id);
                out.push((format!("{at}.cost"), "waterfall.film_cost"));
                out.push((format!("{at}.already_covered"), "waterfall.covered"));
            }
        }
    }
}
