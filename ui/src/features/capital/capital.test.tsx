import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import type { DealDocument, Instrument } from '../../domain/document.ts';
import { dealHost, type Host, showPage, withDeal } from '../workspace/fake-host.tsx';
import { conditionsOf } from './gates.ts';
import { CapitalPage } from './page.tsx';

const DOCUMENT = {
  id: 'comet',
  name: 'Comet',
  currency: 'EUR',
  as_of: '2027-01-15',
  project: { title: 'Comet' },
  parties: [{ id: 'maker', name: 'Maker Ltd', role: 'producer' }],
  schedule: { start: '2027-03-01', deliveries: [{ id: 'final', date: '2028-06-01' }] },
  instruments: [
    {
      id: 'gap',
      name: 'Gap loan',
      terms: { kind: 'gap_loan' },
      amount: { fixed: 'EUR 4000.00' },
      status: 'prospective',
      conditions_precedent: [
        { id: 'bond', text: 'Bond signed', met: false, by: { after: { date: '2026-12-01' } } },
        { id: 'sales', text: 'Presales', met: false },
      ],
    },
    {
      id: 'mezz',
      name: 'Mezzanine',
      terms: { kind: 'mezzanine' },
      amount: { fixed: 'EUR 2000.00' },
      status: 'negotiating',
    },
    {
      id: 'fund',
      name: 'Fund',
      terms: { kind: 'equity' },
      amount: { fixed: 'EUR 9000.00' },
      status: 'signed',
    },
  ],
};
const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: 'p1',
  undo: null,
  redo: null,
  figures: null,
  document: DOCUMENT,
};
const figure = (address: string, minor: number) => ({
  address,
  value: { kind: 'money', amount: { minor, currency: 'EUR' } },
});
type Asked = { instrument: string; amount: { minor: number; currency: string }; locked: string[] };

let host: Host & { view: () => DealView };
let asked: Asked[];
const documentOf = () => host.view().document as DealDocument;
const fixed = (id: string) => documentOf().instruments?.find((one) => one.id === id)?.amount?.fixed;

beforeEach(() => {
  asked = [];
  host = Object.assign(dealHost(VIEW), {
    view_figures: () => ({
      figures: [
        figure('capital.gap.principal', 4000_00),
        figure('capital.mezz.principal', 2000_00),
        figure('capital.fund.principal', 9000_00),
        figure('closing.source.gap', 4000_00),
        figure('closing.source.mezz', 2000_00),
        figure('closing.source.fund', 9000_00),
        figure('closing.sources_cash', 15000_00),
        figure('closing.uses_cash', 15000_00),
        figure('closing.difference', 0),
        figure('capital.gap.draw[2027-05]', 4000_00),
        figure('cash_flow.closing[2027-05]', 0),
      ],
    }),
    view_settings: () => ({ terms: [] }),
    rebalance_stack: (request: Asked) => {
      asked.push(request);
      const rest = (6000_00 - request.amount.minor) / 100;
      const within = `rebalanced(${request.instrument};EUR ${request.amount.minor / 100};).in.`;
      return {
        revision: 1,
        cells: [
          { path: 'instruments[gap].amount', value: { fixed: `EUR ${request.amount.minor / 100}.00` } },
          { path: 'instruments[mezz].amount', value: { fixed: `EUR ${rest}.00` } },
        ],
        figures: [
          figure(`${within}capital.gap.principal`, request.amount.minor),
          figure(`${within}capital.mezz.principal`, rest * 100),
          figure(`${within}closing.difference`, -7_00),
        ],
        reason: null,
      };
    },
  } as unknown as Host) as typeof host;
});
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

const show = async () => {
  const shown = showPage(host, { '/': withDeal(CapitalPage) }, '/');
  await screen.findAllByText('Gap loan');
  return shown;
};
const cell = (path: string) => document.querySelector<HTMLElement>(`td[data-path="${path}"]`) as HTMLElement;

test('an edge of the column is moved by keys, tells what gives way, and is typed as one change', async () => {
  const { calls } = await show();
  const [edge] = await screen.findAllByRole('slider', { name: 'Gap loan, amount' });
  act(() => (edge as HTMLElement).focus());
  fireEvent.keyDown(edge as HTMLElement, { key: 'PageUp' });
  await waitFor(() => expect(asked.at(-1)?.amount.minor).toBe(4200_00));
  expect(asked.at(-1)?.locked).toEqual(['fund']);
  await waitFor(() => expect(document.querySelector('.alloc-tried')?.textContent).toContain('(7)'));
  expect(calls.some(({ command }) => command === 'edit_cells')).toBe(false);
  fireEvent.keyDown(edge as HTMLElement, { key: 'Enter' });
  await waitFor(() => expect(fixed('gap')).toBe('EUR 4200.00'));
  expect(fixed('mezz')).toBe('EUR 1800.00');
  expect(calls.filter(({ command }) => command === 'edit_cells')).toHaveLength(1);
});

test('Escape lets go of what was tried and nothing is typed', async () => {
  const { calls } = await show();
  const [edge] = await screen.findAllByRole('slider', { name: 'Gap loan, amount' });
  fireEvent.keyDown(edge as HTMLElement, { key: 'ArrowDown' });
  await waitFor(() => expect(asked.length).toBeGreaterThan(0));
  fireEvent.keyDown(edge as HTMLElement, { key: 'Escape' });
  await waitFor(() => expect(document.querySelector('.alloc-tried')).toBeNull());
  expect(calls.some(({ command }) => command.startsWith('edit'))).toBe(false);
  expect(fixed('gap')).toBe('EUR 4000.00');
});

