import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands, type ScenarioComparison, type ScenarioEvaluationDto } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useDeal } from '../workspace/desk.tsx';
import { standingsOf } from './adapt.ts';
import type { Weighed } from './headline.ts';
import { isMeasure } from './measures.ts';
import { READERS, type Reader, type Standing } from './types.ts';

/** Weights that a person gave a reader instead of the usual ones. */
export type Own = Readonly<Partial<Record<Reader, readonly Weighed[]>>>;

/** How the deals stand for one reader. */
export type View = { standings: ReadonlyMap<string, Standing>; criteria: readonly Weighed[] };

export type Compared = {
  /** For the reader in front of the page; null until it is known. */
  view: View | null;
  /** For every reader, as far as it is known. */
  readers: ReadonlyMap<Reader, View>;
  evaluations: readonly ScenarioEvaluationDto[];
  paths: number | null;
  seed: string | null;
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
};

const NONE: readonly never[] = [];

/** What the deals are worth on the same paths, and in which order they serve each reader. */
export function useComparison(keys: readonly string[], reader: Reader, own: Own): Compared {
  const { view } = useDeal();
  const { deal, revision } = view;
  const asked = (whose: Reader) => {
    const weights = (own[whose] ?? NONE).map(({ measure, weight }) => ({ measure, weight }));
    return {
      queryKey: ['scenarios', 'compared', deal, revision, keys, whose, weights],
      queryFn: () =>
        take(
          commands.compareScenarios({
            deal,
            scenarios: [...keys],
            perspective: whose,
            weights,
            paths: null,
            seed: null,
          }),
        ),
      placeholderData: keepPreviousData,
    };
  };
  const isThere = keys.length > 0;
  const compared = useQuery({ ...asked(reader), enabled: isThere });
  // The other readers are asked once the one in front of the page has an answer: the paths are drawn by then.
  const others = useQueries({
    queries: READERS.map((whose) => ({ ...asked(whose), enabled: isThere && compared.isSuccess })),
  });
  const { data, error, isPending, refetch } = compared;
  const shown = useMemo(() => (data ? viewOf(data) : null), [data]);
  const readers = new Map(
    READERS.flatMap((whose, at) => {
      const found = others[at]?.data;
      return found ? [[whose, viewOf(found)] as const] : [];
    }),
  );
  return {
    view: shown,
    readers,
    evaluations: data?.evaluations.evaluations ?? NONE,
    paths: data?.evaluations.paths ?? null,
    seed: data?.evaluations.seed ?? null,
    isPending: isThere && isPending,
    fault: error instanceof Refusal ? error : null,
    retry: () => void refetch(),
  };
}

function viewOf(comparison: ScenarioComparison): View {
  return {
    standings: standingsOf(comparison),
    criteria: comparison.weights.flatMap(({ measure, weight }) =>
      isMeasure(measure) && weight !== null ? [{ measure, weight }] : [],
    ),
  };
}
