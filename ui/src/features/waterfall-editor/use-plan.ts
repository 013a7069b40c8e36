import { useCallback, useMemo } from 'react';
import { commands } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { type Outcome, useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { type Names, namesOf } from './names.ts';
import type { Operation } from './operations.ts';
import type { Plan } from './plan.ts';

const NO_PLAN: Plan = {};

/** The order of the deal on show. */
export function usePlan(): Plan {
  const { document } = useDeal();
  return (document.recoupment as Plan | undefined) ?? NO_PLAN;
}

/** How the deal on show calls what its order speaks of. Without figures, amounts behind names are left out. */
export function useNames(plan: Plan, book: FigureBook | null): Names {
  const { document } = useDeal();
  const { t, maybe, locale } = useText();
  const words = useWords();
  return useMemo(() => {
    const principal = (id: string) => {
      const amount = book?.money(`capital.${id}.principal`) ?? null;
      return amount && amount.minor > 0 ? formatProse(amount, locale) : null;
    };
    return namesOf(document, plan, { t, maybe, locale, place: words.place, principal });
    // The words follow from the language alone.
  }, [document, plan, t, maybe, locale, book]);
}

/** Makes one change to the order: one revision. What is in use is told where it is used, anything else in passing. */
export function useReshape(): (operation: Operation, tell?: boolean) => Promise<Outcome> {
  const { take: run } = useDeal();
  return useCallback(
    (operation, tell) =>
      run((view) => {
        if (!view) return Promise.reject(new Refusal('NOT_FOUND', ''));
        const { deal, revision } = view;
        return take(commands.reshapePlan({ deal, revision, operation }));
      }, tell),
    [run],
  );
}
