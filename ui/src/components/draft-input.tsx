import { useState } from 'react';
import { Field } from './field.tsx';

export type Parsed<T> = { value: T } | { error: string };

type Props<T> = {
  label: string;
  /** The committed value as text. */
  text: string;
  parse: (text: string) => Parsed<T>;
  onCommit: (value: T) => void;
  before?: string | undefined;
  after?: string | undefined;
  hint?: string | undefined;
  error?: string | null | undefined;
  align?: 'left' | 'right';
  disabled?: boolean;
  inputMode?: 'decimal' | 'numeric' | 'text';
};

/** A typed input: keeps what is being typed, commits on Enter or on leaving, restores on Escape, and says what is wrong. */
export function DraftInput<T>(props: Props<T>) {
  const { label, text, parse, onCommit, before, after, hint, align = 'right', inputMode = 'decimal' } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);

  const commit = () => {
    if (draft === null || draft === text) {
      setDraft(null);
      setWrong(null);
      return;
    }
    const parsed = parse(draft);
    if ('error' in parsed) {
      setWrong(parsed.error);
      return;
    }
    setWrong(null);
    setDraft(null);
    onCommit(parsed.value);
  };

  return (
    <Field label={label} before={before} after={after} hint={hint} error={wrong ?? props.error}>
      {(aria) => (
        <input
          {...aria}
          className={`input input-${align}`}
          inputMode={inputMode}
          disabled={props.disabled}
          value={draft ?? text}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape') {
              setDraft(null);
              setWrong(null);
            }
          }}
        />
      )}
    </Field>
  );
}
