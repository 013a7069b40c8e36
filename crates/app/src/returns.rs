//! Returns of a series that somebody typed, outside any deal.

use recoup_calendar::Date;
use recoup_returns::{irr, npv, xirr, xnpv};
use serde::Serialize;

use crate::{AppError, ErrorCode};

/// A series of flows: payments negative, receipts positive.
#[derive(Debug, Clone, PartialEq)]
pub enum Series {
    /// One flow per period.
    Periodic(Vec<f64>),
    /// Flows on days.
    Dated(Vec<(Date, f64)>),
}

/// Every rate that solves a series, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rates {
    /// All rates above −100 %, ascending, as fractions.
    pub roots: Vec<f64>,
    /// The one that stands for the series: the nearest to zero.
    pub nearest_zero: Option<f64>,
    /// Why there is no rate.
    pub none: Option<String>,
}

impl Series {
    /// Reads one amount per line; empty lines are skipped.
    pub fn periodic(text: &str) -> Result<Self, AppError> {
        rows(text).map(|(line, row)| amount(line, row)).collect::<Result<_, _>>().map(Self::Periodic)
    }

    /// Reads `date,amount` per line; a first line of words is a heading.
    pub fn dated(text: &str) -> Result<Self, AppError> {
        let heading = |(line, row): &(usize, &str)| {
            *line == 1 && row.parse::<f64>().is_err() && !row.contains(char::is_numeric)
        };
        rows(text)
            .filter(|row| !heading(row))
            .map(|(line, row)| {
                let (day, flow) = row.split_once(',').ok_or_else(|| unreadable(line, row))?;
                let day = day.trim().parse().map_err(|_| unreadable(line, row))?;
                Ok((day, amount(line, flow.trim())?))
            })
            .collect::<Result<_, _>>()
            .map(Self::Dated)
    }
}

/// Every rate at which a series balances.
pub fn rates(series: &Series) -> Result<Rates, AppError> {
    let solution = match series {
        Series::Periodic(flows) => irr(flows),
        Series::Dated(flows) => xirr(flows),
    }
    .map_err(|reason| AppError::new(ErrorCode::InvalidRequest, format!("{reason}.")))?;
    Ok(Rates {
        roots: solution.roots.iter().map(|root| root.rate).collect(),
        nearest_zero: solution.nearest_zero().map(|root| root.rate),
        none: solution.outcome().reason().map(|reason| reason.to_string()),
    })
}

/// The value of a series at a rate: at its first period, or on its first day.
pub fn present_value(series: &Series, rate: f64) -> Result<f64, AppError> {
    match series {
        Series::Periodic(flows) => npv(rate, flows),
        Series::Dated(flows) => xnpv(rate, flows),
    }
    .map_err(|reason| AppError::new(ErrorCode::InvalidRequest, format!("{reason}.")).with("given", rate))
}

fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, row)| (index + 1, row.trim())).filter(|(_, row)| !row.is_empty())
}

fn amount(line: usize, text: &str) -> Result<f64, AppError> {
    text.parse().ok().filter(|amount: &f64| amount.is_finite()).ok_or_else(|| unreadable(line, text))
}

fn unreadable(line: usize, given: &str) -> AppError {
    AppError::new(ErrorCode::InvalidRequest, "A line of the series cannot be read.")
        .with("line", line)
        .with("given", given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_read_and_solved() {
        let rates = rates(&Series::periodic("-100\n\n110\n").unwrap()).unwrap();
        assert!((rates.roots[0] - 0.1).abs() < 1e-12);
        let dated = Series::dated("date,amount\n2025-01-01,-100\n2026-01-01, 110\n").unwrap();
        assert!((super::rates(&dated).unwrap().roots[0] - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_value_falls_with_its_rate() {
        let series = Series::periodic("-100\n60\n70").unwrap();
        assert!((present_value(&series, 0.1).unwrap() - 12.396_694_214_876_03).abs() < 1e-9);
        let dated = Series::dated("2025-01-01,-100\n2026-01-01,110").unwrap();
        assert!(present_value(&dated, 0.1).unwrap().abs() < 1e-9);
        assert!(present_value(&series, -1.5).is_err());
    }

    #[test]
    fn a_loss_has_a_reason_and_a_bad_line_its_number() {
        let rates = rates(&Series::periodic("-100\n0").unwrap()).unwrap();
        assert!(rates.roots.is_empty() && rates.none.is_some());
        assert_eq!(Series::periodic("-100\nten").unwrap_err().details["line"], "2");
        assert!(Series::dated("2025-01-01;5").is_err());
        assert!(Series::periodic("NaN").is_err());
    }
}
