//! The law may end or change while the film is made.
//!
//! One day decides which version applies (the day of what, each program says). Around it lie the days of the law:
//! the version's own first and last, the next one's first, the program's last. Each that falls into the film's
//! time is told with how far it lies from what it may cost.

use recoup_calendar::Date;
use recoup_deal::{Finding, Phrase, Severity};

use crate::catalog::Catalog;
use crate::history::differences;
use crate::policy::Policy;

/// The days of a deal that the days of a law are held against.
pub(super) struct Days {
    /// The day on which the deal is true.
    pub(super) today: Date,
    /// What decides which version applies.
    pub(super) decided: Date,
    /// The last delivery, where the schedule has one.
    pub(super) delivery: Option<Date>,
}

/// What the days of a program's law mean for a claim on it.
pub(super) fn of_law(path: &str, policy: &Policy, catalog: &Catalog, days: &Days) -> Vec<Finding> {
    let told = Told { path, policy };
    let mut findings = Vec::new();
    findings.extend(told.expired(days));
    findings.extend(told.sunset(days));
    findings.extend(told.ends(catalog, days));
    findings.extend(told.ahead(catalog, days));
    findings.extend(told.changes(catalog, days));
    findings
}

struct Told<'a> {
    path: &'a str,
    policy: &'a Policy,
}

