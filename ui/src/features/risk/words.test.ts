import { describe, expect, test } from 'vitest';
import { targetOf } from './goal-figures.ts';
import { chanceText } from './words.ts';

const figure = (value: string | null, error: string | null) => ({
  address: 'risk(seed=1,paths=10240).returns.bank.recouped',
  value,
  error,
  reason: null,
});

describe('a probability', () => {
  test('stands with its error', () => {
    expect(chanceText(figure('0.88', '0.0012'), 'en', '–')).toBe('88.0 ± 0.1');
    expect(chanceText(figure(null, null), 'en', '–')).toBe('–');
  });

  test('that every path agrees on is a bound, and no certainty without error', () => {
    expect(chanceText(figure('1', '0.000098'), 'en', '–')).toBe('≥ 99.97');
    expect(chanceText(figure('0', '0.000098'), 'en', '–')).toBe('≤ 0.03');
    expect(chanceText(figure('1', '0.00001'), 'en', '–')).toBe('≥ 99.997');
    expect(chanceText(figure('1', '0.000001'), 'en', '–')).toBe('≥ 99.9997');
  });
});

test('what is sought in per cent is a share', () => {
  expect(targetOf('12.5', 'rate')).toBe('0.125');
  expect(targetOf('1000000', 'amount')).toBe('1000000');
  expect(targetOf('', 'number')).toBeNull();
  expect(targetOf('x', 'number')).toBeNull();
});
