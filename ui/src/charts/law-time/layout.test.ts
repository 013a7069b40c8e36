import { describe, expect, test } from 'vitest';
import { textWidth } from '../kernel/measure.ts';
import { dayFromOrdinal, dayOrdinal } from './days.ts';
import { type DayMark, dayX, type LawStretch, lawTimeLayout } from './layout.ts';

const stretch = (from: string, millions: number | null): LawStretch => ({
  from,
  net: millions === null ? null : { minor: millions * 1e8, currency: 'CAD' },
  address: `on(${from}).incentives.net`,
});

const stretches = [
  stretch('2009-06-13', 2),
  stretch('2014-09-01', 1.5),
  stretch('2024-05-31', 3),
  stretch('2024-06-10', null),
  stretch('2026-01-01', 4),
];
const marks: DayMark[] = [
  { id: 'today', day: '2026-11-22', label: 'Today' },
  { id: 'start', day: '2027-03-01', label: 'Start of production' },
  { id: 'delivery', day: '2028-12-01', label: 'Delivery' },
];

describe('what each day’s law leaves', () => {
  test('days and ordinals are each other', () => {
    for (const day of ['1999-12-31', '2024-02-29', '2026-11-23'])
      expect(dayFromOrdinal(dayOrdinal(day))).toBe(day);
    expect(dayOrdinal('2024-03-01') - dayOrdinal('2024-02-28')).toBe(2);
  });

  test('stretches follow each other without a gap, on one scale from nought', () => {
    const drawn = lawTimeLayout(stretches, marks, { width: 700 }, 'en');
    for (let at = 1; at < drawn.stretches.length; at++) {
      const before = drawn.stretches[at - 1]!;
      expect(before.x + before.width).toBeCloseTo(drawn.stretches[at]!.x, 1);
    }
    const last = drawn.stretches.at(-1)!;
    expect(last.x + last.width).toBeCloseTo(drawn.right, 1);
    const perMillion = (drawn.zero - drawn.stretches[0]!.y!) / 2;
    expect((drawn.zero - last.y!) / 4).toBeCloseTo(perMillion, 1);
  });

  test('what cannot be computed has no height and no edge beside it', () => {
    const drawn = lawTimeLayout(stretches, marks, { width: 700 }, 'en');
    expect(drawn.stretches[3]!.y).toBeNull();
    expect(drawn.edges).toHaveLength(2);
  });

  test('a value is written where it has room, and no name of a day touches another', () => {
    for (const width of [320, 480, 900]) {
      const drawn = lawTimeLayout(stretches, marks, { width }, 'en');
      for (const [at, one] of drawn.values.entries()) {
        const next = drawn.values[at + 1];
        const half = (text: string) => textWidth(text, 11, 'strong') / 2;
        if (next) expect(one.x + half(one.text)).toBeLessThan(next.x - half(next.text));
      }
      const boxes = drawn.marks.map(({ mark, labelX, anchor, y }) => {
        const wide = textWidth(mark.label, 11, 'strong');
        const from = anchor === 'end' ? labelX - wide : labelX;
        return { from, to: from + wide, y };
      });
      for (const [at, box] of boxes.entries()) {
        expect(box.from).toBeGreaterThanOrEqual(0);
        expect(box.to).toBeLessThanOrEqual(width);
        for (const other of boxes.slice(at + 1))
          expect(box.y !== other.y || box.to <= other.from || other.to <= box.from).toBe(true);
      }
    }
  });

  test('a value that several laws leave is written once, over all of them', () => {
    const same = [stretch('2009-06-13', 2), stretch('2014-09-01', 2), stretch('2020-01-01', 3)];
    const { values, stretches: drawn } = lawTimeLayout(same, [], { width: 700 }, 'en');
    expect(values.map((one) => one.text)).toEqual(['2.0', '3.0']);
    expect(values[0]!.x).toBeCloseTo((drawn[0]!.x + drawn[2]!.x) / 2, 1);
  });

  test('no line of a day runs through the name of another', () => {
    for (const width of [320, 480, 900]) {
      const drawn = lawTimeLayout(stretches, marks, { width }, 'en').marks;
      for (const line of drawn)
        for (const { mark, labelX, anchor, y } of drawn.filter((other) => other !== line)) {
          const wide = textWidth(mark.label, 11, 'strong');
          const from = anchor === 'end' ? labelX - wide : labelX;
          const isThrough = from < line.x && line.x < from + wide && line.from < y;
          expect(isThrough, `${width}: ${line.mark.id} through ${mark.id}`).toBe(false);
        }
    }
  });

  test('years on the axis stand apart, and a day has its place between them', () => {
    const drawn = lawTimeLayout(stretches, marks, { width: 320 }, 'en');
    for (let at = 1; at < drawn.xTicks.length; at++)
      expect(drawn.xTicks[at]!.at - drawn.xTicks[at - 1]!.at).toBeGreaterThan(30);
    const year = drawn.xTicks[0]!;
    expect(dayX(drawn, `${year.label}-01-01`)).toBeCloseTo(year.at, 1);
    expect(dayX(drawn, '1990-01-01')).toBe(drawn.left);
    expect(dayX(drawn, '2090-01-01')).toBe(drawn.right);
  });
});
