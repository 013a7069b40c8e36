//! A simulation in the form that a pack is written from.

use std::collections::BTreeMap;

use recoup_deal::Deal;
use recoup_explain::{Absence, Quantity};
use recoup_money::{Currency, Money};
use recoup_report::{Bands, Counted, PathWay, Reader, Risk, Simulated, drawn_party, moved_result};
use rust_decimal::Decimal;

use crate::AppError;
use crate::law::Law;
use crate::risk::packed;
use crate::state::State;
use crate::wire::{
    MoneyDto, RiskAmount, RiskFanDto, RiskFigure, RiskHistogramDto, RiskPartyDto, RiskView, SensitivityView,
};

/// What a reader's pack tells of the simulation of a deal; nothing where nothing is uncertain, and for a guarantor, who answers
/// for the delivery and not for the market.
pub(super) fn of_state(state: &State, revision: u32, reader: Reader) -> Result<Option<Risk>, AppError> {
    if reader == Reader::Bond {
        return Ok(None);
    }
    let party = drawn_party(&state.deal, reader);
    let moved = moved_result(reader);
    let found = packed(state, revision, party, moved)?;
    Ok(found.map(|(view, sensitivity)| told(&view, &sensitivity, moved)))
}

/// As [`of_state`], for a deal without a desk.
pub(super) fn of_deal(deal: &Deal, reader: Reader) -> Result<Option<Risk>, AppError> {
    of_state(&State::new(deal.clone(), &Law::default()), 0, reader)
}

fn told(view: &RiskView, sensitivity: &SensitivityView, moved: &'static str) -> Risk {
    let mut figures = Figures::default();
    view.parties.iter().for_each(|party| figures.party(party));
    view.claims.iter().for_each(|claim| figures.number(&claim.recouped));
    figures.number(&sensitivity.base);
    for bar in &sensitivity.bars {
        figures.number(&bar.low);
        figures.number(&bar.high);
    }
    for index in &sensitivity.indices {
        figures.number(&index.first);
        figures.number(&index.total);
    }
    if let Some(fan) = &view.fan {
        figures.fan(fan);
    }
    let swings = sensitivity.bars.iter().filter_map(|bar| {
        Some((bar.driver.clone(), bar.low_input.parse().ok()?, bar.high_input.parse().ok()?))
    });
    Risk {
        prefix: format!("risk(seed={},paths={}).", view.seed, view.paths),
        paths: u64::from(view.paths),
        seed: view.seed.clone(),
        scrambles: view.scrambles,
        way: way(&view.way),
        repaired: view.repaired,
        chosen: view.chosen.clone(),
        parties: view.parties.iter().map(|party| party.party.clone()).collect(),
        claims: view.claims.iter().map(|claim| claim.tier.clone()).collect(),
        drivers: view.drivers.iter().map(|driver| (driver.id.clone(), way(&driver.way))).collect(),
        correlations: view
            .correlations
            .iter()
            .filter_map(|pair| Some((pair.id.clone(), pair.used.parse().ok()?)))
            .collect(),
        figures: figures.0,
        histogram: view.histogram.as_ref().map(counted),
        fan: view.fan.as_ref().map(bands),
        swings: swings.collect(),
        moved,
    }
}

fn way(name: &str) -> PathWay {
    match name {
        "slow" => PathWay::Slow,
        "regimes" => PathWay::Regimes,
        _ => PathWay::Fast,
    }
}

fn counted(drawn: &RiskHistogramDto) -> Counted {
    Counted {
        from: drawn.from,
        to: drawn.to,
        counts: drawn.counts.clone(),
        below: drawn.below,
        above: drawn.above,
        normal: drawn.normal.as_ref().map(|bell| (bell.mean, bell.deviation)),
    }
}

fn bands(fan: &RiskFanDto) -> Bands {
    let minor = |band: &[MoneyDto], at: usize| band.get(at).map_or(0, MoneyDto::minor);
    let of = |at: usize| [&fan.p5, &fan.p25, &fan.p50, &fan.p75, &fan.p95].map(|band| minor(band, at));
    Bands {
        quarters: fan.quarters.clone(),
        marks: (0..fan.quarters.len()).map(of).collect(),
        invested: fan.invested.minor(),
    }
}

/// Every figure by its address.
#[derive(Default)]
struct Figures(BTreeMap<String, Simulated>);

impl Figures {
    fn keep(
        &mut self,
        address: &str,
        value: Option<Quantity>,
        error: Option<Quantity>,
        reason: Option<&str>,
    ) {
        let absent = || Quantity::Absent(Absence::undefined(reason.unwrap_or_default()));
        let simulated = Simulated { value: value.unwrap_or_else(absent), error };
        self.0.insert(address.to_owned(), simulated);
    }

    fn number(&mut self, figure: &RiskFigure) {
        let read = |text: &Option<String>| Some(Quantity::Number(text.as_ref()?.parse::<Decimal>().ok()?));
        self.keep(&figure.address, read(&figure.value), read(&figure.error), figure.reason.as_deref());
    }

    fn amount(&mut self, amount: &RiskAmount) {
        let read = |found: &Option<MoneyDto>| found.as_ref().and_then(quantity);
        self.keep(&amount.address, read(&amount.value), read(&amount.error), None);
    }

    fn party(&mut self, party: &RiskPartyDto) {
        let RiskPartyDto { irr, multiple, npv, payback, .. } = party;
        let rates = [&irr.p5, &irr.p10, &irr.p25, &irr.p50, &irr.p75, &irr.p90, &irr.p95];
        let rates = rates.into_iter().chain([&irr.mean, &irr.deviation]);
        let multiples = [&multiple.p10, &multiple.p50, &multiple.p90, &multiple.mean, &multiple.shortfall];
        let months = [&payback.p10, &payback.p50, &payback.p90, &payback.never];
        let shares = [&party.recouped, &party.total_loss, &party.undefined_paths, &party.loss];
        for figure in rates.chain(multiples).chain(months).chain(shares) {
            self.number(figure);
        }
        for amount in [&npv.p10, &npv.p50, &npv.p90, &npv.mean, &npv.shortfall] {
            self.amount(amount);
        }
    }

    fn fan(&mut self, fan: &RiskFanDto) {
        for (address, amount) in fan.addresses.iter().zip(&fan.p50) {
            self.keep(address, quantity(amount), None, None);
        }
    }
}

fn quantity(amount: &MoneyDto) -> Option<Quantity> {
    let currency = Currency::from_code(amount.currency()).ok()?;
    Some(Quantity::Money(Money::new(amount.minor(), currency)))
}
