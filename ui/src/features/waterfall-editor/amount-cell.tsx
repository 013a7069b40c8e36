import { useState } from 'react';
import { Field } from '../../components/field.tsx';
import {
  formatExact,
  minorDigits,
  parseDocumentMoney,
  parseMinor,
  writeDocumentMoney,
} from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';

type Props = {
  label: string;
  value: string | undefined;
  currency: string;
  onPut: (value: string | null) => void;
};

/** From how many digits on an amount is easier to read with its groups apart. */
const LONG = 4;

/**
 * An amount as the document writes it. While it is typed it is read back with its thousands apart, so that a nought too
 * many shows before it counts; a wheel over the field changes nothing.
 */
export function AmountCell({ label, value, currency, onPut }: Props) {
  const { t, locale } = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const money = parseDocumentMoney(value);
  const unit = money?.currency ?? currency;
  const text = money ? (money.minor === 0 ? '0' : formatExact(money, locale)) : '';
  const read = (typed: string) => parseMinor(typed, unit, locale);
  const typed = draft === null ? null : read(draft);
  const isLong = (draft ?? '').replace(/\D/g, '').length >= LONG;
  const commit = () => {
    if (draft === null || draft === text) {
      setDraft(null);
      setWrong(null);
      return;
    }
    const minor = draft.trim() === '' ? null : read(draft);
    if (minor === null && draft.trim() !== '') {
      setWrong(t('field.money.invalid', { digits: minorDigits(unit) }));
      return;
    }
    setDraft(null);
    setWrong(null);
    onPut(minor === null ? null : writeDocumentMoney({ minor, currency: unit }));
  };
  return (
    <Field
      label={label}
      before={unit}
      error={wrong}
      hint={
        typed !== null && isLong
          ? t('limit.amount', { amount: `${unit} ${formatExact({ minor: typed, currency: unit }, locale)}` })
          : undefined
      }
    >
      {(aria) => (
        <input
          {...aria}
          className="input input-right"
          inputMode="decimal"
          value={draft ?? text}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            if (event.key === 'Escape' && draft !== null) {
              // The field lets go of what was typed; the dialog stays.
              event.stopPropagation();
              setDraft(null);
              setWrong(null);
            }
          }}
        />
      )}
    </Field>
  );
}
