//! From terms to scores.

use std::collections::BTreeMap;

use recoup_deal::instrument::{CostPlusTerms, LicenceTerms};
use recoup_deal::revenue::WORLD;
use recoup_deal::{Deal, Instrument, Terms, Window};
use rust_decimal::Decimal;

use super::terms::{Approval, ControlTerms, RightsHolder};
use super::{Dimension, Scores, Taken};

/// Shares in percent of what is left. They are a judgement, in the proportions in which scorecards of producers weigh
/// these terms: whose copyright it is before who approves what, and creative approvals before commercial ones.
fn percent(share: i64) -> Decimal {
    Decimal::new(share, 2)
}

/// `amount / (amount + half)`: rises with the amount, is one half at `half`, never reaches one.
fn rising(amount: Decimal, half: i64) -> Decimal {
    let amount = amount.max(Decimal::ZERO);
    amount.checked_div(amount + Decimal::from(half)).unwrap_or_default()
}

fn rising_count(count: usize, half: i64) -> Decimal {
    rising(Decimal::from(count as u64), half)
}

struct Scoring {
    taken: Vec<Taken>,
    assumed: Vec<String>,
}

/// Scores a deal. `control` holds, by the id of the instrument, terms that the deal's own fields do not have.
pub fn ownership(deal: &Deal, control: &BTreeMap<String, ControlTerms>) -> Scores {
    let mut scoring = Scoring { taken: Vec::new(), assumed: Vec::new() };
    for instrument in &deal.instruments {
        scoring.by_kind(instrument, control.get(&instrument.id));
        if let Some(terms) = control.get(&instrument.id) {
            scoring.by_terms(instrument, terms);
        }
    }
    let left = |dimension: Dimension| {
        let of = scoring.taken.iter().filter(|taken| taken.dimension == dimension);
        of.fold(Decimal::ONE, |left, taken| (left * (Decimal::ONE - taken.share)).round_dp(20))
    };
    let points = |left: Decimal| (left * Decimal::ONE_HUNDRED).round_dp(6);
    Scores {
        ownership: points(left(Dimension::Ownership)),
        control: points(left(Dimension::Control)),
        optionality: points(left(Dimension::Optionality)),
        friction: points(Decimal::ONE - left(Dimension::Friction)),
        taken: scoring.taken,
        assumed: scoring.assumed,
    }
}

impl Scoring {
    fn take(&mut self, dimension: Dimension, instrument: &Instrument, term: &str, share: Decimal) {
        let share = share.clamp(Decimal::ZERO, Decimal::ONE);
        if !share.is_zero() {
            let (instrument, term) = (instrument.id.clone(), term.to_owned());
            self.taken.push(Taken { dimension, instrument, term, share });
        }
    }

    /// What follows from the kind of money.
    fn by_kind(&mut self, instrument: &Instrument, control: Option<&ControlTerms>) {
        // One more party to talk to.
        if instrument.provider.is_some() {
            self.take(Dimension::Friction, instrument, "counterparty", percent(3));
        }
        let open =
            instrument.conditions_precedent.iter().filter(|condition| condition.met != Some(true)).count();
        self.take(Dimension::Friction, instrument, "conditions", percent(20) * rising_count(open, 8));
        match &instrument.terms {
            Terms::Equity(terms) => {
                // A share of the company is no licence: it counts for one half.
                let ceded = terms.ownership.unwrap_or_default() / Decimal::TWO;
                self.take(Dimension::Ownership, instrument, "ownership", ceded);
                if terms.approvals == Some(true) {
                    self.take(Dimension::Control, instrument, "approvals", percent(20));
                    self.take(Dimension::Friction, instrument, "approvals", percent(6));
                }
            }
            Terms::CoProducerContribution(terms) => {
                let share = terms.cost_share.unwrap_or_default();
                self.take(Dimension::Ownership, instrument, "copyright", share);
                self.take(Dimension::Control, instrument, "co_production", share);
                self.take(Dimension::Friction, instrument, "co_production", percent(6));
            }
            Terms::CostPlus(terms) => self.commissioned(instrument, terms),
            Terms::Mezzanine(_) => self.take(Dimension::Control, instrument, "covenants", percent(5)),
            Terms::GapLoan(_) => self.take(Dimension::Control, instrument, "covenants", percent(5)),
            Terms::SalesAgentAdvance(_) => {
                self.take(Dimension::Control, instrument, "territory_sales", percent(5));
            }
            _ => {}
        }
        if let Some(licence) = instrument.terms.licence() {
            self.licensed(instrument, licence, control.and_then(|terms| terms.reversion_years));
        }
    }

