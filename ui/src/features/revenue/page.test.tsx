import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DealView, FigureDto, RevenueView } from '../../api/bindings.ts';
import { dealHost, type Host, showPage, withDeal } from '../workspace/fake-host.tsx';
import { RevenuePage } from './page.tsx';

const document = {
  id: 'comet',
  name: 'Comet',
  currency: 'EUR',
  as_of: '2027-01-15',
  project: { title: 'Comet' },
  parties: [{ id: 'agent', name: 'Agent', role: 'sales_agent' }],
  instruments: [
    { id: 'licence', name: 'Licence', terms: { kind: 'streamer_licence' }, amount: { fixed: 'EUR 90.00' } },
  ],
  revenue: {
    sources: [
      {
        id: 'fr',
        label: 'France',
        territories: ['FR'],
        window: 'all_rights',
        estimate: { take: 'EUR 100.00', ask: 'EUR 200.00' },
        start: { months_after_delivery: 3 },
        months: 6,
        profile: {
          typed: [
            { id: 'a', quarter: 0, weight: '60' },
            { id: 'b', quarter: 1, weight: '40' },
          ],
        },
      },
      { id: 'us', label: 'Stream', territories: ['US'], window: 'svod', sold_by: 'licence' },
    ],
    distribution: [{ id: 'c', label: 'Distribution, France', territories: ['FR'], fee: '0.27' }],
  },
};
const VIEW: DealView = {
  deal: 'd1',
  name: 'Comet',
  revision: 1,
  number: 1,
  project: null,
  figures: null,
  undo: null,
  redo: null,
  document,
};
const figure = (address: string, minor: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor, currency: 'EUR' } },
});
const cell = (window: string, state: string, sources: string[], licence: string | null = null) => ({
  window,
  state,
  sources,
  licence,
  contract: null,
  findings: [],
});
const REVENUE: RevenueView = {
  revision: 1,
  case: 'base',
  windows: ['all_rights', 'svod'],
  rows: [
    { territories: ['FR'], cells: [cell('all_rights', 'open', ['fr']), cell('svod', 'none', [])] },
    { territories: ['US'], cells: [cell('all_rights', 'none', []), cell('svod', 'sold', ['us'], 'licence')] },
  ],
  cases: [
    { case: 'base', gross: figure('revenue.gross', 10000), to_account: figure('revenue.to_account', 7300) },
  ],
  quarters: [
    {
      quarter: '2029-Q3',
      windows: [{ window: 'all_rights', gross: figure('revenue.windows.all_rights.gross[2029-Q3]', 10000) }],
      cases: [{ case: 'base', gross: figure('revenue.gross[2029-Q3]', 10000) }],
    },
  ],
  terms: [],
  templates: [
    {
      template: 'platform',
      windows: [{ window: 'svod', share: '1', opens: 9, months: 18, profile: 'lump' }],
    },
  ],
};

function show() {
  const made: Record<string, unknown>[] = [];
  const note = (name: string) => (request: Record<string, unknown>) => {
    made.push({ name, ...request });
    return { ...VIEW, revision: 2 };
  };
  const host = {
    ...dealHost(VIEW),
    view_revenue: () => REVENUE,
    view_figures: () => ({
      figures: [
        figure('revenue.gross', 10000),
        figure('revenue.to_account', 7300),
        figure('revenue.fr.gross', 10000),
        figure('revenue.fr.distribution_fee', 2700),
        figure('revenue.fr.to_account', 7300),
        figure('capital.licence.principal', 9000),
      ],
    }),
    edit_deal: note('edit_deal'),
    edit_cells: note('edit_cells'),
    add_element: note('add_element'),
    add_distribution: note('add_distribution'),
  } as unknown as Host;
  showPage(host, { '/': withDeal(RevenuePage) }, '/');
  return made;
}

test('a cell says what is estimated or sold, and typing into it writes the case that is computed', async () => {
  const user = userEvent.setup();
  const made = show();
  const grid = await screen.findByRole('grid', { name: 'Territories and windows' });
  const sold = within(grid).getByText('Sold');
  expect(within(sold.closest('td') as HTMLElement).getByText('90')).toBeTruthy();
  const typed = within(grid).getByText('100').closest('td') as HTMLElement;
  await user.click(typed);
  await user.keyboard('{Enter}');
  await user.clear(within(grid).getByRole('textbox'));
  await user.keyboard('150{Enter}');
  await waitFor(() =>
    expect(made[0]).toMatchObject({
      name: 'edit_deal',
      path: 'revenue.sources[fr].estimate.take',
      value: 'EUR 150.00',
    }),
  );
}, 20_000);

test('an amount in an empty cell makes a source of its territories and window', async () => {
  const user = userEvent.setup();
  const made = show();
  const grid = await screen.findByRole('grid', { name: 'Territories and windows' });
  const empty = within(grid).getAllByRole('gridcell')[2] as HTMLElement;
  await user.click(empty);
  await user.keyboard('70{Enter}');
  await waitFor(() => expect(made.length).toBe(1));
  const { path, value } = made[0] as { path: string; value: { window: string; estimate: unknown }[] };
  expect(path).toBe('revenue.sources');
  expect(value.at(-1)).toMatchObject({
    territories: ['FR'],
    window: 'svod',
    estimate: { base: 'EUR 70.00' },
  });
}, 20_000);

test('the terms of a source: its way to the account, and weights moved with the arrow keys', async () => {
  const user = userEvent.setup();
  const made = show();
  const bridge = await screen.findByRole('table', { name: 'From gross to the account' });
  expect(within(bridge).getByText('Distribution fee')).toBeTruthy();
  const bar = screen.getByRole('slider', { name: 'Quarter 2' });
  expect(bar.getAttribute('aria-valuenow')).toBe('40');
  bar.focus();
  await user.keyboard('{PageUp}');
  await waitFor(() => expect(made[0]).toMatchObject({ path: 'revenue.sources[fr].profile' }));
  expect(made[0]?.value).toEqual({
    typed: [
      { id: 'a', quarter: 0, weight: '60' },
      { id: 'b', quarter: 1, weight: '50' },
    ],
  });
}, 20_000);

test('another case and a distributor with usual terms are one change each', async () => {
  const user = userEvent.setup();
  const made = show();
  await user.click(await screen.findByRole('radio', { name: 'High' }));
  await waitFor(() => expect(made[0]).toMatchObject({ path: 'revenue.case', value: 'high' }));
  const add = screen.getByRole('group', { name: 'Add distributor' });
  await user.type(within(add).getByRole('textbox', { name: 'Territories' }), 'it, es{Enter}');
  await user.click(within(add).getByRole('button', { name: 'Add distributor' }));
  await waitFor(() =>
    expect(made[1]).toMatchObject({
      name: 'add_distribution',
      territories: ['IT', 'ES'],
      label: 'Distribution, Italy, Spain',
    }),
  );
}, 20_000);
