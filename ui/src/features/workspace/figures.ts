import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { commands, type FindingDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { Money } from '../../domain/money.ts';
import type { Quantity } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from './desk.tsx';

export type FigureBook = {
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
  all: ReadonlyMap<string, Quantity>;
  at: (address: string) => Quantity | null;
  /** The amount at an address, when there is one. */
  money: (address: string) => Money | null;
};

const NONE: ReadonlyMap<string, Quantity> = new Map();

/** Every figure of the deal at its present revision. While a newer one is computed the last one stands. */
export function useBook(): FigureBook {
  const { view } = useDesk();
  const query = useQuery({
    queryKey: ['figures', view?.deal, view?.revision],
    queryFn: () => take(commands.viewFigures({ deal: view?.deal ?? '', under: null })),
    enabled: view !== null,
    placeholderData: (before) => before,
  });
  const all = useMemo<ReadonlyMap<string, Quantity>>(
    () => (query.data ? new Map(query.data.figures.map((figure) => [figure.address, figure.value])) : NONE),
    [query.data],
  );
  const at = useCallback((address: string) => all.get(address) ?? null, [all]);
  const money = useCallback(
    (address: string) => {
      const quantity = all.get(address);
      return quantity?.kind === 'money' ? quantity.amount : null;
    },
    [all],
  );
  return {
    isPending: query.isPending,
    fault: query.error instanceof Refusal ? query.error : null,
    retry: () => void query.refetch(),
    all,
    at,
    money,
  };
}

/** What a financier would say about the deal, in the language of the page. */
export function useFindings(): { isPending: boolean; findings: readonly FindingDto[] } {
  const { view } = useDesk();
  const { language } = useText();
  const query = useQuery({
    queryKey: ['findings', view?.deal, view?.revision, language],
    queryFn: () => take(commands.listFindings({ deal: view?.deal ?? '', language })),
    enabled: view !== null,
    placeholderData: (before) => before,
  });
  return { isPending: query.isPending, findings: query.data?.findings ?? [] };
}
