import { formatScaled, minorDigits } from '../../domain/money.ts';

/** How the values of a driver are printed and typed: what they are divided by, and what the unit is called. */
export type Scale = { per: number; decimals: number; unit: string };
export type UnitWords = {
  factor: string;
  million: (currency: string) => string;
  percent: string;
  named: (unit: string) => string;
};

const CURRENCY = /^[A-Z]{3}$/;

/** Amounts of millions are read in millions, rates in per cent, everything else as it is. */
export function scaleOf(unit: string, most: number, words: UnitWords): Scale {
  if (unit === 'factor') return { per: 1, decimals: 2, unit: words.factor };
  if (unit === 'rate') return { per: 0.01, decimals: Math.abs(most) < 0.2 ? 2 : 1, unit: words.percent };
  if (CURRENCY.test(unit))
    return Math.abs(most) >= 1e6
      ? { per: 1e6, decimals: Math.abs(most) < 20e6 ? 2 : 1, unit: words.million(unit) }
      : { per: 1, decimals: Math.abs(most) < 10 ? minorDigits(unit) : 0, unit };
  return { per: 1, decimals: Number.isInteger(most) ? 0 : 2, unit: words.named(unit) };
}

/** A value in its unit, without the zeros nobody reads. */
export function scaled(value: number, scale: Scale, locale: string): string {
  const shown = value / scale.per;
  for (let decimals = 0; decimals < scale.decimals; decimals++) {
    const rounded = Number(shown.toFixed(decimals));
    if (Math.abs(rounded - shown) < 0.5 * 10 ** -scale.decimals) return formatScaled(shown, locale, decimals);
  }
  return formatScaled(shown, locale, scale.decimals);
}

/** What is typed in the unit, as the document counts it. */
export function unscaled(typed: string, scale: Scale): number {
  return Number((Number(typed) * scale.per).toFixed(9));
}
