import { expect, test } from 'vitest';
import type { ReceivedStatement } from '../../domain/document.ts';
import { actualsLayout } from './chart-layout.ts';
import { blankLine, draftOf, statementOf, wrongIn } from './draft.ts';

const STATEMENT: ReceivedStatement = {
  id: 'q1',
  from: '2029-01-01',
  to: '2029-03-31',
  received: '2029-05-02',
  sender: 'agent',
  standing: 'draft',
  lines: [
    {
      id: 'fr',
      source: 'fr',
      gross: 'EUR 1234567.50',
      deductions: [{ id: 'distribution-fee', kind: 'distribution_fee', amount: 'EUR 1000.00' }],
      amount: 'EUR 1233567.50',
      rate: '1.08',
      note: 'kept',
    },
  ],
};
const asTyped = (text: string) => text.replace(/^[A-Z]{3} /, '');

test('a statement that is opened and saved is the same statement', () => {
  const draft = draftOf(STATEMENT, asTyped);
  expect(statementOf(draft, ['q1'], STATEMENT, 'en')).toEqual(STATEMENT);
});

test('amounts are read as a person writes them, to the cent, and blank lines are left out', () => {
  const draft = {
    ...draftOf(STATEMENT, asTyped),
    id: null,
    lines: [
      { ...blankLine('new-fr', 'fr', 'EUR'), gross: '1 234,5', amount: '(20,00)' },
      blankLine('new-de', 'de', 'EUR'),
    ],
  };
  const made = statementOf(draft, ['agent-2029-01-2029-03'], null, 'fr');
  expect(made.id).toBe('agent-2029-01-2029-03-2');
  expect(made.lines).toEqual([{ id: 'fr', source: 'fr', gross: 'EUR 1234.50', amount: 'EUR -20.00' }]);
});

test('a line that was begun needs what reached the account', () => {
  const line = blankLine('new-fr', 'fr', 'EUR');
  expect(wrongIn({ ...line, gross: '5' }, 'en')).toBe('amount');
  expect(wrongIn({ ...line, gross: 'five', amount: '5' }, 'en')).toBe('gross');
  expect(wrongIn({ ...line, amount: '5', deductions: { withholding: 'x' } }, 'en')).toBe('withholding');
  expect(wrongIn({ ...line, amount: '5', rate: '1.0x' }, 'en')).toBe('rate');
  expect(wrongIn({ ...line, amount: '1,234.56' }, 'en')).toBeNull();
});

test('what came stands in front of all that counts, beside the estimate, and money given back hangs below', () => {
  const drawn = (amount: number) => ({ amount, address: `a${amount}` });
  const data = [
    { quarter: '2029-Q1', label: 'Q1', estimate: drawn(2), came: drawn(1), counted: drawn(1.5) },
    { quarter: '2029-Q2', label: 'Q2', estimate: null, came: drawn(-0.5), counted: null },
  ];
  const { bars, zero } = actualsLayout(data, { width: 400, height: 200 });
  const [estimate, counted, came, back] = bars;
  expect(bars.map((bar) => bar.part)).toEqual(['estimate', 'counted', 'came', 'came']);
  expect(counted?.x).toBe(came?.x);
  expect((estimate?.x ?? 0) + (estimate?.width ?? 0)).toBeLessThanOrEqual(came?.x ?? 0);
  expect((came?.y ?? 0) + (came?.height ?? 0)).toBeCloseTo(zero, 1);
  expect((estimate?.height ?? 0) / (came?.height ?? 1)).toBeCloseTo(2, 1);
  expect(back?.y).toBeCloseTo(zero, 1);
  for (const bar of bars) expect(bar.x + bar.width).toBeLessThanOrEqual(400);
});
