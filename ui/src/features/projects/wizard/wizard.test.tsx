import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import type { DealView, ProgramEntry } from '../../../api/bindings.ts';
import type { BudgetLine, DealDocument } from '../../../domain/document.ts';
import { freeId } from '../../ids.ts';
import { dealHost, type Host, refusal, showPage, withDeal } from '../../workspace/fake-host.tsx';
import { SetupPage } from './page.tsx';
import { chosenPlaces, commonShare, inForce, withoutPlace, withPlace, withShare } from './spend.ts';
import { NewProjectPage } from './start.tsx';

const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: 'p1',
  figures: null,
  undo: null,
  redo: null,
  document: {
    id: 'comet',
    name: 'Comet',
    currency: 'CAD',
    as_of: '2027-01-15',
    project: { title: 'Comet' },
    budget: { lines: [{ id: 'anim', account: 'animation', label: 'Animation', amount: 'CAD 100.00' }] },
  },
};
const program = (id: string, jurisdiction: string, more: Partial<ProgramEntry> = {}): ProgramEntry => ({
  program: id,
  name: id.toUpperCase(),
  legal_name: id,
  jurisdiction,
  currency: 'CAD',
  from: '2020-01-01',
  until: null,
  sunset: null,
  kind: 'grant',
  confidence: 'high',
  reviewed: '2026-11-01',
  computable: true,
  origin: 'library',
  stream: 'either',
  animation: true,
  headline: [],
  ...more,
});
const PAGES = {
  '/projects': () => <p>list</p>,
  '/projects/new': NewProjectPage,
  '/setup/$step': withDeal(SetupPage),
  '/overview': () => <p>overview</p>,
};

function host(): Host & { view: () => DealView } {
  return Object.assign(dealHost(VIEW), {
    mark_step: () => ({}),
    search_programs: () => ({
      programs: [
        program('dave', 'CA-BC'),
        program('cptc', 'CA'),
        program('gone', 'FR', { sunset: '2026-12-31' }),
        program('trip', 'FR'),
      ],
    }),
  } as unknown as Host) as Host & { view: () => DealView };
}
const documentOf = (one: { view: () => DealView }) => one.view().document as DealDocument;

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

test('a name and a currency start a project; a refusal stands beside its field and keeps what was typed', async () => {
  const one = host();
  let isTaken = true;
  const start = (request: { currency: string }) => {
    if (isTaken) throw refusal('INVALID_REQUEST', 'This is not a currency code.', { path: 'currency' });
    expect(request.currency).toBe('CAD');
    return one.view();
  };
  showPage({ ...one, start_project: start as never }, PAGES, '/projects/new');
  await userEvent.type(await screen.findByLabelText('Title'), 'Comet');
  await userEvent.clear(screen.getByLabelText('Currency'));
  await userEvent.type(screen.getByLabelText('Currency'), 'cad{Enter}');
  expect(await screen.findByText('This is not a currency code.')).toBeTruthy();
  expect(screen.getByLabelText('Currency').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByLabelText('Title')).toHaveProperty('value', 'Comet');
  isTaken = false;
  fireEvent.click(screen.getByText('Start the project'));
  expect(await screen.findByText('Step 1 of 4: The film')).toBeTruthy();
});

test('steps are marked as they are entered, gone to in any order, and the last leads to the overview', async () => {
  const { calls } = showPage(host(), PAGES, '/setup/1');
  fireEvent.click(await screen.findByText('Next: Budget and schedule'));
  await screen.findByText('Step 2 of 4: Budget and schedule');
  fireEvent.click(screen.getByRole('button', { name: /^4/ }));
  await screen.findByText('Step 4 of 4: Money so far');
  expect(screen.getByRole('button', { name: /^4/ }).getAttribute('aria-current')).toBe('step');
  fireEvent.click(screen.getByText('Finish and see the findings'));
  await screen.findByText('overview');
  const marks = calls.filter(({ command }) => command === 'mark_step').map(({ request }) => request.step);
  expect(marks).toEqual([1, 2, 4, null]);
});

test('a company becomes a party the film names', async () => {
  const one = host();
  showPage(one, PAGES, '/setup/1');
  await userEvent.type(await screen.findByLabelText('Production company'), 'Kite Films{Enter}');
  await waitFor(() => expect(documentOf(one).project.company).toBe('producer'));
  expect(documentOf(one).parties).toEqual([{ id: 'producer', name: 'Kite Films', role: 'producer' }]);
});

test('lines are typed one after the other, and a refused cell says so under the table', async () => {
  const one = host();
  const edit = one.edit_deal;
  one.edit_deal = (request) => {
    if ((request as Record<string, unknown>).value === 'CAD -1.00')
      throw refusal('OUT_OF_RANGE', 'A cost is not negative.', { path: 'budget.lines[anim].amount' });
    return edit?.(request);
  };
  showPage(one, PAGES, '/setup/2');
  const account = await screen.findByLabelText('Account');
  await userEvent.selectOptions(account, 'music');
  await userEvent.type(screen.getByLabelText('Name'), 'Score');
  await userEvent.type(screen.getByLabelText('Amount'), '62,000.5{Enter}');
  await waitFor(() =>
    expect(documentOf(one).budget?.lines?.at(-1)).toEqual({
      id: 'score',
      account: 'music',
      label: 'Score',
      amount: 'CAD 62000.50',
    }),
  );
  await waitFor(() => expect(document.activeElement).toBe(account));
  expect(account).toHaveProperty('value', 'sound');
  const cell = document.querySelector<HTMLElement>('[data-path="budget.lines[anim].amount"]');
  cell?.focus();
  await userEvent.keyboard('-1{Enter}');
  expect((await screen.findAllByText('A cost is not negative.')).length).toBeGreaterThan(0);
});

