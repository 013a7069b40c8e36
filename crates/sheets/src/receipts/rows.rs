//! Rows as lines of a statement, cell by cell.

use recoup_calendar::{Date, Period};
use recoup_deal::Language;
use recoup_deal::actuals::{Deduction, DeductionKind, StatementLine};
use recoup_money::{Currency, Money};
use rust_decimal::Decimal;

use super::columns::{Read, ReceiptsMapping};
use super::days::{DayOrder, is_doubtful, order_of, read_day, read_period};
use super::meaning::ReceiptMeaning;
use super::sources::Naming;
use crate::{
    columns::Mapping,
    dialect::currency_in,
    fault::{CellFault, FaultCode},
    grid::{CellValue, Sheet},
    lines::{Faults, Ground},
    number::DecimalMark,
};

/// What the reader of a statement knows.
pub(super) struct Reader<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) columns: &'a [Read],
    pub(super) mapping: &'a ReceiptsMapping,
    pub(super) mark: Option<DecimalMark>,
    pub(super) currency: Currency,
    pub(super) order: DayOrder,
    /// Nothing in the sheet decides the order of its days.
    pub(super) doubtful: bool,
    pub(super) language: Language,
}

/// The amounts of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Amounts {
    pub(super) gross: Option<Money>,
    pub(super) deductions: Vec<(DeductionKind, Money)>,
    pub(super) net: Option<Money>,
}

impl Reader<'_> {
    pub(super) fn columns_of(&self, meaning: ReceiptMeaning) -> impl Iterator<Item = usize> + '_ {
        let mine = move |(_, read): &(usize, &Read)| read.meaning == meaning;
        self.columns.iter().enumerate().filter(mine).map(|(at, _)| at)
    }

    pub(super) fn column(&self, meaning: ReceiptMeaning) -> Option<usize> {
        self.columns_of(meaning).next()
    }

    fn text(&self, row: usize, meaning: ReceiptMeaning) -> String {
        self.column(meaning).map(|column| self.sheet.cell(row, column).shown()).unwrap_or_default()
    }

    pub(super) fn naming(&self, row: usize) -> Naming {
        Naming {
            source: self.text(row, ReceiptMeaning::Source),
            territory: self.text(row, ReceiptMeaning::Territory),
            window: self.text(row, ReceiptMeaning::Window),
        }
    }

    /// The days a row reports on: its own, else those of the row above it that had some, else as decided.
    pub(super) fn period(&self, row: usize, faults: &mut Faults) -> Option<Period> {
        let from = self.day(row, ReceiptMeaning::From, faults);
        let to = self.day(row, ReceiptMeaning::To, faults);
        if let (Some(from), Some(to)) = (from, to) {
            let column = self.column(ReceiptMeaning::To).unwrap_or(0);
            let period = Period::new(from, to).ok();
            if period.is_none() {
                faults.push(self.fault((row, column), FaultCode::PeriodReversed));
            }
            return period;
        }
        let column = self.column(ReceiptMeaning::Period)?;
        let shown = self.sheet.cell(row, column).shown();
        if shown.is_empty() {
            return None;
        }
        let period = read_period(&shown, self.order);
        if period.is_none() {
            faults.push(self.fault((row, column), FaultCode::NotAPeriod));
        }
        period
    }

    /// The day of a cell; none where it is empty or cannot be read, which is then said.
    pub(super) fn day(&self, row: usize, meaning: ReceiptMeaning, faults: &mut Faults) -> Option<Date> {
        let column = self.column(meaning)?;
        let shown = self.sheet.cell(row, column).shown();
        if shown.is_empty() {
            return None;
        }
        let day = read_day(&shown, self.order);
        match day {
            None => faults.push(self.fault((row, column), FaultCode::NotADay)),
            Some(day) if self.doubtful && is_doubtful(&shown) => {
                faults.push(self.fault((row, column), FaultCode::DayDoubtful).with(day));
            }
            Some(_) => {}
        }
        day
    }

    fn fault(&self, at: (usize, usize), code: FaultCode) -> CellFault {
        CellFault::at(self.sheet, at, code)
    }

    /// What reads numbers and amounts in budgets reads them here.
    fn with_ground<T>(&self, read: impl FnOnce(&Ground<'_>) -> T) -> T {
        let mapping = Mapping::default();
        read(&Ground {
            sheet: self.sheet,
            columns: &[],
            mapping: &mapping,
            mark: self.mark,
            currency: self.currency,
            parties: &[],
            language: self.language,
            points: Vec::new(),
        })
    }

    fn currency(&self, row: usize, faults: &mut Faults) -> (Currency, bool) {
        let Some(column) = self.column(ReceiptMeaning::Currency) else { return (self.currency, false) };
        let shown = self.sheet.cell(row, column).shown();
        if shown.is_empty() {
            return (self.currency, false);
        }
        match currency_in(&shown.to_uppercase()) {
            Some(currency) => (currency, true),
            None => {
                faults.push(self.fault((row, column), FaultCode::UnknownCurrency).with(self.currency));
                (self.currency, false)
            }
        }
    }

    /// The amounts of a row, in one currency, and what they leave unsaid worked out.
    pub(super) fn amounts(&self, row: usize, faults: &mut Faults) -> Amounts {
        let (mut currency, mut typed) = self.currency(row, faults);
        let mut money = |column: usize, faults: &mut Faults| {
            let amount = self.with_ground(|ground| ground.money((row, column), (currency, typed), faults))?;
            // The first amount that names a currency names it for its row.
            (currency, typed) = (amount.currency(), true);
            Some(amount)
        };
        let net = self.column(ReceiptMeaning::Net).and_then(|column| money(column, faults));
        let gross = self.column(ReceiptMeaning::Gross).and_then(|column| money(column, faults));
        let mut deductions = Vec::new();
        for (column, read) in self.columns.iter().enumerate() {
            let ReceiptMeaning::Deduction(kind) = read.meaning else { continue };
            if let Some(amount) = money(column, faults).filter(|amount| !amount.is_zero()) {
                deductions.push((kind, amount));
            }
        }
        let mut amounts = Amounts { gross, deductions, net };
        amounts.settle_signs();
        if let (Some(left), Some(net)) = (amounts.left(), amounts.net) {
            let column = self.column(ReceiptMeaning::Net).unwrap_or(0);
            if left != net {
                faults.push(self.fault((row, column), FaultCode::NetDiffers).with(left));
            }
        }
        amounts
    }

    /// A plain number above nothing.
    fn number(&self, row: usize, meaning: ReceiptMeaning, faults: &mut Faults) -> Option<Decimal> {
        let column = self.column(meaning)?;
        let (value, ..) = self.with_ground(|ground| ground.number((row, column), 6, faults))?;
        Some(value.normalize())
    }

    /// A row as a line; its id is given by the caller.
    pub(super) fn line(
        &self,
        row: usize,
        source: &str,
        amounts: &Amounts,
        faults: &mut Faults,
    ) -> Option<StatementLine> {
        let amount = amounts.net.or_else(|| amounts.left())?;
        let deductions = amounts.deductions.iter().enumerate().map(|(at, (kind, amount))| Deduction {
            id: format!("{}-{}", ReceiptMeaning::Deduction(*kind).name().replace('_', "-"), at + 1),
            kind: *kind,
            amount: *amount,
        });
        let notes: Vec<String> = self
            .columns_of(ReceiptMeaning::Note)
            .map(|column| self.sheet.cell(row, column).shown())
            .filter(|note| !note.is_empty())
            .collect();
        Some(StatementLine {
            id: String::new(),
            source: source.to_owned(),
            gross: amounts.gross,
            deductions: deductions.collect(),
            amount,
            rate: self.number(row, ReceiptMeaning::Rate, faults).filter(|rate| *rate > Decimal::ZERO),
            units: self.number(row, ReceiptMeaning::Units, faults),
            note: (!notes.is_empty()).then(|| notes.join("\n")),
        })
    }
}

