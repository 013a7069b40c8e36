import { describe, expect, test } from 'vitest';
import { type Chance, probabilityLayout } from './layout.ts';

const chance = (id: string, probability: number | null, more: Partial<Chance> = {}): Chance => ({
  id,
  label: `Party ${id}`,
  kind: 'equity',
  probability,
  error: 0.004,
  text: probability === null ? '–' : `${probability * 100} ± 0.4`,
  ...more,
});
const drawn = (...chances: Chance[]) => probabilityLayout(chances, { width: 340 });

describe('who gets all their money', () => {
  test('bars are on one scale: half the chance, half as long', () => {
    const { rows } = drawn(chance('a', 0.8), chance('b', 0.4), chance('c', 1));
    expect((rows[0]?.bar.width ?? 0) / (rows[1]?.bar.width ?? 1)).toBeCloseTo(2, 1);
    expect(rows[2]?.bar.width).toBe(rows[2]?.bar.track);
    expect(new Set(rows.map(({ bar }) => bar.x)).size).toBe(1);
  });

  test('the whisker is the 95 % band, and stays on the scale', () => {
    const { rows } = drawn(chance('a', 0.5), chance('b', 1), chance('c', null));
    const [a, b, c] = rows;
    expect(a?.whisker?.width).toBeCloseTo(2 * 1.96 * 0.004 * (a?.bar.track ?? 0), 1);
    expect((b?.whisker?.x ?? 0) + (b?.whisker?.width ?? 0)).toBeCloseTo(
      (b?.bar.x ?? 0) + (b?.bar.track ?? 0),
      1,
    );
    expect(c?.whisker).toBeNull();
    expect(c?.bar.width).toBe(0);
  });

  test('a long name is cut and leaves room for bar and number', () => {
    const { rows } = drawn(chance('a', 0.5, { label: 'A fund with a name that goes on for a long while' }));
    expect(rows[0]?.name.endsWith('…')).toBe(true);
    expect(rows[0]?.bar.track).toBeGreaterThan(60);
  });
});
