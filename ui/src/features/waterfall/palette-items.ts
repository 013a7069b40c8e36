import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PaletteItem } from '../../components/palette.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { allTiers } from './flow.ts';
import { VIEWS } from './views.ts';

/** The views of the waterfall, and every tier by name: choosing one shows it in the graph. */
export function useWaterfallPalette(): PaletteItem[] {
  const { t, maybe } = useText();
  const { document } = useDesk();
  const navigate = useNavigate();
  return useMemo(() => {
    if (!document) return [];
    const views = VIEWS.map<PaletteItem>((view) => ({
      id: `waterfall-${view}`,
      group: t('palette.pages'),
      label: t('waterfall.go', { view: t(`waterfall.view.${view}`) }),
      icon: 'waterfall',
      run: () => void navigate({ to: '/waterfall', search: view === 'flow' ? {} : { view } }),
    }));
    const tiers = allTiers(document.recoupment?.tiers ?? []).map<PaletteItem>((tier) => ({
      id: `tier-${tier.id}`,
      group: t('graph.tier'),
      label: tier.label ?? maybe(`tier.${tier.role ?? 'other'}`, tier.id),
      icon: 'waterfall',
      run: () => void navigate({ to: '/waterfall', search: { view: 'graph', tier: tier.id } }),
    }));
    return [...views, ...tiers];
  }, [document, t, maybe, navigate]);
}
