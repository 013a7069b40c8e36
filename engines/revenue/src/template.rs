//! Usual release plans: when each window opens, for how long, and its part of the ultimate.

use recoup_deal::revenue::TimingProfile;
use recoup_deal::{ReleaseTemplate, Window};
use rust_decimal::Decimal;

/// One window of a release plan.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowTiming {
    /// The window.
    pub window: Window,
    /// Quarters from the release until it opens.
    pub first_quarter: u32,
    /// Quarters it lasts.
    pub quarters: u32,
    /// Its part of all receipts, a fraction; the parts of a plan make one.
    pub share: Decimal,
    /// How its money falls.
    pub profile: TimingProfile,
}

/// The windows of a release plan. Shares are in per mille and add up to a thousand.
pub fn template(release: ReleaseTemplate) -> Vec<WindowTiming> {
    use TimingProfile::{BackLoaded, Even, FrontLoaded, Lump};
    use Window::{Avod, Est, PayTv, Pvod, Svod, Theatrical};
    let rows = match release {
        ReleaseTemplate::WideTheatrical => vec![
            (Theatrical, 0, 2, 400, FrontLoaded),
            (Pvod, 1, 2, 95, FrontLoaded),
            (Est, 2, 20, 57, BackLoaded),
            (Svod, 2, 6, 333, Lump),
            (PayTv, 6, 8, 38, Even),
            (Avod, 8, 12, 77, Even),
        ],
        ReleaseTemplate::Platform => vec![
            (Theatrical, 0, 4, 359, Even),
            (Pvod, 2, 3, 113, FrontLoaded),
            (Est, 3, 20, 66, BackLoaded),
            (Svod, 3, 6, 330, Lump),
            (PayTv, 7, 8, 47, Even),
            (Avod, 9, 12, 85, Even),
        ],
        ReleaseTemplate::StreamingFirst => vec![
            (Svod, 0, 6, 750, Lump),
            (Theatrical, 0, 1, 50, FrontLoaded),
            (Avod, 6, 12, 120, Even),
            (Est, 2, 20, 80, BackLoaded),
        ],
        ReleaseTemplate::DayAndDate => vec![
            (Theatrical, 0, 2, 243, FrontLoaded),
            (Pvod, 0, 3, 194, FrontLoaded),
            (Est, 2, 20, 78, BackLoaded),
            (Svod, 3, 6, 388, Lump),
            (Avod, 9, 12, 97, Even),
        ],
    };
    rows.into_iter()
        .map(|(window, first_quarter, quarters, share, profile)| WindowTiming {
            window,
            first_quarter,
            quarters,
            share: Decimal::new(share, 3),
            profile,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_every_plan_make_one() {
        for release in [
            ReleaseTemplate::WideTheatrical,
            ReleaseTemplate::Platform,
            ReleaseTemplate::StreamingFirst,
            ReleaseTemplate::DayAndDate,
        ] {
            assert_eq!(template(release).iter().map(|window| window.share).sum::<Decimal>(), Decimal::ONE);
        }
    }
}
