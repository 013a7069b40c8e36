//! What scenarios are worth, which serves a reader best, and what one has to give up for another.

use std::ops::ControlFlow;
use std::sync::Arc;

use recoup_deal::Deal;
use recoup_explain::Quantity;
use recoup_model::Outcome;
use recoup_risk::run::{Asked as Paths, Sampling};
use recoup_scenarios::{
    Criterion, Direction, Entry, Evaluating, Measure, Measures, Objective, Perspective, Reader, Unit,
    Unknown, compare, evaluate_all, frontier,
};
use rust_decimal::Decimal;

use super::made::Made;
use super::memory::Worth;
use crate::computation::catalog;
use crate::figures::quantity;
use crate::state::State;
use crate::wire::{
    FigureDto, MeasureWeightDto, QuantityDto, RankedScenarioDto, ScenarioComparison, ScenarioEvaluationDto,
    ScenarioEvaluations, ScenarioMarkDto, ScenarioMeasureDto, TradeOffDto, TradeOffPointDto,
    TradeOffSlopeDto, TradeOffsView,
};
use crate::{AppError, ErrorCode};

/// The least and the most paths of one scenario.
const LIMITS: (u32, u32) = (256, 1_000_000);

/// How scenarios are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) paths: u64,
    pub(super) seed: u64,
}

impl Drawn {
    /// What a request asks for, in bounds and in whole rounds of paths.
    pub(super) fn asked(paths: Option<u32>, seed: Option<&str>) -> Result<Self, AppError> {
        let given = paths.unwrap_or(10_000);
        let (least, most) = LIMITS;
        if !(least..=most).contains(&given) {
            return Err(AppError::new(
                ErrorCode::InvalidRequest,
                "A scenario is evaluated on 256 to 1,000,000 paths.",
            )
            .with("path", "paths")
            .with("given", given)
            .with("min", least)
            .with("max", most));
        }
        let seed = match seed {
            None => 1,
            Some(text) => text.parse().map_err(|_| {
                AppError::new(ErrorCode::InvalidRequest, "A seed is a whole number that is not negative.")
                    .with("path", "seed")
                    .with("given", text)
                    .with("min", 0)
                    .with("max", u64::MAX)
            })?,
        };
        let rounded = Paths::new(given.into(), Sampling::Scrambled { scrambles: 8 });
        let paths = rounded.map_err(|reason| AppError::new(ErrorCode::Internal, reason.to_string()))?.paths;
        Ok(Self { paths, seed })
    }

    fn within(self, key: &str, measure: Measure) -> String {
        format!("scenario({key}).paths({},{}).{measure}", self.paths, self.seed)
    }
}

/// Scenarios with what they are worth.
pub(super) struct Valued {
    pub(super) made: Vec<Arc<Made>>,
    pub(super) measures: Vec<Arc<Measures>>,
    pub(super) drawn: Drawn,
    pub(super) revision: u32,
}

impl Valued {
    /// Evaluates what nobody has evaluated in this way yet, side by side.
    pub(super) fn of(
        state: &State,
        revision: u32,
        made: Vec<Arc<Made>>,
        drawn: Drawn,
    ) -> Result<Self, AppError> {
        let known = |one: &Arc<Made>| state.scenarios.worth(&one.key, drawn.paths, drawn.seed);
        let mut measures: Vec<Option<Arc<Measures>>> = made.iter().map(known).collect();
        let open: Vec<usize> = (0..made.len()).filter(|place| measures[*place].is_none()).collect();
        let deals: Vec<(&Deal, &Outcome)> =
            open.iter().map(|place| (made[*place].deal(), &made[*place].outcome)).collect();
        let settings = Evaluating { paths: drawn.paths, seed: drawn.seed, checked: false };
        let found = evaluate_all(&deals, catalog()?, settings, &|_| ControlFlow::Continue(()));
        for (place, found) in open.into_iter().zip(found.unwrap_or_default()) {
            let found = Arc::new(found);
            let key = made[place].key.clone();
            let Drawn { paths, seed } = drawn;
            state.scenarios.keep_worth(Worth { key, paths, seed, measures: found.clone() });
            measures[place] = Some(found);
        }
        Ok(Self { made, measures: measures.into_iter().flatten().collect(), drawn, revision })
    }

