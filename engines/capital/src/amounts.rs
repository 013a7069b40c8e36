//! How much each instrument gives: typed, or by its rule over other parts of the deal.

use std::collections::HashMap;

use recoup_calendar::Date;
use recoup_deal::instrument::{Advance, AmountRule, Collateral};
use recoup_deal::{Deal, Finding, Instrument, Severity, Terms, Timeline};
use recoup_explain::{Book, Cells, NodeId, Operation, Quantity};
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::budget::BudgetUses;
use crate::conditions::brings_nothing;
use crate::contract::{contract_payments, in_deal_currency, net_price, paid_price, payment_grounds};
use crate::grounds::grounds;
use crate::plan::{Comes, call_grounds, callable_from, comes, quantities};
use crate::run::ClaimCash;

/// The principal of every instrument, by its place in the deal.
pub(crate) struct Amounts {
    pub principal: Vec<NodeId>,
    /// What fills the rest; none where no instrument does.
    pub sought: Option<Sought>,
    pub findings: Vec<Finding>,
}

/// What the instruments that fill the rest must give together: to be solved for once the months are known.
pub(crate) struct Sought {
    /// The leaf that holds it. Until it is solved it is what the others leave open before interest.
    pub amount: NodeId,
    /// What they may give together; none without a limit.
    pub most: Option<Money>,
    /// The first of them, by its place in the deal.
    pub first: usize,
}

/// Resolves every rule; the remainder last, which waits for all the others.
pub(crate) fn amounts(
    deal: &Deal,
    timeline: &Timeline,
    claims: &[ClaimCash],
    budget: &BudgetUses,
    cells: &Cells,
    book: &mut Book,
) -> Amounts {
    let mut resolving = Resolving { deal, timeline, claims, budget, cells, known: HashMap::new() };
    for index in 0..deal.instruments.len() {
        if !matches!(deal.instruments[index].amount, Some(AmountRule::Remainder(_))) {
            resolving.principal(index, book, 0);
        }
    }
    let sought = resolving.remainders(book);
    let mut findings = Vec::new();
    let mut principal = Vec::with_capacity(deal.instruments.len());
    for (index, instrument) in deal.instruments.iter().enumerate() {
        let node = match resolving.known.get(&index) {
            Some(node) => *node,
            None => cells.money(book, format!("instruments[{}].amount", instrument.id), None),
        };
        let node = book.name(node, format!("capital.{}.principal", instrument.id));
        if book.value(node).absence().is_some() {
            findings.push(no_amount(instrument));
        }
        principal.push(node);
    }
    Amounts { principal, sought, findings }
}

fn no_amount(instrument: &Instrument) -> Finding {
    let path = format!("instruments[{}].amount", instrument.id);
    Finding::new(Severity::Blocker, "INSTRUMENT_WITHOUT_AMOUNT", path).with("name", &instrument.name)
}

/// The premium of a work made for a streaming service, where it is typed.
fn cost_plus(instrument: &Instrument) -> Option<Decimal> {
    match &instrument.terms {
        Terms::CostPlus(terms) => terms.premium,
        _ => None,
    }
}

struct Resolving<'a> {
    deal: &'a Deal,
    timeline: &'a Timeline,
    claims: &'a [ClaimCash],
    budget: &'a BudgetUses,
    cells: &'a Cells,
    known: HashMap<usize, NodeId>,
}

