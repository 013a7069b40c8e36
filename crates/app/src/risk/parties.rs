//! What each party and each claim may come to.

use recoup_deal::recoupment::Takes;
use recoup_risk::statistics::{Answer, Summary, exact_quantiles, summaries};
use recoup_risk::{Column, Measure, PathModel};

use super::numbers::{LATER, NO_MONEY, NOTHING, Teller};
use super::simulated::Told;
use crate::wire::{
    RiskClaimDto, RiskFigure, RiskMultipleDto, RiskPartyDto, RiskPaybackDto, RiskReturnDto, RiskValueDto,
};

const ENDS: [f64; 3] = [0.1, 0.5, 0.9];
const MARKS: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// The figures of all columns but those of fans.
struct Summaries(Vec<(Column, Summary)>);

impl Summaries {
    fn of(told: &Told<'_>) -> Self {
        let run = told.run;
        let places: Vec<(usize, Column)> = run
            .columns()
            .iter()
            .cloned()
            .enumerate()
            .filter(|(_, column)| !matches!(column.measure, Measure::ReceivedBy(_) | Measure::Received))
            .collect();
        let asked: Vec<(usize, &[f64])> =
            places.iter().map(|(place, column)| (*place, wanted(column.measure))).collect();
        let mut found = summaries(run, &asked, told.threads);
        if run.values(0).is_none() {
            exact(told, &places, &mut found);
        }
        Self(places.into_iter().map(|(_, column)| column).zip(found).collect())
    }

    fn get(&self, of: &str, measure: Measure) -> Option<&Summary> {
        let found = self.0.iter().find(|(column, _)| column.of == of && column.measure == measure);
        found.map(|(_, summary)| summary)
    }
}

/// Paths that were counted are computed once more for quantiles to the last digit.
fn exact(told: &Told<'_>, places: &[(usize, Column)], found: &mut [Summary]) {
    let measured: Vec<usize> =
        (0..places.len()).filter(|index| !wanted(places[*index].1.measure).is_empty()).collect();
    let own: Vec<usize> = measured.iter().map(|index| places[*index].0).collect();
    let all = exact_quantiles(told.run, told.film, &own, &MARKS, told.threads);
    for (index, answers) in measured.into_iter().zip(all) {
        for (p, answer) in &mut found[index].quantiles {
            if let Some(mark) = MARKS.iter().position(|mark| mark == p) {
                *answer = answers[mark];
            }
        }
    }
}

fn wanted(measure: Measure) -> &'static [f64] {
    match measure {
        Measure::Irr => &MARKS,
        Measure::Multiple | Measure::Npv | Measure::PaybackMonths => &ENDS,
        Measure::Invested => &ENDS[1..2],
        Measure::Recouped | Measure::Received | Measure::ReceivedBy(_) => &[],
    }
}

fn quantile(summary: Option<&Summary>, p: f64) -> Answer {
    let found = summary.and_then(|summary| summary.quantiles.iter().find(|one| one.0 == p));
    found.map_or(Answer::Nothing, |one| one.1)
}

/// Every party and every claim.
pub(super) fn told(told: &Told<'_>, teller: &mut Teller) -> (Vec<RiskPartyDto>, Vec<RiskClaimDto>) {
    let summaries = Summaries::of(told);
    let mut parties: Vec<&str> = Vec::new();
    let mut claims = Vec::new();
    for column in told.film.columns() {
        match column.of.strip_prefix("tier:") {
            Some(tier) => claims.push(claim(told, tier, &summaries, teller)),
            None if !parties.contains(&column.of.as_str()) => parties.push(&column.of),
            None => {}
        }
    }
    (parties.into_iter().map(|id| party(told, id, &summaries, teller)).collect(), claims)
}

fn claim(told: &Told<'_>, tier: &str, summaries: &Summaries, teller: &mut Teller) -> RiskClaimDto {
    let positions = told.deal.recoupment.as_ref().map(|plan| plan.positions()).unwrap_or_default();
    let found = positions.iter().find(|(_, one)| one.id == tier).map(|(_, one)| *one);
    let payee = found.and_then(|found| match &found.takes {
        Takes::Share(share) => Some(share.payee.clone()),
        Takes::Together(_) | Takes::Steps(_) | Takes::Reserve(_) | Takes::Enters(_) => None,
    });
    let summary = summaries.get(&format!("tier:{tier}"), Measure::Recouped);
    let within = format!("recoupment.claims.{tier}.recouped");
    RiskClaimDto {
        tier: tier.to_owned(),
        label: found.and_then(|found| found.label.clone()).unwrap_or_else(|| tier.to_owned()),
        party: payee.unwrap_or_default(),
        recouped: teller.number(&within, summary.map_or(Answer::Nothing, |summary| summary.mean)),
    }
}

