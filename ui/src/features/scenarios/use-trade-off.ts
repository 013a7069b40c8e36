import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { commands } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { ParetoAxes, Plotted } from './charts/pareto.tsx';
import type { Scenario } from './types.ts';

export type TradeOff = {
  points: readonly Plotted[];
  /** Deals without a value on an axis, or that do not close. */
  left: number;
  /** The deal after which more of one thing costs most of the other. */
  knee: Scenario | null;
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
};

/** The deals on two or three measures, and which of them nobody beats. */
export function useTradeOff(scenarios: readonly Scenario[], axes: ParetoAxes): TradeOff {
  const { view } = useDeal();
  const { deal, revision } = view;
  const keys = scenarios.map(({ id }) => id);
  const objectives = [axes.x, axes.y, ...(axes.third ? [axes.third] : [])];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['scenarios', 'trade-off', deal, revision, keys, objectives],
    queryFn: () =>
      take(
        commands.viewTradeOffs({ deal, scenarios: keys, objectives: [objectives], paths: null, seed: null }),
      ),
    enabled: keys.length > 1,
    placeholderData: keepPreviousData,
  });
  const found = data?.frontiers[0];
  const isOfAxes = found !== undefined && found.objectives.join() === objectives.join();
  const points = useMemo(() => {
    if (!found || !isOfAxes) return [];
    return found.points.flatMap((point): Plotted[] => {
      const scenario = scenarios.find(({ id }) => id === point.scenario);
      const [x, y, third] = point.values;
      // A plain check: what is missing and what is no number are both nothing to draw.
      if (!scenario || typeof x !== 'number' || typeof y !== 'number') return [];
      return [
        {
          id: scenario.id,
          x,
          y,
          third: third ?? null,
          name: scenario.name,
          label: scenario.name,
          isNow: scenario.isNow,
          isEfficient: point.efficient,
          addresses: [axes.x, axes.y, axes.third].map((measure) =>
            measure ? scenario.measures[measure].address : undefined,
          ),
        },
      ];
    });
  }, [found, isOfAxes, scenarios, axes.x, axes.y, axes.third]);
  return {
    points,
    left: found?.left_out.length ?? 0,
    knee: scenarios.find(({ id }) => id === found?.knee) ?? null,
    isPending: isPending && keys.length > 1,
    fault: error instanceof Refusal ? error : null,
    retry: () => void refetch(),
  };
}