impl Resolving<'_> {
    /// `depth` stops a ring of advances against each other.
    fn principal(&mut self, index: usize, book: &mut Book, depth: usize) -> NodeId {
        if let Some(node) = self.known.get(&index) {
            return *node;
        }
        let deal = self.deal;
        let instrument = &deal.instruments[index];
        let path = format!("instruments[{}].amount", instrument.id);
        let node = match &instrument.amount {
            Some(AmountRule::Fixed(amount)) => self.fixed(instrument, *amount, book),
            None if cost_plus(instrument).is_some() => self.cost_and_premium(instrument, book),
            Some(AmountRule::ShareOfBudget(part)) => {
                let share =
                    self.cells.number(book, format!("{path}.share_of_budget.share"), Some(part.share));
                book.scaled(self.budget.total, &[share])
            }
            Some(AmountRule::Advance(advance)) if depth < 8 => self.advance(instrument, advance, book, depth),
            _ => self.cells.money(book, path, None),
        };
        self.known.insert(index, node);
        node
    }

    /// A typed amount in the deal's currency, at the rates of the days on which it comes.
    fn fixed(&self, instrument: &Instrument, amount: Money, book: &mut Book) -> NodeId {
        let path = format!("instruments[{}].amount.fixed", instrument.id);
        let typed = self.cells.typed(book, path, Some(amount));
        let called = (comes(instrument) != Comes::Paid)
            .then(|| callable_from(instrument, self.timeline))
            .flatten()
            .map(|day| (day, call_grounds(instrument, self.deal)));
        let when = (self.deal, self.timeline);
        in_deal_currency(instrument, typed, amount.currency(), called, when, self.cells, book)
    }

    /// What a streaming service pays that bears the cost: the budget, and the premium on it.
    fn cost_and_premium(&self, instrument: &Instrument, book: &mut Book) -> NodeId {
        let path = format!("instruments[{}].terms.premium", instrument.id);
        let premium = self.cells.number(book, path, cost_plus(instrument));
        let premium = book.scaled(self.budget.total, &[premium]);
        book.plus(&[self.budget.total, premium])
    }

    fn advance(
        &mut self,
        instrument: &Instrument,
        advance: &Advance,
        book: &mut Book,
        depth: usize,
    ) -> NodeId {
        let path = format!("instruments[{}].amount.advance", instrument.id);
        let mut parts = vec![self.cells.nothing(book)];
        for part in &advance.parts {
            let Some(value) = self.collateral(&part.against, instrument, book, depth) else {
                parts.push(self.cells.money(book, format!("{path}.parts[{}].against", part.id), None));
                continue;
            };
            let share = self.cells.number(book, format!("{path}.parts[{}].share", part.id), Some(part.share));
            parts.push(book.scaled(value, &[share]));
        }
        let mut node = book.compute(Operation::Sum, &parts);
        if advance.limit.is_some() {
            let limit = self.cells.money(book, format!("{path}.limit"), advance.limit);
            node = book.least(node, limit);
        }
        if let Terms::InterimFacility(terms) = &instrument.terms
            && terms.limit.is_some()
        {
            let limit =
                self.cells.money(book, format!("instruments[{}].terms.limit", instrument.id), terms.limit);
            node = book.least(node, limit);
        }
        node
    }

    /// What a piece of collateral is worth when it is lent against.
    fn collateral(
        &mut self,
        over: &Collateral,
        borrower: &Instrument,
        book: &mut Book,
        depth: usize,
    ) -> Option<NodeId> {
        match over {
            Collateral::Claim(id) => {
                let counted = self.claims.iter().find(|claim| claim.claim == *id).map(|claim| claim.credit);
                // A claim that another one beats, or that is not made, carries no loan.
                let known = self.deal.incentives.iter().any(|claim| claim.id == *id);
                counted.or_else(|| known.then(|| self.cells.nothing(book)))
            }
            Collateral::Instrument(id) => {
                let index = self.deal.instruments.iter().position(|candidate| candidate.id == *id)?;
                let principal = self.principal(index, book, depth + 1);
                let contract = &self.deal.instruments[index];
                let when = (self.deal, self.timeline);
                Some(unpaid_price(contract, principal, borrower, when, self.cells, book))
            }
            Collateral::Source(id) => {
                let source = self.deal.revenue.sources.iter().find(|source| source.id == *id)?;
                let field = source.estimate.base_case_field()?;
                let path = format!("revenue.sources[{id}].estimate.{field}");
                Some(self.cells.money(book, path, source.estimate.base_case()))
            }
            Collateral::UnsoldTerritories | Collateral::AllAssets => None,
        }
    }

    /// What the instruments that fill the rest give: each in the deal's order up to its limit, of an amount that is
    /// solved for when the months are known.
    fn remainders(&mut self, book: &mut Book) -> Option<Sought> {
        let deal = self.deal;
        let fills = |instrument: &'_ Instrument| match &instrument.amount {
            Some(AmountRule::Remainder(remainder)) => Some(remainder.at_most),
            _ => None,
        };
        let filling: Vec<(usize, Option<Money>)> = deal
            .instruments
            .iter()
            .enumerate()
            .filter_map(|(place, one)| Some((place, fills(one)?)))
            .collect();
        let (first, _) = *filling.first()?;
        let open = self.open_before_interest(book);
        let guess = book
            .value(open)
            .as_money()
            .map(|open| if open.is_negative() { Money::zero(open.currency()) } else { open });
        let guess = guess.map_or_else(|| book.value(open).clone(), Quantity::Money);
        let amount =
            book.assumption("closing.solution", guess, "solved so that cash sources equal cash uses");
        let mut inputs = vec![amount, open];
        inputs.extend(grounds(deal, self.claims, self.budget, self.cells, book));
        let mut left = book.figure("closing.solution", Operation::Solved, &inputs);
        let nothing = self.cells.nothing(book);
        let mut most = Some(Money::zero(deal.currency));
        for (place, at_most) in filling {
            let mut given = book.greatest(left, nothing);
            let limit = at_most.and_then(|limit| {
                let path = format!("instruments[{}].amount.remainder.at_most", deal.instruments[place].id);
                let limit = self.cells.money(book, path, Some(limit));
                given = book.least(given, limit);
                book.value(limit).as_money()
            });
            most = most.zip(limit).and_then(|(sum, limit)| sum.checked_add(limit).ok());
            left = book.less(left, given);
            self.known.insert(place, given);
        }
        Some(Sought { amount, most, first })
    }

    fn open_before_interest(&mut self, book: &mut Book) -> NodeId {
        let deal = self.deal;
        let mut uses = vec![self.budget.total];
        let mut sources = vec![self.cells.nothing(book)];
        let known: Vec<(usize, NodeId)> = {
            let mut known: Vec<(usize, NodeId)> =
                self.known.iter().map(|(index, node)| (*index, *node)).collect();
            known.sort_by_key(|(index, _)| *index);
            known
        };
        for (index, principal) in
            known.into_iter().filter(|(index, _)| !brings_nothing(&deal.instruments[*index], self.timeline))
        {
            let instrument = &deal.instruments[index];
            let over = Collateral::Instrument(instrument.id.clone());
            let pledged = self.pledged_against(&over, principal, book);
            let price = paid_price(instrument, principal, self.cells, book);
            sources.push(self.rest(price, pledged, book));
            if matches!(&instrument.terms, Terms::Deferral(terms) if terms.lines.is_empty()) {
                uses.push(principal);
            }
            for fee in &instrument.fees {
                let path = format!("instruments[{}].fees[{}].amount", instrument.id, fee.id);
                match &fee.amount {
                    Some(recoup_deal::instrument::FeeAmount::Fixed(amount)) => {
                        uses.push(self.cells.money(book, format!("{path}.fixed"), Some(*amount)));
                    }
                    Some(recoup_deal::instrument::FeeAmount::Share(share)) => {
                        let share = self.cells.number(book, format!("{path}.share"), Some(*share));
                        uses.push(book.scaled(principal, &[share]));
                    }
                    _ => {}
                }
            }
        }
        for claim in self.claims {
            let pledged = self.pledged_against(&Collateral::Claim(claim.claim.clone()), claim.credit, book);
            let early: Vec<NodeId> =
                claim.payments.iter().filter(|paid| paid.by_delivery).map(|paid| paid.amount).collect();
            if !early.is_empty() {
                let early = book.plus(&early);
                sources.push(self.rest(early, pledged, book));
            }
            uses.extend(claim.fees.iter().map(|fee| fee.amount));
        }
        let uses = book.compute(Operation::Sum, &uses);
        let sources = book.compute(Operation::Sum, &sources);
        book.less(uses, sources)
    }

    fn rest(&self, amount: NodeId, pledged: Option<NodeId>, book: &mut Book) -> NodeId {
        let Some(pledged) = pledged else { return amount };
        let nothing = self.cells.nothing(book);
        let rest = book.less(amount, pledged);
        book.greatest(rest, nothing)
    }

    fn pledged_against(&self, over: &Collateral, value: NodeId, book: &mut Book) -> Option<NodeId> {
        pledged(self.deal, self.timeline, over, value, &self.known, self.cells, book)
    }
}

