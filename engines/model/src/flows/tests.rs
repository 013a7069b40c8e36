use recoup_incentives::Catalog;

use super::*;
use crate::outcome::run;

const DEALS: [&str; 3] = [
    include_str!("../../../../examples/dragons-quest.deal.json"),
    include_str!("../../../../examples/nimbus-and-pip.deal.json"),
    include_str!("../../../../examples/tin-orchard.deal.json"),
];

/// The deals as they are, and each with terms that move money in every way a plan knows.
fn deals() -> Vec<Deal> {
    let read = |text: &str| recoup_deal::read_deal(text).unwrap();
    let mut all: Vec<Deal> = DEALS.iter().map(|text| read(text)).collect();
    // A buyer takes back more than everybody pays: what follows makes it good.
    let mut value: serde_json::Value = serde_json::from_str(DEALS[2]).unwrap();
    let sources = value["revenue"]["sources"].as_array_mut().unwrap();
    let italy = sources.iter_mut().find(|source| source["id"] == "terr-it").unwrap();
    italy["estimate"] = serde_json::json!({"base": "GBP -3000000.00"});
    all.push(serde_json::from_value(value).unwrap());
    for text in DEALS {
        let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
        let payee = value["parties"][0]["id"].clone();
        let other = value["parties"][1]["id"].clone();
        let plan = &mut value["recoupment"];
        let tiers = plan["tiers"].as_array_mut().unwrap();
        let first = tiers[0]["id"].clone();
        tiers.insert(
            0,
            serde_json::json!({"id": "rainy-day", "takes": {"kind": "reserve", "rate": "0.07",
                "release_months": 13, "release_to": first}, "then": first}),
        );
        tiers.insert(
            0,
            serde_json::json!({"id": "assigned-part", "takes": {"kind": "share", "payee": payee, "rate": "0.03",
                "assigned": [{"to": other, "part": "0.37"}]}, "then": "rainy-day"}),
        );
        // A part walks an order of its own, and what its claim leaves ends there.
        tiers.insert(
            0,
            serde_json::json!({"id": "aside", "takes": {"kind": "enters", "into": "own-claim", "rate": "0.04"},
                "then": "assigned-part"}),
        );
        tiers.insert(
            0,
            serde_json::json!({"id": "own-claim", "takes": {"kind": "share", "payee": other, "rate": "0.5"}}),
        );
        // The last tier leaves something for whoever takes the rest.
        tiers.truncate(tiers.len() - 1);
        let last = tiers.len() - 1;
        tiers[last].as_object_mut().unwrap().remove("then");
        for source in plan["sources"].as_array_mut().unwrap() {
            source["enters"] = serde_json::json!("aside");
        }
        plan.as_object_mut().unwrap().remove("residual");
        all.push(serde_json::from_value(value.clone()).unwrap());
        // Somebody else buys a claim of which a part is assigned, while it is being paid.
        let outcome = run(all.last().unwrap(), Catalog::embedded().unwrap());
        let periods = outcome.recoupment.unwrap().periods;
        value["recoupment"]["amendments"] = serde_json::json!([{"id": "bought", "date": periods[periods.len() / 2].start.to_string(),
            "change": {"kind": "payee", "tier": "assigned-part", "payee": value["parties"][2]["id"]}}]);
        all.push(serde_json::from_value(value.clone()).unwrap());
        value["recoupment"]["residual"] = other;
        all.push(serde_json::from_value(value).unwrap());
    }
    all
}

fn views() -> [FlowView; 3] {
    let open = ["net-profits", "others:tiers", "class-a"].map(str::to_owned);
    [
        FlowView::default(),
        FlowView { keep: 3, open: BTreeSet::new() },
        FlowView { keep: 4, open: open.into_iter().collect() },
    ]
}

