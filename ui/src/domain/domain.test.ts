import { describe, expect, test } from 'vitest';
import { formatDate, isDate, monthFromOrdinal, monthOrdinal } from './dates.ts';
import {
  formatChange,
  formatExact,
  formatMillions,
  formatPercent,
  formatProse,
  formatWhole,
  parseDocumentMoney,
  parseMinor,
  writeDocumentMoney,
} from './money.ts';
import { formatQuantity, readingOf } from './quantity.ts';
import { formatPrice, formatRate, formatRateNumber, parsePercent, shiftPoint } from './rate.ts';

const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('money', () => {
  test('prints negatives in parentheses, zero as a dash and cents only when asked', () => {
    expect(formatWhole(usd(254722400), 'en')).toBe('2,547,224');
    expect(formatWhole(usd(-254722400), 'en')).toBe('(2,547,224)');
    expect(formatWhole(usd(0), 'en')).toBe('–');
    expect(formatWhole(usd(40), 'en')).toBe('0.40');
    expect(formatExact(usd(-254722450), 'en')).toBe('(2,547,224.50)');
    expect(formatExact({ minor: 1234567, currency: 'JPY' }, 'en')).toBe('1,234,567');
    expect(formatProse(usd(-254722400), 'en')).toBe('USD (2,547,224)');
    expect(formatChange(usd(12000000), 'en')).toBe('+120,000');
    expect(formatMillions(usd(-1629999999), 'en')).toBe('(16.3)');
    expect(formatMillions(usd(-100), 'en')).toBe('0.0');
    expect(formatPercent(0.1234, 'en')).toBe('12.3\u202f%');
  });

  test('reads what people type in two languages', () => {
    expect(parseMinor('4,000,000', 'USD', 'en')).toBe(400000000);
    expect(parseMinor(' (1,250.5) ', 'USD', 'en')).toBe(-125050);
    expect(parseMinor('−3', 'USD', 'en')).toBe(-300);
    expect(parseMinor('4\u202f000\u202f000,25', 'USD', 'fr')).toBe(400000025);
    expect(parseMinor('1.005', 'USD', 'en')).toBeNull();
    expect(parseMinor('1.5', 'JPY', 'en')).toBeNull();
    expect(parseMinor('abc', 'USD', 'en')).toBeNull();
    expect(parseMinor('', 'USD', 'en')).toBeNull();
    expect(parseMinor('99999999999999999', 'USD', 'en')).toBeNull();
  });

  test('what is printed exactly is read back to the cent, in both languages', () => {
    for (const locale of ['en', 'fr']) {
      for (const minor of [1, 99, 100, 12345, -987654321, 2 ** 45 + 1]) {
        expect(parseMinor(formatExact(usd(minor), locale), 'USD', locale)).toBe(minor);
      }
    }
  });

  test('the document form goes both ways', () => {
    for (const text of ['USD 900000.00', 'JPY -12', 'EUR 0.05']) {
      const money = parseDocumentMoney(text);
      expect(money && writeDocumentMoney(money)).toBe(text);
    }
    expect(parseDocumentMoney('900000')).toBeNull();
    expect(parseDocumentMoney({ fixed: 1 })).toBeNull();
  });
});

describe('rates', () => {
  test('shift the point in text, so no digit is lost', () => {
    expect(shiftPoint('0.085', 2)).toBe('8.5');
    expect(shiftPoint('8.5', -2)).toBe('0.085');
    expect(shiftPoint('-0.0333333333333333333333', 2)).toBe('-3.33333333333333333333');
    expect(shiftPoint('100', -2)).toBe('1');
  });
  test('print at least two decimals and read percent', () => {
    expect(formatRateNumber('0.085', 'en')).toBe('8.50');
    expect(formatRateNumber('0.08625', 'en')).toBe('8.625');
    expect(formatRate('-0.052', 'en')).toBe('(5.20)\u202f%');
    expect(parsePercent('12.5 %', 'en')).toBe('0.125');
    expect(parsePercent('12,5', 'fr')).toBe('0.125');
    expect(parsePercent('twelve', 'en')).toBeNull();
  });
  test('a price keeps every digit, in the way numbers are written', () => {
    expect(formatPrice('1.3825', 'en')).toBe('1.3825');
    expect(formatPrice('1.3825', 'fr')).toBe('1,3825');
    expect(formatPrice('1.3825', 'de-DE-x-en')).toBe('1,3825');
  });
  test('what is divided out has one decimal in a table and its digits in a derivation', () => {
    const words = { yes: '', no: '', none: '', months: String };
    const cover = { kind: 'number', decimal: '1.5725141' } as const;
    const reading = readingOf('capital.gap.cover');
    expect(formatQuantity(cover, 'en', words, { reading })).toBe('157.3\u202f%');
    expect(formatQuantity(cover, 'en', words, { reading, exact: true })).toBe('157.25141\u202f%');
    const typed = { kind: 'number', decimal: '0.08625' } as const;
    expect(formatQuantity(typed, 'en', words, { reading: readingOf('gap.rate') })).toBe('8.625\u202f%');
  });
});

describe('dates', () => {
  test('are text without a time zone', () => {
    expect(isDate('2028-02-29')).toBe(true);
    expect(isDate('2027-02-29')).toBe(false);
    expect(formatDate('2029-06-15', 'en')).toBe('15 Jun 2029');
    expect(formatDate('2029-06', 'fr')).toBe('juin 2029');
    expect(monthFromOrdinal(monthOrdinal('2028-12') + 1)).toBe('2029-01');
  });
});
