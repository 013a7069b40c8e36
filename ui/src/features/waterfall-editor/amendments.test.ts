import { expect, test } from 'vitest';
import type { DealDocument } from '../../domain/document.ts';
import { translate, translateMaybe } from '../../i18n/index.tsx';
import { changeSentence } from './amendments.tsx';
import { partOfCap } from './expense-types.tsx';
import { namesOf } from './names.ts';
import type { Amendment, Plan } from './plan.ts';

const PLAN: Plan = { tiers: [{ id: 'fee', label: 'Fee', takes: { kind: 'share', payee: 'agent' } }] };
const DEAL = {
  id: 'comet',
  name: 'Comet',
  currency: 'EUR',
  as_of: '2027-01-15',
  project: { title: 'Comet' },
  parties: [{ id: 'agent', name: 'The Agent', role: 'sales_agent' }],
} as DealDocument;
const said = (change: Amendment['change'], language: 'en' | 'fr') =>
  changeSentence(
    { id: 'a', date: '2027-01-01', change },
    namesOf(DEAL, PLAN, {
      t: (key, params) => translate(language, key, params),
      maybe: (key, fallback, params) => translateMaybe(language, key, fallback, params),
      locale: language,
      place: (code) => code,
    }),
  ).replace(/[\u00a0\u202f]/g, ' ');

test('an amendment says what it changes', () => {
  expect(said({ kind: 'rate', tier: 'fee', rate: '1/3' }, 'en')).toBe('Fee takes 1/3');
  expect(said({ kind: 'payee', tier: 'fee', payee: 'agent' }, 'fr')).toBe('The Agent détient Fee');
  expect(said({ kind: 'limit', tier: 'fee', amount: 'EUR 5000.00' }, 'en')).toBe(
    'the limit of Fee is EUR 5,000',
  );
  expect(said({ kind: 'limit', tier: 'fee', factor: '1.2' }, 'fr')).toBe(
    'la limite de Fee est 120 % de sa base',
  );
  expect(said({ kind: 'contract', contract: 'k', to: '2030-06-30' }, 'en')).toBe(
    'contract k runs to 30 Jun 2030',
  );
  expect(said({ kind: 'expense_cap', expense_type: 'release', cap: 'EUR 1.50' }, 'en')).toBe(
    'the cap of “release” is EUR 1.50',
  );
});

test('only what counts to the cap uses it', () => {
  const expense = (id: string, amount: string, counts = true) => ({
    id,
    date: '2027-01-01',
    amount,
    counts_to_cap: counts,
  });
  const declared = [expense('a', 'EUR 80.00'), expense('b', 'EUR 500.00', false)];
  expect(partOfCap({ id: 'x', cap: 'EUR 100.00', declared })).toBe(0.8);
  expect(partOfCap({ id: 'x', declared })).toBeNull();
});
