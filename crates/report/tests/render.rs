//! A document of known figures in each of its three forms.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use recoup_calendar::Date;
use recoup_explain::{Book, Operation, Quantity};
use recoup_money::{Currency, Money};
use recoup_report::{
    Bar, Block, Cell, ColumnKind, Document, Edition, Figure, FindingLine, Language, RowFormula, RowStyle,
    Section, SectionKind, Table, Tags, render,
};

fn document() -> Document {
    let usd = Currency::from_code("USD").unwrap();
    let mut book = Book::new();
    let line = book.cell("budget.lines[animation].amount", Money::new(740_000_000, usd));
    let other = book.cell("budget.lines[voices].amount", Money::new(180_000_050, usd));
    book.name(line, "budget.animation");
    book.name(other, "budget.voices");
    book.figure("budget.total", Operation::Sum, &[line, other]);
    let mut tags = Tags::new(&book, Language::English);
    let mut table = Table::new(&[
        ("Account", ColumnKind::Text, 3.0),
        ("USD", ColumnKind::Money, 1.0),
        ("Ref", ColumnKind::Tag, 0.5),
    ]);
    for (address, label) in [("budget.animation", "Layout & #animation $ *_@"), ("budget.voices", "=Voices")]
    {
        let tag = tags.tag('B', address, label, ColumnKind::Money).unwrap();
        let figure = Figure::at(&book, address, ColumnKind::Money).unwrap();
        table.push(RowStyle::Plain, vec![label.into(), figure.into(), Cell::Tags(vec![tag])], None);
    }
    let tag = tags.tag('B', "budget.total", "Total", ColumnKind::Money).unwrap();
    let total = Figure::at(&book, "budget.total", ColumnKind::Money).unwrap();
    table.push(
        RowStyle::Total,
        vec!["Total".into(), total.into(), Cell::Tags(vec![tag])],
        Some(RowFormula::Sum(vec![0, 1])),
    );
    let bar = |label: &str, minor, class, conditional| Bar {
        label: label.into(),
        minor,
        amount: None,
        address: "budget.total".into(),
        class,
        conditional,
    };
    Document {
        edition: Edition::default(),
        title: "The Paper Lighthouse".into(),
        subtitle: "Finance plan and recoupment model".into(),
        facts: vec![("Film".into(), "Animated feature".into())],
        currency: "USD".into(),
        currency_places: 2,
        day: Date::new(2027, 3, 1).unwrap(),
        as_of: "1 Mar 2027".into(),
        reader: "full pack".into(),
        fingerprint: "7c41e9d2".into(),
        confidentiality: "Confidential. Prepared for the addressee alone.".into(),
        band: vec![bar("Credit loan", 5, "senior", false), bar("Gap", 3, "gap", true)],
        sections: vec![Section {
            kind: SectionKind::Budget,
            topic: "Budget".into(),
            lead: "The film costs USD 9,200,001 before finance.".into(),
            blocks: vec![
                Block::Bars(vec![("Uses".into(), vec![bar("Work", 8, "use", false)])]),
                Block::Table(table),
                Block::Heading("Findings".into()),
                Block::Findings(vec![FindingLine {
                    severity: "blocker",
                    rank: "blocker".into(),
                    message: "Sources are short of uses.".into(),
                    remedy: "Find more.".into(),
                    path: "instruments".into(),
                }]),
            ],
        }],
        references: tags.references(),
    }
}

#[test]
fn the_pdf_is_the_same_bytes_for_the_same_document() {
    let (first, pages) = render::pdf(&document()).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, render::pdf(&document()).unwrap().0);
    assert_eq!(pages, 4);
    let says = |words: &str| first.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(says("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B<"), "an archive takes it");
    assert!(
        says("The Paper Lighthouse, Finance plan and recoupment model"),
        "its title is in its properties"
    );
    if let Some(folder) = std::env::var_os("RECOUP_SPECIMENS") {
        std::fs::write(std::path::Path::new(&folder).join("specimen.pdf"), first).unwrap();
        let (book, _) = render::xlsx(&document()).unwrap();
        std::fs::write(std::path::Path::new(&folder).join("specimen.xlsx"), book).unwrap();
    }
}

#[test]
fn the_workbook_is_the_same_bytes_for_the_same_document() {
    let (first, sheets) = render::xlsx(&document()).unwrap();
    assert!(first.starts_with(b"PK"));
    assert_eq!(first, render::xlsx(&document()).unwrap().0);
    assert_eq!(sheets, 4, "cover, budget, checks, derivations");
}

#[test]
fn the_text_reads_as_a_statement() {
    let text = render::text(&document());
    assert!(text.contains("Layout & #animation $ *_@  7,400,000  B01"), "{text}");
    assert!(text.contains("9,200,001"), "{text}");
}

#[test]
fn a_sum_names_the_tags_it_was_made_from() {
    let document = document();
    let total = document.references.iter().find(|row| row.label == "Total").unwrap();
    assert_eq!((total.tag.as_str(), total.rule.as_str()), ("B03", "sum"));
    assert_eq!(total.made_from, "B01, B02");
    let typed = &document.references[0];
    assert_eq!(
        (typed.rule.as_str(), typed.made_from.as_str()),
        ("typed; exact", "budget.lines[animation].amount")
    );
    assert!(matches!(total.value, Quantity::Money(_)));
}
