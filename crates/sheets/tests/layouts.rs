//! The top sheets that producers bring: each is read into the lines that are in it, and nothing is counted twice.

mod support;

use recoup_money::Currency;
use recoup_sheets::{Asked, ColumnChoice, Mapping, Meaning, Workbook, preview};
use rust_decimal::Decimal;
use rust_xlsxwriter::Format;
use support::{difference, faults, left, lines, of_csv, of_xlsx};

/// As American budgeting programs export it: account, description, page, total, with sections and fringes.
#[test]
fn a_studio_top_sheet_with_sections() {
    let preview = of_csv(
        "The Tin Orchard,,,\n\
         Feature animation,,,\n\
         Acct#,Category Description,Page,Total\n\
         1100,STORY & RIGHTS,1,\"$150,000\"\n\
         1200,PRODUCERS UNIT,1,\"$400,000\"\n\
         1300,DIRECTION,2,\"$250,000\"\n\
         1400,CAST,2,\"$180,500\"\n\
         ,Total Above-The-Line,,\"$980,500\"\n\
         2000,PRODUCTION STAFF,3,\"$700,000\"\n\
         4300,ANIMATION,4,\"$5,000,000\"\n\
         ,Total Production,,\"$5,700,000\"\n\
         4500,EDITING,5,\"$300,000\"\n\
         4600,MUSIC,5,\"$200,000\"\n\
         4700,POST PRODUCTION SOUND,5,\"$150,000\"\n\
         4900,STOCK SHOTS,5,$0\n\
         ,Total Post Production,,\"$650,000\"\n\
         6700,INSURANCE,6,\"$100,000\"\n\
         ,Total Other,,\"$100,000\"\n\
         ,Total Fringes,,\"$850,000\"\n\
         ,Contingency : 10%,,\"$828,050\"\n\
         ,Completion Bond : 2%,,\"$160,000\"\n\
         ,TOTAL ABOVE-THE-LINE,,\"$980,500\"\n\
         ,TOTAL BELOW-THE-LINE,,\"$6,450,000\"\n\
         ,Grand Total,,\"$9,268,550\"\n",
        Currency::USD,
    );
    assert_eq!(preview.header, Some(3));
    assert_eq!(
        lines(&preview),
        [
            "STORY & RIGHTS | StoryAndRights | USD 150000.00",
            "PRODUCERS UNIT | Producers | USD 400000.00",
            "DIRECTION | Director | USD 250000.00",
            "CAST | VoiceTalent | USD 180500.00",
            "PRODUCTION STAFF | ProductionOffice | USD 700000.00",
            "ANIMATION | Animation | USD 5000000.00",
            "EDITING | PicturePost | USD 300000.00",
            "MUSIC | Music | USD 200000.00",
            "POST PRODUCTION SOUND | Sound | USD 150000.00",
            "INSURANCE | Insurance | USD 100000.00",
            "Total Fringes | Other | USD 850000.00",
        ]
    );
    assert_eq!(
        left(&preview),
        [
            "8 SUBTOTAL",
            "11 SUBTOTAL",
            "15 ZERO",
            "16 SUBTOTAL",
            "18 SUBTOTAL",
            "20 CONTINGENCY",
            "21 FINANCING_COST",
            "22 SUBTOTAL",
            "23 SUBTOTAL",
            "24 GRAND_TOTAL"
        ]
    );
    assert_eq!((difference(&preview), faults(&preview)), (Some(0), Vec::new()));
    assert_eq!(preview.lines[0].line.id, "1100-story-rights");
}

/// The same fringes, where the sheet's total shows that the accounts contain them.
#[test]
fn fringes_within_the_lines_are_left_out() {
    let sheet = |total: &str| {
        of_csv(
            &format!(
                "Acct,Description,Total\n1100,Story,100\n4300,Animation,900\n,Fringes,250\n,Grand Total,{total}\n"
            ),
            Currency::EUR,
        )
    };
    assert_eq!(left(&sheet("1000")), ["4 FRINGES_INCLUDED", "5 GRAND_TOTAL"]);
    assert_eq!(left(&sheet("1250")), ["5 GRAND_TOTAL"]);
}

