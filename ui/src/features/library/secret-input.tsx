import type { Ref } from 'react';
import { IconButton } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
  isShown: boolean;
  /** The button that shows and hides; without it the field follows another one. */
  toggle?: { label: string; run: () => void };
  hint?: string;
  error?: string | null;
  autoFocus?: boolean;
  ref?: Ref<HTMLInputElement>;
};

/** A field for a passphrase. It is held while the form is open and nowhere else. */
export function SecretInput({
  label,
  value,
  onChange,
  autoComplete,
  isShown,
  toggle,
  hint,
  error,
  ...rest
}: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(aria) => (
        <>
          <input
            {...aria}
            ref={rest.ref}
            className="input"
            type={isShown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: a form of one question begins in its field
            autoFocus={rest.autoFocus ?? false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {toggle ? (
            <IconButton
              icon={isShown ? 'hide' : 'show'}
              label={toggle.label}
              aria-pressed={isShown}
              onClick={toggle.run}
            />
          ) : null}
        </>
      )}
    </Field>
  );
}
