import type { Plan, PlanTier, Row } from './plan.ts';
import { isGroup, rowsOf } from './plan.ts';

/** Where a tier is put, as the application takes it. */
export type Place =
  | { at: 'before' | 'after'; tier: string }
  | { at: 'into'; group: string }
  | { at: 'among'; of: readonly string[]; before: string | null }
  | { at: 'last' };

/** One change to the order, as the application takes it. */
export type Operation =
  | { kind: 'move'; tier: string; to: Place }
  | { kind: 'beside'; tier: string; with: string }
  | { kind: 'in_order'; group: string }
  | { kind: 'add'; tier: PlanTier; to: Place }
  | { kind: 'remove'; tier: string }
  | { kind: 'duplicate'; tier: string }
  | { kind: 'divide'; tier: string; with: string; part: string }
  | { kind: 'rename'; tier: string; label: string | null }
  | { kind: 'enter'; source: string; tier: string };

/** What a key does to the order: nothing where there is no such way. */
export type Direction = 'up' | 'down' | 'in' | 'out';

const move = (tier: string, to: Place): Operation => ({ kind: 'move', tier, to });

/** Neighbours of a line in its own list. */
function beside(rows: readonly Row[], row: Row): { above: Row | null; below: Row | null } {
  const list = rows.filter((one) => one.group?.id === row.group?.id && one.depth === row.depth);
  return { above: list[row.at - 1] ?? null, below: list[row.at + 1] ?? null };
}

/**
 * The change that a direction means for a line. Up and down stay in the list the line stands in; in puts it beside the
 * line above (into its group, or both become one); out puts a member right behind its group.
 */
export function operationFor(plan: Plan, id: string, direction: Direction): Operation | null {
  const rows = rowsOf(plan);
  const row = rows.find((one) => one.tier.id === id);
  if (!row) return null;
  const { above, below } = beside(rows, row);
  switch (direction) {
    case 'up':
      return above ? move(id, { at: 'before', tier: above.tier.id }) : null;
    case 'down':
      return below ? move(id, { at: 'after', tier: below.tier.id }) : null;
    case 'in': {
      if (!above) return null;
      if (isGroup(above.tier)) return move(id, { at: 'into', group: above.tier.id });
      return row.group ? null : { kind: 'beside', tier: id, with: above.tier.id };
    }
    case 'out':
      return row.group ? move(id, { at: 'after', tier: row.group.id }) : null;
  }
}

const KEYS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

export type KeyMeaning =
  | { does: 'operation'; direction: Direction }
  | { does: 'focus'; step: 1 | -1 | 'first' | 'last' }
  | { does: 'edit' | 'remove' | 'duplicate' }
  | null;

/** What a key means on a line: with Alt it changes the order, alone it goes along it. */
export function meaningOf(event: {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}): KeyMeaning {
  const direction = KEYS[event.key];
  if (event.altKey && direction) return { does: 'operation', direction };
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'd') return { does: 'duplicate' };
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  switch (event.key) {
    case 'ArrowUp':
      return { does: 'focus', step: -1 };
    case 'ArrowDown':
      return { does: 'focus', step: 1 };
    case 'Home':
      return { does: 'focus', step: 'first' };
    case 'End':
      return { does: 'focus', step: 'last' };
    case 'Enter':
    case ' ':
      return { does: 'edit' };
    case 'Delete':
    case 'Backspace':
      return { does: 'remove' };
    default:
      return null;
  }
}

/** Where a line is dropped: on the upper or the lower part of another, or in its middle. */
export type Drop = { tier: string; where: 'before' | 'after' | 'beside' };

/** The part of a line a pointer is over. A line that cannot take another beside it has only two. */
export function dropAt(offset: number, height: number, takesBeside: boolean): Drop['where'] {
  const part = height === 0 ? 0 : offset / height;
  if (!takesBeside) return part < 0.5 ? 'before' : 'after';
  if (part < 0.3) return 'before';
  return part > 0.7 ? 'after' : 'beside';
}

/** The change that a drop means; none where it is dropped on itself or on one of its members. */
export function operationOfDrop(plan: Plan, dragged: string, drop: Drop): Operation | null {
  const rows = rowsOf(plan);
  const from = rows.find((row) => row.tier.id === dragged);
  const onto = rows.find((row) => row.tier.id === drop.tier);
  if (!from || !onto || drop.tier === dragged || onto.path.startsWith(`${from.path}.`)) return null;
  if (drop.where !== 'beside') return move(dragged, { at: drop.where, tier: drop.tier });
  return isGroup(onto.tier)
    ? move(dragged, { at: 'into', group: drop.tier })
    : { kind: 'beside', tier: dragged, with: drop.tier };
}
