//! The sample deals that come with the product, so that the first look needs no form.

use recoup_deal::read_deal;

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

/// The sample deals.
pub async fn list_samples(_app: &App, _request: ListSamples) -> Result<Samples, AppError> {
    let samples = EMBEDDED
        .iter()
        .map(|sample| {
            let deal = read_deal(sample.text)?;
            Ok(Sample { sample: sample.id.to_owned(), name: deal.name, currency: deal.currency.to_string() })
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
