//! The production account, month by month, in the form a bank reads: one row for each line of the budget, each
//! instrument, each claim and each facility.

use recoup_capital::CashMonth;
use recoup_explain::NodeId;

use crate::document::{Block, Section, SectionKind};
use crate::excel::build_workings;
use crate::exhibits::{MonthLine, MonthRow, MonthTable};
use crate::sections::desk::Desk;
use crate::sections::sections_for;
use crate::table::{ColumnKind, Figure, RowStyle};

pub(crate) fn section(desk: &mut Desk<'_>) -> Option<Section> {
    let months = &desk.results.capital?.cash_flow.months;
    let mut form = Form { desk, months, rows: Vec::new() };
    form.balance("cash.opening", "cash_flow.opening", Edge::First, None);
    form.comes();
    form.goes();
    form.balance("cash.closing", "cash_flow.closing", Edge::Last, Some(MonthLine::Cash));
    form.facilities();
    form.balance("cash.debt", "cash_flow.debt", Edge::Last, Some(MonthLine::Debt));
    let rows = form.rows;
    let lead = desk.words.with(
        "cash.lead",
        &[
            ("debt", &desk.prose("capital.peak_debt")),
            ("month", &month(desk, "capital.peak_debt_date")),
            ("lowest", &lowest(desk, months)),
        ],
    );
    let table = MonthTable { months: months.iter().map(|month| month.month).collect(), rows };
    let mut blocks = vec![Block::Months(table)];
    blocks.extend(live(desk));
    Some(Section { kind: SectionKind::CashFlow, topic: desk.say("cash.topic"), lead, blocks })
}

/// What the months are computed from, for readers who are told the terms of the instruments.
fn live(desk: &Desk<'_>) -> Vec<Block> {
    if !sections_for(desk.edition.reader).contains(&SectionKind::Capital) {
        return Vec::new();
    }
    let Some((workings, rounds)) = build_workings(desk) else { return Vec::new() };
    let mut blocks = vec![Block::Workings(Box::new(workings))];
    blocks.extend(rounds.map(|rounds| Block::Rounds(Box::new(rounds))));
    blocks
}

/// The month of a day among the figures.
fn month(desk: &Desk<'_>, address: &str) -> String {
    let day = desk.results.book.at(address).and_then(|value| value.as_date());
    day.map_or_else(|| desk.say("figure.none"), |day| desk.figures.month(day.year_month()))
}

/// What is said about the lowest cash: an amount and its month, or that it is never below nothing.
fn lowest(desk: &Desk<'_>, months: &[CashMonth]) -> String {
    let value = |node: NodeId| desk.results.book.value(node).as_money();
    let cash = months.iter().filter_map(|month| Some((value(month.closing)?, month.month)));
    match cash.min_by_key(|(amount, _)| amount.minor()) {
        Some((amount, month)) if amount.is_negative() => desk.words.with(
            "cash.lowest",
            &[("amount", &desk.figures.amount(amount)), ("month", &desk.figures.month(month))],
        ),
        _ => desk.say("cash.never_below"),
    }
}

/// Which month of a year a balance is shown with.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
}

/// The form as it is filled.
struct Form<'d, 'a> {
    desk: &'d mut Desk<'a>,
    months: &'a [CashMonth],
    rows: Vec<MonthRow>,
}

impl Form<'_, '_> {
    /// What each instrument gives, called or by contract, and each claim.
    fn comes(&mut self) {
        self.heading("cash.in");
        for instrument in &self.desk.deal().instruments {
            let of = |word: &str| format!("capital.{}.{word}", instrument.id);
            self.flow(&instrument.name, &of("draw"), &of("drawn"));
            self.flow(&instrument.name, &of("received"), &of("received"));
        }
        for claim in &self.desk.results.incentives.claims {
            let name = claim.policy.as_ref().map_or(&claim.program, |policy| &policy.short_name);
            let address = format!("cash_flow.credit.{}", claim.claim);
            self.flow(name, &address, &address);
        }
        self.said("cash.from_reserve", "cash_flow.from_reserve");
    }

    /// Lines, costs, what financiers take, and what goes on.
    fn goes(&mut self) {
        self.heading("cash.out");
        let deal = self.desk.deal();
        for line in &deal.budget.lines {
            self.flow(
                &line.label,
                &format!("budget.{}.spend", line.id),
                &format!("budget.{}.amount", line.id),
            );
        }
        if deal.budget.lines.is_empty() {
            self.said("cash.spend", "cash_flow.spend");
        } else {
            let contingency = self.desk.say("budget.contingency");
            self.flow(&contingency, "budget.contingency_spend", "budget.contingency");
            self.said("cash.deferred", "cash_flow.deferred");
        }
        for cost in &deal.budget.costs {
            let of = |word: &str| format!("budget.costs.{}.{word}", cost.id);
            self.flow(cost.label.as_ref().unwrap_or(&cost.id), &of("paid"), &of("amount"));
        }
        for claim in &self.desk.results.incentives.claims {
            let name = claim.policy.as_ref().map_or(&claim.program, |policy| &policy.short_name);
            let label = self.desk.words.with("closing.claim_fee", &[("claim", name)]);
            let address = format!("cash_flow.claim_fee.{}", claim.claim);
            self.flow(&label, &address, &address);
        }
        for (key, word) in
            [("cash.fee_of", "fee"), ("cash.interest_of", "interest_paid"), ("cash.repaid_to", "repaid")]
        {
            for instrument in &deal.instruments {
                let label = self.desk.words.with(key, &[("loan", &instrument.name)]);
                let address = format!("capital.{}.{word}", instrument.id);
                self.flow(&label, &address, &address);
            }
        }
        self.said("cash.to_reserve", "cash_flow.to_reserve");
        self.said("cash.to_collection", "cash_flow.to_collection");
    }

