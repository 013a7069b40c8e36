import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import type { DealDocument } from '../../domain/document.ts';
import { dealHost, type Host, showPage, withDeal } from '../workspace/fake-host.tsx';
import { BudgetPage } from './page.tsx';

const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: 'p1',
  undo: null,
  redo: null,
  figures: null,
  document: {
    id: 'comet',
    name: 'Comet',
    currency: 'EUR',
    as_of: '2027-01-15',
    project: { title: 'Comet' },
    schedule: {
      start: '2027-03-01',
      phases: [
        { id: 'pre', phase: 'pre_production', months: 6, start_month: 0 },
        { id: 'prod', phase: 'production', months: 14, start_month: 6 },
      ],
      deliveries: [{ id: 'final', label: 'Delivery', date: '2029-03-01' }],
      release: { date: '2029-06-15' },
    },
    budget: {
      lines: [
        {
          id: 'anim',
          account: 'animation',
          label: 'Animation work',
          amount: 'EUR 100.00',
          spend: [{ id: 'IE', jurisdiction: 'IE', share: '1' }],
        },
        { id: 'music', account: 'music', label: 'Score', amount: 'EUR 50.00' },
      ],
      costs: [{ id: 'legal', kind: 'legal', label: 'Lawyers', amount: { fixed: 'EUR 5.00' } }],
    },
  },
};

let host: Host & { view: () => DealView };
const documentOf = () => host.view().document as DealDocument;
vi.setConfig({ testTimeout: 30_000 });

/** A deal that takes back its last change, as the application does. */
beforeEach(() => {
  const deal = dealHost(VIEW);
  let now = VIEW;
  const before: unknown[] = [];
  const put = (document: unknown) => {
    now = { ...now, document, revision: now.revision + 1, number: now.number + 1 };
    return now;
  };
  host = Object.assign(deal, {
    view: () => now,
    view_deal: () => now,
    list_open_deals: () => ({ deals: [{ deal: 'd1', name: 'Comet', revision: now.revision }] }),
    edit_deal: (request: { revision: number } & Record<string, never>) => {
      if (request.revision !== now.revision)
        throw { error: { code: 'CONFLICT', message: 'Changed since', details: {} } };
      const inner = dealHost(now);
      const after = inner.edit_deal!(request) as DealView;
      before.push(now.document);
      return put(after.document);
    },
    undo_edit: () => put(before.pop() ?? now.document),
    view_incentives: () => ({ programs: [] }),
    view_settings: () => ({ terms: [] }),
  } as unknown as Host) as typeof host;
});
afterEach(() => vi.unstubAllGlobals());

const shown = async () => {
  const page = showPage(host, { '/': withDeal(BudgetPage) }, '/');
  await screen.findByRole('grid', { name: 'Top sheet' });
  return page;
};
const undos = (calls: { command: string }[]) => calls.filter((call) => call.command === 'undo_edit').length;
const edits = (calls: { command: string }[]) => calls.filter((call) => call.command === 'edit_deal').length;
const phase = (id: string) => documentOf().schedule?.phases?.find((one) => one.id === id);
const cell = (path: string) =>
  document.querySelector<HTMLElement>(`[role="gridcell"][data-path="${path}"]`) as HTMLElement;

test('a bar is moved and stretched with the keys, and a row of keys is one change', async () => {
  const user = userEvent.setup();
  const { calls } = await shown();
  const bar = screen.getByRole('slider', { name: 'Production' });
  expect(bar.getAttribute('aria-valuetext')).toBe('Sept 2027 to Oct 2028, 14 months');
  act(() => bar.focus());
  await user.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
  expect(bar.getAttribute('aria-valuetext')).toBe('Nov 2027 to Jan 2029, 15 months');
  await waitFor(() => expect(phase('prod')).toMatchObject({ start_month: 8, months: 15 }));
  expect(edits(calls) - undos(calls)).toBe(1);
  expect(phase('pre')).toMatchObject({ start_month: 0, months: 6 });
});

