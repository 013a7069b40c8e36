//! Reading and writing the deal file.

use serde_json::Value;

use crate::bounds::{MAX_BYTES, within_bounds, without_nulls};
use crate::document::Deal;
use crate::error::DealError;
use crate::limits::within_limits;
use crate::schema::in_shape;
use crate::upgrade::upgrade;

/// Reads a deal from the text of a file: bounds, form, shape, types and hard limits, in this order.
pub fn read_deal(text: &str) -> Result<Deal, DealError> {
    if text.len() > MAX_BYTES {
        let message =
            format!("This file is larger than {} MB; a deal is far smaller.", MAX_BYTES / 1024 / 1024);
        return Err(DealError::new("TOO_LARGE", message).given(text.len()).at_most(MAX_BYTES));
    }
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|why| {
        let message = format!(
            "This file is not readable JSON (line {}, column {}). It may be damaged or of another kind.",
            why.line(),
            why.column()
        );
        DealError::new("NOT_JSON", message)
    })?;
    read_deal_value(value)
}

/// Reads a deal from JSON that is already parsed.
pub fn read_deal_value(mut value: Value) -> Result<Deal, DealError> {
    within_bounds(&value, "", 0)?;
    upgrade(&mut value)?;
    typed(value)
}

/// A deal out of a document in the current form.
pub(crate) fn typed(mut value: Value) -> Result<Deal, DealError> {
    without_nulls(&mut value);
    in_shape(&value)?;
    let deal: Deal = serde_json::from_value(value).map_err(|why| {
        DealError::new("INVALID_VALUE", format!("A part of this deal cannot be read: {why}."))
    })?;
    within_limits(&deal)?;
    Ok(deal)
}

/// The deal as JSON, in the order of the schema.
pub fn deal_to_value(deal: &Deal) -> Result<Value, DealError> {
    serde_json::to_value(deal)
        .map_err(|why| DealError::new("CANNOT_WRITE", format!("The deal cannot be written: {why}.")))
}

/// The text of the deal file: indented JSON with a line end, the same for the same deal.
pub fn write_deal(deal: &Deal) -> Result<String, DealError> {
    let mut text = serde_json::to_string_pretty(deal)
        .map_err(|why| DealError::new("CANNOT_WRITE", format!("The deal cannot be written: {why}.")))?;
    text.push('\n');
    Ok(text)
}
