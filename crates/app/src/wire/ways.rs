//! The ways in which a credit may become cash, side by side.

use serde::{Deserialize, Serialize};

use super::FigureDto;

/// The ways of one claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ClaimWaysDto {
    /// The way that the deal counts with: `direct`, `loan`, `transfer` or `offset`.
    pub chosen: String,
    /// The day on which present values are taken; none where the schedule does not tell.
    pub day: Option<FigureDto>,
    /// The annual rate at which they are taken.
    pub rate: FigureDto,
    /// How likely it is that the credit is paid.
    pub probability: FigureDto,
    /// How far the claim has come: `estimated`, `applied`, `awarded`, `certified`, `paid` or `refused`; none where
    /// nobody says.
    pub status: Option<String>,
    /// The open way that leaves most cash.
    pub best_by_cash: Option<String>,
    /// The open way that is worth most on that day.
    pub best_by_value: Option<String>,
    /// What a loan against it usually costs, which a loan that is added begins with.
    pub usual_loan: UsualLoanDto,
    /// Every way, open or not.
    pub ways: Vec<WayDto>,
}

/// What a loan against a credit usually costs, as decimals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct UsualLoanDto {
    /// Share of the payment that is lent.
    pub advance: String,
    /// Annual rate.
    pub rate: String,
    /// Share of the loan that is taken once.
    pub fee: String,
}

/// One way of one claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WayDto {
    /// `direct`, `loan`, `transfer` or `offset`.
    pub way: String,
    /// Why it is not open: `by_law`, `condition_fails`, `not_for_sale`, `no_tax`, `not_paid_out`,
    /// `same_as_direct`, `nothing_to_lend_on`; none where it is.
    pub closed: Option<String>,
    /// What the law says about it, in a producer's words.
    pub ground: Option<String>,
    /// Where in the law it stands.
    pub clause: Option<String>,
    /// Address of the source.
    pub source: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: Option<String>,
    /// Who may buy.
    pub buyers: Option<String>,
    /// What it comes to; none where it is not open, or where the schedule does not tell its days.
    pub figures: Option<WayFiguresDto>,
    /// What choosing it would write; none where nothing usual is known.
    pub usual: Option<UsualSaleDto>,
}

/// What a unit of credit usually sells for, as decimals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct UsualSaleDto {
    /// The usual price.
    pub price: String,
    /// What a broker usually takes.
    pub broker: Option<String>,
}

/// What a way comes to, in the deal's currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WayFiguresDto {
    /// Everything in hand in the end, after fees, interest and tax.
    pub cash: FigureDto,
    /// What of the credit does not become cash.
    pub cost: FigureDto,
    /// What having the money sooner costs a year.
    pub annual_cost: Option<FigureDto>,
    /// Its dated cash on the day of value.
    pub npv: Option<FigureDto>,
    /// The same where the credit is paid with its probability.
    pub npv_expected: Option<FigureDto>,
    /// The first day on which there is money.
    pub date: Option<FigureDto>,
    /// The last day on which any moves.
    pub settled: Option<FigureDto>,
    /// The price of a unit of credit, where it is sold.
    pub price: Option<FigureDto>,
    /// The least price the law allows.
    pub floor: Option<FigureDto>,
    /// The loan, where it is lent against.
    pub loan: Option<WayLoanDto>,
    /// Its dated cash.
    pub events: Vec<WayEventDto>,
}

/// The loan of a way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WayLoanDto {
    /// The instrument of the deal; none where usual terms are taken.
    pub instrument: Option<String>,
    /// What is lent.
    pub principal: FigureDto,
    /// What it earns until it is repaid.
    pub interest: FigureDto,
    /// What the lender takes beside it.
    pub fees: FigureDto,
    /// The day on which it is lent.
    pub drawn: FigureDto,
}

/// A dated amount of a way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct WayEventDto {
    /// `payment`, `advance` or `interest`.
    pub kind: String,
    /// What the payment is called.
    pub label: String,
    /// The day; none where the schedule does not tell.
    pub date: Option<String>,
    /// The amount.
    pub figure: FigureDto,
}
