//! What is written reads back: line by line, in both formats and both languages.
#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use recoup_deal::{Account, BudgetLine, Language, LineItem, Phase, Role, SpendCurve, SpendShare};
use recoup_money::{Currency, Money};
use recoup_sheets::{ImportMode, Named, Preview, Workbook, exported, merged, preview, write_csv, write_xlsx};
use rust_decimal::Decimal;

fn parties() -> Vec<Named> {
    let named = |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned() };
    vec![named("north", "North Studio"), named("south", "South Pictures"), named("twin", "North Studio")]
}

fn read(bytes: &[u8], name: &str) -> Preview {
    let book = Workbook::read(name, bytes).unwrap();
    preview(&book, &recoup_sheets::Asked { parties: parties(), ..support::asked(Currency::JPY) }).unwrap()
}

fn again(lines: &[BudgetLine], language: Language) -> [(Vec<u8>, Preview); 2] {
    let table = exported(lines, &parties(), language);
    let (xlsx, csv) = (write_xlsx(&table).unwrap(), write_csv(&table));
    let (of_xlsx, of_csv) = (read(&xlsx, "b.xlsx"), read(&csv, "b.csv"));
    [(xlsx, of_xlsx), (csv, of_csv)]
}

fn share() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (0_i64..=100).prop_map(|points| Decimal::new(points, 2)),
        (0_i64..=1_000_000_000_000).prop_map(|parts| Decimal::new(parts, 12)),
        Just(Decimal::ONE / Decimal::from(3)),
    ]
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zéÉœ0-9 ,;:.'\"=+@%()/&$€-]{1,40}",
        Just("Grand Total".to_owned()),
        Just("Contingency".to_owned()),
        Just("1,234.50".to_owned()),
        Just("=SUM(A1:A9)".to_owned()),
        Just("'=1".to_owned()),
        Just("Two\nlines".to_owned()),
        "\\PC{1,20}",
    ]
    .prop_map(|label| label.trim().to_owned())
    .prop_filter("a label is not blank", |label| {
        label.chars().any(char::is_alphanumeric) && !label.starts_with("sep=")
    })
}

fn spend() -> impl Strategy<Value = Vec<SpendShare>> {
    let place = prop_oneof![Just("CA-QC"), Just("IE"), Just("FR"), Just("AU-NSW"), Just("EEA")];
    let part = (place, proptest::option::of(share()));
    proptest::collection::vec(part, 0..3).prop_map(|parts| {
        let mut spend: Vec<SpendShare> = Vec::new();
        for (place, share) in parts {
            if spend.iter().all(|other| other.id != place) {
                spend.push(SpendShare {
                    id: place.to_owned(),
                    jurisdiction: place.to_owned(),
                    company: None,
                    share,
                    labour_share: None,
                    resident_share: None,
                });
            }
        }
        spend
    })
}

fn line() -> impl Strategy<Value = BudgetLine> {
    let currency = prop_oneof![Just(Currency::USD), Just(Currency::EUR), Just(Currency::JPY)];
    let amount = proptest::option::of((-1_000_000_i64..4_000_000_000_000, currency));
    let terms = (
        proptest::sample::select(Account::ALL.to_vec()),
        proptest::option::of(proptest::sample::select(vec![
            Phase::Development,
            Phase::PreProduction,
            Phase::Production,
            Phase::PostProduction,
            Phase::Delivery,
        ])),
        proptest::option::of(proptest::sample::select(vec![SpendCurve::Even, SpendCurve::SCurve])),
        proptest::option::of(any::<bool>()),
        proptest::option::of(proptest::sample::select(vec!["north", "south", "twin"])),
    );
    let shares =
        (proptest::option::of(share()), proptest::option::of(share()), proptest::option::of(share()));
    (label(), amount, terms, shares, spend(), proptest::option::of(label())).prop_map(
        |(
            label,
            amount,
            (account, phase, curve, core, party),
            (labour, resident, animation),
            spend,
            notes,
        )| BudgetLine {
            id: String::new(),
            account,
            label,
            amount: amount.map(|(minor, currency)| Money::new(minor, currency)),
            spend,
            company: party.map(str::to_owned),
            phase,
            curve,
            months: Vec::new(),
            labour_share: labour,
            resident_share: resident,
            resident_area: None,
            animation_share: animation,
            core,
            subcontracts: Vec::new(),
            items: Vec::new(),
            payee: party.map(str::to_owned),
            tags: vec!["service".to_owned()],
            notes,
        },
    )
}

