//! Statements of receipts as people send them: read with every doubt at its cell, and read back as they are written.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use recoup_calendar::Date;
use recoup_deal::actuals::{Deduction, DeductionKind, ReceivedStatement, StatementLine};
use recoup_deal::{Language, Window};
use recoup_money::{Currency, Money};
use recoup_sheets::{
    DayOrder, KnownSource, ReceiptColumnChoice, ReceiptFate, ReceiptLeft, ReceiptMeaning, ReceiptsAsked,
    ReceiptsMapping, ReceiptsPreview, SourceGround, Workbook, preview_receipts, receipts_table, write_csv,
    write_xlsx,
};

fn source(id: &str, label: &str, territory: &str, window: Window) -> KnownSource {
    KnownSource { id: id.into(), label: label.into(), territories: vec![territory.into()], window }
}

fn sources() -> Vec<KnownSource> {
    vec![
        source("de-cinema", "Germany, cinemas", "DE", Window::Theatrical),
        source("de-svod", "Germany, streaming", "DE", Window::Svod),
        source("fr", "France", "FR", Window::AllRights),
        source("row", "Rest of the world", "ROW", Window::AllRights),
    ]
}

fn asked() -> ReceiptsAsked {
    ReceiptsAsked {
        sheet: None,
        mapping: ReceiptsMapping::default(),
        currency: Currency::USD,
        sources: sources(),
        leave: BTreeSet::new(),
        language: Language::English,
    }
}

fn read(text: &str, asked: &ReceiptsAsked) -> ReceiptsPreview {
    let book = Workbook::read("receipts.csv", text.as_bytes()).unwrap();
    preview_receipts(&book, asked).unwrap()
}

fn codes(preview: &ReceiptsPreview) -> Vec<(&str, &str)> {
    preview.faults.iter().map(|fault| (fault.cell.as_str(), fault.code.as_str())).collect()
}

fn fates(preview: &ReceiptsPreview) -> Vec<&str> {
    let word = |fate: &ReceiptFate| match fate {
        ReceiptFate::Line(..) => "LINE",
        ReceiptFate::Left(left) => left.as_str(),
    };
    preview.rows.iter().map(|row| word(&row.fate)).collect()
}

const AGENT: &str = "\
Sales report of the agent,,,,,,,
Period: Q1 2029,,,,,,,
,,,,,,,
Territory,Media,Gross receipts (USD),Commission,Expenses,Net to account,Units,Comment
Germany,Theatrical,\"100,000.00\",\"15,000.00\",\"5,000.00\",\"80,000.00\",\"12,345\",
Germany,SVOD,\"10,000.00\",\"1,500.00\",,\"8,500.00\",,second window
Atlantis,TV,500.00,75.00,,425.00,,
France,,\"1,000.00\",150.00,,\"860.00\",,
Total,,\"111,500.00\",\"16,725.00\",\"5,000.00\",\"89,785.00\",,
";

#[test]
fn an_agents_report_becomes_one_statement() {
    let mut asked = asked();
    asked.mapping.sources.insert("france".into(), "fr".into());
    let preview = read(AGENT, &asked);
    assert_eq!(fates(&preview), ["LINE", "LINE", "NO_SOURCE", "LINE", "TOTAL"]);
    let [statement] = preview.statements.as_slice() else { panic!("{:?}", preview.statements) };
    assert_eq!(statement.period.start.to_string(), "2029-01-01");
    assert_eq!(statement.period.end.to_string(), "2029-03-31");
    let first = &statement.lines[0];
    assert_eq!((first.source.as_str(), first.amount.to_string().as_str()), ("de-cinema", "USD 80000.00"));
    assert_eq!(first.gross.unwrap().to_string(), "USD 100000.00");
    let kinds: Vec<DeductionKind> = first.deductions.iter().map(|deduction| deduction.kind).collect();
    assert_eq!(kinds, [DeductionKind::SalesCommission, DeductionKind::DistributionExpenses]);
    assert_eq!(first.units.unwrap().to_string(), "12345");
    assert_eq!(statement.lines[1].note.as_deref(), Some("second window"));
    assert_eq!(preview.rows[0].fate, ReceiptFate::Line("de-cinema".into(), SourceGround::Only));
    assert_eq!(preview.rows[3].fate, ReceiptFate::Line("fr".into(), SourceGround::Chosen));
    // 1,000 less 150 is not 860: it is said at its cell and taken as it is.
    assert_eq!(codes(&preview), [("receipts!F8", "NET_DIFFERS")]);
    assert_eq!(preview.totals.stated.as_ref().unwrap().0, "receipts!F9");
    assert_eq!(preview.totals.difference.unwrap().to_string(), "USD 0.00");
}

