import { expect, test } from 'vitest';
import { isSame } from './same.ts';

const data = (minor: number) => ({ segments: [{ id: 'a', amount: { minor, currency: 'EUR' } }], height: 4 });

test('data read the same when every part of them does', () => {
  expect(isSame(data(1), data(1))).toBe(true);
  expect(isSame(data(1), data(2))).toBe(false);
  expect(isSame([1, 2], [1, 2, 3])).toBe(false);
  expect(isSame({ a: undefined }, { b: undefined })).toBe(false);
  expect(isSame([], {})).toBe(false);
  expect(isSame(null, {})).toBe(false);
  expect(isSame(Number.NaN, Number.NaN)).toBe(true);
  // What is no plain data is the same only when it is one thing.
  expect(isSame(new Map([[1, 2]]), new Map([[1, 2]]))).toBe(false);
});
