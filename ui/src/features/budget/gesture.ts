import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { commands, type DealView, type Figures } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { type CellValue, useDesk } from '../workspace/desk.tsx';
import { withChanges } from '../workspace/following.ts';

type Step = { path: string; value: CellValue };

/** What a drag does to the deal while it lasts. */
export type Gesture = {
  /** The cell as it is under the hand now; the deal follows as fast as it is computed. */
  step: (path: string, value: CellValue) => void;
  /** The hand is off: what stands stays, as one change. Done when the deal is what was left. */
  end: () => Promise<void>;
  /** Back to what was before the hand was on. */
  cancel: () => Promise<void>;
};

/**
 * A drag is one change, however many places it passes: every step takes back the one before it, so that one undo leads
 * back to where the drag began. While one step is computed the ones that follow wait, and only the last of them counts.
 */
export function useGesture(): Gesture {
  const { take: run } = useDesk();
  const client = useQueryClient();
  const wanted = useRef<Step | null>(null);
  const made = useRef<{ deal: string; revision: number } | null>(null);
  const running = useRef<Promise<void> | null>(null);
  const isOver = useRef(false);
  const isCancelled = useRef(false);
  const desk = useRef(run);
  useEffect(() => {
    desk.current = run;
  }, [run]);

  return useMemo<Gesture>(() => {
    /** The deal before the last step, its figures at hand for what comes next. */
    const undone = async (view: DealView): Promise<DealView> => {
      const before = await take(commands.undoEdit({ deal: view.deal }));
      const known = client.getQueryData<Figures>(['figures', view.deal, view.revision]);
      if (known && before.figures?.since === view.revision)
        client.setQueryData(
          ['figures', view.deal, before.revision],
          withChanges(known, before.figures, before.revision),
        );
      return before;
    };
    const isOwn = (view: DealView) =>
      made.current?.deal === view.deal && made.current.revision === view.revision;
    const make = (step: Step) =>
      desk.current(async (view) => {
        if (!view) throw new Error('no deal');
        const on = isOwn(view) ? await undone(view) : view;
        made.current = null;
        const { deal, revision } = on;
        const after = await take(commands.editDeal({ deal, revision, ...step }));
        if (after.revision !== revision) made.current = { deal, revision: after.revision };
        return after;
      });
    const back = () =>
      desk.current(async (view) => {
        if (!view) throw new Error('no deal');
        const after = isOwn(view) ? await undone(view) : view;
        made.current = null;
        return after;
      });
    const loop = async () => {
      while (wanted.current) {
        const step = wanted.current;
        wanted.current = null;
        await make(step);
      }
      if (isCancelled.current && made.current) await back();
      if (isOver.current) made.current = null;
    };
    const work = (): Promise<void> => {
      // What comes while a step is under way is taken up by the same round.
      running.current ??= loop().finally(() => {
        running.current = null;
      });
      return running.current;
    };
    return {
      step: (path, value) => {
        isOver.current = false;
        isCancelled.current = false;
        wanted.current = { path, value };
        void work();
      },
      end: () => {
        isOver.current = true;
        return work();
      },
      cancel: () => {
        wanted.current = null;
        isCancelled.current = true;
        isOver.current = true;
        return work();
      },
    };
  }, [client]);
}

/** One cell under sliders: what is under the hand is shown at once, the deal follows a step behind. */
export function useSlide<Value extends CellValue>(path: string) {
  const gesture = useGesture();
  const [draft, setDraft] = useState<Value | null>(null);
  return {
    draft,
    slide: (value: Value) => {
      setDraft(value);
      gesture.step(path, value);
    },
    // A key of a slider says that it is done before it says what it did.
    slid: () => queueMicrotask(() => void gesture.end().then(() => setDraft(null))),
  };
}
