import { formatDate } from './dates.ts';
import { DASH, formatExact, formatProse, formatWhole, type Money } from './money.ts';
import { formatRate } from './rate.ts';

/** What stands at an address: an exact value, or the reason why there is none. */
export type Quantity =
  | { kind: 'money'; money: Money }
  | { kind: 'number'; decimal: string }
  | { kind: 'rate'; decimal: string }
  | { kind: 'months'; months: number }
  | { kind: 'date'; date: string }
  | { kind: 'flag'; flag: boolean }
  | { kind: 'none'; reason: string };

export type QuantityWords = { yes: string; no: string; none: string; months: (count: number) => string };

export function formatNumber(decimal: string, locale: string, most = 6): string {
  const value = Number(decimal);
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: most }).format(Math.abs(value));
  return value < 0 ? `(${text})` : text;
}

/** Table form of any quantity. */
export function formatQuantity(
  quantity: Quantity,
  locale: string,
  words: QuantityWords,
  exact = false,
): string {
  switch (quantity.kind) {
    case 'money':
      return exact ? formatExact(quantity.money, locale) : formatWhole(quantity.money, locale);
    case 'rate':
      return formatRate(quantity.decimal, locale);
    case 'number':
      return Number(quantity.decimal) === 0 ? DASH : formatNumber(quantity.decimal, locale);
    case 'months':
      return words.months(quantity.months);
    case 'date':
      return formatDate(quantity.date, locale);
    case 'flag':
      return quantity.flag ? words.yes : words.no;
    case 'none':
      return words.none;
  }
}

/** Prose form: with the currency before an amount. */
export function proseQuantity(quantity: Quantity, locale: string, words: QuantityWords): string {
  return quantity.kind === 'money'
    ? formatProse(quantity.money, locale)
    : formatQuantity(quantity, locale, words);
}
