//! Territories that are sold before the film is made.

use recoup_deal::instrument::{AmountRule, DrawMethod, Drawdown, LicenceTerms, PresaleTerms};
use recoup_deal::revenue::{Estimate, RevenueSource, SourceBasis, WORLD};
use recoup_deal::{
    AllocationKind, Instrument, InstrumentStatus, Milestone, Party, PartyRole, PaymentStep, Terms, Window,
};
use recoup_money::{Money, Rounding};
use rust_decimal::Decimal;

use super::Base;
use super::stack::{Kept, bare, fresh};
use crate::template::Wish;

/// What is paid on signature; the rest falls due on delivery. The usual split of a minimum guarantee.
const ON_SIGNATURE: Decimal = Decimal::from_parts(2, 0, 0, false, 1);

/// Presales that a scenario adds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sale {
    /// Sources that are sold, by id.
    pub sources: Vec<String>,
    pub instruments: Vec<Instrument>,
    pub buyers: Option<Party>,
    /// What the buyers pay, before commission.
    pub price: Option<Money>,
    /// What was to be sold and found no territory.
    pub left: i64,
}

/// Sells unsold territories, the dearest that still fits first, until nothing fits.
///
/// A territory is sold whole: half of one cannot be licensed. What was wished and finds none is left to equity.
pub(super) fn sell(
    base: &Base<'_>,
    wish: &Wish,
    kept: &Kept,
    scaled: &std::collections::BTreeMap<AllocationKind, Money>,
) -> Sale {
    let nothing = Money::zero(base.budget.currency());
    let wanted = scaled.get(&AllocationKind::Presales).copied().unwrap_or(nothing);
    let mut left = wanted.minor() - kept.of(AllocationKind::Presales, nothing).minor();
    let mut open: Vec<(&RevenueSource, Money, i64)> = base
        .deal
        .revenue
        .sources
        .iter()
        .filter(|source| is_open(base, source))
        .filter_map(|source| {
            let price = source.estimate.take.or(source.estimate.base_case()).filter(Money::is_positive)?;
            let price = price.scale(Decimal::ONE - wish.price.discount, Rounding::HalfUp).ok()?;
            let worth = base.deal.in_deal_currency(price)?;
            Some((source, price, worth.minor()))
        })
        .collect();
    open.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.id.cmp(&other.0.id)));
    let mut sale = Sale::default();
    let mut sum = 0_i64;
    for (source, price, worth) in open {
        if worth > left {
            continue;
        }
        left -= worth;
        sum = sum.saturating_add(worth);
        sale.sources.push(source.id.clone());
        sale.instruments.push(contract(base, source, price));
    }
    sale.left = left.max(0);
    if !sale.instruments.is_empty() {
        sale.price = Some(Money::new(sum, base.budget.currency()));
        let id = BUYERS.to_owned();
        sale.buyers = (!base.deal.parties.iter().any(|party| party.id == id)).then(|| Party {
            id,
            name: "Buyers of territories".to_owned(),
            role: PartyRole::Distributor,
            jurisdiction: None,
            controlled_by: None,
            grade: None,
            notes: None,
        });
    }
    sale
}

/// A territory with all rights that nobody has, sells or shuts out.
fn is_open(base: &Base<'_>, source: &RevenueSource) -> bool {
    let shut = base.deal.instruments.iter().filter_map(|one| one.terms.licence()).any(|licence| {
        recoup_deal::revenue::common_territory(&licence.territories, &source.territories).is_some()
    });
    source.sold_by.is_none()
        && source.distribution.is_none()
        && source.window == Window::AllRights
        && !shut
        && matches!(source.basis, None | Some(SourceBasis::LicenceFee))
        && !source.territories.is_empty()
        && !source.territories.iter().any(|code| code == WORLD)
}

/// Whoever buys territories in a scenario: nobody is found yet.
const BUYERS: &str = "territory-buyers";

fn contract(base: &Base<'_>, source: &RevenueSource, price: Money) -> Instrument {
    let agency = source.sales_agency.as_ref();
    let agency = agency.and_then(|id| base.deal.revenue.sales_agencies.iter().find(|one| one.id == *id));
    let licence = LicenceTerms {
        territories: source.territories.clone(),
        windows: vec![source.window],
        exclusive: Some(true),
        term_years: Some(Decimal::TEN),
        starts: None,
        withholding: source.withholding,
        commission: agency.and_then(|agency| agency.commission),
        ..LicenceTerms::default()
    };
    let step = |id: &str, share: Decimal, on: Milestone| PaymentStep {
        id: id.to_owned(),
        share,
        on,
        lag_months: None,
    };
    let drawdown = Drawdown {
        method: DrawMethod::Steps,
        order: None,
        from: None,
        steps: vec![
            step("signature", ON_SIGNATURE, Milestone::Signature),
            step("delivery", Decimal::ONE - ON_SIGNATURE, Milestone::FinalDelivery),
        ],
    };
    let terms = Terms::Presale(PresaleTerms { licence, contract: None, overage_share: None });
    let id = fresh(&base.deal, &format!("presale-{}", source.id));
    Instrument {
        amount: Some(AmountRule::Fixed(price)),
        currency: (price.currency() != base.deal.currency).then(|| price.currency()),
        drawdown: Some(drawdown),
        status: Some(InstrumentStatus::Prospective),
        ..bare(id, format!("Presale, {}", source.label), Some(BUYERS.to_owned()), terms)
    }
}

/// Writes into a source that it is sold, at a flat price.
pub(super) fn sold(source: &mut RevenueSource, instrument: &str) {
    source.sold_by = Some(instrument.to_owned());
    source.estimate = Estimate::default();
}
