//! Balances that earn interest while they wait

use recoup_calendar::{Date, DayCount};
use recoup_deal::recoupment::{Compounding, InterestTerms, PaymentOrder, Ratio};

use crate::{
    error::WaterfallError,
    exact::{Exact, MOST, decimal, mul_div},
};

/// What was put in, what it has earned, and what earns.
///
/// `base` bears interest, `accrued` is earned and not yet added to it. With payments that reduce
/// principal first, a compounding base may fall below zero by what is accrued, because that much
/// of the interest has been paid before it was added.
#[derive(Debug, Clone)]
pub(crate) struct Balance {
    rate: Ratio,
    compounding: Compounding,
    day_count: DayCount,
    payments: PaymentOrder,
    as_of: Option<Date>,
    /// The next day on which interest is added, once it has been worked out.
    addition: Option<Date>,
    pub invested: Exact,
    pub interest: Exact,
    base: Exact,
    accrued: Exact,
    /// What happened to it, day by day, for those who ask why.
    pub trace: Option<Vec<BalanceStep>>,
}

/// Something that happened to a balance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BalanceStep {
    /// The day.
    pub on: Date,
    pub what: BalanceEvent,
}

/// What happened to a balance on a day.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BalanceEvent {
    Drawn(Exact),
    /// The base earned at a rate since a day.
    Earned {
        since: Date,
        base: Exact,
        rate: Ratio,
        day_count: DayCount,
        interest: Exact,
    },
    /// What had been earned was added to the base.
    Added(Exact),
    /// A payment, of which so much reduced the base.
    Paid {
        amount: Exact,
        principal: Exact,
    },
}

impl Balance {
    pub(crate) fn new(terms: Option<&InterestTerms>) -> Self {
        Balance {
            rate: terms.map_or(Ratio::ZERO, |terms| terms.rate_annual),
            compounding: terms.map_or(Compounding::Simple, |terms| terms.compounding),
            day_count: terms.map_or(DayCount::Act365F, |terms| terms.day_count),
            payments: terms.map_or(PaymentOrder::InterestFirst, |terms| terms.payments),
            as_of: None,
            addition: None,
            invested: 0,
            interest: 0,
            base: 0,
            accrued: 0,
            trace: None,
        }
    }

    /// Lets time pass up to `date`. What is due on the first day of a period is added before
    /// anything else happens on that day. Tells whether it may have earned.
    pub(crate) fn accrue(&mut self, date: Date) -> Result<bool, WaterfallError> {
        let Some(mut from) = self.as_of else {
            self.as_of = Some(date);
            return Ok(false);
        };
        if date <= from {
            return Ok(false);
        }
        if self.base <= 0 && self.accrued == 0 {
            self.as_of = Some(date);
            return Ok(false);
        }
        if let Some(months) = self.compounding.months() {
            let mut addition = match self.addition.filter(|known| *known > from) {
                Some(known) => known,
                None => next_addition(from, months)?,
            };
            while addition <= date {
                self.earn(from, addition)?;
                self.base = self.base.saturating_add(self.accrued).min(MOST);
                let added = std::mem::take(&mut self.accrued);
                self.tell(addition, BalanceEvent::Added(added));
                from = addition;
                addition = next_addition(from, months)?;
            }
            self.addition = Some(addition);
        }
        self.earn(from, date)?;
        self.as_of = Some(date);
        Ok(true)
    }

    fn earn(&mut self, from: Date, to: Date) -> Result<(), WaterfallError> {
        if self.base <= 0 || from == to {
            return Ok(());
        }
        let (top, bottom) = self.part(from, to)?;
        let earned = mul_div(self.base, top, bottom);
        self.accrued = self.accrued.saturating_add(earned).min(MOST);
        self.interest = self.interest.saturating_add(earned).min(MOST);
        let (base, rate, day_count) = (self.base, self.rate, self.day_count);
        self.tell(to, BalanceEvent::Earned { since: from, base, rate, day_count, interest: earned });
        if self.compounding == Compounding::Effective {
            let added = std::mem::take(&mut self.accrued);
            self.base = self.base.saturating_add(added).min(MOST);
            self.tell(to, BalanceEvent::Added(added));
        }
        Ok(())
    }

    /// Which part of the base is earned between two days, as a ratio.
    fn part(&self, from: Date, to: Date) -> Result<(i128, i128), WaterfallError> {
        if self.compounding == Compounding::Effective {
            let grown = self.day_count.growth(decimal(self.rate), from, to).ok_or_else(|| {
                let reason = "the balance grows beyond all bounds at this rate".to_owned();
                WaterfallError::Meaningless { path: "interest".to_owned(), reason }
            })?;
            return Ok((grown.mantissa(), 10i128.pow(grown.scale())));
        }
        let (days, year) = self.day_count.year_ratio(from, to);
        let top = i128::from(self.rate.numerator()) * i128::from(days);
        Ok((top, i128::from(self.rate.denominator()) * i128::from(year)))
    }

    fn tell(&mut self, on: Date, what: BalanceEvent) {
        if let Some(trace) = &mut self.trace {
            trace.push(BalanceStep { on, what });
        }
    }

    fn tell_paid(&mut self, amount: Exact, base_before: Exact) {
        if let (Some(on), true) = (self.as_of, amount != 0) {
            self.tell(on, BalanceEvent::Paid { amount, principal: base_before - self.base });
        }
    }

    /// Another rate from the day to which time has passed.
    pub(crate) fn reprice(&mut self, rate: Ratio) {
        self.rate = rate;
    }

    pub(crate) fn draw(&mut self, amount: Exact) {
        self.invested += amount;
        self.base += amount;
        if let Some(on) = self.as_of {
            self.tell(on, BalanceEvent::Drawn(amount));
        }
    }

