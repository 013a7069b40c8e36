//! Days, counted one by one

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub year: i32,
    pub month: i32,
    pub day: i32,
}

pub(crate) fn read(text: &str) -> Day {
    let mut numbers = text.split('-').map(|part| part.parse::<i32>().expect("a date"));
    let mut next = || numbers.next().expect("a date of three numbers");
    Day { year: next(), month: next(), day: next() }
}

impl Day {
    pub(crate) fn in_leap_year(self) -> bool {
        self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0)
    }

    fn last_of_month(self) -> i32 {
        match self.month {
            2 if self.in_leap_year() => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    pub(crate) fn tomorrow(self) -> Day {
        if self.day < self.last_of_month() {
            return Day { day: self.day + 1, ..self };
        }
        self.first_of_next_month()
    }

    fn first_of_next_month(self) -> Day {
        match self.month {
            12 => Day { year: self.year + 1, month: 1, day: 1 },
            _ => Day { month: self.month + 1, day: 1, ..self },
        }
    }

    /// The same day so many months later, or the last there is.
    pub(crate) fn months_later(self, months: i32) -> Day {
        let mut at = Day { day: 1, ..self };
        for _ in 0..months {
            at = at.first_of_next_month();
        }
        Day { day: self.day.min(at.last_of_month()), ..at }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