impl Amounts {
    /// The gross less the deductions.
    pub(super) fn left(&self) -> Option<Money> {
        self.deductions.iter().try_fold(self.gross?, |left, (_, amount)| left.checked_sub(*amount).ok())
    }

    /// Deductions are amounts taken off, however the sheet signs them: where only their opposites add up to the net,
    /// or nothing says more than that they stand below nothing beside a gross that does not.
    fn settle_signs(&mut self) {
        let turned: Option<Vec<(DeductionKind, Money)>> = self
            .deductions
            .iter()
            .map(|(kind, amount)| amount.checked_neg().ok().map(|amount| (*kind, amount)))
            .collect();
        let Some(turned) = turned.map(|deductions| Self { deductions, ..self.clone() }) else { return };
        let adds_up = |one: &Self| one.net.is_some() && one.left() == one.net;
        let below = !self.deductions.is_empty()
            && self.deductions.iter().all(|(_, amount)| amount.is_negative())
            && self.gross.is_none_or(|gross| !gross.is_negative());
        if !adds_up(self) && (adds_up(&turned) || below) {
            *self = turned;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.gross.is_none() && self.net.is_none()
    }
}

/// Which comes first in the days of a sheet, and whether anything in it decides.
pub(super) fn order(
    sheet: &Sheet,
    columns: &[Read],
    first: usize,
    decided: Option<DayOrder>,
    language: Language,
) -> (DayOrder, bool) {
    if let Some(order) = decided {
        return (order, false);
    }
    let dated = columns.iter().enumerate().filter(|(_, read)| {
        matches!(
            read.meaning,
            ReceiptMeaning::From | ReceiptMeaning::To | ReceiptMeaning::Received | ReceiptMeaning::Period
        )
    });
    let dated: Vec<usize> = dated.map(|(at, _)| at).collect();
    for row in first..sheet.rows.len() {
        for column in &dated {
            let CellValue::Text(text) = &sheet.cell(row, *column).value else { continue };
            let sides = text.split(['–', '—', '→']).chain(std::iter::once(text.as_str()));
            if let Some(order) = sides.filter_map(|side| order_of(side.trim())).next() {
                return (order, false);
            }
        }
    }
    match language {
        Language::French => (DayOrder::DayFirst, false),
        Language::English => (DayOrder::DayFirst, true),
    }
}
