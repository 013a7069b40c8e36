//! What money costs, added up again from its drawings and repayments by other code than the engine's.

use proptest::prelude::*;
use recoup_calendar::{Date, DayCount, YearMonth};
use recoup_capital::{Capital, InstrumentRun};
use recoup_deal::instrument::{Compounding, DrawMethod, InterestPayment, InterestRate};
use recoup_deal::{Deal, Instrument, Terms, Timeline};
use recoup_explain::Book;
use recoup_money::Rounding;
use rust_decimal::Decimal;

use crate::plans::{minor, plan};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The interest told month by month, its total and what is paid of it are what a ledger of the loan's own drawings
    /// and repayments gives, posting by posting.
    #[test]
    fn interest_is_the_sum_of_its_postings(plan in plan()) {
        let deal = plan.deal();
        let (book, capital) = plan.run();
        let timeline = Timeline::of(&deal);
        for (instrument, run) in deal.instruments.iter().zip(&capital.instruments) {
            if run.bearing.is_none() {
                continue;
            }
            let ledger = Ledger::of(&deal, instrument, &timeline, run, &capital, &book);
            let told = (0..capital.axis.len()).filter_map(|index| {
                let month = capital.axis.month(index);
                let interest = book.money(&format!("capital.{}.interest[{month}]", instrument.id))?.minor();
                (interest != 0).then_some((month, interest))
            });
            let expected: Vec<(YearMonth, i64)> =
                ledger.told.iter().copied().filter(|told| told.1 != 0).collect();
            prop_assert_eq!(expected, told.collect::<Vec<_>>(), "{}", instrument.id);
            let charged: i64 = run.charged.iter().map(|interest| minor(&book, *interest)).sum();
            prop_assert_eq!(ledger.sum(), charged);
            let total = book.money(&format!("capital.{}.interest", instrument.id)).expect("a total").minor();
            prop_assert_eq!(ledger.sum(), total);
            let paid: i64 = run.interest.iter().map(|part| minor(&book, part.1)).sum();
            prop_assert_eq!(ledger.paid, paid, "{}", instrument.id);
            if let Some(unpaid) = run.unpaid {
                prop_assert_eq!(ledger.owed(), minor(&book, unpaid), "{}", instrument.id);
            }
        }
    }

    /// What is owed at the end is what was drawn and what it earned, less what was paid: nothing appears or is lost.
    #[test]
    fn a_loan_owes_what_it_drew_and_earned_less_what_was_paid(plan in plan()) {
        let (book, capital) = plan.run();
        for run in capital.instruments.iter().filter(|run| run.bearing.is_some()) {
            let sum = |parts: &[(Date, recoup_explain::NodeId)]| -> i64 {
                parts.iter().map(|part| minor(&book, part.1)).sum()
            };
            let earned: i64 = run.charged.iter().map(|interest| minor(&book, *interest)).sum();
            let Some((last, owed)) = run.balances.last() else { continue };
            let day = capital.axis.date(*last);
            let by = |parts: &[(Date, recoup_explain::NodeId)]| {
                parts.iter().filter(|part| part.0 <= day).copied().collect::<Vec<_>>()
            };
            let expected = sum(&by(&run.drawn)) + earned - sum(&by(&run.interest)) - sum(&by(&run.repaid));
            prop_assert_eq!(minor(&book, *owed), expected, "{}", run.id);
        }
    }
}

/// One loan's account, kept day by day of its postings.
struct Ledger {
    base: Decimal,
    accrued: Decimal,
    earned: Decimal,
    told: Vec<(YearMonth, i64)>,
    paid: i64,
}

impl Ledger {
    fn of(
        deal: &Deal,
        instrument: &Instrument,
        timeline: &Timeline,
        run: &InstrumentRun,
        capital: &Capital,
        book: &Book,
    ) -> Self {
        let terms = Agreed::of(instrument);
        let axis = &capital.axis;
        let delivery = timeline.final_delivery().map_or(axis.len() - 1, |day| axis.index_of(day));
        let zero = Decimal::ZERO;
        let mut ledger = Self { base: zero, accrued: zero, earned: zero, told: Vec::new(), paid: 0 };
        let mut from: Option<Date> = None;
        for index in 0..axis.len() {
            let today = axis.date(index);
            if let Some(from) = from.filter(|_| run.secured || index <= delivery) {
                let served = terms.payment == InterestPayment::Current && index <= delivery;
                ledger.pass(deal, instrument, &terms, (from, today), !served);
                if served {
                    let told = ledger.told.last().map_or(0, |told| told.1);
                    ledger.paid += told;
                    ledger.accrued -= Decimal::from(told);
                }
                let joins = terms.payment == InterestPayment::CapitalisedUntilDelivery && index == delivery;
                if joins && terms.every.is_none() {
                    ledger.join();
                }
            }
            let on = |parts: &[(Date, recoup_explain::NodeId)]| -> Vec<i64> {
                parts.iter().filter(|part| part.0 == today).map(|part| minor(book, part.1)).collect()
            };
            let (drawn, repaid) = (on(&run.drawn), on(&run.repaid));
            let drawn_first = !is_called(instrument);
            if drawn_first {
                ledger.base += Decimal::from(drawn.iter().sum::<i64>());
            }
            repaid.into_iter().for_each(|money| ledger.repay(money));
            if !drawn_first {
                ledger.base += Decimal::from(drawn.iter().sum::<i64>());
            }
            from = (from.is_some() || !drawn.is_empty()).then_some(today);
        }
        ledger
    }

