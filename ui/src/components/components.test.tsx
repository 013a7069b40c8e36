import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { DraftInput } from './draft-input.tsx';
import { rankFindings } from './finding-list.tsx';
import { Grid, type GridColumn, readBlock } from './grid.tsx';
import { matchItems, Palette } from './palette.tsx';

type Row = { id: string; name: string; amount: string };
const rows: Row[] = [
  { id: 'a', name: 'Layout', amount: '10' },
  { id: 'b', name: 'Music', amount: '20' },
];

function sheet(commit: (row: Row, text: string) => string | null) {
  const columns: GridColumn<Row>[] = [
    { id: 'name', head: 'Account', cell: (row) => row.name },
    { id: 'amount', head: 'Amount', cell: (row) => row.amount, text: (row) => row.amount, commit },
    { id: 'twice', head: 'Other', cell: (row) => row.amount, text: (row) => row.amount, commit },
  ];
  return render(<Grid label="Budget" hint="keys" columns={columns} rows={rows} rowId={(row) => row.id} />);
}

test('a sheet is walked with the arrows, edited with Enter, and moves on', async () => {
  const commit = vi.fn(() => null);
  sheet(commit);
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{ArrowRight}{Enter}');
  const editor = await screen.findByRole('textbox');
  expect(editor).toHaveProperty('value', '10');
  await user.clear(editor);
  await user.type(editor, '15{Enter}');
  expect(commit).toHaveBeenCalledTimes(1);
  expect(commit).toHaveBeenCalledWith(rows[0], '15');
  await waitFor(() => expect((document.activeElement as HTMLElement).dataset.spot).toBe('1:1'));
});

test('Escape restores, a refused text stays open with its reason, an unchanged one commits nothing', async () => {
  const commit = vi.fn(() => 'Not an amount');
  sheet(commit);
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{ArrowRight}x');
  await user.keyboard('{Enter}');
  expect(screen.getByRole('alert').textContent).toBe('Not an amount');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('textbox')).toBeNull();
  await user.keyboard('{Enter}{Enter}');
  expect(commit).toHaveBeenCalledTimes(1);
});

test('a pasted block fills cells from the chosen one and leaves read-only columns alone', async () => {
  const commit = vi.fn(() => null);
  sheet(commit);
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}');
  const text = '1\t2\r\n3\t4\r\n5\t6';
  fireEvent.paste(document.activeElement as HTMLElement, { clipboardData: { getData: () => text } });
  expect(commit.mock.calls).toEqual([
    [rows[0], '1'],
    [rows[0], '2'],
    [rows[1], '3'],
    [rows[1], '4'],
  ]);
  expect(readBlock('a\tb\n')).toEqual([['a', 'b']]);
});

test('a typed input commits on Enter and on leaving, never twice, and says what is wrong', async () => {
  const onCommit = vi.fn();
  const parse = (text: string) => (/^\d+$/.test(text) ? { value: Number(text) } : { error: 'Not a number' });
  render(<DraftInput label="Lag" text="6" parse={parse} onCommit={onCommit} after="months" />);
  const user = userEvent.setup();
  const field = screen.getByLabelText('Lag');
  await user.clear(field);
  await user.type(field, 'x{Enter}');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Not a number')).toBeTruthy();
  await user.clear(field);
  await user.type(field, '9{Enter}');
  await user.tab();
  expect(onCommit.mock.calls).toEqual([[9]]);
});

const items = [
  { id: '/capital', group: 'Pages', label: 'Capital', icon: 'capital' as const, run: vi.fn() },
  {
    id: 'capital.gap.interest',
    group: 'Figures',
    label: 'Gap loan, interest',
    icon: 'capital' as const,
    run: vi.fn(),
  },
  { id: 'theme', group: 'Actions', label: 'Use the dark theme', icon: 'moon' as const, run: vi.fn() },
];

test('the palette matches every word, without accents, best first in each group', () => {
  expect(matchItems(items, 'gap int').map((item) => item.id)).toEqual(['capital.gap.interest']);
  expect(matchItems(items, 'CÁPITAL').map((item) => item.id)).toEqual(['/capital', 'capital.gap.interest']);
  expect(matchItems(items, 'nothing here')).toEqual([]);
});

test('the palette runs the chosen item and closes', async () => {
  const onOpenChange = vi.fn();
  render(
    <Palette
      open
      onOpenChange={onOpenChange}
      items={items}
      title="Go to"
      placeholder=""
      emptyText="Nothing"
    />,
  );
  await userEvent.type(screen.getByRole('combobox'), 'dark{Enter}');
  expect(items[2]!.run).toHaveBeenCalledTimes(1);
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

test('findings stand in a financier’s order and keep their own order within a rank', () => {
  const ranked = rankFindings([
    { severity: 'note' as const, id: 1 },
    { severity: 'blocker' as const, id: 2 },
    { severity: 'question' as const, id: 3 },
    { severity: 'blocker' as const, id: 4 },
  ]);
  expect(ranked.map((finding) => finding.id)).toEqual([2, 4, 3, 1]);
});
