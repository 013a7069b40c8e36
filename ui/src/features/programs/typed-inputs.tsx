import { useState } from 'react';
import type { RunInputDto } from '../../api/bindings.ts';
import { Field } from '../../components/field.tsx';
import { normaliseNumber } from '../../domain/money.ts';
import { formatPrice, parsePercent, shiftPoint } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useQuantityWords } from '../explain/provider.tsx';
import { formatRun } from './law.ts';

/** What an input asks for, whether a run has seen it or only the form names it. */
export type Question = Pick<RunInputDto, 'name' | 'label' | 'unit' | 'options'> &
  Partial<Pick<RunInputDto, 'value' | 'from' | 'paths'>>;

type Typed = Readonly<Record<string, string>>;
type Props = {
  questions: readonly Question[];
  currency: string;
  typed: Typed;
  onType: (typed: Typed) => void;
  /** Goes to the cell of the deal a value was read from. */
  onCell?: ((path: string) => void) | undefined;
};

/** A value for each input, as a person types it; what is left empty stays open or takes the form's default. */
export function TypedInputs({ questions, currency, typed, onType, onCell }: Props) {
  const { t } = useText();
  const set = (name: string, value: string | null) => {
    const { [name]: _, ...rest } = typed;
    onType(value === null ? rest : { ...rest, [name]: value });
  };
  return (
    <fieldset className="typed-inputs">
      <legend className="visually-hidden">{t('programs.asked')}</legend>
      {questions.map((question) => (
        <div key={question.name} className="typed-input">
          <TypedInput
            question={question}
            currency={currency}
            value={typed[question.name] ?? null}
            onValue={(value) => set(question.name, value)}
          />
          <Whence question={question} isTyped={question.name in typed} onCell={onCell} />
        </div>
      ))}
    </fieldset>
  );
}

type WhenceProps = { question: Question; isTyped: boolean; onCell: Props['onCell'] };

/** Where a value that nobody typed here came from. */
function Whence({ question, isTyped, onCell }: WhenceProps) {
  const { t, locale } = useText();
  const words = useQuantityWords();
  if (isTyped || !question.value || question.from === 'given') return null;
  const shown = formatRun(question.value, question.unit, locale, words);
  const [path] = question.paths ?? [];
  return (
    <p className="field-hint">
      {`${t(question.from === 'deal' ? 'programs.from_deal' : 'programs.from_default')} `}
      <samp>{shown}</samp>
      {path !== undefined && onCell ? (
        <>
          {' '}
          <button type="button" className="link" onClick={() => onCell(path)}>
            {t('programs.to_cell')}
          </button>
        </>
      ) : null}
    </p>
  );
}

type InputProps = {
  question: Question;
  currency: string;
  value: string | null;
  onValue: (value: string | null) => void;
};

function TypedInput({ question, currency, value, onValue }: InputProps) {
  const { t } = useText();
  if (question.unit === 'flag' || question.options.length > 0) {
    const options =
      question.unit === 'flag'
        ? [
            { value: 'true', label: t('programs.yes') },
            { value: 'false', label: t('programs.no') },
          ]
        : question.options.map((option) => ({ value: option, label: option.replace(/_/g, ' ') }));
    return (
      <Field label={question.label}>
        {(aria) => (
          <select
            {...aria}
            className="input native-select"
            data-input={question.name}
            value={value ?? ''}
            onChange={({ target }) => onValue(target.value === '' ? null : target.value)}
          >
            <option value="">{t('programs.open')}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
      </Field>
    );
  }
  return <TypedNumber question={question} currency={currency} value={value} onValue={onValue} />;
}

function TypedNumber({ question, currency, value, onValue }: InputProps) {
  const { t, locale } = useText();
  const { unit } = question;
  const [draft, setDraft] = useState<{ text: string; stands: string | null } | null>(null);
  const show = (one: string) =>
    /^-?\d+(\.\d+)?$/.test(one) ? formatPrice(unit === 'rate' ? shiftPoint(one, 2) : one, locale) : one;
  const shown =
    value === null
      ? ''
      : unit === 'list'
        ? value
            .split(/\s*;\s*/)
            .map(show)
            .join('; ')
        : show(value);
  const one = (text: string) =>
    unit === 'rate' ? parsePercent(text, locale) : normaliseNumber(text, locale);
  const read = (text: string): string | null => {
    if (unit === 'text') return text;
    if (unit !== 'list') return one(text);
    const items = text.split(';').map((item) => one(item));
    return items.every((item) => item !== null) ? items.join('; ') : null;
  };
  const isTyping = draft !== null && draft.stands === value;
  const isWrong = isTyping && draft.text.trim() !== '' && read(draft.text) === null;
  const sign = unit === 'rate' ? '%' : unit === 'money' || unit === 'list' ? currency : undefined;
  return (
    <Field
      label={question.label}
      after={sign}
      hint={unit === 'list' ? t('programs.list.hint') : undefined}
      error={isWrong ? t(unit === 'list' ? 'programs.not_amounts' : 'editor.not_a_number') : null}
    >
      {(aria) => (
        <input
          {...aria}
          className={`input ${unit === 'text' ? '' : 'input-right'}`}
          inputMode={unit === 'text' ? 'text' : 'decimal'}
          data-input={question.name}
          value={isTyping ? draft.text : shown}
          placeholder={t('programs.open')}
          onChange={({ target }) => {
            const next = target.value.trim() === '' ? null : read(target.value);
            const isRead = target.value.trim() === '' || next !== null;
            setDraft({ text: target.value, stands: isRead ? next : value });
            if (isRead) onValue(next);
          }}
          onBlur={() => (isWrong ? undefined : setDraft(null))}
        />
      )}
    </Field>
  );
}
