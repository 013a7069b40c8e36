//! What a move of an exchange rate costs.

use recoup_deal::{Deal, Finding, FindingValue, Severity};
use recoup_explain::Book;
use recoup_money::Money;

use crate::exposure::Exposure;

/// A currency that the deal has to buy or will receive, as far as it is not hedged and its rate may move.
pub(crate) fn exposed(deal: &Deal, stakes: &[Exposure], book: &Book) -> Vec<Finding> {
    let money = |node| book.value(node).as_money();
    let told = |stake: &Exposure| {
        let (net, open) = (money(stake.net)?, money(stake.open)?.checked_abs().ok()?);
        let risk = money(stake.at_risk).filter(Money::is_positive)?;
        // Through a third currency, the first leg is what can be hedged.
        let own = |quote: &&recoup_deal::FxQuote| [quote.base, quote.quote].contains(&stake.currency);
        let quote =
            deal.quote_on(stake.currency, deal.currency, deal.as_of).or_else(|| deal.fx.iter().find(own))?;
        let finding =
            Finding::new(Severity::Question, "CURRENCY_UNHEDGED", format!("fx[{}].hedged_share", quote.id))
                .with("net", net.checked_abs().ok()?)
                .with("open", open)
                .with("currency", stake.currency)
                .with("moves", FindingValue::Rate(quote.uncertainty?))
                .with("risk", risk);
        Some(if net.is_negative() { finding.case("bought") } else { finding })
    };
    stakes.iter().filter_map(told).collect()
}
