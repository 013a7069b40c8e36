import type { GridColumn, Pasting } from './grid.tsx';

export type Spot = { row: number; column: number };

/** A rectangle of cells, corners included. */
export type Range = { top: number; bottom: number; left: number; right: number };

export type Change = { path: string; value: unknown };

/** What a block came to: changes and rows below the last one, or the sentence why none of it was taken. */
export type BlockReading<Row> = { changes: Change[]; added: Row[] } | { wrong: string };

/** Whether a person types into this cell: a column may hold typed amounts and computed ones. */
export function isTyped<Row>(row: Row, column: GridColumn<Row>): boolean {
  return column.commit !== undefined && column.path?.(row) !== null;
}

export function rangeOf(anchor: Spot, spot: Spot): Range {
  return {
    top: Math.min(anchor.row, spot.row),
    bottom: Math.max(anchor.row, spot.row),
    left: Math.min(anchor.column, spot.column),
    right: Math.max(anchor.column, spot.column),
  };
}

export const isIn = ({ top, bottom, left, right }: Range, { row, column }: Spot) =>
  row >= top && row <= bottom && column >= left && column <= right;

/** Rows and cells of a block copied from a spreadsheet. A cell with a tab, a quote or a line break in it comes in quotes. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at += 1) {
    const glyph = source[at] ?? '';
    if (isQuoted) {
      if (glyph !== '"') cell += glyph;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (glyph === '"' && cell === '' && closes(source, at)) isQuoted = true;
    else if (glyph === '\t') {
      row.push(cell);
      cell = '';
    } else if (glyph === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += glyph;
  }
  if (cell !== '' || row.length > 0 || rows.length === 0) rows.push([...row, cell]);
  return rows;
}

/** Whether the quote at this place has its partner at the end of a cell: an inch sign in front of a name has none. */
function closes(text: string, from: number): boolean {
  return /^"(?:[^"]|"")*"(?=\t|\n|$)/.test(text.slice(from));
}

/** The cells as a spreadsheet takes them. */
export function writeBlock(cells: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return cells.map((row) => row.map(quoted).join('\t')).join('\n');
}

/** What a cell is copied as: what its editor begins with, a choice in words. */
export function copiedText<Row>(row: Row, column: GridColumn<Row>): string | null {
  const text = column.text?.(row);
  if (text === undefined) return null;
  return column.choices?.find((choice) => choice.value === text)?.label ?? text;
}

type Sheet<Row> = { rows: readonly Row[]; columns: readonly GridColumn<Row>[] };

/** Reads a block that is laid over the sheet from a cell on; nothing is changed yet. */
export function readOver<Row>(
  block: readonly (readonly string[])[],
  from: Spot,
  { rows, columns }: Sheet<Row>,
  pasting: Partial<Pasting<Row>>,
): BlockReading<Row> {
  const changes: Change[] = [];
  const added: Row[] = [];
  const rowAt = (at: number, line: readonly string[]): Row | undefined => {
    if (at < rows.length || line.every((text) => text.trim() === '')) return rows[at];
    const blank = pasting.blankRow?.(added.length);
    if (blank !== undefined) added.push(blank);
    return blank;
  };
  for (const [down, line] of block.entries()) {
    const row = rowAt(from.row + down, line);
    for (const [right, text] of line.entries()) {
      const column = columns[from.column + right];
      if (row === undefined || !column?.read || !isTyped(row, column)) continue;
      const reading = column.read(row, text);
      if (reading === null) continue;
      if ('wrong' in reading) {
        return {
          wrong: pasting.pasteRefused?.(down + 1, column.head, reading.wrong) ?? reading.wrong,
        };
      }
      changes.push(reading);
    }
  }
  return { changes, added };
}

/** A block over columns that can only commit cell by cell: up to the first that is refused. */
export function commitOver<Row>(
  block: readonly (readonly string[])[],
  from: Spot,
  { rows, columns }: Sheet<Row>,
): string | null {
  for (const [down, line] of block.entries()) {
    const row = rows[from.row + down];
    for (const [right, text] of line.entries()) {
      const column = columns[from.column + right];
      if (row === undefined || !column || !isTyped(row, column)) continue;
      const refusal = column.commit?.(row, text);
      if (refusal) return `${column.head}: ${refusal}`;
    }
  }
  return null;
}

/** The first row of a range, repeated over the rest of it; of a single row, the row above it. */
export function filledDown<Row>(
  range: Range,
  { rows, columns }: Sheet<Row>,
): { block: string[][]; from: Spot } | null {
  const isOne = range.top === range.bottom;
  const source = rows[isOne ? range.top - 1 : range.top];
  const first = isOne ? range.top : range.top + 1;
  if (source === undefined) return null;
  const line = columns.slice(range.left, range.right + 1).map((column) => copiedText(source, column) ?? '');
  const count = range.bottom - first + 1;
  return { block: Array.from({ length: count }, () => line), from: { row: first, column: range.left } };
}

/** A range of the same text, such as one copied cell or nothing at all. */
export function filledWith(text: string, range: Range): string[][] {
  const line = Array.from({ length: range.right - range.left + 1 }, () => text);
  return Array.from({ length: range.bottom - range.top + 1 }, () => line);
}
