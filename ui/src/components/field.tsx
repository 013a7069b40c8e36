import { type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';

export type FieldAria = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string };

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  before?: string | undefined;
  after?: string | undefined;
  hideLabel?: boolean;
  children: (aria: FieldAria) => ReactNode;
};

/** A control with its name, its unit on the side it is read, its hint and its error. The unit is never typed. */
export function Field({ label, hint, error, before, after, hideLabel, children }: Props) {
  const id = useId();
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  const aria: FieldAria = {
    id,
    ...(error ? { 'aria-invalid': true as const } : {}),
    ...(note ? { 'aria-describedby': note } : {}),
  };
  return (
    <div className={`field ${error ? 'field-wrong' : ''}`}>
      <label className={hideLabel ? 'visually-hidden' : 'field-label'} htmlFor={id}>
        {label}
      </label>
      <div className="field-box">
        {before ? <span className="field-unit field-unit-before">{before}</span> : null}
        {children(aria)}
        {after ? <span className="field-unit field-unit-after">{after}</span> : null}
      </div>
      {error ? (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="blocker" size={13} /> {error}
        </p>
      ) : hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

type TextProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: string | null;
  type?: 'text' | 'password' | 'email' | 'search';
  autoComplete?: string;
  hideLabel?: boolean;
  placeholder?: string;
};

export function TextInput({
  label,
  value,
  onChange,
  hint,
  error,
  type = 'text',
  hideLabel,
  ...rest
}: TextProps) {
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel ?? false}>
      {(aria) => (
        <input
          {...aria}
          {...rest}
          className="input"
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
