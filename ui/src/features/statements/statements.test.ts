import { expect, test } from 'vitest';
import type { DifferingDto, FigureDto, StatementReasonDto, StatementsView } from '../../api/bindings.ts';
import { translate, translateMaybe } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { formatCents } from './amounts.tsx';
import { field, plain, statementCsv } from './csv.ts';
import { ordered } from './differences.tsx';
import { reasonSentence } from './reason.ts';
import { lastMoved } from './statements.tsx';
import { barHeights } from './strip.tsx';
import { asked, choicesOf } from './terms.ts';

const t: Names['t'] = (key, params) => translate('en', key, params);
const names: Names = {
  t,
  maybe: (key, fallback, params) => translateMaybe('en', key, fallback, params),
  locale: 'en',
  party: (id) => (id === 'fund' ? 'Orchard Fund' : (id ?? '')),
  instrument: (id) => id ?? '',
  tier: (id) => (id === 'first' ? 'First step' : (id ?? '')),
  source: (id) => id,
  place: (code) => code,
  series: (id) => id ?? '',
  principal: () => null,
};

function usd(minor: number, address = 'recoupment.fund.paid[2030-03]'): FigureDto {
  return { address, value: { kind: 'money', amount: { minor, currency: 'USD' } } };
}

const reason = (kind: string, more: Partial<StatementReasonDto> = {}): StatementReasonDto => ({
  kind,
  on: null,
  tier: null,
  condition: null,
  contract: null,
  day: null,
  passed: null,
  lapsed: null,
  alive: null,
  instead: [],
  balance: null,
  ...more,
});

test('every amount of a column has the cents of its currency', () => {
  expect(formatCents({ minor: 120_000, currency: 'USD' }, 'en')).toBe('1,200.00');
  expect(formatCents({ minor: 120_050, currency: 'USD' }, 'en')).toBe('1,200.50');
  expect(formatCents({ minor: -5, currency: 'USD' }, 'en')).toBe('(0.05)');
  expect(formatCents({ minor: -120_000, currency: 'USD' }, 'en')).toBe('(1,200.00)');
  expect(formatCents({ minor: 0, currency: 'USD' }, 'en')).toBe('–');
  expect(formatCents({ minor: 1_200, currency: 'JPY' }, 'en')).toBe('1,200');
  expect(formatCents({ minor: 120_000, currency: 'EUR' }, 'fr').replace(/\s/g, ' ')).toBe('1 200,00');
});

test('a reason is a sentence with its day, its step, its condition', () => {
  expect(reasonSentence(reason('limit_reached', { on: '2030-03-31' }), names)).toBe(
    'Has had all that its limit allows, since 31 Mar 2030.',
  );
  expect(reasonSentence(reason('limit_reached'), names)).toBe('Has had all that its limit allows.');
  expect(reasonSentence(reason('other_step', { tier: 'first' }), names)).toBe(
    '“First step” applied instead.',
  );
  expect(reasonSentence(reason('expired', { contract: 'agency', day: '2029-12-31' }), names)).toBe(
    'The contract agency ended on 31 Dec 2029.',
  );
  expect(
    reasonSentence(
      reason('expired', { contract: 'agency', day: '2029-12-31', instead: ['fund', 'bank'] }),
      names,
    ),
  ).toBe('The contract agency ended on 31 Dec 2029. Orchard Fund and bank had its share instead.');
  const condition = { measure: 'recouped', tier: 'first' };
  expect(reasonSentence(reason('conditions_not_met', { condition }), names)).toContain('First step');
  expect(reasonSentence(reason('something_new'), names)).toBe('something_new');
});

test('a CSV has plain numbers, quotes where they are needed, and no formula', () => {
  expect(plain(usd(-123_456))).toBe('-1234.56');
  expect(plain(usd(5))).toBe('0.05');
  expect(plain(null)).toBe('');
  expect(field('a "b", c')).toBe('"a ""b"", c"');
  expect(field('=SUM(A1)')).toBe("'=SUM(A1)");
  expect(field('-12.50')).toBe('-12.50');
});

function statement(): StatementsView {
  const nothing = { rate: null, arrived: null, prior: null, limit: null, outstanding: null, released: null };
  const totals = (current: FigureDto | null) => ({
    prior: null,
    current,
    cumulative: current,
    entitlement: null,
    outstanding: null,
    receipts: null,
    held: null,
  });
  return {
    revision: 1,
    currency: 'USD',
    parties: [],
    party: 'fund',
    periods: ['2030-03', '2030-06', '2030-09'].map((month) => ({ month, start: '', end: `${month}-30` })),
    lines: [
      {
        kind: 'claim',
        tier: 'equity',
        label: 'Equity, first',
        role: 'equity',
        clause: null,
        group: null,
        depth: 0,
        party: null,
        basis: 'arriving',
        limited: true,
        contract: null,
        until: null,
        periods: [usd(100), usd(250), null].map((current) => ({
          ...nothing,
          current,
          cumulative: current,
          reason: reason('money_ran_out'),
        })),
      },
    ],
    totals: [totals(usd(100)), totals(usd(250)), totals(null)],
    sources: [],
    ledgers: [],
  };
}

test('a period is written as it stands on the page', () => {
  const text = statementCsv(statement(), 1, { t, name: (line) => line.label ?? '', why: () => 'why' });
  const [heads, line, total] = text.split('\r\n');
  expect(heads?.split(',')).toHaveLength(10);
  expect(line).toBe('"Equity, first",,,,2.50,2.50,,,USD,why');
  expect(total).toBe('Total,,,,2.50,2.50,,,USD,');
});

test('the last period in which something was paid is looked at first', () => {
  expect(lastMoved(statement())).toBe(1);
});

test('bars are to scale, and what is not nothing can be seen', () => {
  expect(barHeights([usd(1_000_000), usd(-500_000), null, usd(1)])).toEqual([100, 50, 0, 4]);
  expect(barHeights([])).toEqual([]);
});

test('terms are amendments first, then the stack, then the past', () => {
  const words = {
    derived: 'derived',
    all: 'all',
    without: (id: string) => `without ${id}`,
    revision: (number: number, name: string) => `${number} ${name}`,
  };
  const entry = {
    revision: 'r1',
    number: 1,
    parent: null,
    kind: 'created',
    label: 'Created',
    author: '',
    at: '',
  };
  const found = choicesOf(
    [{ id: 'a', label: 'Extension' }, { id: 'b' }],
    [
      { ...entry, current: true, names: [] },
      { ...entry, revision: 'r0', current: false, names: [{ version: 'v', name: 'Sent' }] },
    ],
    words,
  );
  expect(found.map((one) => one.value)).toEqual([
    'without:a+b',
    'without:a',
    'without:b',
    'derived',
    'revision:r0',
  ]);
  expect(found.at(-1)?.label).toBe('1 Sent');
  expect(asked('d1', 'without:a+b')).toEqual({ deal: 'd1', without: ['a', 'b'], plan: null, revision: null });
  expect(asked('d1', 'revision:r0')?.revision).toBe('r0');
  expect(asked('d1', 'derived')).toBeNull();
});

test('whoever moves most comes first', () => {
  const row = (id: string, minor: number): DifferingDto => {
    const amount = { now: null, other: null, change: minor === 0 ? null : usd(minor) };
    return {
      id,
      label: null,
      role: null,
      first_day: null,
      change: 'more',
      total: amount,
      outstanding: amount,
      periods: [],
    };
  };
  expect(ordered([row('a', 5), row('b', -90), row('c', 0), row('d', 40)]).map((one) => one.id)).toEqual([
    'b',
    'd',
    'a',
    'c',
  ]);
});
