//! Files and cells that are wrong: a refusal for what is no sheet, a fault at its cell for the rest.
#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write as _;

use recoup_money::Currency;
use recoup_sheets::{MAX_FILE_BYTES, Workbook, preview};
use rust_xlsxwriter::{Format, Formula};
use support::{faults, left, lines, of_csv, of_xlsx, xlsx};
use zip::{ZipWriter, write::SimpleFileOptions};

fn refusal(bytes: &[u8]) -> &'static str {
    Workbook::read("budget.xlsx", bytes).err().map_or("", |error| error.code)
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn files_that_are_no_sheets_are_refused() {
    assert_eq!(refusal(b""), "SHEET_EMPTY");
    assert_eq!(refusal(b"\n\n,,\n"), "SHEET_EMPTY");
    assert_eq!(refusal(&xlsx(|_| {})), "SHEET_EMPTY");
    assert_eq!(refusal(b"PK\x03\x04 and no more"), "SHEET_UNREADABLE");
    assert_eq!(refusal(b"%PDF-1.7\n"), "SHEET_UNREADABLE");
    assert_eq!(refusal(&packed(&[("readme.txt", b"hello")])), "SHEET_UNREADABLE");
    assert_eq!(refusal(&packed(&[("xl/workbook.bin", b"\0\0")])), "SHEET_UNREADABLE");
    assert_eq!(refusal(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), "SHEET_UNREADABLE");
    assert_eq!(refusal(&vec![b'a'; MAX_FILE_BYTES + 1]), "SHEET_TOO_LARGE");
}

#[test]
fn a_workbook_behind_a_password_says_so() {
    // The container of the older format with the entry that an encrypted workbook has.
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refusal(&bytes), "SHEET_ENCRYPTED");
}

