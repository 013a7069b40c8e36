import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';

/** A column of the sheet. Without `commit` its cells are read only. */
export type GridColumn<Row> = {
  id: string;
  head: string;
  align?: 'left' | 'right';
  /** What is shown at rest. */
  cell: (row: Row) => ReactNode;
  /** What the editor begins with. */
  text?: (row: Row) => string;
  /** Reads what was typed: null when accepted, or the sentence to show. */
  commit?: (row: Row, text: string) => string | null;
  /** Reads without changing anything, for a block that is checked as a whole before any of it counts. */
  read?: (row: Row, text: string) => { path: string; value: unknown } | { wrong: string } | null;
  choices?: readonly { value: string; label: string }[];
  width?: string;
  /** The cell's path in the deal, so that a finding or a derivation can lead to it; null where it is not typed. */
  path?: (row: Row) => string | null;
};

/** What becomes of a block that is pasted over columns that can be read. */
export type Pasting<Row> = {
  /** All of it at once; `added` are the rows it went beyond the last one with. */
  onBlock: (changes: readonly { path: string; value: unknown }[], added: readonly Row[]) => void;
  /** The sentence for a block of which nothing was taken. */
  pasteRefused: (line: number, column: string, reason: string) => string;
  /** A row below the last one. */
  blankRow?: (at: number) => Row;
};

type Props<Row> = Partial<Pasting<Row>> & {
  label: string;
  hint: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  footer?: ReactNode;
};

type Spot = { row: number; column: number };

