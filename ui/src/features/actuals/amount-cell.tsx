import { type ClipboardEvent, type KeyboardEvent, useId, useState } from 'react';
import { formatExact } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { readMinor } from '../cells.ts';

type Props = {
  label: string;
  value: string;
  currency: string;
  /** Its place among the cells that the arrow keys walk. */
  place: { row: number; column: number };
  isWrong: boolean;
  onChange: (text: string) => void;
  onBlock: (block: readonly (readonly string[])[]) => void;
};

/**
 * An amount in a table that is typed like a spreadsheet. While it is typed its thousands are echoed below; the wheel
 * does nothing, because the field is no number field.
 */
export function AmountCell({ label, value, currency, place, isWrong, onChange, onBlock }: Props) {
  const { t, locale } = useText();
  const id = useId();
  const [isTyping, setTyping] = useState(false);
  const minor = value === '' ? null : readMinor(value, currency, locale);
  const echo = minor === null ? null : formatExact({ minor, currency }, locale);
  const bad = value !== '' && minor === null;
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text').replace(/\r?\n$/, '');
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    onBlock(text.split(/\r?\n/).map((line) => line.split('\t')));
  };
  return (
    <span className={`amount-cell ${bad || isWrong ? 'is-wrong' : ''}`}>
      <input
        className="input input-right"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={bad || isWrong ? true : undefined}
        aria-describedby={isTyping && echo ? `${id}-echo` : undefined}
        data-cell={`${place.row}.${place.column}`}
        value={value}
        onChange={(event) => {
          setTyping(true);
          onChange(event.target.value);
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          setTyping(false);
          if (echo !== null && minor !== 0) onChange(echo);
        }}
        onPaste={paste}
        onKeyDown={(event) => walk(event, place)}
      />
      {isTyping && value !== '' ? (
        <span className="amount-echo" id={`${id}-echo`} data-about={currency}>
          {bad ? t('actuals.form.no_amount') : `${currency} ${echo}`}
        </span>
      ) : null}
    </span>
  );
}

/** Enter and the arrows go up and down a column, as in a spreadsheet. */
function walk(event: KeyboardEvent<HTMLInputElement>, place: { row: number; column: number }) {
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const table = event.currentTarget.closest('table');
  const next = table?.querySelector<HTMLInputElement>(`[data-cell="${place.row + step}.${place.column}"]`);
  if (!next) return;
  event.preventDefault();
  next.focus();
}