    /// Lets interest run from one month's last day to the next one's, joining on the first days in between.
    fn pass(
        &mut self,
        deal: &Deal,
        instrument: &Instrument,
        terms: &Agreed,
        (from, to): (Date, Date),
        joins: bool,
    ) {
        let rate = annual(deal, instrument, to.year_month().first_day());
        let first = to.year_month().first_day();
        let joining = terms.every.is_some_and(|every| (first.month() - 1) % every == 0);
        let mut at = from;
        if joins && joining && first > from {
            self.earn(rate, terms.day_count, at, first);
            self.join();
            at = first;
        }
        self.earn(rate, terms.day_count, at, to);
        let told = whole(self.earned) - self.sum();
        self.told.push((to.year_month(), told));
    }

    /// Interest first, then principal. What a payment of the whole leaves below a cent is settled with it.
    fn repay(&mut self, money: i64) {
        let whole = money == self.owed();
        let interest = Decimal::from(money).min(self.accrued);
        self.accrued -= interest;
        self.base -= Decimal::from(money) - interest;
        if whole {
            (self.base, self.accrued) = (Decimal::ZERO, Decimal::ZERO);
            self.earned = Decimal::from(self.sum());
        }
    }

    fn earn(&mut self, rate: Decimal, day_count: DayCount, from: Date, to: Date) {
        let years = day_count.year_fraction(from, to);
        self.accrued += self.base * rate * years;
        self.earned += self.base * rate * years;
    }

    fn join(&mut self) {
        self.base += self.accrued;
        self.accrued = Decimal::ZERO;
    }

    /// All interest told so far.
    fn sum(&self) -> i64 {
        self.told.iter().map(|told| told.1).sum()
    }

    fn owed(&self) -> i64 {
        whole(self.base + self.accrued).max(0)
    }
}

/// Whole cents, half up, where a millionth below a half is the half that exact arithmetic would give.
fn whole(amount: Decimal) -> i64 {
    let near = Rounding::HalfUp.apply(amount, 6);
    i64::try_from(Rounding::HalfUp.apply(near, 0)).expect("an amount")
}

/// How interest was agreed, with what is usual where nothing is said.
struct Agreed {
    payment: InterestPayment,
    every: Option<i32>,
    day_count: DayCount,
}

impl Agreed {
    fn of(instrument: &Instrument) -> Self {
        let payment = instrument.interest_payment.unwrap_or(match instrument.terms {
            Terms::Mezzanine(_) => InterestPayment::PaidInKind,
            Terms::GapLoan(_) => InterestPayment::AtMaturity,
            _ => InterestPayment::Current,
        });
        let usual = match payment {
            InterestPayment::PaidInKind => Compounding::Yearly,
            _ => Compounding::Simple,
        };
        let every = match instrument.compounding.unwrap_or(usual) {
            Compounding::Simple => None,
            Compounding::Monthly => Some(1),
            Compounding::Quarterly => Some(3),
            Compounding::HalfYearly => Some(6),
            Compounding::Yearly => Some(12),
        };
        Self { payment, every, day_count: instrument.day_count.unwrap_or(DayCount::Act365F) }
    }
}

/// Money that a loan pays on agreed days is owed before its collateral pays; money that is called comes last.
fn is_called(instrument: &Instrument) -> bool {
    let method = instrument.drawdown.as_ref().map(|drawdown| drawdown.method);
    method.is_none_or(|method| method == DrawMethod::AsSpendFallsDue)
}

fn annual(deal: &Deal, instrument: &Instrument, day: Date) -> Decimal {
    match instrument.rate.as_ref().expect("a loan has a rate") {
        InterestRate::Fixed(rate) => *rate,
        InterestRate::OverBase(over) => {
            let points = &deal.market.base_rates[0].points;
            let point = points.iter().rfind(|point| point.from <= day).unwrap_or(&points[0]);
            point.rate + over.margin
        }
    }
}
