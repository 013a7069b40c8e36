//! The end of what is modelled: money that would be paid later is left out, and said so.

use recoup_calendar::Quarter;
use recoup_deal::{Deal, Milestone, Timeline};
use recoup_explain::Quantity;

/// Years that are modelled where the deal says nothing.
const USUAL_YEARS: u32 = 10;

/// The last quarter that counts, and what decides it.
pub(crate) struct Horizon {
    last: Quarter,
    from: Milestone,
    typed: Option<u32>,
}

impl Horizon {
    /// None while nothing says when exploitation begins.
    pub(crate) fn of(deal: &Deal, timeline: &Timeline) -> Option<Self> {
        let typed = deal.revenue.horizon_years;
        let (begin, from) = match (timeline.release(), timeline.final_delivery()) {
            (Some(release), _) => (release, Milestone::Release),
            (None, Some(delivery)) => (delivery, Milestone::FinalDelivery),
            (None, None) => return None,
        };
        let months = i32::try_from(typed.unwrap_or(USUAL_YEARS).checked_mul(12)?).ok()?;
        let last = begin.year_month().add_months(months).ok()?.quarter();
        Some(Self { last, from, typed })
    }

    pub(crate) fn is_beyond(&self, quarter: Quarter) -> bool {
        quarter > self.last
    }

    pub(crate) fn last(&self) -> Quarter {
        self.last
    }

    /// The cells that decide where it lies.
    pub(crate) fn grounds(&self, deal: &Deal) -> Vec<(String, Quantity)> {
        let mut found: Vec<(String, Quantity)> = deal
            .grounds(&self.from, "")
            .into_iter()
            .map(|ground| (ground.path, ground.value.either(Quantity::Date, Quantity::Number)))
            .collect();
        if let Some(years) = self.typed {
            found.push(("revenue.horizon_years".to_owned(), Quantity::Number(years.into())));
        }
        found
    }
}
