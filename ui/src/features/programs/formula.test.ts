import { expect, test } from 'vitest';
import { translateMaybe } from '../../i18n/index.tsx';
import { inWords, readFormula } from './formula.ts';

const said = (text: string, language: 'en' | 'fr' = 'en') => {
  const formula = readFormula(text);
  if (!formula) return null;
  const pieces = inWords(formula, (key) => translateMaybe(language, key, key));
  return pieces.map((piece) => (piece.kind === 'name' ? `[${piece.name}]` : piece.text)).join('');
};

test('a formula of the law is said in words', () => {
  expect(said('round_money(min(rate * base, cap))')).toBe('rounded (the lowest of ([rate] × [base]; [cap]))');
  expect(said('if(given(x) and x > 0, x / y, 1)')).toBe(
    'if [x] is given and [x] > 0: [x] ÷ [y]; otherwise 1',
  );
  expect(said('tiered(x, 0.3, 1000000, 0.25)')).toBe('[x] by slices (0.3 up to 1000000; 0.25 above)');
  expect(said('banded(x, 0, 10, 0.1, 20, 0.2)')).toBe(
    'by the size of [x] (0 below; 0.1 from 10; 0.2 from 20)',
  );
  expect(said('choose(kind, "series", a, b)')).toBe('by [kind] (“series”: [a]; otherwise [b])');
  expect(said('round(x, 2, "half_up")')).toBe('[x], rounded to 2 places half up');
});

test('brackets stand only where the meaning needs them', () => {
  expect(said('(a + b) * c')).toBe('([a] + [b]) × [c]');
  expect(said('a - (b - c)')).toBe('[a] − ([b] − [c])');
  expect(said('a - b - c')).toBe('[a] − [b] − [c]');
  expect(said('not (a and b)')).toBe('not ([a] and [b])');
  expect(said('-a * b')).toBe('−[a] × [b]');
  expect(said('or_else(x, 0) + 1')).toBe('([x], or 0 where it is not given) + 1');
});

test('it is said in the language of the reader', () => {
  expect(said('if(a, b, c)', 'fr')).toBe('si [a]\u00a0: [b]\u00a0; sinon [c]');
});

test('what is no formula is not said', () => {
  for (const text of ['', '1 +', '(a', 'a b', '"open', 'min(a,', 'a # b', 'and'])
    expect(said(text)).toBeNull();
  expect(said(`${'('.repeat(60)}1${')'.repeat(60)}`)).toBeNull();
});
