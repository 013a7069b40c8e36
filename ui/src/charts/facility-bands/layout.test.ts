import { describe, expect, test } from 'vitest';
import { type Facility, type FundingData, type FundingMonth, fundingLayout } from './layout.ts';

const month = (month: string, more: Partial<FundingMonth> = {}): FundingMonth => ({
  month,
  sources: [],
  uses: [],
  need: 0,
  left: 0,
  address: `cash_flow.closing[${month}]`,
  ...more,
});
const facility = (id: string, ...amounts: number[]): Facility => ({
  id,
  label: `Facility ${id}`,
  kind: 'senior',
  balances: amounts.map((amount, at) => ({ month: `2028-0${at + 1}`, amount })),
  peak: `peak ${id}`,
});
const data: FundingData = {
  months: [
    month('2028-01', {
      sources: [
        { id: 'a', kind: 'equity', amount: 2e6 },
        { id: 'b', kind: 'senior', amount: 1e6 },
      ],
      uses: [{ id: 'spend', kind: 'neutral', amount: 3e6 }],
      need: 3e6,
    }),
    month('2028-02', { uses: [{ id: 'spend', kind: 'neutral', amount: 1e6 }], need: 4e6, left: -1e6 }),
    month('2028-03', { sources: [{ id: 'b', kind: 'senior', amount: 1e6 }], need: 3e6 }),
  ],
  facilities: [facility('x', 1e6, 2e6, 2e6), facility('y', 0, 1e6, 0)],
  peak: { month: '2028-02', amount: 4e6 },
  marker: '2028-03',
};
const drawn = (more: Partial<FundingData> = {}) => fundingLayout({ ...data, ...more }, { width: 900 }, 'en');

describe('the cash flow over one row of months', () => {
  test('what comes in stands on the line, what goes out hangs from it, on one scale', () => {
    const { flows } = drawn();
    const first = flows.bars.filter((bar) => bar.month === '2028-01');
    const [a, b, out] = first;
    expect((a?.y ?? 0) + (a?.height ?? 0)).toBeCloseTo(flows.zero, 1);
    expect((b?.y ?? 0) + (b?.height ?? 0)).toBeCloseTo(a?.y ?? 0, 1);
    expect(out?.y).toBeCloseTo(flows.zero, 1);
    expect(out?.height).toBeCloseTo((a?.height ?? 0) + (b?.height ?? 0), 1);
    expect(first.every((bar) => bar.x === a?.x)).toBe(true);
  });

  test('the peak lies on the line, in the middle of its month', () => {
    const { need, months } = drawn();
    const second = months[1];
    expect(need.peak?.x).toBeCloseTo((second?.x ?? 0) + (second?.width ?? 0) / 2, 1);
    expect(need.path).toContain(`${need.peak?.x},${need.peak?.y}`);
    expect(drawn({ peak: { month: '2031-01', amount: 1 } }).need.peak).toBeNull();
  });

  test('a month is short where the account ends below nothing', () => {
    expect(drawn().months.map(({ isShort }) => isShort)).toEqual([false, true, false]);
  });

  test('all facilities share one scale, and a band has steps only where something is owed', () => {
    const { bands } = drawn();
    const [x, y] = bands;
    const heights = (path: string) => [...path.matchAll(/,(\d+(?:\.\d+)?)/g)].map(([, at]) => Number(at));
    const tall = (band: typeof x) => (band?.low ?? 0) - Math.min(...heights(band?.path ?? ''));
    expect(tall(x)).toBeCloseTo(2 * tall(y), 0);
    expect(y?.path.match(/M/g)).toHaveLength(1);
    expect(x?.peakText).toBe('peak x');
    expect((y?.top ?? 0) > (x?.low ?? 0)).toBe(true);
  });

  test('the marks of the months reach over every part and do not overlap', () => {
    const { months, bands, flows } = drawn();
    const [first, second] = months;
    expect(first?.y).toBe(flows.top);
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeGreaterThanOrEqual(bands.at(-1)?.low ?? 0);
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeCloseTo(second?.x ?? 0, 1);
  });

  test('without a facility, without a source, nothing is not a number', () => {
    const bare = fundingLayout(
      { months: [month('2028-01')], facilities: [], peak: null, marker: undefined },
      { width: 320 },
      'fr',
    );
    expect(JSON.stringify(bare)).not.toContain('null,null');
    expect(Number.isFinite(bare.height)).toBe(true);
    expect(bare.flows.bars).toEqual([]);
  });
});