fn party(told: &Told<'_>, id: &str, summaries: &Summaries, teller: &mut Teller) -> RiskPartyDto {
    let known = told.deal.parties.iter().find(|known| known.id == id);
    let role = known.and_then(|known| serde_json::to_value(known.role).ok());
    // Of a party that is looked at, and of all of them once the hand rests, everything is told.
    let in_part = summaries.get(id, Measure::Npv).is_none();
    let of = Of { id, summaries, in_part };
    RiskPartyDto {
        party: id.to_owned(),
        label: known.map_or_else(|| id.to_owned(), |known| known.name.clone()),
        kind: role.and_then(|role| role.as_str().map(str::to_owned)).unwrap_or_default(),
        recouped: of.figure(Measure::Recouped, "recouped", |summary| summary.mean, teller),
        irr: of.irr(teller),
        multiple: of.multiple(teller),
        npv: of.npv(teller),
        payback: of.payback(teller),
        total_loss: of.share(Measure::Irr, "total_loss", |summary| summary.lost, teller),
        undefined_paths: of.share(Measure::Irr, "undefined", |summary| summary.undefined, teller),
        loss: of.share(Measure::Multiple, "loss", |summary| summary.short, teller),
    }
}

/// A party and what was found about it.
struct Of<'a> {
    id: &'a str,
    summaries: &'a Summaries,
    in_part: bool,
}

impl Of<'_> {
    /// Why a figure that no path has is none.
    fn why_not(&self) -> &'static str {
        if self.in_part { LATER } else { NO_MONEY }
    }

    fn within(&self, word: &str) -> String {
        format!("returns.{}.{word}", self.id)
    }

    fn summary(&self, measure: Measure) -> Option<&Summary> {
        self.summaries.get(self.id, measure)
    }

    fn figure(
        &self,
        measure: Measure,
        word: &str,
        of: impl Fn(&Summary) -> Answer,
        teller: &mut Teller,
    ) -> RiskFigure {
        match self.summary(measure) {
            Some(summary) => teller.number(&self.within(word), of(summary)),
            None => teller.nothing(&self.within(word), self.why_not()),
        }
    }

    fn share(
        &self,
        measure: Measure,
        word: &str,
        of: impl Fn(&Summary) -> Option<recoup_risk::run::Estimate>,
        teller: &mut Teller,
    ) -> RiskFigure {
        match self.summary(measure) {
            Some(summary) => teller.share(&self.within(word), of(summary)),
            None => teller.nothing(&self.within(word), self.why_not()),
        }
    }

    fn irr(&self, teller: &mut Teller) -> RiskReturnDto {
        let summary = self.summary(Measure::Irr);
        let mut at = |mark: f64, word: &str| match summary {
            Some(_) => teller.number(&self.within(&format!("irr.{word}")), quantile(summary, mark)),
            None => teller.nothing(&self.within(&format!("irr.{word}")), self.why_not()),
        };
        let [p5, p10, p25, p50, p75, p90, p95] = [
            (0.05, "p5"),
            (0.1, "p10"),
            (0.25, "p25"),
            (0.5, "p50"),
            (0.75, "p75"),
            (0.9, "p90"),
            (0.95, "p95"),
        ]
        .map(|(mark, word)| at(mark, word));
        let mean = self.figure(Measure::Irr, "irr.mean", |summary| summary.mean, teller);
        let deviation = self.figure(Measure::Irr, "irr.deviation", |summary| summary.deviation, teller);
        RiskReturnDto { p5, p10, p25, p50, p75, p90, p95, mean, deviation }
    }

    fn multiple(&self, teller: &mut Teller) -> RiskMultipleDto {
        let mut at = |word: &str, of: &dyn Fn(&Summary) -> Answer| {
            self.figure(Measure::Multiple, &format!("multiple.{word}"), of, teller)
        };
        RiskMultipleDto {
            p10: at("p10", &|summary| quantile(Some(summary), 0.1)),
            p50: at("p50", &|summary| quantile(Some(summary), 0.5)),
            p90: at("p90", &|summary| quantile(Some(summary), 0.9)),
            mean: at("mean", &|summary| summary.mean),
            shortfall: at("shortfall", &|summary| summary.shortfall),
        }
    }

    fn npv(&self, teller: &mut Teller) -> RiskValueDto {
        let summary = self.summary(Measure::Npv);
        let mut at = |word: &str, answer: Answer| teller.amount(&self.within(&format!("npv.{word}")), answer);
        RiskValueDto {
            p10: at("p10", quantile(summary, 0.1)),
            p50: at("p50", quantile(summary, 0.5)),
            p90: at("p90", quantile(summary, 0.9)),
            mean: at("mean", summary.map_or(Answer::Nothing, |summary| summary.mean)),
            shortfall: at("shortfall", summary.map_or(Answer::Nothing, |summary| summary.shortfall)),
        }
    }

    fn payback(&self, teller: &mut Teller) -> RiskPaybackDto {
        let summary = self.summary(Measure::PaybackMonths);
        let mut at = |mark: f64, word: &str| {
            let within = self.within(&format!("payback_months.{word}"));
            match summary {
                Some(_) => teller.months(&within, quantile(summary, mark)),
                None => teller.nothing(&within, self.why_not()),
            }
        };
        let [p10, p50, p90] = [(0.1, "p10"), (0.5, "p50"), (0.9, "p90")].map(|(mark, word)| at(mark, word));
        let within = self.within("payback_months.never");
        let never = match summary {
            Some(summary) => teller.share(&within, summary.undefined),
            None => teller.nothing(&within, NOTHING),
        };
        RiskPaybackDto { p10, p50, p90, never }
    }
}
