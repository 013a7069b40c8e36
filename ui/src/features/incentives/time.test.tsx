import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { FigureDto, IncentivesOverTime, LawDifference, LawStepDto } from '../../api/bindings.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { LawDifferences } from './law-differences.tsx';
import { LawTimeChart, OnDay } from './time.tsx';
import { decidingDay, nextChange, stepOn } from './time-view.ts';

const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'CAD' } },
});

function step(from: string, until: string | null, net: number): LawStepDto {
  return {
    from,
    until,
    net: money(`on(${from}).incentives.net`, net),
    more: money(`more(${from}).incentives.net`, net - 500_000),
    changes: [{ program: 'own', name: 'Studio credit', before: null, after: from }],
    programs: [
      {
        claim: 'a',
        version: from,
        standing: 'claimed',
        reason: null,
        net: money(`on(${from}).incentives.own.net`, net),
        more: money(`more(${from}).incentives.own.net`, net - 500_000),
      },
      {
        claim: 'b',
        version: null,
        standing: 'unavailable',
        reason: 'the law provides it until 2014-08-31',
        net: null,
        more: null,
      },
    ],
  };
}

const now = { version_by: null, standing: 'claimed', net: null };
const view: IncentivesOverTime = {
  revision: 1,
  currency: 'CAD',
  today: '2026-11-22',
  start: '2027-03-01',
  delivery: '2028-12-01',
  now: money('incentives.net', 500_000),
  programs: [
    {
      ...now,
      claim: 'a',
      program: 'own',
      name: 'Studio credit',
      version_on: '2027-03-01',
      version: '2024-05-31',
    },
    { ...now, claim: 'b', program: 'old', name: 'Old rebate', version_on: '2027-03-01', version: null },
  ],
  steps: [step('2009-06-13', '2024-05-30', 400_000), step('2024-05-31', null, 500_000)],
};

function shown(day: string) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TextProvider language="en" locale="en-US">
        <main>
          <h1>Incentives</h1>
          <OnDay view={view} day={day} />
          <LawTimeChart view={view} day={day} width={640} />
        </main>
      </TextProvider>
    </QueryClientProvider>,
  );
}

test('a day has the law of the stretch it lies in', () => {
  expect(stepOn(view.steps, '2024-05-30')?.from).toBe('2009-06-13');
  expect(stepOn(view.steps, '2024-05-31')?.from).toBe('2024-05-31');
  expect(stepOn(view.steps, '2009-06-12')).toBeNull();
  expect(nextChange(view.steps, '2010-01-01', 1)).toBe('2024-05-31');
  expect(nextChange(view.steps, '2027-03-01', 1)).toBeNull();
  expect(nextChange(view.steps, '2027-03-01', -1)).toBe('2009-06-13');
  expect(decidingDay(view)).toBe('2027-03-01');
});

test('every figure of the day has an address, and a program that had no law says why', async () => {
  shown('2014-09-01');
  const [table] = screen.getAllByRole('region');
  const [, first, second, total] = within(table as HTMLElement).getAllByRole('row');
  const cells = (row: HTMLElement | undefined) =>
    row
      ? within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent)
      : [];
  expect(cells(first)).toEqual([
    'Studio credit',
    'Jun 13, 2009',
    '400,000',
    '(100,000)',
    'What was different',
  ]);
  expect(cells(second)).toEqual(['Old rebate', 'none', 'n/a', '', 'the law provides it until 2014-08-31']);
  expect(cells(total).slice(2, 4)).toEqual(['400,000', '(100,000)']);
  const addresses = [...document.querySelectorAll('.figure')].map((one) => one.getAttribute('data-address'));
  expect(addresses).toContain('more(2009-06-13).incentives.own.net');
  expect((await axe.run(document.body)).violations.map((one) => one.id)).toEqual([]);
});

test('the drawing and its twin hold every stretch, and a day before all law says so', () => {
  shown('2001-01-01');
  expect(screen.getByText(/holds no law of any of these programs/)).toBeTruthy();
  const chart = screen.getByRole('figure');
  expect(within(chart).getAllByRole('button', { name: /2009|2024/ })).toHaveLength(2);
  expect(within(chart).getAllByRole('row')).toHaveLength(3);
});

test('what can move a figure stands in the table, the rest behind a word', () => {
  const side = (value: string) => ({
    stated: { kind: 'number' as const, decimal: value, unit: 'rate' },
    clause: 's. 12',
    source: 'https://law.example/12',
  });
  const differences: LawDifference[] = [
    {
      part: 'number',
      id: 'rate',
      field: 'value',
      label: 'Rate',
      before: side('0.16'),
      after: side('0.2'),
      bears_on_figures: true,
    },
    {
      part: 'note',
      id: '',
      field: 'notes',
      label: null,
      before: null,
      after: { stated: { kind: 'text', text: 'Amended.' }, clause: null, source: null },
      bears_on_figures: false,
    },
  ];
  render(
    <TextProvider language="en" locale="en-US">
      <LawDifferences
        differences={differences}
        currency="CAD"
        caption="Two versions"
        before="Then"
        after="Now"
      />
    </TextProvider>,
  );
  const table = screen.getAllByRole('table')[0] as HTMLElement;
  expect(
    within(table)
      .getByText(/^16.%$/)
      .closest('a')
      ?.getAttribute('href'),
  ).toBe('https://law.example/12');
  expect(within(table).getByText(/^20.%$/)).toBeTruthy();
  expect(within(table).queryByText('Amended.')).toBeNull();
  fireEvent.click(screen.getByText('1 change of wording, clause or source'));
  expect(screen.getByText('Amended.')).toBeTruthy();
});
