import { polygonContains } from 'd3';
import type { ParetoGeometry } from './layout.ts';

type Spot = readonly [number, number];

function isSeen({ frame, at }: ParetoGeometry, place: number): boolean {
  const [x, y] = [at.x[place] ?? 0, at.y[place] ?? 0];
  return x >= frame.left - 1 && x <= frame.right + 1 && y >= frame.top - 1 && y <= frame.bottom + 1;
}

/** The point nearest to a place on the drawing, not farther than a finger is wide. */
export function nearest(geometry: ParetoGeometry, [x, y]: Spot, reach = 14): number | null {
  let [found, least] = [null as number | null, reach * reach];
  for (let place = 0; place < geometry.at.x.length; place++) {
    if (!isSeen(geometry, place)) continue;
    const [dx, dy] = [(geometry.at.x[place] ?? 0) - x, (geometry.at.y[place] ?? 0) - y];
    const away = dx * dx + dy * dy;
    if (away < least) [found, least] = [place, away];
  }
  return found;
}

/** The points between two corners. */
export function between(geometry: ParetoGeometry, [x0, y0]: Spot, [x1, y1]: Spot): number[] {
  const [left, right] = x0 < x1 ? [x0, x1] : [x1, x0];
  const [top, bottom] = y0 < y1 ? [y0, y1] : [y1, y0];
  return places(geometry, (x, y) => x >= left && x <= right && y >= top && y <= bottom);
}

/** The points a line was drawn around. */
export function enclosed(geometry: ParetoGeometry, line: readonly Spot[]): number[] {
  if (line.length < 3) return [];
  const polygon = line.map(([x, y]): [number, number] => [x, y]);
  return places(geometry, (x, y) => polygonContains(polygon, [x, y]));
}

function places(geometry: ParetoGeometry, holds: (x: number, y: number) => boolean): number[] {
  const found: number[] = [];
  for (let place = 0; place < geometry.at.x.length; place++) {
    if (isSeen(geometry, place) && holds(geometry.at.x[place] ?? 0, geometry.at.y[place] ?? 0))
      found.push(place);
  }
  return found;
}

const ARROWS: Record<string, Spot> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The next point in the direction of an arrow key: near, and not far off the way. */
export function stepped(geometry: ParetoGeometry, from: number, key: string): number | null {
  const way = ARROWS[key];
  if (!way) return null;
  const [x, y] = [geometry.at.x[from] ?? 0, geometry.at.y[from] ?? 0];
  let [found, least] = [null as number | null, Number.POSITIVE_INFINITY];
  for (let place = 0; place < geometry.at.x.length; place++) {
    if (place === from) continue;
    const [dx, dy] = [(geometry.at.x[place] ?? 0) - x, (geometry.at.y[place] ?? 0) - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    // Points in the same place follow one another in the order of the data, so that none is out of reach.
    const isSame = dx === 0 && dy === 0;
    if (isSame ? (way[0] + way[1] > 0 ? place < from : place > from) : ahead < 0.5) continue;
    const cost = isSame ? Math.abs(place - from) * 1e-6 : ahead + 2 * aside;
    if (cost < least) [found, least] = [place, cost];
  }
  return found;
}
