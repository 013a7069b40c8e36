//! A statement as the text of a CSV file, in the words of a language

use recoup_deal::Deal;
use recoup_money::{Currency, Money};

use crate::{
    AppError, ErrorCode,
    findings::Language,
    wire::{
        FigureDto, LinePeriodDto, MoneyDto, QuantityDto, StatementLineDto, StatementReasonDto, StatementsView,
    },
};

struct Words {
    columns: [&'static str; 16],
    total: &'static str,
    group: &'static str,
    assigned_to: &'static str,
    assigned_from: &'static str,
    residual: &'static str,
    left_over: &'static str,
}

const ENGLISH: Words = Words {
    columns: [
        "period",
        "from",
        "to",
        "line",
        "clause",
        "basis",
        "rate",
        "arriving",
        "prior",
        "current",
        "cumulative",
        "entitlement",
        "outstanding",
        "released",
        "currency",
        "reason",
    ],
    total: "Total",
    group: "Group",
    assigned_to: "Assigned to",
    assigned_from: "Assigned from",
    residual: "What nobody is entitled to",
    left_over: "Left over",
};

const FRENCH: Words = Words {
    columns: [
        "période",
        "du",
        "au",
        "ligne",
        "clause",
        "assiette",
        "taux",
        "arrivé",
        "antérieur",
        "période en cours",
        "cumul",
        "droit",
        "reste dû",
        "libéré",
        "devise",
        "motif",
    ],
    total: "Total",
    group: "Groupe",
    assigned_to: "Cédé à",
    assigned_from: "Cédé par",
    residual: "Ce à quoi personne n’a droit",
    left_over: "Non distribué",
};

/// The statements of every period, or of the one that ends in `month`: one row for each line, and the totals.
pub(super) fn written(
    view: &StatementsView,
    deal: &Deal,
    month: Option<&str>,
    language: Language,
) -> Result<String, AppError> {
    let words = match language {
        Language::English => &ENGLISH,
        Language::French => &FRENCH,
    };
    if let Some(month) = month.filter(|month| view.periods.iter().all(|period| period.month != **month)) {
        let known: Vec<&str> = view.periods.iter().map(|period| period.month.as_str()).collect();
        return Err(AppError::new(ErrorCode::InvalidRequest, "No statement period ends in this month.")
            .with("path", "month")
            .with("given", month)
            .with("allowed", known.join(", ")));
    }
    // A byte order mark tells spreadsheets that the letters are Unicode.
    let mut out = String::from("\u{feff}");
    out.push_str(&row(words.columns.map(str::to_owned).as_slice()));
    for (place, period) in view.periods.iter().enumerate() {
        if month.is_some_and(|month| month != period.month) {
            continue;
        }
        let when = [period.month.clone(), period.start.clone(), period.end.clone()];
        for line in &view.lines {
            let Some(now) = line.periods.get(place) else { continue };
            let fields =
                [name(line, deal, words), line.clause.clone().unwrap_or_default(), line.basis.clone()];
            out.push_str(&line_row(&when, fields, now, &view.currency));
        }
        if let Some(totals) = view.totals.get(place) {
            let now = LinePeriodDto {
                rate: None,
                arrived: None,
                prior: totals.prior.clone(),
                current: totals.current.clone(),
                cumulative: totals.cumulative.clone(),
                limit: totals.entitlement.clone(),
                outstanding: totals.outstanding.clone(),
                released: None,
                reason: None,
            };
            let fields = [words.total.to_owned(), String::new(), String::new()];
            out.push_str(&line_row(&when, fields, &now, &view.currency));
        }
    }
    Ok(out)
}

fn line_row(when: &[String; 3], line: [String; 3], now: &LinePeriodDto, currency: &str) -> String {
    let mut fields = when.to_vec();
    fields.extend(line);
    let amounts = [
        &now.rate,
        &now.arrived,
        &now.prior,
        &now.current,
        &now.cumulative,
        &now.limit,
        &now.outstanding,
        &now.released,
    ];
    fields.extend(amounts.map(|amount| value(amount.as_ref())));
    fields.push(currency.to_owned());
    fields.push(now.reason.as_ref().map(reason).unwrap_or_default());
    row(&fields)
}

/// What a line is called.
fn name(line: &StatementLineDto, deal: &Deal, words: &Words) -> String {
    let tier = line.label.as_ref().or(line.tier.as_ref()).cloned().unwrap_or_default();
    let party = line.party.as_ref().map(|id| {
        let party = deal.parties.iter().find(|party| party.id == *id);
        party.map_or_else(|| id.clone(), |party| party.name.clone())
    });
    let party = party.unwrap_or_default();
    match line.kind.as_str() {
        "group" => format!("{}: {tier}", words.group),
        "assigned_to" => format!("{tier}: {} {party}", words.assigned_to),
        "assigned_from" => format!("{tier}: {} {party}", words.assigned_from),
        "residual" => words.residual.to_owned(),
        "left_over" => words.left_over.to_owned(),
        _ => tier,
    }
}

/// The code of a reason with what it says, as data.
fn reason(reason: &StatementReasonDto) -> String {
    let mut parts = vec![reason.kind.clone()];
    let said = [&reason.on, &reason.tier, &reason.contract, &reason.day];
    parts.extend(said.into_iter().flatten().cloned());
    let amounts = [&reason.passed, &reason.lapsed, &reason.balance];
    parts.extend(amounts.into_iter().flatten().map(|amount| value(Some(amount))));
    parts.join(" ")
}

/// A figure as a plain number, with a decimal point and no separators.
fn value(figure: Option<&FigureDto>) -> String {
    match figure.map(|figure| &figure.value) {
        Some(QuantityDto::Money { amount }) => plain(amount),
        Some(QuantityDto::Number { decimal }) => decimal.clone(),
        _ => String::new(),
    }
}

/// An amount without its currency; that of a currency nobody knows is told in minor units.
fn plain(amount: &MoneyDto) -> String {
    let Ok(currency) = Currency::from_code(amount.currency()) else { return amount.minor().to_string() };
    let written = Money::new(amount.minor(), currency).to_string();
    written.rsplit_once(' ').map_or(written.clone(), |(_, number)| number.to_owned())
}

fn row(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| escaped(field)).collect();
    format!("{}\r\n", fields.join(","))
}

/// A field in quotes where it needs them (RFC 4180). A text that a spreadsheet would take for a formula is not one.
fn escaped(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '@', '\t', '\r'])
        || field.starts_with('-') && field.parse::<rust_decimal::Decimal>().is_err();
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}
