import { numberFormat } from './intl.ts';
import { normaliseNumber, parenthesised } from './money.ts';

/** Rates travel as decimal strings ("0.125"). Printing shifts the point in text, so no digit is lost to a float. */
export function shiftPoint(decimal: string, places: number): string {
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(decimal.trim());
  if (!match) return decimal;
  const whole = match[2] ?? '';
  const fraction = match[3] ?? '';
  const digits = whole + fraction;
  const at = whole.length + places;
  const padded = at < 0 ? '0'.repeat(-at) + digits : digits.padEnd(at, '0');
  const cut = Math.max(at, 0);
  const left = padded.slice(0, cut).replace(/^0+(?=\d)/, '') || '0';
  const right = padded.slice(cut).replace(/0+$/, '');
  return `${match[1]}${left}${right ? `.${right}` : ''}`;
}

/** "0.085" as 8.50 (without the sign): at least two decimals, more when the paper has more. */
export function formatRateNumber(decimal: string, locale: string): string {
  const shifted = shiftPoint(decimal, 2);
  const fraction = shifted.split('.')[1]?.length ?? 0;
  const digits = Math.min(Math.max(2, fraction), 6);
  const value = Number(shifted);
  const text = numberFormat(locale, digits).format(Math.abs(value));
  return parenthesised(text, value < 0);
}

export function formatRate(decimal: string, locale: string): string {
  return `${formatRateNumber(decimal, locale)}\u202f%`;
}

/** A price as it is written on its paper, every digit of it: "1.38". */
export function formatPrice(decimal: string, locale: string): string {
  return numberFormat(locale, 0, 12).format(decimal as Intl.StringNumericLiteral);
}

/** What a person types in percent, as the fraction the document holds; null when it is no number. */
export function parsePercent(text: string, locale: string): string | null {
  const normal = normaliseNumber(text.replace(/%/g, ''), locale);
  return normal === null ? null : shiftPoint(normal, -2);
}
