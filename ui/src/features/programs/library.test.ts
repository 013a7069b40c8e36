import { expect, test } from 'vitest';
import type { ProgramEntry } from '../../api/bindings.ts';
import { freeId } from '../ids.ts';
import { EVERYTHING, filtered, forceOn, isNarrowed, readFilters, sorted, writeFilters } from './filters.ts';
import { nextRow } from './list.tsx';

const entry = (program: string, part: Partial<ProgramEntry> = {}): ProgramEntry => ({
  program,
  name: program,
  legal_name: program,
  jurisdiction: 'CA-QC',
  currency: 'CAD',
  from: '2024-01-01',
  until: null,
  sunset: null,
  kind: 'refundable_tax_credit',
  confidence: 'high',
  reviewed: '2026-01-01',
  computable: true,
  stream: 'either',
  animation: true,
  headline: [],
  origin: 'library',
  ...part,
});

const DAY = '2026-11-23';
const described = ({ name, jurisdiction }: ProgramEntry) => `${name} ${jurisdiction}`;

test('the list keeps what agrees with every question asked', () => {
  const programs = [
    { ...entry('Crédit québécois'), own: 'o1' },
    entry('b', { kind: 'grant', jurisdiction: 'CA', stream: 'service', animation: false }),
    entry('c', {
      jurisdiction: 'FR',
      kind: 'grant',
      confidence: 'low',
      computable: false,
      stream: 'content',
    }),
  ];
  const names = (part: object, also = new Set<string>()) =>
    filtered(programs, { ...EVERYTHING, ...part }, DAY, described, also).map((one) => one.name);
  expect(names({})).toHaveLength(3);
  // A country holds its regions; a region is only itself.
  expect(names({ place: 'CA' })).toEqual(['Crédit québécois', 'b']);
  expect(names({ place: 'CA-QC' })).toEqual(['Crédit québécois']);
  // What serves either is found under both.
  expect(names({ stream: 'service' })).toEqual(['Crédit québécois', 'b']);
  expect(names({ animation: 'no' })).toEqual(['b']);
  expect(names({ form: 'record', confidence: 'low' })).toEqual(['c']);
  expect(names({ origin: 'own' })).toEqual(['Crédit québécois']);
  // Accents and capitals do not matter; what the library itself finds is found too.
  expect(names({ q: 'CREDIT qc' })).toEqual(['Crédit québécois']);
  expect(names({ q: 'statute 12' }, new Set(['c']))).toEqual(['c']);
});

test('today says whether a program applies, ends soon, has ended or begins later', () => {
  expect(forceOn(entry('a'), DAY)).toBe('in_force');
  expect(forceOn(entry('a', { sunset: '2028-11-23' }), DAY)).toBe('soon');
  expect(forceOn(entry('a', { sunset: '2028-11-24' }), DAY)).toBe('in_force');
  expect(forceOn(entry('a', { sunset: '2030-01-01', until: '2026-11-22' }), DAY)).toBe('ended');
  expect(forceOn(entry('a', { from: '2027-01-01' }), DAY)).toBe('not_yet');
  const soon = [entry('a', { sunset: '2027-01-01' })];
  expect(filtered(soon, { ...EVERYTHING, force: 'in_force' }, DAY, described)).toHaveLength(1);
});

test('the address holds what is asked, and nothing that is not', () => {
  const asked = { ...EVERYTHING, q: 'québec', place: 'CA', sort: 'sunset' as const };
  expect(writeFilters(asked)).toEqual({ q: 'québec', place: 'CA', sort: 'sunset' });
  expect(readFilters(writeFilters(asked))).toEqual(asked);
  expect(readFilters({ q: 481, sort: 'by luck', kind: ['grant'] })).toEqual({ ...EVERYTHING, q: '481' });
  expect(isNarrowed({ ...EVERYTHING, sort: 'name' })).toBe(false);
  expect(isNarrowed(asked)).toBe(true);
});

test('what ends first comes first, and what never ends last', () => {
  const programs = [
    entry('never'),
    entry('late', { sunset: '2030-01-01' }),
    entry('soon', { until: '2027-01-01' }),
  ];
  const named = () => ({ place: '', kind: '' });
  expect(sorted(programs, 'sunset', named, 'en').map((one) => one.name)).toEqual(['soon', 'late', 'never']);
  expect(sorted(programs, 'name', named, 'en').map((one) => one.name)).toEqual(['late', 'never', 'soon']);
});

test('keys move through the list and stop at its ends', () => {
  expect(nextRow('ArrowDown', 0, 3)).toBe(1);
  expect(nextRow('ArrowDown', 2, 3)).toBe(2);
  expect(nextRow('ArrowUp', 0, 3)).toBe(0);
  expect(nextRow('End', 0, 104)).toBe(103);
  expect(nextRow('PageDown', 100, 104)).toBe(103);
  expect(nextRow('x', 1, 3)).toBe(1);
  // Nothing is chosen yet.
  expect(nextRow('ArrowDown', -1, 3)).toBe(0);
});

test('a second claim on a program gets an id of its own', () => {
  expect(freeId('ca-qc-qpstc', [])).toBe('ca-qc-qpstc');
  expect(freeId('ca-qc-qpstc', ['ca-qc-qpstc', 'ca-qc-qpstc-2'])).toBe('ca-qc-qpstc-3');
});
