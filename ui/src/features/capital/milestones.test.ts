import { describe, expect, test } from 'vitest';
import type { DealDocument } from '../../domain/document.ts';
import { dayOf, dueDay, monthsLater } from './milestones.ts';

const deal = (schedule: object): DealDocument => ({
  id: 'd',
  name: 'D',
  currency: 'EUR',
  as_of: '2027-01-01',
  project: { title: 'D' },
  schedule: schedule as never,
});
const film = deal({
  start: '2027-03-15',
  phases: [
    { id: 'dev', phase: 'development', months: 4 },
    { id: 'pre', phase: 'pre_production', months: 3 },
    { id: 'prod', phase: 'production', months: 6 },
    { id: 'post', phase: 'post_production', months: 4, start_month: 8 },
  ],
  deliveries: [
    { id: 'b', month: 14 },
    { id: 'a', date: '2028-02-01' },
  ],
  release: { date: '2028-10-01' },
});

test('months later keeps the day, and the last of a shorter month', () => {
  expect(monthsLater('2027-01-31', 1)).toBe('2027-02-28');
  expect(monthsLater('2027-12-15', 14)).toBe('2029-02-15');
  expect(monthsLater('2028-03-31', -1)).toBe('2028-02-29');
});

describe('the day of an event', () => {
  test.each([
    ['signature', '2027-03-15'],
    ['start', '2027-03-15'],
    [{ start_of: 'development' }, '2026-11-01'],
    [{ start_of: 'production' }, '2027-06-01'],
    [{ end_of: 'production' }, '2027-11-30'],
    [{ start_of: 'post_production' }, '2027-11-01'],
    [{ delivery: 'a' }, '2028-02-01'],
    ['final_delivery', '2028-05-15'],
    ['release', '2028-10-01'],
    [{ month: 2 }, '2027-05-15'],
    [{ date: '2030-01-01' }, '2030-01-01'],
  ])('%j falls on %s', (milestone, day) => {
    expect(dayOf(film, milestone)).toBe(day);
  });

  test('what the schedule does not tell has no day', () => {
    expect(dayOf(deal({}), 'start')).toBeNull();
    expect(dayOf(film, { delivery: 'none' })).toBeNull();
    expect(dayOf(film, { start_of: 'delivery' })).toBeNull();
    expect(dueDay(film, undefined)).toBeNull();
  });

  test('without a delivery the last phase ends the making', () => {
    expect(
      dayOf(
        deal({ start: '2027-01-01', phases: [{ id: 'p', phase: 'production', months: 3 }] }),
        'final_delivery',
      ),
    ).toBe('2027-03-31');
  });

  test('a delay counts from there', () => {
    expect(dueDay(film, { after: 'final_delivery', months: 3 })).toBe('2028-08-15');
    const closed = deal({ start: '2027-03-15', financial_close: '2027-02-28' });
    expect(dueDay(closed, { after: 'financial_close', months: 1 })).toBe('2027-03-28');
  });
});
