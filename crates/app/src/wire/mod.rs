//! The shapes that cross the wire, the same on every host and in the generated TypeScript.

mod about;
mod actuals;
mod asked;
mod assessment;
mod budget_sheets;
mod claim_inputs;
mod closing;
mod combinations;
mod deals;
mod derived_plan;
mod figures;
mod findings;
mod history;
mod incentives;
mod jobs;
mod jurisdictions;
mod law;
mod levels;
mod library;
mod money;
mod over_time;
mod own_programs;
mod packs;
mod plan_edits;
mod points;
mod program_runs;
mod program_sheet;
mod projects;
mod recoupment_flows;
mod recoupment_statements;
mod revenue;
mod risk;
mod samples;
mod scenario;
mod settings;
mod ways;

pub use about::{DescribeProduct, Product};
pub use actuals::{
    ActualQuarterDto, ActualSourceDto, ActualStatementDto, ActualsEffectDto, ActualsView, ComparedDto,
    ExpenseProgressDto, ExportReceipts, ImportReceipts, NextPeriodDto, ReadReceiptsSheet, ReceiptsColumn,
    ReceiptsColumnChoice, ReceiptsFile, ReceiptsRow, ReceiptsSheetMapping, ReceiptsSheetView,
    ReceiptsStatement, ReceiptsTotals, StatementSourceActualDto, UnknownSourceDto, ViewActuals, WeighActuals,
    WeighedActuals,
};
pub use asked::Asked;
pub use assessment::{
    AssessedLineDto, AssessedProgram, BaseStepDto, CashEventDto, ConditionDto, CreditPartDto, CreditWorth,
    HandedDto, IncentivesView, MonetisationDto, QuestionDto, StandingReason, ViewIncentives, WeighAnswers,
    WeighLines, WeighedAnswer, WeighedAnswers, WeighedLine, WeighedLines, WeighedMove,
};
pub use budget_sheets::{
    BudgetSheetView, CellFaultDto, ExportBudget, ImportBudget, ReadBudgetSheet, SheetColumn,
    SheetColumnChoice, SheetFile, SheetLineDto, SheetMapping, SheetName, SheetRow, SheetTotals,
};
pub use claim_inputs::ClaimInputDto;
pub use closing::{
    ClosingSolution, NoBalance, NoClosing, RebalanceStack, RebalancedStack, SolveClosing, SolvedCellDto,
    SolvedClosing,
};
pub use combinations::{
    CombinedProgram, ProgramsBearing, WeighCombinations, WeighedCombination, WeighedCombinations,
};
pub use deals::{
    AddElement, CloseDeal, DealFile, DealView, EditCells, EditDeal, ListOpenDeals, OpenDeal, OpenDealFile,
    OpenDeals, RedoEdit, UndoEdit, ViewDeal, WriteDealFile,
};
pub use derived_plan::{CustomDto, DerivePlan, DerivedPlan};
pub use figures::{
    ExplainFigure, FigureChanges, FigureDto, Figures, LeafDto, QuantityDto, TreeDto, ViewFigures,
};
pub use findings::{
    ApplyCure, AskDto, CureDto, FindingDto, Findings, ListFindings, WeighCures, WeighedCures,
};
pub use history::{
    ChangeDto, CompareRevisions, FigureChange, ListRevisions, NameVersion, RestoreRevision,
    RevisionComparison, RevisionEntry, Revisions, UnnameVersion, VersionName,
};
pub use incentives::{
    ProgramEntry, ProgramFact, ProgramInput, ProgramLine, ProgramSource, ProgramView, Programs,
    SearchPrograms, ShowProgram,
};
pub use jobs::{
    CancelJob, DeleteJob, JobFault, JobResult, JobStart, JobState, JobView, Jobs, ListJobs, PauseJob,
    ResumeJob, StartSimulation, StartedJob, ViewJob, ViewJobResult,
};
pub use jurisdictions::{
    FailedCondition, MoveLine, OpenCondition, RecordedJurisdiction, ReferenceRatesDto, RefusedProgram,
    SurveyJurisdictions, SurveyedJurisdiction, SurveyedJurisdictions, SurveyedProgram, UnansweredProgram,
    WeighPlace, WeighedPlace, WeighedPlaceLine,
};
pub use law::{
    CompareVersions, LawDifference, LawEffect, LawOffer, LawReview, LawSide, LawStated, ReviewLawChanges,
    SettleLawChange, VersionComparison,
};
pub use levels::{LevelDto, LevelPartyDto, WeighLevels, WeighedLevels};
pub use library::{
    BackUpLibrary, ChangePassphrase, ChangeProfile, CheckLibrary, ChooseKeychain, CreateLibrary, KeptFile,
    LibraryCheck, LibraryState, LibraryView, LockLibrary, PassphraseRating, ProfileView, RatePassphrase,
    RestoreLibrary, RestoredLibrary, UnlockLibrary, ViewLibrary,
};
pub use money::{MoneyDto, UnsafeAmount};
pub use over_time::{
    IncentivesOverTime, LawChangeDto, LawStepDto, ProgramNow, ProgramThen, ViewIncentivesOverTime,
};
pub use own_programs::{
    ClaimProgram, CopyProgram, DeleteOwnProgram, ExportOwnProgram, ImportOwnProgram, ListOwnPrograms,
    OwnProgramEntry, OwnProgramVersion, OwnProgramView, OwnPrograms, ProgramDraft, ProgramFault,
    ReadOwnProgram, RestoreOwnProgram, SaveOwnProgram, TriedProgram, TryProgram,
};
pub use packs::{ExportPack, ExportedFile, ExportedPack, IssuedPack, IssuedPacks, ListPacks};
pub use plan_edits::{
    CopyPlan, FilmPlan, FilmSource, FilmTier, InsertPlanTemplate, ListPlanTemplates, PlanParameterDto,
    PlanPreview, PlanTemplateDto, PlanTemplates, PreviewPlan, ReadFilmPlan, ReshapePlan,
};
pub use points::{
    PointsCriterionDto, PointsNeedDto, PointsSectionDto, PointsTestDto, PointsTotalDto, ProgramTest,
    ProgramTestCriterion, ProgramTestSection, TestedCriterion, TestedProgram, TestedSection,
};
pub use program_runs::{
    ExampleResult, ExampleRun, ProgramExample, ProgramRunDto, RunExample, RunInputDto, RunInputs, RunLineDto,
    RunValueDto,
};
pub use program_sheet::{ProgramBearing, ProgramCondition, ProgramNumber, ProgramPayment, ProgramTax};
pub use projects::{
    BinProject, CopyProject, ExportProject, KeepDeal, ListProjects, MarkStep, OpenProject, ProjectEntry,
    ProjectList, ProjectOrder, PurgeProject, RenameProject, RestoreProject, StartProject,
};
pub use recoupment_flows::{
    FlowAmountDto, FlowPeriodDto, FlowStationDto, FlowStreamDto, FlowTotalDto, FlowsView, ViewFlows,
};
pub use recoupment_statements::{
    CompareRecoupment, DifferenceDto, DifferingDto, ExportStatements, LedgerDayDto, LedgerPeriodDto,
    LinePeriodDto, RecoupmentComparison, SourcePeriodDto, StatementLedgerDto, StatementLineDto,
    StatementPartyDto, StatementPeriodDto, StatementReasonDto, StatementSourceDto, StatementTotalsDto,
    StatementsView, ViewStatements,
};
pub use revenue::{
    AddDistribution, ApplyRelease, CaseGrossDto, PreviewRelease, ReleasePartDto, ReleasePreview,
    ReleaseRequest, ReleaseTemplateDto, RevenueCaseDto, RevenueCellDto, RevenueQuarterDto, RevenueRowDto,
    RevenueTermDto, RevenueView, TemplateWindowDto, ViewRevenue, WindowGrossDto, WindowLabelDto,
};
pub use risk::{
    DrawnValue, GoalAnswer, GoalJump, GoalView, PathReplay, PreviewRisk, ReplayPath, ReplayedParty,
    RiskAmount, RiskClaimDto, RiskConvergenceDto, RiskConvergencePoint, RiskCorrelationDto, RiskDriverView,
    RiskFanDto, RiskFigure, RiskHistogramDto, RiskMultipleDto, RiskNormalDto, RiskPartyDto, RiskPaybackDto,
    RiskPointDto, RiskQuantileDto, RiskReturnDto, RiskSampleDto, RiskValueDto, RiskView, SeekGoal,
    SensitivityBar, SensitivityIndex, SensitivityView, SpiderLine, SpiderPoint, TwoWayView, ViewRisk,
    ViewSensitivity, ViewTwoWay,
};
pub use samples::{ListSamples, OpenSampleDeal, Sample, Samples};
pub use scenario::{
    AllocationDto, AllocationPartDto, CompareScenarios, DeleteScenario, EvaluateScenarios, GenerateScenarios,
    KeptScenarioDto, KeptScenarios, ListScenarios, MeasureWeightDto, RankedScenarioDto, RenameScenario,
    SaveScenario, ScenarioComparison, ScenarioDto, ScenarioEvaluationDto, ScenarioEvaluations,
    ScenarioInstrumentDto, ScenarioMarkDto, ScenarioMeasureDto, ScenarioReasonDto, ScenarioShareDto,
    ScenariosView, TradeOffDto, TradeOffPointDto, TradeOffSlopeDto, TradeOffsView, ViewTradeOffs,
};
pub use settings::{ChangeSettings, ExchangeRate, MarketTerm, OwnTerm, SettingsView, ViewSettings};
pub use ways::{ClaimWaysDto, UsualLoanDto, UsualSaleDto, WayDto, WayEventDto, WayFiguresDto, WayLoanDto};
