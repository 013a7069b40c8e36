import { describe, expect, test } from 'vitest';
import { type Swing, tornadoLayout } from './layout.ts';

const swing = (id: string, low: number, high: number): Swing => ({
  id,
  label: `Input ${id}`,
  low,
  high,
  lowText: low.toFixed(1),
  highText: high.toFixed(1),
  path: `cell[${id}]`,
});
const drawn = (...swings: Swing[]) => tornadoLayout(swings, 11.2, { width: 360 });

describe('a tornado', () => {
  test('the widest swing comes first, whichever side it takes', () => {
    const { rows } = drawn(swing('a', 10, 12), swing('b', 7, 20), swing('c', 18, 9));
    expect(rows.map(({ swing: { id } }) => id)).toEqual(['b', 'c', 'a']);
  });

  test('bars meet at the base, and a swing that turns about stands on the other side', () => {
    const { rows, base } = drawn(swing('a', 8, 14), swing('b', 14, 8));
    const [a, b] = rows;
    expect((a?.low.x ?? 0) + (a?.low.width ?? 0)).toBeCloseTo(base.x, 1);
    expect(a?.high.x).toBeCloseTo(base.x, 1);
    expect(b?.low.x).toBeCloseTo(base.x, 1);
    expect(b?.low.anchor).toBe('start');
    expect(b?.high.anchor).toBe('end');
  });

  test('both ends on one side: their texts stand on either side of the bar', () => {
    const { rows } = drawn(swing('a', 12, 16), swing('b', 7, 20));
    const one = rows.find(({ swing: { id } }) => id === 'a');
    expect(one?.high.anchor).toBe('start');
    expect(one?.low.anchor).toBe('end');
  });

  test('what moves nothing and what is alone has a place', () => {
    expect(JSON.stringify(drawn(swing('a', 11.2, 11.2)))).not.toContain('null');
    expect(drawn().rows).toEqual([]);
  });
});