/// Canadian financiers: two-digit accounts under lettered sections, Canadian and foreign costs beside the total.
#[test]
fn a_canadian_top_sheet_with_its_places() {
    let preview = of_xlsx(Currency::CAD, |sheet| {
        let title = Format::new();
        sheet.merge_range(0, 0, 0, 4, "BUDGET SUMMARY", &title).unwrap();
        sheet.write(2, 3, "All amounts in CAD").unwrap();
        for (column, head) in ["Acct", "Category", "Québec", "Ontario", "Total"].iter().enumerate() {
            sheet.write(4, column as u16, *head).unwrap();
        }
        let rows: &[(&str, &str, f64, f64)] = &[
            ("", "A - ABOVE THE LINE", 0.0, 0.0),
            ("02", "Scenario", 60_000.0, 0.0),
            ("04", "Producer", 200_000.0, 50_000.0),
            ("", "Total A", 260_000.0, 50_000.0),
            ("", "B - PRODUCTION", 0.0, 0.0),
            ("12", "Production staff", 300_000.25, 100_000.25),
            ("", "Animation labour", 2_000_000.0, 1_000_000.0),
            ("", "Total B", 2_300_000.25, 1_100_000.25),
            ("72", "Indirect costs", 30_000.0, 10_000.0),
            ("80", "Contingency", 100_000.0, 50_000.0),
            ("", "GRAND TOTAL", 2_690_000.25, 1_210_000.25),
        ];
        for (at, (code, label, quebec, ontario)) in rows.iter().enumerate() {
            let row = 5 + at as u32;
            sheet.write(row, 0, *code).unwrap();
            sheet.write(row, 1, *label).unwrap();
            if *quebec > 0.0 {
                sheet.write(row, 2, *quebec).unwrap();
                sheet.write(row, 3, *ontario).unwrap();
                sheet.write(row, 4, quebec + ontario).unwrap();
            }
        }
    });
    assert_eq!(
        lines(&preview),
        [
            "Scenario | StoryAndRights | CAD 60000.00",
            "Producer | Producers | CAD 250000.00",
            "Production staff | ProductionOffice | CAD 400000.50",
            "Animation labour | Animation | CAD 3000000.00",
            "Indirect costs | Overhead | CAD 40000.00",
        ]
    );
    let producer = &preview.lines[1].line.spend;
    let parts: Vec<(&str, Option<Decimal>)> =
        producer.iter().map(|part| (part.jurisdiction.as_str(), part.share)).collect();
    assert_eq!(parts, [("CA-QC", Some(Decimal::new(8, 1))), ("CA-ON", Some(Decimal::new(2, 1)))]);
    for line in &preview.lines {
        assert_eq!(line.line.spend.iter().filter_map(|part| part.share).sum::<Decimal>(), Decimal::ONE);
    }
    assert_eq!(
        left(&preview),
        ["6 HEADING", "9 SUBTOTAL", "10 HEADING", "13 SUBTOTAL", "15 CONTINGENCY", "16 GRAND_TOTAL"]
    );
    assert_eq!((difference(&preview), faults(&preview)), (Some(0), Vec::new()));
}

/// French, as a spreadsheet of France writes it: chapters, semicolons, decimal commas, Western European bytes.
#[test]
fn a_french_estimate_by_chapters() {
    let text = "DEVIS;;\nMonnaie : EUR;;\nN°;Postes de dépenses;Montant HT\n\
                1;Droits artistiques;250 000,00 €\n2;Personnel;480 000,50 €\n3;Interprétation;95 000,00 €\n\
                4;Charges sociales;310 000,25 €\n5;Décors et costumes;640 000,00 €\n\
                ;dont layout;120 000,00 €\n7;Moyens techniques;1 200 000,00 €\n9;Assurances et divers;60 000,00 €\n\
                ;Imprévus;303 500,00 €\n;Coût total;3 338 500,75 €\n";
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(!lost);
    let book = Workbook::read("C:\\Films\\devis.csv", &bytes).unwrap();
    assert_eq!((book.encoding, book.separator), (Some("windows-1252"), Some(';')));
    let preview = preview(&book, &support::asked(Currency::CAD)).unwrap();
    assert_eq!((preview.sheet.as_str(), preview.currency), ("devis", Currency::EUR));
    assert_eq!(
        lines(&preview),
        [
            "Droits artistiques | StoryAndRights | EUR 250000.00",
            "Personnel | ProductionOffice | EUR 480000.50",
            "Interprétation | VoiceTalent | EUR 95000.00",
            "Charges sociales | Other | EUR 310000.25",
            "Décors et costumes | Backgrounds | EUR 640000.00",
            "Moyens techniques | Facilities | EUR 1200000.00",
            "Assurances et divers | Insurance | EUR 60000.00",
        ]
    );
    assert_eq!(left(&preview), ["9 OF_WHICH", "12 CONTINGENCY", "13 GRAND_TOTAL"]);
    assert_eq!((difference(&preview), faults(&preview)), (Some(0), Vec::new()));
}

