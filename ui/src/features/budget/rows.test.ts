import { expect, test } from 'vitest';
import type { AssessedProgram, TreeDto } from '../../api/bindings.ts';
import type { BudgetLine } from '../../domain/document.ts';
import { readMinor } from '../cells.ts';
import { readParts } from './columns.tsx';
import { bringingLines, countedLines } from './counted.ts';
import { movedEvent } from './events.ts';
import { duplicated, inserted, moved, removed } from './rows.ts';
import { dragged, spanOf, withSpan } from './spans.ts';
import { sumOf, withNewPlace, withoutPart, withTypedShare } from './split.ts';
import { shapeOf } from './weights.ts';

const line = (id: string, place = 'IE'): BudgetLine => ({
  id,
  account: 'animation',
  label: id,
  amount: 'EUR 100.00',
  spend: [{ id: place, jurisdiction: place, share: '1' }],
});
const lines = [line('a'), line('b'), line('c')];
const ids = (list: readonly BudgetLine[]) => list.map(({ id }) => id);

test('lines are inserted, doubled, moved and removed under ids of their own', () => {
  const added = inserted(lines, 0, 'New line');
  expect(ids(added.lines)).toEqual(['a', 'new-line', 'b', 'c']);
  expect(added.lines[1]).toMatchObject({ account: 'animation', spend: [{ jurisdiction: 'IE' }] });
  expect(added.lines[1]?.amount).toBeUndefined();
  expect(ids(inserted([], -1, 'New line').lines)).toEqual(['new-line']);
  expect(duplicated(lines, 0, 1)).toMatchObject({ at: 2 });
  expect(ids(duplicated(lines, 0, 1).lines)).toEqual(['a', 'b', 'a-2', 'b-2', 'c']);
  expect(ids(moved(lines, 0, 1, 1).lines)).toEqual(['c', 'a', 'b']);
  expect(moved(lines, 0, 0, -1)).toEqual({ lines, at: 0 });
  expect(removed(lines, 1, 2)).toEqual({ lines: [lines[0]], at: 0 });
});

test('shares stay one whole to the last digit, whatever is typed', () => {
  const parts = withNewPlace(withNewPlace([{ id: 'IE', jurisdiction: 'IE', share: '1' }], 'FR'), 'CA-QC');
  const typed = withTypedShare(parts, 'FR', '0.333');
  expect(typed.map((part) => part.share)).toEqual(['0.667', '0.333', '0']);
  for (const share of ['0', '0.1', '0.3333', '0.123456', '0.999999999999', '1', '3']) {
    const after = withTypedShare(typed, 'CA-QC', share);
    expect(sumOf(after), share).toBe('1');
  }
  const held = withTypedShare(typed, 'CA-QC', '0.5', new Set(['FR']));
  expect(held.map((part) => part.share)).toEqual(['0.167', '0.333', '0.5']);
  expect(withTypedShare(typed, 'CA-QC', '0.9', new Set(['FR']))[2]?.share).toBe('0.667');
  expect(withoutPart(typed, 'FR')).toMatchObject([
    { id: 'IE', share: '1' },
    { id: 'CA-QC', share: '0' },
  ]);
  expect(withTypedShare([{ id: 'IE', jurisdiction: 'IE', share: '0.4' }], 'IE', '0.4')[0]?.share).toBe('1');
});

test('places are read from text by code or name, and keep what was said of them', () => {
  const known = new Map([['québec', 'CA-QC']]);
  const before = [{ id: 'q', jurisdiction: 'CA-QC', company: 'studio', share: '1' }];
  expect(readParts('CA-QC 70; fr 30', known, 'en', before)).toEqual([
    { id: 'q', jurisdiction: 'CA-QC', company: 'studio', share: '0.7' },
    { id: 'FR', jurisdiction: 'FR', share: '0.3' },
  ]);
  expect(readParts('Québec', known, 'en', [])).toEqual([{ id: 'CA-QC', jurisdiction: 'CA-QC', share: '1' }]);
  expect(readParts('Atlantis', known, 'en', [])).toBeNull();
  expect(readParts('IE; FR', known, 'en', [])).toBeNull();
});

test('amounts are read with the separators of the reader or of the sheet they come from', () => {
  const read = (text: string, locale: string) => readMinor(text, 'EUR', locale);
  expect(read('1,250,000.50', 'fr')).toBe(125_000_050);
  expect(read('1.250.000,50', 'en')).toBe(125_000_050);
  expect(read('€1,250', 'en')).toBe(125_000);
  expect(read('(1,250.00)', 'fr')).toBe(-125_000);
  expect(read('12.345', 'en')).toBeNull();
});

