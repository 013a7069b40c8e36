import { useMemo } from 'react';
import type { RiskFigure } from '../../api/bindings.ts';
import { formatScaled } from '../../domain/money.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { reasonKey } from '../explain/reason.ts';
import { fractionOf } from './fractions.ts';
import type { UnitWords } from './units.ts';

/** A fraction in per cent without the sign, which stands in the unit above it. */
export const points = (fraction: number, locale: string, decimals = 1): string =>
  formatScaled(fraction * 100, locale, decimals);

export const numberOf = (figure: RiskFigure | undefined | null): number | null =>
  figure?.value === null || figure?.value === undefined ? null : Number(figure.value);

/** A probability with its standard error, in points: as many decimals as the error can tell apart. */
export function chanceText(figure: RiskFigure, locale: string, none: string): string {
  const value = numberOf(figure);
  if (value === null) return none;
  const error = figure.error === null ? 0 : Number(figure.error);
  if (error > 0 && (value === 0 || value === 1)) return boundText(value, error, locale);
  const decimals = error > 0 && error < 0.0005 ? 2 : 1;
  const told = points(value, locale, decimals);
  return error > 0 ? `${told} ± ${points(error, locale, decimals)}` : told;
}

/**
 * Where every path says the same, none of n said otherwise: with 95 % the probability lies within 3/n of it (rule of
 * three). The error that is told there is 1/n.
 */
function boundText(value: number, error: number, locale: string): string {
  const off = 300 * error;
  const decimals = Math.min(Math.max(Math.ceil(-Math.log10(off)), 1), 4);
  // Rounded away from certainty: the bound holds as it is printed.
  const step = 10 ** -decimals;
  const told = Math.ceil(off / step - 1e-9) * step;
  return value === 1
    ? `≥ ${formatScaled(100 - told, locale, decimals)}`
    : `≤ ${formatScaled(told, locale, decimals)}`;
}

/** A probability in small words where they say the same, else in per cent. */
export function casesText(probability: number, t: Translate, locale: string): string {
  if (probability >= 0.995) return t('risk.cases.all');
  if (probability <= 0.005) return t('risk.cases.none');
  const said = fractionOf(probability);
  if (said) {
    const word = (number: number) => t(`risk.number.${number}` as 'risk.number.1');
    return t('risk.cases', { count: said.part, part: word(said.part), whole: word(said.whole) });
  }
  return t('risk.cases.share', { share: points(probability, locale, 0) });
}

export function useUnitWords(): UnitWords {
  const { t, maybe } = useText();
  return useMemo(
    () => ({
      factor: t('risk.unit.factor'),
      million: (currency) => t('risk.unit.million', { currency }),
      percent: t('risk.unit.percent'),
      named: (unit) => maybe(`risk.unit.${unit}`, unit.replace(/_/g, ' ')),
    }),
    [t, maybe],
  );
}

const NUMBER = /\d+(?:\.\d+)?/g;

/** Reasons that name a cell or a driver, and the texts that say the same. */
const NAMING = [
  [/^(.+) decides what is computed$/, 'slow.decides'],
  [/^nothing that is paid or put in rests on (.+)$/, 'slow.rests_on_nothing'],
  [/^(.+) moves with what is given and has no step$/, 'slow.no_step'],
  [/^(.+) was searched for$/, 'slow.searched'],
  [/^the recoupment plan cannot be run: (.+)$/, 'slow.plan_cannot_be_run'],
  [/^the deal as typed has no such figure: (.+)$/, 'slow.no_such_figure'],
] as const;

/** Why a figure is withheld or paths go the slow way, in the language of the page where the catalog has it. */
export function useRiskReason(): (reason: string) => string {
  const { t, maybe } = useText();
  const label = useAddressLabel();
  const told = (reason: string): string => {
    for (const [form, key] of NAMING) {
      const named = form.exec(reason)?.[1];
      if (named !== undefined) return t(key, { name: label(named) });
    }
    const numbers = reason.match(NUMBER) ?? [];
    let place = 0;
    const key = reason.replace(NUMBER, () => {
      place += 1;
      return ` ${place} `;
    });
    const params = Object.fromEntries(numbers.map((number, at) => [String(at + 1), number]));
    return maybe(reasonKey(key), reason, params);
  };
  return told;
}