#[test]
fn a_name_that_is_no_source_is_suggested_and_never_taken() {
    let preview = read(AGENT, &asked());
    let names: Vec<&str> = preview.unknown.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(names, ["atlantis | tv", "france"]);
    assert_eq!(preview.unknown[1].suggestions[0], "fr");
    let mut asked = asked();
    asked.mapping.sources.insert("atlantis | tv".into(), "row".into());
    assert_eq!(fates(&read(AGENT, &asked))[2], "LINE");
    asked.mapping.sources.insert("atlantis | tv".into(), String::new());
    let left = read(AGENT, &asked);
    assert_eq!(left.rows[2].fate, ReceiptFate::Left(ReceiptLeft::Asked));
    assert!(left.unknown.iter().all(|one| one.key != "atlantis | tv"));
}

#[test]
fn a_french_report_with_its_own_words_and_days() {
    let text = "Source;Du;Au;Date d’encaissement;Recettes brutes EUR;Commission de vente;Net producteur\n\
        Germany, cinemas;01/04/2029;30/06/2029;15/08/2029;1 234,50;-234,50;1 000,00\n\
        fr;01/07/2029;30/09/2029;;;;-50,00\n";
    let french = ReceiptsAsked { language: Language::French, ..asked() };
    let preview = read(text, &french);
    assert_eq!(fates(&preview), ["LINE", "LINE"], "{:?}", preview.rows);
    assert_eq!(codes(&preview), []);
    let [first, second] = preview.statements.as_slice() else { panic!("{:?}", preview.statements) };
    assert_eq!(first.received.unwrap().to_string(), "2029-08-15");
    assert_eq!(
        first.lines[0].deductions[0].amount.to_string(),
        "EUR 234.50",
        "taken off however it is signed"
    );
    assert_eq!(second.lines[0].amount.to_string(), "EUR -50.00");
    assert_eq!(preview.days, DayOrder::DayFirst);
}

#[test]
fn every_row_may_have_its_own_period_and_currency() {
    let text = "Source,Quarter,Net,Currency\nde-svod,Q1 2029,100.00,EUR\n,,,\nfr,,50.00,GBP\nfr,Q5 2029,7.00,\nrow,2029-02,1.00,XX\n";
    let preview = read(text, &asked());
    assert_eq!(fates(&preview), ["LINE", "BLANK", "LINE", "LINE", "LINE"]);
    assert_eq!(codes(&preview), [("receipts!B5", "NOT_A_PERIOD"), ("receipts!D6", "UNKNOWN_CURRENCY")]);
    let spans: Vec<String> = preview.statements.iter().map(|one| one.period.end.to_string()).collect();
    assert_eq!(spans, ["2029-02-28", "2029-03-31"]);
    let quarter = &preview.statements[1];
    let amounts: Vec<String> = quarter.lines.iter().map(|line| line.amount.to_string()).collect();
    assert_eq!(amounts, ["EUR 100.00", "GBP 50.00", "USD 7.00"]);
}

#[test]
fn doubtful_days_say_so_and_a_person_decides() {
    let text = "Source,From,To,Net\nfr,01/04/2029,06/07/2029,5.00\n";
    let preview = read(text, &asked());
    assert_eq!(codes(&preview), [("receipts!B2", "DAY_DOUBTFUL"), ("receipts!C2", "DAY_DOUBTFUL")]);
    let mut asked = asked();
    asked.mapping.days = Some(DayOrder::MonthFirst);
    let preview = read(text, &asked);
    assert_eq!(preview.statements[0].period.start.to_string(), "2029-01-04");
    assert_eq!(codes(&preview), []);
}

#[test]
fn a_row_without_days_waits_for_them() {
    let text = "Source,Net\nfr,5.00\n";
    assert_eq!(fates(&read(text, &asked())), ["NO_PERIOD"]);
    let mut asked = asked();
    asked.mapping.period = recoup_sheets::read_period("Q1 2029", DayOrder::DayFirst);
    assert_eq!(fates(&read(text, &asked)), ["LINE"]);
}

