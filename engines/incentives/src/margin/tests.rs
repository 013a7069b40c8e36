#![expect(clippy::disallowed_methods, reason = "a test reads an example deal")]

use std::path::Path;

use recoup_deal::read_deal;
use recoup_money::Rounding;

use super::*;

/// The sample film with one line of each kind: California, Québec with and without labour, Ireland.
fn film() -> Deal {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/dragons-quest.deal.json");
    let mut deal = read_deal(&std::fs::read_to_string(path).unwrap()).unwrap();
    let kept = ["voices", "animation", "facilities", "music-sound"];
    deal.budget.lines.retain(|line| kept.contains(&line.id.as_str()));
    deal
}

fn of<'a>(margins: &'a [Margin], line: &str) -> &'a Margin {
    margins.iter().find(|margin| margin.line == line).unwrap()
}

/// The gain of a step is what two assessments of the whole deal differ by, and the rate is that over the step.
#[test]
fn a_margin_is_the_difference_of_two_deals() {
    let (catalog, deal) = (Catalog::embedded().unwrap(), film());
    let now = net_of(&deal, catalog).unwrap();
    let margins = margins(&deal, catalog, 100_000).unwrap();
    assert_eq!(margins.len(), 4);
    for margin in &margins {
        let then = net_of(&margin.more.case.of(&deal).unwrap(), catalog).unwrap();
        assert_eq!(now.checked_add(margin.more.gain).unwrap(), then, "{}", margin.line);
        assert_eq!(margin.more.net, then);
        assert_eq!(margin.more.gain.ratio_to(margin.step_in_deal).unwrap(), Some(margin.rate));
        let gains: Vec<i64> = margin.moves.iter().map(|one| one.supposed.gain.minor()).collect();
        assert_eq!(gains.len(), 2, "the two places where it is not spent now");
        assert!(gains.is_sorted_by(|a, b| a >= b), "the best place stands first");
    }
}

/// Québec pays 25 % of machines and rooms, on which no federal credit stands; on animators 16 % more, and the federal
/// 16 % of the labour that is left after the province. Ireland pays 32 %; nothing is claimed in California.
#[test]
fn the_next_money_earns_what_the_law_gives_at_the_margin() {
    let found = margins(&film(), Catalog::embedded().unwrap(), 100_000).unwrap();
    let rate = |line: &str| of(&found, line).rate;
    assert_eq!(of(&found, "facilities").more.gain.to_string(), "USD 25000.00");
    assert_eq!(rate("music-sound"), Decimal::new(32, 2));
    assert_eq!(rate("voices"), Decimal::ZERO);
    let headline = Decimal::new(25 + 16 + 16, 2);
    assert!(rate("animation") > Decimal::new(41, 2) && rate("animation") < headline, "after the grind");
    let voices = of(&found, "voices");
    assert!(voices.moves.iter().all(|one| one.supposed.gain.minor() > 0), "any claimed place is better");
    let back = of(&found, "animation").moves.iter().find(|one| one.jurisdiction == "US-CA").unwrap();
    assert!(back.supposed.gain.is_negative(), "what leaves Québec takes its credits along");
}

#[test]
fn a_line_without_a_rate_of_exchange_or_an_amount_has_no_margin() {
    let mut deal = film();
    deal.budget.lines.retain(|line| line.id == "voices" || line.id == "music-sound");
    for line in &mut deal.budget.lines {
        line.amount = (line.id == "voices")
            .then(|| Money::from_decimal(Decimal::TEN, deal.currency, Rounding::HalfUp).unwrap());
    }
    let found = margins(&deal, Catalog::embedded().unwrap(), 100_000).unwrap();
    assert_eq!(found.iter().map(|one| one.line.as_str()).collect::<Vec<_>>(), ["voices"]);
}
