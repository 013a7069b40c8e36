import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Palette, type PaletteItem } from '../../components/palette.tsx';
import { LANGUAGES, useText } from '../../i18n/index.tsx';
import { useFigurePalette } from '../explain/palette-items.ts';
import { useJobsDrawer } from '../jobs/provider.tsx';
import { useLock } from '../library/auto-lock.tsx';
import { useLibrary } from '../library/context.tsx';
import { useKeep } from '../library/keep.tsx';
import { useProgramPalette } from '../programs/palette-items.ts';
import { useRiskPalette } from '../risk/palette-items.ts';
import { THEMES, usePreferences } from '../settings/preferences.tsx';
import { useWaterfallPalette } from '../waterfall/palette-items.ts';
import { useAskToClose } from '../workspace/closing.tsx';
import { useDesk, useOpenDeals } from '../workspace/desk.tsx';
import { COMMON_PAGES, DEAL_PAGES } from './navigation.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Gathers what it offers only while it is open. */
export function CommandPalette(props: Props) {
  return props.open ? <Commands {...props} /> : null;
}

function Commands({ open, onOpenChange }: Props) {
  const { t } = useText();
  const { view, show, undo, redo } = useDesk();
  const deals = useOpenDeals();
  const askToClose = useAskToClose();
  const { change } = usePreferences();
  const { view: library } = useLibrary();
  const { keep } = useKeep();
  const lock = useLock();
  const { show: showJobs } = useJobsDrawer();
  const navigate = useNavigate();
  const figures = useFigurePalette(open);
  const programs = useProgramPalette();
  const waterfall = useWaterfallPalette();
  const risk = useRiskPalette();
  const items = useMemo<PaletteItem[]>(() => {
    const pages = [
      ...(view ? DEAL_PAGES : []),
      { to: '/', text: 'nav.welcome' as const, icon: 'arrow' as const },
      ...COMMON_PAGES,
    ];
    return [
      ...pages.map<PaletteItem>((page) => ({
        id: page.to,
        group: t('palette.pages'),
        label: t(page.text),
        icon: page.icon,
        run: () => void navigate({ to: page.to }),
      })),
      ...deals
        .filter((one) => one.deal !== view?.deal)
        .map<PaletteItem>((one) => ({
          id: `show-${one.deal}`,
          group: t('palette.actions'),
          label: t('desk.show', { name: one.name }),
          icon: 'arrow',
          run: () => void show(one.deal),
        })),
      ...(view
        ? [
            {
              id: 'close',
              group: t('palette.actions'),
              label: t('desk.close', { name: view.name }),
              icon: 'close' as const,
              run: () => askToClose(view.deal),
            },
          ]
        : []),
      ...(view?.undo
        ? [
            {
              id: 'undo',
              group: t('palette.actions'),
              label: t('top.undo'),
              detail: view.undo,
              icon: 'undo' as const,
              run: undo,
            },
          ]
        : []),
      ...(view?.redo
        ? [
            {
              id: 'redo',
              group: t('palette.actions'),
              label: t('top.redo'),
              detail: view.redo,
              icon: 'redo' as const,
              run: redo,
            },
          ]
        : []),
      ...(view?.project === null
        ? [
            {
              id: 'keep',
              group: t('palette.actions'),
              label: t('keep.offer.yes'),
              icon: 'check' as const,
              run: keep,
            },
          ]
        : []),
      ...(library?.state === 'open'
        ? [
            {
              id: 'lock',
              group: t('palette.actions'),
              label: t('lock.now'),
              icon: 'lock' as const,
              run: () => void lock(),
            },
          ]
        : []),
      {
        id: 'jobs',
        group: t('palette.actions'),
        label: t('jobs.show'),
        icon: 'jobs',
        run: showJobs,
      },
      ...THEMES.map<PaletteItem>((theme) => ({
        id: `theme-${theme}`,
        group: t('palette.actions'),
        label: t('action.theme', { theme: t(`theme.${theme}`) }),
        icon: 'contrast',
        run: () => change({ theme }),
      })),
      ...LANGUAGES.map<PaletteItem>((language) => ({
        id: `language-${language}`,
        group: t('palette.actions'),
        label: t('action.language', { language: t(`language.${language}`) }),
        icon: 'settings',
        run: () => change({ language }),
      })),
      ...waterfall,
      ...risk,
      ...programs,
      ...figures,
    ];
  }, [
    t,
    view,
    deals,
    show,
    askToClose,
    undo,
    redo,
    keep,
    library,
    lock,
    showJobs,
    change,
    navigate,
    figures,
    programs,
    waterfall,
    risk,
  ]);
  return (
    <Palette
      open={open}
      onOpenChange={onOpenChange}
      items={items}
      title={t('palette.title')}
      placeholder={t('palette.placeholder')}
      emptyText={t('palette.empty')}
    />
  );
}
