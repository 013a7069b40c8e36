import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { commands, type RiskView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { DealDocument } from '../../domain/document.ts';
import { type Cell, useDeal } from '../workspace/desk.tsx';
import { withCell } from '../workspace/overlay.ts';
import type { LongRun } from './use-job.ts';

/** How many paths are run: few enough to follow the hand, more once it rests, and as many as are asked for. */
export const LIVE = 10_000;
export const RESTED = 100_000;
/** How long the deal has to stand still before more paths are run. */
const REST = 700;

export type Live = {
  view: RiskView | null;
  /** The deal's document with what is tried. */
  document: DealDocument;
  isPending: boolean;
  /** Something is tried: a hand moves. */
  isTried: boolean;
  /** What is shown comes from cells that are tried and not typed yet, or from a revision that is being computed. */
  isMoving: boolean;
  fault: Refusal | null;
  retry: () => void;
  propose: (cells: readonly Cell[]) => void;
  /** Types what is tried as one edit, at once or when nothing more has been tried for a while. */
  settle: (after?: number) => void;
  cancel: () => void;
};

const asRefusal = (wrong: unknown): Refusal | null => (wrong instanceof Refusal ? wrong : null);

/** The simulation of the deal as it is, with more paths once nothing moves. */
export function useRisk(paths: number, party: string | null, isLive: boolean) {
  const { view } = useDeal();
  const { deal, revision } = view;
  const [rests, setRests] = useState(false);
  const asked = (count: number) => ({
    queryKey: ['risk', deal, revision, count, party] as const,
    queryFn: () => take(commands.viewRisk({ deal, paths: count, party, seed: null })),
  });
  const base = useQuery({ ...asked(paths), placeholderData: keepPreviousData });
  const stands = base.isSuccess && !base.isPlaceholderData;
  // Where paths are slow, more of them would keep the machine busy while nobody asked.
  const isQuick = base.data !== undefined && base.data.way !== 'slow';
  const more = useQuery({ ...asked(RESTED), enabled: isLive && rests && stands && isQuick });
  useEffect(() => {
    setRests(false);
    if (!isLive || !stands) return;
    const timer = setTimeout(() => setRests(true), REST);
    return () => clearTimeout(timer);
  }, [isLive, stands, revision, party]);
  const refined = isLive && stands ? (more.data ?? null) : null;
  return { base, view: refined ?? base.data ?? null, stands };
}

/** What is tried is asked about one at a time, the newest next; what is let go of is typed as one edit. */
export function useLive(paths: number, party: string | null, long: Pick<LongRun, 'view' | 'leave'>): Live {
  const { document, view: shown, editAll } = useDeal();
  const { deal, revision } = shown;
  const isLive = paths === LIVE;
  const risk = useRisk(paths, party, isLive);
  const [draft, setDraft] = useState<readonly Cell[] | null>(null);
  const [answer, setAnswer] = useState<RiskView | null>(null);
  // The revision that what was tried became: its answer stays in sight until that one is computed.
  const [until, setUntil] = useState<number | null>(null);
  const [fault, setFault] = useState<Refusal | null>(null);
  const wanted = useRef<readonly Cell[] | null>(null);
  const tried = useRef<readonly Cell[] | null>(null);
  const asking = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const ask = useCallback(
    (cells: readonly Cell[]) =>
      take(commands.previewRisk({ deal, paths: LIVE, party, seed: null, cells: [...cells] })),
    [deal, party],
  );
  const catchUp = useCallback(async () => {
    while (wanted.current) {
      const cells = wanted.current;
      wanted.current = null;
      try {
        const found = await ask(cells);
        if (tried.current) setAnswer(found);
        setFault(null);
      } catch (wrong) {
        setFault(asRefusal(wrong));
      }
    }
    asking.current = null;
  }, [ask]);
  const propose = useCallback(
    (cells: readonly Cell[]) => {
      clearTimeout(timer.current);
      // What came out of a job says nothing about other cells.
      long.leave();
      tried.current = cells;
      wanted.current = cells;
      setUntil(null);
      setDraft(cells);
      asking.current ??= catchUp();
    },
    [catchUp, long.leave],
  );
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    wanted.current = null;
    tried.current = null;
    setDraft(null);
  }, []);
  const cancel = useCallback(() => {
    drop();
    setAnswer(null);
    setFault(null);
  }, [drop]);
  const type = useCallback(async () => {
    const cells = tried.current;
    if (!cells) return;
    wanted.current = null;
    const outcome = await editAll(cells);
    if (tried.current !== cells) return;
    if (outcome.refusal) return cancel();
    setUntil(outcome.view.revision);
    drop();
  }, [editAll, cancel, drop]);
  const settle = useCallback(
    (after = 0) => {
      clearTimeout(timer.current);
      if (!tried.current) return;
      if (after === 0) void type();
      else timer.current = setTimeout(() => void type(), after);
    },
    [type],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  const { base, view, stands } = risk;
  const comes = until !== null && (revision < until || !stands);
  useEffect(() => {
    if (draft === null && !comes) setAnswer(null);
  }, [draft, comes]);
  const supposed = useMemo(
    () => (draft ?? []).reduce((so, { path, value }) => withCell(so, path, value), document),
    [draft, document],
  );
  return {
    view: (draft !== null || comes ? answer : null) ?? long.view ?? view,
    document: supposed,
    isPending: base.isPending,
    isTried: draft !== null,
    isMoving: draft !== null || !stands,
    fault: fault ?? asRefusal(base.error),
    retry: () => void base.refetch(),
    propose,
    settle,
    cancel,
  };
}
