import { describe, expect, test } from 'vitest';
import { flow, usd } from '../../gallery/fixtures.ts';
import { textWidth } from '../kernel/measure.ts';
import { cardPlace } from './card.ts';
import { duringAddress, type FlowData, flowAddress, linkId, pathThrough } from './data.ts';
import { drawnTogether, halves, MOST_MARKS, sankeyFrame, sankeyLayout } from './layout.ts';
import { periodAt, receiptBars } from './receipts.ts';
import { sankeySlots } from './slots.ts';

const size = { width: 900, height: 360 };

/** Money of many windows over many tiers to as many people. */
function large(count: number): FlowData {
  const amounts = (whole: number) => [usd(whole / 2), usd(whole)];
  const tiers = Array.from({ length: count }, (_, at) => ({ id: `tier:${at}`, whole: 1000 + at * 10 }));
  const whole = tiers.reduce((sum, tier) => sum + tier.whole, 0);
  return {
    months: ['2030-03', '2030-06'],
    view: '',
    nodes: [
      { id: 'source', label: 'World', column: 0, kind: 'presale', amounts: amounts(whole) },
      { id: 'account', label: 'Account', column: 2, kind: 'ink', amounts: amounts(whole) },
      ...tiers.flatMap((tier, at) => [
        {
          id: tier.id,
          label: `Tier ${at}`,
          column: 3,
          kind: 'equity' as const,
          amounts: amounts(tier.whole),
        },
        {
          id: `party:${at}`,
          label: `Party ${at}`,
          column: 4,
          kind: 'equity' as const,
          amounts: amounts(tier.whole),
        },
      ]),
    ],
    links: [
      {
        source: 'source',
        target: 'account',
        kind: 'presale',
        amounts: amounts(whole),
        during: amounts(whole),
      },
      ...tiers.flatMap((tier, at) => [
        {
          source: 'account',
          target: tier.id,
          kind: 'equity' as const,
          amounts: amounts(tier.whole),
          during: [],
        },
        {
          source: tier.id,
          target: `party:${at}`,
          kind: 'equity' as const,
          amounts: amounts(tier.whole),
          during: [],
        },
      ]),
    ],
  };
}

describe('places of the flow', () => {
  test('stations of a column do not overlap, stay inside and keep their names apart', () => {
    for (const data of [flow, large(220)]) {
      const slots = sankeySlots(data, size, 'en');
      const geometry = sankeyLayout(data, slots, data.months.length - 1, 'en');
      for (const x of geometry.columnX) {
        const column = geometry.nodes.filter((box) => box.x === x).sort((a, b) => a.y - b.y);
        column.forEach((box, at) => {
          const rows = (one: typeof box) => one.name.lines.length + (one.name.inline ? 0 : 1);
          const above = column[at - 1];
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.y + box.height).toBeLessThanOrEqual(slots.height + 0.01);
          if (!above) return;
          expect(box.y).toBeGreaterThanOrEqual(above.y + above.height);
          const apart = (13 * (rows(box) + rows(above))) / 2;
          expect(box.labelY - above.labelY).toBeGreaterThanOrEqual(apart - 0.01);
        });
      }
    }
  });

  test('nothing changes its place while time passes, and heights are of one scale', () => {
    const slots = sankeySlots(flow, size, 'en');
    const [early, late] = [0, 2].map((period) => sankeyLayout(flow, slots, period, 'en'));
    for (const box of early?.nodes ?? []) {
      const then = late?.nodes.find((one) => one.node.id === box.node.id);
      expect(then?.labelY).toBe(box.labelY);
      expect(then?.name).toEqual(box.name);
      expect(box.height).toBeCloseTo((then?.height ?? 0) / 4, 1);
      expect(box.y + box.height / 2).toBeCloseTo((then?.y ?? 0) + (then?.height ?? 0) / 2, 1);
    }
  });

  test('a moment between two periods is part of the way', () => {
    const slots = sankeySlots(flow, size, 'en');
    const height = (at: number) => sankeyFrame(slots, at).nodes.get('account')?.height ?? 0;
    expect(height(0.5)).toBeCloseTo((height(0) + height(1)) / 2, 1);
    expect(sankeyFrame(slots, 2)).toEqual(sankeyFrame(slots, 1.9999999999));
  });

  test('streams that leave a station are together as tall as what leaves it', () => {
    const slots = sankeySlots(flow, size, 'en');
    const geometry = sankeyLayout(flow, slots, 2, 'en');
    const account = geometry.nodes.find((box) => box.node.id === 'account');
    const out = geometry.ribbons.filter((ribbon) => ribbon.link.source === 'account');
    expect(out.reduce((sum, ribbon) => sum + ribbon.width, 0)).toBeCloseTo(account?.height ?? 0, 0);
    expect(out.reduce((sum, ribbon) => sum + ribbon.share, 0)).toBeCloseTo(1, 9);
  });

  test('a stream over two columns has a place of its own between them', () => {
    const direct: FlowData = {
      ...flow,
      links: [
        ...flow.links,
        { source: 'abroad', target: 'account', kind: 'presale', amounts: flow.links[0]!.amounts, during: [] },
      ],
    };
    const slots = sankeySlots(direct, size, 'en');
    const way = slots.ways.find((one) => linkId(one.link) === 'abroad>account')!;
    expect(way.slots).toHaveLength(3);
    const passing = way.slots[1]!;
    for (const station of slots.stations.filter((one) => one.column === passing.column)) {
      const apart = Math.abs(station.center - passing.center);
      expect(apart).toBeGreaterThanOrEqual((station.height + passing.height) / 2);
    }
  });

  test('on a narrow page names keep to their own stage', () => {
    const nodes = flow.nodes.map((node) => ({ ...node, label: `Collection ${node.label} management` }));
    for (const part of halves({ ...flow, nodes })) {
      const slots = sankeySlots(part, { width: 358, height: 400 }, 'en');
      const { nodes: boxes, columnX } = sankeyLayout(part, slots, 2, 'en');
      for (const { name, amountText, labelX } of boxes) {
        const amount = textWidth(amountText, 11);
        const next = columnX.find((x) => x > labelX) ?? 358;
        for (const line of name.lines) {
          const wide =
            textWidth(line, 11, 'strong') + (name.inline && line === name.lines.at(-1) ? amount + 5 : 0);
          expect(labelX + Math.max(wide, amount)).toBeLessThanOrEqual(next);
        }
      }
    }
  });

  test('the account stands in both halves, every other station in one', () => {
    const [towards, from] = halves(flow);
    const ids = [...towards!.nodes, ...from!.nodes].map((node) => node.id);
    expect(ids.filter((id) => id === 'account')).toHaveLength(2);
    expect(new Set(ids).size).toBe(flow.nodes.length);
    expect(towards!.links.length + from!.links.length).toBe(flow.links.length);
  });
});

