// Every page but the first, read as one once that one stands.
export { BudgetPage } from './features/budget/page.tsx';
export { CapitalPage } from './features/capital/page.tsx';
export { DocsPage } from './features/docs/page.tsx';
export { FindingsPage } from './features/findings/page.tsx';
export { HistoryPage } from './features/history/page.tsx';
export { IncentivesPage } from './features/incentives/page.tsx';
export { OverviewPage } from './features/overview/page.tsx';
export { PacksPage } from './features/packs/page.tsx';
export { ProgramsPage } from './features/programs/page.tsx';
export { ProjectsPage } from './features/projects/page.tsx';
export { SetupPage } from './features/projects/wizard/page.tsx';
export { NewProjectPage } from './features/projects/wizard/start.tsx';
export { RevenuePage } from './features/revenue/page.tsx';
export { RiskPage } from './features/risk/page.tsx';
export { SettingsPage } from './features/settings/page.tsx';
export { SourcesUsesPage } from './features/sources-uses/page.tsx';
export { WaterfallPage } from './features/waterfall/page.tsx';
