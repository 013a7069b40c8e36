//! The sample deals that come with the product, so that the first look needs no form.

use recoup_deal::read_deal;
use serde::Deserialize;

use crate::{
    App, AppError, ErrorCode, deals,
    shelf::Place,
    wire::{DealView, ListSamples, OpenSampleDeal, Sample, Samples},
};

struct Embedded {
    id: &'static str,
    text: &'static str,
}

const EMBEDDED: &[Embedded] = &[
    Embedded { id: "dragons-quest", text: include_str!("../../../examples/dragons-quest.deal.json") },
    Embedded { id: "nimbus-and-pip", text: include_str!("../../../examples/nimbus-and-pip.deal.json") },
    Embedded { id: "tin-orchard", text: include_str!("../../../examples/tin-orchard.deal.json") },
];

/// What the first page says of a sample. Reading whole deals takes longer than drawing that page.
#[derive(Deserialize)]
struct Head {
    name: String,
    currency: String,
}

/// The sample deals.
pub async fn list_samples(_app: &App, _request: ListSamples) -> Result<Samples, AppError> {
    let samples = EMBEDDED
        .iter()
        .map(|sample| {
            let Head { name, currency } = serde_json::from_str(sample.text).map_err(|reason| {
                AppError::new(ErrorCode::Internal, "A sample deal cannot be read.").with("reason", reason)
            })?;
            Ok(Sample { sample: sample.id.to_owned(), name, currency })
        })
        .collect::<Result<_, AppError>>()?;
    Ok(Samples { samples })
}

/// Puts a fresh copy of a sample deal on the desk.
pub async fn open_sample_deal(app: &App, request: OpenSampleDeal) -> Result<DealView, AppError> {
    let sample = EMBEDDED.iter().find(|sample| sample.id == request.sample).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no sample deal of this name.")
            .with("sample", &request.sample)
    })?;
    deals::place_deal(app, Place::Memory, &read_deal(sample.text)?, "Opened").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_sample_is_what_its_deal_says() {
        for sample in EMBEDDED {
            let head: Head = serde_json::from_str(sample.text).unwrap();
            let deal = read_deal(sample.text).unwrap();
            assert_eq!((head.name, head.currency), (deal.name, deal.currency.to_string()), "{}", sample.id);
        }
    }
}
