import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { memo, useEffect, useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatPrice } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { ExplainPanel } from '../explain/panel.tsx';
import { isSheet, usePanel } from '../explain/provider.tsx';
import { JobsProvider } from '../jobs/provider.tsx';
import { JobsButton } from '../jobs/top.tsx';
import { AutoLock } from '../library/auto-lock.tsx';
import { useLibrary } from '../library/context.tsx';
import { KeepOffer, useKeep } from '../library/keep.tsx';
import { SavedState } from '../library/saved.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { DealSwitcher } from '../workspace/switcher.tsx';
import { UnsavedNotice } from '../workspace/unsaved.tsx';
import { useShortcuts } from './keys.ts';
import { COMMON_PAGES, DEAL_PAGES, type NavItem, rememberPage } from './navigation.ts';
import { CommandPalette } from './palette.tsx';
import { FindingCount } from './rail-count.tsx';
import { ThemeButton } from './theme-button.tsx';

const isApple = /Mac|iP(hone|ad)/.test(navigator.platform);

export function Frame() {
  const { t } = useText();
  const { view } = useDesk();
  const { open: closePanel } = usePanel();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);
  const { keep } = useKeep();
  const { view: library } = useLibrary();
  // Before there is anything to go to, the page has the window to itself.
  const hasRail = view !== null || library?.state === 'open';
  const path = useRouterState({ select: (state) => state.location.pathname });
  useShortcuts(() => setPaletteOpen(true), keep);
  useEffect(() => {
    rememberPage(path);
    setMenuOpen(false);
    if (isSheet()) closePanel(null);
    document.getElementById('page')?.scrollTo?.(0, 0);
  }, [path, closePanel]);

  return (
    <JobsProvider>
      <div className={view ? 'frame' : hasRail ? 'frame frame-plain' : 'frame frame-bare'}>
        <button type="button" className="skip" onClick={skipToPage}>
          {t('skip')}
        </button>
        <TopBar
          hasRail={hasRail}
          menuOpen={menuOpen}
          onMenu={() => setMenuOpen(!menuOpen)}
          onSearch={() => setPaletteOpen(true)}
        />
        {hasRail ? <Rail open={menuOpen} path={path} hasDeal={view !== null} /> : null}
        <div className="frame-main">
          <main className="page" id="page" tabIndex={-1}>
            <UnsavedNotice />
            <KeepOffer />
            <Outlet />
          </main>
          {view ? <ExplainPanel /> : null}
        </div>
        {view ? <StatusBar /> : null}
        <AutoLock />
        <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} />
      </div>
    </JobsProvider>
  );
}

/** The address after the hash belongs to the router, so skipping moves the focus itself. */
function skipToPage(): void {
  document.getElementById('page')?.focus();
}

function TopBar({
  hasRail,
  menuOpen,
  onMenu,
  onSearch,
}: {
  hasRail: boolean;
  menuOpen: boolean;
  onMenu: () => void;
  onSearch: () => void;
}) {
  const { t } = useText();
  const { view, undo, redo } = useDesk();
  const navigate = useNavigate();
  return (
    <header className="topbar">
      {hasRail ? (
        <IconButton
          className="menu-button"
          icon={menuOpen ? 'close' : 'menu'}
          label={menuOpen ? t('nav.close') : t('nav.open')}
          aria-expanded={menuOpen}
          onClick={onMenu}
        />
      ) : null}
      <Link className="brand" to="/">
        <span className="brand-mark" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        {t('app.name')}
      </Link>
      {view ? (
        <>
          <DealSwitcher />
          <span className="sub topbar-revision">{t('top.revision', { number: view.number })}</span>
          <IconButton icon="undo" label={t('top.undo')} disabled={view.undo === null} onClick={undo} />
          <IconButton icon="redo" label={t('top.redo')} disabled={view.redo === null} onClick={redo} />
        </>
      ) : null}
      <button type="button" className="topbar-search" onClick={onSearch}>
        <Icon name="search" />
        <span>{t('top.search')}</span>
        <kbd className="key" aria-hidden="true">
          {isApple ? '⌘ K' : 'Ctrl K'}
        </kbd>
      </button>
      <SavedState />
      {hasRail ? <JobsButton /> : null}
      {hasRail ? null : (
        <IconButton
          icon="settings"
          label={t('nav.settings')}
          onClick={() => void navigate({ to: '/settings' })}
        />
      )}
      <ThemeButton />
    </header>
  );
}

type RailProps = { open: boolean; path: string; hasDeal: boolean };

const Rail = memo(function Rail({ open, path, hasDeal }: RailProps) {
  const { t } = useText();
  return (
    <nav className="rail" data-open={open} aria-label={t('nav.label')}>
      {hasDeal ? DEAL_PAGES.map((item) => <RailLink key={item.to} item={item} path={path} />) : null}
      <div className="rail-end">
        {COMMON_PAGES.map((item) => (
          <RailLink key={item.to} item={item} path={path} />
        ))}
      </div>
    </nav>
  );
});

function RailLink({ item, path }: { item: NavItem; path: string }) {
  const { t } = useText();
  return (
    <Link to={item.to} aria-current={path === item.to ? 'page' : undefined}>
      <Icon name={item.icon} />
      <span className="rail-text">{t(item.text)}</span>
      {item.to === '/findings' ? <FindingCount /> : null}
    </Link>
  );
}

function StatusBar() {
  const { t, locale } = useText();
  const { document } = useDesk();
  if (!document) return null;
  return (
    <footer className="statusbar">
      <span>{t('status.currency', { currency: document.currency })}</span>
      {(document.fx ?? []).map((rate) => (
        <span key={rate.id} data-path={`fx[${rate.id}].rate`}>
          {`${rate.quote} ${formatPrice(rate.rate, locale)} / ${rate.base}`}
        </span>
      ))}
      <span>{t('status.asof', { date: formatDate(document.as_of, locale) })}</span>
      <span className="statusbar-end">{t('status.hint')}</span>
    </footer>
  );
}