test('an amount that nothing can give way to is not typed, and it is said why', async () => {
  const user = userEvent.setup();
  const most = figure('rebalanced(gap;EUR 6000.00;fund).in.capital.gap.principal', 6000_00);
  host.rebalance_stack = (() => ({
    revision: 1,
    cells: [],
    figures: [],
    reason: { kind: 'too_much', most, currency: null, message: null },
  })) as never;
  const { calls } = await show();
  const field = await screen.findByRole('textbox', { name: 'Gap loan, amount typed' });
  await user.clear(field);
  await user.type(field, '9000{Enter}');
  await screen.findByText(/What gives way holds no more/);
  expect(screen.getByRole('button', { name: /EUR 6,000/ })).toBeTruthy();
  await waitFor(() => expect((field as HTMLInputElement).value).toBe('4,000'));
  expect(calls.some(({ command }) => command.startsWith('edit'))).toBe(false);
});

test('a signed amount is locked until it is unlocked; a locked one does not give way', async () => {
  const user = userEvent.setup();
  await show();
  expect(screen.queryAllByRole('slider', { name: 'Fund, amount' })).toHaveLength(0);
  await user.click(await screen.findByRole('button', { name: 'Unlock Fund' }));
  expect(screen.getAllByRole('slider', { name: 'Fund, amount' }).length).toBeGreaterThan(0);
  await user.click(screen.getByRole('button', { name: 'Lock Mezzanine' }));
  const field = screen.getByRole('textbox', { name: 'Gap loan, amount typed' });
  await user.clear(field);
  await user.type(field, '5000{Enter}');
  await waitFor(() => expect(asked.at(-1)?.amount.minor).toBe(5000_00));
  expect(asked.at(-1)?.locked).toEqual(['mezz']);
  await waitFor(() => expect(fixed('gap')).toBe('EUR 5000.00'));
});

test('a condition is ticked by the space bar, dated by a day or by months, and says when it is overdue', async () => {
  const user = userEvent.setup();
  await show();
  const list = screen.getByRole('grid', { name: 'Conditions precedent' });
  expect(within(list).getByText('overdue')).toBeTruthy();
  expect(within(list).getByText('no day: money kept out')).toBeTruthy();
  const box = within(list).getByRole('checkbox', { name: 'Bond signed' });
  act(() => box.closest('td')?.focus());
  await user.keyboard(' ');
  const conditions = () => conditionsOf(documentOf().instruments?.[0] as Instrument);
  await waitFor(() => expect(conditions()[0]?.met).toBe(true));
  act(() => cell('instruments[gap].conditions_precedent[sales].by').focus());
  await user.keyboard('2{Enter}');
  await waitFor(() => expect(conditions()[1]?.by).toEqual({ after: 'financial_close', months: 2 }));
  act(() => cell('instruments[gap].conditions_precedent[sales].by').focus());
  await user.keyboard('2027-02-30{Enter}');
  await screen.findByText(/A day like 2027-06-30/);
});

test('Alt and an arrow move the row and the focus with it; the menu copies and removes', async () => {
  const user = userEvent.setup();
  await show();
  act(() => cell('instruments[mezz].name').focus());
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() => expect(documentOf().instruments?.map(({ id }) => id)).toEqual(['mezz', 'gap', 'fund']));
  await waitFor(() => expect(cell('instruments[mezz].name').dataset.spot).toBe('0:0'));
  await waitFor(() => expect(document.activeElement).toBe(cell('instruments[mezz].name')));
  await user.keyboard('{ArrowRight}{Enter}');
  await user.click(await screen.findByRole('menuitem', { name: 'Duplicate' }));
  await waitFor(() => expect(documentOf().instruments).toHaveLength(4));
  expect(documentOf().instruments?.[1]).toMatchObject({ id: 'mezz-2', name: 'Mezzanine, copy' });
});

test('all terms of a contract open from the row, and each is typed where it stands', async () => {
  const user = userEvent.setup();
  await show();
  act(() => cell('instruments[gap].name').focus());
  await user.keyboard('{ArrowRight}{Enter}');
  await user.click(await screen.findByRole('menuitem', { name: /All terms/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Gap loan' });
  const cover = within(dialog).getByRole('textbox', { name: 'Cover asked for' });
  await user.type(cover, '200{Enter}');
  await waitFor(() =>
    expect(documentOf().instruments?.[0]?.terms).toEqual({ kind: 'gap_loan', required_cover: '2' }),
  );
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Kind of rate' }), 'fixed');
  await user.type(within(dialog).getByRole('textbox', { name: 'Rate a year' }), '{Backspace}12.5{Enter}');
  await waitFor(() => expect(documentOf().instruments?.[0]?.rate).toEqual({ fixed: '0.125' }));
  await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Kind' }), 'Mezzanine');
  await waitFor(() => expect(documentOf().instruments?.[0]?.terms).toEqual({ kind: 'mezzanine' }));
  expect(within(dialog).getByRole('textbox', { name: 'Share of net profits' })).toBeTruthy();
});