    pub(crate) fn pay(&mut self, amount: Exact) {
        match self.payments {
            PaymentOrder::InterestFirst => self.pay_return(amount),
            PaymentOrder::PrincipalFirst => self.pay_principal(amount),
        }
    }

    /// Interest first. What reduces the base is only what is paid beyond it: a base below nothing has paid interest ahead,
    /// which stays so.
    pub(crate) fn pay_return(&mut self, amount: Exact) {
        let before = self.base;
        let interest = amount.min(self.accrued);
        self.accrued -= interest;
        if amount > interest {
            self.base = (self.base - (amount - interest)).max(0);
        }
        self.tell_paid(amount, before);
    }

    pub(crate) fn pay_principal(&mut self, amount: Exact) {
        let floor = if self.compounding == Compounding::Simple { 0 } else { -self.accrued };
        let before = self.base;
        self.base = (self.base - amount).max(floor);
        self.tell_paid(amount, before);
    }
}

/// The first day after `after` on which interest is added.
pub(crate) fn next_addition(after: Date, months: u32) -> Result<Date, WaterfallError> {
    let span = i32::try_from(months).unwrap_or(12);
    let next = (after.month() - 1) / span * span + 1 + span;
    let (year, month) = if next > 12 { (after.year() + 1, next - 12) } else { (after.year(), next) };
    Ok(Date::new(year, month, 1)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{from_minor, nearest_minor};

    fn terms(rate: &str, compounding: Compounding, payments: PaymentOrder) -> InterestTerms {
        InterestTerms {
            rate_annual: rate.parse().unwrap(),
            compounding,
            day_count: DayCount::Act365F,
            payments,
        }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn interest_paid_in_the_middle_of_a_year_is_not_charged_again() {
        // 100,000 at 12 % from 1 January 2019, repaid with its interest on 1 July 2019.
        let mut loan = Balance::new(Some(&terms("0.12", Compounding::Yearly, PaymentOrder::PrincipalFirst)));
        loan.accrue(day("2019-01-01")).unwrap();
        loan.draw(from_minor(10_000_000));
        loan.accrue(day("2019-07-01")).unwrap();
        assert_eq!(nearest_minor(loan.interest), 595_068); // 100,000 × 0.12 × 181 / 365 = 5,950.68
        loan.pay(loan.invested + loan.interest);
        loan.accrue(day("2024-01-01")).unwrap();
        assert_eq!(nearest_minor(loan.interest), 595_068);
    }

    #[test]
    fn interest_paid_ahead_stays_paid_where_nothing_or_interest_alone_is_paid() {
        // 10,000.00 at 12 % from 1 January; on 1 July 10,100.00 are paid as principal, 100.00 of it ahead on the interest.
        let mut loan = Balance::new(Some(&terms("0.12", Compounding::Yearly, PaymentOrder::InterestFirst)));
        loan.accrue(day("2019-01-01")).unwrap();
        loan.draw(from_minor(1_000_000));
        loan.accrue(day("2019-07-01")).unwrap();
        let interest = loan.interest;
        loan.pay_principal(from_minor(1_010_000));
        loan.pay_return(0);
        loan.pay_return(from_minor(100));
        loan.accrue(day("2020-01-01")).unwrap();
        assert_eq!(loan.base, interest - from_minor(10_000) - from_minor(100));
    }

    /// Each stretch between two days on which something happens is a calculation period of ISDA 2006, 4.16(f): the 31st as
    /// a last day counts as such after a first day before the 30th, and as a first day it is the 30th. So a payment on a
    /// 31st makes one day more of the two stretches than of the one.
    #[test]
    fn a_31st_between_two_days_is_a_day_of_its_own_under_30_360() {
        let terms = InterestTerms {
            rate_annual: "0.36".parse().unwrap(),
            compounding: Compounding::Simple,
            day_count: DayCount::Thirty360,
            payments: PaymentOrder::InterestFirst,
        };
        let earned = |days: &[&str]| {
            let mut loan = Balance::new(Some(&terms));
            loan.accrue(day(days[0])).unwrap();
            // 0.36 × 1 / 360 of 1,000.00 is 1.00 a day.
            loan.draw(from_minor(100_000));
            days[1..].iter().for_each(|on| assert!(loan.accrue(day(on)).is_ok()));
            nearest_minor(loan.interest) / 100
        };
        assert_eq!(earned(&["2029-03-15", "2029-04-15"]), 30);
        assert_eq!(earned(&["2029-03-15", "2029-03-31"]), 16);
        assert_eq!(earned(&["2029-03-31", "2029-04-15"]), 15);
        assert_eq!(earned(&["2029-03-15", "2029-03-31", "2029-04-15"]), 31);
        assert_eq!(earned(&["2029-03-30", "2029-03-31", "2029-04-15"]), 15);
    }

    #[test]
    fn quarterly_additions_compound() {
        // 10,000.00 at 8 %: 2025 has quarters of 90, 91, 92 and 92 days.
        let mut loan =
            Balance::new(Some(&terms("0.08", Compounding::Quarterly, PaymentOrder::InterestFirst)));
        loan.accrue(day("2025-01-01")).unwrap();
        loan.draw(from_minor(1_000_000));
        loan.accrue(day("2026-01-01")).unwrap();
        let expected =
            [90.0, 91.0, 92.0, 92.0].iter().fold(1.0e6, |sum, days| sum * (1.0 + 0.08 * days / 365.0));
        assert!((loan.invested + loan.interest - (expected * 1e12) as i128).abs() < from_minor(1) / 100);
    }
}
