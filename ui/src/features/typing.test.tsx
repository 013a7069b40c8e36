import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DealView, MarketTerm } from '../api/bindings.ts';
import type { DealDocument, Instrument } from '../domain/document.ts';
import { BudgetPage } from './budget/page.tsx';
import { CapitalPage } from './capital/page.tsx';
import { ExplainPanel } from './explain/panel.tsx';
import { renamed } from './projects/wizard/currency.tsx';
import { withUsual } from './usual-terms.tsx';
import { dealHost, type Host, showPage, withDeal } from './workspace/fake-host.tsx';

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
    budget: {
      lines: [
        { id: 'anim', account: 'animation', label: 'Animation', amount: 'EUR 100.00', notes: 'as quoted' },
        { id: 'music', account: 'music', label: 'Music', amount: 'EUR 50.00' },
      ],
    },
    instruments: [
      {
        id: 'gap',
        name: 'Gap loan',
        terms: { kind: 'gap_loan' },
        amount: { fixed: 'EUR 100.00' },
        status: 'prospective',
      },
      { id: 'share', name: 'Investor', terms: { kind: 'equity' }, amount: { remainder: {} } },
    ],
  },
};
const figure = (address: string, minor: number) => ({
  address,
  value: { kind: 'money', amount: { minor, currency: 'EUR' } },
});
const term = (measure: string, usual: string): MarketTerm => ({
  term: `gap_loan.${measure}`,
  instrument: 'gap_loan',
  measure,
  low: '0.01',
  usual,
  market: usual,
  high: '0.2',
  confidence: 'high',
  source: '',
  reviewed: '2026-11-01',
});

type Shown = Host & { view: () => DealView };
let host: Shown;
const documentOf = () => host.view().document as DealDocument;
beforeEach(() => {
  host = Object.assign(dealHost(VIEW), {
    view_figures: () => ({
      figures: [figure('capital.gap.principal', 100_00), figure('capital.share.principal', 900_00)],
    }),
    view_settings: () => ({ terms: [term('rate', '0.13'), term('fee', '0.02')] }),
    explain_figure: ({ address }: { address: string }) => ({
      address,
      value: { kind: 'money', amount: { minor: 1, currency: 'EUR' } },
      operation: 'carry',
      rounding: null,
      leaf: null,
      inputs: [],
      folded: 0,
    }),
  } as unknown as Host) as Shown;
});
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

function pasted(cell: HTMLElement, text: string): void {
  act(() => cell.focus());
  fireEvent.paste(cell, { clipboardData: { getData: () => text } });
}
const cell = (path: string) => document.querySelector<HTMLElement>(`[data-path="${path}"]`) as HTMLElement;
const budget = async () => {
  const shown = showPage(host, { '/': withDeal(BudgetPage) }, '/');
  await screen.findByRole('grid', { name: 'Top sheet' });
  return shown;
};

test('a block out of a spreadsheet is one change, goes beyond the last line, and leaves the rest of a line alone', async () => {
  const { calls } = await budget();
  pasted(
    cell('budget.lines[anim].label'),
    'Character animation\t\t€1,250,000.50\t\t80%\nMusic\t\tEUR 60\t\t\nEditing\t\t70\t\t50\r\n',
  );
  await waitFor(() => expect(documentOf().budget?.lines).toHaveLength(3));
  const edits = calls.filter(({ command }) => command === 'edit_deal');
  expect(edits).toHaveLength(1);
  expect(documentOf().budget?.lines).toEqual([
    {
      id: 'anim',
      account: 'animation',
      label: 'Character animation',
      amount: 'EUR 1250000.50',
      labour_share: '0.8',
      notes: 'as quoted',
    },
    { id: 'music', account: 'music', label: 'Music', amount: 'EUR 60.00' },
    { id: 'editing', account: 'other', label: 'Editing', amount: 'EUR 70.00', labour_share: '0.5' },
  ]);
  await screen.findByText('9 cells pasted');
});

test('a block with one wrong cell changes nothing and says which', async () => {
  const { calls } = await budget();
  pasted(cell('budget.lines[anim].amount'), '10\nUSD 20');
  await screen.findByText(/Nothing was pasted. Line 2, Amount, EUR:/);
  expect(calls.some(({ command }) => command === 'edit_deal')).toBe(false);
  pasted(cell('budget.lines[anim].phase'), 'Marketing');
  await screen.findByText(/Choose one of: Development/);
  expect(calls.some(({ command }) => command === 'edit_deal')).toBe(false);
  pasted(cell('budget.lines[anim].phase'), 'PRODUCTION');
  await waitFor(() => expect(documentOf().budget?.lines?.[0]?.phase).toBe('production'));
});

