import { describe, expect, test } from 'vitest';
import { bridge, closing, debt, ladder, usd } from '../gallery/fixtures.ts';
import { stackLayout } from './capital-stack/layout.ts';
import { debtLayout } from './cash-flow/layout.ts';
import { closingLayout } from './closing-bar/layout.ts';
import { bridgeLayout } from './incentive-bridge/layout.ts';
import { toCsv } from './kernel/describe.ts';
import { fitted, minimalWidth, spread, textWidth, wrapped } from './kernel/measure.ts';
import { ladderLayout } from './recoupment-steps/layout.ts';

describe('spread', () => {
  test('keeps order, distance and bounds', () => {
    const placed = spread([10, 11, 12, 90, 91], 8, 0, 100);
    for (let i = 1; i < placed.length; i++) expect(placed[i]! - placed[i - 1]!).toBeGreaterThanOrEqual(8);
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  });
});

describe('texts in a width', () => {
  test('a text is broken between words, and cut only where it has more lines than it may', () => {
    const text = 'Loan against the credit';
    const half = minimalWidth(text, 11, 2);
    expect(half).toBeLessThan(textWidth(text, 11));
    expect(wrapped(text, half, 11)).toHaveLength(2);
    expect(fitted(text, half, 11, 2).join(' ')).toBe(text);
    const cut = fitted(text, 40, 11, 2);
    expect(cut).toHaveLength(2);
    expect(cut[1]).toMatch(/…$/);
    for (const line of cut) expect(textWidth(line, 11)).toBeLessThanOrEqual(40);
  });
});

describe('names beside columns', () => {
  const long = closing.sources.map((one) => ({
    ...one,
    label: `${one.label}, rest of the world and its moons`,
  }));
  test('stay in the drawing and in their half', () => {
    for (const width of [260, 300, 360, 420]) {
      for (const { lines, labelX } of stackLayout(long, { width, height: 620 }, 'en').blocks)
        for (const line of lines) expect(labelX + textWidth(line, 11)).toBeLessThanOrEqual(width + 0.01);
      const { bars, height } = closingLayout({ uses: long, sources: long }, { width }, 'en');
      for (const bar of bars) {
        for (const { lines, labelX } of bar.segments)
          for (const line of lines)
            expect(labelX + textWidth(line, 11, 'strong')).toBeLessThanOrEqual(bar.x + width / 2);
        const tops = bar.segments.map((one) => one.labelY).sort((a, b) => a - b);
        expect(tops.at(-1)! + 2 * 13).toBeLessThanOrEqual(height);
        for (let at = 1; at < tops.length; at++)
          expect(tops[at]! - tops[at - 1]!).toBeGreaterThanOrEqual(38.9);
      }
    }
  });
});

describe('closing bar', () => {
  test('uses and sources share one scale', () => {
    const { bars } = closingLayout(closing, { width: 900 }, 'en');
    const perMillion = bars.flatMap((bar) =>
      bar.segments.map((segment) => (segment.width + 1.5) / (segment.segment.amount.minor / 1e8)),
    );
    for (const one of perMillion) expect(one).toBeCloseTo(perMillion[0]!, 1);
    const end = (at: number) => bars[at]!.segments.at(-1)!;
    expect(end(0).x + end(0).width).toBeCloseTo(end(1).x + end(1).width, 0);
  });
  test('stands upright on a phone', () => {
    expect(closingLayout(closing, { width: 350 }, 'en').form).toBe('columns');
  });
  test('an empty closing draws nothing and does not fail', () => {
    const geometry = closingLayout({ uses: [], sources: [] }, { width: 600 }, 'en');
    expect(geometry.bars.flatMap((bar) => bar.segments)).toEqual([]);
  });
});

