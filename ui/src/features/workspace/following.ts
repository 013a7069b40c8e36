import type { QueryClient } from '@tanstack/react-query';
import { commands, type DealView, type FigureChanges, type Figures } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';

/** Every figure of a deal at a revision. */
export const figuresQuery = (deal: string, revision: number) => ({
  queryKey: ['figures', deal, revision] as const,
  queryFn: () => take(commands.viewFigures({ deal, under: null })),
});

/** Answers that follow from a deal at a revision, which come second and third in their keys. */
const FOLLOWING = new Set<unknown>([
  'figures',
  'findings',
  'incentives',
  'incentives-answers',
  'incentives-lines',
  'incentives-places',
  'incentives-place',
  'incentives-combinations',
  'explain',
  'revisions',
  'all-revisions',
  'risk',
  'risk-sensitivity',
  'risk-two-way',
  'risk-path',
]);

/** Dozens or thousands of whole deals are computed for these: a change does not wait for them, their place shows that they come. */
const LATE = new Set<unknown>([
  'incentives-lines',
  'incentives-places',
  'incentives-place',
  'incentives-combinations',
  'risk',
  'risk-sensitivity',
  'risk-two-way',
  'risk-path',
]);

/** The same deal in the same place, changed: what is known of its earlier revisions stays right. */
export function continues(before: DealView | null, after: DealView): boolean {
  return (
    before !== null &&
    before.deal === after.deal &&
    before.project === after.project &&
    before.revision < after.revision
  );
}

/** Whether a cached answer is bound to a revision of this deal, and so never gets old. */
export function isBound(key: readonly unknown[], deal: string): boolean {
  return FOLLOWING.has(key[0]) && key[1] === deal;
}

/** The figures as a change left them; those it did not touch stay the same objects, so that nothing draws them again. */
export function withChanges(known: Figures, { changed, gone }: FigureChanges, revision: number): Figures {
  const fresh = new Map(changed.map((figure) => [figure.address, figure]));
  const missing = new Set(gone);
  const figures = known.figures
    .filter(({ address }) => !missing.has(address))
    .map((figure) => {
      const now = fresh.get(figure.address);
      fresh.delete(figure.address);
      return now ?? figure;
    });
  return { revision, figures: [...figures, ...fresh.values()] };
}

/**
 * Makes ready what follows from the deal as it now is, before the page turns to it: what is on show comes from one
 * revision, never from two. The figures come with the answer to a change; whatever else is on the page is asked for.
 * What cannot be had is asked for again by the part of the page that shows it, which then tells why.
 */
export async function follow(client: QueryClient, before: DealView | null, after: DealView): Promise<void> {
  if (before === null) return;
  if (!continues(before, after)) {
    if (before.deal !== after.deal && isShown(client, 'figures'))
      await client.prefetchQuery(figuresQuery(after.deal, after.revision));
    return;
  }
  const { deal, revision, figures: changes } = after;
  const known = changes && client.getQueryData<Figures>(['figures', deal, changes.since]);
  if (known) client.setQueryData(['figures', deal, revision], withChanges(known, changes, revision));
  const shown = client.getQueryCache().findAll({
    type: 'active',
    predicate: ({ queryKey }) =>
      isBound(queryKey, deal) && queryKey[2] === before.revision && !LATE.has(queryKey[0]),
  });
  await Promise.all(
    shown.map(({ queryKey: [name, , , ...rest], options: { queryFn } }) =>
      typeof queryFn === 'function'
        ? client.prefetchQuery({ queryKey: [name, deal, revision, ...rest], queryFn, staleTime: Infinity })
        : undefined,
    ),
  );
}

function isShown(client: QueryClient, name: string): boolean {
  return client.getQueryCache().findAll({ type: 'active', queryKey: [name] }).length > 0;
}
