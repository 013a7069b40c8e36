//! Which programs a question may be about: the library's, a deal's, one's own.

use std::borrow::Cow;

use recoup_incentives::{Catalog, catalog_of, own::read_own_value, own_edition};

use super::all;
use crate::{App, AppError, computation::catalog};

/// The library with what a deal brings along in front of it, and one's own programs beside it. What does not
/// read is not there.
pub(crate) async fn within_reach(app: &App, deal: Option<&str>) -> Result<Cow<'static, Catalog>, AppError> {
    let library = catalog()?;
    let seen = match deal {
        Some(deal) => catalog_of(&app.state(deal)?.1.deal, library).0,
        None => Cow::Borrowed(library),
    };
    let own = all(app).await?;
    let editions = own.iter().filter_map(|(_, stored)| {
        let program = read_own_value(&stored.policy).ok()?;
        let edition = own_edition(&program.policy, library).ok()?;
        // The deal's copy stands in front of what its author has made of it since.
        seen.version(&edition.policy.id, edition.policy.from).is_err().then_some(edition)
    });
    let editions: Vec<_> = editions.collect();
    if editions.is_empty() { Ok(seen) } else { Ok(Cow::Owned(seen.with(editions))) }
}
