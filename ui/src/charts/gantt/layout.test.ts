import { expect, test } from 'vitest';
import { type GanttData, ganttLayout, ganttRange } from './layout.ts';

const data: GanttData = {
  start: '2027-03-01',
  today: '2026-11-22',
  terms: { quarter: 'Q', half: 'H' },
  bars: [
    { id: 'pre', label: 'Pre-production', start: 0, months: 6, note: '6 months\nMar 2027 – Aug 2027' },
    { id: 'prod', label: 'Production', start: 6, months: 14, note: '14 months\nSep 2027 – Oct 2028' },
  ],
  rows: [
    {
      id: 'release',
      label: 'Release',
      kind: 'release',
      points: [{ id: 'release', date: '2029-06-15', text: '15 Jun 2029' }],
    },
    {
      id: 'credit',
      label: 'Ireland Section 481',
      kind: 'payment',
      points: [
        { id: 'a', date: '2028-06-01', text: '2.1', address: 'x' },
        { id: 'b', date: '2029-09-01', text: '0.2', address: 'y' },
      ],
    },
  ],
};

test('the axis reaches from today to the last payment, a month to spare', () => {
  const { first, count } = ganttRange(data);
  expect([first, count]).toEqual([2026 * 12 + 9, 37]);
});

test('a bar is as long as its months, and the next begins where it ends', () => {
  const geometry = ganttLayout(data, { width: 1000 }, 'en');
  const [pre, prod] = geometry.bars;
  expect(pre!.width).toBeCloseTo(geometry.month * 6, 0);
  expect(prod!.x).toBeCloseTo(pre!.x + pre!.width, 1);
  expect(prod!.inside).toBe('14 months');
  expect(pre!.beside?.anchor).toBe('start');
});

test('a day stands within its month, today left of everything', () => {
  const geometry = ganttLayout(data, { width: 1000 }, 'en');
  const release = geometry.points.find((point) => point.id === 'release')!;
  const june = geometry.left + (2029 * 12 + 5 - ganttRange(data).first) * geometry.month;
  expect(release.x).toBeGreaterThan(june + 0.4 * geometry.month);
  expect(release.x).toBeLessThan(june + 0.5 * geometry.month);
  expect(geometry.today).toBeLessThan(geometry.bars[0]!.x);
});

test('nothing leaves the drawing at any width, and a held axis stands still', () => {
  for (const width of [340, 620, 1200]) {
    const geometry = ganttLayout(data, { width }, 'fr');
    for (const bar of geometry.bars) {
      expect(bar.x).toBeGreaterThanOrEqual(geometry.left);
      expect(bar.x + bar.width).toBeLessThanOrEqual(geometry.right + 0.1);
    }
    for (const { label, x } of geometry.years) {
      expect(label).toMatch(/^\d{4}$/);
      expect(x).toBeLessThan(width);
    }
  }
  const range = ganttRange(data);
  const moved = { ...data, bars: data.bars.map((bar) => ({ ...bar, start: bar.start + 3 })) };
  expect(ganttLayout(moved, { width: 800 }, 'en', range).month).toBe(
    ganttLayout(data, { width: 800 }, 'en').month,
  );
});

test('months are named where there is room, else quarters, else half-years', () => {
  const names = (width: number) => ganttLayout(data, { width }, 'en').ticks.map((tick) => tick.label);
  expect(names(1400)).toContain('Sept');
  expect(names(800)).toContain('Q3');
  expect(names(340)).toEqual(expect.arrayContaining(['H1', 'H2']));
});
