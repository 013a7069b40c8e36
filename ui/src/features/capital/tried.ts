import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { commands, type RebalancedStack } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { type DealDocument, type Instrument, moneyAt } from '../../domain/document.ts';
import type { Money } from '../../domain/money.ts';
import type { Quantity } from '../../domain/quantity.ts';
import { type Cell, useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';

/** Everything unlocked in proportion, nothing at all, or one instrument by its id. */
export type Gives = 'all' | 'nobody' | { only: string };

/** An amount that is tried and not typed yet, in the currency of its contract. */
export type Draft = { instrument: string; amount: Money };

export type Allocation = {
  gives: Gives;
  setGives: (gives: Gives) => void;
  isLocked: (instrument: Instrument) => boolean;
  lock: (instrument: Instrument, locked: boolean) => void;
  draft: Draft | null;
  /** Why the sum cannot be kept with what is tried. */
  reason: RebalancedStack['reason'];
  fault: Refusal | null;
  /** What stands at an address while an amount is tried, with the address it then has; else as the book has it. */
  at: (address: string) => { address: string; value: Quantity } | null;
  propose: (draft: Draft) => void;
  /** Types what is tried, at once or when nothing more has been tried for a while. */
  settle: (after?: number) => void;
  cancel: () => void;
};

/** Promised, signed or closed money does not give way unless somebody says so. */
const PROMISED = new Set(['committed', 'signed', 'closed']);
const NEVER_CASH = new Set(['deferral', 'in_kind']);

export const isCash = (one: Instrument): boolean => !NEVER_CASH.has(one.terms.kind);

/** An amount a person typed, or may type: no rule says what it is. */
export const isTyped = (one: Instrument): boolean => one.amount === undefined || 'fixed' in one.amount;

export const fillsTheRest = (one: Instrument): boolean =>
  one.amount !== undefined && 'remainder' in one.amount;

/** Who may not give way to a change of this instrument. */
export function lockedFor(
  draft: Draft,
  instruments: readonly Instrument[],
  gives: Gives,
  isLocked: (one: Instrument) => boolean,
): string[] {
  const others = instruments.filter((one) => one.id !== draft.instrument);
  const stays = (one: Instrument) => (typeof gives === 'object' ? one.id !== gives.only : isLocked(one));
  return others.filter(stays).map(({ id }) => id);
}

/** The amount a person moves, in the currency of its contract. */
export function contractAmount(one: Instrument, document: DealDocument): Money {
  const currency = (one as { currency?: string }).currency ?? document.currency;
  return moneyAt(one.amount?.fixed) ?? { minor: 0, currency };
}

/** What is tried is asked about one at a time, the newest next: an answer nobody waits for is not asked for. */
export function useAllocation(book: FigureBook): Allocation {
  const { document, view, editAll } = useDeal();
  const instruments = document.instruments ?? NONE;
  const [gives, setGives] = useState<Gives>('all');
  const [locks, setLocks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [draft, setDraft] = useState<Draft | null>(null);
  const [answer, setAnswer] = useState<RebalancedStack | null>(null);
  const [refused, setRefused] = useState<RebalancedStack['reason']>(null);
  const [fault, setFault] = useState<Refusal | null>(null);
  const wanted = useRef<Draft | null>(null);
  const asking = useRef<Promise<void> | null>(null);
  const tried = useRef<Draft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isLocked = useCallback(
    (one: Instrument) => locks.get(one.id) ?? PROMISED.has(one.status ?? 'prospective'),
    [locks],
  );
  const ask = useCallback(
    (one: Draft) =>
      take(
        commands.rebalanceStack({
          deal: view.deal,
          ...one,
          locked: gives === 'nobody' ? [] : lockedFor(one, instruments, gives, isLocked),
          keeps_sum: gives !== 'nobody',
        }),
      ),
    [view.deal, instruments, gives, isLocked],
  );
  const cancel = useCallback(() => {
    clearTimeout(timer.current);
    wanted.current = null;
    tried.current = null;
    setDraft(null);
    setAnswer(null);
  }, []);
  const catchUp = useCallback(async () => {
    while (wanted.current) {
      const one = wanted.current;
      wanted.current = null;
      try {
        const found = await ask(one);
        if (tried.current) setAnswer(found);
        setFault(null);
      } catch (wrong) {
        setFault(wrong instanceof Refusal ? wrong : null);
      }
    }
    asking.current = null;
  }, [ask]);
  const propose = useCallback(
    (one: Draft) => {
      clearTimeout(timer.current);
      tried.current = one;
      setDraft(one);
      setRefused(null);
      wanted.current = one;
      asking.current ??= catchUp();
    },
    [catchUp],
  );
  const type = useCallback(async () => {
    const one = tried.current;
    if (!one) return;
    try {
      const { cells, reason } = await ask(one);
      setRefused(reason);
      if (cells.length > 0) await editAll(cells as Cell[]);
    } catch (wrong) {
      setFault(wrong instanceof Refusal ? wrong : null);
    }
    if (tried.current === one) cancel();
  }, [ask, cancel, editAll]);
  const settle = useCallback(
    (after = 0) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void type(), after);
    },
    [type],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  const supposed = useMemo(() => {
    const found = new Map<string, { address: string; value: Quantity }>();
    for (const figure of draft && answer && !answer.reason ? answer.figures : []) {
      const within = figure.address.split(').in.')[1];
      if (within) found.set(within, figure);
    }
    return found;
  }, [draft, answer]);
  const at = useCallback(
    (address: string) => {
      const value = book.at(address);
      return supposed.get(address) ?? (value ? { address, value } : null);
    },
    [supposed, book],
  );
  const lock = useCallback(
    (one: Instrument, locked: boolean) => setLocks((before) => new Map(before).set(one.id, locked)),
    [],
  );
  const reason = draft ? (answer?.reason ?? null) : refused;
  return useMemo(
    () => ({ gives, setGives, isLocked, lock, draft, reason, fault, at, propose, settle, cancel }),
    [gives, isLocked, lock, draft, reason, fault, at, propose, settle, cancel],
  );
}

const NONE: readonly Instrument[] = [];

const Context = createContext<Allocation | null>(null);
export const AllocationProvider = Context.Provider;

/** The amounts that are tried on this page. */
export function useTried(): Allocation {
  const allocation = useContext(Context);
  if (!allocation) throw new Error('useTried outside AllocationProvider');
  return allocation;
}

/** One, two or five times a power of ten that is about a thousandth: what a key press or a pixel moves. */
export function stepOf(minor: number): number {
  const about = Math.max(Math.abs(minor) / 1000, 1);
  const power = 10 ** Math.floor(Math.log10(about));
  const [step = 10] = [1, 2, 5, 10].filter((times) => times * power >= about);
  return step * power;
}
