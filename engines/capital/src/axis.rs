//! The months of the cash flow.

use std::collections::HashMap;

use recoup_calendar::{Date, DayCount, YearMonth};
use recoup_explain::{Book, Cells, NodeId, Operation};

/// The months of the cash flow, from the first to the last in which production cash moves.
#[derive(Debug, Clone)]
pub struct Axis {
    first: YearMonth,
    months: usize,
    origin: i32,
    labels: Vec<String>,
    fractions: HashMap<(i32, DayCount), NodeId>,
    years: HashMap<(Date, Date, DayCount), NodeId>,
}

impl Axis {
    /// The months that hold all these days; month 0 is `start`'s.
    pub(crate) fn spanning(start: Date, days: impl Iterator<Item = Date>) -> Self {
        let (mut first, mut last) = (start.year_month(), start.year_month());
        for day in days {
            first = first.min(day.year_month());
            last = last.max(day.year_month());
        }
        // Forty years hold every deal; a typing slip in a year must not make the axis endless.
        let months = usize::try_from(last.months_since(first)).unwrap_or(0).min(480) + 1;
        let month = |index: usize| first.add_months(i32::try_from(index).unwrap_or(0)).unwrap_or(first);
        Self {
            first,
            months,
            labels: (0..months).map(|index| month(index).to_string()).collect(),
            origin: first.months_since(start.year_month()),
            fractions: HashMap::new(),
            years: HashMap::new(),
        }
    }

    /// How many months.
    pub fn len(&self) -> usize {
        self.months
    }

    /// Never: an axis holds at least the first month.
    pub fn is_empty(&self) -> bool {
        self.months == 0
    }

    /// A month by its place on the axis.
    pub fn month(&self, index: usize) -> YearMonth {
        let months = i32::try_from(index).unwrap_or(0);
        self.first.add_months(months).unwrap_or(self.first)
    }

    /// A month of the axis as it is written in addresses.
    pub(crate) fn label(&self, index: usize) -> &str {
        self.labels.get(index).map_or("", String::as_str)
    }

    /// The day on which all cash of a month is dated.
    pub fn date(&self, index: usize) -> Date {
        self.month(index).last_day()
    }

    /// The place of a day on the axis, held within it.
    pub fn index_of(&self, day: Date) -> usize {
        let months = day.year_month().months_since(self.first).max(0);
        usize::try_from(months).unwrap_or(0).min(self.months - 1)
    }

    /// The place of a day counted from the first month, also beyond the last.
    pub(crate) fn place_of(&self, day: Date) -> usize {
        usize::try_from(day.year_month().months_since(self.first)).unwrap_or(0)
    }

    /// Months from month 0 to the first month of the axis; negative when money moves before the start.
    pub fn origin(&self) -> i32 {
        self.origin
    }

    /// The part of a year that a month is, by a day count. Months beyond the axis may be asked for too.
    pub(crate) fn fraction(&mut self, index: usize, day_count: DayCount, book: &mut Book) -> NodeId {
        let offset = i32::try_from(index).unwrap_or(0);
        if let Some(node) = self.fractions.get(&(offset, day_count)) {
            return *node;
        }
        let (from, to) = (self.first_day(index, book), self.first_day(index + 1, book));
        let node = book.compute(Operation::YearFraction { day_count }, &[from, to]);
        self.fractions.insert((offset, day_count), node);
        node
    }

    /// Years between two days.
    pub(crate) fn years(&mut self, from: Date, to: Date, day_count: DayCount, book: &mut Book) -> NodeId {
        if let Some(node) = self.years.get(&(from, to, day_count)) {
            return *node;
        }
        let (start, end) = (book.day(from), book.day(to));
        let node = book.compute(Operation::YearFraction { day_count }, &[start, end]);
        self.years.insert((from, to, day_count), node);
        node
    }

    /// The first day of a month as a node.
    pub(crate) fn first_day(&self, index: usize, book: &mut Book) -> NodeId {
        book.day(self.month(index).first_day())
    }

    /// The first day of month 0, which the start of the schedule decides.
    pub(crate) fn month_zero(&self, cells: &Cells, book: &mut Book) -> NodeId {
        let day = self.first.add_months(-self.origin).unwrap_or(self.first).first_day();
        cells.usual(book, "schedule.start", day, &format!("month 0 begins on {day}"))
    }
}
