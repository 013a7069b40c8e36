import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  commitOver,
  copiedText,
  filledDown,
  filledWith,
  isIn,
  isTyped,
  rangeOf,
  readBlock,
  readOver,
  type Spot,
  writeBlock,
} from './grid-block.ts';
import { CellEditor } from './grid-cell.tsx';
import { clamp, type RowActions, rowKey, stepTo } from './grid-keys.ts';

export { readBlock } from './grid-block.ts';
export type { RowActions } from './grid-keys.ts';

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
  /** Opens something of its own in place of an editor: Enter, F2 and a double press do it. */
  open?: (row: Row) => void;
};

/** How a block came about, for what is said of it. */
export type BlockKind = 'paste' | 'fill' | 'clear';

/** What becomes of a block that is pasted over columns that can be read. */
export type Pasting<Row> = {
  /** All of it at once; `added` are the rows it went beyond the last one with. */
  onBlock: (
    changes: readonly { path: string; value: unknown }[],
    added: readonly Row[],
    kind?: BlockKind,
  ) => void;
  /** The sentence for a block of which nothing was taken. */
  pasteRefused: (line: number, column: string, reason: string) => string;
  /** A row below the last one. */
  blankRow?: (at: number) => Row;
};

/** What is the matter with a cell. */
export type CellFlag = { severity: string; text: string };

type Props<Row> = Partial<Pasting<Row>> & {
  label: string;
  hint: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  footer?: ReactNode;
  /** What the keys do with whole rows. */
  rowActions?: RowActions;
  /** What is known to be the matter with the cell of a path. */
  flagOf?: (path: string) => CellFlag | null;
};

/**
 * A sheet: arrows move, with Shift they select; Enter or typing opens the cell, Tab and Enter commit and move on, Escape
 * restores; a block is copied, pasted, filled down and emptied as one.
 */
