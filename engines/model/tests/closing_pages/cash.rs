//! The cash flow by month in the form a bank asks for: one row for each line, cost, fee, contract, claim and facility.

use recoup_capital::CashMonth;
use recoup_deal::Deal;
use recoup_explain::{Book, NodeId};
use recoup_model::Outcome;
use recoup_money::Money;

/// Months side by side.
const ABREAST: usize = 6;
const LABEL: usize = 44;
const COLUMN: usize = 16;

/// A row: its label and its amounts, month by month.
struct Row {
    label: String,
    months: Vec<Option<Money>>,
    /// A balance, which is shown where it is nothing too, and not added up.
    stands: bool,
}

enum Part {
    Heading(&'static str),
    Row(Row),
    Rule,
}

pub(crate) fn statement(deal: &Deal, outcome: &Outcome) -> String {
    let Some(capital) = &outcome.capital else { return "The schedule has no start.\n".to_owned() };
    let months = &capital.cash_flow.months;
    let parts = Schedule { deal, outcome, months }.parts();
    let mut told = format!(
        "{}\nCash flow of the production account by month, {}, dated on the last day of each\n",
        deal.name, deal.currency
    );
    for block in (0..months.len()).collect::<Vec<_>>().chunks(ABREAST) {
        told.push('\n');
        told.push_str(&format!("{:<LABEL$}", ""));
        for index in block {
            told.push_str(&format!("{:>COLUMN$}", months[*index].month.to_string()));
        }
        told.push('\n');
        for part in &parts {
            if let Some(line) = line(part, block) {
                told.push_str(line.trim_end());
                told.push('\n');
            }
        }
    }
    told
}

fn line(part: &Part, block: &[usize]) -> Option<String> {
    match part {
        Part::Heading(text) => Some((*text).to_owned()),
        Part::Rule => Some("-".repeat(LABEL + block.len() * COLUMN)),
        Part::Row(row) => {
            let cell = |index: &usize| row.months[*index];
            let empty = block.iter().all(|index| cell(index).is_none_or(|amount| amount.is_zero()));
            if empty && !row.stands {
                return None;
            }
            let mut text = format!("{:<LABEL$}", row.label.chars().take(LABEL - 1).collect::<String>());
            for index in block {
                text.push_str(&format!("{:>COLUMN$}", printed(cell(index))));
            }
            Some(text)
        }
    }
}

/// Grouped, with cents; what is taken away in brackets, nothing as a dash.
fn printed(amount: Option<Money>) -> String {
    let Some(amount) = amount.filter(|amount| !amount.is_zero()) else { return "–".to_owned() };
    let digits = amount.to_decimal().abs().to_string();
    let (whole, cents) = digits.split_once('.').unwrap_or((&digits, "00"));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match amount.is_negative() {
        true => format!("({grouped}.{cents})"),
        false => format!("{grouped}.{cents} "),
    }
}

struct Schedule<'a> {
    deal: &'a Deal,
    outcome: &'a Outcome,
    months: &'a [CashMonth],
}

