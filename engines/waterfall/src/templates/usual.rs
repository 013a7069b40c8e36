//! The templates of the house

use std::sync::OnceLock;

use super::form::Template;

/// What stands in the library, whole orders first. The usual values carry where they were read.
const FILES: [&str; 14] = [
    include_str!("library/independent-film.json"),
    include_str!("library/french-rnpp.json"),
    include_str!("library/cost-plus.json"),
    include_str!("library/collection-account.json"),
    include_str!("library/residuals-reserve.json"),
    include_str!("library/sales-agent.json"),
    include_str!("library/distributor-block.json"),
    include_str!("library/loans.json"),
    include_str!("library/equity-and-premium.json"),
    include_str!("library/soft-money-corridor.json"),
    include_str!("library/deferrals.json"),
    include_str!("library/author-per-ticket.json"),
    include_str!("library/escalating-share.json"),
    include_str!("library/net-profits.json"),
];

/// Every template of the house.
///
/// # Errors
/// A file that cannot be read; a test reads all of them.
pub fn templates() -> Result<&'static [Template], String> {
    static READ: OnceLock<Result<Vec<Template>, String>> = OnceLock::new();
    let read =
        || FILES.iter().map(|text| serde_json::from_str(text).map_err(|reason| reason.to_string())).collect();
    READ.get_or_init(read).as_deref().map_err(Clone::clone)
}
