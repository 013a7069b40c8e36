//! How cells of the workbook look: Arial, rules instead of boxes, a number format for each kind of figure.

use recoup_explain::Quantity;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::table::{ColumnKind, Figure, RowStyle};

/// Text that is said quietly.
pub(super) const NOTE: Color = Color::RGB(0x0056_6470);
/// The rule under a row.
const RULE: Color = Color::RGB(0x008C_98A3);
/// A typed cell.
const TYPED: Color = Color::RGB(0x0000_00C8);
const TYPED_GROUND: Color = Color::RGB(0x00EA_F2FB);
/// A link to another sheet.
const LINK: Color = Color::RGB(0x001E_6B3A);

/// What stands in a cell, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// A word, a formula or a result.
    Plain,
    /// A cell that may be typed over.
    Typed,
    /// Taken from another sheet.
    Link,
    /// Written by Recoup where no formula of a cell can follow.
    Written,
}

pub(super) fn base() -> Format {
    Format::new().set_font_name("Arial").set_font_size(9)
}

pub(super) fn title() -> Format {
    base().set_font_size(14).set_bold()
}

pub(super) fn quiet() -> Format {
    base().set_font_color(NOTE)
}

/// Running text over several columns.
pub(super) fn running() -> Format {
    base().set_text_wrap().set_align(FormatAlign::Top)
}

pub(super) fn heading() -> Format {
    base().set_bold().set_font_size(10)
}

/// The head of a column.
pub(super) fn head(words: bool) -> Format {
    let format = quiet()
        .set_border_top(FormatBorder::Medium)
        .set_border_bottom(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Bottom);
    // A column of words beside a column of figures would otherwise begin where the figures end.
    if words {
        format.set_align(FormatAlign::Left).set_indent(1)
    } else {
        format.set_align(FormatAlign::Right)
    }
}

/// A row's rules and weight.
pub(super) fn row(style: RowStyle) -> Format {
    let format = base()
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(RULE)
        .set_align(FormatAlign::Top);
    match style {
        RowStyle::Total => {
            let format = format.set_bold().set_border_top(FormatBorder::Medium);
            format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(Color::Black)
        }
        RowStyle::Subtotal => format.set_bold().set_border_top(FormatBorder::Thin),
        RowStyle::Group => format.set_bold(),
        RowStyle::Muted => format.set_font_color(NOTE),
        RowStyle::Note => format.set_font_color(NOTE).set_text_wrap(),
        RowStyle::Error => format.set_font_color(NOTE).set_font_size(8).set_align(FormatAlign::Right),
        RowStyle::Plain => format,
    }
}

/// A cell of words.
pub(super) fn words(style: RowStyle, first: bool) -> Format {
    let format = row(style).set_text_wrap();
    if first { format } else { format.set_align(FormatAlign::Left).set_indent(1) }
}

/// A cell of figures.
pub(super) fn figure(style: RowStyle, figure: &Figure, ink: Ink, french: bool) -> Format {
    inked(row(style), ink).set_num_format(number_format(figure, french)).set_align(FormatAlign::Right)
}

pub(super) fn inked(format: Format, ink: Ink) -> Format {
    match ink {
        Ink::Plain => format,
        Ink::Typed => format.set_font_color(TYPED).set_background_color(TYPED_GROUND).set_unlocked(),
        Ink::Link => format.set_font_color(LINK),
        Ink::Written => format.set_font_color(NOTE).set_italic(),
    }
}

/// The number format of a figure: as many decimals as its currency has, negatives in parentheses, zero a
/// dash. Separators are those of whoever opens the workbook.
pub(super) fn number_format(figure: &Figure, french: bool) -> String {
    let decimals =
        |places: usize| if places == 0 { String::new() } else { format!(".{}", "0".repeat(places)) };
    match (&figure.value, figure.kind) {
        (Quantity::Money(amount), _) => {
            let places = amount.currency().minor_per_major().to_string().len() - 1;
            let figures = format!("#,##0{}", decimals(places));
            format!("{figures}_);({figures});\"–\"_)")
        }
        (Quantity::Date(_), _) if french => "[$-40C]d mmm yyyy_)".to_owned(),
        (Quantity::Date(_), _) => "d mmm yyyy_)".to_owned(),
        (_, ColumnKind::Percent) => "0.0%_);(0.0%);\"–\"_)".to_owned(),
        (_, ColumnKind::Rate) => "0.00%_);(0.00%);\"–\"_)".to_owned(),
        (_, ColumnKind::Multiple) => "0.00\" ×\"_)".to_owned(),
        (_, ColumnKind::Money) => "#,##0.00_);(#,##0.00);\"–\"_)".to_owned(),
        (_, ColumnKind::Number | ColumnKind::Text | ColumnKind::Tag) => {
            "#,##0.######_);(#,##0.######);\"–\"_)".to_owned()
        }
    }
}
