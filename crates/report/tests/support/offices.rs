//! Workbooks in somebody else's office: LibreOffice recalculates them all in one run, and their cells are read.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use recoup_incentives::{Unit, Value};
use recoup_report::{Form, FormCell, FormPart, FormRow};
use rust_decimal::prelude::ToPrimitive;

/// Every cell computed anew when a workbook is opened: what stands in the file is not believed.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Each sheet of each workbook as text, with its values as they are and not as they are shown.
const SHEETS: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/// Rows of cells by workbook and sheet: `pack-Checks`.
pub(crate) type Sheets = BTreeMap<String, Vec<Vec<String>>>;

/// Whether an office answers here. A build server must have one.
pub(crate) fn is_here() -> bool {
    let found = Command::new("soffice").arg("--version").output().is_ok();
    assert!(
        found || std::env::var_os("CI").is_none() || !cfg!(target_os = "linux"),
        "cargo xtask setup installs it"
    );
    found
}

/// Recalculates workbooks in one run.
pub(crate) fn recalculated(books: &[(&str, Vec<u8>)]) -> Sheets {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile/user");
    std::fs::create_dir_all(&profile).unwrap();
    std::fs::write(profile.join("registrymodifications.xcu"), ALWAYS).unwrap();
    let out = folder.path().join("out");
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()));
    office.args(["--headless", "--convert-to", SHEETS, "--outdir"]).arg(&out);
    for (name, bytes) in books {
        let path = folder.path().join(format!("{name}.xlsx"));
        std::fs::write(&path, bytes).unwrap();
        office.arg(path);
    }
    let answer = office.output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let read = |path: &Path| rows(&std::fs::read_to_string(path).unwrap());
    let files = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(&path))).collect()
}

/// Cells between commas, quoted where they hold one.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for sign in text.chars() {
        match (sign, quoted) {
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(sign),
        }
    }
    rows
}

/// The live rows of a form, and beside each what the office computed. The rows of the sheet are those of the
/// form, in its order.
#[allow(dead_code)]
pub(crate) fn live<'f>(
    form: &'f Form,
    sheet: &[Vec<String>],
    from: &mut usize,
) -> Vec<(&'f FormRow, String)> {
    let mut found = Vec::new();
    for row in &form.rows {
        let offset = sheet[*from..].iter().position(|cells| cells.get(1) == Some(&row.label));
        let at = *from + offset.unwrap_or_else(|| panic!("{} stands in no row", row.key));
        *from = at + 1;
        let is_live = matches!(row.cell, FormCell::Computed(_) | FormCell::Asked { .. });
        if is_live && row.unit != Unit::List {
            found.push((row, sheet[at].get(5).cloned().unwrap_or_default()));
        }
    }
    found
}

/// Whether a cell says what the engine says: numbers within half a minor unit, and a hundredth of that for what is
/// no amount.
#[allow(dead_code)]
pub(crate) fn says(cell: &str, row: &FormRow) -> bool {
    let wanted = match &row.value {
        Value::Number(number) => number.to_f64().unwrap(),
        Value::Flag(flag) => return cell == if *flag { "TRUE" } else { "FALSE" },
        Value::Text(word) => return cell == word,
        Value::Absent if row.part == FormPart::Conditions => return cell.contains("undecided"),
        Value::Absent => return cell == "n/a",
        Value::List(_) => return false,
    };
    let (digits, scale) = cell.strip_suffix('%').map_or((cell, 1.0), |digits| (digits, 100.0));
    let near = if row.unit == Unit::Money { 0.005 } else { 0.000_05 };
    digits.parse::<f64>().is_ok_and(|live| (live / scale - wanted).abs() < near)
}
