import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { FigureProvider } from '../../components/figure.tsx';
import type { QuantityWords } from '../../domain/quantity.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { type DeriveWords, formulaOf } from './derive.ts';
import { useAddressLabel } from './labels.ts';
import { useReason } from './reason.ts';

type Panel = {
  address: string | null;
  open: (address: string | null) => void;
  /** The figure that was open before this one, where there was one. */
  previous: string | null;
  back: () => void;
};

const PanelContext = createContext<Panel>({ address: null, open: () => {}, previous: null, back: () => {} });

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

/** Hundreds of figures ask for the same few words: they are read once for a language. */
const quantityWords = new WeakMap<Translate, QuantityWords>();

export function useQuantityWords(): QuantityWords {
  const { t } = useText();
  const known = quantityWords.get(t);
  if (known) return known;
  const words: QuantityWords = {
    yes: t('quantity.yes'),
    no: t('quantity.no'),
    none: t('na'),
    months: (count) => t('quantity.months', { count }),
  };
  quantityWords.set(t, words);
  return words;
}

export function useDeriveWords(): DeriveWords {
  const { t, maybe, locale } = useText();
  const label = useAddressLabel();
  const reason = useReason();
  const quantity = useQuantityWords();
  return useMemo(
    () => ({ t, maybe, locale, label, reason, quantity }),
    [t, maybe, locale, label, reason, quantity],
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
  // The figures visited since the panel opened; the last is shown.
  const [visited, setVisited] = useState<readonly string[]>([]);
  const address = visited.at(-1) ?? null;
  const previous = visited.at(-2) ?? null;
  const deal = view?.deal;
  const open = useCallback(
    (next: string | null) =>
      setVisited((before) => {
        if (next === null) return before.length === 0 ? before : [];
        return before.at(-1) === next ? before : [...before, next];
      }),
    [],
  );
  const back = useCallback(
    () => setVisited((before) => (before.length > 1 ? before.slice(0, -1) : before)),
    [],
  );
  useEffect(() => open(null), [deal, open]);
  const panel = useMemo<Panel>(() => ({ address, open, previous, back }), [address, open, previous, back]);
  const figures = useMemo(
    () => ({
      openAddress: address,
      open,
      formula: (of: string) => <FormulaLine address={of} />,
      overridden: () => false,
      whyLabel: (value: string) => t('figure.why', { value }),
    }),
    [address, open, t],
  );
  return (
    <PanelContext.Provider value={panel}>
      <FigureProvider value={figures}>{children}</FigureProvider>
    </PanelContext.Provider>
  );
}
