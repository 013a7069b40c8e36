import { describe, expect, test } from 'vitest';
import { everyNode, type PlanEdge, type PlanGraphData, type PlanNode } from './data.ts';
import { layered } from './layers.ts';
import { firstSight, fitSight, planLayout, sightOf } from './layout.ts';
import { steppedNode } from './walk.ts';

const node = (id: string, sort: PlanNode['sort'] = 'tier', members: PlanNode[] = []): PlanNode => ({
  id,
  label: `Tier ${id}`,
  note: 'until it is back',
  kind: 'equity',
  sort,
  members,
  conditions: [],
  amount: null,
  faults: [],
});
const then = (from: string, to: string, kind: PlanEdge['kind'] = 'then'): PlanEdge => ({ from, to, kind });

const plan: PlanGraphData = {
  nodes: [
    node('world', 'source'),
    node('tv', 'source'),
    node('fee'),
    node('reserve', 'reserve'),
    node('loan'),
    node('investors', 'together', [node('a'), node('b'), node('c'), node('d'), node('e')]),
    node('net'),
    node('nobody'),
    node('after-nobody'),
  ],
  edges: [
    then('world', 'fee', 'enters'),
    then('tv', 'loan', 'enters'),
    then('fee', 'reserve'),
    then('reserve', 'loan'),
    then('reserve', 'investors', 'release'),
    then('loan', 'investors'),
    then('investors', 'net'),
    then('nobody', 'after-nobody'),
  ],
  cycle: [],
};

const chain = (count: number): PlanGraphData => ({
  nodes: [
    node('world', 'source'),
    ...Array.from({ length: count }, (_, at) =>
      at % 10 === 9 ? node(`t${at}`, 'together', [node(`t${at}a`), node(`t${at}b`)]) : node(`t${at}`),
    ),
  ],
  edges: [
    then('world', 't0', 'enters'),
    ...Array.from({ length: count - 1 }, (_, at) => then(`t${at}`, `t${at + 1}`)),
  ],
  cycle: [],
});

describe('layers', () => {
  test('everything stands below what leads to it, a source right above where it enters', () => {
    const { layers, apart } = layered(plan);
    expect(layers).toEqual([['world'], ['fee'], ['tv', 'reserve'], ['loan'], ['investors'], ['net']]);
    expect(apart).toEqual([['nobody'], ['after-nobody']]);
  });

  test('a circle is cut where it closes, and the rest keeps its order', () => {
    const round = { ...plan, edges: [...plan.edges, then('net', 'fee')], cycle: ['fee', 'reserve'] };
    const { layers, back } = layered(round);
    expect([...back]).toEqual([then('net', 'fee')]);
    expect(layers.flat()).toContain('net');
  });

  test('a plan a thousand tiers deep is layered', () => {
    expect(layered(chain(1000)).layers).toHaveLength(1001);
  });
});

describe('the drawing of a plan', () => {
  test('no box lies on another, members stand inside their group, side by side', () => {
    for (const data of [plan, chain(200)]) {
      const { boxes, width, height } = planLayout(data, new Set());
      const outer = boxes.filter((box) => box.depth === 0);
      outer.forEach((one, at) => {
        expect(one.x).toBeGreaterThanOrEqual(0);
        expect(one.x + one.width).toBeLessThanOrEqual(width);
        expect(one.y + one.height).toBeLessThanOrEqual(height);
        for (const other of outer.slice(at + 1)) {
          const apart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(apart).toBe(true);
        }
      });
    }
    const { boxes } = planLayout(plan, new Set());
    const box = (id: string) => boxes.find((one) => one.node.id === id)!;
    const group = box('investors');
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      expect(box(id).x).toBeGreaterThan(group.x);
      expect(box(id).x + box(id).width).toBeLessThan(group.x + group.width);
      expect(box(id).y + box(id).height).toBeLessThan(group.y + group.height);
    }
    expect(box('a').y).toBe(box('d').y);
    expect(box('e').y).toBeGreaterThan(box('a').y);
  });

  test('a closed group is a node like any other', () => {
    const { boxes } = planLayout(plan, new Set(['investors']));
    expect(boxes.map((box) => box.node.id)).not.toContain('a');
    expect(boxes.find((box) => box.node.id === 'investors')?.height).toBe(48);
  });

  test('two hundred tiers have the shape of a page, and every edge is drawn', () => {
    const data = chain(200);
    const { width, height, paths } = planLayout(data, new Set());
    expect(width / height).toBeGreaterThan(0.7);
    expect(width / height).toBeLessThan(3);
    expect(paths).toHaveLength(data.edges.length);
    for (const { path } of paths) expect(path).not.toMatch(/NaN|Infinity/);
  });

  test('a circle is numbered in its order', () => {
    const data = { ...plan, edges: [...plan.edges, then('net', 'fee')], cycle: ['fee', 'reserve', 'loan'] };
    const { round, paths } = planLayout(data, new Set());
    expect(round.map((one) => [one.id, one.number])).toEqual([
      ['fee', 1],
      ['reserve', 2],
      ['loan', 3],
    ]);
    expect(paths.filter((one) => one.isBack)).toHaveLength(1);
  });
});

describe('sight', () => {
  const window = { width: 800, height: 500 };
  test('what can be read whole is shown whole, else its beginning', () => {
    expect(fitSight({ width: 400, height: 300 }, window)).toEqual({ k: 1, x: 200, y: 100 });
    const large = planLayout(chain(200), new Set());
    expect(fitSight(large, window).k).toBeLessThan(0.6);
    expect(firstSight(large, window)).toMatchObject({ x: 0, y: 0 });
    expect(firstSight(large, window).k).toBeGreaterThanOrEqual(0.6);
  });
  test('a box is brought to the middle', () => {
    const { boxes } = planLayout(chain(200), new Set());
    const box = boxes[150]!;
    const { k, x, y } = sightOf(box, window, 0.1);
    expect((box.x + box.width / 2) * k + x).toBeCloseTo(400, 0);
    expect((box.y + box.height / 2) * k + y).toBeCloseTo(250, 0);
  });
});

test('arrows follow the money and enter and leave groups', () => {
  const step = (id: string, key: string) => steppedNode(plan, new Set(), id, key);
  expect(step('world', 'ArrowDown')).toBe('fee');
  expect(step('loan', 'ArrowDown')).toBe('investors');
  expect(step('investors', 'ArrowRight')).toBe('a');
  expect(step('a', 'ArrowRight')).toBe('b');
  expect(step('a', 'ArrowLeft')).toBe('investors');
  expect(step('b', 'ArrowUp')).toBe('investors');
  expect(step('b', 'ArrowDown')).toBe('net');
  expect(step('net', 'ArrowDown')).toBeNull();
  expect(step('reserve', 'ArrowLeft')).toBe('tv');
  expect(steppedNode(plan, new Set(['investors']), 'investors', 'ArrowRight')).toBeNull();
  expect(everyNode(plan.nodes)).toHaveLength(plan.nodes.length + 5);
});
