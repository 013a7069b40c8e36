//! A balance that bears interest, day after day

use super::{
    day::Day,
    fraction::{Fraction, grown, kept, least, not_below_nothing, nothing, parts, whole},
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Days {
    Act365,
    Act360,
    Thirty360,
    ActAct,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Terms {
    pub rate: Fraction,
    /// Months between additions; none for simple interest.
    pub months: Option<i32>,
    pub days: Days,
    /// Whether it compounds from day to day at its annual rate.
    pub effective: bool,
    pub principal_first: bool,
}

/// What was put in, what it has earned, and what of it earns.
#[derive(Debug, Clone)]
pub(crate) struct Balance {
    terms: Option<Terms>,
    today: Option<Day>,
    pub invested: Fraction,
    pub interest: Fraction,
    earns: Fraction,
    /// Earned and not added yet.
    waiting: Fraction,
}

impl Balance {
    pub(crate) fn new(terms: Option<Terms>) -> Self {
        Balance {
            terms,
            today: None,
            invested: nothing(),
            interest: nothing(),
            earns: nothing(),
            waiting: nothing(),
        }
    }

    /// All that is still out.
    pub(crate) fn outstanding(&self) -> Fraction {
        &self.earns + &self.waiting
    }

    pub(crate) fn put(&mut self, amount: &Fraction) {
        self.invested += amount;
        self.earns += amount;
    }

    /// Lets days pass. Interest that is due to be added on a day is added before all else on it.
    pub(crate) fn until(&mut self, day: Day) {
        let Some(mut today) = self.today else {
            self.today = Some(day);
            return;
        };
        let Some(terms) = self.terms.clone() else {
            self.today = Some(today.max(day));
            return;
        };
        let mut since = today;
        while today < day {
            today = today.tomorrow();
            let adds = terms.months.is_some_and(|months| today.day == 1 && (today.month - 1) % months == 0);
            if adds || today == day {
                self.earn(&terms, since, today);
                since = today;
            }
            if adds {
                self.earns += std::mem::replace(&mut self.waiting, nothing());
            }
        }
        self.today = Some(today);
    }

    fn earn(&mut self, terms: &Terms, since: Day, until: Day) {
        if self.earns <= nothing() {
            return;
        }
        let years = years(terms.days, since, until);
        if terms.effective {
            let earned = kept(&self.earns * (grown(&terms.rate, &years) - whole(1)));
            self.earns += &earned;
            self.interest += earned;
            return;
        }
        let earned = kept(&self.earns * &terms.rate * years);
        self.waiting += &earned;
        self.interest += earned;
    }

    /// Another rate from today on.
    pub(crate) fn reprice(&mut self, rate: Fraction) {
        let still = Terms {
            rate: nothing(),
            months: None,
            days: Days::Act365,
            effective: false,
            principal_first: false,
        };
        self.terms = Some(Terms { rate, ..self.terms.take().unwrap_or(still) });
    }

    pub(crate) fn pay(&mut self, amount: &Fraction) {
        match self.terms.as_ref().is_some_and(|terms| terms.principal_first) {
            true => self.pay_principal(amount),
            false => self.pay_return(amount),
        }
    }

    /// Interest first; what is paid beyond both is no matter of the balance.
    pub(crate) fn pay_return(&mut self, amount: &Fraction) {
        let interest = least(amount.clone(), self.waiting.clone());
        self.waiting -= &interest;
        // Interest that was paid ahead stays paid.
        if *amount > interest {
            self.earns = not_below_nothing(&self.earns - (amount - interest));
        }
    }

    /// Principal first; where interest is added, what is paid beyond the principal pays interest that waits.
    pub(crate) fn pay_principal(&mut self, amount: &Fraction) {
        let compounds = self.terms.as_ref().is_some_and(|terms| terms.months.is_some());
        let floor = if compounds { -self.waiting.clone() } else { nothing() };
        let left = &self.earns - amount;
        self.earns = if left < floor { floor } else { left };
    }
}

fn years(convention: Days, since: Day, until: Day) -> Fraction {
    if convention == Days::Thirty360 {
        let first = since.day.min(30);
        let last = if until.day == 31 && first == 30 { 30 } else { until.day };
        let months = 12 * (until.year - since.year) + until.month - since.month;
        return parts(i64::from(30 * months + last - first), 360);
    }
    let (mut leap, mut plain) = (0, 0);
    let mut at = since;
    while at < until {
        *(if at.in_leap_year() { &mut leap } else { &mut plain }) += 1;
        at = at.tomorrow();
    }
    match convention {
        Days::ActAct => parts(leap, 366) + parts(plain, 365),
        Days::Act360 => parts(leap + plain, 360),
        Days::Act365 | Days::Thirty360 => parts(leap + plain, 365),
    }
}
