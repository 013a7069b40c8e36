//! What a distributor keeps: fee, prints and advertising and expenses, guarantee, its part of overages.

use recoup_deal::instrument::{AmountRule, Terms};
use recoup_deal::revenue::{DistributionContract, RevenueSource};
use recoup_deal::{Deal, Window};
use recoup_explain::{Book, Cells, NodeId};
use rust_decimal::Decimal;

use crate::channel::{Channel, Kept};

/// A contract while its quarters are settled one after the other.
pub(crate) struct Settling<'d> {
    contract: &'d DistributionContract,
    path: String,
    one: NodeId,
    nothing: NodeId,
    p_and_a: Option<NodeId>,
    guarantee: Option<NodeId>,
    expenses: Option<Expensing>,
    /// The producer's share of what is left after recoupment.
    overage: Option<NodeId>,
}

/// Expenses under a cap that may grow with receipts.
struct Expensing {
    fixed: Option<NodeId>,
    share: Option<NodeId>,
    gross: NodeId,
    taken: NodeId,
}

impl Expensing {
    /// All that may be recouped so far, this receipt counted in; none where nothing says how much.
    fn allowed(&mut self, gross: NodeId, book: &mut Book) -> Option<NodeId> {
        self.gross = book.plus(&[self.gross, gross]);
        let growing = self.share.map(|share| book.scaled(self.gross, &[share]));
        match (self.fixed, growing) {
            (Some(fixed), Some(growing)) => Some(book.least(fixed, growing)),
            (fixed, growing) => fixed.or(growing),
        }
    }
}

impl<'d> Settling<'d> {
    pub(crate) fn open(
        deal: &Deal,
        contract: &'d DistributionContract,
        cells: &Cells,
        book: &mut Book,
    ) -> Self {
        let path = format!("revenue.distribution[{}]", contract.id);
        let nothing = cells.nothing(book);
        let one = cells.usual(book, path.as_str(), Decimal::ONE, "the whole");
        let p_and_a = contract.p_and_a.as_ref().map(|spent| {
            let base = cells.money(book, format!("{path}.p_and_a.amount"), spent.amount);
            let mut parts = vec![base];
            for (word, rate) in [("overhead", spent.overhead), ("premium", spent.premium)] {
                if let Some(rate) = rate {
                    let rate = cells.number(book, format!("{path}.p_and_a.{word}"), Some(rate));
                    parts.push(book.scaled(base, &[rate]));
                }
            }
            book.plus(&parts)
        });
        let guarantee = guarantee_of(deal, contract, cells, book);
        let expenses = contract.expenses.as_ref().map(|expenses| {
            let mut fixed = Vec::new();
            for (word, amount) in [("amount", expenses.amount), ("cap", expenses.cap)] {
                if amount.is_some() {
                    fixed.push(cells.money(book, format!("{path}.expenses.{word}"), amount));
                }
            }
            let fixed = fixed.into_iter().reduce(|one, other| book.least(one, other));
            let share = expenses
                .cap_share
                .map(|share| cells.number(book, format!("{path}.expenses.cap_share"), Some(share)));
            Expensing { fixed, share, gross: nothing, taken: nothing }
        });
        let overage = overage_of(deal, contract).map(|(path, share)| cells.number(book, path, Some(share)));
        Self { contract, path, one, nothing, p_and_a, guarantee, expenses, overage }
    }

