import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PaletteItem } from '../../components/palette.tsx';
import { useText } from '../../i18n/index.tsx';
import { goToCell } from '../shell/go-to.ts';
import { useDesk } from '../workspace/desk.tsx';
import { driverPath, driversOf } from './edits.ts';
import { VIEWS } from './views.ts';

/** The views of risk, and every uncertain number by name. */
export function useRiskPalette(): PaletteItem[] {
  const { t } = useText();
  const { document } = useDesk();
  const navigate = useNavigate();
  return useMemo(() => {
    if (!document) return [];
    const views = VIEWS.map<PaletteItem>((view) => ({
      id: `risk-${view}`,
      group: t('palette.pages'),
      label: t('risk.go', { view: t(`risk.view.${view}`) }),
      icon: 'risk',
      run: () => void navigate({ to: '/risk', search: view === 'outlook' ? {} : { view } } as never),
    }));
    const drivers = driversOf(document).map<PaletteItem>((driver) => ({
      id: `driver-${driver.id}`,
      group: t('risk.drivers'),
      label: driver.label,
      icon: 'risk',
      run: () => void goToCell(driverPath(driver.id), navigate),
    }));
    return [...views, ...drivers];
  }, [document, t, navigate]);
}
