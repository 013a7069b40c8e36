//! A deal on a page: whether it closes, when the money is needed, what lenders ask, what would close it, and who is out
//! at which receipts.

use recoup_deal::findings::money_in_words;
use recoup_deal::instrument::AmountRule;
use recoup_deal::{Deal, Language, Terms};
use recoup_explain::{Book, Comparison, Quantity};
use recoup_model::{NoSolution, Outcome, SolvedFor, Unknown, solve_for};
use recoup_money::Money;
use rust_decimal::Decimal;

use crate::{catalog, cures, receipts};

pub(crate) fn written(name: &str, deal: &Deal, outcome: &Outcome) -> String {
    let parts = [
        format!(
            "# {}: closing and recoupment\n\nComputed from `examples/{name}.deal.json` and held to it by a test of the model \
             (`engines/model/tests/closing_pages`).\nThe cash flow by month is in `tests/golden/cash-flows/{name}.txt`.",
            deal.name
        ),
        closes(deal, outcome),
        peaks(deal, outcome),
        coverage(outcome),
        solutions(deal),
        cures::listed(deal, outcome),
        receipts::told(name, deal, outcome),
    ];
    format!("{}\n", parts.join("\n\n"))
}

pub(crate) fn words(amount: Money) -> String {
    money_in_words(amount, Language::English)
}

