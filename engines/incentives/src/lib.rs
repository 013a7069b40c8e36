//! Public support as dated, cited forms that compute and explain themselves.
//!
//! A **program** (a tax credit, a rebate) has dated **versions**; each is a [`Policy`]: named inputs, the
//! numbers of the law with their clauses and sources, ordered lines in a small total language, conditions,
//! the schedule of cash and the ways it touches other programs. Policies are data: built-in ones are TOML
//! files in this crate, a producer's own are JSON of the same type, and [`lint`] checks both.
//!
//! # Invariants
//! - The language ends: no loops, no input or output, bounded size ([`parse::MAX_NODES`]).
//! - *Not given* is a value of its own and never nought; a line without what it needs has no value.
//! - Every number of the law is a named constant with clause, source and confidence.
//! - Amounts are exact decimals; a credit is rounded once, where its line says so, and it is the rounded
//!   credit that reduces the base of the next program.
//!
//! ```
//! use recoup_incentives::{Answers, Catalog, Value, run};
//! let catalog = Catalog::embedded().unwrap();
//! let policy = catalog.on("ca-federal-cptc", "2025-06-30".parse().unwrap()).unwrap();
//! let answers = Answers::new()
//!     .with("canadian_labour", Value::Number(2_100_000.into()))
//!     .with("total_cost", Value::Number(6_000_000.into()));
//! let run = run(policy, &answers, &Answers::new()).unwrap();
//! assert_eq!(run.credit(), Some(525_000.into()));
//! ```
#![deny(missing_docs)]

mod achievable;
mod aid;
mod answers;
mod assess;
mod binding;
pub mod cases;
mod catalog;
mod claim;
mod companies;
mod doubts;
mod evaluate;
pub mod examples;
mod expression;
mod history;
mod labels;
mod lint;
mod mapping;
mod margin;
mod monetise;
mod over_time;
pub mod own;
pub mod parse;
mod periods;
mod points;
mod policy;
mod record;
mod run;
mod stack;
mod steps;
mod survey;
mod yields;

pub use achievable::{Achievable, NotPaying, Paying, achievable, achievable_in, moved_to};
pub use answers::{AnswerError, Answers};
pub use assess::{AssessedLine, Assessment, ClaimAssessment, HandedOver, Standing, assess, assess_these};
pub use binding::{MappedFrom, MappedInput};
pub use catalog::{Catalog, CatalogError, MAX_UPLOAD, policy_schema, read_json, read_json_bytes, read_toml};
pub use claim::CashEvent;
pub use evaluate::{EvaluateError, Scope, evaluate, half_up};
pub use expression::{Binary, Expression, Function, Unary, Value};
pub use history::{Difference, Part, Side, Stated, differences};
pub use labels::{Labels, spoken};
pub use lint::{
    LintFinding, MAX_LINES, MAX_PARTS, MAX_RESTING, MAX_SHORT_FORMS, lint, lint_complete, lint_library,
    lint_versions,
};
pub use mapping::cells_of;
pub use margin::{Case, Margin, Move, Supposed, margins};
pub use monetise::{ClaimWays, Flow, LoanFigures, UsualLoan, WayAssessment, WayEvent, WayFigures, monetise};
pub use over_time::{
    ClaimThen, LawChange, LawStep, OnDay, TextUsed, assess_on, on_day, over_time, texts_used,
};
pub use own::{
    Edition, Fault, OwnProgram, ProgramOrigin, catalog_of, own_edition, read_own, read_own_bytes,
    read_own_value,
};
pub use parse::{Formula, ParseError, parse};
pub use periods::{PeriodRuns, asks_by_period, run_periods};
pub use points::{
    CriterionPoints, CriterionState, NeedPoints, PointsResult, SectionPoints, WayToPass, points,
    points_of_claim,
};
pub use policy::{
    AidLimit, BudgetMap, CashPayment, CashStart, Closed, Condition, Confidence, Consequence, Constant,
    Counting, Input, InputDefault, Interaction, KnownFact, Line, Measure, Output, Periods, PointsChoice,
    PointsCriterion, PointsNeed, PointsSection, PointsTest, PointsTotal, Policy, ProgramKind, Relation, Rest,
    ShortForm, Source, Stream, TaxSwitch, TotalSettles, Unit, UsualPrice, Way, WayKind,
};
pub use run::{BoundInput, ConditionResult, Origin, ProgramRun, TraceLine, Verdict, recognise, run};
pub use stack::{
    Choice, Combination, Exclusion, Member, StackError, best_combination, exclusion, order, run_stack,
};
pub use steps::{BaseStep, Breakdown, Cited, CreditPart, LineKind, StepKind};
pub use survey::{Surveyed, survey};
pub use yields::Yield;
