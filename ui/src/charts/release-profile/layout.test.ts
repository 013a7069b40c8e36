import { expect, test } from 'vitest';
import { profileLayout, usualShares, weightAt } from './layout.ts';

const PROFILES = ['lump', 'front_loaded', 'even', 'back_loaded', 's_curve', 's_curve_front', 's_curve_back'];

test.each(PROFILES)('%s is a whole', (profile) => {
  for (const quarters of [1, 2, 7, 20]) {
    const shares = usualShares(profile, quarters);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(shares.length).toBe(profile === 'lump' ? 1 : quarters);
  }
});

test('the front of two quarters is as the engine splits it, and the back rises', () => {
  expect(usualShares('front_loaded', 2)[0]).toBeCloseTo(60 / 85, 9);
  const back = usualShares('back_loaded', 4);
  expect(back).toEqual([...back].sort((one, other) => one - other));
});

test('bars stand on the ground and stay within the drawing', () => {
  const geometry = profileLayout(usualShares('s_curve', 8), { width: 260, height: 90 });
  for (const bar of geometry.bars) {
    expect(bar.y + bar.height).toBeCloseTo(geometry.zero, 1);
    expect(bar.x).toBeGreaterThanOrEqual(0);
    expect(bar.x + bar.width).toBeLessThanOrEqual(260);
  }
  expect(weightAt(geometry.zero, geometry)).toBe(0);
  expect(weightAt(-50, geometry)).toBe(100);
});