    /// A work made for a service: whose it is, and who decides.
    fn commissioned(&mut self, instrument: &Instrument, terms: &CostPlusTerms) {
        if terms.buyout.is_none() {
            self.assumed.push(format!("instruments[{}].terms.buyout", instrument.id));
        }
        // A service that pays for the whole work owns it, unless the contract says otherwise.
        let owned = terms.buyout.unwrap_or(true);
        self.take(Dimension::Ownership, instrument, "buyout", if owned { Decimal::ONE } else { percent(50) });
        self.take(Dimension::Control, instrument, "commission", percent(if owned { 70 } else { 40 }));
        self.take(Dimension::Optionality, instrument, "buyout", percent(if owned { 80 } else { 30 }));
    }

    fn licensed(&mut self, instrument: &Instrument, licence: &LicenceTerms, reversion: Option<Decimal>) {
        let path = |field: &str| format!("instruments[{}].terms.{field}", instrument.id);
        let world = licence.territories.iter().any(|code| code == WORLD);
        let territories = if world { Decimal::ONE } else { rising_count(licence.territories.len(), 12) };
        let all = licence.windows.contains(&Window::AllRights);
        let windows = if all { Decimal::ONE } else { rising_count(licence.windows.len(), 3) };
        if licence.term_years.is_none() {
            self.assumed.push(path("term_years"));
        }
        if licence.exclusive.is_none() {
            self.assumed.push(path("exclusive"));
        }
        // Rights that come back are given for as long as they are away.
        let years = match (licence.term_years, reversion) {
            (Some(term), Some(back)) => Some(term.min(back)),
            (term, back) => term.or(back),
        };
        let term = years.map_or(Decimal::ONE, |years| rising(years, 10));
        let exclusive = if licence.exclusive == Some(false) { percent(30) } else { Decimal::ONE };
        let reach = territories * windows * term * exclusive;
        self.take(Dimension::Ownership, instrument, "licence", percent(50) * reach);
        self.take(Dimension::Optionality, instrument, "licence", percent(40) * reach);
        let held = rising_count(licence.excludes.len(), 3) * territories * term;
        self.take(Dimension::Optionality, instrument, "excluded_windows", percent(20) * held);
    }

    /// What a contract says beside its kind.
    fn by_terms(&mut self, instrument: &Instrument, terms: &ControlTerms) {
        match terms.copyright {
            Some(RightsHolder::Shared) => {
                self.take(Dimension::Ownership, instrument, "copyright", percent(50))
            }
            Some(RightsHolder::Counterparty) => {
                self.take(Dimension::Ownership, instrument, "copyright", Decimal::ONE);
                self.take(Dimension::Control, instrument, "copyright", percent(30));
            }
            Some(RightsHolder::Producer) | None => {}
        }
        for approval in &terms.approvals {
            let (word, share) = weight(*approval);
            self.take(Dimension::Control, instrument, word, percent(share));
            self.take(Dimension::Friction, instrument, word, percent(2));
        }
        let flags = [
            (terms.board_seat, "board_seat", [(Dimension::Control, 15), (Dimension::Friction, 5)]),
            (terms.veto, "veto", [(Dimension::Control, 20), (Dimension::Friction, 8)]),
            (terms.most_favoured, "most_favoured", [(Dimension::Optionality, 15), (Dimension::Friction, 5)]),
            (
                terms.cross_collateralised,
                "cross_collateralised",
                [(Dimension::Optionality, 10), (Dimension::Friction, 7)],
            ),
        ];
        for (given, word, shares) in flags {
            for (dimension, share) in shares.into_iter().filter(|_| given) {
                self.take(dimension, instrument, word, percent(share));
            }
        }
        match terms.sequel {
            Some(RightsHolder::Shared) => {
                self.take(Dimension::Optionality, instrument, "sequel", percent(12))
            }
            Some(RightsHolder::Counterparty) => {
                self.take(Dimension::Optionality, instrument, "sequel", percent(25));
            }
            Some(RightsHolder::Producer) | None => {}
        }
        let days = Decimal::from(terms.holdback_days.unwrap_or(0));
        self.take(Dimension::Optionality, instrument, "holdback", percent(20) * rising(days, 360));
    }
}

/// The word and the weight of an approval, in percent of control.
fn weight(approval: Approval) -> (&'static str, i64) {
    match approval {
        Approval::FinalCut => ("final_cut", 25),
        Approval::Script => ("script", 15),
        Approval::Director => ("director", 15),
        Approval::Cast => ("cast", 10),
        Approval::Budget => ("budget", 10),
        Approval::Marketing => ("marketing", 5),
        Approval::ReleaseDate => ("release_date", 5),
        Approval::TerritorySales => ("territory_sales", 5),
    }
}
