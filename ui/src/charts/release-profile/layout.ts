import { px } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

export type ProfileBar = {
  quarter: number;
  x: number;
  y: number;
  width: number;
  height: number;
  share: number;
};
export type ProfileGeometry = { width: number; height: number; zero: number; bars: ProfileBar[] };

/** The parts of a usual profile over so many quarters, for the eye: amounts are split where they are computed. */
export function usualShares(profile: string, quarters: number): number[] {
  const count = profile === 'lump' ? 1 : Math.max(1, quarters);
  const each = Array.from({ length: count }, (_, at) => weightOf(profile, at, count));
  const sum = each.reduce((total, weight) => total + weight, 0);
  return each.map((weight) => weight / sum);
}

const FRONT = [60, 25, 10];
const CURVES: Record<string, [steepness: number, middle: number]> = {
  s_curve: [8, 0.5],
  s_curve_front: [10, 0.3],
  s_curve_back: [10, 0.7],
};

function weightOf(profile: string, at: number, count: number): number {
  const curve = CURVES[profile];
  if (curve) {
    const [steepness, middle] = curve;
    const rise = (time: number) => 1 / (1 + Math.exp(-steepness * (time - middle)));
    return rise((at + 1) / count) - rise(at / count);
  }
  if (profile === 'front_loaded') return FRONT[at] ?? 5;
  return profile === 'back_loaded' ? at + 1 : 1;
}

/** A bar for each quarter of a source. */
export function profileLayout(shares: readonly number[], size: Size & { height: number }): ProfileGeometry {
  const zero = size.height - 16;
  const step = size.width / Math.max(shares.length, 1);
  const wide = Math.max(Math.min(step - 3, 40), 2);
  const most = Math.max(...shares, 1e-9);
  const bars = shares.map((share, quarter) => {
    const height = (share / most) * (zero - 6);
    return {
      quarter,
      x: px(step * (quarter + 0.5) - wide / 2),
      y: px(zero - height),
      width: px(wide),
      height: px(height),
      share,
    };
  });
  return { width: size.width, height: size.height, zero: px(zero), bars };
}

/** The weight that a point of the drawing stands for, of a hundred at its top. */
export function weightAt(y: number, geometry: Pick<ProfileGeometry, 'zero'>): number {
  return Math.round(Math.min(Math.max((geometry.zero - y) / (geometry.zero - 6), 0), 1) * 100);
}
