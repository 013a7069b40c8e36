//! From a deal's budget to a form's inputs, through the book, so that an input explains itself down to the
//! typed cells.

pub(crate) use recoup_deal::lies_within;
use recoup_deal::{BudgetLine, Deal, Phrase, Role, SpendShare, Subcontract, TreatyShare};
use recoup_explain::{Book, Cells, NodeId, Operation, Quote};
use recoup_money::Currency;
use rust_decimal::Decimal;

use crate::companies::Purse;
use crate::policy::{BudgetMap, Measure};

/// What a measure of the budget gives.
pub(crate) struct Measured {
    pub(crate) node: Option<NodeId>,
    pub(crate) word: Option<String>,
    pub(crate) paths: Vec<String>,
    pub(crate) doubts: Vec<Phrase>,
}

/// The cells of a deal as every engine reads them.
pub fn cells_of(deal: &Deal) -> Cells {
    let quotes = deal.fx.iter().map(|quote| Quote {
        base: quote.base,
        quote: quote.quote,
        rate: quote.rate,
        date: quote.date.unwrap_or(deal.as_of),
        path: format!("fx[{}].rate", quote.id),
        hedged: quote.hedged_share.map(|share| (format!("fx[{}].hedged_share", quote.id), share)),
    });
    let assumed = deal.assumptions.iter().map(|assumption| {
        let value = assumption.value.as_str().map_or_else(|| assumption.value.to_string(), str::to_owned);
        (assumption.path.clone(), value, assumption.source.clone())
    });
    Cells::new(deal.currency, quotes.collect(), assumed).as_of(deal.as_of)
}

fn name_of<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(crate) struct Mapper<'a> {
    pub(crate) deal: &'a Deal,
    pub(crate) cells: Cells,
}

struct Gathered {
    parts: Vec<NodeId>,
    paths: Vec<String>,
    doubts: Vec<Phrase>,
}

impl<'a> Mapper<'a> {
    pub(crate) fn new(deal: &'a Deal) -> Self {
        Self { deal, cells: cells_of(deal) }
    }

    /// Measures the budget for one input, in major units of `currency`.
    pub(crate) fn measure(&self, book: &mut Book, map: &BudgetMap, currency: Currency) -> Measured {
        self.measure_of(book, map, currency, &Purse::everybody())
    }

    /// Measures what some companies spend of the budget.
    pub(crate) fn measure_of(
        &self,
        book: &mut Book,
        map: &BudgetMap,
        currency: Currency,
        purse: &Purse<'_>,
    ) -> Measured {
        match map.measure {
            Measure::DeliveredMinutes => self.minutes(book),
            Measure::EpisodesUnder30 => self.episodes(book, |minutes| minutes < 30),
            Measure::EpisodesFrom30 => self.episodes(book, |minutes| minutes >= 30),
            Measure::TreatyCoproduction => self.treaty(book),
            Measure::ProjectType => self.project_type(map),
            Measure::TreatyShare => self.national_share(book, map, purse),
            Measure::CostShare => {
                let here = BudgetMap { measure: Measure::Cost, ..map.clone() };
                let there = self.sum(book, &here, currency, purse);
                let everywhere = BudgetMap { measure: Measure::Cost, within: Vec::new(), ..map.clone() };
                let whole = self.sum(book, &everywhere, currency, purse);
                let node =
                    there.node.zip(whole.node).map(|(a, b)| book.compute(Operation::Quotient, &[a, b]));
                Measured { node, word: None, paths: there.paths, doubts: there.doubts }
            }
            Measure::CostPerEpisode => {
                let cost = BudgetMap { measure: Measure::Cost, ..map.clone() };
                let whole = self.sum(book, &cost, currency, purse);
                let node = whole.node.filter(|_| self.deal.project.episodes.is_some()).map(|cost| {
                    let path = "project.episodes".to_owned();
                    let count = self.cells.number(book, path, self.deal.project.episodes.map(Decimal::from));
                    book.compute(Operation::Quotient, &[cost, count])
                });
                Measured { node, ..whole }
            }
            Measure::Cost
            | Measure::Labour
            | Measure::InHouseLabour
            | Measure::ContractPrice
            | Measure::ContractLabour
            | Measure::NonLabour => self.sum(book, map, currency, purse),
        }
    }

