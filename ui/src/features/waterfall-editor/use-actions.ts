import { useCallback, useMemo, useRef, useState } from 'react';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { type Blank, blankTier } from './blank.ts';
import { type Names, tierName } from './names.ts';
import {
  type Direction,
  type Drop,
  type Operation,
  operationFor,
  operationOfDrop,
  type Place,
} from './operations.ts';
import { findTier, type Plan, rowsOf } from './plan.ts';
import type { TierActions } from './tier-menu.tsx';
import { useReshape } from './use-plan.ts';

/** What is open over the list. */
export type Open =
  | { what: 'tier'; tier: string }
  | { what: 'divide'; tier: string }
  | { what: 'template' }
  | { what: 'film' }
  | { what: 'used'; tier: string; users: readonly string[] };

type Asked = {
  plan: Plan;
  names: Names;
  /** Says what was done to who cannot see it. */
  announce: (text: string) => void;
  /** Says what was done with a way back. */
  withUndo: (text: string) => void;
  /** The line that has the keys once the order is drawn anew. */
  focus: (tier: string) => void;
};

/** Everything that is done to the order, each as one change that is told. */
export function useActions(asked: Asked) {
  const { t, maybe } = useText();
  const { document, readShown, settled } = useDeal();
  const reshape = useReshape();
  const [current, setCurrent] = useState<string | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  // The latest of everything, so that the actions stay the same object while the order changes.
  const now = useRef({ ...asked, current, document });
  now.current = { ...asked, current, document };
  const nameOf = useCallback((id: string) => tierName(findTier(now.current.plan, id), maybe) ?? id, [maybe]);

  /** Makes a change and answers the tier that has the keys then; none where it was refused. */
  const make = useCallback(
    async (operation: Operation, on: string): Promise<Plan | null> => {
      now.current.focus(on);
      const { view, refusal } = await reshape(operation, false);
      if (!refusal) return ((view.document as { recoupment?: Plan }).recoupment ?? {}) as Plan;
      if (refusal.code === 'TIER_IN_USE') {
        setOpen({
          what: 'used',
          tier: 'tier' in operation && typeof operation.tier === 'string' ? operation.tier : on,
          users: (refusal.details.users ?? '').split(' ').filter(Boolean),
        });
      } else {
        now.current.announce(maybe(`refusal.${refusal.code}`, refusal.message, refusal.details));
        now.current.withUndo(maybe(`refusal.${refusal.code}`, refusal.message, refusal.details));
      }
      return null;
    },
    [maybe, reshape],
  );

  const told = useCallback(
    (plan: Plan | null, id: string) => {
      if (!plan) return;
      const row = rowsOf(plan).find((one) => one.tier.id === id);
      if (!row) return;
      const name = nameOf(id);
      const other = row.group?.takes.members?.find((member) => member.id !== id);
      now.current.announce(
        row.group && other && row.group.takes.kind === 'together'
          ? t('plan.done.beside', { name, other: now.current.names.tier(other.id) })
          : t('plan.done.move', { name, number: row.number }),
      );
    },
    [nameOf, t],
  );

  const go = useCallback(
    async (id: string, direction: Direction) => {
      await settled();
      // What the last key led to, though it may not be drawn yet.
      const latest = (readShown()?.document as { recoupment?: Plan } | undefined)?.recoupment;
      const operation = operationFor(latest ?? now.current.plan, id, direction);
      if (!operation) {
        now.current.announce(t('plan.done.nowhere', { name: nameOf(id) }));
        return;
      }
      told(await make(operation, id), id);
    },
    [make, nameOf, readShown, settled, t, told],
  );

  const drop = useCallback(
    async (dragged: string, onto: Drop) => {
      const operation = operationOfDrop(now.current.plan, dragged, onto);
      if (operation) told(await make(operation, dragged), dragged);
    },
    [make, told],
  );

  const remove = useCallback(
    async (id: string) => {
      const name = nameOf(id);
      const ids = rowsOf(now.current.plan).map((row) => row.tier.id);
      const at = ids.indexOf(id);
      const next = ids[at + 1] ?? ids[at - 1] ?? id;
      if ((await make({ kind: 'remove', tier: id }, next)) === null) return;
      setCurrent(next);
      now.current.announce(t('plan.done.removed', { name }));
      now.current.withUndo(t('plan.done.removed', { name }));
    },
    [make, nameOf, t],
  );

  const add = useCallback(
    async (blank: Blank, to?: Place) => {
      const { plan, document: deal, current: at } = now.current;
      const tier = blankTier(blank, deal, (key) => t(key));
      const empty = (plan.tiers ?? []).length === 0;
      const first = plan.tiers?.[0]?.id;
      const standing = at !== null && plan.tiers?.some((one) => one.id === at) ? at : null;
      const place: Place =
        to ??
        (empty
          ? { at: 'last' }
          : blank === 'reserve' && first
            ? { at: 'before', tier: standing ?? first }
            : standing
              ? { at: 'after', tier: standing }
              : { at: 'last' });
      const ids = new Set(rowsOf(plan).map((row) => row.tier.id));
      const after = await make({ kind: 'add', tier, to: place }, tier.id);
      const made = after && rowsOf(after).find((row) => !ids.has(row.tier.id));
      if (!made) return;
      setCurrent(made.tier.id);
      setOpen({ what: 'tier', tier: made.tier.id });
    },
    [make, t],
  );

  const { plan, names } = asked;
  const actions = useMemo<TierActions>(
    () => ({
      focus: setCurrent,
      edit: (tier) => setOpen({ what: 'tier', tier }),
      go: (tier, direction) => void go(tier, direction),
      inOrder: (group) =>
        void make({ kind: 'in_order', group }, group).then((after) => {
          if (after) now.current.announce(t('plan.done.order', { name: names.tier(group) }));
        }),
      duplicate: (tier) =>
        void make({ kind: 'duplicate', tier }, tier).then((after) => {
          if (after) now.current.announce(t('plan.done.duplicated', { name: names.tier(tier) }));
        }),
      divide: (tier) => setOpen({ what: 'divide', tier }),
      remove: (tier) => void remove(tier),
      addAfter: (tier) => void add('claim', { at: 'after', tier }),
      addMember: (group) => void add('claim', { at: 'into', group }),
      enter: (tier, source) => void make({ kind: 'enter', source, tier }, tier),
      sources:
        (plan.sources ?? []).length > 1
          ? (plan.sources ?? []).map(({ id }) => ({ id, name: names.source(id) }))
          : [],
    }),
    [add, go, make, names, plan.sources, remove, t],
  );
  return {
    current,
    open,
    setOpen,
    actions,
    add: (blank: Blank) => void add(blank),
    drop: (dragged: string, onto: Drop) => void drop(dragged, onto),
  };
}
