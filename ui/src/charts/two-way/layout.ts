import { px, textWidth } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

/** A result at a value of one input (row) and of another (column). */
export type Result = { value: number | null; text: string; address?: string };
export type TwoWayData = {
  rows: readonly string[];
  columns: readonly string[];
  cells: readonly (readonly Result[])[];
};

/** Of five shades, the darkest for the most. */
export type Shade = 1 | 2 | 3 | 4 | 5;
export type TwoWayGeometry = {
  width: number;
  height: number;
  heads: { text: string; x: number; y: number }[];
  names: { text: string; x: number; y: number }[];
  cells: {
    result: Result;
    row: number;
    column: number;
    x: number;
    y: number;
    width: number;
    height: number;
    shade: Shade | null;
  }[];
};

const TALL = 30;
const HEAD = 20;

/** Values in a grid, shaded from the least to the most. */
export function twoWayLayout({ rows, columns, cells }: TwoWayData, size: Size): TwoWayGeometry {
  const left = Math.max(20, ...rows.map((row) => textWidth(row, 11))) + 10;
  const wide = (size.width - left) / Math.max(columns.length, 1);
  const values = cells.flatMap((row) => row.flatMap(({ value }) => (value === null ? [] : [value])));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const shade = (value: number | null): Shade | null => {
    if (value === null) return null;
    const part = most > least ? (value - least) / (most - least) : 0.5;
    return (Math.min(Math.floor(part * 5), 4) + 1) as Shade;
  };
  return {
    width: size.width,
    height: HEAD + rows.length * TALL,
    heads: columns.map((text, at) => ({ text, x: px(left + (at + 0.5) * wide), y: HEAD - 7 })),
    names: rows.map((text, at) => ({ text, x: px(left - 8), y: HEAD + (at + 0.5) * TALL + 4 })),
    cells: cells.flatMap((row, rowAt) =>
      row.map((result, columnAt) => ({
        result,
        row: rowAt,
        column: columnAt,
        x: px(left + columnAt * wide),
        y: HEAD + rowAt * TALL,
        width: px(Math.max(wide - 1, 1)),
        height: TALL - 1,
        shade: shade(result.value),
      })),
    ),
  };
}
