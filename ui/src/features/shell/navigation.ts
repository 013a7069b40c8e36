import type { IconName } from '../../components/icon.tsx';
import type { TextKey } from '../../i18n/index.tsx';

export type NavItem = { to: string; text: TextKey; icon: IconName };

/** Pages of an open deal, in the order a financier reads them. A page stands here only once it is true. */
export const DEAL_PAGES: readonly NavItem[] = [
  { to: '/budget', text: 'nav.budget', icon: 'budget' },
  { to: '/capital', text: 'nav.capital', icon: 'capital' },
  { to: '/revenue', text: 'nav.revenue', icon: 'revenue' },
  { to: '/waterfall', text: 'nav.waterfall', icon: 'waterfall' },
  { to: '/history', text: 'nav.history', icon: 'history' },
];

/** Where an opened deal begins. */
export const FIRST_PAGE = '/budget';

export const COMMON_PAGES: readonly NavItem[] = [
  { to: '/programs', text: 'nav.programs', icon: 'incentives' },
  { to: '/settings', text: 'nav.settings', icon: 'settings' },
  { to: '/docs', text: 'nav.docs', icon: 'docs' },
];