test('a day moves by months, and with Shift by days', async () => {
  const user = userEvent.setup();
  await shown();
  const day = screen.getByRole('slider', { name: 'Release' });
  act(() => day.focus());
  await user.keyboard('{ArrowLeft}{Shift>}{ArrowLeft}{/Shift}');
  await waitFor(() => expect(documentOf().schedule?.release?.date).toBe('2029-05-14'));
});

test('up and down walk the rows of the schedule, which is one stop for Tab', async () => {
  const user = userEvent.setup();
  await shown();
  const bar = screen.getByRole('slider', { name: 'Pre-production' });
  expect(bar.getAttribute('tabindex')).toBe('0');
  act(() => bar.focus());
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(screen.getByRole('slider', { name: 'Production' }));
});

test('lines are inserted, moved and removed from the keyboard, one change each', async () => {
  const user = userEvent.setup();
  const { calls } = await shown();
  const names = () => documentOf().budget?.lines?.map((line) => line.label);
  act(() => cell('budget.lines[anim].label').focus());
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(names()).toEqual(['Animation work', 'New line', 'Score']));
  await waitFor(() => expect(document.activeElement).toBe(cell('budget.lines[new-line].label')));
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await waitFor(() => expect(names()).toEqual(['Animation work', 'Score', 'New line']));
  await waitFor(() => expect(document.activeElement).toBe(cell('budget.lines[new-line].label')));
  await user.keyboard('{Control>}{Delete}{/Control}');
  await waitFor(() => expect(names()).toEqual(['Animation work', 'Score']));
  await screen.findByText('1 line removed');
  expect(edits(calls)).toBe(3);
});

test('the split of a line opens from its cell, stays whole and comes back to the cell', async () => {
  const user = userEvent.setup();
  await shown();
  act(() => cell('budget.lines[anim].spend').focus());
  await user.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  const share = dialog.getByRole('textbox', { name: 'Ireland, share' });
  expect((share as HTMLInputElement).disabled).toBe(true);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(cell('budget.lines[anim].spend')));
});

test('months are typed by sliding, no key is lost, and the curve comes back', async () => {
  const user = userEvent.setup();
  const { calls } = await shown();
  await user.click(screen.getByRole('button', { name: 'What to do with Animation work' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Spread over months' }));
  const dialog = within(await screen.findByRole('dialog'));
  const sliders = dialog.getAllByRole('slider');
  expect(sliders).toHaveLength(14);
  act(() => sliders[1]!.focus());
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  await waitFor(() => expect(documentOf().budget?.lines?.[0]?.months?.[1]).toBe('11.5'));
  expect(edits(calls) - undos(calls)).toBeLessThanOrEqual(3);
  await user.click(dialog.getByRole('button', { name: 'Back to the curve' }));
  await waitFor(() => expect(documentOf().budget?.lines?.[0]?.months).toBeUndefined());
});

test('a cost is typed as an amount or as a share, the contingency beside it', async () => {
  const user = userEvent.setup();
  await shown();
  act(() => cell('budget.costs[legal].amount.share_of.share').focus());
  await user.keyboard('2{Enter}');
  await waitFor(() =>
    expect(documentOf().budget?.costs?.[0]?.amount).toEqual({ share_of: { base: 'lines', share: '0.02' } }),
  );
  act(() => cell('budget.contingency.amount').focus());
  await user.keyboard('12{Enter}');
  await waitFor(() => expect(documentOf().budget?.contingency).toEqual({ amount: 'EUR 12.00' }));
  act(() => cell('budget.contingency.share').focus());
  await user.keyboard('10{Enter}');
  await waitFor(() => expect(documentOf().budget?.contingency).toEqual({ share: '0.1' }));
});

test('columns are taken away and stay away', async () => {
  const user = userEvent.setup();
  await shown();
  expect(screen.queryByRole('columnheader', { name: 'Notes' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Notes' }));
  await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Labour, %' }));
  await user.keyboard('{Escape}');
  await screen.findByRole('columnheader', { name: 'Notes' });
  expect(screen.queryByRole('columnheader', { name: 'Labour, %' })).toBeNull();
  expect(JSON.parse(localStorage.getItem('recoup.budget.columns') ?? '[]')).toContain('notes');
  localStorage.removeItem('recoup.budget.columns');
});
