import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Skeleton } from './components/states.tsx';
import { BudgetPage } from './features/budget/page.tsx';
import { CapitalPage } from './features/capital/page.tsx';
import { DocsPage } from './features/docs/page.tsx';
import { FindingsPage } from './features/findings/page.tsx';
import { HistoryPage } from './features/history/page.tsx';
import { IncentivesPage } from './features/incentives/page.tsx';
import { OverviewPage } from './features/overview/page.tsx';
import { PacksPage } from './features/packs/page.tsx';
import { ProgramsPage } from './features/programs/page.tsx';
import { ProjectsPage } from './features/projects/page.tsx';
import { SetupPage } from './features/projects/wizard/page.tsx';
import { NewProjectPage } from './features/projects/wizard/start.tsx';
import { RevenuePage } from './features/revenue/page.tsx';
import { SettingsPage } from './features/settings/page.tsx';
import { Fault } from './features/shell/fault.tsx';
import { Frame } from './features/shell/frame.tsx';
import { Redirect } from './features/shell/redirect.tsx';
import { WaterfallPage } from './features/waterfall/page.tsx';
import { StartPage } from './features/welcome/page.tsx';
import { useDesk } from './features/workspace/desk.tsx';
import { useText } from './i18n/index.tsx';

/** A page of the open deal; without one the way leads back to the start. */
function withDeal(Page: () => JSX.Element): () => JSX.Element {
  return function DealPage() {
    const { t } = useText();
    const { view, isPending, fault, retry } = useDesk();
    if (fault) return <Fault fault={fault} onRetry={retry} />;
    if (isPending) return <Skeleton label={t('pages.loading')} rows={7} />;
    return view ? <Page /> : <Redirect to="/" />;
  };
}

const root = createRootRoute({ component: Frame, notFoundComponent: () => <Redirect to="/" /> });
const route = <Path extends string>(path: Path, component: () => JSX.Element) =>
  createRoute({ getParentRoute: () => root, path, component });

const tree = root.addChildren([
  route('/', StartPage),
  route('/projects', ProjectsPage),
  route('/projects/new', NewProjectPage),
  route('/setup/$step', withDeal(SetupPage)),
  route('/overview', withDeal(OverviewPage)),
  route('/incentives', withDeal(IncentivesPage)),
  route('/budget', withDeal(BudgetPage)),
  route('/capital', withDeal(CapitalPage)),
  route('/revenue', withDeal(RevenuePage)),
  route('/waterfall', withDeal(WaterfallPage)),
  route('/findings', withDeal(FindingsPage)),
  route('/packs', withDeal(PacksPage)),
  route('/history', withDeal(HistoryPage)),
  route('/programs', ProgramsPage),
  route('/settings', SettingsPage),
  route('/docs', DocsPage),
]);

/** The address lives behind the hash, so that one build works from a file, a custom scheme and a server. */
export function makeRouter() {
  return createRouter({ routeTree: tree, history: createHashHistory(), defaultPreload: false });
}
