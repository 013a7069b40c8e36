//! A request as it arrives: sound, or refused with the application's own error.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

use crate::{AppError, ErrorCode};

/// A request of type `T` as a host received it.
///
/// Decoding never fails at the host's border, where each host would word the refusal in its own way; it
/// fails here, so that a malformed request gets the same answer from all of them.
#[derive(Debug, Clone)]
pub struct Asked<T>(Result<T, AppError>);

impl<T: DeserializeOwned> Asked<T> {
    /// Reads a request out of JSON.
    pub fn from_value(value: Value) -> Self {
        Self(serde_json::from_value(value).map_err(|reason| {
            AppError::new(ErrorCode::InvalidRequest, "The request is not of the form this use case takes.")
                .with("reason", reason)
        }))
    }

    /// The request, or the refusal.
    pub fn into_request(self) -> Result<T, AppError> {
        self.0
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Asked<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from_value)
    }
}

impl<T: specta::Type> specta::Type for Asked<T> {
    fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
        T::definition(types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::DescribeProduct;

    #[test]
    fn an_unknown_field_is_refused_with_its_name() {
        let asked: Asked<DescribeProduct> =
            serde_json::from_value(serde_json::json!({"colour": "blue"})).unwrap();
        let error = asked.into_request().unwrap_err();
        assert!(error.is(ErrorCode::InvalidRequest));
        assert!(error.details["reason"].contains("colour"));
    }
}