test('above a thousand marks streams of one kind are drawn as one', () => {
  const few = large(20);
  expect(drawnTogether(few, sankeySlots(few, size, 'en'))).toHaveLength(few.links.length);
  const many = large(400);
  expect(many.nodes.length + many.links.length).toBeGreaterThan(MOST_MARKS);
  const drawn = drawnTogether(many, sankeySlots(many, size, 'en'));
  expect(drawn).toHaveLength(3);
  expect(drawn.flatMap((one) => one.ids)).toHaveLength(many.links.length);
});

describe('the path of the money', () => {
  const names = (id: string) => [...pathThrough(flow, id)].map(linkId);
  test('through a station goes both ways and nowhere else', () => {
    expect(names('fund')).toContain('theatrical>distributor');
    expect(names('fund')).toContain('profits>fund');
    expect(names('fund')).not.toContain('gap>lender');
    expect(names('fund')).not.toContain('profits>producer');
  });
  test('through a stream holds the stream', () => {
    expect(names('account>gap').sort()).toEqual(
      [
        'account>gap',
        'gap>lender',
        'distributor>account',
        'agent>account',
        'theatrical>distributor',
        'home>distributor',
        'abroad>agent',
      ].sort(),
    );
  });
});

test('addresses name the month, the view and what flows', () => {
  const data = { months: ['2032-12'], view: ';keep=4' };
  expect(flowAddress(data, 'account>tier:gap', 0)).toBe('flow(2032-12;keep=4).account>tier:gap');
  expect(duringAddress(data, 'received', 0)).toBe('flow(in=2032-12;keep=4).received');
});

test('a card hides no station of the path it tells of where it can be helped', () => {
  const geometry = sankeyLayout(flow, sankeySlots(flow, size, 'en'), 2, 'en');
  const lit = new Set([...pathThrough(flow, 'fund')].flatMap((link) => [link.source, link.target]));
  const at = cardPlace(geometry, lit, { width: 150, height: 60 });
  for (const box of geometry.nodes.filter((one) => lit.has(one.node.id))) {
    const beside = box.x >= at.x + 150 || box.x + box.width <= at.x;
    const over = box.y >= at.y + 60 || box.y + box.height <= at.y;
    expect(beside || over).toBe(true);
  }
});

test('receipts stand on a line of time, and a place on it is a period', () => {
  const period = (start: string, end: string, whole: number) => ({ start, end, during: usd(whole) });
  const periods = [
    period('2030-01-01', '2030-03-31', 400),
    period('2030-04-01', '2030-06-30', 100),
    period('2030-07-01', '2030-12-31', 200),
  ];
  const bars = receiptBars(periods, { width: 365, height: 40 }, 40);
  expect(bars.bars.map((bar) => bar.height)).toEqual([40, 10, 20]);
  expect(bars.bars.map((bar) => Math.round(bar.width + 2))).toEqual([90, 91, 184]);
  expect(bars.ends.at(-1)).toBe(365);
  expect([10, 100, 300, 900].map((at) => periodAt(bars, at))).toEqual([0, 1, 2, 2]);
  expect(bars.named).toContain(0);
});
