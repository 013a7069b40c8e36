import { expect, test } from 'vitest';
import type { ParetoData, ParetoPoint } from './data.ts';
import { classEdges, classOf, frontierOf, paretoLayout } from './layout.ts';
import { between, enclosed, nearest, stepped } from './pick.ts';
import { panned, towards, wholeSight, zoomed } from './sight.ts';

const point = (id: string, x: number, y: number, rest: Partial<ParetoPoint> = {}): ParetoPoint => ({
  id,
  x,
  y,
  third: null,
  name: null,
  isNow: false,
  isEfficient: true,
  ...rest,
});
const data = (points: ParetoPoint[], x: 'higher' | 'lower' = 'lower'): ParetoData => ({
  points,
  x,
  y: 'higher',
  third: null,
});
const size = { width: 440, height: 340 };
const many = Array.from({ length: 5_000 }, (_, at) =>
  point(`s${at}`, (at * 7919) % 1_000, (at * 104_729) % 977, { third: at % 97, isEfficient: false }),
);

test('the frontier goes in steps, on the side from which less is better', () => {
  const points = [point('a', 0, 1), point('b', 2, 3), point('c', 4, 4), point('d', 3, 2)];
  expect(frontierOf(data(points)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  const { frontier, at } = paretoLayout(data(points), wholeSight(points), size);
  const [x1, y1] = [at.x[1], at.y[1]];
  expect(frontier).toContain(`H${Math.round((x1 ?? 0) * 100) / 100}V${Math.round((y1 ?? 0) * 100) / 100}`);
  const other = paretoLayout(data(points, 'higher'), wholeSight(points), size);
  expect(frontierOf(data(points, 'higher')).map(({ id }) => id)).toEqual(['c']);
  expect(other.frontier).toMatch(/^M[\d.]+,[\d.]+$/);
});

test('a point that is only good in a third thing is no corner of the line', () => {
  const points = [point('a', 1, 3), point('b', 2, 2, { third: 9 })];
  expect(frontierOf(data(points)).map(({ id }) => id)).toEqual(['a']);
});

test('everything is in sight at first, inside the frame', () => {
  const { at, frame } = paretoLayout(data(many), wholeSight(many), size);
  expect(Math.min(...at.x)).toBeGreaterThanOrEqual(frame.left);
  expect(Math.max(...at.x)).toBeLessThanOrEqual(frame.right);
  expect(Math.min(...at.y)).toBeGreaterThanOrEqual(frame.top);
  expect(Math.max(...at.y)).toBeLessThanOrEqual(frame.bottom);
});

test('the sight keeps what is under the hand, and never leaves what there is to see', () => {
  const whole = wholeSight(many);
  const near = zoomed(whole, whole, 2, { x: 300, y: 400 });
  const share = (from: typeof whole) => (300 - from.x[0]) / (from.x[1] - from.x[0]);
  expect(share(near)).toBeCloseTo(share(whole), 6);
  expect(zoomed(near, whole, 0.01, { x: 0, y: 0 })).toEqual(whole);
  expect(panned(near, whole, { x: 1e9, y: -1e9 }).x[1]).toBe(whole.x[1]);
  expect(panned(near, whole, { x: 1e9, y: -1e9 }).y[0]).toBe(whole.y[0]);
  const deep = zoomed(whole, whole, 1e9, { x: 300, y: 400 });
  expect(deep.x[1] - deep.x[0]).toBeCloseTo((whole.x[1] - whole.x[0]) / 100, 6);
  const led = towards(deep, whole, { x: 900, y: 100 });
  expect(led.x[0]).toBeLessThan(900);
  expect(led.x[1]).toBeGreaterThan(900);
});

test('a pointer finds the nearest point, a box and a line find those inside', () => {
  const points = [point('a', 0, 0), point('b', 1, 1), point('c', 2, 2)];
  const geometry = paretoLayout(data(points), wholeSight(points), size);
  const spot = (place: number): [number, number] => [geometry.at.x[place] ?? 0, geometry.at.y[place] ?? 0];
  expect(nearest(geometry, spot(1))).toBe(1);
  expect(nearest(geometry, [spot(1)[0] + 40, spot(1)[1]])).toBeNull();
  expect(between(geometry, spot(2), [spot(1)[0] - 1, spot(1)[1] + 1])).toEqual([1, 2]);
  const [x, y] = spot(0);
  expect(
    enclosed(geometry, [
      [x - 5, y - 5],
      [x + 5, y - 5],
      [x + 5, y + 5],
      [x - 5, y + 5],
    ]),
  ).toEqual([0]);
});

test('the arrows reach every point, equals one after another', () => {
  const points = [point('a', 0, 0), point('b', 0, 0), point('c', 1, 0), point('d', 1, 1)];
  const geometry = paretoLayout(data(points), wholeSight(points), size);
  expect(stepped(geometry, 0, 'ArrowRight')).toBe(1);
  expect(stepped(geometry, 1, 'ArrowRight')).toBe(2);
  expect(stepped(geometry, 2, 'ArrowUp')).toBe(3);
  expect(stepped(geometry, 3, 'ArrowDown')).toBe(2);
  expect(stepped(geometry, 2, 'ArrowRight')).toBeNull();
  expect(stepped(geometry, 2, 'Enter')).toBeNull();
});

test('classes are few and round, and the highest is the best', () => {
  const edges = classEdges(many.map(({ third }) => third));
  expect(edges.length).toBeGreaterThan(0);
  expect(edges.length).toBeLessThanOrEqual(3);
  expect(classOf(96, edges, 'higher')).toBe(edges.length);
  expect(classOf(96, edges, 'lower')).toBe(0);
  expect(classOf(null, edges, 'higher')).toBe(-1);
  expect(classEdges([5, 5, 5])).toEqual([]);
});

test('names never lie over one another, and stay in the drawing', () => {
  const named = Array.from({ length: 12 }, (_, at) =>
    point(`n${at}`, at % 4, Math.floor(at / 4), { name: `Scenario number ${at}` }),
  );
  const { labels, frame } = paretoLayout(data(named), wholeSight(named), size);
  expect(labels).toHaveLength(12);
  expect(labels.some(({ text }) => text !== null)).toBe(true);
  for (const { text } of labels) if (text) expect(text.y).toBeLessThanOrEqual(frame.bottom);
});

test('empty, alone, all in one place: nothing is not a number', () => {
  for (const points of [[], [point('a', 3, 3)], [point('a', 0, 0), point('b', 0, 0)]]) {
    const { at, frontier, xTicks } = paretoLayout(data(points), wholeSight(points), size);
    expect(JSON.stringify([[...at.x], [...at.y], frontier, xTicks])).not.toMatch(/null|NaN|Infinity/);
  }
});
