import { numberFormat } from './intl.ts';

/** Money as it arrives: an integer count of minor units. Nothing here adds or multiplies amounts; it only prints and reads them. */
export type Money = { readonly minor: number; readonly currency: string };

/** The wire's bound: beyond it a JSON number could lose a unit. */
export const MINOR_LIMIT = 2 ** 51;

/** Between a figure and its sign: narrow, and never a place to break the line. */
const THIN = '\u202f';
export const DASH = '–';

const digitsByCurrency = new Map<string, number>();

export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  let digits = 2;
  try {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2;
  } catch {
    // Not a code Intl knows; ISO 4217's common case.
  }
  digitsByCurrency.set(currency, digits);
  return digits;
}

/** The sign a currency is written with, such as `€`; its code where it has none. */
export function currencySign(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  } catch {
    return currency;
  }
}

/** Major units as a float: for chart geometry and for scaling a label only. */
export function toScale(money: Money): number {
  return money.minor / 10 ** minorDigits(money.currency);
}

export function parenthesised(text: string, negative: boolean): string {
  return negative ? `(${text})` : text;
}

/** Table form: whole units, parentheses for a negative, a dash for a true zero. */
export function formatWhole(money: Money, locale: string): string {
  if (money.minor === 0) return DASH;
  const whole = Math.round(Math.abs(toScale(money)));
  if (whole === 0) return formatExact(money, locale);
  return parenthesised(numberFormat(locale).format(whole), money.minor < 0);
}

/** To the last minor unit, as the derivation panel shows it. */
export function formatExact(money: Money, locale: string): string {
  if (money.minor === 0) return DASH;
  const digits = minorDigits(money.currency);
  const size = 10 ** digits;
  const minor = Math.abs(money.minor);
  const whole = numberFormat(locale).format(Math.floor(minor / size));
  const rest = minor % size;
  if (digits === 0 || rest === 0) return parenthesised(whole, money.minor < 0);
  const point = decimalSeparator(locale);
  return parenthesised(`${whole}${point}${String(rest).padStart(digits, '0')}`, money.minor < 0);
}

/** Prose form: the code, then the number. */
export function formatProse(money: Money, locale: string): string {
  const number = money.minor === 0 ? '0' : formatWhole(money, locale);
  return `${money.currency} ${number}`;
}

/** Chart form: one decimal of a million; the unit is in the subtitle. */
export function formatMillions(money: Money, locale: string, decimals = 1): string {
  return formatScaled(toScale(money) / 1e6, locale, decimals);
}

export function formatScaled(value: number, locale: string, decimals: number): string {
  const number = numberFormat(locale, decimals).format(Math.abs(value));
  const shownZero = Number(Math.abs(value).toFixed(decimals)) === 0;
  return parenthesised(number, value < 0 && !shownZero);
}

/** A change carries its sign: +120,000 or (80,000). */
export function formatChange(money: Money, locale: string): string {
  if (money.minor === 0) return DASH;
  const text = formatWhole(money, locale);
  return money.minor > 0 ? `+${text}` : text;
}

export function formatPercent(fraction: number, locale: string, decimals = 1): string {
  return `${formatScaled(fraction * 100, locale, decimals)}${THIN}%`;
}

function decimalSeparator(locale: string): string {
  return (
    numberFormat(locale)
      .formatToParts(1.5)
      .find((part) => part.type === 'decimal')?.value ?? '.'
  );
}

function groupSeparator(locale: string): string {
  return (
    numberFormat(locale)
      .formatToParts(1234567)
      .find((part) => part.type === 'group')?.value ?? ','
  );
}

/** Reads what a person types or pastes in the reader's locale: groups, parentheses, a minus, up to the currency's digits. */
export function parseMinor(text: string, currency: string, locale: string): number | null {
  const normal = normaliseNumber(text, locale);
  if (normal === null) return null;
  const digits = minorDigits(currency);
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(normal);
  if (!match || (match[2] === '' && !match[3])) return null;
  const fraction = match[3] ?? '';
  if (fraction.length > digits) return null;
  const minor = Number(`${match[2] || '0'}${fraction.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(minor) || minor > MINOR_LIMIT) return null;
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/** A plain decimal string (`-1234.5`) out of a localised one, or null. */
export function normaliseNumber(text: string, locale: string): string | null {
  let rest = text.trim();
  let negative = false;
  if (/^\(.*\)$/.test(rest)) {
    negative = true;
    rest = rest.slice(1, -1);
  }
  if (/^[-−]/.test(rest)) {
    negative = !negative;
    rest = rest.slice(1);
  }
  if (rest === DASH) rest = '0';
  const group = groupSeparator(locale);
  const point = decimalSeparator(locale);
  rest = rest
    .split(group)
    .join('')
    .replace(/[\s\u00a0\u202f\u2009']/g, '');
  if (point !== '.') rest = rest.replace(point, '.');
  if (!/^\d*(\.\d*)?$/.test(rest) || rest === '' || rest === '.') return null;
  return negative ? `-${rest}` : rest;
}

/** The deal document writes money as `USD 900000.00`. */
export function parseDocumentMoney(text: unknown): Money | null {
  if (typeof text !== 'string') return null;
  const match = /^([A-Z]{3}) (-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const currency = match[1] ?? '';
  const digits = minorDigits(currency);
  const minor = Number(`${match[3]}${(match[4] ?? '').padEnd(digits, '0').slice(0, digits)}`);
  return { minor: match[2] === '-' && minor !== 0 ? -minor : minor, currency };
}

export function writeDocumentMoney(money: Money): string {
  const digits = minorDigits(money.currency);
  const size = 10 ** digits;
  const minor = Math.abs(money.minor);
  const whole = Math.floor(minor / size);
  const rest = digits === 0 ? '' : `.${String(minor % size).padStart(digits, '0')}`;
  return `${money.currency} ${money.minor < 0 ? '-' : ''}${whole}${rest}`;
}