fn budget() -> impl Strategy<Value = Vec<BudgetLine>> {
    proptest::collection::vec(line(), 1..8).prop_map(|lines| {
        let named = |(at, line): (usize, BudgetLine)| BudgetLine { id: format!("l{at}"), ..line };
        lines.into_iter().enumerate().map(named).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_exported_is_imported_line_by_line(lines in budget()) {
        for language in [Language::English, Language::French] {
            for (_, preview) in again(&lines, language) {
                let read: Vec<BudgetLine> = preview.lines.iter().map(|line| line.line.clone()).collect();
                prop_assert_eq!(&read, &lines);
                // Into the budget it came from, nothing changes, whatever the mode.
                prop_assert_eq!(&merged(&lines, &preview, ImportMode::Replace), &lines);
                prop_assert_eq!(&merged(&lines, &preview, ImportMode::UpdateByAccount), &lines);
                prop_assert_eq!(merged(&lines, &preview, ImportMode::Append).len(), lines.len() * 2);
            }
        }
    }
}

fn simple(id: &str, account: Account, label: &str, minor: i64) -> BudgetLine {
    let text = format!("Standard account,Description,Amount,Currency,Line ID\nother,{label},0,USD,{id}\n");
    let preview = read(text.as_bytes(), "b.csv");
    let line = preview.lines[0].line.clone();
    BudgetLine { account, amount: Some(Money::new(minor, Currency::USD)), ..line }
}

#[test]
fn the_same_budget_is_the_same_bytes() {
    let lines = [simple("a", Account::Music, "Music", 100)];
    let first = again(&lines, Language::English);
    let second = again(&lines, Language::English);
    assert_eq!(first[0].0, second[0].0);
    assert_eq!(first[1].0, second[1].0);
}

#[test]
fn the_total_of_an_export_is_its_sum() {
    let lines = [simple("a", Account::Music, "Music", 10_050), simple("b", Account::Sound, "Mix", 4_950)];
    for (_, preview) in again(&lines, Language::French) {
        assert_eq!(preview.totals.stated.as_ref().unwrap().1.minor(), 15_000);
        assert_eq!(preview.totals.difference.unwrap().minor(), 0);
    }
}

#[test]
fn what_a_sheet_cannot_hold_stays_with_its_line() {
    let mut music = simple("a", Account::Music, "Music", 10_000);
    music.items = vec![LineItem {
        id: "i".to_owned(),
        role: Role::Composer,
        label: None,
        amount: music.amount,
        people: Some(1),
        jurisdiction: None,
    }];
    music.labour_share = Some(Decimal::new(5, 1));
    music.notes = Some("score".to_owned());
    let lines = [music.clone()];
    let sheet = read(b"Description,Amount,Notes,Line ID\nScore and songs,120.00,,a\n", "b.csv");
    let after = merged(&lines, &sheet, ImportMode::Replace);
    assert_eq!((after[0].label.as_str(), after[0].items.len()), ("Score and songs", 1));
    // A column that is there and empty empties; one that is not there says nothing.
    assert_eq!((after[0].labour_share, after[0].notes.as_deref()), (music.labour_share, None));
}

#[test]
fn an_update_finds_its_lines_and_adds_the_rest() {
    let lines = [
        simple("1100-story", Account::StoryAndRights, "Story", 1_000),
        simple("anim", Account::Animation, "2D animation", 9_000),
        simple("mus", Account::Music, "Score", 500),
    ];
    let sheet = read(
        b"Acct,Description,Total\n1100,Story and rights,12\n4300,Animation crew,95\n6700,Insurance,3\n",
        "b.csv",
    );
    let after = merged(&lines, &sheet, ImportMode::UpdateByAccount);
    let shown: Vec<(&str, &str, i64)> = after
        .iter()
        .map(|line| {
            (line.id.as_str(), line.label.as_str(), line.amount.unwrap().to_decimal().try_into().unwrap())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("1100-story", "Story", 12),
            ("anim", "2D animation", 95),
            ("mus", "Score", 5),
            ("6700-insurance", "Insurance", 3)
        ]
    );
}