#[test]
fn a_file_that_unpacks_to_too_much_is_not_unpacked() {
    let zeros = vec![0_u8; 81 * 1024 * 1024];
    let bomb = packed(&[("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < MAX_FILE_BYTES);
    assert_eq!(refusal(&bomb), "SHEET_TOO_LARGE");
}

#[test]
fn cells_far_away_cost_no_memory() {
    let far = xlsx(|sheet| {
        sheet.write(0, 0, "Description").unwrap();
        sheet.write(1_000_000, 16_000, 1).unwrap();
    });
    assert_eq!(refusal(&far), "SHEET_TOO_LONG");
    let wide = xlsx(|sheet| {
        sheet.write(0, 16_000, 1).unwrap();
    });
    assert_eq!(refusal(&wide), "SHEET_TOO_WIDE");
    let long: String = (0..=10_000).map(|row| format!("Line {row},1\n")).collect();
    assert_eq!(Workbook::read("l.csv", long.as_bytes()).unwrap_err().code, "SHEET_TOO_LONG");
}

#[test]
fn cut_files_are_refused_and_never_panic() {
    let whole = xlsx(|sheet| {
        sheet.write_row(0, 0, ["Description", "Total"]).unwrap();
        sheet.write(1, 0, "Story").unwrap().write(1, 1, 7).unwrap();
    });
    for length in (0..whole.len()).step_by(97) {
        assert!(Workbook::read("cut.xlsx", &whole[..length]).is_err(), "{length}");
    }
    for at in (0..whole.len()).step_by(131) {
        let mut bent = whole.clone();
        bent[at] ^= 0x5a;
        // It may still read; what matters is that it answers.
        let _ = Workbook::read("bent.xlsx", &bent);
    }
}

#[test]
fn a_bad_cell_does_not_lose_the_rest() {
    let preview = of_csv(
        "Description,Total,Currency,Spent in,Labour %\n\
         Story,fifty,EUR,IE,40 %\n\
         Animation,1000.005,EUR,Atlantis,140 %\n\
         Music,-200.00,XXY,FR,30 %\n\
         Sound,99999999999999999999,EUR,FR,\n",
        Currency::EUR,
    );
    assert_eq!(
        faults(&preview),
        [
            "Budget!B2 NOT_A_NUMBER",
            "Budget!B3 ROUNDED",
            "Budget!D3 UNKNOWN_PLACE",
            "Budget!E3 NOT_A_SHARE",
            "Budget!B4 NEGATIVE",
            "Budget!C4 UNKNOWN_CURRENCY",
            "Budget!B5 AMOUNT_TOO_LARGE"
        ]
    );
    assert_eq!(
        lines(&preview),
        [
            "Story | StoryAndRights | -",
            "Animation | Animation | EUR 1000.01",
            "Music | Music | EUR -200.00",
            "Sound | Sound | -"
        ]
    );
    assert_eq!(preview.lines[0].line.spend[0].jurisdiction, "IE");
    assert_eq!(preview.faults[0].given, "fifty");
}

#[test]
fn formulas_without_a_result_are_named_at_their_cell() {
    let preview = of_xlsx(Currency::USD, |sheet| {
        sheet.write_row(0, 0, ["Acct", "Description", "Total"]).unwrap();
        sheet.write(1, 0, "1100").unwrap().write(1, 1, "Story").unwrap();
        sheet.write_formula(1, 2, Formula::new("=Sheet9!A1").set_result("#REF!")).unwrap();
        sheet.write(2, 0, "4300").unwrap().write(2, 1, "Animation").unwrap();
        sheet.write_formula(2, 2, Formula::new("=2*500.25").set_result("1000.5")).unwrap();
    });
    assert_eq!(lines(&preview), ["Story | StoryAndRights | -", "Animation | Animation | USD 1000.50"]);
    assert_eq!(preview.faults.len(), 1);
    assert_eq!(
        (preview.faults[0].cell.as_str(), preview.faults[0].given.as_str()),
        ("Top Sheet!C2", "#REF!")
    );
}

#[test]
fn merged_names_belong_to_each_of_their_rows_and_merged_amounts_to_one() {
    let preview = of_xlsx(Currency::USD, |sheet| {
        let plain = Format::new();
        sheet.write_row(0, 0, ["Department", "Detail", "Total"]).unwrap();
        sheet.merge_range(1, 0, 2, 0, "Animation", &plain).unwrap();
        sheet.write(1, 1, "Leads").unwrap().write(1, 2, 700).unwrap();
        sheet.write(2, 1, "Crew").unwrap().write(2, 2, 300).unwrap();
        sheet.write(3, 0, "Music").unwrap();
        sheet.merge_range(3, 2, 4, 2, "", &plain).unwrap();
        sheet.write(3, 2, 50).unwrap();
    });
    assert_eq!(preview.lines.iter().map(|line| line.line.amount.unwrap().minor()).sum::<i64>(), 105_000);
    assert_eq!(preview.lines.len(), 3);
}

#[test]
fn float_noise_is_rounded_away_without_a_word() {
    let preview = of_xlsx(Currency::USD, |sheet| {
        sheet.write_row(0, 0, ["Description", "Total", "Labour %"]).unwrap();
        sheet.write(1, 0, "Story").unwrap().write(1, 1, 0.1 + 0.2).unwrap().write(1, 2, 0.1 + 0.2).unwrap();
        sheet.write(2, 0, "Music").unwrap().write(2, 1, 1234.567).unwrap();
    });
    assert_eq!(lines(&preview), ["Story | StoryAndRights | USD 0.30", "Music | Music | USD 1234.57"]);
    assert_eq!(preview.lines[0].line.labour_share.unwrap().to_string(), "0.3");
    assert_eq!(faults(&preview), ["Top Sheet!B3 ROUNDED"]);
}

#[test]
fn totals_that_are_not_sums_are_said_to_be_none() {
    let preview = of_csv(
        "Acct,Description,Total\n1100,Story,100\n1200,Producers,200\n,Total Above the Line,310\n4300,Animation,900\n,Grand Total,1300\n",
        Currency::USD,
    );
    assert_eq!(left(&preview), ["4 SUBTOTAL", "6 GRAND_TOTAL"]);
    assert_eq!(faults(&preview), ["Budget!C4 SUBTOTAL_DIFFERS"]);
    assert_eq!(preview.totals.stated.as_ref().unwrap().0, "Budget!C6");
    assert_eq!(preview.totals.difference.unwrap().to_string(), "USD 100.00");
}

#[test]
fn totals_of_several_currencies_are_not_compared() {
    let preview = of_csv("Description,Total\nStory,€100\nMusic,£50\nTotal,€160\n", Currency::EUR);
    assert_eq!(preview.totals.lines.len(), 2);
    assert_eq!(preview.totals.difference, None);
}

#[test]
fn a_header_alone_gives_no_lines() {
    let book = Workbook::read("b.csv", b"Acct,Description,Total\n").unwrap();
    let preview = preview(&book, &support::asked(Currency::USD)).unwrap();
    assert!(preview.lines.is_empty() && preview.rows.is_empty());
}
