import { DraftInput } from '../../../components/draft-input.tsx';
import { Field } from '../../../components/field.tsx';
import { isDate } from '../../../domain/dates.ts';
import {
  formatExact,
  minorDigits,
  parseDocumentMoney,
  parseMinor,
  writeDocumentMoney,
} from '../../../domain/money.ts';
import { formatRateNumber, parsePercent } from '../../../domain/rate.ts';
import { useText } from '../../../i18n/index.tsx';

type Common<T> = { label: string; value: T | undefined; onPut: (value: T | null) => void };

/** A fraction, typed in percent; nothing typed is nothing said. */
export function PercentCell({ label, value, onPut }: Common<string>) {
  const { t, locale } = useText();
  return (
    <DraftInput<string | null>
      label={label}
      after="%"
      text={value === undefined ? '' : formatRateNumber(value, locale)}
      onCommit={onPut}
      parse={(text) => {
        if (text.trim() === '') return { value: null };
        const fraction = parsePercent(text, locale);
        return fraction === null ? { error: t('field.rate.invalid') } : { value: fraction };
      }}
    />
  );
}

/** An amount as the document writes it, in a currency that is not typed. */
export function MoneyCell({ label, value, currency, onPut }: Common<string> & { currency: string }) {
  const { t, locale } = useText();
  const money = parseDocumentMoney(value);
  const unit = money?.currency ?? currency;
  return (
    <DraftInput<string | null>
      label={label}
      before={unit}
      text={money ? (money.minor === 0 ? '0' : formatExact(money, locale)) : ''}
      onCommit={onPut}
      parse={(text) => {
        if (text.trim() === '') return { value: null };
        const minor = parseMinor(text, unit, locale);
        return minor === null
          ? { error: t('field.money.invalid', { digits: minorDigits(unit) }) }
          : { value: writeDocumentMoney({ minor, currency: unit }) };
      }}
    />
  );
}

export function TextCell({ label, value, onPut }: Common<string>) {
  return (
    <DraftInput<string | null>
      label={label}
      align="left"
      inputMode="text"
      text={value ?? ''}
      onCommit={onPut}
      parse={(text) => ({ value: text.trim() === '' ? null : text.trim() })}
    />
  );
}

export function CountCell({ label, value, onPut, after }: Common<number> & { after?: string }) {
  const { t } = useText();
  return (
    <DraftInput<number | null>
      label={label}
      after={after}
      inputMode="numeric"
      text={value === undefined ? '' : String(value)}
      onCommit={onPut}
      parse={(text) => {
        const typed = text.trim();
        if (typed === '') return { value: null };
        const count = Number(typed);
        return /^-?\d+$/.test(typed) && Number.isSafeInteger(count)
          ? { value: count }
          : { error: t('field.number.invalid') };
      }}
    />
  );
}

/** A decimal as the document writes it: `7.5` years. */
export function DecimalCell({ label, value, onPut }: Common<string>) {
  const { t, locale } = useText();
  return (
    <DraftInput<string | null>
      label={label}
      text={value === undefined ? '' : value.replace('.', locale.startsWith('fr') ? ',' : '.')}
      onCommit={onPut}
      parse={(text) => {
        const typed = text.trim().replace(',', '.');
        if (typed === '') return { value: null };
        return /^\d+(\.\d+)?$/.test(typed) ? { value: typed } : { error: t('field.number.invalid') };
      }}
    />
  );
}

export function DateCell({ label, value, onPut }: Common<string>) {
  const { t } = useText();
  return (
    <DraftInput<string | null>
      label={label}
      align="left"
      inputMode="numeric"
      text={value ?? ''}
      onCommit={onPut}
      parse={(text) => {
        const typed = text.trim();
        if (typed === '') return { value: null };
        return isDate(typed) ? { value: typed } : { error: t('field.date.invalid') };
      }}
    />
  );
}

type ChoiceProps = Common<string> & {
  choices: readonly { value: string; label: string }[];
  /** What stands there while nothing is said; without it something always is. */
  unsaid?: string;
};

export function ChoiceCell({ label, value, onPut, choices, unsaid }: ChoiceProps) {
  return (
    <Field label={label}>
      {(aria) => (
        <select
          {...aria}
          className="input"
          value={value ?? ''}
          onChange={(event) => onPut(event.target.value === '' ? null : event.target.value)}
        >
          {unsaid === undefined ? null : <option value="">{unsaid}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes, no, or nothing said: the engine tells the three apart. */
export function FlagCell({ label, value, onPut }: Common<boolean>) {
  const { t } = useText();
  return (
    <ChoiceCell
      label={label}
      value={value === undefined ? undefined : value ? 'yes' : 'no'}
      onPut={(choice) => onPut(choice === null ? null : choice === 'yes')}
      unsaid={t('terms.unsaid')}
      choices={[
        { value: 'yes', label: t('quantity.yes') },
        { value: 'no', label: t('quantity.no') },
      ]}
    />
  );
}

type SeveralProps = {
  label: string;
  value: readonly string[];
  onPut: (value: readonly string[]) => void;
  choices: readonly { value: string; label: string }[];
};

/** Any number of a few, behind a line that names those chosen. */
export function SeveralCell({ label, value, onPut, choices }: SeveralProps) {
  const { t } = useText();
  const chosen = choices.filter((choice) => value.includes(choice.value)).map((choice) => choice.label);
  return (
    <details className="terms-several">
      <summary>
        <span className="field-label">{label}</span>
        <span className="terms-chosen">{chosen.length > 0 ? chosen.join(', ') : t('terms.unsaid')}</span>
      </summary>
      <fieldset className="terms-choices">
        <legend className="visually-hidden">{label}</legend>
        {choices.map((choice) => (
          <label key={choice.value} className="check">
            <input
              type="checkbox"
              checked={value.includes(choice.value)}
              onChange={(event) =>
                onPut(
                  event.target.checked
                    ? [...value, choice.value]
                    : value.filter((one) => one !== choice.value),
                )
              }
            />
            {choice.label}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