impl Told<'_> {
    fn name(&self) -> &str {
        &self.policy.short_name
    }

    /// What decides which version applies.
    fn rule(&self) -> Phrase {
        Phrase::new(self.policy.version_by.as_str())
    }

    fn statute(&self) -> String {
        self.policy.statute.join("; ")
    }

    /// The program is over before the day that decides.
    fn expired(&self, days: &Days) -> Option<Finding> {
        let sunset = self.policy.sunset.filter(|sunset| *sunset < days.decided)?;
        Some(
            Finding::new(Severity::Question, "INCENTIVE_EXPIRED", self.path)
                .with("program", self.name())
                .with("rule", self.rule())
                .with("statute", self.statute())
                .with("sunset", sunset)
                .with("decided", days.decided)
                .with("days", sunset.days_until(days.decided)),
        )
    }

    /// It is over before delivery: whether that matters depends on which days the law looks at.
    fn sunset(&self, days: &Days) -> Option<Finding> {
        let delivery = days.delivery?;
        let within = |sunset: &Date| days.decided <= *sunset && *sunset < delivery;
        let sunset = self.policy.sunset.filter(within)?;
        Some(
            Finding::new(Severity::Question, "INCENTIVE_SUNSET", self.path)
                .with("program", self.name())
                .with("rule", self.rule())
                .with("statute", self.statute())
                .with("sunset", sunset)
                .with("delivery", delivery)
                .with("days", sunset.days_until(delivery)),
        )
    }

    /// The version's text ends before delivery and nothing on file follows it.
    fn ends(&self, catalog: &Catalog, days: &Days) -> Option<Finding> {
        let delivery = days.delivery?;
        let until = self.policy.until.filter(|until| *until < delivery)?;
        let next = until.add_days(1).ok()?;
        if catalog.on(&self.policy.id, next).is_ok() {
            return None;
        }
        Some(
            Finding::new(Severity::Question, "INCENTIVE_VERSION_ENDS", self.path)
                .with("program", self.name())
                .with("rule", self.rule())
                .with("statute", self.statute())
                .with("until", until)
                .with("delivery", delivery)
                .with("days", until.days_until(delivery)),
        )
    }

    /// The version that is counted is not in force yet.
    fn ahead(&self, catalog: &Catalog, days: &Days) -> Option<Finding> {
        let from = self.policy.from;
        if from <= days.today {
            return None;
        }
        let found = Finding::new(Severity::Note, "INCENTIVE_VERSION_AHEAD", self.path)
            .with("program", self.name())
            .with("rule", self.rule())
            .with("statute", self.statute())
            .with("day", from)
            .with("today", days.today)
            .with("days", days.today.days_until(from));
        let before = from.add_days(-1).ok().and_then(|day| catalog.on(&self.policy.id, day).ok());
        Some(match before {
            Some(before) => found.case("follows").with("before", before.from),
            None => found,
        })
    }

    /// Another version begins between the day that decides and delivery.
    fn changes(&self, catalog: &Catalog, days: &Days) -> Option<Finding> {
        let delivery = days.delivery?;
        let next = catalog
            .versions(&self.policy.id)
            .iter()
            .find(|other| other.from > days.decided && other.from <= delivery)?;
        let bearing = differences(self.policy, next).iter().filter(|one| one.bears_on_figures).count();
        Some(
            Finding::new(Severity::Note, "INCENTIVE_VERSION_CHANGES", self.path)
                .with("program", self.name())
                .with("rule", self.rule())
                .with("day", next.from)
                .with("decided", days.decided)
                .with("days", days.decided.days_until(next.from))
                .with("changes", i64::try_from(bearing).unwrap_or(i64::MAX)),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use recoup_deal::{
        Language,
        findings::{FindingValue, render},
    };

    use rust_decimal::Decimal;

    use super::*;

    const PROGRAM: &str = "ca-qc-qpstc";

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn newest() -> Policy {
        Catalog::embedded().unwrap().versions(PROGRAM).last().unwrap().as_ref().clone()
    }

    fn found(policies: Vec<Policy>, decided: &str) -> Vec<Finding> {
        let mut catalog = Catalog::default();
        policies.into_iter().for_each(|policy| catalog.insert(policy));
        let days =
            Days { today: day("2026-11-22"), decided: day(decided), delivery: Some(day("2029-03-01")) };
        let policy = catalog.on(PROGRAM, days.decided).unwrap();
        let findings = of_law("incentives[a]", policy, &catalog, &days);
        for finding in &findings {
            for language in Language::ALL {
                let said = render(finding, language);
                assert!(!said.message.contains('{') && !said.message.is_empty(), "{}", said.message);
                assert!(!said.remedy.contains('{') && !said.remedy.is_empty(), "{}", said.remedy);
            }
        }
        findings
    }

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    fn days_of(findings: &[Finding]) -> Option<&FindingValue> {
        let values: &BTreeMap<String, FindingValue> = &findings[0].values;
        values.get("days")
    }

    fn ending(sunset: &str) -> Vec<Policy> {
        vec![Policy { sunset: Some(day(sunset)), ..newest() }]
    }

    #[test]
    fn a_program_that_ends_before_the_deciding_day_has_expired_and_one_day_later_has_not() {
        let findings = found(ending("2027-02-28"), "2027-03-01");
        assert_eq!(codes(&findings), ["INCENTIVE_EXPIRED"]);
        assert_eq!(days_of(&findings), Some(&FindingValue::Count(1)));
        assert_eq!(codes(&found(ending("2027-03-01"), "2027-03-01")), ["INCENTIVE_SUNSET"]);
    }

    #[test]
    fn a_program_that_ends_before_delivery_is_told_and_one_that_ends_with_it_is_not() {
        let findings = found(ending("2029-02-28"), "2027-03-01");
        assert_eq!(codes(&findings), ["INCENTIVE_SUNSET"]);
        assert_eq!(days_of(&findings), Some(&FindingValue::Count(1)));
        assert_eq!(found(ending("2029-03-01"), "2027-03-01"), []);
    }

    fn following(from: &str) -> Vec<Policy> {
        let first = newest();
        let mut next = first.clone();
        next.from = day(from);
        let number = &mut next.constants[0];
        number.value += Decimal::ONE;
        vec![Policy { until: next.from.add_days(-1).ok(), ..first }, next]
    }

    #[test]
    fn a_version_that_begins_after_the_deciding_day_and_by_delivery_is_a_change() {
        let findings = found(following("2027-03-02"), "2027-03-01");
        assert_eq!(codes(&findings), ["INCENTIVE_VERSION_CHANGES"]);
        assert_eq!(days_of(&findings), Some(&FindingValue::Count(1)));
        // The first day, the last day of the one before, and the number.
        assert_eq!(findings[0].values.get("changes"), Some(&FindingValue::Count(3)));
        assert_eq!(codes(&found(following("2029-03-01"), "2027-03-01")), ["INCENTIVE_VERSION_CHANGES"]);
        assert_eq!(found(following("2029-03-02"), "2027-03-01"), []);
    }

    #[test]
    fn a_version_that_is_counted_before_it_is_in_force_is_told() {
        let findings = found(following("2027-03-01"), "2027-03-01");
        assert_eq!(codes(&findings), ["INCENTIVE_VERSION_AHEAD"]);
        assert_eq!(days_of(&findings), Some(&FindingValue::Count(99)));
        assert_eq!(findings[0].values.get("before"), Some(&FindingValue::Date(newest().from)));
        assert_eq!(codes(&found(following("2026-11-23"), "2027-03-01")), ["INCENTIVE_VERSION_AHEAD"]);
        assert_eq!(found(following("2026-11-22"), "2027-03-01"), []);
        let first = vec![Policy { from: day("2027-01-01"), ..newest() }];
        let findings = found(first, "2027-03-01");
        assert_eq!(codes(&findings), ["INCENTIVE_VERSION_AHEAD"]);
        assert_eq!(findings[0].values.get("before"), None);
    }

    #[test]
    fn a_version_that_ends_in_the_schedule_with_nothing_after_it_is_told() {
        let ends = |until: &str| vec![Policy { until: Some(day(until)), ..newest() }];
        let findings = found(ends("2029-02-28"), "2027-03-01");
        assert_eq!(codes(&findings), ["INCENTIVE_VERSION_ENDS"]);
        assert_eq!(found(ends("2029-03-01"), "2027-03-01"), []);
    }

    #[test]
    fn without_a_schedule_only_what_the_deciding_day_needs_is_told() {
        let catalog = Catalog::embedded().unwrap();
        let policy = Policy { sunset: Some(day("2027-02-28")), ..newest() };
        let days = Days { today: day("2026-11-22"), decided: day("2027-03-01"), delivery: None };
        assert_eq!(codes(&of_law("incentives[a]", &policy, catalog, &days)), ["INCENTIVE_EXPIRED"]);
    }
}
