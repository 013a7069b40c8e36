//! Instruments as a scenario prices them: the deal's own terms where it has such money, else the market's.

use recoup_deal::instrument::{
    BridgeTerms, Compounding, CreditLoanTerms, EquityTerms, Fee, FeeAmount, FeeKind, GapTerms,
    InterestPayment, InterestRate, LoanTerms, Maturity, MezzanineTerms,
};
use recoup_deal::{
    Assumption, Confidence, Deal, DueDate, Instrument, InstrumentStatus, Milestone, Party, PartyRole, Terms,
};
use rust_decimal::Decimal;
use serde_json::json;

use super::Base;
use super::stack::{bare, fresh};
use crate::template::Wish;

/// A place in the stack that a wish fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Credit,
    Senior,
    Gap,
    Mezzanine,
    Bridge,
    Equity,
}

impl Slot {
    pub(super) const ALL: [Self; 6] =
        [Self::Equity, Self::Credit, Self::Senior, Self::Gap, Self::Mezzanine, Self::Bridge];

    /// Whether an instrument of the deal is the money of this place.
    fn holds(self, one: &Instrument) -> bool {
        matches!(
            (self, &one.terms),
            (Self::Credit, Terms::CreditLoan(_))
                | (Self::Senior, Terms::SeniorLoan(_) | Terms::ContractLoan(_))
                | (Self::Gap, Terms::GapLoan(_))
                | (Self::Mezzanine, Terms::Mezzanine(_))
                | (Self::Bridge, Terms::Bridge(_))
                | (Self::Equity, Terms::Equity(_))
        )
    }

    fn named(self) -> (&'static str, &'static str) {
        match self {
            Self::Credit => ("credit-loan", "Loan against the credits"),
            Self::Senior => ("senior-loan", "Loan against the contracts"),
            Self::Gap => ("gap-loan", "Gap loan"),
            Self::Mezzanine => ("mezzanine-loan", "Mezzanine"),
            Self::Bridge => ("bridge-loan", "Bridge to delivery"),
            Self::Equity => ("equity", "Equity"),
        }
    }

    fn party(self) -> (&'static str, &'static str, PartyRole) {
        match self {
            Self::Credit | Self::Senior | Self::Bridge => {
                ("senior-lender", "Senior lender", PartyRole::SeniorLender)
            }
            Self::Gap => ("gap-lender", "Gap lender", PartyRole::GapLender),
            Self::Mezzanine => ("mezzanine-lender", "Mezzanine lender", PartyRole::MezzanineLender),
            Self::Equity => ("investors", "Investors", PartyRole::Equity),
        }
    }

    fn terms(self, wish: &Wish) -> Terms {
        match self {
            Self::Credit => Terms::CreditLoan(CreditLoanTerms::default()),
            Self::Senior => Terms::SeniorLoan(LoanTerms::default()),
            Self::Gap => {
                Terms::GapLoan(GapTerms { required_cover: Some(Decimal::TWO), ..GapTerms::default() })
            }
            Self::Mezzanine => {
                Terms::Mezzanine(MezzanineTerms { profit_share: Some(wish.price.profit_share) })
            }
            Self::Bridge => Terms::Bridge(BridgeTerms::default()),
            Self::Equity => {
                Terms::Equity(EquityTerms { premium: Some(wish.price.premium), ..EquityTerms::default() })
            }
        }
    }

    fn maturity(self, months_to_cash: i32) -> Option<i32> {
        match self {
            // A quarter for the authority to be late.
            Self::Credit => Some(months_to_cash + 3),
            Self::Senior | Self::Bridge => Some(6),
            Self::Gap => Some(24),
            Self::Mezzanine => Some(36),
            Self::Equity => None,
        }
    }
}

/// An instrument for a place, with who gives it and what is assumed of it. Its amount is still open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Priced {
    pub instrument: Instrument,
    pub party: Option<Party>,
    pub assumptions: Vec<Assumption>,
    /// Whether the deal has it, so that its own place in the list is kept.
    pub own: bool,
}

