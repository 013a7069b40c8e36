import { expect, test } from 'vitest';
import { parseShare, shareInput } from './shares.ts';

test('what is typed is kept exactly', () => {
  for (const [typed, kept] of [
    ['1/3', '1/3'],
    [' 2 / 6 ', '2/6'],
    ['17.5', '0.175'],
    ['17.5 %', '0.175'],
    ['115%', '1.15'],
    ['0.58 %', '0.0058'],
    ['100', '1'],
    ['0', '0'],
  ] as const)
    expect(parseShare(typed, 'en')).toBe(kept);
  expect(parseShare('17,5 %', 'fr')).toBe('0.175');
  for (const wrong of ['', 'a third', '1/0', '-5', '1/2/3', '12345678901234567'])
    expect(parseShare(wrong, 'en')).toBeNull();
});

test('what stands in the field reads back as the same share', () => {
  for (const share of ['1/3', '0.175', '1.15', '0.0058', '1'])
    for (const locale of ['en', 'fr']) expect(parseShare(shareInput(share, locale), locale)).toBe(share);
});