    fn entries(&self) -> Vec<Entry<'_>> {
        let pairs = self.made.iter().zip(&self.measures);
        pairs.map(|(made, measures)| Entry { id: made.key.as_str(), measures: measures.as_ref() }).collect()
    }

    fn key(&self, place: usize) -> String {
        self.made.get(place).map_or_else(String::new, |made| made.key.clone())
    }

    pub(super) fn told(&self) -> Result<ScenarioEvaluations, AppError> {
        let one = |(made, measures): (&Arc<Made>, &Arc<Measures>)| {
            let told = Measure::ALL.into_iter().map(|measure| self.measure(&made.key, measures, measure));
            Ok(ScenarioEvaluationDto {
                scenario: made.key.clone(),
                name: made.name.clone(),
                closes: measures.closes,
                measures: told.collect::<Result<_, AppError>>()?,
            })
        };
        Ok(ScenarioEvaluations {
            revision: self.revision,
            paths: u32::try_from(self.drawn.paths).unwrap_or(u32::MAX),
            seed: self.drawn.seed.to_string(),
            evaluations: self.made.iter().zip(&self.measures).map(one).collect::<Result<_, AppError>>()?,
        })
    }

    fn measure(
        &self,
        key: &str,
        measures: &Measures,
        measure: Measure,
    ) -> Result<ScenarioMeasureDto, AppError> {
        let error = match (&measures.recoupment_chance, measure) {
            (Ok(chance), Measure::RecoupmentChance) => decimal(chance.error).map(number).transpose()?,
            _ => None,
        };
        Ok(ScenarioMeasureDto {
            measure: measure.key().to_owned(),
            unit: unit(measure.unit()).to_owned(),
            higher_is_better: measure.direction() == Direction::Higher,
            figure: FigureDto {
                address: self.drawn.within(key, measure),
                value: value_of(measures, measure)?,
            },
            error,
        })
    }

    /// In the order in which they serve a reader.
    pub(super) fn compared(
        &self,
        reader: Reader,
        weights: &[MeasureWeightDto],
    ) -> Result<ScenarioComparison, AppError> {
        let mut perspective = Perspective::usual(reader);
        if !weights.is_empty() {
            perspective.criteria = criteria(weights)?;
        }
        let compared = compare(&self.entries(), &perspective).map_err(|reason| {
            AppError::new(ErrorCode::InvalidRequest, "Scenarios cannot be compared by these weights.")
                .with("path", "weights")
                .with("reason", reason)
                .with("min", 0)
        })?;
        let used = compared.perspective.criteria.iter();
        let weights =
            used.map(|one| MeasureWeightDto { measure: one.measure.key().to_owned(), weight: one.weight });
        let ranked = |place: usize| {
            let standing = &compared.standings[place];
            let marks = standing.marks.iter().map(|mark| ScenarioMarkDto {
                measure: mark.measure.key().to_owned(),
                weight: mark.weight,
                points: mark.told.as_ref().ok().map(|points| points.points),
            });
            let keys = |all: &[recoup_scenarios::Highlight]| {
                all.iter().map(|one| one.measure.key().to_owned()).collect()
            };
            let value = match &standing.score {
                Ok(score) => decimal(score.points).map(number).transpose()?,
                Err(reason) => Some(absent(reason)),
            };
            let key = self.key(place);
            let Drawn { paths, seed } = self.drawn;
            Ok(RankedScenarioDto {
                name: self.made[place].name.clone(),
                rank: standing.rank.map(|rank| u32::try_from(rank).unwrap_or(u32::MAX)),
                score: FigureDto {
                    address: format!("scenario({key}).paths({paths},{seed}).score.{}", word(reader)),
                    value: value.unwrap_or_else(|| absent(&Unknown::NotComputed)),
                },
                scenario: key,
                percentile: standing.percentile,
                marks: marks.collect(),
                strengths: keys(&standing.strengths),
                weaknesses: keys(&standing.weaknesses),
                duels_won: u32::try_from(standing.duels_won).unwrap_or(u32::MAX),
                duels_lost: u32::try_from(standing.duels_lost).unwrap_or(u32::MAX),
            })
        };
        Ok(ScenarioComparison {
            revision: self.revision,
            perspective: word(reader).to_owned(),
            weights: weights.collect(),
            rankings: compared.order().into_iter().map(ranked).collect::<Result<_, AppError>>()?,
            evaluations: self.told()?,
        })
    }

    /// What one measure costs of another.
    pub(super) fn traded(&self, objectives: &[Vec<String>]) -> Result<TradeOffsView, AppError> {
        let usual = USUAL_PAIRS.map(|pair| pair.map(|measure| measure.key().to_owned()).to_vec()).to_vec();
        let asked = if objectives.is_empty() { &usual } else { objectives };
        let mut frontiers = Vec::with_capacity(asked.len());
        for (place, keys) in asked.iter().enumerate() {
            let path = format!("objectives[{place}]");
            let measures = keys.iter().enumerate().map(|(at, key)| measure_of(key, &format!("{path}[{at}]")));
            let measures = measures.collect::<Result<Vec<Measure>, _>>()?;
            let objectives: Vec<Objective> = measures.into_iter().map(Objective::of).collect();
            let found = frontier(&self.entries(), &objectives).map_err(|reason| {
                AppError::new(ErrorCode::InvalidRequest, "A trade-off is between two or three measures.")
                    .with("path", &path)
                    .with("given", keys.len())
                    .with("min", 2)
                    .with("max", 3)
                    .with("reason", reason)
            })?;
            frontiers.push(TradeOffDto {
                objectives: keys.clone(),
                points: found
                    .places
                    .iter()
                    .map(|place| TradeOffPointDto {
                        scenario: self.key(place.entry),
                        values: place.values.clone(),
                        efficient: place.efficient,
                        beaten_by: place.beaten_by.iter().map(|one| self.key(*one)).collect(),
                    })
                    .collect(),
                efficient: found.efficient.iter().map(|one| self.key(*one)).collect(),
                knee: found.knee.map(|one| self.key(one)),
                slopes: found
                    .slopes
                    .iter()
                    .map(|slope| TradeOffSlopeDto {
                        from: self.key(slope.from),
                        to: self.key(slope.to),
                        price: slope.price,
                    })
                    .collect(),
                left_out: found.left_out.iter().map(|one| self.key(one.0)).collect(),
            });
        }
        Ok(TradeOffsView { revision: self.revision, frontiers, evaluations: self.told()? })
    }
}

