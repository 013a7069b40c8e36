//! The forward pass: month by month, what goes out, what comes in, what is called, what is repaid.

use recoup_calendar::DayCount;
use recoup_deal::instrument::InterestPayment;
use recoup_explain::{Book, Comparison, NodeId, Operation};

use crate::axis::Axis;
use crate::facility::Account;
use crate::flow::{CashMonth, CollectionPayment, InstrumentRun, LoanBearing};
use crate::given::{Given, Party};
use crate::plan::{Comes, DueFee};
use crate::pledge::lenders_on;
use crate::reserve::Reserve;

mod restricted;

use restricted::Restricted;

/// The answer of the pass.
pub(crate) struct Passed {
    pub months: Vec<CashMonth>,
    pub runs: Vec<InstrumentRun>,
    pub accounts: Vec<Account>,
    pub collection: Vec<CollectionPayment>,
}

/// Sums that one month collects.
#[derive(Default)]
struct Sums {
    fees: Vec<NodeId>,
    interest: Vec<NodeId>,
    received: Vec<NodeId>,
    credits: Vec<NodeId>,
    lenders: Vec<NodeId>,
    collection: Vec<NodeId>,
    draws: Vec<(String, NodeId)>,
    to_reserve: Vec<NodeId>,
    from_reserve: Vec<NodeId>,
    /// What reserves give that production does not have to find.
    relief: Vec<NodeId>,
}

struct Pass<'a> {
    given: &'a Given<'a>,
    nothing: NodeId,
    cash: NodeId,
    accounts: Vec<Account>,
    drawn: Vec<NodeId>,
    runs: Vec<InstrumentRun>,
    reserves: Vec<Option<Reserve>>,
    collection: Vec<CollectionPayment>,
}

/// Runs the pass.
pub(crate) fn pass(given: &Given<'_>, axis: &mut Axis, book: &mut Book) -> Passed {
    let nothing = given.cells.nothing(book);
    let runs: Vec<InstrumentRun> = given
        .parties
        .iter()
        .map(|party| InstrumentRun {
            id: party.id.clone(),
            principal: party.principal,
            bearing: bearing(given, party, axis, book),
            secured: party.secured,
            drawn: party.shut.iter().map(|nothing| (axis.date(0), *nothing)).collect(),
            fees: Vec::new(),
            interest: Vec::new(),
            repaid: Vec::new(),
            unpaid: None,
            charged: Vec::new(),
            balances: Vec::new(),
            reserve: None,
        })
        .collect();
    let mut pass = Pass {
        given,
        nothing,
        cash: nothing,
        accounts: vec![Account::new(given.cells, book); given.parties.len()],
        drawn: vec![nothing; given.parties.len()],
        runs,
        reserves: given.parties.iter().map(|party| Some(Reserve::of(party.reserve?, nothing))).collect(),
        collection: Vec::new(),
    };
    let months = (0..axis.len()).map(|index| pass.month(index, axis, book)).collect();
    for (place, account) in pass.accounts.iter().enumerate() {
        if given.parties[place].secured {
            pass.runs[place].unpaid = Some(account.balance(book));
        }
    }
    for (place, reserve) in pass.reserves.into_iter().enumerate() {
        pass.runs[place].reserve = reserve.map(|reserve| reserve.told(&given.parties[place].id, book));
    }
    Passed { months, runs: pass.runs, accounts: pass.accounts, collection: pass.collection }
}

fn bearing(given: &Given<'_>, party: &Party, axis: &Axis, book: &mut Book) -> Option<LoanBearing> {
    let terms = party.interest.as_ref()?;
    let rate = terms.rate_on(axis.date(party.from), given.deal, given.cells, book);
    Some(LoanBearing {
        rate,
        every: terms.every,
        day_count: terms.day_count,
        served_to_delivery: terms.payment == InterestPayment::Current,
    })
}

