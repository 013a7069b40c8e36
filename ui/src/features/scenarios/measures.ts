import type { Way } from '../../charts/pareto/data.ts';
import { DASH, formatScaled, type Money, toScale } from '../../domain/money.ts';
import type { TextKey, Translate } from '../../i18n/index.tsx';

/** What deals are measured by, in the order in which it is shown. */
export const MEASURES = [
  'closes',
  'shortfall',
  'net_incentives',
  'effective_incentive_rate',
  'cost_of_capital',
  'all_in_cost',
  'retained_ownership',
  'backend_share',
  'equity_irr_base',
  'equity_irr_p10',
  'equity_irr_p50',
  'recoupment_chance',
  'senior_recovery',
  'expected_shortfall',
  'gap_coverage',
  'peak_cash_shortfall',
  'ownership',
  'control',
  'optionality',
  'friction',
] as const;
export type MeasureKey = (typeof MEASURES)[number];
export type Unit = 'truth' | 'money' | 'share' | 'annual_rate' | 'multiple' | 'points';

const UNITS: Record<MeasureKey, Unit> = {
  closes: 'truth',
  shortfall: 'money',
  net_incentives: 'money',
  effective_incentive_rate: 'share',
  cost_of_capital: 'annual_rate',
  all_in_cost: 'share',
  retained_ownership: 'share',
  backend_share: 'share',
  equity_irr_base: 'annual_rate',
  equity_irr_p10: 'annual_rate',
  equity_irr_p50: 'annual_rate',
  recoupment_chance: 'share',
  senior_recovery: 'share',
  expected_shortfall: 'multiple',
  gap_coverage: 'multiple',
  peak_cash_shortfall: 'money',
  ownership: 'points',
  control: 'points',
  optionality: 'points',
  friction: 'points',
};

const LESS: ReadonlySet<MeasureKey> = new Set([
  'shortfall',
  'cost_of_capital',
  'all_in_cost',
  'peak_cash_shortfall',
  'friction',
]);

export const unitOf = (measure: MeasureKey): Unit => UNITS[measure];
export const betterOf = (measure: MeasureKey): Way => (LESS.has(measure) ? 'lower' : 'higher');
export const isMeasure = (key: string): key is MeasureKey => key in UNITS;

export const measureName = (measure: MeasureKey, t: Translate): string =>
  t(`scenarios.measure.${measure}` as TextKey);

/** The unit as it stands in a head, so that cells are bare numbers. */
export function unitName(measure: MeasureKey, currency: string, t: Translate): string {
  if (measure === 'effective_incentive_rate') return t('scenarios.unit.of_budget');
  const unit = unitOf(measure);
  return unit === 'truth' ? '' : t(`scenarios.unit.${unit}` as TextKey, { currency });
}

/** A value in its unit, as axes and tables print it: amounts in thousands, shares in per cent. */
export function measureText(measure: MeasureKey, value: number, locale: string, t: Translate): string {
  const text: Record<Unit, () => string> = {
    truth: () => t(value > 0 ? 'quantity.yes' : 'quantity.no'),
    money: () => formatScaled(value / 1_000, locale, 0),
    share: () => formatScaled(value * 100, locale, 1),
    annual_rate: () => formatScaled(value * 100, locale, 1),
    multiple: () => formatScaled(value, locale, 2),
    points: () => formatScaled(value, locale, 0),
  };
  return text[unitOf(measure)]();
}

/** Amounts of a table in thousands. */
export const thousands = (amount: Money, locale: string): string =>
  amount.minor === 0 ? DASH : formatScaled(toScale(amount) / 1_000, locale, 0);