    fn nothing() -> Measured {
        Measured { node: None, word: None, paths: Vec::new(), doubts: Vec::new() }
    }

    fn minutes(&self, book: &mut Book) -> Measured {
        let project = &self.deal.project;
        let Some(minutes) = project.runtime_minutes else { return Self::nothing() };
        let path = "project.runtime_minutes".to_owned();
        let length = self.cells.number(book, path.clone(), Some(Decimal::from(minutes)));
        let mut paths = vec![path];
        let node = match project.episodes {
            Some(episodes) => {
                paths.push("project.episodes".to_owned());
                let count = self.cells.number(book, "project.episodes".to_owned(), Some(episodes.into()));
                book.compute(Operation::Product, &[length, count])
            }
            None => length,
        };
        Measured { node: Some(node), word: None, paths, doubts: Vec::new() }
    }

    fn episodes(&self, book: &mut Book, counts: impl Fn(u32) -> bool) -> Measured {
        let project = &self.deal.project;
        let (Some(episodes), Some(minutes)) = (project.episodes, project.runtime_minutes) else {
            return Self::nothing();
        };
        if !counts(minutes) {
            return Self::nothing();
        }
        let path = "project.episodes".to_owned();
        let node = self.cells.number(book, path.clone(), Some(episodes.into()));
        Measured { node: Some(node), word: None, paths: vec![path], doubts: Vec::new() }
    }

    fn treaty(&self, book: &mut Book) -> Measured {
        let Some(treaty) = &self.deal.project.treaty else { return Self::nothing() };
        let path = "project.treaty.recognised".to_owned();
        let node = match treaty.recognised {
            Some(recognised) => book.cell(path.as_str(), recognised),
            None => book.assumption(path.as_str(), true, "a treaty is named; recognition is taken as given"),
        };
        let doubt = treaty.recognised.is_none().then(|| Phrase::new("recognition_open"));
        Measured { node: Some(node), word: None, paths: vec![path], doubts: doubt.into_iter().collect() }
    }

    fn project_type(&self, map: &BudgetMap) -> Measured {
        let word = self.deal.project.project_type.and_then(|kind| map.words.get(&name_of(kind)).cloned());
        Measured { word, paths: vec!["project.project_type".to_owned()], ..Self::nothing() }
    }

    fn sum(&self, book: &mut Book, map: &BudgetMap, currency: Currency, purse: &Purse<'_>) -> Measured {
        // A side's share is one of the production's cost; what a company has of the side is settled with it.
        let side = map.treaty_share.as_deref().filter(|code| !self.sides(code).is_empty());
        let seen = match side {
            Some(_) => Purse::everybody(),
            None if map.within.is_empty() => purse.without_place(),
            None => purse.clone(),
        };
        let mut found = Gathered { parts: Vec::new(), paths: Vec::new(), doubts: Vec::new() };
        for line in &self.deal.budget.lines {
            if map.without_accounts.contains(&name_of(line.account)) || map.core && !line.is_core() {
                continue;
            }
            if line.amount.is_none() {
                let cell = format!("budget.lines[{}].amount", line.id);
                found.doubts.push(Phrase::new("amount_left_out").with("cell", cell));
                continue;
            }
            self.line(book, map, line, &seen, &mut found);
        }
        if found.parts.is_empty() {
            let path = format!("budget.lines ({})", name_of(map.measure));
            let nought = book.assumption(path, Decimal::ZERO, "no line of the budget falls under this input");
            return Measured { node: Some(nought), word: None, paths: found.paths, doubts: found.doubts };
        }
        let mut total = book.compute(Operation::Sum, &found.parts);
        if currency != self.deal.currency {
            let rate = self.cells.rate(book, self.deal.currency, currency);
            total = book.compute(Operation::Product, &[total, rate]);
        }
        if let Some(share) = side.and_then(|code| self.treaty_share(book, code, purse, &mut found.paths)) {
            total = book.compute(Operation::Product, &[total, share]);
        }
        Measured { node: Some(total), word: None, paths: found.paths, doubts: found.doubts }
    }

