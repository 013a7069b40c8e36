import { formatDate } from './dates.ts';
import { numberFormat } from './intl.ts';
import {
  DASH,
  formatExact,
  formatPercent,
  formatProse,
  formatScaled,
  formatWhole,
  type Money,
} from './money.ts';
import { formatRate } from './rate.ts';

/** What stands at an address: an exact value, or the reason why there is none. The same shape as on the wire. */
export type Quantity =
  | { kind: 'money'; amount: Money }
  | { kind: 'number'; decimal: string }
  | { kind: 'flag'; yes: boolean }
  | { kind: 'date'; date: string }
  | { kind: 'absent'; reason: string; path: string | null };

/** How a number is to be read; the last word of its address says. */
export type Reading = 'return' | 'ratio' | 'rate' | 'multiple' | 'months' | 'plain';

export function readingOf(address: string): Reading {
  const last =
    address
      .replace(/\[[^\]]*\]$/, '')
      .split('.')
      .at(-1) ?? '';
  if (/^x?irr$/.test(last)) return 'return';
  // What is divided out, not read on a paper: its digits go on, and say nothing more.
  if (
    /^(cover|presale_cover|debt_service_cover|cover_gross|advance|gap_to_budget|loan_to_value|contingency_share|spend_rate|budget_rate|net_rate|combined_rate)(_required)?$/.test(
      last,
    )
  )
    return 'ratio';
  if (/(^|_)(rate|share|fraction|probability|percent|ownership|premium)$/.test(last)) return 'rate';
  if (/(^|_)(multiple|moic)$/.test(last)) return 'multiple';
  if (/(^|_)months?$/.test(last)) return 'months';
  return 'plain';
}

export type QuantityWords = { yes: string; no: string; none: string; months: (count: number) => string };

export function formatNumber(decimal: string, locale: string, most = 6): string {
  const value = Number(decimal);
  if (value === 0) return DASH;
  const text = numberFormat(locale, 0, most).format(Math.abs(value));
  return value < 0 ? `(${text})` : text;
}

function formatReading(
  decimal: string,
  reading: Reading,
  locale: string,
  words: QuantityWords,
  exact: boolean,
): string {
  switch (reading) {
    case 'return':
      return formatPercent(Number(decimal), locale);
    case 'ratio':
      return exact ? formatRate(decimal, locale) : formatPercent(Number(decimal), locale);
    case 'rate':
      return formatRate(decimal, locale);
    case 'multiple':
      return `${formatScaled(Number(decimal), locale, 2)}\u202f×`;
    case 'months':
      return words.months(Number(decimal));
    case 'plain':
      return formatNumber(decimal, locale);
  }
}

type Options = { exact?: boolean; reading?: Reading };

/** Table form of any quantity. */
export function formatQuantity(
  quantity: Quantity,
  locale: string,
  words: QuantityWords,
  options: Options = {},
): string {
  switch (quantity.kind) {
    case 'money':
      return options.exact ? formatExact(quantity.amount, locale) : formatWhole(quantity.amount, locale);
    case 'number':
      return formatReading(
        quantity.decimal,
        options.reading ?? 'plain',
        locale,
        words,
        options.exact ?? false,
      );
    case 'date':
      return formatDate(quantity.date, locale);
    case 'flag':
      return quantity.yes ? words.yes : words.no;
    case 'absent':
      return words.none;
  }
}

/** Prose form: with the currency before an amount. */
export function proseQuantity(quantity: Quantity, locale: string, words: QuantityWords): string {
  return quantity.kind === 'money'
    ? formatProse(quantity.amount, locale)
    : formatQuantity(quantity, locale, words);
}
