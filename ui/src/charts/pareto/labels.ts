import { px, textWidth } from '../kernel/measure.ts';
import type { ParetoPoint } from './data.ts';
import type { Frame } from './layout.ts';

/** A named point that is in sight. Where its name has no room, the diamond stands without it. */
export type Label = {
  place: number;
  id: string;
  x: number;
  y: number;
  isNow: boolean;
  text: { x: number; y: number; anchor: 'start' | 'end' | 'middle'; words: string } | null;
};

type Box = { left: number; right: number; top: number; bottom: number };

export const DIAMOND = 6.5;
const SIZE = 11;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Names beside their points where they cover no other name and no other named point. */
export function labelsOf(
  points: readonly ParetoPoint[],
  at: { x: Float64Array; y: Float64Array },
  frame: Frame,
): Label[] {
  const seen = points.flatMap(({ id, name, isNow }, place) => {
    const [x, y] = [px(at.x[place] ?? 0), px(at.y[place] ?? 0)];
    const isSeen = x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
    return name !== null && isSeen ? [{ place, id, x, y, isNow, name }] : [];
  });
  const taken: Box[] = seen.map(({ x, y }) => around(x, y, DIAMOND + 1));
  return seen.map(({ name, ...point }, own) => {
    const text = roomFor(name, point, frame, (box) =>
      taken.some((other, which) => which !== own && overlap(box, other)),
    );
    if (text) taken.push(text.box);
    return { ...point, text: text ? { ...text.at, words: name } : null };
  });
}

const around = (x: number, y: number, half: number): Box => ({
  left: x - half,
  right: x + half,
  top: y - half,
  bottom: y + half,
});

function roomFor(
  name: string,
  { x, y }: { x: number; y: number },
  frame: Frame,
  isTaken: (box: Box) => boolean,
) {
  const width = textWidth(name, SIZE, 'strong');
  const gap = DIAMOND + 4;
  const tries = [
    { x: x + gap, y: y + 4, anchor: 'start' as const, left: x + gap },
    { x: x - gap, y: y + 4, anchor: 'end' as const, left: x - gap - width },
    { x: x + 2, y: y - gap - 1, anchor: 'start' as const, left: x + 2 },
    { x: x - 2, y: y - gap - 1, anchor: 'end' as const, left: x - 2 - width },
    { x: x + 2, y: y + gap + 8, anchor: 'start' as const, left: x + 2 },
    { x: x - 2, y: y + gap + 8, anchor: 'end' as const, left: x - 2 - width },
  ];
  for (const { left, ...at } of tries) {
    const box = { left, right: left + width, top: at.y - SIZE + 1, bottom: at.y + 3 };
    const fits =
      box.left >= frame.left + 2 &&
      box.right <= frame.right + 12 &&
      box.top >= frame.top &&
      box.bottom <= frame.bottom;
    if (fits && !isTaken(box)) return { at, box };
  }
  return null;
}
