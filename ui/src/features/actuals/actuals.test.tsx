import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type {
  ActualsView,
  DealView,
  FigureDto,
  ImportReceipts,
  ReadReceiptsSheet,
  ReceiptsSheetView,
} from '../../api/bindings.ts';
import { dealHost, type Host, showPage, withDeal } from '../workspace/fake-host.tsx';
import { Actuals } from './actuals.tsx';

const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: null,
  undo: null,
  redo: null,
  figures: null,
  document: {
    id: 'comet',
    name: 'Comet',
    currency: 'EUR',
    as_of: '2030-01-15',
    project: { title: 'Comet' },
    parties: [{ id: 'agent', name: 'Agent', role: 'sales_agent' }],
    revenue: {
      sources: [
        { id: 'fr', label: 'France' },
        { id: 'de', label: 'Germany' },
      ],
    },
  },
};
const figure = (address: string, minor: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor, currency: 'EUR' } },
});
const compared = (tail: string, received: number, forecast: number) => ({
  received: figure(`actuals.received${tail}`, received),
  forecast: figure(`actuals.forecast${tail}`, forecast),
  variance: figure(`actuals.variance${tail}`, received - forecast),
});
const NEXT = [{ sender: null, from: '2029-04-01', to: '2029-06-30' }];
const NOTHING: ActualsView = {
  revision: 1,
  total: null,
  quarters: [],
  sources: [],
  statements: [],
  next: NEXT,
  expenses: [],
};
const CAME: ActualsView = {
  ...NOTHING,
  total: compared('', 90000, 100000),
  quarters: [
    {
      quarter: '2029-Q2',
      counted: figure('revenue.to_account[2029-Q2]', 90000),
      estimate: figure('revenue.to_account.forecast[2029-Q2]', 100000),
      compared: compared('[2029-Q2]', 90000, 100000),
    },
  ],
  sources: [
    {
      source: 'fr',
      label: 'France',
      covered_from: '2029-01-01',
      covered_to: '2029-03-31',
      rest: 'keep_forecast',
      rest_id: null,
      compared: compared('.fr', 90000, 100000),
      quarters: [
        {
          quarter: '2029-Q2',
          counted: figure('revenue.fr.to_account[2029-Q2]', 90000),
          estimate: figure('revenue.fr.to_account.forecast[2029-Q2]', 100000),
          compared: compared('.fr[2029-Q2]', 90000, 100000),
        },
      ],
    },
  ],
  statements: [
    {
      statement: 'q1',
      from: '2029-01-01',
      to: '2029-03-31',
      reported: null,
      received: '2029-05-02',
      sender: 'agent',
      accepted: true,
      document: null,
      compared: compared('.q1', 90000, 100000),
      sources: [],
    },
    {
      statement: 'q2',
      from: '2029-04-01',
      to: '2029-06-30',
      reported: null,
      received: null,
      sender: null,
      accepted: false,
      document: null,
      compared: null,
      sources: [],
    },
  ],
};
const SHEET: ReceiptsSheetView = {
  format: 'csv',
  sheets: [{ name: 'r', rows: 3, hidden: false }],
  sheet: 'r',
  header: 1,
  currency: 'EUR',
  days: 'day_first',
  without_rate: [],
  columns: [
    { column: 'A', head: 'Source', meaning: 'source', guessed: true, samples: ['Frankreich'] },
    { column: 'B', head: 'Net', meaning: 'net', guessed: true, samples: ['5.00'] },
  ],
  meanings: ['ignore', 'source', 'net'],
  rows: [
    {
      row: 2,
      cells: ['Frankreich', '5.00'],
      amount: { minor: 500, currency: 'EUR' },
      from: '2029-04-01',
      to: '2029-06-30',
      source: null,
      ground: null,
      reason: 'NO_SOURCE',
      why: 'Choose its revenue source',
    },
  ],
  statements: [],
  unknown: [{ key: 'frankreich', shown: 'Frankreich', rows: 1, suggestions: ['fr'] }],
  faults: [],
  totals: {
    lines: [],
    left_out: [{ minor: 500, currency: 'EUR' }],
    cell: null,
    stated: null,
    difference: null,
  },
  recalled: false,
  kept: false,
};

let answer: ActualsView;
let read: ReadReceiptsSheet[];
let imported: ImportReceipts[];
let host: Host & { view: () => DealView };

