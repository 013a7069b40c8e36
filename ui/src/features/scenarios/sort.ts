import { type ColumnKey, isLessFirst, valueIn } from './columns.ts';
import type { Scenario, Standing } from './types.ts';

export type SortKey = 'rank' | 'name' | ColumnKey;
export type Sort = { by: SortKey; isTurned: boolean };

/** A second press of a head turns its order round; another head begins with its better end. */
export function sortedBy(sort: Sort, by: SortKey): Sort {
  return sort.by === by ? { by, isTurned: !sort.isTurned } : { by, isTurned: false };
}

/** How the head of a column is announced. */
export function ariaSort(sort: Sort, by: SortKey): 'ascending' | 'descending' | 'none' {
  if (sort.by !== by) return 'none';
  const fromLow = by === 'rank' || by === 'name' || isLessFirst(by);
  return fromLow === sort.isTurned ? 'descending' : 'ascending';
}

/** Pinned deals first, then by the column; what has no value stands last whichever way it is turned. */
export function ordered(
  scenarios: readonly Scenario[],
  standings: ReadonlyMap<string, Standing>,
  sort: Sort,
  pinned: ReadonlySet<string>,
): Scenario[] {
  const turn = sort.isTurned ? -1 : 1;
  const value = (one: Scenario): number | null => {
    if (sort.by === 'rank') return standings.get(one.id)?.rank ?? null;
    if (sort.by === 'name') return null;
    const told = valueIn(one, sort.by);
    if (told === null) return null;
    return isLessFirst(sort.by) ? told : -told;
  };
  const compare = (a: Scenario, b: Scenario): number => {
    if (sort.by === 'name') return turn * a.name.localeCompare(b.name);
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return turn * (one - other);
  };
  const pin = (one: Scenario) => Number(!pinned.has(one.id));
  // The order in which they came is kept among equals.
  return [...scenarios].sort((a, b) => pin(a) - pin(b) || compare(a, b));
}
