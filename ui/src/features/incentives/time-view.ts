import { useQuery } from '@tanstack/react-query';
import {
  commands,
  type IncentivesOverTime,
  type LawDifference,
  type LawStepDto,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { DayMark, LawStretch } from '../../charts/law-time/layout.ts';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { moneyOf } from './view.ts';

/** What the deal's incentives would leave under the law of every day. */
export function useIncentivesOverTime() {
  const { language } = useText();
  const { view } = useDesk();
  const query = useQuery({
    queryKey: ['incentives-time', view?.deal, view?.revision, language],
    queryFn: () => take(commands.viewIncentivesOverTime({ deal: view?.deal ?? '', language })),
    enabled: view !== null,
    // The curve of the revision before stands until the new one is there.
    placeholderData: (before) => before,
  });
  return {
    data: query.data ?? null,
    fault: query.error instanceof Refusal ? query.error : null,
    retry: () => void query.refetch(),
  };
}

/** What changed between two versions of a program, asked only when somebody looks. */
export function useVersionDifferences(program: string, from: string, to: string, wanted: boolean) {
  const { language } = useText();
  const query = useQuery({
    queryKey: ['program-comparison', program, from, to, language],
    queryFn: () => take(commands.compareVersions({ program, from, to, language })),
    enabled: wanted,
  });
  return query.data ?? null;
}

/** The stretch of days that a day lies in; none before the first law on file. */
export function stepOn(steps: readonly LawStepDto[], day: string): LawStepDto | null {
  return steps.findLast((step) => step.from <= day) ?? null;
}

/** The nearest day before or after on which a law begins or ends. */
export function nextChange(steps: readonly LawStepDto[], day: string, direction: -1 | 1): string | null {
  const found =
    direction > 0
      ? steps.find((step) => step.from > day)
      : steps.findLast((step) => step.from < (stepOn(steps, day)?.from ?? day));
  return found?.from ?? null;
}

/** The day that decides as the deal stands: that of most claims, the earliest of several. */
export function decidingDay(view: IncentivesOverTime): string {
  const days = view.programs.map((program) => program.version_on).sort();
  const often = (day: string) => days.filter((other) => other === day).length;
  const [first, ...rest] = days;
  return rest.reduce(
    (best, day) => (often(day) > often(best) ? day : best),
    first ?? view.start ?? view.today,
  );
}

export function stretchesOf(view: IncentivesOverTime): LawStretch[] {
  return view.steps.map((step) => ({ from: step.from, net: moneyOf(step.net), address: step.net.address }));
}

/** Today, the start and the delivery, where the schedule has them; two on one day share a line. */
export function marksOf(
  view: IncentivesOverTime,
  words: Record<'today' | 'start' | 'delivery', string>,
): DayMark[] {
  const days = [
    { id: 'today', day: view.today, label: words.today },
    { id: 'start', day: view.start, label: words.start },
    { id: 'delivery', day: view.delivery, label: words.delivery },
  ];
  return days.flatMap(({ id, day, label }) => (day === null ? [] : [{ id, day, label }]));
}

/** Differences that can move a figure first, each kind in the order in which they are told. */
export function byWeight(differences: readonly LawDifference[]): {
  bearing: LawDifference[];
  telling: LawDifference[];
} {
  return {
    bearing: differences.filter((one) => one.bears_on_figures),
    telling: differences.filter((one) => !one.bears_on_figures),
  };
}