fn at(book: &Book, address: &str) -> String {
    match book.at(address) {
        Some(Quantity::Money(amount)) => words(*amount),
        Some(Quantity::Number(number)) => number.normalize().to_string(),
        Some(Quantity::Date(date)) => date.year_month().to_string(),
        Some(Quantity::Flag(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        Some(Quantity::Absent(reason)) => format!("none: {reason}"),
        None => "none".to_owned(),
    }
}

fn closes(deal: &Deal, outcome: &Outcome) -> String {
    let book = &outcome.book;
    let difference = book.money("closing.difference");
    let verdict = match difference {
        Some(left) if left.is_negative() => {
            format!("No: {} is missing on a cash basis.", words(left.checked_neg().unwrap_or(left)))
        }
        Some(left) if left.is_positive() => format!("Yes, and {} is left over.", words(left)),
        Some(_) => "Yes, to the cent.".to_owned(),
        None => "Nobody can say yet.".to_owned(),
    };
    let mut told = format!(
        "## Does it close?\n\n{verdict}\n\n| on cash | |\n|---|---:|\n| uses | {} |\n| sources | {} |\n| sources less uses | {} |",
        at(book, "closing.uses_cash"),
        at(book, "closing.sources_cash"),
        at(book, "closing.difference"),
    );
    let filling = deal.instruments.iter().find(|one| matches!(one.amount, Some(AmountRule::Remainder(_))));
    let solution = outcome.capital.as_ref().and_then(|capital| capital.closing.solution.as_ref());
    if let (Some(filling), Some(solution)) = (filling, solution) {
        let how = match solution.trials {
            1 => "which closes at once: nothing that is paid in cash depends on it".to_owned(),
            trials => format!(
                "found by playing the months {trials} times. Financing costs moved by at most {} of one more unit, so in \
                 what was searched the answer is the only one",
                solution.contraction.normalize()
            ),
        };
        let given = at(book, &format!("capital.{}.principal", filling.id));
        told.push_str(&format!(
            "\n\n{} (`{}`) fills what the others leave open: {given}, {how}. {} minor units are left.",
            filling.name, filling.id, solution.residual,
        ));
    }
    told
}

fn peaks(deal: &Deal, outcome: &Outcome) -> String {
    let book = &outcome.book;
    let mut told = format!(
        "## When is most money needed?\n\n| | amount | month |\n|---|---:|---|\n| found from financiers, most by any month | {} | {} |\n| owed to lenders, most at any month's end | {} | {} |",
        at(book, "capital.peak_funding"),
        at(book, "capital.peak_date"),
        at(book, "capital.peak_debt"),
        at(book, "capital.peak_debt_date"),
    );
    let months = outcome.capital.iter().flat_map(|capital| &capital.cash_flow.months);
    let lowest = months
        .filter_map(|month| Some((book.value(month.closing).as_money()?, month.month)))
        .min_by_key(|(cash, _)| cash.minor());
    if let Some((cash, month)) = lowest {
        told.push_str(&format!(
            "\n| cash in the account, lowest at any month's end | {} | {month} |",
            words(cash)
        ));
    }
    for one in deal.instruments.iter().filter(|one| book.at(&format!("capital.{}.peak", one.id)).is_some()) {
        let (peak, day) = (format!("capital.{}.peak", one.id), format!("capital.{}.peak_date", one.id));
        told.push_str(&format!("\n| owed to {} | {} | {} |", one.name, at(book, &peak), at(book, &day)));
    }
    told
}

fn coverage(outcome: &Outcome) -> String {
    let book = &outcome.book;
    let mut told =
        "## What lenders ask\n\n| test | of | is | asked | met |\n|---|---|---:|---:|---|".to_owned();
    let tests = outcome.capital.iter().flat_map(|capital| &capital.tests);
    for test in tests {
        let number = |node| match book.value(node).as_number() {
            Some(number) if test.test.starts_with("days") => number.normalize().to_string(),
            Some(number) => format!("{} %", (number * Decimal::ONE_HUNDRED).round_dp(1).normalize()),
            None => "none".to_owned(),
        };
        let bound = if test.comparison == Comparison::AtLeast { "at least" } else { "at most" };
        let met = match book.value(test.met).as_flag() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "unknown",
        };
        told.push_str(&format!(
            "\n| {} | `{}` | {} | {bound} {} | {met} |",
            test.test.replace('_', " "),
            test.path,
            number(test.ratio),
            number(test.required)
        ));
    }
    told
}

fn solutions(deal: &Deal) -> String {
    let mut told = "## What would close it?\n\nEach solved for alone, everything else as typed, on whole deals with their \
                    incentives: the least that closes, or the largest budget that is carried.\n\n\
                    | unknown | answer | before | left over | deals computed |\n|---|---:|---:|---:|---:|"
        .to_owned();
    let sought = deal.instruments.iter().filter(|one| {
        matches!(one.terms, Terms::Equity(_) | Terms::ProducerInvestment(_) | Terms::GapLoan(_))
    });
    let unknowns: Vec<Unknown> = sought
        .map(|one| Unknown::Amount(one.id.clone()))
        .chain([Unknown::Budget, Unknown::Presales])
        .collect();
    for unknown in unknowns {
        let name = match &unknown {
            Unknown::Amount(id) => format!("amount of `{id}`"),
            Unknown::Budget => "budget lines".to_owned(),
            Unknown::Presales => "presales together".to_owned(),
        };
        match solve_for(deal, catalog(), &unknown) {
            Ok(SolvedFor { amount, before, difference, trials, .. }) => {
                let before = before.map_or_else(|| "by rule".to_owned(), words);
                told.push_str(&format!(
                    "\n| {name} | {} | {before} | {} | {trials} |",
                    words(amount),
                    words(difference)
                ));
            }
            Err(none) => told.push_str(&format!("\n| {name} | {} | | | |", reason(&none))),
        }
    }
    told
}

fn reason(none: &NoSolution) -> String {
    match none {
        NoSolution::NothingToSolve => "the deal has none with an amount".to_owned(),
        NoSolution::FilledBy(id) => format!("`{id}` has no limit and fills whatever is open"),
        NoSolution::NeverCash => "it never comes as cash".to_owned(),
        NoSolution::NotNeeded { excess } => format!("not needed: {} is left over without it", words(*excess)),
        NoSolution::NeverEnough { missing, .. } => format!("never enough: {} stays missing", words(*missing)),
        NoSolution::NeverCarried { missing } => {
            format!("not even a thousandth is carried: {} is missing then", words(*missing))
        }
        NoSolution::Unknown => "the closing has no figure yet".to_owned(),
        NoSolution::Refused(message) => format!("refused: {message}"),
    }
}
