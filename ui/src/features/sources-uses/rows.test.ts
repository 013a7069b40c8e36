import { expect, test } from 'vitest';
import type { DealDocument } from '../../domain/document.ts';
import type { Quantity } from '../../domain/quantity.ts';
import { translate } from '../../i18n/index.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { barsOf } from './chart.tsx';
import { closingTable, exposedCurrencies, quoteOf } from './rows.ts';
import { tableText } from './text.ts';

function bookOf(amounts: Record<string, number>): FigureBook {
  const all = new Map<string, Quantity>(
    Object.entries(amounts).map(([address, major]) => [
      address,
      { kind: 'money', amount: { minor: major * 100, currency: 'EUR' } },
    ]),
  );
  const at = (address: string) => all.get(address) ?? null;
  return {
    isPending: false,
    fault: null,
    retry: () => {},
    all,
    at,
    money: (address) => {
      const found = at(address);
      return found?.kind === 'money' ? found.amount : null;
    },
    family: () => [],
  };
}
const document: DealDocument = {
  id: 'd',
  name: 'D',
  currency: 'EUR',
  as_of: '2027-01-01',
  project: { title: 'D' },
  budget: { lines: [{ id: 'anim', account: 'animation', label: 'Animation' }] },
  instruments: [
    { id: 'fund', name: 'Fund', terms: { kind: 'equity' }, status: 'signed' },
    { id: 'loan', name: 'Loan', terms: { kind: 'senior_loan' }, status: 'prospective' },
    { id: 'later', name: 'Later', terms: { kind: 'deferral', lines: ['anim'] } },
    { id: 'gift', name: 'Gift', terms: { kind: 'in_kind' } },
  ],
};
const book = bookOf({
  'budget.anim.amount': 100,
  'budget.lines': 100,
  'capital.loan.fee': 2,
  'capital.loan.interest_paid': 0,
  'closing.financing_costs': 2,
  'closing.source.fund': 40,
  'closing.source.loan': 30,
  'closing.source.later': 10,
  'closing.source.gift': 5,
  'closing.missing': 22,
  'closing.uses': 107,
  'closing.uses_cash': 92,
  'closing.sources': 85,
  'closing.sources_cash': 70,
  'closing.difference': -22,
});
const words = {
  lines: 'Budget lines',
  contingency: 'Contingency',
  financing: 'Financing costs',
  fee: (name: string) => `${name}, fees`,
  reserve: (name: string) => `${name}, reserve`,
  interest: (name: string) => `${name}, interest`,
  later: (name: string) => `${name}, later`,
  missing: 'To be found',
  programs: new Map<string, string>(),
};
const table = closingTable(document, book, words);

test('what is paid later leaves the cash column where it lies in the lines, and adds to face where it does not', () => {
  const uses = Object.fromEntries(table.uses.map((row) => [row.id, row]));
  expect(uses.later).toMatchObject({ cash: 'closing.source.later', face: null, isTaken: true });
  expect(uses.gift).toMatchObject({ cash: null, face: 'closing.source.gift' });
  expect(uses.lines?.parts?.map(({ label }) => label)).toEqual(['Animation']);
  expect(uses.financing?.parts?.map(({ id }) => id)).toEqual(['loan-fee']);
  expect(uses.contingency).toBeUndefined();
});

test('each basis adds up to its total in the book', () => {
  const total = (side: 'uses' | 'sources', basis: 'cash' | 'face') =>
    table[side]
      .filter((row) => row.sureness !== 'missing')
      .reduce((sum, row) => {
        const minor = book.money(row[basis] ?? '')?.minor ?? 0;
        return sum + (row.isTaken ? -minor : minor);
      }, 0);
  // The gift is no budget line here: it is a use on face alone.
  expect(total('uses', 'cash')).toBe(book.money('closing.uses_cash')?.minor);
  expect(total('uses', 'face')).toBe(book.money('closing.uses')?.minor);
  expect(total('sources', 'cash')).toBe(book.money('closing.sources_cash')?.minor);
  expect(total('sources', 'face')).toBe(book.money('closing.sources')?.minor);
});

test('the sources say how sure they are, first out first, and what is missing last', () => {
  expect(table.sources.map(({ id, sureness }) => [id, sureness])).toEqual([
    ['loan', 'conditional'],
    ['fund', 'firm'],
    ['later', 'not_cash'],
    ['gift', 'not_cash'],
    ['missing', 'missing'],
  ]);
});

test('the bars of one basis end at one place when the deal is short by what is missing', () => {
  const bars = barsOf(table, book, { uses: 'Uses', sources: 'Sources', cash: 'cash', face: 'face' });
  const sum = (id: string) =>
    bars
      .find((bar) => bar.id === id)
      ?.parts.reduce(
        (total, part) =>
          total + part.amount.minor - (part.less ?? []).reduce((less, amount) => less + amount.minor, 0),
        0,
      );
  expect(sum('uses-cash')).toBe(sum('sources-cash'));
  expect(sum('uses-face')).toBe(sum('sources-face'));
});

test('the copied block has a line for each row, to the cent, with what leaves the cash in parentheses', () => {
  const text = tableText(table, book, (key, params) => translate('en', key, params), 'en');
  expect(text).toContain('Later, later\t(10)\t\tnot cash');
  expect(text.split('\r\n').at(-1)).toBe('Sources less uses\t(22)\t(22)');
});

test('every currency of the book has its row, with the quote that is in force', () => {
  const names = { 'exposure.USD.net': 1, 'exposure.USD.net[2027-05]': 2, 'exposure.GBP.net': 3 };
  expect(exposedCurrencies(bookOf(names))).toEqual(['USD', 'GBP']);
  const fx = [
    { id: 'later', base: 'EUR', quote: 'USD', rate: '1.2', date: '2027-06-01' },
    { id: 'now', base: 'USD', quote: 'EUR', rate: '0.9', date: '2026-12-01' },
    { id: 'before', base: 'EUR', quote: 'USD', rate: '1.1', date: '2025-01-01' },
    { id: 'other', base: 'USD', quote: 'GBP', rate: '0.8' },
  ];
  expect(quoteOf({ ...document, fx }, 'USD')?.id).toBe('now');
  expect(quoteOf({ ...document, fx: fx.slice(0, 1) }, 'USD')?.id).toBe('later');
  expect(quoteOf(document, 'USD')).toBeNull();
});
