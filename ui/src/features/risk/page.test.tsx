import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { DealView } from '../../api/bindings.ts';
import { drivers, risk, sensitivity, twoWay } from '../../gallery/risk.ts';
import { dealHost, type Host, showPage, withDeal } from '../workspace/fake-host.tsx';
import { RiskPage } from './page.tsx';

// Ten drawings and their tables are made for every page.
configure({ asyncUtilTimeout: 15_000 });

const view = (more: Record<string, unknown> = {}) =>
  ({
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
      parties: [{ id: 'equity', name: 'Equity fund', role: 'equity' }],
      revenue: {
        sources: [
          { id: 'home', label: 'Home', estimate: { low: 'USD 1.00', base: 'USD 2.00', high: 'USD 4.00' } },
        ],
      },
      risk: { drivers, correlations: [] },
      ...more,
    },
  }) as unknown as DealView;

function host(deal: DealView, more: Partial<Host> = {}): Host & { view: () => DealView } {
  const desk = dealHost(deal);
  return {
    ...desk,
    view_risk: () => ({ ...risk, revision: desk.view().revision }),
    preview_risk: () => ({ ...risk, parties: [{ ...risk.parties[0], label: 'Equity as tried' }] }),
    view_sensitivity: () => sensitivity,
    view_two_way: () => twoWay,
    ...more,
  } as Host & { view: () => DealView };
}

const open = (one: Host, at = '/risk') =>
  showPage(one, { '/risk': withDeal(RiskPage), '/revenue': () => <i /> }, at);

