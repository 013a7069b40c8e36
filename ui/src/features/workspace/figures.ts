import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands, type Figures, type FindingDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { Money } from '../../domain/money.ts';
import type { Quantity } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from './desk.tsx';
import { figuresQuery } from './following.ts';

/** A figure of a family, such as `capital.gap.interest[2028-03]` of `capital.gap.interest`. */
export type Member = { address: string; value: Quantity };

export type FigureBook = {
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
  all: ReadonlyMap<string, Quantity>;
  at: (address: string) => Quantity | null;
  /** The amount at an address, when there is one. */
  money: (address: string) => Money | null;
  /** The figures at a stem with an index behind it. */
  family: (stem: string) => readonly Member[];
  /** The month at whose end statements are read; at the end of all of them where none is given. */
  until?: string;
};

/** The figure of a family that stands at the end of the month at which a book is read: the last that had moved by then. */
export function latest(book: FigureBook, stem: string): string | null {
  const { until } = book;
  const known = book.family(stem).filter(({ address }) => {
    const month = address.slice(stem.length + 1, -1);
    return until === undefined || month <= until;
  });
  return known.at(-1)?.address ?? null;
}

type Index = Pick<FigureBook, 'all' | 'at' | 'money' | 'family'>;

function indexed(figures: Figures | undefined): Index {
  const all = new Map((figures?.figures ?? []).map((figure) => [figure.address, figure.value]));
  const families = new Map<string, Member[]>();
  for (const { address, value } of figures?.figures ?? []) {
    const end = address.indexOf('[');
    if (end < 0) continue;
    const stem = address.slice(0, end);
    const family = families.get(stem);
    if (family) family.push({ address, value });
    else families.set(stem, [{ address, value }]);
  }
  return {
    all,
    at: (address) => all.get(address) ?? null,
    money: (address) => {
      const quantity = all.get(address);
      return quantity?.kind === 'money' ? quantity.amount : null;
    },
    family: (stem) => families.get(stem) ?? [],
  };
}

const NONE = indexed(undefined);
/** One index for every part of a page that reads the same answer. */
const indices = new WeakMap<Figures, Index>();

function indexOf(figures: Figures | undefined): Index {
  if (!figures) return NONE;
  const known = indices.get(figures) ?? indexed(figures);
  indices.set(figures, known);
  return known;
}

/** Every figure of the deal at the revision on show, and at no other. */
export function useBook(): FigureBook {
  const { view } = useDesk();
  const { data, error, isPending, refetch } = useQuery({
    ...figuresQuery(view?.deal ?? '', view?.revision ?? 0),
    enabled: view !== null,
  });
  return useMemo<FigureBook>(
    () => ({
      isPending,
      fault: error instanceof Refusal ? error : null,
      retry: () => void refetch(),
      ...indexOf(data),
    }),
    [data, error, isPending, refetch],
  );
}

/** What a financier would say about the deal, in the language of the page. */
export function useFindings(): { isPending: boolean; findings: readonly FindingDto[] } {
  const { view } = useDesk();
  const { language } = useText();
  const query = useQuery({
    queryKey: ['findings', view?.deal, view?.revision, language],
    queryFn: () => take(commands.listFindings({ deal: view?.deal ?? '', language })),
    enabled: view !== null,
  });
  return { isPending: query.isPending, findings: query.data?.findings ?? [] };
}