#[test]
fn what_comes_in_is_paid_held_or_left_over_in_every_period() {
    let catalog = Catalog::embedded().unwrap();
    let mut held_and_left = (false, false);
    let mut refunded = false;
    for deal in deals() {
        let outcome = run(&deal, catalog);
        let recoupment = outcome.recoupment.as_ref().unwrap();
        let flows = flows(&deal, &outcome, &FlowView::default()).unwrap();
        let amounts = |id: &str| flows.series(id).unwrap().amounts(&outcome.book, deal.currency);
        let (received, paid, held, left) =
            (amounts("received"), amounts("paid"), amounts("held"), amounts("left_over"));
        for (at, period) in recoupment.periods.iter().enumerate() {
            let told = [received[at].0, paid[at].0, held[at].1, left[at].0].map(|amount| amount.minor());
            let run = [
                period.receipts.minor() + period.contributions.minor(),
                period.paid.minor(),
                period.held.minor(),
                period.left_over.minor(),
            ];
            assert_eq!(told, run, "{} in the period to {}", deal.id, period.end);
            let refunds = amounts("refunds")[at].1.minor();
            assert_eq!(refunds, period.refunds_open.minor(), "{} until {}", deal.id, period.end);
            refunded |= refunds > 0;
            assert_eq!(
                received[at].1.minor() + refunds,
                paid[at].1.minor() + held[at].1.minor() + left[at].1.minor(),
                "{} until {}",
                deal.id,
                period.end
            );
            held_and_left.0 |= held[at].1.is_positive();
            held_and_left.1 |= left[at].1.is_positive();
        }
    }
    assert_eq!(held_and_left, (true, true), "the deals hold money back and leave some over");
    assert!(refunded, "one deal gives money back before the next comes in");
}

#[test]
fn what_enters_a_station_leaves_it_in_every_period_and_every_view() {
    let catalog = Catalog::embedded().unwrap();
    for deal in deals() {
        let outcome = run(&deal, catalog);
        let alone = flows(&deal, &outcome, &FlowView::default()).unwrap();
        for view in views() {
            let flows = flows(&deal, &outcome, &view).unwrap();
            for ((word, one), (_, other)) in flows.totals.iter().zip(&alone.totals) {
                let amounts = |series: &FlowSeries| series.amounts(&outcome.book, deal.currency);
                assert_eq!(amounts(one), amounts(other), "{} {word}", deal.id);
            }
            for station in &flows.stations {
                let sum = |of: &dyn Fn(&Stream) -> bool, period: usize| -> i64 {
                    let own = flows.streams.iter().filter(|stream| of(stream));
                    own.map(|stream| stream.series.during(period, &outcome.book, deal.currency).minor()).sum()
                };
                for period in 0..flows.periods.len() {
                    let entering = sum(&|stream| stream.to == station.id, period);
                    let leaving = sum(&|stream| stream.from == station.id, period);
                    let passing = station.series.during(period, &outcome.book, deal.currency).minor();
                    let ends = station.column == FlowColumn::People || station.id.starts_with("off:");
                    let told = if station.column == FlowColumn::Sources { leaving } else { entering };
                    assert_eq!(passing, told, "{} {}", deal.id, station.id);
                    if !ends && station.column != FlowColumn::Sources {
                        assert_eq!(entering, leaving, "{} {} in period {period}", deal.id, station.id);
                    }
                }
            }
        }
    }
}

#[test]
fn a_group_is_the_sum_of_its_members_and_a_person_has_what_the_book_says() {
    let catalog = Catalog::embedded().unwrap();
    for deal in deals() {
        let outcome = run(&deal, catalog);
        let closed = flows(&deal, &outcome, &FlowView { keep: 99, open: BTreeSet::new() }).unwrap();
        let last = closed.periods.len() - 1;
        let through = |flows: &Flows, id: &str| {
            flows.series(id).map_or(0, |series| series.amounts(&outcome.book, deal.currency)[last].1.minor())
        };
        for group in closed.stations.iter().filter(|station| station.id.starts_with("tier:")) {
            if group.members.is_empty() {
                continue;
            }
            let id = group.id.trim_start_matches("tier:").to_owned();
            let opened = flows(&deal, &outcome, &FlowView { keep: 99, open: BTreeSet::from([id]) }).unwrap();
            let members: i64 = group.members.iter().map(|id| through(&opened, &format!("tier:{id}"))).sum();
            assert_eq!(members, through(&closed, &group.id), "{} {}", deal.id, group.id);
        }
        for party in &outcome.parties {
            let paid = outcome.book.value(party.paid).as_money().unwrap().minor();
            assert_eq!(through(&closed, &format!("party:{}", party.party)), paid, "{}", party.party);
        }
    }
}

#[test]
fn the_largest_stand_apart_and_the_others_together() {
    let deal = recoup_deal::read_deal(DEALS[0]).unwrap();
    let outcome = run(&deal, Catalog::embedded().unwrap());
    let flows = flows(&deal, &outcome, &FlowView { keep: 4, open: BTreeSet::new() }).unwrap();
    for column in [FlowColumn::Sources, FlowColumn::Tiers, FlowColumn::People] {
        let here: Vec<&Station> = flows.stations.iter().filter(|station| station.column == column).collect();
        assert_eq!(here.len(), 5, "{column:?}");
        let others = here.last().unwrap();
        assert_eq!(others.id, format!("others:{}", column.word()));
        assert!(others.members.len() > 1);
    }
}
