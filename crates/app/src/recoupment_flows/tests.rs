use recoup_deal::read_deal;

use super::*;
use crate::{computation::computed, wire::QuantityDto};

const DEAL: &str = include_str!("../../../../examples/dragons-quest.deal.json");

fn minor(tree: &TreeDto) -> i64 {
    match &tree.value {
        QuantityDto::Money { amount } => amount.minor(),
        other => panic!("{other:?} is no amount"),
    }
}

#[test]
fn every_amount_that_is_told_explains_itself() {
    let deal = read_deal(DEAL).unwrap();
    let outcome = computed(&deal).unwrap();
    let view = asked(Some("4"), Some("net-profits")).unwrap();
    let flows = flows(&deal, &outcome, &view).unwrap();
    let told = told(1, &view, Some(&flows), &outcome.book, deal.currency).unwrap();
    assert_eq!(told.view, ";keep=4;open=net-profits");
    let streams =
        told.streams.iter().map(|stream| (format!("{}>{}", stream.from, stream.to), &stream.amounts));
    let stations = told.stations.iter().map(|station| (station.id.clone(), &station.amounts));
    let totals = told.totals.iter().map(|total| (total.id.clone(), &total.amounts));
    let explained = |address: &str| explained_flow(&deal, Ok(&outcome), address).unwrap().unwrap();
    for (id, amounts) in streams.chain(stations).chain(totals) {
        for at in [0, 8, told.periods.len() - 1] {
            let month = &told.periods[at].month;
            let through = explained(&format!("flow({month}{}).{id}", told.view));
            assert_eq!(minor(&through), amounts[at].through.minor(), "{id} until {month}");
            assert_eq!(through.inputs.iter().map(minor).sum::<i64>(), minor(&through), "{id} until {month}");
            let during = explained(&format!("flow(in={month}{}).{id}", told.view));
            assert_eq!(minor(&during), amounts[at].during.minor(), "{id} in {month}");
            let parts: Vec<i64> = during.inputs.iter().map(minor).collect();
            let made = match during.operation.as_deref() {
                Some("difference") => parts[0] - parts[1..].iter().sum::<i64>(),
                _ => parts.iter().sum(),
            };
            assert_eq!(made, minor(&during), "{id} in {month}");
        }
    }
}

#[test]
fn addresses_are_read_as_they_are_written() {
    let plain = read("flow(2032-12).account>tier:gap").unwrap();
    assert_eq!((plain.month, plain.alone, plain.id), ("2032-12", false, "account>tier:gap"));
    assert_eq!(plain.view, FlowView::default());
    let view = read("flow(in=2032-12;keep=4;open=a+others:tiers).others:people").unwrap();
    assert!(view.alone);
    assert_eq!(written(&view.view), ";keep=4;open=a+others:tiers");
    assert!(read("flow(2032-12;colour=4).account").is_none());
    assert!(read("recoupment.left_over").is_none());
}

#[test]
fn what_does_not_flow_is_not_found() {
    let deal = read_deal(DEAL).unwrap();
    let outcome = computed(&deal).unwrap();
    for address in ["flow(2032-12).nowhere", "flow(1999-12).account"] {
        let refused = explained_flow(&deal, Ok(&outcome), address).unwrap().unwrap_err();
        assert!(refused.is(ErrorCode::NotFound));
    }
    assert!(asked(Some("none"), None).is_err());
    assert!(asked(Some("0"), None).is_err());
}