    /// Interest and balance of every loan, and what is set aside.
    fn facilities(&mut self) {
        let deal = self.desk.deal();
        self.heading("cash.facilities");
        let before = self.rows.len();
        for instrument in &deal.instruments {
            let label = self.desk.words.with("cash.charged_by", &[("loan", &instrument.name)]);
            let of = |word: &str| format!("capital.{}.{word}", instrument.id);
            self.flow(&label, &of("interest"), &of("interest"));
            let label = self.desk.words.with("cash.owed_to", &[("loan", &instrument.name)]);
            self.owed(&label, &of("balance"));
        }
        let label = self.desk.say("cash.restricted");
        self.owed(&label, "cash_flow.restricted");
        if self.rows.len() == before {
            self.rows.pop();
        }
    }

    fn heading(&mut self, key: &str) {
        let row = MonthRow {
            label: self.desk.say(key),
            style: RowStyle::Group,
            months: vec![None; self.months.len()],
            years: self.years().into_iter().map(|(year, _)| (year, None)).collect(),
            total: None,
            tag: String::new(),
            drawn: None,
        };
        self.rows.push(row);
    }

    /// A flow whose name is one of the form's own.
    fn said(&mut self, key: &str, address: &str) {
        let label = self.desk.say(key);
        self.flow(&label, address, address);
    }

    /// A flow; one in which nothing moves is not printed.
    fn flow(&mut self, label: &str, address: &str, whole: &str) {
        let cells = self.cells(address);
        let moves = |figure: &Figure| figure.value.as_money().is_none_or(|amount| !amount.is_zero());
        if !cells.iter().flatten().any(moves) {
            return;
        }
        let book = self.desk.results.book;
        let year = |year: i32| Figure::at(book, &format!("{address}[{year}]"), ColumnKind::Money);
        let years = self.years().into_iter().map(|(number, _)| (number, year(number))).collect();
        let (total, tag) = self.desk.figure('F', whole, label, ColumnKind::Money).unzip();
        self.rows.push(MonthRow {
            label: label.to_owned(),
            style: RowStyle::Plain,
            months: cells,
            years,
            total,
            tag: tag.unwrap_or_default(),
            drawn: None,
        });
    }

    fn balance(&mut self, key: &str, address: &str, edge: Edge, drawn: Option<MonthLine>) {
        let label = self.desk.say(key);
        let style = if matches!(edge, Edge::First) { RowStyle::Muted } else { RowStyle::Subtotal };
        self.standing(&label, address, (style, edge), drawn);
    }

    /// What stands at the end of each month, where anything ever does.
    fn owed(&mut self, label: &str, address: &str) {
        let stands = |figure: &Figure| figure.value.as_money().is_some_and(|amount| !amount.is_zero());
        if self.cells(address).iter().flatten().any(stands) {
            self.standing(label, address, (RowStyle::Plain, Edge::Last), None);
        }
    }

    fn standing(
        &mut self,
        label: &str,
        address: &str,
        (style, edge): (RowStyle, Edge),
        drawn: Option<MonthLine>,
    ) {
        let cells = self.cells(address);
        let years = self.years().into_iter().map(|(year, places)| {
            let mut known = places.filter_map(|place| cells.get(place).cloned().flatten());
            (year, if matches!(edge, Edge::First) { known.next() } else { known.next_back() })
        });
        let years = years.collect();
        let last = cells.iter().flatten().last().map_or_else(String::new, |figure| figure.address.clone());
        let tag = self.desk.tags.tag('F', &last, label, ColumnKind::Money).unwrap_or_default();
        self.rows.push(MonthRow {
            label: label.to_owned(),
            style,
            months: cells,
            years,
            total: None,
            tag,
            drawn,
        });
    }

    /// The figures of the months at an address.
    fn cells(&self, address: &str) -> Vec<Option<Figure>> {
        let book = self.desk.results.book;
        let at =
            |month: &CashMonth| Figure::at(book, &format!("{address}[{}]", month.month), ColumnKind::Money);
        self.months.iter().map(at).collect()
    }

    /// The months of each calendar year, by their places.
    fn years(&self) -> Vec<(i32, std::ops::Range<usize>)> {
        let mut found: Vec<(i32, std::ops::Range<usize>)> = Vec::new();
        for (place, month) in self.months.iter().enumerate() {
            match found.last_mut() {
                Some((year, places)) if *year == month.month.year() => places.end = place + 1,
                _ => found.push((month.month.year(), place..place + 1)),
            }
        }
        found
    }
}