impl Schedule<'_> {
    fn book(&self) -> &Book {
        &self.outcome.book
    }

    /// A row of the book: what stands at its address with the month.
    fn named(&self, label: &str, address: &str) -> Part {
        let month = |month: &CashMonth| self.book().money(&format!("{address}[{}]", month.month));
        self.row(&format!("  {label}"), month, false)
    }

    fn of(&self, label: &str, flow: fn(&CashMonth) -> NodeId, stands: bool) -> Part {
        self.row(label, |month| self.book().value(flow(month)).as_money(), stands)
    }

    fn row(&self, label: &str, amount: impl Fn(&CashMonth) -> Option<Money>, stands: bool) -> Part {
        Part::Row(Row { label: label.to_owned(), months: self.months.iter().map(amount).collect(), stands })
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![self.of("Cash, start of month", |month| month.opening, true), Part::Rule];
        let (comes, goes) = (self.comes(), self.goes());
        let (inward, outward) = (self.total("Comes in, all", &comes), self.total("Goes out, all", &goes));
        self.agree(&inward, &outward);
        parts.extend(comes);
        parts.push(Part::Row(inward));
        parts.extend(goes);
        parts.extend([
            Part::Row(outward),
            Part::Rule,
            self.of("Cash, end of month", |month| month.closing, true),
            self.of("Set aside for interest", |month| month.restricted, false),
        ]);
        for one in &self.deal.instruments {
            parts.push(self.named(&format!("Owed: {}", one.name), &format!("capital.{}.balance", one.id)));
        }
        parts.push(self.of("Owed to all lenders", |month| month.debt, true));
        parts
    }

    /// The sum of rows, month by month.
    fn total(&self, label: &str, parts: &[Part]) -> Row {
        let nothing = Money::zero(self.deal.currency);
        let rows =
            || parts.iter().filter_map(|part| if let Part::Row(row) = part { Some(row) } else { None });
        let sum = |index: usize| {
            rows()
                .filter_map(|row| row.months[index])
                .try_fold(nothing, |sum, part| sum.checked_add(part).ok())
        };
        Row { label: label.to_owned(), months: (0..self.months.len()).map(sum).collect(), stands: true }
    }

    /// The printed rows lead from the cash at the start of every month to the cash at its end: none is missing.
    fn agree(&self, inward: &Row, outward: &Row) {
        for (index, month) in self.months.iter().enumerate() {
            let minor = |node: NodeId| self.book().value(node).as_money().map(|money| money.minor());
            let of = |row: &Row| row.months[index].map(|money| money.minor());
            let moved = of(inward).zip(of(outward)).map(|(inward, outward)| inward - outward);
            let expected = minor(month.closing).zip(minor(month.opening)).map(|(end, start)| end - start);
            assert_eq!(moved, expected, "{} {}", self.deal.id, month.month);
        }
    }

    fn comes(&self) -> Vec<Part> {
        let mut parts = vec![Part::Heading("Comes in")];
        for one in &self.deal.instruments {
            parts.push(self.named(&one.name, &format!("capital.{}.draw", one.id)));
            parts.push(self.named(&one.name, &format!("capital.{}.received", one.id)));
        }
        for claim in &self.deal.incentives {
            parts.push(
                self.named(&format!("Credit: {}", claim.program), &format!("cash_flow.credit.{}", claim.id)),
            );
        }
        parts.push(self.of("  Out of interest reserves", |month| month.from_reserve, false));
        parts
    }

    fn goes(&self) -> Vec<Part> {
        let mut parts = vec![Part::Heading("Goes out")];
        for line in &self.deal.budget.lines {
            parts.push(self.named(&line.label, &format!("budget.{}.spend", line.id)));
        }
        parts.push(self.named("Contingency", "budget.contingency_spend"));
        parts.push(self.named("Deferred or given in kind", "cash_flow.deferred"));
        for cost in &self.deal.budget.costs {
            let label = cost.label.clone().unwrap_or_else(|| cost.id.clone());
            parts.push(self.named(&label, &format!("budget.costs.{}.paid", cost.id)));
        }
        for claim in &self.deal.incentives {
            let label = format!("Fees of the claim: {}", claim.program);
            parts.push(self.named(&label, &format!("cash_flow.claim_fee.{}", claim.id)));
        }
        for one in &self.deal.instruments {
            for (word, label) in [("fee", "Fee"), ("interest_paid", "Interest"), ("repaid", "To the lender")]
            {
                parts.push(
                    self.named(&format!("{label}: {}", one.name), &format!("capital.{}.{word}", one.id)),
                );
            }
        }
        parts.push(self.of("  Into interest reserves", |month| month.to_reserve, false));
        parts.push(self.of("  To the collection account", |month| month.to_collection, false));
        parts
    }
}