export function Grid<Row>(props: Props<Row>) {
  const { label, hint, columns, rows, rowId, footer, rowActions, flagOf, ...pasting } = props;
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<Spot | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const draft = useRef('');
  // Closing the editor takes the focus from it, which must not commit a second time.
  const isEditing = useRef(false);
  const isDragging = useRef(false);
  // Where the focus goes once the rows are as a key has made them.
  const coming = useRef<Spot | null>(null);

  const last = { row: rows.length - 1, column: columns.length - 1 };
  const here = { row: clamp(spot.row, last.row), column: clamp(spot.column, last.column) };
  const range = rangeOf(anchor ?? here, here);
  const sheet = { rows, columns };

  const focusCell = (next: Spot, from: Spot | null = null) => {
    setSpot(next);
    setAnchor(from);
    queueMicrotask(() =>
      table.current?.querySelector<HTMLElement>(`[data-spot="${next.row}:${next.column}"]`)?.focus(),
    );
  };
  const order = rows.map(rowId).join('\n');
  useEffect(() => {
    if (coming.current) focusCell(coming.current);
    coming.current = null;
    // Only when the rows are others, or in another order.
  }, [order]);
  const at = (place: Spot) => ({ row: rows[place.row], column: columns[place.column] });

  const begin = (text?: string) => {
    const { row, column } = at(here);
    if (row === undefined || !column) return;
    if (column.open) return column.open(row);
    if (!isTyped(row, column)) return;
    setWrong(null);
    setAnchor(null);
    isEditing.current = true;
    draft.current = text ?? column.text?.(row) ?? '';
    setBegun(draft.current);
  };
  const stop = () => {
    isEditing.current = false;
    setBegun(null);
    setWrong(null);
  };
  /** Commits the draft; false when it was refused and the editor stays open. */
  const close = (): boolean => {
    const { row, column } = at(here);
    if (isEditing.current && row !== undefined && column?.commit) {
      const refusal = draft.current === column.text?.(row) ? null : column.commit(row, draft.current);
      if (refusal) {
        setWrong(refusal);
        return false;
      }
    }
    stop();
    return true;
  };
  const finish = (rowStep: number, columnStep: number) => {
    if (!close()) return;
    focusCell({
      row: clamp(here.row + rowStep, last.row),
      column: clamp(here.column + columnStep, last.column),
    });
  };

  /** Lays a block over the sheet: all of it or none. */
  const lay = (block: readonly (readonly string[])[], from: Spot, kind: BlockKind) => {
    if (!pasting.onBlock) {
      setWrong(commitOver(block, from, sheet));
      return;
    }
    const growing = kind === 'paste' ? pasting : { ...pasting, blankRow: undefined };
    const reading = readOver(block, from, sheet, growing as Partial<Pasting<Row>>);
    setWrong('wrong' in reading ? reading.wrong : null);
    if ('wrong' in reading || reading.changes.length === 0) return;
    pasting.onBlock(reading.changes, reading.added, kind);
  };
  const fillDown = () => {
    const filled = filledDown(range, sheet);
    if (filled) lay(filled.block, filled.from, 'fill');
  };
  const empty = () => lay(filledWith('', range), { row: range.top, column: range.left }, 'clear');

  const onCellKey = (event: KeyboardEvent) => {
    coming.current = null;
    const isCommand = event.ctrlKey || event.metaKey;
    const handled = rowKey(event, [range.top, range.bottom], rowActions);
    const next = handled === null ? stepTo(event, here, last) : null;
    if (handled !== null) coming.current = { row: Math.max(handled, 0), column: here.column };
    else if (next) focusCell(next, event.shiftKey ? (anchor ?? here) : null);
    else if (isCommand && event.key.toLowerCase() === 'd') fillDown();
    else if (isCommand && event.key.toLowerCase() === 'a') {
      setAnchor({ row: 0, column: 0 });
      setSpot(last);
    } else if (event.key === 'Escape' && anchor) setAnchor(null);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && !isCommand) empty();
    else if ((event.key === 'Enter' || event.key === 'F2') && !isCommand) {
      const { row, column } = at(here);
      const inner = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('button');
      if (event.altKey) inner?.click();
      else if (row !== undefined && column && (column.open || isTyped(row, column))) begin();
      else if (inner && event.target !== inner) inner.click();
      else return;
    } else if (event.key.length === 1 && !isCommand && !event.altKey) {
      if (at(here).column?.open) return;
      begin(event.key);
    } else return;
    event.preventDefault();
  };
  const onEditKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish(event.shiftKey ? -1 : 1, 0);
    else if (event.key === 'Tab') finish(0, event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      stop();
      focusCell(here);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (begun !== null || text === '') return;
    event.preventDefault();
    const block = readBlock(text);
    const isOne = block.length === 1 && block[0]?.length === 1;
    const from = { row: range.top, column: range.left };
    lay(isOne ? filledWith(block[0]?.[0] ?? '', range) : block, from, 'paste');
  };
  const shownText = (row: number, column: number) =>
    table.current?.querySelector(`[data-spot="${row}:${column}"]`)?.textContent ?? '';
  const onCopy = (event: ClipboardEvent) => {
    const isCell = (event.target as HTMLElement).closest?.('[data-spot]');
    if (begun !== null || !isCell || !window.getSelection()?.isCollapsed) return;
    const lines = rows
      .slice(range.top, range.bottom + 1)
      .map((row, down) =>
        columns
          .slice(range.left, range.right + 1)
          .map((column, right) => copiedText(row, column) ?? shownText(range.top + down, range.left + right)),
      );
    event.preventDefault();
    event.clipboardData.setData('text/plain', writeBlock(lines));
    if (event.type === 'cut') empty();
  };

  return (
    <div className="grid-scroll">
      <table
        ref={table}
        className="sheet"
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        onPaste={onPaste}
        onCopy={onCopy}
        onCut={onCopy}
        onMouseUp={() => {
          isDragging.current = false;
        }}
      >
        <Head columns={columns} />
        <tbody>
          {rows.map((row, rowAt) => (
            <tr key={rowId(row)} className={rowAt === here.row && begun !== null ? 'sheet-row-edit' : ''}>
              {columns.map((column, columnAt) => {
                const place = { row: rowAt, column: columnAt };
                const isHere = rowAt === here.row && columnAt === here.column;
                const typed = isTyped(row, column);
                const path = column.path?.(row) ?? undefined;
                const flag = path === undefined ? null : (flagOf?.(path) ?? null);
                const isChosen = anchor !== null && isIn(range, place);
                const isOpen = isHere && begun !== null;
                return (
                  <td
                    key={column.id}
                    role="gridcell"
                    data-spot={`${rowAt}:${columnAt}`}
                    data-path={path}
                    tabIndex={isHere ? 0 : -1}
                    className={`${column.align === 'right' ? 'num' : ''} ${typed ? 'sheet-edit' : ''} ${isOpen ? 'sheet-open' : ''} ${isChosen ? 'sheet-chosen' : ''} ${flag ? `sheet-flag sheet-flag-${flag.severity}` : ''}`}
                    aria-readonly={typed || column.open ? undefined : true}
                    aria-selected={isChosen || undefined}
                    title={flag?.text}
                    aria-description={flag?.text}
                    onFocus={(event) => {
                      if (!isHere && event.target === event.currentTarget) {
                        setSpot(place);
                        if (!isDragging.current) setAnchor(null);
                      }
                    }}
                    onMouseDown={(event) => {
                      if (event.button !== 0 || isOpen) return;
                      if (event.shiftKey) {
                        event.preventDefault();
                        if (close()) focusCell(place, anchor ?? here);
                        return;
                      }
                      setAnchor(null);
                      isDragging.current = true;
                    }}
                    onMouseEnter={(event) => {
                      if (!isDragging.current || event.buttons !== 1 || begun !== null) return;
                      window.getSelection()?.removeAllRanges();
                      setAnchor(anchor ?? here);
                      setSpot(place);
                      event.currentTarget.focus();
                    }}
                    onDoubleClick={() => begin()}
                    onKeyDown={begun === null ? onCellKey : undefined}
                  >
                    {isOpen ? (
                      <CellEditor
                        column={column}
                        begin={begun}
                        draft={draft}
                        wrong={wrong}
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
      {wrong && begun === null ? (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      ) : (
        <p className="visually-hidden">{hint}</p>
      )}
    </div>
  );
}

function Head<Row>({ columns }: { columns: readonly GridColumn<Row>[] }) {
  return (
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
  );
}