    /// Settles one source's quarter. Sources of one quarter come one after the other.
    pub(crate) fn settle(
        &mut self,
        source: &RevenueSource,
        channel: &mut Channel,
        cells: &Cells,
        book: &mut Book,
    ) {
        let party = self.contract.distributor.as_deref();
        let gross = channel.left;
        let allowed = self.expenses.as_mut().and_then(|expenses| expenses.allowed(gross, book));
        let spent = self.expenses.as_ref().map(|expenses| expenses.taken);
        let expenses_owed = allowed.zip(spent).map(|(allowed, taken)| book.less(allowed, taken));
        if let Some(rate) = self.fee(source.window, cells, book) {
            let mut bears = gross;
            if self.fee_ends() {
                let parts = [Some(self.nothing), self.p_and_a, expenses_owed, self.guarantee];
                let owed = book.plus(&parts.into_iter().flatten().collect::<Vec<_>>());
                bears = channel.until_paid(book, self.one, rate, owed);
                if let (Some(elsewhere), false) = (self.p_and_a, self.recoups_from(source.window)) {
                    // Other windows still have prints and advertising to bring back; nothing here does.
                    let still = book.is_greater(elsewhere, self.nothing);
                    bears = book.choose(still, gross, bears);
                }
            }
            let fee = book.scaled(bears, &[rate]);
            channel.keep(book, Kept::DistributionFee, party, fee);
        }
        if let (Some(owed), true) = (self.p_and_a, self.recoups_from(source.window)) {
            let spender =
                self.contract.p_and_a.as_ref().and_then(|spent| spent.advanced_by.as_deref()).or(party);
            self.p_and_a = Some(channel.recoup(book, Kept::PrintsAndAds, spender, owed));
        }
        if let (Some(expenses), Some(allowed), Some(owed)) = (&mut self.expenses, allowed, expenses_owed) {
            let rest = channel.recoup(book, Kept::DistributionExpenses, party, owed);
            expenses.taken = book.less(allowed, rest);
        }
        if let Some(owed) = self.guarantee {
            self.guarantee = Some(channel.recoup(book, Kept::Guarantee, party, owed));
        }
        if let Some(share) = self.overage {
            let kept = book.less(self.one, share);
            let kept = book.scaled(channel.left, &[kept]);
            channel.keep(book, Kept::OverageKept, party, kept);
        }
    }

    fn fee(&self, window: Window, cells: &Cells, book: &mut Book) -> Option<NodeId> {
        let own = self.contract.window_fees.iter().find(|fee| fee.windows.contains(&window));
        match (own, self.contract.fee) {
            (Some(fee), _) => {
                let path = format!("{}.window_fees[{}].share", self.path, fee.id);
                Some(cells.number(book, path, Some(fee.share)))
            }
            (None, Some(fee)) => Some(cells.number(book, format!("{}.fee", self.path), Some(fee))),
            (None, None) => None,
        }
    }

    fn fee_ends(&self) -> bool {
        self.contract.overage.as_ref().and_then(|overage| overage.fee_ends).unwrap_or(false)
    }

    fn recoups_from(&self, window: Window) -> bool {
        let windows =
            self.contract.p_and_a.as_ref().map(|spent| spent.recouped_from.as_slice()).unwrap_or(&[]);
        windows.is_empty() || windows.contains(&window)
    }
}

/// The producer's share of overages as the contract says, else as the presale does that it belongs to.
fn overage_of(deal: &Deal, contract: &DistributionContract) -> Option<(String, Decimal)> {
    let own = contract.overage.as_ref().and_then(|overage| overage.producer_share);
    if let Some(share) = own {
        return Some((format!("revenue.distribution[{}].overage.producer_share", contract.id), share));
    }
    let mine = |source: &&RevenueSource| source.distribution.as_deref() == Some(contract.id.as_str());
    let sold = deal.revenue.sources.iter().filter(mine).find_map(|source| source.sold_by.as_deref());
    deal.instruments.iter().find_map(|instrument| {
        let Terms::Presale(terms) = &instrument.terms else { return None };
        let id = Some(instrument.id.as_str());
        let belongs = terms.contract.as_ref() == Some(&contract.id)
            || contract.guarantee.as_deref() == id
            || sold == id;
        let share = terms.overage_share.filter(|_| belongs)?;
        Some((format!("instruments[{}].terms.overage_share", instrument.id), share))
    })
}

/// The guarantee is the contract's instrument, or the one that sold a source of the contract.
fn guarantee_of(
    deal: &Deal,
    contract: &DistributionContract,
    cells: &Cells,
    book: &mut Book,
) -> Option<NodeId> {
    let mine = |source: &&RevenueSource| source.distribution.as_deref() == Some(contract.id.as_str());
    let sold = deal.revenue.sources.iter().filter(mine).find_map(|source| source.sold_by.as_deref());
    let id = contract.guarantee.as_deref().or(sold)?;
    price(deal, id, cells, book)
}

/// The typed price of an instrument, in the deal's currency.
pub(crate) fn price(deal: &Deal, instrument: &str, cells: &Cells, book: &mut Book) -> Option<NodeId> {
    let instrument = deal.instruments.iter().find(|candidate| candidate.id == instrument)?;
    let path = format!("instruments[{}].amount.fixed", instrument.id);
    match &instrument.amount {
        Some(AmountRule::Fixed(amount)) => Some(cells.money(book, path, Some(*amount))),
        _ => Some(cells.money(book, path, None)),
    }
}