    /// The sides of the co-production within an area.
    fn sides(&self, code: &str) -> Vec<&'a TreatyShare> {
        let sides = self.deal.project.treaty.iter().flat_map(|treaty| &treaty.shares);
        sides.filter(|side| lies_within(&side.jurisdiction, code) && side.share.is_some()).collect()
    }

    fn national_share(&self, book: &mut Book, map: &BudgetMap, purse: &Purse<'_>) -> Measured {
        let mut paths = Vec::new();
        let code = map.treaty_share.as_deref().unwrap_or_default();
        let node = self.treaty_share(book, code, purse, &mut paths);
        Measured { node, word: None, paths, doubts: Vec::new() }
    }

    /// What companies have of an area's share of the cost: the sides that name them, where each company has
    /// one, else the area's share in the proportion of what is spent there.
    fn treaty_share(
        &self,
        book: &mut Book,
        code: &str,
        purse: &Purse<'_>,
        paths: &mut Vec<String>,
    ) -> Option<NodeId> {
        let sides = self.sides(code);
        let purse = &purse.without_place();
        let named: Vec<_> = sides.iter().filter(|side| purse.holds(side.co_producer.as_ref())).collect();
        let is_named = sides.len() > 1 && !named.is_empty();
        let counted: Vec<NodeId> = sides
            .iter()
            .filter(|side| !is_named || purse.holds(side.co_producer.as_ref()))
            .map(|side| {
                let path = format!("project.treaty.shares[{}].share", side.id);
                paths.push(path.clone());
                self.cells.number(book, path, side.share)
            })
            .collect();
        let whole = match counted.as_slice() {
            [] => return None,
            [one] => *one,
            several => book.compute(Operation::Sum, several),
        };
        let portion = if is_named { None } else { self.portion(book, code, purse) };
        Some(portion.map_or(whole, |portion| book.compute(Operation::Product, &[whole, portion])))
    }

    /// What companies spend of all that is spent in an area; absent where it is all.
    fn portion(&self, book: &mut Book, code: &str, purse: &Purse<'_>) -> Option<NodeId> {
        let here = |part: &SpendShare| lies_within(&part.jurisdiction, code);
        let mut parts = self
            .deal
            .budget
            .lines
            .iter()
            .flat_map(|line| line.spend.iter().filter(|part| here(part)).map(move |part| (line, part)));
        if parts.all(|(line, part)| purse.sees(self.deal, line, part)) {
            return None;
        }
        let there = BudgetMap { within: vec![code.to_owned()], ..BudgetMap::of(Measure::Cost) };
        let own = self.sum(book, &there, self.deal.currency, purse).node?;
        let all = self.sum(book, &there, self.deal.currency, &Purse::everybody()).node?;
        Some(book.compute(Operation::Quotient, &[own, all]))
    }

    fn line(
        &self,
        book: &mut Book,
        map: &BudgetMap,
        line: &BudgetLine,
        purse: &Purse<'_>,
        found: &mut Gathered,
    ) {
        let base = format!("budget.lines[{}]", line.id);
        let everywhere = map.within.is_empty() && map.without.is_empty();
        let before = found.parts.len();
        if everywhere && map.measure == Measure::Cost && purse.sees_all(self.deal, line) {
            let amount = self.amount(book, line);
            found.parts.push(amount);
            self.without_roles(book, map, line, None, found);
        } else {
            for spend in line.spend.iter().filter(|spend| counts(map, &spend.jurisdiction)) {
                if !purse.sees(self.deal, line, spend) {
                    continue;
                }
                if purse.is_open(line, spend) {
                    let cell = format!("{base}.spend[{}].company", spend.id);
                    found.doubts.push(Phrase::new("spender_not_said").with("cell", cell));
                }
                self.share(book, map, line, spend, found);
            }
        }
        if found.parts.len() > before {
            found.paths.push(format!("{base}.amount"));
        }
    }

    /// The line's amount in major units of the deal's currency.
    fn amount(&self, book: &mut Book, line: &BudgetLine) -> NodeId {
        let money = self.cells.money(book, format!("budget.lines[{}].amount", line.id), line.amount);
        book.compute(Operation::ToNumber, &[money])
    }

    fn price(&self, book: &mut Book, line: &BudgetLine, contract: &Subcontract) -> NodeId {
        let path = format!("budget.lines[{}].subcontracts[{}].price", line.id, contract.id);
        let money = self.cells.money(book, path, contract.price);
        book.compute(Operation::ToNumber, &[money])
    }

    fn share(
        &self,
        book: &mut Book,
        map: &BudgetMap,
        line: &BudgetLine,
        spend: &SpendShare,
        found: &mut Gathered,
    ) {
        let place = self.place_share(book, line, spend);
        let own = self.own_part(book, line);
        match map.measure {
            Measure::Cost => {
                let amount = self.amount(book, line);
                found.parts.push(self.times(book, amount, &[place]));
                self.without_roles(book, map, line, Some((spend, place)), found);
            }
            Measure::Labour | Measure::InHouseLabour => {
                let mut factors = vec![place, self.labour(book, line, spend, found)];
                factors.extend(map.resident.then(|| self.resident(book, line, spend, found)));
                factors.extend(self.animation(book, map, line));
                found.parts.push(self.times(book, own, &factors));
                self.without_roles(book, map, line, Some((spend, place)), found);
            }
            Measure::NonLabour => {
                let labour = self.labour(book, line, spend, found);
                let rest = self.complement(book, labour);
                found.parts.push(self.times(book, own, &[place, rest]));
            }
            _ => {}
        }
        for contract in line.subcontracts.iter().filter(|contract| contract.price.is_some()) {
            self.contract(book, map, line, spend, place, contract, found);
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a contract is read against its line, its place and the map"
    )]
    fn contract(
        &self,
        book: &mut Book,
        map: &BudgetMap,
        line: &BudgetLine,
        spend: &SpendShare,
        place: NodeId,
        contract: &Subcontract,
        found: &mut Gathered,
    ) {
        // A contract placed elsewhere belongs to that place's spend only.
        let mut factors = match &contract.jurisdiction {
            Some(jurisdiction) if *jurisdiction != spend.jurisdiction => return,
            Some(_) => Vec::new(),
            None => vec![place],
        };
        let path = format!("budget.lines[{}].subcontracts[{}]", line.id, contract.id);
        let price = self.price(book, line, contract);
        let labour = match contract.labour_share {
            Some(share) => self.cells.number(book, format!("{path}.labour_share"), Some(share)),
            None => self.labour(book, line, spend, found),
        };
        match map.measure {
            Measure::ContractPrice => {}
            Measure::ContractLabour | Measure::Labour => {
                factors.push(labour);
                if map.resident {
                    factors.push(match contract.resident_share {
                        Some(share) => self.cells.number(book, format!("{path}.resident_share"), Some(share)),
                        None => self.resident(book, line, spend, found),
                    });
                }
            }
            Measure::NonLabour => {
                // An animation contract counts as one price, not by its goods.
                let animation = self.animation_share(book, line);
                factors.push(self.complement(book, labour));
                factors.push(self.complement(book, animation));
            }
            _ => return,
        }
        if map.measure != Measure::NonLabour {
            factors.extend(self.animation(book, map, line));
        }
        found.parts.push(self.times(book, price, &factors));
        found.paths.push(format!("{path}.price"));
    }

    fn times(&self, book: &mut Book, amount: NodeId, factors: &[NodeId]) -> NodeId {
        let mut inputs = vec![amount];
        inputs.extend(factors);
        book.compute(Operation::Product, &inputs)
    }

    /// The line without the price of its contracts.
    fn own_part(&self, book: &mut Book, line: &BudgetLine) -> NodeId {
        let mut inputs = vec![self.amount(book, line)];
        for contract in line.subcontracts.iter().filter(|contract| contract.price.is_some()) {
            inputs.push(self.price(book, line, contract));
        }
        if inputs.len() == 1 { inputs[0] } else { book.compute(Operation::Difference, &inputs) }
    }

    fn place_share(&self, book: &mut Book, line: &BudgetLine, spend: &SpendShare) -> NodeId {
        let path = format!("budget.lines[{}].spend[{}].share", line.id, spend.id);
        match spend.share {
            None if line.spend.len() == 1 => {
                book.assumption(path, Decimal::ONE, "the only place of the line's spend")
            }
            share => self.cells.number(book, path, share),
        }
    }

    fn labour(&self, book: &mut Book, line: &BudgetLine, spend: &SpendShare, found: &mut Gathered) -> NodeId {
        let base = format!("budget.lines[{}]", line.id);
        if let Some(share) = spend.labour_share {
            let path = format!("{base}.spend[{}].labour_share", spend.id);
            return self.cells.number(book, path, Some(share));
        }
        let path = format!("{base}.labour_share");
        match line.labour_share {
            Some(share) => self.cells.number(book, path, Some(share)),
            None => {
                found.doubts.push(Phrase::new("labour_not_counted").with("cell", &path));
                book.assumption(path, Decimal::ZERO, "no labour share is given")
            }
        }
    }

    fn resident(
        &self,
        book: &mut Book,
        line: &BudgetLine,
        spend: &SpendShare,
        found: &mut Gathered,
    ) -> NodeId {
        let base = format!("budget.lines[{}]", line.id);
        if let Some(share) = spend.resident_share {
            let path = format!("{base}.spend[{}].resident_share", spend.id);
            return self.cells.number(book, path, Some(share));
        }
        let path = format!("{base}.resident_share");
        match line.resident_share {
            Some(share) => self.cells.number(book, path, Some(share)),
            None => {
                let no_labour = spend.labour_share.or(line.labour_share).is_some_and(|share| share.is_zero());
                if !no_labour {
                    found.doubts.push(Phrase::new("labour_taken_as_resident").with("cell", &path));
                }
                book.assumption(path, Decimal::ONE, "no resident share is given")
            }
        }
    }

    fn animation_share(&self, book: &mut Book, line: &BudgetLine) -> NodeId {
        let path = format!("budget.lines[{}].animation_share", line.id);
        match line.animation_share {
            Some(share) => self.cells.number(book, path, Some(share)),
            None => {
                let (usual, source) = match line.account.usually_animation() {
                    true => (Decimal::ONE, "the account is one of animation work"),
                    false => (Decimal::ZERO, "the account is one of other work"),
                };
                book.assumption(path, usual, source)
            }
        }
    }

    fn animation(&self, book: &mut Book, map: &BudgetMap, line: &BudgetLine) -> Option<NodeId> {
        let wanted = map.animation?;
        let share = self.animation_share(book, line);
        Some(if wanted { share } else { self.complement(book, share) })
    }

    fn complement(&self, book: &mut Book, share: NodeId) -> NodeId {
        let one = book.assumption("whole", Decimal::ONE, "the whole of a line");
        book.compute(Operation::Difference, &[one, share])
    }

    /// Takes out named payments to functions that the program leaves out, as they came in: where only the labour of
    /// residents counts, no more of a payment is taken out than the residents' part of it.
    fn without_roles(
        &self,
        book: &mut Book,
        map: &BudgetMap,
        line: &BudgetLine,
        place: Option<(&SpendShare, NodeId)>,
        found: &mut Gathered,
    ) {
        if map.animation == Some(true) {
            return;
        }
        let left_out = |role: Role| map.without_roles.contains(&name_of(role));
        for item in line.items.iter().filter(|item| item.amount.is_some() && left_out(item.role)) {
            let mut factors = match (place, &item.jurisdiction) {
                (Some((spend, _)), Some(jurisdiction)) if *jurisdiction != spend.jurisdiction => continue,
                (Some((_, share)), None) => vec![share],
                _ => Vec::new(),
            };
            if let Some((spend, _)) = place.filter(|_| map.resident && map.measure != Measure::Cost) {
                factors.push(self.resident(book, line, spend, found));
            }
            let path = format!("budget.lines[{}].items[{}].amount", line.id, item.id);
            let money = self.cells.money(book, path.clone(), item.amount);
            let amount = book.compute(Operation::ToNumber, &[money]);
            let part = self.times(book, amount, &factors);
            found.parts.push(book.compute(Operation::Negate, &[part]));
            found.paths.push(path);
        }
    }
}

fn counts(map: &BudgetMap, place: &str) -> bool {
    (map.within.is_empty() || map.within.iter().any(|area| lies_within(place, area)))
        && !map.without.iter().any(|area| lies_within(place, area))
}
