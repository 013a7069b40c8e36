import { useRef, useState } from 'react';
import { Field, TextInput } from '../../../components/field.tsx';
import { type Money, minorDigits, parseMinor } from '../../../domain/money.ts';
import { useText } from '../../../i18n/index.tsx';

type Props = {
  /** What the button does. */
  label: string;
  kinds: readonly string[];
  kindLabel: (kind: string) => string;
  kindHead: string;
  currency: string;
  /** The kinds come one after the other, as the accounts of a top sheet do. */
  isSequence?: boolean;
  /** Whether it was accepted; what was typed stays otherwise. */
  onAdd: (kind: string, name: string, amount: Money | null) => Promise<boolean>;
};

/** A kind, a name, an amount, Enter: the next line begins where this one did. */
export function AddRow({ label, kinds, kindLabel, kindHead, currency, isSequence, onAdd }: Props) {
  const { t, locale } = useText();
  const [kind, setKind] = useState(kinds[0] ?? '');
  const [name, setName] = useState('');
  const [amount, setAmount] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const first = useRef<HTMLSelectElement>(null);
  const submit = async () => {
    const minor = amount.trim() === '' ? null : parseMinor(amount, currency, locale);
    if (amount.trim() !== '' && minor === null) {
      setWrong(t('field.money.invalid', { digits: minorDigits(currency) }));
      return;
    }
    setWrong(null);
    if (!(await onAdd(kind, name.trim(), minor === null ? null : { minor, currency }))) return;
    setName('');
    setAmount('');
    const next = isSequence && kinds[kinds.indexOf(kind) + 1];
    if (next) setKind(next);
    first.current?.focus();
  };
  return (
    <form
      className="add-row"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={kindHead}>
        {(aria) => (
          <select
            {...aria}
            ref={first}
            className="input add-kind"
            value={kind}
            onChange={(event) => setKind(event.target.value)}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {kindLabel(one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextInput label={t('setup.name_it')} value={name} onChange={setName} placeholder={kindLabel(kind)} />
      <Field label={t('budget.amount')} before={currency} error={wrong}>
        {(aria) => (
          <input
            {...aria}
            className="input input-right"
            inputMode="decimal"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="button button-plain add-button">
        {label}
      </button>
    </form>
  );
}