/** A sheet: arrows move, Enter or typing opens the cell, Tab and Enter commit and move on, Escape restores, paste takes a block. */
export function Grid<Row>({ label, hint, columns, rows, rowId, footer, ...pasting }: Props<Row>) {
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  // Closing the editor takes the focus from it, which must not commit a second time.
  const isEditing = useRef(false);

  const focusCell = (next: Spot) => {
    setSpot(next);
    queueMicrotask(() =>
      table.current?.querySelector<HTMLElement>(`[data-spot="${next.row}:${next.column}"]`)?.focus(),
    );
  };
  const move = (rowStep: number, columnStep: number) =>
    focusCell({
      row: clamp(spot.row + rowStep, rows.length - 1),
      column: clamp(spot.column + columnStep, columns.length - 1),
    });
  const at = (place: Spot) => ({ row: rows[place.row], column: columns[place.column] });

  const begin = (text?: string) => {
    const { row, column } = at(spot);
    if (row === undefined || !column || !isTyped(row, column)) return;
    setWrong(null);
    isEditing.current = true;
    setDraft(text ?? column.text?.(row) ?? '');
  };
  /** Commits the draft; false when it was refused and the editor stays open. */
  const close = (): boolean => {
    const { row, column } = at(spot);
    if (isEditing.current && draft !== null && row !== undefined && column?.commit) {
      const refusal = draft === column.text?.(row) ? null : column.commit(row, draft);
      if (refusal) {
        setWrong(refusal);
        return false;
      }
    }
    isEditing.current = false;
    setDraft(null);
    setWrong(null);
    return true;
  };
  const finish = (rowStep: number, columnStep: number) => {
    if (close()) move(rowStep, columnStep);
  };
  const cancel = () => {
    isEditing.current = false;
    setDraft(null);
    setWrong(null);
    focusCell(spot);
  };

  const onCellKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step) move(step[0], step[1]);
    else if (event.key === 'Home') focusCell({ ...spot, column: 0 });
    else if (event.key === 'End') focusCell({ ...spot, column: columns.length - 1 });
    else if (event.key === 'Enter' || event.key === 'F2') {
      const { row, column } = at(spot);
      const inner = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('button');
      if (event.altKey) inner?.click();
      else if (row !== undefined && column && isTyped(row, column)) begin();
      else if (inner && event.target !== inner) inner.click();
      else return;
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) begin(event.key);
    else return;
    event.preventDefault();
  };
  const onEditKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish(event.shiftKey ? -1 : 1, 0);
    else if (event.key === 'Tab') finish(0, event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (draft !== null || text === '') return;
    event.preventDefault();
    setWrong(pasteBlock(readBlock(text), spot, rows, columns, pasting));
  };
  const onCopy = (event: ClipboardEvent) => {
    const { row, column } = at(spot);
    if (draft !== null || row === undefined || !column?.text || !window.getSelection()?.isCollapsed) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', column.text(row));
  };

  return (
    <div className="grid-scroll">
      <table ref={table} className="sheet" role="grid" aria-label={label} onPaste={onPaste} onCopy={onCopy}>
        <thead>
          <tr>
            {columns.map((column) =>
              // A column of buttons names each of them; a heading without words would say nothing.
              column.head === '' ? (
                <td key={column.id} style={{ width: column.width }} />
              ) : (
                <th
                  key={column.id}
                  scope="col"
                  className={column.align === 'right' ? 'num' : ''}
                  style={{ width: column.width }}
                >
                  {column.head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowAt) => (
            <tr key={rowId(row)} className={rowAt === spot.row && draft !== null ? 'sheet-row-edit' : ''}>
              {columns.map((column, columnAt) => {
                const isHere = rowAt === spot.row && columnAt === spot.column;
                const typed = isTyped(row, column);
                return (
                  <td
                    key={column.id}
                    role="gridcell"
                    data-spot={`${rowAt}:${columnAt}`}
                    data-path={column.path?.(row) ?? undefined}
                    tabIndex={isHere ? 0 : -1}
                    className={`${column.align === 'right' ? 'num' : ''} ${typed ? 'sheet-edit' : ''} ${isHere && draft !== null ? 'sheet-open' : ''}`}
                    aria-readonly={typed ? undefined : true}
                    onFocus={() => !isHere && setSpot({ row: rowAt, column: columnAt })}
                    onDoubleClick={() => begin()}
                    onKeyDown={draft === null ? onCellKey : undefined}
                  >
                    {isHere && draft !== null ? (
                      <CellEditor
                        column={column}
                        label={`${column.head}`}
                        draft={draft}
                        wrong={wrong}
                        onDraft={setDraft}
                        onKey={onEditKey}
                        onLeave={close}
                      />
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {footer ? <tfoot>{footer}</tfoot> : null}
      </table>
      <p className={wrong ? 'field-error' : 'visually-hidden'} role={wrong ? 'alert' : undefined}>
        {wrong ?? hint}
      </p>
    </div>
  );
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

function clamp(at: number, last: number): number {
  return Math.max(0, Math.min(at, last));
}

type EditorProps<Row> = {
  column: GridColumn<Row>;
  label: string;
  draft: string;
  wrong: string | null;
  onDraft: (text: string) => void;
  onKey: (event: KeyboardEvent) => void;
  onLeave: () => boolean;
};

function CellEditor<Row>({ column, label, draft, wrong, onDraft, onKey, onLeave }: EditorProps<Row>) {
  if (column.choices) {
    return (
      <select
        className="sheet-input"
        aria-label={label}
        ref={(element) => element?.focus()}
        value={draft}
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={onKey}
        onBlur={onLeave}
      >
        {column.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      className={`sheet-input ${column.align === 'right' ? 'input-right' : ''}`}
      aria-label={label}
      aria-invalid={wrong ? true : undefined}
      ref={(element) => element?.focus()}
      value={draft}
      onChange={(event) => onDraft(event.target.value)}
      onKeyDown={onKey}
      onBlur={onLeave}
    />
  );
}

/** Rows and cells of a block copied from a spreadsheet. */
export function readBlock(text: string): string[][] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
}

/** Whether a person types into this cell: a column may hold typed amounts and computed ones. */
function isTyped<Row>(row: Row, column: GridColumn<Row>): boolean {
  return column.commit !== undefined && column.path?.(row) !== null;
}

function pasteBlock<Row>(
  block: readonly string[][],
  from: Spot,
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  pasting: Partial<Pasting<Row>>,
): string | null {
  const changes: { path: string; value: unknown }[] = [];
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
      if (row === undefined || !column || !isTyped(row, column)) continue;
      if (!pasting.onBlock || !column.read) {
        const refusal = column.commit?.(row, text);
        if (refusal) return `${column.head}: ${refusal}`;
        continue;
      }
      const reading = column.read(row, text);
      if (reading === null) continue;
      if ('wrong' in reading) {
        return pasting.pasteRefused?.(down + 1, column.head, reading.wrong) ?? reading.wrong;
      }
      changes.push(reading);
    }
  }
  if (changes.length > 0) pasting.onBlock?.(changes, added);
  return null;
}
