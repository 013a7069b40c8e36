import { createContext, type ReactNode, type RefObject, useContext, useId, useRef, useState } from 'react';
import type { ProgramFault } from '../../../api/bindings.ts';
import { Icon } from '../../../components/icon.tsx';
import { normaliseNumber } from '../../../domain/money.ts';
import { formatPrice, parsePercent, shiftPoint } from '../../../domain/rate.ts';
import { useText } from '../../../i18n/index.tsx';
import { faultText } from '../fault-text.ts';
import { addressOf, at, columnOf, type Json, type Path, textAt } from './doc.ts';
import type { Editing } from './use-draft.ts';

/** Where the cursor was last in a formula. */
export type Caret = { path: Path; start: number; end: number; field: HTMLTextAreaElement };

type Context = {
  editing: Editing;
  faults: ReadonlyMap<string, readonly ProgramFault[]>;
  caret: RefObject<Caret | null>;
};

const EditorContext = createContext<Context | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Context {
  const context = useContext(EditorContext);
  if (!context) throw new Error('a field of the editor stands outside of it');
  return context;
}

type Base = {
  path: Path;
  label: string;
  /** The head of the column names it; a screen reader still hears it. */
  hideLabel?: boolean;
  hint?: string;
};

type FieldAria = {
  id: string;
  'data-field': string;
  'aria-label'?: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
};

type FrameProps = Base & {
  wrong?: string | null;
  after?: string | null;
  children: (aria: FieldAria) => ReactNode;
};

