import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { FigureProvider } from '../../components/figure.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { type DeriveWords, formulaOf } from './derive.ts';
import { useAddressLabel } from './labels.ts';
import { useReason } from './reason.ts';

type Panel = { address: string | null; open: (address: string | null) => void };

const PanelContext = createContext<Panel>({ address: null, open: () => {} });

export function usePanel(): Panel {
  return useContext(PanelContext);
}

/** Below this width the derivation lies over the page as a sheet, so leaving the page closes it. */
export const isSheet = (): boolean => window.innerWidth <= 1100;

export function useExplanation(address: string | null) {
  const { view } = useDesk();
  return useQuery({
    queryKey: ['explain', view?.deal, view?.revision, address],
    queryFn: () => take(commands.explainFigure({ deal: view?.deal ?? '', address: address ?? '' })),
    enabled: view !== null && address !== null,
  });
}

export function useDeriveWords(): DeriveWords {
  const { t, maybe, locale } = useText();
  const label = useAddressLabel();
  const reason = useReason();
  return useMemo(
    () => ({
      t,
      maybe,
      locale,
      label,
      reason,
      quantity: {
        yes: t('quantity.yes'),
        no: t('quantity.no'),
        none: t('na'),
        months: (count) => t('quantity.months', { count }),
      },
    }),
    [t, maybe, locale, label, reason],
  );
}

/** One line, asked for only when it is looked at. */
function FormulaLine({ address }: { address: string }) {
  const { t } = useText();
  const words = useDeriveWords();
  const { data } = useExplanation(address);
  if (!data) return <>{t('panel.loading')}</>;
  return <>{formulaOf(data, words) ?? words.label(address)}</>;
}

/** Which derivation is open, for every figure on the page and for the panel. */
export function ExplainProvider({ children }: { children: ReactNode }) {
  const { t } = useText();
  const { view } = useDesk();
  const [address, setAddress] = useState<string | null>(null);
  const deal = view?.deal;
  useEffect(() => setAddress(null), [deal]);
  const panel = useMemo<Panel>(() => ({ address, open: setAddress }), [address]);
  const figures = useMemo(
    () => ({
      openAddress: address,
      open: setAddress,
      formula: (of: string) => <FormulaLine address={of} />,
      overridden: () => false,
      whyLabel: (value: string) => t('figure.why', { value }),
    }),
    [address, t],
  );
  return (
    <PanelContext.Provider value={panel}>
      <FigureProvider value={figures}>{children}</FigureProvider>
    </PanelContext.Provider>
  );
}
