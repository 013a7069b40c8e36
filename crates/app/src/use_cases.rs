// The use cases of the studio, once. A host passes the name of a macro of its own and decides how to
// serve them, never what they do. One line reads
//
//     kind METHOD "path" area::function(Request) -> Response provides|invalidates [tags];
//
// `area::function` is found in this crate, the request and the response in `wire`. A bracketed part of
// the path is a field of the request. Requests served by GET carry text fields only.
//
// This file holds nothing but the macro, so that build scripts can include it without the crate.

/// Expands `$host!` with the list of use cases.
#[macro_export]
macro_rules! with_use_cases {
    ($host:ident) => {
        $host! {
            query GET "/about" about::describe_product(DescribeProduct) -> Product provides [Product];

            query GET "/library" library::view_library(ViewLibrary) -> LibraryView provides [Library];
            mutation POST "/library" library::create_library(CreateLibrary) -> LibraryView invalidates [Library, Projects, Settings];
            mutation POST "/library/unlock" library::unlock_library(UnlockLibrary) -> LibraryView invalidates [Library, Projects, Settings];
            mutation POST "/library/lock" library::lock_library(LockLibrary) -> LibraryView invalidates [Library, Projects, Deals, Deal, Figures, Settings];
            query POST "/library/passphrase/rating" library::rate_passphrase(RatePassphrase) -> PassphraseRating provides [];
            mutation PUT "/library/passphrase" library::change_passphrase(ChangePassphrase) -> LibraryView invalidates [Library];
            mutation PUT "/library/keychain" library::choose_keychain(ChooseKeychain) -> LibraryView invalidates [Library];
            mutation PUT "/library/profile" library::change_profile(ChangeProfile) -> LibraryView invalidates [Library];
            query GET "/library/check" backups::check_library(CheckLibrary) -> LibraryCheck provides [];
            mutation POST "/library/backups" backups::back_up_library(BackUpLibrary) -> KeptFile invalidates [];
            mutation POST "/library/restore" backups::restore_library(RestoreLibrary) -> RestoredLibrary invalidates [Library, Projects, Deals, Deal, Figures, Settings];

            query GET "/settings" settings::view_settings(ViewSettings) -> SettingsView provides [Settings];
            mutation PUT "/settings" settings::change_settings(ChangeSettings) -> SettingsView invalidates [Settings];

            query POST "/projects/search" projects::list_projects(ListProjects) -> ProjectList provides [Projects];
            mutation POST "/projects" projects::start_project(StartProject) -> DealView invalidates [Projects, Deals];
            mutation POST "/projects/{project}/open" projects::open_project(OpenProject) -> DealView invalidates [Deals];
            mutation PATCH "/projects/{project}" projects::rename_project(RenameProject) -> ProjectEntry invalidates [Projects, Deals, Deal];
            mutation PUT "/projects/{project}/step" projects::mark_step(MarkStep) -> ProjectEntry invalidates [Projects];
            mutation POST "/projects/{project}/copy" projects::copy_project(CopyProject) -> ProjectEntry invalidates [Projects];
            mutation POST "/projects/{project}/file" projects::export_project(ExportProject) -> KeptFile invalidates [];
            mutation DELETE "/projects/{project}" projects::bin_project(BinProject) -> ProjectEntry invalidates [Projects, Deals, Deal];
            mutation POST "/projects/{project}/restore" projects::restore_project(RestoreProject) -> ProjectEntry invalidates [Projects];
            mutation DELETE "/bin/{project}" projects::purge_project(PurgeProject) -> ProjectEntry invalidates [Projects];

            query GET "/samples" samples::list_samples(ListSamples) -> Samples provides [Product];
            mutation POST "/samples/{sample}" samples::open_sample_deal(OpenSampleDeal) -> DealView invalidates [Deals];

            query GET "/deals" deals::list_open_deals(ListOpenDeals) -> OpenDeals provides [Deals];
            mutation POST "/deals" deals::open_deal_file(OpenDealFile) -> DealView invalidates [Deals];
            query GET "/deals/{deal}" deals::view_deal(ViewDeal) -> DealView provides [Deal];
            query GET "/deals/{deal}/file" deals::write_deal_file(WriteDealFile) -> DealFile provides [Deal];
            mutation PATCH "/deals/{deal}" deals::edit_deal(EditDeal) -> DealView invalidates [Deals, Deal, Figures];
            mutation PATCH "/deals/{deal}/cells" deals::edit_cells(EditCells) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/elements" deals::add_element(AddElement) -> DealView invalidates [Deals, Deal, Figures];
            query POST "/deals/{deal}/budget/sheet" budget_sheets::read_budget_sheet(ReadBudgetSheet) -> BudgetSheetView provides [Deal];
            mutation POST "/deals/{deal}/budget/lines" budget_sheets::import_budget(ImportBudget) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/budget/file" budget_sheets::export_budget(ExportBudget) -> KeptFile invalidates [];
            mutation POST "/deals/{deal}/undo" deals::undo_edit(UndoEdit) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/redo" deals::redo_edit(RedoEdit) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/keep" projects::keep_deal(KeepDeal) -> DealView invalidates [Projects, Deals, Deal];
            query GET "/deals/{deal}/revisions" history::list_revisions(ListRevisions) -> Revisions provides [Deal];
            query GET "/deals/{deal}/comparison" history::compare_revisions(CompareRevisions) -> RevisionComparison provides [Deal];
            mutation POST "/deals/{deal}/revisions/{revision}/restore" history::restore_revision(RestoreRevision) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/revisions/{revision}/names" history::name_version(NameVersion) -> RevisionEntry invalidates [Deal];
            mutation DELETE "/deals/{deal}/versions/{version}" history::unname_version(UnnameVersion) -> DealView invalidates [Deal];
            query GET "/deals/{deal}/findings" findings::list_findings(ListFindings) -> Findings provides [Figures];
            query POST "/deals/{deal}/findings/cures" cures::weigh_cures(WeighCures) -> WeighedCures provides [Figures];
            mutation POST "/deals/{deal}/findings/cure" cures::apply_cure(ApplyCure) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/figures" figures::view_figures(ViewFigures) -> Figures provides [Figures];
            query GET "/deals/{deal}/explanation" figures::explain_figure(ExplainFigure) -> TreeDto provides [Figures];
            query POST "/deals/{deal}/closing/solution" closing::solve_closing(SolveClosing) -> SolvedClosing provides [Figures];
            query POST "/deals/{deal}/stack/rebalanced" rebalancing::rebalance_stack(RebalanceStack) -> RebalancedStack provides [Figures];
            query GET "/deals/{deal}/recoupment/derived" derived_plan::derive_recoupment(DerivePlan) -> DerivedPlan provides [Figures];
            query GET "/deals/{deal}/recoupment/flows" recoupment_flows::view_flows(ViewFlows) -> FlowsView provides [Figures];
            query POST "/deals/{deal}/recoupment/levels" levels::weigh_levels(WeighLevels) -> WeighedLevels provides [Figures];
            query POST "/deals/{deal}/recoupment/preview" plan_edits::preview_plan(PreviewPlan) -> PlanPreview provides [Figures];
            mutation POST "/deals/{deal}/recoupment/reshape" plan_edits::reshape_plan(ReshapePlan) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/recoupment/templates" plan_templates::list_plan_templates(ListPlanTemplates) -> PlanTemplates provides [Figures];
            mutation POST "/deals/{deal}/recoupment/template" plan_templates::insert_plan_template(InsertPlanTemplate) -> DealView invalidates [Deals, Deal, Figures];
            query POST "/deals/{deal}/recoupment/film" plan_templates::read_film_plan(ReadFilmPlan) -> FilmPlan provides [Figures];
            mutation POST "/deals/{deal}/recoupment/copy" plan_templates::copy_plan(CopyPlan) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/actuals" actuals::view_actuals(ViewActuals) -> ActualsView provides [Figures];
            query GET "/deals/{deal}/actuals/effect" actuals::weigh_actuals(WeighActuals) -> WeighedActuals provides [Figures];
            query POST "/deals/{deal}/actuals/sheet" actuals::read_receipts_sheet(ReadReceiptsSheet) -> ReceiptsSheetView provides [Deal];
            mutation POST "/deals/{deal}/actuals/statements" actuals::import_receipts(ImportReceipts) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/actuals/file" actuals::export_receipts(ExportReceipts) -> KeptFile invalidates [];
            query GET "/deals/{deal}/revenue" revenue::view_revenue(ViewRevenue) -> RevenueView provides [Figures];
            query POST "/deals/{deal}/revenue/release/preview" revenue::preview_release(PreviewRelease) -> ReleasePreview provides [Figures];
            mutation POST "/deals/{deal}/revenue/release" revenue::apply_release(ApplyRelease) -> DealView invalidates [Deals, Deal, Figures];
            mutation POST "/deals/{deal}/revenue/distribution" revenue::add_distribution(AddDistribution) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/recoupment/statements" recoupment_statements::view_statements(ViewStatements) -> StatementsView provides [Figures];
            mutation POST "/deals/{deal}/recoupment/statements/file" recoupment_statements::export_statements(ExportStatements) -> KeptFile invalidates [];
            query POST "/deals/{deal}/recoupment/comparison" recoupment_statements::compare_recoupment(CompareRecoupment) -> RecoupmentComparison provides [Figures];
            query GET "/deals/{deal}/incentives" assessment::view_incentives(ViewIncentives) -> IncentivesView provides [Figures];
            query GET "/deals/{deal}/incentives/lines" assessment::weigh_lines(WeighLines) -> WeighedLines provides [Figures];
            query GET "/deals/{deal}/incentives/time" assessment::view_incentives_over_time(ViewIncentivesOverTime) -> IncentivesOverTime provides [Figures];
            query GET "/deals/{deal}/law" law::review_law_changes(ReviewLawChanges) -> LawReview provides [Figures];
            mutation PUT "/deals/{deal}/law" law::settle_law_change(SettleLawChange) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/incentives/jurisdictions" assessment::survey_jurisdictions(SurveyJurisdictions) -> SurveyedJurisdictions provides [Figures];
            query GET "/deals/{deal}/incentives/jurisdictions/{jurisdiction}" assessment::weigh_place(WeighPlace) -> WeighedPlace provides [Figures];
            mutation POST "/deals/{deal}/lines/{line}/move" assessment::move_line(MoveLine) -> DealView invalidates [Deals, Deal, Figures];
            query GET "/deals/{deal}/incentives/combinations" assessment::weigh_combinations(WeighCombinations) -> WeighedCombinations provides [Figures];
            query GET "/deals/{deal}/incentives/{claim}/answers" assessment::weigh_answers(WeighAnswers) -> WeighedAnswers provides [Figures];
            query POST "/deals/{deal}/risk" risk::view_risk(ViewRisk) -> RiskView provides [Figures];
            query POST "/deals/{deal}/risk/preview" risk::preview_risk(PreviewRisk) -> RiskView provides [Figures];
            query POST "/deals/{deal}/risk/sensitivity" risk::view_sensitivity(ViewSensitivity) -> SensitivityView provides [Figures];
            query POST "/deals/{deal}/risk/two-way" risk::view_two_way(ViewTwoWay) -> TwoWayView provides [Figures];
            query POST "/deals/{deal}/risk/goal" risk::seek_goal(SeekGoal) -> GoalView provides [Figures];
            query POST "/deals/{deal}/risk/path" risk::replay_path(ReplayPath) -> PathReplay provides [Figures];
            query POST "/deals/{deal}/scenarios/generate" scenarios::generate_scenarios(GenerateScenarios) -> ScenariosView provides [Figures];
            query POST "/deals/{deal}/scenarios/evaluate" scenarios::evaluate_scenarios(EvaluateScenarios) -> ScenarioEvaluations provides [Figures];
            query POST "/deals/{deal}/scenarios/compare" scenarios::compare_scenarios(CompareScenarios) -> ScenarioComparison provides [Figures];
            query POST "/deals/{deal}/scenarios/tradeoffs" scenarios::view_trade_offs(ViewTradeOffs) -> TradeOffsView provides [Figures];
            mutation POST "/deals/{deal}/scenarios" scenarios::save_scenario(SaveScenario) -> KeptScenarios invalidates [Deal];
            query GET "/deals/{deal}/scenarios" scenarios::list_scenarios(ListScenarios) -> KeptScenarios provides [Deal];
            mutation PATCH "/deals/{deal}/scenarios/{scenario}" scenarios::rename_scenario(RenameScenario) -> KeptScenarios invalidates [Deal];
            mutation DELETE "/deals/{deal}/scenarios/{scenario}" scenarios::delete_scenario(DeleteScenario) -> KeptScenarios invalidates [Deal];
            mutation POST "/deals/{deal}/packs" packs::export_pack(ExportPack) -> ExportedPack invalidates [Packs];
            query GET "/deals/{deal}/packs" packs::list_packs(ListPacks) -> IssuedPacks provides [Packs];
            mutation DELETE "/deals/{deal}" deals::close_deal(CloseDeal) -> OpenDeals invalidates [Deals];

            mutation POST "/deals/{deal}/claims" own_programs::claim_program(ClaimProgram) -> DealView invalidates [Deals, Deal, Figures];

            mutation POST "/deals/{deal}/simulations" jobs::start_simulation(StartSimulation) -> StartedJob invalidates [Jobs];
            query GET "/jobs" jobs::list_jobs(ListJobs) -> Jobs provides [Jobs];
            query GET "/jobs/{job}" jobs::view_job(ViewJob) -> JobView provides [Jobs];
            query GET "/jobs/{job}/result" jobs::view_job_result(ViewJobResult) -> JobResult provides [Jobs];
            mutation POST "/jobs/{job}/cancel" jobs::cancel_job(CancelJob) -> JobView invalidates [Jobs];
            mutation POST "/jobs/{job}/pause" jobs::pause_job(PauseJob) -> JobView invalidates [Jobs];
            mutation POST "/jobs/{job}/resume" jobs::resume_job(ResumeJob) -> JobView invalidates [Jobs];
            mutation DELETE "/jobs/{job}" jobs::delete_job(DeleteJob) -> JobView invalidates [Jobs];

            query GET "/own-programs" own_programs::list_own_programs(ListOwnPrograms) -> OwnPrograms provides [Incentives];
            mutation POST "/own-programs" own_programs::save_own_program(SaveOwnProgram) -> OwnProgramView invalidates [Incentives];
            query POST "/own-programs/try" own_programs::try_program(TryProgram) -> TriedProgram provides [Figures];
            mutation POST "/own-programs/import" own_programs::import_own_program(ImportOwnProgram) -> OwnProgramView invalidates [Incentives];
            query GET "/own-programs/{own}" own_programs::read_own_program(ReadOwnProgram) -> OwnProgramView provides [Incentives];
            mutation DELETE "/own-programs/{own}" own_programs::delete_own_program(DeleteOwnProgram) -> OwnProgramEntry invalidates [Incentives];
            mutation POST "/own-programs/{own}/restore" own_programs::restore_own_program(RestoreOwnProgram) -> OwnProgramView invalidates [Incentives];
            mutation POST "/own-programs/{own}/file" own_programs::export_own_program(ExportOwnProgram) -> KeptFile invalidates [];

            query GET "/incentives" incentives::search_programs(SearchPrograms) -> Programs provides [Incentives];
            query GET "/incentives/{program}" incentives::show_program(ShowProgram) -> ProgramView provides [Incentives];
            query GET "/incentives/{program}/examples/{example}" program_runs::run_example(RunExample) -> ExampleRun provides [Incentives];
            query POST "/incentives/{program}/run" program_runs::run_inputs(RunInputs) -> ProgramRunDto provides [Incentives];
            query GET "/incentives/{program}/draft" own_programs::copy_program(CopyProgram) -> ProgramDraft provides [Incentives];
            query GET "/incentives/{program}/comparison" law::compare_versions(CompareVersions) -> VersionComparison provides [Incentives];
        }
    };
}
