import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { App } from '../../app.tsx';
import { formatDate, readingLocale } from '../../domain/dates.ts';
import type { DealDocument } from '../../domain/document.ts';
import { FakeHost, WORDS } from '../library/fake-host.ts';
import { ratesFor, withRates } from './deal-rates.ts';

vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 10_000 });

const rate = (base: string, quote: string, price: string, date: string) => ({
  base,
  quote,
  rate: price,
  date,
  source: 'The bank',
});

describe('rates of a deal', () => {
  const document = {
    currency: 'CAD',
    fx: [{ id: 'cad-usd', base: 'CAD', quote: 'USD', rate: '0.70', uncertainty: '0.05' }],
  } as unknown as DealDocument;

  test('the newest of each pair counts, whichever way round it is priced', () => {
    const rates = [
      rate('USD', 'CAD', '1.36', '2026-10-01'),
      rate('USD', 'CAD', '1.38', '2026-11-20'),
      rate('CAD', 'USD', '0.71', '2026-09-01'),
      rate('EUR', 'CAD', '1.605', '2026-11-01'),
      rate('EUR', 'USD', '1.16', '2026-11-01'),
    ];
    expect(ratesFor(rates, 'CAD').map((one) => `${one.base}${one.quote} ${one.rate}`)).toEqual([
      'USDCAD 1.38',
      'EURCAD 1.605',
    ]);
    expect(ratesFor(rates, 'GBP')).toEqual([]);
  });

  test('a pair the deal has is changed in its place and keeps its uncertainty; another is added', () => {
    const usd = rate('USD', 'CAD', '1.38', '2026-11-20');
    const eur = rate('EUR', 'CAD', '1.605', '2026-11-20');
    expect(withRates([usd, eur], document)).toEqual({
      fx: [
        { id: 'cad-usd', uncertainty: '0.05', ...usd },
        { id: 'eur-cad', ...eur },
      ],
      count: 2,
    });
    const after = { ...document, fx: [{ id: 'cad-usd', ...usd, rate: '1.380' }] } as DealDocument;
    expect(withRates([usd], after).count).toBe(0);
  });
});

test('numbers follow a country, words and months the language that is read', () => {
  expect(readingLocale('fr', null)).toBe('fr');
  expect(readingLocale('fr', 'fr-CA')).toBe('fr-CA');
  const mixed = readingLocale('en', 'de-DE');
  expect(new Intl.NumberFormat(mixed).format(1234.5)).toBe('1.234,5');
  expect(formatDate('2027-03-01', mixed)).toMatch(/Mar/);
  expect(formatDate('2027-03-01', readingLocale('fr', 'en-US'))).toMatch(/mars/);
});

describe('the page', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost().install();
    host.state = 'open';
    host.passphrase = WORDS;
    host.profile = { full_name: 'Ada Producer', organization: 'Kite', email: null, version: 1 };
    window.location.hash = '#/settings';
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  test('every section is there and nothing in it is out of reach', async () => {
    render(<App />);
    await screen.findByText('Settings of Ada Producer');
    for (const name of ['Profile', 'Security', 'Appearance', 'Exchange rates', 'Market terms'])
      await screen.findByRole('heading', { name });
    const result = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(result.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
  });

  test('a choice is kept in the database, and what the database says wins over this machine', async () => {
    host.settings = { ...host.settings, theme: 'dark', language: 'en' };
    render(<App />);
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    const user = userEvent.setup();
    await user.click(await screen.findByRole('radio', { name: 'high contrast' }));
    await waitFor(() => expect(host.settings.theme).toBe('contrast'));
    await user.click(screen.getByRole('radio', { name: '5 min' }));
    await waitFor(() => expect(host.settings.auto_lock_minutes).toBe(5));
    await user.click(screen.getByRole('radio', { name: 'Français' }));
    await screen.findByText('Réglages : Ada Producer');
    await waitFor(() => expect(host.settings.language).toBe('fr'));
    expect(document.documentElement.lang).toBe('fr');
    document.documentElement.lang = 'en';
  });

  test('a rate is added as it is typed and removed again; the list is empty before', async () => {
    render(<App />);
    const user = userEvent.setup();
    await screen.findByText(/No rates yet/);
    const form = within(screen.getByRole('form', { name: 'Another rate' }));
    const typed = {
      'One unit of': 'USD',
      'Costs in': 'CAD',
      Rate: '1,401.5',
      Day: '2026-11-20',
      Source: 'Bank',
    };
    for (const [label, text] of Object.entries(typed)) await user.type(form.getByLabelText(label), text);
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(host.settings.rates).toEqual([
        { base: 'USD', quote: 'CAD', rate: '1401.5', date: '2026-11-20', source: 'Bank' },
      ]),
    );
    await user.click(await screen.findByRole('button', { name: 'Remove USD in CAD of 2026-11-20' }));
    await waitFor(() => expect(host.settings.rates).toEqual([]));
  });

  test('a block pasted over rates keeps every cell of it', async () => {
    host.settings = {
      ...host.settings,
      rates: [rate('USD', 'EUR', '0.92', '2026-11-20'), rate('EUR', 'CAD', '1.605', '2026-11-20')],
    };
    render(<App />);
    const cell = (await screen.findByText('0.92')).closest('td') as HTMLElement;
    act(() => cell.focus());
    fireEvent.paste(cell, { clipboardData: { getData: () => '0.95\t2026-11-23\n1.61\t2026-11-24' } });
    await waitFor(() =>
      expect(host.settings.rates.map((one) => `${one.rate} ${one.date}`)).toEqual([
        '0.95 2026-11-23',
        '1.61 2026-11-24',
      ]),
    );
  });

  test('all rates of the settings come into the deal in one change', async () => {
    host.deal = { ...host.explore(), project: 'p1' };
    host.settings = {
      ...host.settings,
      rates: [rate('USD', 'EUR', '0.92', '2026-11-20'), rate('EUR', 'CAD', '1.605', '2026-11-20')],
    };
    render(<App />);
    await userEvent.click(await screen.findByRole('button', { name: /2 .*The Comet/ }));
    await waitFor(() => expect(host.asked('edit_deal')).toHaveLength(1));
    expect(host.asked('edit_deal')[0]).toMatchObject({
      path: 'fx',
      value: [{ id: 'usd-eur' }, { id: 'eur-cad' }].map((one) => expect.objectContaining(one)),
    });
  });

  test('locking from the page closes the database and leads to the way back in', async () => {
    render(<App />);
    await userEvent.click(await screen.findByRole('button', { name: 'Lock now' }));
    await screen.findByText('Your projects are locked');
    expect(host.asked('lock_library')).toHaveLength(1);
  });
});