/// A detail sheet: quantities times rates, accounts whose parts are listed below, no total column to trust.
#[test]
fn a_detail_sheet_of_quantities_and_rates() {
    let preview = of_csv(
        "Account,Description,Amount,Units,X,Rate,Total\n\
         4300,Animation,,,,,\"21,600.00\"\n\
         4301,Lead animators,4,Weeks,3,\"1,200.00\",\"14,400.00\"\n\
         4302,Animators,6,Weeks,1,\"1,200.00\",\"7,200.00\"\n\
         4600,Music,,,,,\"5,000.00\"\n\
         4601,Composer,1,Allow,1,\"4,999.00\",\"5,000.00\"\n\
         ,Total,,,,,\"26,600.00\"\n",
        Currency::GBP,
    );
    assert_eq!(
        lines(&preview),
        [
            "Lead animators | Animation | GBP 14400.00",
            "Animators | Animation | GBP 7200.00",
            "Music | Music | GBP 5000.00",
            "Composer | Music | GBP 5000.00",
        ]
    );
    assert_eq!(left(&preview), ["2 HAS_PARTS", "7 GRAND_TOTAL"]);
    // One part is not told from a coincidence: the difference says what is twice, and a person leaves it out.
    assert_eq!(difference(&preview), Some(-500_000));
    assert_eq!(faults(&preview), ["Budget!G6 PRODUCT_DIFFERS"]);
}

/// Without a total column the products are the amounts.
#[test]
fn rates_without_totals_make_the_amounts() {
    let preview = of_csv(
        "Item,Qty,Rate\nLead animator,12,\"2,500.50\"\nSoftware licences,,\"18,000.00\"\n",
        Currency::USD,
    );
    assert_eq!(
        lines(&preview),
        ["Lead animator | Animation | USD 30006.00", "Software licences | Facilities | USD 18000.00"]
    );
}

/// A price beside no quantity is what a line costs.
#[test]
fn a_price_alone_is_the_amount() {
    let preview = of_csv("Item,Price\nScore,\"9,000.00\"\n", Currency::USD);
    assert_eq!(lines(&preview), ["Score | Music | USD 9000.00"]);
    assert_eq!(preview.columns[1].meaning, Meaning::Amount);
}

/// A sheet of one's own: shares, phases, currencies and places in words.
#[test]
fn a_producers_own_sheet_with_shares_and_places() {
    let preview = of_xlsx(Currency::EUR, |sheet| {
        let percent = Format::new().set_num_format("0%");
        let heads =
            ["Line item", "Cost", "Currency", "Country", "Labour %", "Resident %", "Stage", "Comments"];
        for (column, head) in heads.iter().enumerate() {
            sheet.write(0, column as u16, *head).unwrap();
        }
        sheet.write(1, 0, "Storyboard").unwrap();
        sheet.write(1, 1, 120_000.1).unwrap();
        sheet.write(1, 2, "EUR").unwrap();
        sheet.write(1, 3, "Ireland").unwrap();
        sheet.write_with_format(1, 4, 0.9, &percent).unwrap();
        sheet.write(1, 5, 75.5).unwrap();
        sheet.write(1, 6, "Pre-production").unwrap();
        sheet.write(1, 7, "three artists").unwrap();
        sheet.write(2, 0, "Compositing").unwrap();
        sheet.write(2, 1, 300_000).unwrap();
        sheet.write(2, 2, "CAD").unwrap();
        sheet.write(2, 3, "Québec 60 %; FR 40 %").unwrap();
        sheet.write_with_format(2, 4, 0.5, &percent).unwrap();
        sheet.write(2, 5, 100).unwrap();
    });
    assert_eq!(
        lines(&preview),
        ["Storyboard | Storyboard | EUR 120000.10", "Compositing | LightingCompositing | CAD 300000.00"]
    );
    let first = &preview.lines[0].line;
    assert_eq!(
        (first.labour_share, first.resident_share),
        (Some(Decimal::new(9, 1)), Some(Decimal::new(755, 3)))
    );
    assert_eq!(first.phase, Some(recoup_deal::Phase::PreProduction));
    assert_eq!(first.notes.as_deref(), Some("three artists"));
    assert_eq!(preview.lines[1].line.spend.len(), 2);
    assert_eq!(preview.totals.lines.len(), 2);
    assert_eq!(faults(&preview), Vec::<String>::new());
}