test('a bar keeps its other end, and no bar is shorter than a month', () => {
  const span = { start: 6, months: 14 };
  expect(dragged(span, 'move', 3)).toEqual({ start: 9, months: 14 });
  expect(dragged(span, 'end', -20)).toEqual({ start: 6, months: 1 });
  expect(dragged(span, 'start', 4)).toEqual({ start: 10, months: 10 });
  expect(dragged(span, 'start', 40)).toEqual({ start: 19, months: 1 });
  const phases = [
    { id: 'pre', phase: 'pre_production', months: 6 },
    { id: 'prod', phase: 'production', months: 14 },
  ];
  expect(spanOf(phases, 1)).toEqual(span);
  expect(withSpan(phases, 'prod', { start: 6, months: 12 })[1]).toEqual({
    id: 'prod',
    phase: 'production',
    months: 12,
  });
  expect(withSpan(phases, 'prod', { start: 8, months: 12 })[1]?.start_month).toBe(8);
});

test('a day moves by months and stays in its month; a delivery in months is not before the start', () => {
  const day = {
    id: 'x',
    label: 'X',
    kind: 'release',
    path: 'p',
    date: '2028-01-31',
    value: '2028-01-31',
  } as const;
  expect(movedEvent(day, 1, 'month', '2027-01-01').value).toBe('2028-02-29');
  expect(movedEvent(day, -1, 'day', '2027-01-01').value).toBe('2028-01-30');
  const month = { ...day, date: '2027-03-01', value: 2 };
  expect(movedEvent(month, -5, 'month', '2027-01-01')).toMatchObject({ value: 0, date: '2027-01-01' });
});

test('a line qualifies where an input of a claimed program reads it; the cost of the whole film counts for none', () => {
  const input = (label: string, read: string[]) => ({
    name: label,
    label,
    unit: 'money',
    from: 'budget',
    cells: read.map((id) => `budget.lines[${id}].amount`),
  });
  const program = (claim: string, jurisdiction: string, inputs: unknown[], standing = 'claimed') =>
    ({ claim, name: claim, jurisdiction, standing, inputs }) as unknown as AssessedProgram;
  const all = [line('q', 'CA-QC'), line('i', 'IE'), line('j', 'IE')];
  const counted = countedLines(
    [
      program('s481', 'IE', [input('Cost', ['q', 'i', 'j']), input('Spend', ['i'])]),
      program('federal', 'CA', [input('Labour', ['q'])]),
      program('other', 'IE', [input('Spend', ['j'])], 'compared'),
    ],
    all,
  );
  expect([...counted]).toEqual([
    ['i', [{ claim: 's481', name: 's481', inputs: ['Spend'] }]],
    ['q', [{ claim: 'federal', name: 'federal', inputs: ['Labour'] }]],
  ]);
});

test('a line whose part of an amount comes to nothing does not qualify', () => {
  const number = (decimal: string) => ({ kind: 'number', decimal });
  const node = (decimal: string, operation: string | null, inputs: unknown[], path?: string) => ({
    address: null,
    value: number(decimal),
    operation,
    rounding: null,
    leaf: path ? { leaf: 'cell', path } : null,
    inputs,
    folded: 0,
  });
  const part = (id: string, share: string) =>
    node(share === '0' ? '0' : '50', 'product', [
      node('100', null, [], `budget.lines[${id}].amount`),
      node(share, null, [], `budget.lines[${id}].animation_share`),
    ]);
  const lines = (tree: unknown) => [...(bringingLines(tree as TreeDto) ?? ['unknown'])];
  const sum = node('50', 'sum', [part('a', '0'), part('b', '0.5')]);
  expect(lines(node('50', 'to_money', [sum]))).toEqual(['b']);
  // Converted as a whole.
  expect(lines(node('69', 'product', [sum, node('1.38', null, [], 'fx[usd-cad].rate')]))).toEqual(['b']);
  expect(lines(part('b', '0.5'))).toEqual(['b']);
  const taken = node('-60', 'negate', [part('b', '0.5')]);
  expect(lines(node('-10', 'sum', [part('b', '0.5'), taken, part('c', '0.5')]))).toEqual(['c']);
  expect(lines(node('50', 'sum', [{ ...node('50', 'product', []), folded: 3 }]))).toEqual(['unknown']);
});

test('a curve as weights: the S is symmetric and thickest in the middle', () => {
  const weights = shapeOf('s_curve', 5).map(Number);
  expect(weights[0]).toBe(weights[4]);
  expect(Math.max(...weights)).toBe(weights[2]);
  expect(shapeOf('last_month', 3)).toEqual(['0', '0', '10']);
});
