import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import type { GridColumn } from './grid.tsx';

type EditorProps<Row> = {
  column: GridColumn<Row>;
  begin: string;
  /** What stands in the editor now; the sheet reads it when the editor closes. */
  draft: RefObject<string>;
  wrong: string | null;
  onKey: (event: KeyboardEvent) => void;
  onLeave: () => boolean;
};

/** The open cell. What is typed lives here alone, so that a key draws one cell and not the sheet. */
export function CellEditor<Row>({ column, begin, draft, wrong, onKey, onLeave }: EditorProps<Row>) {
  const [text, setText] = useState(begin);
  const note = useId();
  const change = (next: string) => {
    draft.current = next;
    setText(next);
  };
  const common = {
    'aria-label': column.head,
    'aria-invalid': wrong ? (true as const) : undefined,
    'aria-describedby': wrong ? note : undefined,
    value: text,
    onKeyDown: onKey,
    onBlur: () => void onLeave(),
  };
  const focus = (element: HTMLElement | null) => element?.focus();
  return (
    <>
      {column.choices ? (
        <select
          {...common}
          className="sheet-input"
          ref={focus}
          onChange={(event) => change(event.target.value)}
        >
          {column.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          className={`sheet-input ${column.align === 'right' ? 'input-right' : ''}`}
          ref={focus}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {wrong ? (
        <span className="sheet-wrong" id={note} role="alert">
          {wrong}
        </span>
      ) : null}
    </>
  );
}
