import type { IconName } from '../../components/icon.tsx';
import type { TextKey } from '../../i18n/index.tsx';

export type NavItem = { to: string; text: TextKey; icon: IconName };

/** Pages of an open deal, in the order a financier reads them. A page stands here only once it is true. */
export const DEAL_PAGES: readonly NavItem[] = [
  { to: '/overview', text: 'nav.overview', icon: 'overview' },
  { to: '/budget', text: 'nav.budget', icon: 'budget' },
  { to: '/incentives', text: 'nav.incentives', icon: 'incentives' },
  { to: '/capital', text: 'nav.capital', icon: 'capital' },
  { to: '/sources-uses', text: 'nav.sources_uses', icon: 'table' },
  { to: '/revenue', text: 'nav.revenue', icon: 'revenue' },
  { to: '/waterfall', text: 'nav.waterfall', icon: 'waterfall' },
  { to: '/risk', text: 'nav.risk', icon: 'risk' },
  { to: '/scenarios', text: 'nav.scenarios', icon: 'scenarios' },
  { to: '/findings', text: 'nav.findings', icon: 'findings' },
  { to: '/packs', text: 'nav.packs', icon: 'packs' },
  { to: '/history', text: 'nav.history', icon: 'history' },
];

/** Where somebody arrives whose database is open. */
export const HOME_PAGE = '/projects';

/** Where an opened deal begins. */
export const FIRST_PAGE = '/overview';

/** Where the page of the deal that was looked at last is kept, for who comes back to it. */
const LAST = 'recoup.page';

export function rememberPage(path: string): void {
  if (DEAL_PAGES.some((page) => page.to === path)) sessionStorage.setItem(LAST, path);
}

/** The page of the deal that was looked at last, else the first. */
export function lastPage(): string {
  const path = sessionStorage.getItem(LAST);
  return DEAL_PAGES.find((page) => page.to === path)?.to ?? FIRST_PAGE;
}

export const COMMON_PAGES: readonly NavItem[] = [
  { to: '/projects', text: 'nav.projects', icon: 'projects' },
  { to: '/programs', text: 'nav.programs', icon: 'search' },
  { to: '/settings', text: 'nav.settings', icon: 'settings' },
  { to: '/docs', text: 'nav.docs', icon: 'docs' },
];
