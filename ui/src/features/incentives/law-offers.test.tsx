import { fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import type { FigureDto, LawOffer } from '../../api/bindings.ts';
import { TextProvider } from '../../i18n/index.tsx';
import { OfferBanner } from './law-offers.tsx';

const EDITION = 'ca-qc-qpstc:2024-05-31';
const money = (address: string, units: number): FigureDto => ({
  address,
  value: { kind: 'money', amount: { minor: units * 100, currency: 'CAD' } },
});
const side = (decimal: string) => ({
  stated: { kind: 'number' as const, decimal, unit: 'rate' },
  clause: 's. 1029.8.36.0.0.4',
  source: 'https://law.example/act',
});
const offer: LawOffer = {
  program: 'ca-qc-qpstc',
  from: '2024-05-31',
  name: 'Studio credit',
  currency: 'CAD',
  reviewed: '2026-06-01',
  reviewed_then: '2026-11-22',
  is_carried: false,
  differences: [
    {
      part: 'number',
      id: 'rate',
      field: 'value',
      label: 'Rate',
      before: side('0.24'),
      after: side('0.25'),
      bears_on_figures: true,
    },
  ],
  net: money('incentives.net', 9_600_000),
  net_then: money(`law(${EDITION}).incentives.net`, 10_000_000),
  more: money(`more(${EDITION}).incentives.net`, 400_000),
  effects: [
    {
      claim: 'a',
      name: 'Studio credit',
      net: money('incentives.ca-qc-qpstc.net', 9_600_000),
      net_then: money(`law(${EDITION}).incentives.ca-qc-qpstc.net`, 10_000_000),
      more: money(`more(${EDITION}).incentives.ca-qc-qpstc.net`, 400_000),
    },
    { claim: 'b', name: 'Other credit', net: money('incentives.b.net', 5), net_then: null, more: null },
  ],
};

function shown(given: LawOffer = offer) {
  const settle = vi.fn();
  render(
    <TextProvider language="en" locale="en-US">
      <main>
        <h1>Incentives</h1>
        <OfferBanner offer={given} onSettle={settle} />
      </main>
    </TextProvider>,
  );
  return settle;
}

test('an offer says what it would do, and each figure of it has an address', async () => {
  shown();
  const region = screen.getByRole('region', { name: /another text of Studio credit/ });
  expect(within(region).getByText('10,000,000').getAttribute('data-address')).toBe(
    `law(${EDITION}).incentives.net`,
  );
  expect(within(region).getByText('9,600,000').getAttribute('data-address')).toBe('incentives.net');
  expect(within(region).getByText('+400,000')).toBeTruthy();
  expect(screen.queryByRole('table')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'What changed' }));
  const [differences, effects] = screen.getAllByRole('table');
  expect(within(differences as HTMLElement).getByText(/^24.%$/)).toBeTruthy();
  expect(within(effects as HTMLElement).getByText('does not count')).toBeTruthy();
  expect((await axe.run(document.body)).violations.map((one) => one.id)).toEqual([]);
});

test('nothing happens until one of the two is chosen', () => {
  const settle = shown();
  fireEvent.click(screen.getByRole('button', { name: 'What changed' }));
  expect(settle).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Take over' }));
  fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
  expect(settle.mock.calls).toEqual([['take_over'], ['keep']]);
});

test('an offer that moves no figure says so', () => {
  shown({ ...offer, net_then: offer.net, more: money(`more(${EDITION}).incentives.net`, 0) });
  expect(screen.getByText('With it the incentives would leave the same.')).toBeTruthy();
});