beforeEach(() => {
  answer = NOTHING;
  read = [];
  imported = [];
  const base = dealHost(VIEW);
  host = Object.assign(base, {
    view_actuals: () => answer,
    read_receipts_sheet: (request: ReadReceiptsSheet) => {
      read.push(request);
      return request.file.mapping?.sources.frankreich
        ? {
            ...SHEET,
            unknown: [],
            statements: [
              {
                from: '2029-04-01',
                to: '2029-06-30',
                received: null,
                lines: 1,
                amounts: [{ minor: 500, currency: 'EUR' }],
                already: [],
              },
            ],
          }
        : SHEET;
    },
    import_receipts: (request: ImportReceipts) => {
      imported.push(request);
      return { ...VIEW, revision: 2 };
    },
  }) as unknown as typeof host;
});
afterEach(() => vi.unstubAllGlobals());

const show = () => showPage(host, { '/': withDeal(Actuals) }, '/');

test('without statements the page says what they do and how to begin', async () => {
  show();
  expect(await screen.findByRole('heading', { name: 'No statement has come in yet' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Blank form' })).toBeTruthy();
});

test('a statement is typed like a spreadsheet: next days, echoed thousands, keys, one revision', async () => {
  const person = userEvent.setup();
  show();
  await person.click(await screen.findByRole('button', { name: 'Type a statement' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'A statement that came in' }));
  expect(dialog.getByLabelText<HTMLInputElement>('First day').value).toBe('2029-04-01');
  const cell = dialog.getByLabelText<HTMLInputElement>('Reached the account, France');
  expect(cell.type).toBe('text');
  await person.type(cell, '1234567.5');
  expect(dialog.getByText('EUR 1,234,567.50')).toBeTruthy();
  await person.keyboard('{Enter}');
  expect(document.activeElement).toBe(dialog.getByLabelText('Reached the account, Germany'));
  expect(cell.value).toBe('1,234,567.50');
  await person.click(dialog.getByRole('button', { name: 'Add the statement' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const kept = host.view().document as { actuals?: { statements?: unknown[] } };
  expect(kept.actuals?.statements).toEqual([
    {
      id: '2029-04-2029-06',
      from: '2029-04-01',
      to: '2029-06-30',
      lines: [{ id: 'fr', source: 'fr', amount: 'EUR 1234567.50' }],
    },
  ]);
});

test('a block from a spreadsheet is pasted over rows and columns', async () => {
  const person = userEvent.setup();
  show();
  await person.click(await screen.findByRole('button', { name: 'Type a statement' }));
  const dialog = within(await screen.findByRole('dialog'));
  await person.click(dialog.getByLabelText('Gross, France'));
  await person.paste('100\t10\n200\t20');
  expect(dialog.getByLabelText<HTMLInputElement>('Distribution fee, Germany').value).toBe('20');
  await person.click(dialog.getByRole('button', { name: 'Add the statement' }));
  expect(dialog.getByRole('status').textContent).toContain('needs the amount');
  expect(dialog.getByLabelText('Reached the account, France').getAttribute('aria-invalid')).toBe('true');
});

test('received stands beside expected with its address, and a draft is accepted', async () => {
  answer = CAME;
  const person = userEvent.setup();
  show();
  const table = within(await screen.findByRole('region', { name: 'Received and expected by source' }));
  expect(table.getAllByText('(100)')[0]?.closest('[data-address]')?.getAttribute('data-address')).toBe(
    'actuals.variance.fr',
  );
  await person.click(table.getByRole('button', { name: 'France' }));
  await person.selectOptions(table.getByLabelText('After the last statement'), 'shift');
  await waitFor(() => expect(host.view().revision).toBe(2));
  expect((host.view().document as { actuals: unknown }).actuals).toEqual({
    rests: [{ id: 'fr', source: 'fr', rest: 'shift' }],
  });
  expect(screen.getByText('Draft')).toBeTruthy();
});

test('a name that is no source is chosen by a person, and taken as it was seen', async () => {
  const person = userEvent.setup();
  show();
  await person.upload(await screen.findByLabelText('Import a sheet'), new File(['x'], 'r.csv'));
  const dialog = within(await screen.findByRole('dialog', { name: 'Import r.csv' }));
  const take = await dialog.findByRole<HTMLButtonElement>('button', { name: 'Take 0 statements' });
  expect(take.disabled).toBe(true);
  await person.selectOptions(dialog.getByLabelText('Source of Frankreich'), 'France (near)');
  await person.click(await dialog.findByRole('button', { name: 'Take 1 statement' }));
  await waitFor(() => expect(imported).toHaveLength(1));
  expect(imported[0]).toMatchObject({ deal: 'd1', revision: 1, draft: false, sender: null });
  expect(imported[0]?.file).toMatchObject({ sheet: 'r', mapping: { sources: { frankreich: 'fr' } } });
  expect(read).toHaveLength(2);
});
