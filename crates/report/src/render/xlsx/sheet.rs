//! One sheet of the workbook, cell by cell.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, Format, FormatAlign, Formula, ProtectionOptions, Worksheet,
};

use crate::document::Document;
use crate::edition::Language;
use crate::error::ReportError;
use crate::format::Figures;
use crate::references::compact;
use crate::render::xlsx::checks::{Check, Printed};
use crate::render::xlsx::columns::widths;
use crate::render::xlsx::figures::{formula_text, value};
use crate::render::xlsx::formats::{self, Ink};
use crate::render::xlsx::plan::{FIRST_ROW, Item, LEFT, Place, Plan, Sheet};
use crate::render::xlsx::{charts, form, months, workings};
use crate::table::{Cell, Column, ColumnKind, Row, RowStyle, Table};
use crate::words::Words;

/// Writes sheets by the plan and remembers what to check.
pub(super) struct Writer<'a> {
    pub document: &'a Document,
    pub plan: &'a Plan<'a>,
    pub words: &'static Words,
    pub figures: Figures,
    /// Live cells with what the pack prints.
    pub checks: Vec<Check>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &'a Document, plan: &'a Plan<'a>) -> Self {
        let language = document.edition.language;
        Self {
            document,
            plan,
            words: Words::of(language),
            figures: Figures::of(language),
            checks: Vec::new(),
        }
    }

    pub(super) fn is_french(&self) -> bool {
        self.document.edition.language == Language::French
    }

    /// Name, title, state, and whether the checks hold.
    pub(super) fn open(
        &self,
        sheet: &mut Worksheet,
        name: &str,
        title: &str,
        columns: u16,
    ) -> Result<(), ReportError> {
        let document = self.document;
        sheet.set_name(name)?;
        sheet.set_screen_gridlines(false);
        sheet.set_column_width(0, 2)?;
        sheet.write_string_with_format(0, LEFT, title, &formats::title())?;
        let state = self.words.with(
            "sheet.state",
            &[
                ("film", &document.title),
                ("currency", &document.currency),
                ("date", &document.as_of),
                ("model", &document.fingerprint),
            ],
        );
        sheet.write_string_with_format(1, LEFT, state, &formats::quiet())?;
        let verdict = format!(
            "=IF(chk_all,\"{}\",\"{}\")",
            self.words.say("checks.hold"),
            self.words.say("checks.fail")
        );
        let at = (1, LEFT + columns.saturating_sub(1));
        let holds = Formula::new(verdict).set_result(self.words.say("checks.hold"));
        let format = formats::quiet().set_bold().set_align(FormatAlign::Right);
        sheet.write_formula_with_format(at.0, at.1, holds, &format)?;
        let alarm = Format::new().set_background_color(0x0000_0000).set_font_color(0x00FF_FFFF).set_bold();
        let broken = ConditionalFormatFormula::new().set_rule("=NOT(chk_all)").set_format(alarm);
        sheet.add_conditional_format(at.0, at.1, at.0, at.1, &broken)?;
        Ok(())
    }

    /// Page set-up: landscape A4 one page wide, head repeated, film and model on every page.
    pub(super) fn finish(
        &self,
        sheet: &mut Worksheet,
        last_row: u32,
        last_column: u16,
        head: Option<u32>,
    ) -> Result<(), ReportError> {
        let document = self.document;
        let plain = |text: &str| text.replace('&', "&&");
        let tall = if last_row <= 62 { 1 } else { 0 };
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, tall);
        sheet.set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3);
        sheet.set_header(format!(
            "&L&7&\"Arial,Bold\"{}&\"Arial,Regular\"  &A&R&7{}  {}",
            plain(&document.title),
            plain(&document.reader),
            document.as_of
        ));
        sheet.set_footer(format!(
            "&L&7{}&R&7{} {}  {} &P {} &N",
            plain(&document.confidentiality),
            self.words.say("page.model"),
            document.fingerprint,
            self.words.say("page.page"),
            self.words.say("page.of")
        ));
        sheet.set_print_area(0, 0, last_row, last_column)?;
        if let Some(head) = head {
            sheet.set_repeat_rows(head, head)?;
        }
        let options = ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            sort: true,
            ..ProtectionOptions::new()
        };
        sheet.protect_with_options(&options);
        Ok(())
    }

    /// One planned sheet.
    pub(super) fn sheet(&mut self, sheet: &mut Worksheet, index: usize) -> Result<(), ReportError> {
        let plan = self.plan;
        let Some(planned) = plan.sheets.get(index) else { return Ok(()) };
        let months = planned.items.iter().find_map(|(_, item)| match item {
            Item::Months(months) => Some(*months),
            Item::Heading(_)
            | Item::Text(_)
            | Item::Table { .. }
            | Item::Form { .. }
            | Item::Workings(..)
            | Item::Rounds(..)
            | Item::Ledger(_) => None,
        });
        if let Some((at, Item::Ledger(ledger))) = planned.items.first() {
            return super::ledger::write(sheet, self, (index, *at), ledger);
        }
        let live = planned.items.iter().find_map(|(_, item)| match item {
            Item::Workings(workings, _) => Some((workings.intro.as_str(), workings.months.len())),
            Item::Rounds(rounds, _) => Some((rounds.intro.as_str(), rounds.months.len())),
            _ => None,
        });
        if let Some((intro, months)) = live {
            return self.live(sheet, index, intro, months);
        }
        let columns = months.map_or(planned.slots.len() as u16, |months| months.months.len() as u16 + 3);
        self.open(sheet, &planned.name, &planned.title, columns)?;
        let widths = widths(planned, self.figures);
        for (index, width) in widths.iter().enumerate() {
            sheet.set_column_width(LEFT + index as u16, *width)?;
        }
        let room: f64 = if widths.is_empty() { 150.0 } else { widths.iter().sum() };
        let last = LEFT + columns.saturating_sub(1);
        running(sheet, 2, last, planned.lead, room, &formats::running().set_italic())?;
        for (at, item) in &planned.items {
            match item {
                Item::Heading(text) => {
                    sheet.write_string_with_format(*at, LEFT, *text, &formats::heading())?;
                }
                Item::Text(text) => running(sheet, *at, last, text, room, &formats::running())?,
                Item::Table { table, columns, chart } => {
                    self.table(sheet, index, (*at, table, columns), &widths)?;
                    if *chart {
                        charts::stack(sheet, self, (&planned.name, *at, table, columns))?;
                    }
                }
                Item::Months(rows) => months::write(sheet, self, (index, &planned.name, *at, rows))?,
                Item::Form { form, layout } => {
                    form::write(sheet, self, (index, &planned.name), form, layout)?;
                }
                Item::Workings(..) | Item::Rounds(..) | Item::Ledger(_) => {}
            }
        }
        let head = head(planned);
        match (months, head) {
            (Some(_), _) => sheet.set_freeze_panes(FIRST_ROW + 1, LEFT + 1)?,
            (None, Some(head)) => sheet.set_freeze_panes(head + 1, LEFT + 1)?,
            (None, None) => sheet.set_freeze_panes(FIRST_ROW - 1, 0)?,
        };
        let repeat = if months.is_some() { Some(FIRST_ROW) } else { head };
        self.finish(sheet, planned.end.saturating_sub(1), last, repeat)?;
        if let Some(months) = months {
            // Twelve to fifteen months a page are legible; names stand on each.
            let pages = (months.months.len() as u16 + 3).div_ceil(15);
            sheet.set_print_fit_to_pages(pages, 1);
            sheet.set_repeat_columns(0, LEFT)?;
        }
        Ok(())
    }

    /// A sheet of workings: the same columns all the way down, months in the head.
    fn live(
        &mut self,
        sheet: &mut Worksheet,
        index: usize,
        intro: &str,
        months: usize,
    ) -> Result<(), ReportError> {
        let plan = self.plan;
        let Some(planned) = plan.sheets.get(index) else { return Ok(()) };
        self.open(sheet, &planned.name, &planned.title, 8)?;
        running(sheet, 2, LEFT + 7, intro, 150.0, &formats::running())?;
        for (at, item) in &planned.items {
            match item {
                Item::Workings(rows, stand) => workings::write(sheet, self, (index, *at), rows, stand)?,
                Item::Rounds(rounds, stand) => {
                    workings::write_rounds(sheet, self, (index, *at), rounds, stand)?
                }
                _ => {}
            }
        }
        workings::widths(sheet, months)?;
        sheet.set_freeze_panes(FIRST_ROW + 1, workings::FIRST)?;
        let last = workings::FIRST + months as u16;
        self.finish(sheet, planned.end.saturating_sub(1), last, Some(FIRST_ROW))?;
        sheet.set_print_fit_to_pages((months as u16 + 5).div_ceil(14), 0);
        sheet.set_repeat_columns(0, LEFT)?;
        Ok(())
    }

    fn table(
        &mut self,
        sheet: &mut Worksheet,
        index: usize,
        (at, table, columns): (u32, &Table, &[u16]),
        widths: &[f64],
    ) -> Result<(), ReportError> {
        let last = LEFT + self.plan.sheets.get(index).map_or(1, |sheet| sheet.slots.len() as u16) - 1;
        for column in LEFT..=last {
            sheet.write_blank(at, column, &formats::head(true))?;
        }
        for (place, (column, number)) in columns.iter().zip(table.columns.iter().zip(0..)) {
            let words = column.kind == ColumnKind::Text;
            let format = formats::head(words);
            let format = if number == 0 && words { format.set_indent(0) } else { format };
            sheet.write_string_with_format(at, *place, &column.header, &format)?;
        }
        for (offset, row) in table.rows.iter().enumerate() {
            let row_at = at + 1 + offset as u32;
            for column in LEFT..=last {
                sheet.write_blank(row_at, column, &formats::row(row.style))?;
            }
            if let (RowStyle::Note, Some(Cell::Text(text))) = (row.style, row.cells.first()) {
                let room = widths.iter().sum();
                running(sheet, row_at, last, text, room, &formats::row(row.style))?;
                continue;
            }
            sheet.set_row_height(row_at, height(row, columns, widths))?;
            for (number, (cell, place)) in row.cells.iter().zip(columns).enumerate() {
                let Some(column) = table.columns.get(number) else { continue };
                let place = Place { sheet: index, row: row_at, column: *place };
                self.cell(sheet, place, (cell, column, number), (row, table, at + 1))?;
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        sheet: &mut Worksheet,
        place: Place,
        (cell, column, number): (&Cell, &Column, usize),
        (row, table, first): (&Row, &Table, u32),
    ) -> Result<(), ReportError> {
        match cell {
            Cell::Blank => {}
            Cell::Tags(tags) => {
                let format =
                    formats::row(row.style).set_align(FormatAlign::Right).set_font_color(0x000B_5563);
                sheet.write_string_with_format(place.row, place.column, compact(tags), &format)?;
            }
            Cell::Text(text) | Cell::Key { text, .. } => {
                let format = formats::words(row.style, number == 0);
                let offered = !column.options.is_empty() && column.options.contains(text);
                let format = if row.style == RowStyle::Group { formats::row(row.style) } else { format };
                let format = if offered { formats::inked(format, Ink::Typed) } else { format };
                sheet.write_string_with_format(place.row, place.column, text, &format)?;
                if offered {
                    let list = DataValidation::new().allow_list_strings(&column.options)?;
                    sheet.add_data_validation(place.row, place.column, place.row, place.column, &list)?;
                }
            }
            Cell::Verdict { text, met, words } => {
                let format = formats::words(row.style, false);
                // What cannot be computed has no answer to choose by.
                match self.plan.named_cell(met, place.sheet).filter(|_| words.contains(text)) {
                    Some(cell) => {
                        let verdict = format!("=IF({cell},\"{}\",\"{}\")", words[0], words[1]);
                        let verdict = Formula::new(verdict).set_result(text);
                        sheet.write_formula_with_format(place.row, place.column, verdict, &format)?;
                    }
                    None => {
                        sheet.write_string_with_format(place.row, place.column, text, &format)?;
                    }
                }
            }
            Cell::Figure(figure) => {
                let live = row.formula.as_ref().and_then(|formula| {
                    let result = table.result(formula, number)?;
                    let own = figure.value.as_money()?.minor();
                    (result == own).then(|| formula_text(formula, first, place.column))
                });
                if let (Some(_), Some(Cell::Text(label))) = (&live, row.cells.first())
                    && self.plan.home(figure) == Some(place)
                {
                    let label = format!("{label}, {}", column.header);
                    let printed = Printed::Number(value(&figure.value));
                    self.checks.push(Check { label, place, printed });
                }
                self.figure(sheet, place, figure, row.style, live)?;
            }
        }
        Ok(())
    }
}

/// How high a row must be for its words.
fn height(row: &Row, columns: &[u16], widths: &[f64]) -> f64 {
    let lines = row.cells.iter().zip(columns).map(|(cell, place)| {
        let (Cell::Text(text) | Cell::Key { text, .. }) = cell else { return 1.0 };
        if row.style == RowStyle::Group {
            return 1.0;
        }
        let width = widths.get(usize::from(*place - LEFT)).copied().unwrap_or(20.0);
        lines_of(text, width)
    });
    lines.fold(1.0_f64, f64::max) * 12.0 + 1.5
}

/// Lines a text takes in a column, a word that is too long broken where the column ends.
pub(super) fn lines_of(text: &str, width: f64) -> f64 {
    (text.chars().count() as f64 * 0.95 / (width - 1.0).max(4.0)).ceil().max(1.0)
}

/// The head of the only table of a sheet: it is frozen and repeated.
fn head(sheet: &Sheet<'_>) -> Option<u32> {
    let mut tables = sheet.items.iter().filter(|(_, item)| matches!(item, Item::Table { .. }));
    match (tables.next(), tables.next()) {
        (Some((at, _)), None) => Some(*at),
        _ => None,
    }
}

/// A sentence over the whole width, as high as it needs.
pub(super) fn running(
    sheet: &mut Worksheet,
    row: u32,
    last: u16,
    text: &str,
    room: f64,
    format: &Format,
) -> Result<(), ReportError> {
    if text.is_empty() {
        return Ok(());
    }
    if last > LEFT {
        sheet.merge_range(row, LEFT, row, last, text, format)?;
    } else {
        sheet.write_string_with_format(row, LEFT, text, format)?;
    }
    let lines = (text.chars().count() as f64 / (room * 1.05).max(20.0)).ceil().max(1.0);
    sheet.set_row_height(row, lines * 12.5)?;
    Ok(())
}
