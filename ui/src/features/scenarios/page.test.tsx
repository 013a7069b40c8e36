import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import { comparisonOf, deal, scenariosView, tradedOf } from '../../gallery/scenarios-view.ts';
import { dealHost, type Host, refusal, showPage, withDeal } from '../workspace/fake-host.tsx';
import { ScenariosPage } from './page.tsx';

configure({ asyncUtilTimeout: 15_000 });
// A page of tables and drawings on a machine that has other things to do.
vi.setConfig({ testTimeout: 30_000 });

const view = {
  deal: 'd',
  project: null,
  name: 'A film',
  revision: 1,
  number: 1,
  undo: null,
  redo: null,
  figures: null,
  document: {
    id: 'd',
    name: 'A film',
    currency: 'USD',
    as_of: '2026-01-01',
    project: { title: 'A film' },
    parties: [],
    instruments: [{ id: 'equity', name: 'Equity', amount: 'USD 1.00', terms: { kind: 'equity' } }],
  },
} as unknown as DealView;

function host(more: Partial<Host> = {}): Host {
  const desk = dealHost(view);
  return {
    ...desk,
    generate_scenarios: (request: { allocations: readonly { name: string }[] }) => ({
      ...scenariosView,
      revision: desk.view().revision,
      scenarios: [
        ...scenariosView.scenarios,
        ...request.allocations.map(({ name }) =>
          deal('custom:equity=100', [['equity', '100', 10_000_000]], { name, template: null }),
        ),
      ],
    }),
    compare_scenarios: (request: {
      scenarios: string[];
      perspective: string;
      weights: { measure: string; weight: number }[];
    }) => comparisonOf(request.scenarios, request.perspective, request.weights),
    view_trade_offs: (request: { scenarios: string[]; objectives: string[][] }) =>
      tradedOf(request.scenarios, request.objectives[0] ?? []),
    ...more,
  } as unknown as Host;
}

const open = (one: Host, language = 'en') =>
  showPage(one, { '/scenarios': withDeal(ScenariosPage) }, '/scenarios', language);

const rows = () => [...document.querySelectorAll<HTMLElement>('tr[data-scenario]')];
const keys = () => rows().map((row) => row.dataset.scenario);

