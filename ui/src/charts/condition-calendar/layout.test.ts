import { expect, test } from 'vitest';
import { type CalendarMark, type CalendarRow, calendarLayout } from './layout.ts';

const mark = (id: string, month: string, more: Partial<CalendarMark> = {}): CalendarMark => ({
  id,
  label: id,
  month,
  state: 'expected',
  isLate: false,
  path: `instruments[x].conditions_precedent[${id}].by`,
  ...more,
});
const row = (id: string, firstDraw: string | null, ...marks: CalendarMark[]): CalendarRow => ({
  id,
  label: `Loan ${id}`,
  firstDraw,
  marks,
});
const drawn = (...rows: CalendarRow[]) => calendarLayout(rows, '2027-01-15', { width: 700 }, 'en');

test('a condition after the money it stands before is joined to its first drawing', () => {
  const { rows } = drawn(
    row('a', '2027-03', mark('soon', '2027-02'), mark('late', '2027-06', { isLate: true })),
    row('b', '2027-08', mark('fine', '2027-05')),
  );
  const [a, b] = rows;
  expect(a?.late?.x1).toBe(a?.firstDraw);
  expect(a?.late?.x2).toBe(a?.marks[1]?.x);
  expect(b?.late).toBeNull();
  expect((a?.marks[0]?.x ?? 0) < (a?.firstDraw ?? 0)).toBe(true);
});

test('conditions of one month stand below each other inside their row', () => {
  const { rows, height } = drawn(
    row('a', null, mark('one', '2027-02'), mark('two', '2027-02'), mark('three', '2027-02')),
  );
  const ys = rows[0]?.marks.map(({ y }) => y) ?? [];
  expect(new Set(ys).size).toBe(3);
  expect(Math.max(...ys) + 6).toBeLessThanOrEqual(rows[0]?.low ?? 0);
  expect(rows[0]?.low ?? 0).toBeLessThan(height);
});

test('today lies on the axis even where everything is later', () => {
  const { today, left, right } = drawn(row('a', '2028-01', mark('one', '2028-02')));
  expect(today).toBeGreaterThanOrEqual(left);
  expect(today).toBeLessThan(right);
});
