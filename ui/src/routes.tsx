import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { Skeleton } from './components/states.tsx';
import { Broken } from './features/shell/broken.tsx';
import { Fault } from './features/shell/fault.tsx';
import { Frame } from './features/shell/frame.tsx';
import { Redirect } from './features/shell/redirect.tsx';
import { StartPage } from './features/welcome/page.tsx';
import { useDesk } from './features/workspace/desk.tsx';
import { useText } from './i18n/index.tsx';

/** The pages that do not come with the first one: a page is read when somebody goes there, and all with it. */
export const readPages = () => import('./pages.tsx');

type Pages = Awaited<ReturnType<typeof readPages>>;
const page = (name: keyof Pages): RouteComponent => lazyRouteComponent(readPages, name);

/** A page of the open deal; without one the way leads back to the start. */
function withDeal(Page: RouteComponent): RouteComponent {
  function DealPage() {
    const { t } = useText();
    const { view, isPending, fault, retry } = useDesk();
    if (fault) return <Fault fault={fault} onRetry={retry} />;
    if (isPending) return <Skeleton label={t('pages.loading')} rows={7} />;
    return view ? <Page /> : <Redirect to="/" />;
  }
  // The router reads the page before it goes there.
  return Object.assign(DealPage, Page.preload ? { preload: Page.preload } : {});
}

const root = createRootRoute({ component: Frame, notFoundComponent: () => <Redirect to="/" /> });
const route = <Path extends string>(path: Path, component: RouteComponent) =>
  createRoute({ getParentRoute: () => root, path, component });

const tree = root.addChildren([
  route('/', StartPage),
  route('/projects', page('ProjectsPage')),
  route('/projects/new', page('NewProjectPage')),
  route('/setup/$step', withDeal(page('SetupPage'))),
  route('/overview', withDeal(page('OverviewPage'))),
  route('/incentives', withDeal(page('IncentivesPage'))),
  route('/budget', withDeal(page('BudgetPage'))),
  route('/capital', withDeal(page('CapitalPage'))),
  route('/sources-uses', withDeal(page('SourcesUsesPage'))),
  route('/revenue', withDeal(page('RevenuePage'))),
  route('/waterfall', withDeal(page('WaterfallPage'))),
  route('/risk', withDeal(page('RiskPage'))),
  route('/scenarios', withDeal(page('ScenariosPage'))),
  route('/findings', withDeal(page('FindingsPage'))),
  route('/packs', withDeal(page('PacksPage'))),
  route('/history', withDeal(page('HistoryPage'))),
  route('/programs', page('ProgramsPage')),
  route('/settings', page('SettingsPage')),
  route('/docs', page('DocsPage')),
]);

/** The address lives behind the hash, so that one build works from a file, a custom scheme and a server. */
export function makeRouter() {
  return createRouter({
    routeTree: tree,
    history: createHashHistory(),
    defaultPreload: false,
    defaultErrorComponent: Broken,
  });
}
