import { expect, test } from 'vitest';
import { countsOf } from '../../charts/distribution/shape.ts';
import type { DealDocument } from '../../domain/document.ts';
import { numberCells } from './cells.ts';
import { shapeOf } from './distribution.ts';
import { aboutOf, eventDriver, kindOfEvent, nameOf, offeredEvents, unitOfEvent } from './events.ts';

const document = {
  id: 'd',
  name: 'A film of 2029',
  currency: 'USD',
  as_of: '2026-01-01',
  project: { title: 'A film' },
  fx: [{ id: 'usd-eur', base: 'USD', quote: 'EUR', rate: '0.9', date: '2026-01-01' }],
  schedule: {
    phases: [{ id: 'shoot', phase: 'production', months: 8 }],
    deliveries: [{ id: 'film', date: '2029-03-01' }],
  },
  budget: { lines: [{ id: 'voices', account: '1300', label: 'Voices', amount: 'USD 250000.00' }] },
  instruments: [
    { id: 'licence', name: 'Licence', terms: { kind: 'streamer_licence' }, amount: { fixed: 'USD 90.00' } },
    { id: 'fund', name: 'Fund', terms: { kind: 'equity' } },
  ],
  incentives: [{ id: 'credit', program: 'a-credit' }],
  market: { base_rates: [{ id: 'prime', name: 'Prime' }] },
  risk: {
    drivers: [
      { id: 'a', label: 'A', event: { credit_award: { claim: 'credit' } }, distribution: { chance: '0.9' } },
    ],
  },
} as unknown as DealDocument;

test('what may happen to a deal is offered once, about whom it can be about', () => {
  const offered = offeredEvents(document);
  expect(offered.map(({ kind, about }) => [kind, about])).toEqual([
    ['delivery_delay', null],
    ['source_delay', null],
    ['overrun', null],
    ['buyer_default', 'licence'],
    ['credit_amount', 'credit'],
    ['credit_delay', 'credit'],
    ['base_rate', 'prime'],
  ]);
  const programs = new Map([['a-credit', 'A credit']]);
  expect(['licence', 'credit', 'prime', 'x'].map((id) => nameOf(document, id, programs))).toEqual([
    'Licence',
    'A credit',
    'Prime',
    'x',
  ]);
});

test('an event begins with a distribution that can be dragged, in the unit that is drawn', () => {
  for (const { event } of offeredEvents(document)) {
    const driver = eventDriver(document, 'Something', event);
    expect(shapeOf(driver.distribution)).not.toBeNull();
    expect(driver.event).toBe(event);
    expect(['quarters', 'months', 'number', 'rate']).toContain(unitOfEvent(event));
    if ('discrete' in driver.distribution) {
      const sum = driver.distribution.discrete.reduce((total, one) => total + Number(one.probability), 0);
      expect(sum).toBeCloseTo(1, 12);
    }
  }
  expect(kindOfEvent('delivery_delay')).toBe('delivery_delay');
  expect(aboutOf({ overrun: {} })).toBeNull();
});

test('every typed number can be uncertain, and nothing that only looks like one', () => {
  expect(numberCells(document).map(({ path }) => path)).toEqual([
    'fx[usd-eur].rate',
    'schedule.phases[shoot].months',
    'budget.lines[voices].amount',
    'instruments[licence].amount.fixed',
  ]);
});

test('a sample is drawn by how often its values were seen', () => {
  const counts = countsOf([0, 0, 0, 1, 2, 4], 4);
  expect(counts.map(({ probability }) => Math.round(probability * 6))).toEqual([3, 1, 1, 1]);
  expect(countsOf([3, 3], 4)).toEqual([{ id: 'all', value: 3, probability: 1 }]);
  expect(countsOf([], 4)).toEqual([]);
});