/// No header at all: the texts name, the last column of numbers costs.
#[test]
fn a_list_without_a_header() {
    let preview = of_csv("Script\t1\t40000\nAnimation\t2\t900000\nMix\t3\t35000\n", Currency::EUR);
    assert_eq!(preview.header, None);
    assert_eq!(
        lines(&preview),
        [
            "Script | StoryAndRights | EUR 40000.00",
            "Animation | Animation | EUR 900000.00",
            "Mix | Sound | EUR 35000.00"
        ]
    );
}

/// Labour as amounts, as tax-credit budgets have it.
#[test]
fn labour_amounts_become_shares() {
    let preview =
        of_csv("Description,Total,Labour\nAnimation,1000.00,650.00\nMusic,400.00,500.00\n", Currency::CAD);
    assert_eq!(preview.lines[0].line.labour_share, Some(Decimal::new(65, 2)));
    assert_eq!(preview.lines[1].line.labour_share, None);
    assert_eq!(faults(&preview), ["Budget!C3 LABOUR_EXCEEDS"]);
}

/// What a person decides goes before what is guessed, column by column and row by row.
#[test]
fn decisions_go_before_guesses() {
    let text =
        "Acct,Description,Budget,Revised budget\n1,Widgets,100,120\n2,Contingency,10,12\n3,Gadgets,5,6\n";
    let book = Workbook::read("b.csv", text.as_bytes()).unwrap();
    let mut wanted: Asked = support::asked(Currency::USD);
    wanted.mapping = Mapping {
        columns: vec![ColumnChoice { column: 2, meaning: Meaning::Amount, place: None }],
        accounts: [("1".to_owned(), recoup_deal::Account::Music)].into(),
        place: Some("IE".to_owned()),
        currency: Some(Currency::EUR),
        ..Mapping::default()
    };
    wanted.keep = [3].into();
    wanted.leave = [4].into();
    let preview = preview(&book, &wanted).unwrap();
    assert_eq!(lines(&preview), ["Widgets | Music | EUR 100.00", "Contingency | Other | EUR 10.00"]);
    assert_eq!(left(&preview), ["4 LEFT_OUT"]);
    assert_eq!(preview.lines[0].line.spend[0].jurisdiction, "IE");
    let meanings: Vec<Meaning> = preview.columns.iter().map(|column| column.meaning).collect();
    assert_eq!(meanings, [Meaning::Code, Meaning::Label, Meaning::Amount, Meaning::Ignore]);
}

/// The sheet with the budget is found among others, and a hidden one is not.
#[test]
fn the_budget_is_found_among_sheets() {
    let mut writer = rust_xlsxwriter::Workbook::new();
    writer.add_worksheet().set_name("Cover").unwrap().write(0, 0, "A film").unwrap();
    let hidden = writer.add_worksheet().set_name("Old").unwrap();
    hidden.write_row(0, 0, ["Description", "Total"]).unwrap().set_hidden(true);
    hidden.write(1, 0, "Story").unwrap().write(1, 1, 5).unwrap();
    let sheet = writer.add_worksheet().set_name("Top sheet").unwrap();
    sheet.write_row(0, 0, ["Description", "Total"]).unwrap();
    sheet.write(1, 0, "Story").unwrap().write(1, 1, 7).unwrap();
    let book = Workbook::read("b.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    assert_eq!(preview(&book, &support::asked(Currency::USD)).unwrap().sheet, "Top sheet");
    let named = Asked { sheet: Some("Old".to_owned()), ..support::asked(Currency::USD) };
    assert_eq!(lines(&preview(&book, &named).unwrap()), ["Story | StoryAndRights | USD 5.00"]);
    let missing = Asked { sheet: Some("New".to_owned()), ..support::asked(Currency::USD) };
    assert_eq!(preview(&book, &missing).unwrap_err().code, "NO_SUCH_SHEET");
}

/// The same small top sheet as an office suite saves it in the other formats of spreadsheets.
#[test]
fn older_and_open_formats_read_alike() {
    let files: [(&str, &[u8]); 2] =
        [("xls", include_bytes!("files/top-sheet.xls")), ("ods", include_bytes!("files/top-sheet.ods"))];
    for (format, bytes) in files {
        let book = Workbook::read("top-sheet", bytes).unwrap();
        assert_eq!(book.format.name(), format);
        let preview = preview(&book, &support::asked(Currency::USD)).unwrap();
        assert_eq!(
            lines(&preview),
            ["Story & rights | StoryAndRights | USD 150000.00", "Animation | Animation | USD 5000000.50"]
        );
        assert_eq!(preview.lines[0].line.id, "1100-story-rights");
        assert_eq!((difference(&preview), left(&preview)), (Some(0), vec!["4 GRAND_TOTAL".to_owned()]));
    }
}