/// Prices a place.
pub(super) fn priced(base: &Base<'_>, wish: &Wish, slot: Slot, months_to_cash: i32) -> Priced {
    let deal = base.deal();
    if let Some(one) = own(deal, slot) {
        let mut instrument = one.clone();
        match &mut instrument.terms {
            Terms::Equity(terms) => terms.premium = terms.premium.or(Some(wish.price.premium)),
            // What a term sheet named was another loan.
            Terms::CreditLoan(terms) => (terms.stated_credit, terms.stated_amount) = (None, None),
            _ => {}
        }
        return Priced { instrument, party: None, assumptions: Vec::new(), own: true };
    }
    let (id, name) = slot.named();
    let id = fresh(deal, id);
    let (party, provider) = provider(deal, slot);
    let mut instrument = bare(id, name.to_owned(), Some(provider), slot.terms(wish));
    instrument.status = Some(InstrumentStatus::Prospective);
    if let Some(months) = slot.maturity(months_to_cash) {
        let due = DueDate { after: Milestone::FinalDelivery, months: Some(months) };
        instrument.maturity = Some(Maturity::After(due));
    }
    let mut assumptions = Vec::new();
    match line_of_credit(deal).filter(|_| matches!(slot, Slot::Credit | Slot::Senior)) {
        // The bank that lends on everything lends on each part as it does on the whole.
        Some(line) => {
            instrument.provider.clone_from(&line.provider);
            instrument.rate.clone_from(&line.rate);
            instrument.fees.clone_from(&line.fees);
            instrument.compounding = line.compounding;
            instrument.day_count = line.day_count;
            instrument.interest_payment = line.interest_payment;
            instrument.maturity = line.maturity.clone().or(instrument.maturity);
            return Priced { instrument, party: None, assumptions, own: false };
        }
        None => at_market(base, slot, &mut instrument, &mut assumptions),
    }
    Priced { instrument, party, assumptions, own: false }
}

/// The money of a place that the deal has already. Equity of a public fund is not for sale.
pub(super) fn own(deal: &Deal, slot: Slot) -> Option<&Instrument> {
    let is_open = |one: &&Instrument| !super::stack::is_kept(deal, one);
    deal.instruments.iter().filter(is_open).find(|one| slot.holds(one))
}

fn line_of_credit(deal: &Deal) -> Option<&Instrument> {
    deal.instruments.iter().find(|one| matches!(one.terms, Terms::InterimFacility(_)))
}

fn provider(deal: &Deal, slot: Slot) -> (Option<Party>, String) {
    let (id, name, role) = slot.party();
    if let Some(known) = deal.parties.iter().find(|party| party.role == role) {
        return (None, known.id.clone());
    }
    if deal.parties.iter().any(|party| party.id == id) {
        return (None, id.to_owned());
    }
    let party = Party {
        id: id.to_owned(),
        name: name.to_owned(),
        role,
        jurisdiction: None,
        controlled_by: None,
        grade: None,
        notes: None,
    };
    (Some(party), id.to_owned())
}

/// Interest and fee as they are usual, each with where that was read.
fn at_market(base: &Base<'_>, slot: Slot, one: &mut Instrument, assumptions: &mut Vec<Assumption>) {
    let kind = one.terms.kind();
    let mut assume = |field: &str, path: String, measure: &str| {
        let term = base.terms.term(kind, measure)?;
        let usual = term.usual.normalize();
        assumptions.push(Assumption {
            id: fresh_assumption(base, &format!("{}-{field}", one.id)),
            path,
            value: json!(usual.to_string()),
            source: match term.source.as_str() {
                "" => "Usual terms, an estimate".to_owned(),
                source => source.to_owned(),
            },
            low: Some(term.low.normalize().to_string()),
            high: Some(term.high.normalize().to_string()),
            confidence: Some(match term.confidence.as_str() {
                "high" => Confidence::High,
                "medium" => Confidence::Medium,
                _ => Confidence::Low,
            }),
            seen: Some(base.terms.reviewed),
        });
        Some(usual)
    };
    let rate = assume("rate", format!("instruments[{}].rate.fixed", one.id), "rate");
    let fee = assume("fee", format!("instruments[{}].fees[origination].amount.share", one.id), "fee");
    one.rate = rate.map(InterestRate::Fixed);
    one.fees = fee
        .map(|share| Fee {
            id: "origination".to_owned(),
            kind: FeeKind::Origination,
            amount: Some(FeeAmount::Share(share)),
            due: None,
            withheld: Some(false),
        })
        .into_iter()
        .collect();
    (one.compounding, one.interest_payment) = match slot {
        Slot::Equity => (None, None),
        Slot::Mezzanine => (Some(Compounding::Yearly), Some(InterestPayment::PaidInKind)),
        Slot::Credit | Slot::Senior | Slot::Gap | Slot::Bridge => {
            (Some(Compounding::Monthly), Some(InterestPayment::CapitalisedUntilDelivery))
        }
    };
}

fn fresh_assumption(base: &Base<'_>, wanted: &str) -> String {
    let taken = |id: &str| base.deal.assumptions.iter().any(|one| one.id == id);
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}