#[test]
fn a_column_may_be_decided_otherwise() {
    let text = "Licensee,Period,Paid,Total\nfr,Q1 2029,5.00,7.00\n";
    let mut asked = asked();
    asked.mapping.columns = vec![ReceiptColumnChoice { column: 3, meaning: ReceiptMeaning::Net }];
    let preview = read(text, &asked);
    assert_eq!(preview.statements[0].lines[0].amount.to_string(), "USD 7.00");
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn statement(id: &str, from: &str, to: &str, lines: Vec<StatementLine>) -> ReceivedStatement {
    ReceivedStatement {
        id: id.into(),
        from: day(from),
        to: day(to),
        reported: None,
        received: Some(day("2029-08-10")),
        sender: None,
        standing: Default::default(),
        document: None,
        note: None,
        lines,
        expenses: Vec::new(),
    }
}

fn line(id: &str, gross: i64, fee: i64, currency: Currency) -> StatementLine {
    let deductions = vec![Deduction {
        id: "distribution-fee-1".into(),
        kind: DeductionKind::DistributionFee,
        amount: Money::new(fee, currency),
    }];
    StatementLine {
        id: id.into(),
        source: id.into(),
        gross: Some(Money::new(gross, currency)),
        deductions: if fee == 0 { Vec::new() } else { deductions },
        amount: Money::new(gross - fee, currency),
        rate: (currency != Currency::USD).then(|| "1.0825".parse().unwrap()),
        units: None,
        note: Some("as reported".into()),
    }
}

fn round_trip(statements: &[ReceivedStatement], language: Language) {
    let table = receipts_table(statements, &sources(), language);
    for bytes in [write_csv(&table), write_xlsx(&table).unwrap()] {
        let book = Workbook::read("receipts", &bytes).unwrap();
        let preview = preview_receipts(&book, &ReceiptsAsked { language, ..asked() }).unwrap();
        assert_eq!(codes(&preview), [], "{preview:#?}");
        let lines: Vec<StatementLine> = preview.statements.into_iter().flat_map(|one| one.lines).collect();
        let wanted: Vec<StatementLine> = statements.iter().flat_map(|one| one.lines.clone()).collect();
        assert_eq!(lines, wanted);
    }
}

#[test]
fn statements_read_back_as_they_are_written() {
    let statements = [
        statement(
            "q1",
            "2029-01-01",
            "2029-03-31",
            vec![line("de-cinema", 12_345_678, 100_000, Currency::EUR)],
        ),
        statement(
            "q2",
            "2029-04-01",
            "2029-06-30",
            vec![line("fr", 500, 0, Currency::USD), line("row", -700, 100, Currency::USD)],
        ),
    ];
    for language in [Language::English, Language::French] {
        round_trip(&statements, language);
    }
}

#[test]
fn a_blank_form_names_every_source() {
    let table = receipts_table(&[], &sources(), Language::English);
    assert_eq!(table.rows.len(), sources().len());
    let book = Workbook::read("form.csv", &write_csv(&table)).unwrap();
    let preview = preview_receipts(&book, &asked()).unwrap();
    assert_eq!(fates(&preview), ["NO_AMOUNT"; 4]);
    assert!(preview.unknown.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in "[A-Za-z0-9 ,;.\n/()%€$'\"–é-]{0,400}") {
        if let Ok(book) = Workbook::read("x.csv", text.as_bytes()) {
            let preview = preview_receipts(&book, &asked()).unwrap();
            let lines: usize = preview.statements.iter().map(|one| one.lines.len()).sum();
            let kept = preview.rows.iter().filter(|row| matches!(row.fate, ReceiptFate::Line(..))).count();
            prop_assert_eq!(lines, kept);
        }
    }

    #[test]
    fn nothing_of_a_table_gets_lost(
        cells in prop::collection::vec(("(fr|row|de-svod|Mars|)", "(Q[0-5] 20[0-9]{2}|2029|)", "(-?[0-9]{1,9}\\.[0-9]{2}|n/a|)"), 0..30)
    ) {
        let mut text = String::from("Source,Period,Net\n");
        for (source, period, net) in &cells {
            text.push_str(&format!("{source},{period},{net}\n"));
        }
        let preview = read(&text, &asked());
        let filled = cells.iter().rposition(|(a, b, c)| !(a.is_empty() && b.is_empty() && c.is_empty()));
        prop_assert_eq!(preview.rows.len(), filled.map_or(0, |at| at + 1));
        let lines: usize = preview.statements.iter().map(|one| one.lines.len()).sum();
        let kept = preview.rows.iter().filter(|row| matches!(row.fate, ReceiptFate::Line(..))).count();
        prop_assert_eq!(lines, kept);
    }
}