describe('the page of scenarios', () => {
  test('says what came of the shapes where nothing is measured yet', async () => {
    open(host({ compare_scenarios: () => new Promise(() => undefined) }));
    const headline = await screen.findByRole('heading', {
      level: 1,
      name: '3 of 4 deals close; Presale focused asks for the least equity',
    });
    expect(headline.dataset.address).toBe('scenario(presale_focused).carried.equity');
    expect(screen.getByText(/came out the same as another/)).toBeTruthy();
  });

  test('says which deal is best for whom, and by which figures', async () => {
    const user = userEvent.setup();
    open(host());
    await screen.findByRole('heading', { level: 1, name: /No other deal is better than yours/ });
    await user.click(screen.getByRole('radio', { name: 'Lender' }));
    const headline = await screen.findByRole('heading', {
      level: 1,
      name: 'Presale focused is best for lenders: equity made whole 80.0 instead of 60.0 %',
    });
    expect(headline.dataset.address).toBe(
      'scenario(presale_focused).paths(10000,1).recoupment_chance scenario(deal).paths(10000,1).recoupment_chance',
    );
    const stronger = await screen.findByRole('region', { name: 'Stronger' });
    expect(within(stronger).getByText('Equity made whole')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Weaker' })).getByText('Cost of capital')).toBeTruthy();
    expect(await screen.findByRole('heading', { name: /past 8.0, more costs much/ })).toBeTruthy();
  });

  test('weights of ones own are asked about, and the usual ones come back', async () => {
    const user = userEvent.setup();
    const { calls } = open(host());
    const weights = () =>
      calls.findLast(
        ({ command, request }) => command === 'compare_scenarios' && request.perspective === 'balanced',
      )?.request.weights as { measure: string; weight: number }[];
    await user.click(await screen.findByRole('button', { name: 'Weights' }));
    await waitFor(() => expect(screen.getByRole('dialog')).toBeTruthy());
    const slider = screen.getByRole('slider', { name: 'Cost of capital' });
    slider.focus();
    await user.keyboard('{Home}');
    await user.click(screen.getByRole('button', { name: 'Compare by these' }));
    await waitFor(() => expect(weights()).toEqual([{ measure: 'recoupment_chance', weight: 0.7 }]));
    await user.click(screen.getByRole('button', { name: 'Weights' }));
    await user.click(await screen.findByRole('button', { name: 'Usual weights' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('a deal that does not close says by how much, and the figure is asked why', async () => {
    open(host());
    const chip = await screen.findByRole('button', { name: '3.3 m short' });
    expect(chip.dataset.address).toBe('scenario(balanced).shortfall');
  });

  test('heads sort, and what is pinned stays above', async () => {
    const user = userEvent.setup();
    open(host());
    const head = await screen.findByRole('button', { name: /Equity money/ });
    await user.click(head);
    await waitFor(() =>
      expect(keys()).toEqual(['equity_heavy', 'debt_heavy', 'presale_focused', 'balanced', 'deal']),
    );
    expect(head.closest('th')?.getAttribute('aria-sort')).toBe('descending');
    await user.click(screen.getByRole('button', { name: /^Pin Presale focused/ }));
    await waitFor(() => expect(keys()[0]).toBe('presale_focused'));
  });

  test('a chosen deal tells what became of the wish, and becomes the working copy in one edit', async () => {
    const user = userEvent.setup();
    const { calls } = open(host());
    await user.click(await screen.findByRole('button', { name: 'Debt heavy' }));
    const shares = await screen.findByRole('region', { name: 'What became of the wish: Debt heavy' });
    expect(within(shares).getByText(/Cut by 2,000,000 to the 2,000,000/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Make working copy' }));
    await waitFor(() => expect(calls.some(({ command }) => command === 'edit_cells')).toBe(true));
    const edits = calls.filter(({ command }) => command === 'edit_cells');
    expect(edits).toHaveLength(1);
    expect(edits[0]?.request.cells).toEqual([
      {
        path: 'instruments',
        value: [
          { id: 'equity', name: 'Equity', amount: 'USD 3000000.00', terms: { kind: 'equity' } },
          { id: 'senior', name: 'Senior loan', terms: { kind: 'senior_loan' } },
        ],
      },
    ]);
    expect(await screen.findByText(/The deal is now Debt heavy/)).toBeTruthy();
  });

  test('shares of ones own are made only where they add up', async () => {
    const user = userEvent.setup();
    const { calls } = open(host());
    await user.click(await screen.findByRole('button', { name: 'Generate' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByRole('checkbox')).toHaveLength(5);
    await user.click(within(dialog).getByRole('button', { name: 'A shape of your own' }));
    const equity = within(dialog).getByRole('spinbutton', { name: 'Equity money' });
    await user.clear(equity);
    await user.type(equity, '30');
    expect(await within(dialog).findByText(/10 points missing/)).toBeTruthy();
    const run = within(dialog).getByRole('button', { name: 'Make 6 deals' });
    expect(run.hasAttribute('disabled')).toBe(true);
    await user.click(within(dialog).getByRole('button', { name: 'Scale to 100' }));
    await user.click(within(dialog).getByRole('checkbox', { name: /Equity heavy/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Make 5 deals' }));
    await waitFor(() => expect(keys()).toContain('custom:equity=100'));
    expect(keys()).not.toContain('equity_heavy');
    const asked = calls.findLast(({ command }) => command === 'generate_scenarios')?.request as {
      allocations: { parts: { kind: string; percent: string }[] }[];
    };
    const sum = asked.allocations[0]?.parts.reduce((all, { percent }) => all + Number(percent), 0);
    expect(sum).toBe(100);
  });

  test('a refusal is told with a way to ask again, in French too', async () => {
    const user = userEvent.setup();
    let asked = 0;
    open(
      host({
        generate_scenarios: () => {
          asked += 1;
          throw refusal('INTERNAL', 'The scenarios broke off.');
        },
      }),
      'fr',
    );
    await screen.findByRole('alert', {}, { timeout: 20_000 });
    const before = asked;
    await user.click(screen.getByRole('button', { name: /essayer|Réessayer/i }));
    await waitFor(() => expect(asked).toBeGreaterThan(before));
  });
});