describe('capital column', () => {
  test('blocks stand on one another in the given order, to scale, and shares make the whole', () => {
    const { blocks } = stackLayout(closing.sources, { width: 300, height: 460 }, 'en');
    for (let i = 1; i < blocks.length; i++) {
      expect(blocks[i]!.y).toBeCloseTo(blocks[i - 1]!.y + blocks[i - 1]!.height + 1.5, 0);
    }
    expect(blocks.reduce((sum, block) => sum + block.share, 0)).toBeCloseTo(1, 9);
  });
});

describe('debt', () => {
  test('the peak of debt is the highest sum of balances', () => {
    const months = [...new Set(debt.flatMap((one) => one.points.map((point) => point.month)))];
    const sums = months.map((month) =>
      debt.reduce((sum, one) => sum + (one.points.find((point) => point.month === month)?.balance ?? 0), 0),
    );
    expect(debtLayout(debt, { width: 520 }, 'en').peak?.value).toBeCloseTo(Math.max(...sums) / 1e6, 9);
  });
  test('names of facilities stay in the drawing and apart, however long they are and however narrow it is', () => {
    const named = debt.map((one, at) => ({
      ...one,
      label: `${one.label} against the credit of the ${at}th province`,
    }));
    for (const series of [debt, named]) {
      for (const width of [240, 290, 330, 420, 520, 1100]) {
        const { areas, right } = debtLayout(series, { width }, 'en');
        for (const { label } of areas) {
          const wide = Math.max(...label!.lines.map((line) => textWidth(line, 11, 'strong')));
          const from = label!.anchor === 'middle' ? label!.x - wide / 2 : label!.x;
          expect(from).toBeGreaterThanOrEqual(label!.anchor === 'middle' ? 0 : right);
          expect(from + wide).toBeLessThanOrEqual(width + 0.01);
        }
        const beside = areas.map((area) => area.label!).filter((label) => label.anchor === 'start');
        const [first, second] = beside.sort((a, b) => a.y - b.y);
        if (first && second) expect(second.y - first.y).toBeGreaterThanOrEqual(first.lines.length * 13);
        expect(right).toBeGreaterThan(width * 0.6);
      }
    }
  });
  test('a name stands beside the line of the delivery where its area leaves room', () => {
    const month = debt[0]!.points[17]!.month;
    const { areas, marker } = debtLayout(debt, { width: 700 }, 'en', month);
    const { anchor, x, lines } = areas[0]!.label!;
    expect(anchor).toBe('middle');
    expect(Math.abs(x - marker!)).toBeGreaterThan(textWidth(lines[0]!, 11, 'strong') / 2);
  });
  test('the peak is named beside the line of the delivery, not across it', () => {
    const { peak } = debtLayout(debt, { width: 520 }, 'en');
    const { peak: beside, marker } = debtLayout(debt, { width: 520 }, 'en', peak!.month, 'peak 4.5');
    expect(beside!.anchor).toBe('end');
    expect(beside!.x).toBeLessThan(marker!);
  });
});

describe('ladder and bridge', () => {
  test('each step of the ladder begins where the one before ended; one that is never out has no bar', () => {
    const { rows } = ladderLayout(ladder, usd(17_600_000), { width: 700 });
    expect(rows[1]!.x).toBeCloseTo(rows[0]!.x + rows[0]!.width, 1);
    expect(rows[3]!.width).toBe(0);
  });
  test('what is taken out and what remains make the base before', () => {
    const [first, second] = bridgeLayout(bridge, { width: 180 });
    expect(second!.width + second!.outWidth).toBeCloseTo(first!.width, 1);
  });
});

test('on a narrow page the names of the ladder keep to their own stage', () => {
  const steps = ladder.map((step) => ({ ...step, label: `${step.label} and its account manager` }));
  const { rows, left } = ladderLayout(steps, null, { width: 358 });
  for (const { name } of rows) expect(textWidth(name, 11)).toBeLessThan(left);
});

test('a table twin copies as CSV with quoted commas', () => {
  expect(toCsv({ title: '', summary: '', columns: ['Item', 'USD'], rows: [['Gap', '4,000,000']] })).toBe(
    'Item,USD\r\nGap,"4,000,000"',
  );
});
