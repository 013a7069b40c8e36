import type { RunValueDto } from '../../api/bindings.ts';
import { formatQuantity, type QuantityWords } from '../../domain/quantity.ts';
import { formatPrice, shiftPoint } from '../../domain/rate.ts';

/** A number of the law as a person reads it: a rate in percent, an amount with its groups, every digit of it. */
export function formatLaw(decimal: string, unit: string, locale: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) return decimal;
  return unit === 'rate'
    ? `${formatPrice(shiftPoint(decimal, 2), locale)}\u202f%`
    : formatPrice(decimal, locale);
}

/** A computed value: what is shown of it, or the word or list it is. */
export function formatRun(
  value: RunValueDto | null,
  unit: string,
  locale: string,
  words: QuantityWords,
): string {
  if (value === null) return words.none;
  if (value.shown === null)
    return unit === 'list'
      ? value.exact
          .replace(/^\[|\]$/g, '')
          .split(/[;,]\s*/)
          .map((item) => formatLaw(item.trim(), 'money', locale))
          .join('; ')
      : value.exact;
  if (value.shown.kind === 'money' || value.shown.kind === 'number') {
    const isNought = /^-?0*(\.0*)?$/.test(value.exact);
    if (isNought) return unit === 'rate' ? formatLaw('0', unit, locale) : '0';
    if (value.shown.kind === 'number')
      return unit === 'rate' ? rate(value.exact, locale) : formatLaw(value.exact, unit, locale);
    return formatQuantity(value.shown, locale, words, { exact: true });
  }
  return formatQuantity(value.shown, locale, words);
}

/** A computed rate has as many digits as the division gave it; four of a percent are read. */
function rate(exact: string, locale: string): string {
  const [whole = '', fraction = ''] = shiftPoint(exact, 2).split('.');
  return fraction.length <= 4
    ? formatLaw(exact, 'rate', locale)
    : `${formatPrice(`${whole}.${fraction.slice(0, 4)}`, locale)}…\u202f%`;
}
