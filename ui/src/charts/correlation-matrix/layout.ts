import { fitted, px, textWidth } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

/** How two inputs move together: as typed, and as used where the typed ones contradict each other. */
export type Pair = { one: string; other: string; typed: number | null; used: number | null };
export type MatrixData = { inputs: readonly { id: string; label: string }[]; pairs: readonly Pair[] };

/** From −3, strongly against each other, over 0 to 3, strongly together. */
export type Tone = -3 | -2 | -1 | 0 | 1 | 2 | 3;
export type MatrixCell = {
  row: number;
  column: number;
  one: string;
  other: string;
  /** The half below the diagonal is typed, the one above says what is used. */
  half: 'typed' | 'used' | 'self';
  rho: number | null;
  isRepaired: boolean;
  tone: Tone;
  x: number;
  y: number;
  size: number;
  tall: number;
};

export type MatrixGeometry = {
  width: number;
  height: number;
  names: { text: string; y: number }[];
  heads: { text: string; x: number }[];
  head: number;
  cells: MatrixCell[];
};

const TALL = 32;

export function toneOf(rho: number | null): Tone {
  const size = Math.abs(rho ?? 0);
  const step = size < 0.05 ? 0 : size < 0.35 ? 1 : size < 0.7 ? 2 : 3;
  return ((rho ?? 0) < 0 ? -step : step) as Tone;
}

/** The pair of two inputs, whichever is named first. */
export function pairOf(pairs: readonly Pair[], one: string, other: string): Pair | null {
  return (
    pairs.find(
      (pair) => (pair.one === one && pair.other === other) || (pair.one === other && pair.other === one),
    ) ?? null
  );
}

/** Every input against every other: typed below the diagonal, used above it. */
export function matrixLayout({ inputs, pairs }: MatrixData, size: Size): MatrixGeometry {
  const count = inputs.length;
  const longest = Math.max(0, ...inputs.map(({ label }) => textWidth(label, 11, 'strong')));
  const left = Math.min(longest + 34, size.width * 0.34);
  const wide = Math.min((size.width - left) / Math.max(count, 1), 84);
  const head = 20;
  const cells = inputs.flatMap((rowInput, row) =>
    inputs.map((columnInput, column): MatrixCell => {
      const pair = pairOf(pairs, rowInput.id, columnInput.id);
      const half = row === column ? 'self' : column < row ? 'typed' : 'used';
      const rho =
        half === 'self' ? 1 : half === 'typed' ? (pair?.typed ?? null) : (pair?.used ?? pair?.typed ?? null);
      const { typed = null, used = null } = pair ?? {};
      return {
        row,
        column,
        one: rowInput.id,
        other: columnInput.id,
        half,
        rho,
        isRepaired: typed !== null && used !== null && Math.abs(typed - used) >= 0.005,
        tone: half === 'self' ? 0 : toneOf(rho),
        x: px(left + column * wide),
        y: head + row * TALL,
        size: px(Math.max(wide - 2, 4)),
        tall: TALL - 2,
      };
    }),
  );
  return {
    width: size.width,
    height: head + count * TALL + 4,
    head,
    names: inputs.map(({ label }, at) => ({
      text: `${at + 1}  ${fitted(label, left - 26, 11, 1, 'strong')[0] ?? ''}`,
      y: head + at * TALL + TALL / 2 + 3,
    })),
    heads: inputs.map((_, at) => ({ text: String(at + 1), x: px(left + at * wide + (wide - 2) / 2) })),
    cells,
  };
}
