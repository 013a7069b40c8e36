import { expect, test } from 'vitest';
import { indicesLayout } from './layout.ts';

const index = (id: string, first: number | null, total: number, error = 0.02) => ({
  id,
  label: `Input ${id}`,
  first: { value: first, error },
  total: { value: total, error },
  text: id,
});

test('what explains most comes first, and whiskers reach 1.96 errors to either side', () => {
  const { rows } = indicesLayout([index('a', 0.1, 0.2), index('b', 0.5, 0.6)], { width: 400 });
  expect(rows.map(({ index: { id } }) => id)).toEqual(['b', 'a']);
  const { first, total } = rows[0] ?? {};
  expect((total?.x ?? 0) - (total?.from ?? 0)).toBeCloseTo((total?.to ?? 0) - (total?.x ?? 0), 1);
  expect(total?.x).toBeGreaterThan(first?.x ?? 0);
});

test('a share below nothing is an error of estimation: its mark stands at nothing', () => {
  const { rows, left } = indicesLayout([index('a', -0.01, 0)], { width: 400 });
  expect(rows[0]?.first?.x).toBe(left);
  expect(rows[0]?.total?.from).toBe(left);
});

test('what is withheld has no mark', () => {
  expect(indicesLayout([index('a', null, 0.3)], { width: 400 }).rows[0]?.first).toBeNull();
  expect(indicesLayout([], { width: 400 }).rows).toEqual([]);
});
