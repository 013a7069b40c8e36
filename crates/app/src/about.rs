//! What product this is.

use crate::{
    App, AppError,
    wire::{DescribeProduct, Product},
};

/// Names the product, its version and the formats it speaks.
pub async fn describe_product(_app: &App, _request: DescribeProduct) -> Result<Product, AppError> {
    Ok(Product {
        name: "Recoup".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
        platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        licence: env!("CARGO_PKG_LICENSE").to_owned(),
    })
}