/** A field with its name, its address in the program, and what the engine says is wrong in it. */
function Frame({ path, label, hideLabel = false, hint, wrong, after, children }: FrameProps) {
  const id = useId();
  const { language } = useText();
  const { editing, faults } = useEditor();
  const address = addressOf(editing.doc, path);
  const said = wrong
    ? [wrong]
    : (faults.get(address) ?? []).map(({ message }) => faultText(message, language));
  const isWrong = said.length > 0;
  const aria: FieldAria = {
    id,
    'data-field': address,
    ...(hideLabel ? { 'aria-label': label } : {}),
    ...(isWrong ? { 'aria-invalid': true as const } : {}),
    ...(isWrong || hint ? { 'aria-describedby': `${id}-said` } : {}),
  };
  return (
    <div className={`field ${isWrong ? 'field-wrong' : ''}`}>
      {hideLabel ? null : (
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
      )}
      <div className="field-box">
        {children(aria)}
        {after ? <span className="field-unit field-unit-after">{after}</span> : null}
      </div>
      {isWrong ? (
        <p className="field-error" id={`${id}-said`}>
          <Icon name="blocker" size={13} /> <span>{said.join('; ')}</span>
        </p>
      ) : hint ? (
        <p className="field-hint" id={`${id}-said`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

type TextFieldProps = Base & { optional?: boolean; kind?: 'text' | 'date'; mono?: boolean };

export function TextField({ optional = false, kind = 'text', mono = false, ...base }: TextFieldProps) {
  const { editing } = useEditor();
  return (
    <Frame {...base}>
      {(aria) => (
        <input
          {...aria}
          className={`input ${mono ? 'mono' : ''}`}
          type={kind}
          value={textAt(editing.doc, base.path)}
          onChange={({ target }) =>
            editing.set(base.path, optional && target.value === '' ? undefined : target.value)
          }
        />
      )}
    </Frame>
  );
}

/** Several texts, one a line. */
export function LinesField(base: Base) {
  const { editing } = useEditor();
  const value = at(editing.doc, base.path);
  const lines = Array.isArray(value) ? value.map((one: Json) => String(one)) : [];
  return (
    <Frame {...base}>
      {(aria) => (
        <textarea
          {...aria}
          className="input input-area"
          rows={Math.max(2, lines.length)}
          value={lines.join('\n')}
          onChange={({ target }) =>
            editing.set(base.path, target.value === '' ? [] : target.value.split('\n'))
          }
        />
      )}
    </Frame>
  );
}

/** Codes with commas between them, such as places. */
export function ListField(base: Base) {
  const { editing } = useEditor();
  const [typed, setTyped] = useState<string | null>(null);
  const value = at(editing.doc, base.path);
  const shown = Array.isArray(value) ? value.join(', ') : '';
  return (
    <Frame {...base}>
      {(aria) => (
        <input
          {...aria}
          className="input mono"
          value={typed ?? shown}
          onChange={({ target }) => {
            setTyped(target.value);
            const items = target.value.split(',').map((item) => item.trim());
            editing.set(base.path, items.filter(Boolean));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Frame>
  );
}

type DecimalProps = Base & { unit: string; currency?: string; optional?: boolean };

/** A number of the law: a rate is typed in percent, everything exactly as many digits as it has. */
export function DecimalField({ unit, currency, optional = false, ...base }: DecimalProps) {
  const { t, locale } = useText();
  const { editing } = useEditor();
  const [typed, setTyped] = useState<{ text: string; stands: string } | null>(null);
  const stands = textAt(editing.doc, base.path);
  const isNumber = /^-?\d+(\.\d+)?$/.test(stands);
  const shown = isNumber ? formatPrice(unit === 'rate' ? shiftPoint(stands, 2) : stands, locale) : stands;
  const read = (text: string) =>
    unit === 'rate' ? parsePercent(text, locale) : normaliseNumber(text, locale);
  // Taken back from outside, the field shows what stands, not what was typed.
  const isTyping = typed !== null && typed.stands === stands;
  const text = isTyping ? typed.text : shown;
  const isWrong = isTyping && !(optional && typed.text.trim() === '') && read(typed.text) === null;
  return (
    <Frame
      {...base}
      wrong={isWrong ? t('editor.not_a_number') : null}
      after={unit === 'rate' ? '%' : unit === 'money' ? (currency ?? null) : null}
    >
      {(aria) => (
        <input
          {...aria}
          className="input input-right"
          inputMode="decimal"
          value={text}
          onChange={({ target }) => {
            const value = optional && target.value.trim() === '' ? undefined : read(target.value);
            if (value === null) return setTyped({ text: target.value, stands });
            setTyped({ text: target.value, stands: value ?? '' });
            editing.set(base.path, value);
          }}
          onBlur={() => (isWrong ? undefined : setTyped(null))}
        />
      )}
    </Frame>
  );
}

/** A whole number, held as one. */
export function CountField(base: Base & { after?: string }) {
  const { editing } = useEditor();
  const { after, ...rest } = base;
  return (
    <Frame {...rest} after={after ?? null}>
      {(aria) => (
        <input
          {...aria}
          className="input input-right"
          inputMode="numeric"
          value={textAt(editing.doc, base.path)}
          onChange={({ target }) => {
            const digits = target.value.replace(/\D/g, '').slice(0, 4);
            editing.set(base.path, digits === '' ? undefined : Number(digits));
          }}
        />
      )}
    </Frame>
  );
}

type ChoiceProps = Base & {
  options: readonly { value: string; label: string }[];
  none?: string;
  /** What stands where the field is left out. */
  fallback?: string;
  /** What falls away with the choice, where more than the field does. */
  clears?: Path;
};

/** One of the closed words of the form. */
export function ChoiceField({ options, none, fallback = '', clears, ...base }: ChoiceProps) {
  const { editing } = useEditor();
  const value = textAt(editing.doc, base.path) || fallback;
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <Frame {...base}>
      {(aria) => (
        <select
          {...aria}
          className="input native-select"
          value={value}
          onChange={({ target }) =>
            target.value === ''
              ? editing.set(clears ?? base.path, undefined)
              : editing.set(base.path, target.value)
          }
        >
          {none !== undefined || value === '' ? <option value="">{none ?? ''}</option> : null}
          {isKnown ? null : <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

export function FlagField({ path, label }: Base) {
  const { editing } = useEditor();
  return (
    <label className="flag-field">
      <input
        type="checkbox"
        data-field={addressOf(editing.doc, path)}
        checked={at(editing.doc, path) === true}
        onChange={({ target }) => editing.set(path, target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** A formula: read as it is typed; where the reader stops, the place is shown and can be gone to. */
export function FormulaField(base: Base) {
  const { t } = useText();
  const { editing, faults, caret } = useEditor();
  const area = useRef<HTMLTextAreaElement>(null);
  const text = textAt(editing.doc, base.path);
  const fault = faults.get(addressOf(editing.doc, base.path))?.[0];
  const column = fault ? columnOf(fault.message) : null;
  const place = column === null ? null : Math.min(column, text.length);
  return (
    <>
      <Frame {...base}>
        {(aria) => (
          <textarea
            {...aria}
            ref={area}
            className="input input-area mono"
            spellCheck={false}
            autoCapitalize="off"
            rows={Math.max(1, Math.ceil(text.length / 84))}
            value={text}
            onChange={({ target }) => editing.set(base.path, target.value.replace(/\n/g, ' '))}
            onSelect={({ currentTarget: field }) => {
              caret.current = {
                path: base.path,
                start: field.selectionStart,
                end: field.selectionEnd,
                field,
              };
            }}
          />
        )}
      </Frame>
      {place === null ? null : (
        <button
          type="button"
          className="formula-place mono"
          onClick={() => {
            area.current?.focus();
            area.current?.setSelectionRange(place, Math.min(place + 1, text.length));
          }}
        >
          <span className="visually-hidden">{t('editor.formula.go')}</span>
          <span aria-hidden="true">
            {text.slice(Math.max(0, place - 24), place)}
            <mark>{text.slice(place, place + 1) || '␣'}</mark>
            {text.slice(place + 1, place + 24)}
          </span>
        </button>
      )}
    </>
  );
}