/// The pairs that the founding plan names.
const USUAL_PAIRS: [[Measure; 2]; 5] = [
    [Measure::EquityIrrP50, Measure::RecoupmentChance],
    [Measure::EquityIrrP50, Measure::CostOfCapital],
    [Measure::EffectiveIncentiveRate, Measure::EquityIrrP50],
    [Measure::EffectiveIncentiveRate, Measure::CostOfCapital],
    [Measure::SeniorRecovery, Measure::EquityIrrP50],
];

fn measure_of(key: &str, path: &str) -> Result<Measure, AppError> {
    Measure::of_key(key).ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "There is no such measure.")
            .with("path", path)
            .with("given", key)
            .with("allowed", Measure::ALL.map(Measure::key).join(", "))
    })
}

fn criteria(weights: &[MeasureWeightDto]) -> Result<Vec<Criterion>, AppError> {
    let one = |(place, weight): (usize, &MeasureWeightDto)| {
        let measure = measure_of(&weight.measure, &format!("weights[{place}].measure"))?;
        Ok(Criterion { measure, weight: weight.weight, scale: None })
    };
    weights.iter().enumerate().map(one).collect()
}

/// Whose view is asked for.
pub(super) fn reader(asked: Option<&str>, deal: &Deal) -> Result<Reader, AppError> {
    let of_deal = deal.preferences.perspective.and_then(|perspective| serde_json::to_value(perspective).ok());
    let of_deal = of_deal.and_then(|word| word.as_str().map(str::to_owned));
    let asked = asked.map(str::to_owned).or(of_deal).unwrap_or_else(|| "balanced".to_owned());
    Reader::ALL.into_iter().find(|reader| word(*reader) == asked).ok_or_else(|| {
        AppError::new(ErrorCode::InvalidRequest, "There is no such perspective.")
            .with("path", "perspective")
            .with("given", &asked)
            .with("allowed", Reader::ALL.map(word).join(", "))
    })
}

fn word(reader: Reader) -> &'static str {
    match reader {
        Reader::Producer => "producer",
        Reader::Equity => "equity",
        Reader::Lender => "lender",
        Reader::Balanced => "balanced",
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Truth => "truth",
        Unit::Money => "money",
        Unit::Share => "share",
        Unit::AnnualRate => "annual_rate",
        Unit::Multiple => "multiple",
        Unit::Points => "points",
    }
}

/// Six digits: what lies beyond them is not known of a figure that was drawn.
fn decimal(value: f64) -> Option<Decimal> {
    Decimal::from_f64_retain(value).map(|value| value.round_dp(6))
}

fn number(value: Decimal) -> Result<QuantityDto, AppError> {
    quantity(&Quantity::Number(value))
}

fn absent(reason: &Unknown) -> QuantityDto {
    let path = match reason {
        Unknown::Missing { what, .. } => Some(what.clone()),
        _ => None,
    };
    QuantityDto::Absent { reason: reason.to_string(), path }
}

/// A measure as it crosses the wire: an amount exactly, a share or a rate as a decimal.
pub(super) fn value_of(measures: &Measures, measure: Measure) -> Result<QuantityDto, AppError> {
    let amount = match measure {
        Measure::Shortfall => Some(&measures.shortfall),
        Measure::NetIncentives => Some(&measures.net_incentives),
        Measure::PeakCashShortfall => Some(&measures.peak_cash_shortfall),
        _ => None,
    };
    match (measure, amount) {
        (Measure::Closes, _) => quantity(&Quantity::Flag(measures.closes)),
        (_, Some(Ok(amount))) => quantity(&Quantity::Money(*amount)),
        (_, Some(Err(reason))) => Ok(absent(reason)),
        _ => match measures.value(measure) {
            Ok(value) => match decimal(value) {
                Some(value) => number(value),
                None => Ok(absent(&Unknown::NotComputed)),
            },
            Err(reason) => Ok(absent(&reason)),
        },
    }
}
