import { expect, test } from 'vitest';
import { OWN_FIELDS, readOwn, withOwn } from './spec.ts';
import { KINDS_OF_MONEY } from './types.ts';

test('every kind of money says what it has of its own', () => {
  expect(Object.keys(OWN_FIELDS).sort()).toEqual([...KINDS_OF_MONEY].sort());
  for (const fields of Object.values(OWN_FIELDS)) {
    const names = fields.map(({ field }) => field);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(0);
  }
});

test('a term is written into its part, and what is emptied goes with the part it leaves empty', () => {
  const terms = { kind: 'presale', overage_share: '0.6' };
  const first = withOwn(terms, 'licence.territories', ['DE']);
  expect(first).toEqual({ ...terms, licence: { territories: ['DE'] } });
  expect(readOwn(first, 'licence.territories')).toEqual(['DE']);
  expect(readOwn(terms, 'licence.territories')).toBeUndefined();
  expect(withOwn(first, 'overage_share', null)).toEqual({
    kind: 'presale',
    licence: { territories: ['DE'] },
  });
  expect(withOwn(first, 'licence.territories', []).licence).toEqual({});
  expect(withOwn(terms, 'exclusive', false)).toEqual({ ...terms, exclusive: false });
});
