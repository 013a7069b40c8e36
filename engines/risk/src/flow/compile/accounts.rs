//! How long balances earn, and at which rate

use recoup_calendar::{Date, DayCount};
use recoup_deal::recoupment::{Compounding, InterestTerms, PaymentOrder, Ratio};
use recoup_waterfall::{
    RunInputs,
    flat::{self, AccountScope, Flat, Origin},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    super::{
        form::{Account, Accrual, At, Since, Span, Until},
        rows::{Rows, number},
    },
    Result, unsupported,
};

/// A balance as far as days decide about it.
#[derive(Debug)]
struct Row {
    rows: Account,
    rate_at: At,
    /// The rate, where it does not vary.
    rate: Option<Ratio>,
    compounding: Compounding,
    day_count: DayCount,
    payments: PaymentOrder,
    as_of: Option<Date>,
    drawn: bool,
    path: String,
    /// Where days are counted in months of 30.
    since: Option<Since>,
}

#[derive(Debug)]
pub(super) struct Accounts {
    all: Vec<Row>,
    out: Vec<Accrual>,
    taken: usize,
}

impl Accounts {
    pub(super) fn of(flat: Flat<'_>, inputs: &RunInputs, rows: &mut Rows) -> Result<Self> {
        let mut all = Vec::new();
        for (index, account) in flat.accounts.iter().enumerate() {
            let instrument = flat.instruments[account.instrument as usize].as_ref();
            let given = inputs.interest.get(instrument);
            let terms = account.terms.as_ref().or(given);
            let path = match account.terms {
                Some(_) => written_in(flat, index as u32, rows)?,
                None => format!("interest[{instrument}]"),
            };
            all.push(Row::of(terms, path, rows));
        }
        Ok(Accounts { all, out: Vec::new(), taken: 0 })
    }

    pub(super) fn rows(&self, account: usize) -> Account {
        self.all[account].rows
    }

    /// What a payment reduces first, and whether what is earned is added to what earns.
    pub(super) fn payments(&self, account: usize) -> (PaymentOrder, bool) {
        let row = &self.all[account];
        (row.payments, row.compounding != Compounding::Simple)
    }

    pub(super) fn put_in(&mut self, account: usize) {
        self.all[account].drawn = true;
    }

    /// Another rate from the day to which time has passed.
    pub(super) fn reprice(&mut self, account: usize, rate: Ratio, rows: &mut Rows) {
        let row = &mut self.all[account];
        row.rate = Some(rate);
        row.rate_at = rows.constant(number(rate));
    }

    /// Whether its days are months of 30, of which parts do not add up to the whole.
    pub(super) fn counts_months(&self, account: usize) -> bool {
        self.all[account].since.is_some()
    }

    /// Lets time pass, in all lanes or where money moves. What is due on the first day of a period is added before
    /// anything else happens on it.
    pub(super) fn accrue(&mut self, account: usize, date: Date, moved: bool) -> Result<()> {
        let row = &mut self.all[account];
        let before = row.as_of.replace(row.as_of.map_or(date, |before| before.max(date)));
        // A day that has come in some lanes may come again in the others.
        let again = |before: Date| date < before || date == before && row.since.is_none();
        let still = row.since.is_none() && row.rate.is_some_and(Ratio::is_zero);
        if still || before.is_some_and(again) {
            return Ok(());
        }
        let Some(mut from) = before else {
            self.out.extend(row.counts(date, moved));
            return Ok(());
        };
        if !row.drawn && row.since.is_none() {
            return Ok(());
        }
        if let Some(months) = row.compounding.months() {
            let mut addition = flat::next_addition(from, months)?;
            while addition <= date {
                self.out.extend(row.earns(from, addition, false)?);
                self.out.push(Accrual::Adds { account: row.rows });
                from = addition;
                addition = flat::next_addition(from, months)?;
            }
        }
        self.out.extend(row.earns(from, date, moved)?);
        Ok(())
    }

    /// What happened to balances since it was asked last.
    pub(super) fn taken(&mut self) -> Option<Span> {
        let span = Span { first: self.taken as u32, end: self.out.len() as u32 };
        self.taken = self.out.len();
        (!span.is_empty()).then_some(span)
    }