describe('the risk page', () => {
  test('says what it means in a sentence built from figures, and draws it', async () => {
    open(host(view()));
    const headline = await screen.findByRole('heading', {
      level: 1,
      name: /made whole in three cases of four/,
    });
    expect(headline.dataset.address).toContain('equity.recouped');
    expect(screen.getByRole('heading', { name: /half of the 9,969 paths/ })).toBeTruthy();
    expect(
      await screen.findByRole('heading', { name: 'Home box office moves the result most' }),
    ).toBeTruthy();
  });

  test('a handle that is moved is simulated, and typed as one edit when it is let go', async () => {
    const user = userEvent.setup();
    const { calls } = open(host(view()));
    const handle = await screen.findByRole('slider', { name: 'Home box office: Most likely, USD m' });
    handle.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    await waitFor(() => expect(calls.some(({ command }) => command === 'preview_risk')).toBe(true));
    expect(calls.some(({ command }) => command === 'edit_cells')).toBe(false);
    await screen.findByRole('heading', { name: /Equity as tried: half/ });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(calls.filter(({ command }) => command === 'edit_cells')).toHaveLength(1));
    const edit = calls.find(({ command }) => command === 'edit_cells')?.request as { cells: unknown };
    expect(edit.cells).toEqual([
      {
        path: 'risk.drivers[home].distribution',
        value: { triangular: { low: '12000000', mode: '29500000', high: '60000000' } },
      },
    ]);
    await screen.findByRole('heading', { name: /Equity fund: half/ });
  });

  test('while one answer is under way only the newest value waits', async () => {
    const user = userEvent.setup();
    let answer: (() => void) | undefined;
    const slow = host(view(), {
      preview_risk: () => new Promise((done) => (answer = () => done(risk))),
    });
    const { calls } = open(slow);
    const handle = await screen.findByRole('slider', { name: 'Home box office: Highest, USD m' });
    handle.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
    const previews = () => calls.filter(({ command }) => command === 'preview_risk');
    await waitFor(() => expect(previews()).toHaveLength(1));
    answer?.();
    await waitFor(() => expect(previews()).toHaveLength(2));
    expect(previews()[1]?.request.cells).toEqual([
      {
        path: 'risk.drivers[home].distribution',
        value: { triangular: { low: '12000000', mode: '28000000', high: '62000000' } },
      },
    ]);
  });

  test('Escape leaves the deal as it is', async () => {
    const user = userEvent.setup();
    const { calls } = open(host(view()));
    const handle = await screen.findByRole('slider', { name: 'Home box office: Lowest, USD m' });
    handle.focus();
    await user.keyboard('{ArrowRight}{Escape}');
    await user.tab();
    expect(handle.getAttribute('aria-valuetext')).toBe('12');
    expect(calls.some(({ command }) => command === 'edit_cells')).toBe(false);
  });

  test('what is typed is checked before it is kept', async () => {
    const user = userEvent.setup();
    const { calls } = open(host(view()));
    await user.click(await screen.findByRole('button', { name: /^Home box office/ }));
    const field = screen.getByRole('textbox', { name: 'Most likely' });
    await user.clear(field);
    await user.type(field, '70{Enter}');
    expect(screen.getByText(/have to rise/)).toBeTruthy();
    expect(calls.some(({ command }) => command === 'edit_deal')).toBe(false);
    await user.clear(field);
    await user.type(field, '30{Enter}');
    await waitFor(() => expect(calls.some(({ command }) => command === 'edit_deal')).toBe(true));
  });

  test('nothing uncertain yet: revenue is offered with its own cases as ends', async () => {
    const user = userEvent.setup();
    const { calls } = open(host(view({ risk: undefined })));
    await user.click(await screen.findByRole('button', { name: 'Make 1 source of revenue uncertain' }));
    await waitFor(() => expect(calls.some(({ command }) => command === 'edit_cells')).toBe(true));
    const edit = calls.find(({ command }) => command === 'edit_cells')?.request as {
      cells: { value: { drivers: unknown[] } }[];
    };
    expect(edit.cells[0]?.value.drivers).toEqual([
      {
        id: 'home',
        label: 'Home',
        paths: ['revenue.sources[home].estimate.base'],
        distribution: { pert: { low: '0.5', mode: '1', high: '2' } },
      },
    ]);
  });

  test('a return that is withheld says why, the slow way tells its reasons', async () => {
    const withheld = {
      ...risk,
      chosen: 'talent',
      way: 'slow',
      slow_reasons: ['a buyer who may not pay changes the order'],
      finished: false,
    };
    open(host(view(), { view_risk: () => withheld }));
    expect(await screen.findByText('No return of Talent is drawn')).toBeTruthy();
    expect(screen.getByText('too many paths have no single return')).toBeTruthy();
    expect(screen.getByText('stopped before the end')).toBeTruthy();
    expect(screen.getByText('a buyer who may not pay changes the order')).toBeTruthy();
  });

  test('a plus on a pair makes the two move together', async () => {
    const user = userEvent.setup();
    const { calls } = open(host(view()), '/risk?view=correlations');
    const cell = await screen.findByRole('button', { name: /^Other windows at home with Home box office/ });
    cell.focus();
    await user.keyboard('++');
    await waitFor(() => expect(calls.some(({ command }) => command === 'preview_risk')).toBe(true));
    await waitFor(() => expect(calls.some(({ command }) => command === 'edit_cells')).toBe(true), {
      timeout: 3000,
    });
    const edit = calls.find(({ command }) => command === 'edit_cells')?.request as { cells: unknown };
    expect(edit.cells).toEqual([
      {
        path: 'risk.correlations',
        value: [{ id: 'windows-home', one: 'windows', other: 'home', rho: '0.1' }],
      },
    ]);
  });

  test('in French every word is French', async () => {
    showPage(host(view()), { '/risk': withDeal(RiskPage) }, '/risk', 'fr');
    expect(
      await screen.findByRole('heading', { level: 1, name: /récupère tout dans trois cas sur quatre/ }),
    ).toBeTruthy();
    const section = screen.getByRole('region', { name: 'Ce qui est incertain' });
    expect(within(section).getAllByRole('slider', { name: /Le plus probable/ })).toHaveLength(2);
  });
});