test('a cell is typed in from the keyboard and copied as it is typed', async () => {
  const user = userEvent.setup();
  await budget();
  cell('budget.lines[anim].amount').focus();
  await user.keyboard('200{Enter}');
  await waitFor(() => expect(documentOf().budget?.lines?.[0]?.amount).toBe('EUR 200.00'));
  expect(document.activeElement).toBe(cell('budget.lines[music].amount'));
  await user.keyboard('{ArrowUp}{F2}{Escape}{ArrowRight}{ArrowRight}');
  expect(document.activeElement).toBe(cell('budget.lines[anim].labour_share'));
  const setData = vi.fn();
  fireEvent.copy(cell('budget.lines[anim].labour_share'), { clipboardData: { setData } });
  expect(setData).toHaveBeenCalledWith('text/plain', '');
});

test('an amount is chosen by one press and typed in after two; whence it comes is asked by its own key and sign', async () => {
  const user = userEvent.setup();
  const Page = withDeal(() => (
    <>
      <CapitalPage />
      <ExplainPanel />
    </>
  ));
  showPage(host, { '/': Page }, '/');
  await screen.findByText('Investor');
  const typed = cell('instruments[gap].amount.fixed');
  const panel = () => screen.queryByRole('complementary', { name: 'How this was made' });
  await user.click(typed);
  expect(panel()).toBeNull();
  expect(screen.queryByRole('textbox')).toBeNull();
  await user.dblClick(typed);
  const editor = await screen.findByRole('textbox', { name: /Amount/ });
  expect(panel()).toBeNull();
  await user.clear(editor);
  await user.type(editor, '250{Enter}');
  await waitFor(() => expect(documentOf().instruments?.[0]?.amount?.fixed).toBe('EUR 250.00'));
  cell('instruments[gap].amount.fixed').focus();
  await user.keyboard('{Alt>}{Enter}{/Alt}');
  await waitFor(() => expect(panel()?.textContent).toContain('capital.gap.principal'));
  // What is computed is no cell: Enter and a press ask whence it comes, and no editor opens over it.
  const computed = screen.getByRole('button', { name: /900/ }).closest('td') as HTMLElement;
  await user.dblClick(computed);
  expect(screen.queryByRole('textbox')).toBeNull();
  computed.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(panel()?.textContent).toContain('capital.share.principal'));
});

test('the usual terms fill in what nobody quoted, in one change; a loan falls due on a day or after months', async () => {
  const user = userEvent.setup();
  const { calls } = showPage(host, { '/': withDeal(CapitalPage) }, '/');
  await user.click(await screen.findByRole('button', { name: 'Fill in 2 usual values' }));
  await waitFor(() => expect(documentOf().instruments?.[0]?.rate?.fixed).toBe('0.13'));
  expect(documentOf().instruments?.[0]?.fees).toMatchObject([
    { kind: 'origination', amount: { share: '0.02' } },
  ]);
  expect(calls.filter(({ command }) => command === 'edit_deal')).toHaveLength(1);
  expect(screen.queryByRole('button', { name: /usual value/ })).toBeNull();

  const due = () => cell('instruments[gap].maturity');
  due().focus();
  await user.keyboard('15{Enter}');
  await waitFor(() => expect(due().textContent).toBe('delivery +\u00a015\u00a0months'));
  expect(documentOf().instruments?.[0]?.maturity).toEqual({ after: { after: 'final_delivery', months: 15 } });
  due().focus();
  await user.keyboard('soon{Enter}');
  await screen.findByText(/A day like 2029-06-30/);
  await user.keyboard('{Escape}');
  due().focus();
  await user.keyboard('2029-06-30{Enter}');
  await waitFor(() => expect(due().textContent).toBe('30 Jun 2029'));
});

test('what is quoted stays; what has no usual value stays empty', () => {
  const loan = (more: object) => ({ id: 'a', name: 'A', terms: { kind: 'gap_loan' }, ...more }) as Instrument;
  const terms = [term('rate', '0.13')];
  expect(withUsual([loan({ rate: { fixed: '0.1' } })], terms)).toMatchObject({ count: 0 });
  expect(withUsual([loan({})], [])).toEqual({ instruments: [loan({})], count: 0 });
});

test('amounts become another currency of the same number, unless it has no such coin', () => {
  const budget = {
    lines: [{ id: 'a', label: 'EUR 5 a head', amount: 'EUR 100.00' }, { amount: 'USD 1.00' }],
  };
  expect(renamed(budget, 'EUR', 'CAD')).toEqual({
    value: { lines: [{ id: 'a', label: 'EUR 5 a head', amount: 'CAD 100.00' }, { amount: 'USD 1.00' }] },
    count: 1,
  });
  expect(renamed({ amount: 'EUR 100.00' }, 'EUR', 'JPY')?.value).toEqual({ amount: 'JPY 100' });
  expect(renamed({ amount: 'EUR 100.50' }, 'EUR', 'JPY')).toBeNull();
  expect(renamed({ amount: 'JPY 100' }, 'JPY', 'EUR')?.value).toEqual({ amount: 'EUR 100.00' });
});