test('ticking a place puts every line there, and only programs in force are offered', async () => {
  const one = host();
  const { container } = showPage(one, PAGES, '/setup/3');
  fireEvent.click(await screen.findByRole('checkbox', { name: /British Columbia/ }));
  await waitFor(() =>
    expect(documentOf(one).budget?.lines?.[0]?.spend).toEqual([
      { id: 'CA-BC', jurisdiction: 'CA-BC', share: '1' },
    ]),
  );
  await waitFor(() => expect(documentOf(one).project.countries).toEqual(['CA']));
  expect(screen.queryByText(/GONE/)).toBeNull();
  fireEvent.click(screen.getByRole('checkbox', { name: /^FR|France/ }));
  const shared = await screen.findByLabelText('British Columbia, all lines');
  expect(shared).toHaveProperty('value', '100.00');
  await userEvent.clear(shared);
  await userEvent.type(shared, '70{Enter}');
  await waitFor(() =>
    expect(documentOf(one).budget?.lines?.[0]?.spend?.map(({ id, share }) => `${id} ${share}`)).toEqual([
      'CA-BC 0.7',
      'FR 0',
    ]),
  );
  // The region's country is asked too.
  fireEvent.click(await screen.findByRole('switch', { name: 'Ask CPTC' }));
  await waitFor(() =>
    expect(documentOf(one).incentives?.[0]).toMatchObject({ program: 'cptc', jurisdiction: 'CA' }),
  );
  expect(screen.getByRole('checkbox', { name: /national/ })).toHaveProperty('checked', false);
  const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('no step has an accessibility violation', async () => {
  for (const step of ['1', '2', '4']) {
    const { container, unmount } = showPage(host(), PAGES, `/setup/${step}`);
    await screen.findByText(new RegExp(`^Step ${step} of 4`));
    const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    unmount();
  }
});

test('shares of the spend move with the places and leave what else a line holds', () => {
  const lines: BudgetLine[] = [
    { id: 'a', account: 'animation', label: 'A', labour_share: '0.88' },
    { id: 'b', account: 'music', label: 'B', spend: [{ id: 'FR', jurisdiction: 'FR', share: '1' }] },
  ];
  const first = withPlace(lines, 'CA-BC', true) as unknown as BudgetLine[];
  expect(first[0]).toEqual({ ...lines[0], spend: [{ id: 'CA-BC', jurisdiction: 'CA-BC', share: '1' }] });
  expect(first[1]?.spend?.map((one) => one.share)).toEqual(['1', '0']);
  const shared = withShare(first, 'CA-BC', '0.7') as unknown as BudgetLine[];
  expect(commonShare(shared, 'CA-BC')).toBe('0.7');
  expect(commonShare(shared, 'FR')).toBeNull();
  expect(withoutPlace(shared, 'CA-BC')).toEqual(lines);
  const document = { budget: { lines: shared }, incentives: [{ id: 'c', program: 'c', jurisdiction: 'CA' }] };
  expect(chosenPlaces(document as unknown as DealDocument, ['IE'])).toEqual(['CA-BC', 'FR', 'IE']);
});

test('a program is in force until its last day, and ids stay free and plain', () => {
  expect(inForce(program('p', 'FR', { sunset: '2027-02-01' }), '2027-02-01')).toBe(true);
  expect(inForce(program('p', 'FR', { until: '2027-01-31' }), '2027-02-01')).toBe(false);
  expect(freeId('Été à l’île', [])).toBe('ete-a-l-ile');
  expect(freeId('Voices', ['voices', 'voices-2'])).toBe('voices-3');
  expect(freeId('…', [])).toBe('item');
});

test('the currency can still be changed; amounts typed before become it, or stay and are converted', async () => {
  const user = userEvent.setup();
  const one = host();
  showPage(one, PAGES, '/setup/1');
  const field = await screen.findByLabelText('Currency');
  const type = async (code: string) => {
    await user.clear(field);
    await user.type(field, `${code}{Enter}`);
  };
  await type('eur');
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(documentOf(one).currency).toBe('CAD');
  await type('eur');
  await user.click(await screen.findByRole('button', { name: 'Make them EUR' }));
  await waitFor(() => expect(documentOf(one).budget?.lines?.[0]?.amount).toBe('EUR 100.00'));
  expect(documentOf(one).currency).toBe('EUR');
  await type('usd');
  await user.click(await screen.findByRole('button', { name: 'Leave them in EUR' }));
  await waitFor(() => expect(documentOf(one).currency).toBe('USD'));
  expect(documentOf(one).budget?.lines?.[0]?.amount).toBe('EUR 100.00');
});