/// What is still to be paid of a contract's net price when a loan against it may first be drawn.
pub(crate) fn unpaid_price(
    contract: &Instrument,
    principal: NodeId,
    borrower: &Instrument,
    (deal, timeline): (&Deal, &Timeline),
    cells: &Cells,
    book: &mut Book,
) -> NodeId {
    let price = net_price(contract, principal, cells, book);
    let Some(from) = callable_from(borrower, timeline) else { return price };
    let grounds = [call_grounds(borrower, deal), payment_grounds(contract, deal)].concat();
    let price = cells.placed(book, price, quantities(grounds));
    let early = |day: &Date| day.year_month() <= from.year_month();
    let mut unpaid = price;
    for (day, amount) in contract_payments(contract, price, (deal, timeline), cells, book) {
        if early(&day) {
            unpaid = book.less(unpaid, amount);
        }
    }
    unpaid
}

/// What loans have advanced against a piece of collateral: by their rule, else the whole loan it secures.
pub(crate) fn pledged(
    deal: &Deal,
    timeline: &Timeline,
    over: &Collateral,
    value: NodeId,
    principals: &HashMap<usize, NodeId>,
    cells: &Cells,
    book: &mut Book,
) -> Option<NodeId> {
    let mut parts = Vec::new();
    let lenders =
        deal.instruments.iter().enumerate().filter(|(_, instrument)| !brings_nothing(instrument, timeline));
    for (index, instrument) in lenders {
        if let Some(AmountRule::Advance(advance)) = &instrument.amount {
            for part in advance.parts.iter().filter(|part| part.against == *over) {
                let path = format!("instruments[{}].amount.advance.parts[{}].share", instrument.id, part.id);
                let share = cells.number(book, path, Some(part.share));
                let contract = match over {
                    Collateral::Instrument(id) => {
                        deal.instruments.iter().find(|candidate| candidate.id == *id)
                    }
                    _ => None,
                };
                let base = match contract {
                    Some(contract) => {
                        unpaid_price(contract, value, instrument, (deal, timeline), cells, book)
                    }
                    None => value,
                };
                parts.push(book.scaled(base, &[share]));
            }
        } else if instrument.terms.is_debt()
            && instrument.security.iter().any(|security| security.over == *over)
        {
            parts.extend(principals.get(&index).copied());
        }
    }
    (!parts.is_empty()).then(|| book.plus(&parts))
}

/// One, for shares of a whole.
pub(crate) fn whole(cells: &Cells, book: &mut Book) -> NodeId {
    cells.usual(book, "instruments", Decimal::ONE, "the whole amount")
}
