import { useMemo } from 'react';
import { useText } from '../../i18n/index.tsx';

/** In what a figure is typed and printed: a rate in per cent, an amount in its currency, or a plain number. */
export type GoalUnit = 'rate' | 'amount' | 'number';

export type GoalFigure = { value: string; label: string; unit: GoalUnit };

/** Results of a party that can be sought, behind its address: of the deal as typed, and of its simulation. */
const EXACT = [
  ['irr', 'rate'],
  ['multiple', 'number'],
  ['npv', 'amount'],
  ['received', 'amount'],
] as const;
const DRAWN = [
  ['recouped', 'rate'],
  ['irr.p10', 'rate'],
  ['irr.p50', 'rate'],
  ['irr.p90', 'rate'],
  ['multiple.p10', 'number'],
  ['multiple.p50', 'number'],
  ['multiple.shortfall', 'number'],
  ['npv.p10', 'amount'],
  ['npv.p50', 'amount'],
  ['npv.shortfall', 'amount'],
] as const;

/** Any other figure, by its address. */
export const OTHER = 'other';

export function useGoalFigures(party: string): GoalFigure[] {
  const { t } = useText();
  return useMemo(
    () => [
      ...DRAWN.map(([name, unit]) => ({
        value: `risk.returns.${party}.${name}`,
        label: t(`risk.goal.drawn.${name}`),
        unit,
      })),
      ...EXACT.map(([name, unit]) => ({
        value: `returns.${party}.${name}`,
        label: t(`risk.goal.exact.${name}`),
        unit,
      })),
      { value: OTHER, label: t('risk.goal.other'), unit: 'number' as const },
    ],
    [party, t],
  );
}

/** What is typed for a figure, as the search counts it: per cent become a share. */
export function targetOf(typed: string, unit: GoalUnit): string | null {
  const number = Number(typed);
  if (typed.trim() === '' || !Number.isFinite(number)) return null;
  return unit === 'rate' ? String(Number((number / 100).toFixed(9))) : typed.trim();
}
