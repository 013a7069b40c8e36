import { describe, expect, test } from 'vitest';
import type { AssessedProgram, BaseStepDto, CreditPartDto, FigureDto } from '../../api/bindings.ts';
import { bridgeLayout } from '../../charts/incentive-bridge/layout.ts';
import { translate } from '../../i18n/index.tsx';
import { bridgeSteps } from './steps.ts';
import { byJurisdiction, monthsOf } from './view.ts';

const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'CAD' } },
});
const rate = (address: string, decimal: string): FigureDto => ({
  address,
  value: { kind: 'number', decimal },
});

const step = (id: string, kind: string, out: number, left: number): BaseStepDto => ({
  id,
  kind,
  label: id,
  clause: 's. 1',
  source: null,
  programs: kind === 'reduction' ? ['Provincial credit'] : [],
  taken_out: money(`steps.${id}.taken_out`, out),
  left: money(`steps.${id}.left`, left),
});

const part = (id: string, counted: string[], steps: BaseStepDto[], credit: number): CreditPartDto => ({
  id,
  label: id,
  clause: null,
  source: null,
  counted,
  before: money(`steps.${id}.before`, 1000),
  steps,
  base: money(`${id}.base`, 600),
  rate: rate(`steps.${id}.rate`, '0.25'),
  credit: money(`${id}.credit`, credit),
});

const program = (parts: CreditPartDto[], onCredit: BaseStepDto[] = []): AssessedProgram => ({
  claim: 'one',
  program: 'one',
  name: 'One',
  legal_name: 'Program one',
  jurisdiction: 'CA-QC',
  version: '2024-01-01',
  version_on: '2027-01-01',
  statute: [],
  standing: 'claimed',
  reasons: [],
  confidence: 'high',
  origin: 'library',
  currency: 'CAD',
  lines: [],
  parts,
  on_credit: onCredit,
  handed: [],
  conditions: [],
  points: [],
  questions: [],
  inputs: [],
  credit: money('one.credit', 150),
  worth: null,
  cash: [],
  monetisation: { how: 'direct', instrument: null },
  ways: null,
  sources: [],
});

const t = translate.bind(null, 'en');

describe('a credit as rows', () => {
  test('what takes nothing out is left out, and the last row meets the rate', () => {
    const rows = bridgeSteps(
      program([
        part('credit', ['Labour'], [step('grind', 'reduction', 400, 600), step('cap', 'cap', 0, 600)], 150),
      ]),
      t,
    );
    expect(rows.map((row) => row.label)).toEqual(['Labour', 'grind']);
    expect(rows[0]).toMatchObject({ takenOut: null, rate: null, credit: null });
    expect(rows[1]).toMatchObject({ rate: '0.25', credit: { minor: 15_000 } });
    expect(rows[1]?.note).toContain('Provincial credit');
    expect(rows[1]?.addresses).toEqual({
      base: 'credit.base',
      takenOut: 'steps.grind.taken_out',
      rate: 'steps.credit.rate',
      credit: 'credit.credit',
    });
    const [first, second] = bridgeLayout(rows, { width: 180 });
    expect(second!.width + second!.outWidth).toBeCloseTo(first!.width, 1);
    expect(second!.tone).toBe('soft');
  });

  test('a part without anything taken out is one row; one that goes on from a base does not count it again', () => {
    const rows = bridgeSteps(
      program([
        part('base', ['Own labour', 'Contracts'], [], 100),
        part('bonus', [], [step('animation', 'rest', 400, 600)], 50),
      ]),
      t,
    );
    expect(rows.map((row) => row.label)).toEqual([t('incentives.counted'), 'animation']);
    expect(rows[0]?.note).toBe('Own labour · Contracts');
    expect(rows.every((row) => row.credit !== null)).toBe(true);
  });

  test('what is taken out of the credit itself has no base and no bar', () => {
    const rows = bridgeSteps(
      program([part('credit', ['Spend'], [], 200)], [step('minutes', 'cap', 50, 150)]),
      t,
    );
    const last = rows.at(-1)!;
    expect(last.base).toBeNull();
    expect(last.credit?.minor).toBe(15_000);
    expect(bridgeLayout(rows, { width: 180 }).at(-1)).toMatchObject({ width: 0, outWidth: 0 });
  });
});

test('programs are shown by jurisdiction, and a month in which two payments fall once', () => {
  const one = program([]);
  const groups = byJurisdiction([
    one,
    { ...one, claim: 'two', jurisdiction: 'CA' },
    { ...one, claim: 'three' },
  ]);
  expect(groups.map((group) => group.programs.map((entry) => entry.claim))).toEqual([
    ['one', 'three'],
    ['two'],
  ]);
  const paid = [
    { label: 'a', date: '2028-06-01', figure: money('a', 5) },
    { label: 'b', date: '2028-06-20', figure: money('b', 5) },
    { label: 'c', date: '2030-01-01', figure: money('c', 0) },
    { label: 'd', date: null, figure: money('d', 5) },
  ];
  expect(monthsOf({ ...one, cash: paid })).toEqual(['2028-06']);
});