    pub(super) fn finish(self) -> Vec<Accrual> {
        self.out
    }
}

impl Row {
    fn of(terms: Option<&InterestTerms>, path: String, rows: &mut Rows) -> Self {
        let rate = terms.map_or(Ratio::ZERO, |terms| terms.rate_annual);
        let months = |terms: &InterestTerms| {
            terms.day_count == DayCount::Thirty360 && terms.compounding != Compounding::Effective
        };
        Row {
            since: terms.is_some_and(months).then(|| {
                let serial = rows.block(2);
                Since { serial, late: serial + 1 }
            }),
            rows: rows.account(),
            rate: (!rows.varies(&path)).then_some(rate),
            rate_at: rows.cell(&path, number(rate)),
            compounding: terms.map_or(Compounding::Simple, |terms| terms.compounding),
            day_count: terms.map_or(DayCount::Act365F, |terms| terms.day_count),
            payments: terms.map_or(PaymentOrder::InterestFirst, |terms| terms.payments),
            as_of: None,
            drawn: false,
            path,
        }
    }

    /// Days in months of 30: those from one day to another are the difference of their serials, and one more where the
    /// last is a 31st and the first no 30th or 31st (2006 ISDA Definitions, section 4.16(f)).
    fn counts(&self, to: Date, moved: bool) -> Option<Accrual> {
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        let serial = 360 * to.year() + 30 * to.month() + to.day().min(30);
        let until =
            Until { serial: f64::from(serial), late: flag(to.day() >= 30), last: flag(to.day() == 31) };
        self.since.map(|since| Accrual::Counts {
            account: self.rows,
            rate: self.rate_at,
            since,
            until,
            moved,
        })
    }

    fn earns(&self, from: Date, to: Date, moved: bool) -> Result<Option<Accrual>> {
        if self.since.is_some() {
            return Ok(self.counts(to, moved));
        }
        if from == to {
            return Ok(None);
        }
        let (days, year) = self.day_count.year_ratio(from, to);
        let (account, rate, years) = (self.rows, self.rate_at, days as f64 / year as f64);
        if self.compounding != Compounding::Effective {
            return Ok(Some(Accrual::Earns { account, rate, years }));
        }
        let Some(known) = self.rate else {
            return Ok(Some(Accrual::Compounds { account, rate, years }));
        };
        let decimal = Decimal::from(known.numerator()) / Decimal::from(known.denominator());
        match self.day_count.growth(decimal, from, to).and_then(|part| part.to_f64()) {
            Some(part) => Ok(Some(Accrual::Grows { account, part })),
            None => unsupported(&self.path, "a balance that grows beyond all bounds"),
        }
    }
}

/// Where the rate of an account is written whose terms the plan gives itself.
fn written_in(flat: Flat<'_>, account: u32, rows: &Rows) -> Result<String> {
    let mut found: Vec<String> = Vec::new();
    for threshold in flat.thresholds {
        let of = match threshold.goal {
            flat::Goal::Owed { account, .. } | flat::Goal::Interest { account } => account,
            _ => continue,
        };
        let (Origin::Written(path), true) = (&threshold.origin, of == account) else {
            continue;
        };
        let at = path.rsplit_once('.').map_or(path.as_ref(), |(before, _)| before);
        let cell = match flat.accounts[account as usize].scope {
            AccountScope::Hurdle => format!("{at}.rate_annual"),
            AccountScope::Claims | AccountScope::Return | AccountScope::Party(_) => {
                format!("{}.interest.rate_annual", at.trim_end_matches(".interest"))
            }
        };
        if !found.contains(&cell) {
            found.push(cell);
        }
    }
    // Claims on the same terms share a balance, which has one rate.
    if let (true, Some(cell)) = (found.len() > 1, found.iter().find(|cell| rows.varies(cell))) {
        return unsupported(cell, "a rate that varies for one of several claims on one balance");
    }
    Ok(found.into_iter().next().unwrap_or_default())
}
