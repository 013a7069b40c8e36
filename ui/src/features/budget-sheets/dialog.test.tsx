import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BudgetSheetView, DealView, ImportBudget, ReadBudgetSheet } from '../../api/bindings.ts';
import { dealHost, type Host, showPage, withDeal } from '../workspace/fake-host.tsx';
import { BudgetSheetButtons } from './buttons.tsx';

const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 3,
  number: 3,
  project: 'p1',
  undo: null,
  redo: null,
  figures: null,
  document: {
    id: 'comet',
    name: 'Comet',
    currency: 'USD',
    as_of: '2027-01-15',
    project: { title: 'Comet' },
    budget: { lines: [{ id: 'anim', account: 'animation', label: 'Animation', amount: 'USD 5.00' }] },
  },
};

const usd = (minor: number) => ({ minor, currency: 'USD' });
const SHEET: BudgetSheetView = {
  format: 'xlsx',
  encoding: null,
  separator: null,
  sheets: [
    { name: 'Top', rows: 4, hidden: false },
    { name: 'Old', rows: 9, hidden: true },
  ],
  sheet: 'Top',
  header: 1,
  currency: 'USD',
  currency_chosen: false,
  without_rate: [],
  place: null,
  columns: [
    { column: 'A', head: 'Item', meaning: 'label', place: null, guessed: true, samples: ['Story'] },
    { column: 'B', head: 'Total', meaning: 'amount', place: null, guessed: true, samples: ['100'] },
  ],
  meanings: ['ignore', 'label', 'amount', 'notes'],
  rows: [
    {
      row: 2,
      cells: ['Story', '100.00'],
      amount: usd(10_000),
      line: {
        id: 'story',
        key: 'story',
        label: 'Story',
        account: 'story_and_rights',
        ground: 'words',
        amount: usd(10_000),
        places: [],
      },
      reason: null,
      why: null,
    },
    {
      row: 3,
      cells: ['Gizmos', 'tbd'],
      amount: null,
      line: {
        id: 'gizmos',
        key: 'gizmos',
        label: 'Gizmos',
        account: 'other',
        ground: 'unknown',
        amount: null,
        places: [],
      },
      reason: null,
      why: null,
    },
    {
      row: 4,
      cells: ['Grand Total', '150.00'],
      amount: usd(15_000),
      line: null,
      reason: 'GRAND_TOTAL',
      why: 'The sheet’s total',
    },
  ],
  faults: [
    {
      cell: 'Top!B3',
      row: 3,
      column: 'B',
      code: 'NOT_A_NUMBER',
      weight: 'error',
      message: '“tbd” is not a number.',
      given: 'tbd',
    },
  ],
  lines: 2,
  totals: {
    lines: [usd(10_000)],
    beside: [],
    contingency: null,
    cell: 'Top!B4',
    stated: usd(15_000),
    difference: usd(5_000),
  },
  recalled: false,
  kept: true,
};

let read: ReadBudgetSheet[];
let imported: ImportBudget[];
let refused: boolean;
let host: Host;

beforeEach(() => {
  read = [];
  imported = [];
  refused = false;
  host = {
    ...dealHost(VIEW),
    search_programs: () => ({ programs: [] }),
    read_budget_sheet: (request: ReadBudgetSheet) => {
      read.push(request);
      if (refused)
        throw { error: { code: 'SHEET_ENCRYPTED', message: 'The file is protected.', details: {} } };
      return SHEET;
    },
    import_budget: (request: ImportBudget) => {
      imported.push(request);
      return { ...VIEW, revision: 4 };
    },
  } as unknown as Host;
});
afterEach(() => vi.unstubAllGlobals());

async function opened() {
  const person = userEvent.setup();
  showPage(host, { '/': withDeal(BudgetSheetButtons) }, '/');
  const file = new File(['Item,Total'], 'top.xlsx');
  await person.upload(await screen.findByLabelText('A budget as XLSX, XLS, ODS or CSV'), file);
  return { person, dialog: await screen.findByRole('dialog', { name: 'Import top.xlsx' }) };
}

test('a file is shown before anything changes, its bad cells by address', async () => {
  const { person, dialog } = await opened();
  const inside = within(dialog);
  expect(await inside.findByText('“tbd” is not a number.', { selector: 'li span' })).toBeTruthy();
  expect(inside.getByText('1 cell could not be read')).toBeTruthy();
  expect(inside.getByRole('row', { name: /Grand Total/ }).textContent).toContain('The sheet’s total');
  expect(inside.getByRole<HTMLInputElement>('checkbox', { name: 'Take row 4 as a line' }).checked).toBe(
    false,
  );
  expect(inside.getByText('Not accounted for').closest('tr')?.textContent).toContain('50');
  await person.click(inside.getByRole('button', { name: 'Top!B3' }));
  expect(document.activeElement?.textContent).toContain('tbd');
  expect(read[0]?.file).toMatchObject({ name: 'top.xlsx', content: btoa('Item,Total'), mapping: null });
  expect(imported).toEqual([]);
});

test('what is decided is asked again, and taken as it was seen', async () => {
  const { person, dialog } = await opened();
  const inside = within(dialog);
  await person.selectOptions(await inside.findByLabelText('What column B means'), 'notes');
  await waitFor(() => expect(read).toHaveLength(2));
  await person.selectOptions(inside.getByLabelText('Standard account of row 3'), 'music');
  await waitFor(() => expect(read).toHaveLength(3));
  await person.click(inside.getByRole('checkbox', { name: 'Take row 2 as a line' }));
  await waitFor(() => expect(read).toHaveLength(4));
  expect(read[3]?.file).toMatchObject({
    mapping: {
      columns: [{ column: 'B', meaning: 'notes', place: null }],
      accounts: { gizmos: 'music' },
    },
    leave: [2],
  });
  await person.click(inside.getByRole('radio', { name: 'Keep and add' }));
  await person.click(await inside.findByRole('button', { name: 'Add 2 lines' }));
  await waitFor(() => expect(imported).toHaveLength(1));
  expect(imported[0]).toMatchObject({ deal: 'd1', revision: 3, mode: 'append', contingency: false });
  expect(imported[0]?.file).toMatchObject({ ...read[3]?.file, sheet: 'Top' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('another sheet begins without the decisions about the first', async () => {
  const { person, dialog } = await opened();
  const inside = within(dialog);
  await person.selectOptions(await inside.findByLabelText('What column B means'), 'notes');
  await person.selectOptions(inside.getByLabelText('Sheet'), 'Old');
  await waitFor(() => expect(read).toHaveLength(3));
  expect(read[2]?.file).toMatchObject({ sheet: 'Old', mapping: null });
});

test('a file that cannot be read says why and offers another', async () => {
  refused = true;
  const { dialog } = await opened();
  const inside = within(dialog);
  expect(await inside.findByText('The file is protected.')).toBeTruthy();
  expect(inside.getByRole('button', { name: 'Choose another file' })).toBeTruthy();
});
