import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Grid, type GridColumn, type RowActions } from './grid.tsx';
import { readBlock, writeBlock } from './grid-block.ts';

type Row = { id: string; name: string; amount: string };
const rows: Row[] = [
  { id: 'a', name: 'Layout', amount: '10' },
  { id: 'b', name: 'Music', amount: '20' },
  { id: 'c', name: 'Sound', amount: '30' },
];

const column = (id: 'name' | 'amount'): GridColumn<Row> => {
  const read = (row: Row, text: string) =>
    text === 'x' ? { wrong: 'No' } : { path: `${row.id}.${id}`, value: text === '' ? null : text };
  return {
    id,
    head: id,
    path: (row) => `${row.id}.${id}`,
    cell: (row) => row[id],
    text: (row) => row[id],
    read,
    commit: () => null,
  };
};

function sheet(rowActions?: RowActions) {
  const onBlock = vi.fn();
  render(
    <Grid
      label="Budget"
      hint="keys"
      columns={[column('name'), column('amount')]}
      rows={rows}
      rowId={(row) => row.id}
      onBlock={onBlock}
      pasteRefused={(line, head, reason) => `${line} ${head} ${reason}`}
      flagOf={(path) => (path === 'b.amount' ? { severity: 'question', text: 'Too little' } : null)}
      {...(rowActions ? { rowActions } : {})}
    />,
  );
  return onBlock;
}
const here = () => (document.activeElement as HTMLElement).dataset.spot;
const stands = (spot: string) => waitFor(() => expect(here()).toBe(spot));
const chosen = () => screen.getAllByRole('gridcell').filter((cell) => cell.getAttribute('aria-selected'));

test('Shift and arrows select, a range is copied as a block, an arrow lets it go', async () => {
  sheet();
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await stands('1:0');
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  await stands('1:1');
  expect(chosen()).toHaveLength(4);
  const setData = vi.fn();
  fireEvent.copy(document.activeElement as HTMLElement, { clipboardData: { setData } });
  expect(setData).toHaveBeenCalledWith('text/plain', 'Layout\t10\nMusic\t20');
  await user.keyboard('{ArrowUp}');
  expect(chosen()).toHaveLength(0);
});

test('what is filled down, emptied or pasted over a range is one block', async () => {
  const onBlock = sheet();
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{ArrowRight}{Shift>}{ArrowDown}{/Shift}');
  await stands('1:1');
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await stands('2:1');
  await user.keyboard('{Control>}d{/Control}');
  const over = (value: unknown, ids: string[]) => ids.map((id) => ({ path: `${id}.amount`, value }));
  expect(onBlock).toHaveBeenLastCalledWith(over('10', ['b', 'c']), [], 'fill');
  await user.keyboard('{Delete}');
  expect(onBlock).toHaveBeenLastCalledWith(over(null, ['a', 'b', 'c']), [], 'clear');
  fireEvent.paste(document.activeElement as HTMLElement, { clipboardData: { getData: () => '7' } });
  expect(onBlock).toHaveBeenLastCalledWith(over('7', ['a', 'b', 'c']), [], 'paste');
  fireEvent.paste(document.activeElement as HTMLElement, { clipboardData: { getData: () => '7\nx' } });
  expect(onBlock).toHaveBeenCalledTimes(3);
  expect(screen.getByRole('alert').textContent).toBe('2 amount No');
});

test('with one cell chosen, fill down takes what stands above it', async () => {
  const onBlock = sheet();
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{ArrowDown}');
  await stands('1:0');
  await user.keyboard('{Control>}d{/Control}');
  expect(onBlock).toHaveBeenCalledWith([{ path: 'b.name', value: 'Layout' }], [], 'fill');
});

test('keys work on the rows that are selected', async () => {
  const actions = {
    insert: vi.fn(() => 2),
    duplicate: vi.fn(() => 1),
    move: vi.fn(() => 0),
    remove: vi.fn(() => 0),
  };
  sheet(actions);
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{ArrowDown}');
  await stands('1:0');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(actions.insert).toHaveBeenCalledWith(1);
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(actions.move).toHaveBeenCalledWith(1, 1, -1);
  await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await stands('2:0');
  await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  expect(actions.duplicate).toHaveBeenCalledWith(1, 2);
  await user.keyboard('{Control>}{Delete}{/Control}');
  expect(actions.remove).toHaveBeenCalledWith(1, 2);
});

test('Ctrl and an arrow go to the edge; what is the matter with a cell is told there', async () => {
  sheet();
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{Control>}{ArrowDown}{/Control}');
  await stands('2:0');
  await user.keyboard('{Control>}{Home}{/Control}');
  await stands('0:0');
  const cell = document.querySelector('[data-path="b.amount"]');
  expect(cell?.getAttribute('aria-description')).toBe('Too little');
  expect(cell?.className).toContain('sheet-flag-question');
});

test('a block reads back as it was written, with tabs, quotes and breaks inside its cells', () => {
  const cells = [
    ['5" disc', 'a\tb'],
    ['one\ntwo', ''],
  ];
  expect(readBlock(writeBlock(cells))).toEqual(cells);
  expect(readBlock('"Sound, mix"\t1\r\n2"\t3\r\n')).toEqual([
    ['Sound, mix', '1'],
    ['2"', '3'],
  ]);
});
