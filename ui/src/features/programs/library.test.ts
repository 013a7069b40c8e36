import { expect, test } from 'vitest';
import type { ProgramEntry } from '../../api/bindings.ts';
import { freeId } from '../ids.ts';
import { filtered } from './page.tsx';

const entry = (program: string, part: Partial<ProgramEntry>): ProgramEntry => ({
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
  origin: 'library',
  stream: 'either',
  animation: true,
  headline: [],
  ...part,
});

test('a filter keeps what agrees with every choice made', () => {
  const programs = [
    entry('a', {}),
    entry('b', { kind: 'grant' }),
    entry('c', { jurisdiction: 'FR', kind: 'grant', confidence: 'low' }),
  ];
  const all = { jurisdiction: '*', kind: '*', confidence: '*' };
  const ids = (part: object) => filtered(programs, { ...all, ...part }).map((one) => one.program);
  expect(ids({})).toEqual(['a', 'b', 'c']);
  expect(ids({ kind: 'grant' })).toEqual(['b', 'c']);
  expect(ids({ kind: 'grant', jurisdiction: 'CA-QC' })).toEqual(['b']);
  expect(ids({ confidence: 'medium' })).toEqual([]);
});

test('a second claim on a program gets an id of its own', () => {
  expect(freeId('ca-qc-qpstc', [])).toBe('ca-qc-qpstc');
  expect(freeId('ca-qc-qpstc', ['ca-qc-qpstc', 'ca-qc-qpstc-2'])).toBe('ca-qc-qpstc-3');
});
