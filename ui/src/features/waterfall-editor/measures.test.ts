import { expect, test } from 'vitest';
import type { DealDocument } from '../../domain/document.ts';
import { asksOf, conditionOf, isMeasurable, MEASURES } from './measures.ts';
import type { Plan } from './plan.ts';

const DEAL: DealDocument = {
  id: 'comet',
  name: 'Comet',
  currency: 'EUR',
  as_of: '2027-01-15',
  project: { title: 'Comet' },
  parties: [{ id: 'fund', name: 'Fund', role: 'equity' }],
  instruments: [{ id: 'equity', name: 'Equity', terms: { kind: 'equity' } }],
};
const PLAN: Plan = {
  sources: [{ id: 'all', enters: 'a' }],
  tiers: [
    { id: 'a', takes: { kind: 'share', payee: 'fund', limit: { kind: 'amount', amount: 'EUR 1.00' } } },
    { id: 'b', takes: { kind: 'share', payee: 'fund' } },
  ],
};

test('every measure asks for something and begins complete', () => {
  for (const measure of MEASURES) {
    expect(asksOf(measure).length).toBeGreaterThan(0);
    const made = conditionOf(measure, undefined, DEAL, PLAN);
    expect(made.measure).toBe(measure);
    expect(Object.values(made)).not.toContain(undefined);
  }
});

test('what both measures have stays', () => {
  const target = { invested: { instrument: 'equity', factor: '1.2' } };
  const before = { measure: 'paid_to_party', party: 'fund', is: 'below', target } as const;
  expect(conditionOf('paid_to_tier', before, DEAL, PLAN)).toEqual({
    measure: 'paid_to_tier',
    tier: 'a',
    is: 'below',
    target,
  });
  expect(conditionOf('any', before, DEAL, PLAN)).toEqual({ measure: 'any', of: [before] });
  expect(conditionOf('recouped', { measure: 'paid_to_tier', tier: 'b' }, DEAL, PLAN)).toEqual({
    measure: 'recouped',
    tier: 'a',
  });
});

test('what the deal does not have is not offered', () => {
  const offered = MEASURES.filter((measure) => isMeasurable(measure, DEAL, PLAN));
  expect(offered).not.toContain('counted');
  expect(offered).not.toContain('passed_pool');
  expect(offered).toContain('paid_against_investment_and_interest');
  expect(isMeasurable('recouped', DEAL, {})).toBe(false);
});
