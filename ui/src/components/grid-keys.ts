import type { Spot } from './grid-block.ts';

/** What is done with whole rows, from the first to the last of those that are selected; each is told which row is at hand after it. */
export type RowActions = {
  insert: (after: number) => number;
  duplicate: (first: number, last: number) => number;
  move: (first: number, last: number, step: 1 | -1) => number;
  remove: (first: number, last: number) => number;
};

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };

const STEPS: Record<string, readonly [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [10, 0],
  PageUp: [-10, 0],
};

/** Where a key leads from a cell of a sheet of this size; null where it leads nowhere. */
export function stepTo({ key, ctrlKey, metaKey, altKey }: Key, spot: Spot, last: Spot): Spot | null {
  if (altKey) return null;
  const isFar = ctrlKey || metaKey;
  if (key === 'Home') return { row: isFar ? 0 : spot.row, column: 0 };
  if (key === 'End') return { row: isFar ? last.row : spot.row, column: last.column };
  const step = STEPS[key];
  if (!step) return null;
  const reach = isFar ? Number.MAX_SAFE_INTEGER : 1;
  return {
    row: clamp(spot.row + step[0] * reach, last.row),
    column: clamp(spot.column + step[1] * reach, last.column),
  };
}

export function clamp(at: number, last: number): number {
  return Math.max(0, Math.min(at, last));
}

/** The row that is at hand after a key that works on whole rows; null where the key does not. */
export function rowKey(
  { key, ctrlKey, metaKey, altKey, shiftKey }: Key,
  [first, last]: readonly [number, number],
  actions: RowActions | undefined,
): number | null {
  if (!actions) return null;
  const isCommand = ctrlKey || metaKey;
  if (key === 'Enter' && isCommand) return shiftKey ? actions.duplicate(first, last) : actions.insert(last);
  if ((key === 'Delete' || key === 'Backspace') && isCommand) return actions.remove(first, last);
  if (key === 'ArrowUp' && altKey) return actions.move(first, last, -1);
  if (key === 'ArrowDown' && altKey) return actions.move(first, last, 1);
  return null;
}