impl Pass<'_> {
    fn month(&mut self, index: usize, axis: &mut Axis, book: &mut Book) -> CashMonth {
        let opening = self.cash;
        let mut sums = Sums::default();
        let month = axis.month(index);
        self.charge_interest(index, axis, &mut sums, book);
        self.charge_fees(index, axis, &mut sums, book);
        let spend = self.total(self.given.spend.get(&index), book);
        let deferred = self.total(self.given.deferred.get(&index), book);
        let spend =
            book.figure(format!("cash_flow.spend[{month}]"), Operation::Difference, &[spend, deferred]);
        let costs = self.total(self.given.costs.get(&index), book);
        let fixed = [&[spend, costs][..], &sums.fees, &sums.interest].concat();
        let uses = book.plus(&fixed);
        let uses = sums.relief.iter().fold(uses, |uses, part| book.less(uses, *part));
        let kept = self.receive(index, axis, (opening, uses), &mut sums, book);
        let need = book.less(uses, opening);
        let need = kept.iter().fold(need, |need, part| book.less(need, *part));
        let need = self.with_minimum(need, book);
        let need = book.greatest(need, self.nothing);
        self.call(index, axis, need, &mut sums, book);
        self.close(index, axis, opening, (spend, costs), sums, book)
    }

    fn total(&self, parts: Option<&Vec<NodeId>>, book: &mut Book) -> NodeId {
        let parts: Vec<NodeId> =
            std::iter::once(self.nothing).chain(parts.into_iter().flatten().copied()).collect();
        book.plus(&parts)
    }

    fn with_minimum(&self, need: NodeId, book: &mut Book) -> NodeId {
        let minimum = self.given.deal.preferences.minimum_cash;
        if minimum.is_none() {
            return need;
        }
        let minimum = self.given.cells.money(book, "preferences.minimum_cash".into(), minimum);
        book.plus(&[need, minimum])
    }

    fn charge_interest(&mut self, index: usize, axis: &mut Axis, sums: &mut Sums, book: &mut Book) {
        for place in 0..self.given.parties.len() {
            let party = &self.given.parties[place];
            let Some(terms) = &party.interest else { continue };
            // A loan that receipts repay is followed to delivery; the recoupment plan goes on from there.
            if !self.accounts[place].alive || (!party.secured && index > self.given.delivery) {
                continue;
            }
            let account = &mut self.accounts[place];
            let when = (index, !terms.is_served(index, self.given.delivery));
            let interest = account.interest(terms, when, axis, self.given.deal, self.given.cells, book);
            let interest =
                book.name(interest, format!("capital.{}.interest[{}]", party.id, axis.label(index)));
            self.runs[place].charged.push(interest);
            if let Some(cash) = account.charge(terms, interest, (index, self.given.delivery), book) {
                sums.interest.push(cash);
                self.runs[place].interest.push((axis.date(index), cash));
                self.spend_reserve(place, cash, (index, axis), sums, book);
            }
        }
    }

    fn charge_fees(&mut self, index: usize, axis: &mut Axis, sums: &mut Sums, book: &mut Book) {
        for (place, party) in self.given.parties.iter().enumerate() {
            for fee in &party.fees {
                let at_first = fee.month.is_none() && party.comes != Comes::Called && index == party.from;
                if fee.month == Some(index) || at_first {
                    sums.fees.push(fee.amount);
                    self.runs[place].fees.push((axis.date(index), fee.amount));
                }
            }
            if party.comes != Comes::Called || index < party.promised || index > self.given.delivery {
                continue;
            }
            for share in &party.commitment {
                let undrawn = book.less(party.callable, self.drawn[place]);
                let fraction = axis.fraction(index, DayCount::Act365F, book);
                let fee = book.scaled(undrawn, &[*share, fraction]);
                sums.fees.push(fee);
                self.runs[place].fees.push((axis.date(index), fee));
            }
        }
    }

    /// Money of the month: to its lenders first, then to production, then on to the collection account.
    /// Returns what production keeps.
    fn receive(
        &mut self,
        index: usize,
        axis: &Axis,
        (opening, uses): (NodeId, NodeId),
        sums: &mut Sums,
        book: &mut Book,
    ) -> Vec<NodeId> {
        let mut kept = Vec::new();
        for inflow in self.given.inflows.iter().filter(|inflow| inflow.index == index) {
            let all = if inflow.is_credit { &mut sums.credits } else { &mut sums.received };
            all.push(inflow.amount);
            if let Some(place) = inflow.place {
                self.runs[place].drawn.push((axis.date(index), inflow.amount));
                // A loan is owed however it comes: called month by month, in steps or at once.
                if self.given.parties[place].interest.is_some() {
                    self.accounts[place].draw(inflow.amount, axis.date(index), book);
                }
            }
            let mut left = self.set_aside(index, inflow, inflow.amount, sums, book);
            for place in lenders_on(self.given.deal, &inflow.over) {
                if !self.accounts[place].alive {
                    continue;
                }
                let (repaid, surplus) = self.accounts[place].repay(left, book);
                left = surplus;
                sums.lenders.push(repaid);
                self.runs[place].repaid.push((axis.date(index), repaid));
            }
            let collects = self.given.collects_all || self.given.collects.contains(&inflow.source);
            if index <= self.given.delivery || !collects {
                kept.push(left);
                continue;
            }
            let short = book.less(uses, opening);
            let short = kept.iter().fold(short, |short, part| book.less(short, *part));
            let short = book.greatest(short, self.nothing);
            let stays = book.least(left, short);
            let goes = book.less(left, stays);
            kept.push(stays);
            sums.collection.push(goes);
            let source = inflow.source.clone();
            self.collection.push(CollectionPayment { source, date: axis.date(index), amount: goes });
        }
        kept
    }

    /// Calls money in order. A fee that falls due at the first drawing is called together with it.
    fn call(&mut self, index: usize, axis: &Axis, need: NodeId, sums: &mut Sums, book: &mut Book) {
        let mut need = need;
        for place in self.given.order(index).iter().copied() {
            let party = &self.given.parties[place];
            if party.comes != Comes::Called || index < party.from || index > self.given.delivery {
                continue;
            }
            need = self.charge_first(index, axis, (place, need), sums, book);
            let undrawn = book.less(party.callable, self.drawn[place]);
            let draw = book.least(need, undrawn);
            let draw = book.name(draw, format!("capital.{}.draw[{}]", party.id, axis.label(index)));
            need = book.less(need, draw);
            self.drawn[place] = book.plus(&[self.drawn[place], draw]);
            if party.interest.is_some() {
                self.accounts[place].draw(draw, axis.date(index), book);
            }
            self.runs[place].drawn.push((axis.date(index), draw));
            sums.draws.push((party.id.clone(), draw));
        }
    }

    /// What falls due at a first drawing, if this is it: fees, and what is set aside. Returns the need with it.
    fn charge_first(
        &mut self,
        index: usize,
        axis: &Axis,
        (place, mut need): (usize, NodeId),
        sums: &mut Sums,
        book: &mut Book,
    ) -> NodeId {
        let fees: Vec<NodeId> = self.given.parties[place].fees.iter().filter_map(DueFee::at_first).collect();
        let reserve = self.reserves[place].as_mut().filter(|_| index < self.given.delivery);
        if fees.is_empty() && reserve.is_none() {
            return need;
        }
        let untouched =
            book.compute(Operation::Compare(Comparison::Equal), &[self.drawn[place], self.nothing]);
        let needed = book.is_greater(need, self.nothing);
        let first = book.compute(Operation::All, &[untouched, needed]);
        for fee in fees {
            let fee = book.choose(first, fee, self.nothing);
            need = book.plus(&[need, fee]);
            sums.fees.push(fee);
            self.runs[place].fees.push((axis.date(index), fee));
        }
        if let Some(reserve) = reserve {
            let amount = book.choose(first, reserve.asked, self.nothing);
            need = book.plus(&[need, amount]);
            reserve.put(amount, book);
            sums.to_reserve.push(amount);
        }
        need
    }

    fn close(
        &mut self,
        index: usize,
        axis: &Axis,
        opening: NodeId,
        (spend, costs): (NodeId, NodeId),
        sums: Sums,
        book: &mut Book,
    ) -> CashMonth {
        let month = axis.month(index);
        let nothing = self.nothing;
        let row = |book: &mut Book, word: &str, parts: &[NodeId]| {
            let parts: Vec<NodeId> = std::iter::once(nothing).chain(parts.iter().copied()).collect();
            book.figure(format!("cash_flow.{word}[{month}]"), Operation::Sum, &parts)
        };
        let opening = book.name(opening, format!("cash_flow.opening[{month}]"));
        let costs = row(book, "costs", &[costs]);
        let fees = row(book, "fees", &sums.fees);
        let interest = row(book, "interest", &sums.interest);
        let received = row(book, "received", &sums.received);
        let credits = row(book, "credits", &sums.credits);
        let to_lenders = row(book, "to_lenders", &sums.lenders);
        let to_collection = row(book, "to_collection", &sums.collection);
        let called: Vec<NodeId> = sums.draws.iter().map(|(_, draw)| *draw).collect();
        let drawn = row(book, "drawn", &called);
        let held = self.restricted(index, axis, &sums, book);
        let (mut comes_in, mut outgoing) = (
            vec![opening, drawn, received, credits],
            vec![spend, costs, fees, interest, to_lenders, to_collection],
        );
        if let Some(held) = &held {
            comes_in.push(held.from_reserve);
            outgoing.push(held.to_reserve);
        }
        let held =
            held.unwrap_or(Restricted { to_reserve: nothing, from_reserve: nothing, balance: nothing });
        outgoing.insert(0, book.plus(&comes_in));
        let closing = book.figure(format!("cash_flow.closing[{month}]"), Operation::Difference, &outgoing);
        self.cash = closing;
        let debt = self.debts(index, axis.label(index), book);
        CashMonth {
            month,
            date: axis.date(index),
            opening,
            spend,
            costs,
            fees,
            interest,
            draws: sums.draws,
            received,
            credits,
            to_lenders,
            to_collection,
            to_reserve: held.to_reserve,
            from_reserve: held.from_reserve,
            restricted: held.balance,
            closing,
            debt,
        }
    }

    /// Names every loan's balance at the end of a month and adds them up.
    fn debts(&mut self, index: usize, month: &str, book: &mut Book) -> NodeId {
        let mut owed = vec![self.nothing];
        for (place, party) in self.given.parties.iter().enumerate() {
            let followed = party.secured || index <= self.given.delivery;
            if party.interest.is_none() || !self.accounts[place].alive || !followed {
                continue;
            }
            let balance = self.accounts[place].balance(book);
            let balance = book.name(balance, format!("capital.{}.balance[{month}]", party.id));
            self.runs[place].balances.push((index, balance));
            owed.push(balance);
        }
        book.figure(format!("cash_flow.debt[{month}]"), Operation::Sum, &owed)
    }
}
