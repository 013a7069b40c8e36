import type { Kind } from '../../domain/kinds.ts';
import { fitted, px, textWidth } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

/** Somebody who is paid in full with some probability; null where that has no meaning. */
export type Chance = {
  id: string;
  label: string;
  kind: Kind;
  probability: number | null;
  error: number | null;
  text: string;
  address?: string;
  /** A claim of the party above it. */
  isPart?: boolean;
};

export type LadderRow = {
  chance: Chance;
  name: string;
  y: number;
  nameX: number;
  bar: { x: number; width: number; track: number };
  whisker: { x: number; width: number } | null;
};

export type ProbabilityGeometry = { width: number; height: number; row: number; rows: LadderRow[] };

const ROW = 30;

/** A row for everybody: name, a bar of the probability on one scale for all, and the number. */
export function probabilityLayout(chances: readonly Chance[], size: Size): ProbabilityGeometry {
  const texts = Math.max(0, ...chances.map(({ text }) => textWidth(text, 12, 'strong')));
  const indent = ({ isPart }: Chance) => (isPart ? 30 : 16);
  const names = Math.max(0, ...chances.map((one) => textWidth(one.label, 12, 'strong') + indent(one))) + 12;
  const room = size.width - texts - 16;
  const nameWidth = Math.min(names, room * 0.62);
  const track = Math.max(room - nameWidth, 24);
  const rows = chances.map((chance, at): LadderRow => {
    const nameX = indent(chance);
    const value = Math.min(Math.max(chance.probability ?? 0, 0), 1);
    const spread = 1.96 * (chance.error ?? 0);
    const [low, high] = [Math.max(value - spread, 0), Math.min(value + spread, 1)];
    return {
      chance,
      name: fitted(chance.label, nameWidth - nameX - 6, 12, 1)[0] ?? '',
      y: at * ROW,
      nameX,
      bar: { x: px(nameWidth), width: px(value * track), track: px(track) },
      whisker:
        chance.probability !== null && spread > 0
          ? { x: px(nameWidth + low * track), width: px((high - low) * track) }
          : null,
    };
  });
  return { width: size.width, height: Math.max(rows.length, 1) * ROW, row: ROW, rows };
}
