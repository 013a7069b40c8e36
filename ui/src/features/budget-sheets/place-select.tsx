import { useText } from '../../i18n/index.tsx';
import { usePlaceChoices } from '../budget/split.tsx';
import { useWords } from '../words.ts';

type Props = {
  label: string;
  none: string;
  value: string | null;
  onChange: (place: string | null) => void;
  aria?: Record<string, string | boolean | undefined>;
};

/** One place: those of the deal first, then those the library has programs for. */
export function PlaceSelect({ label, none, value, onChange, aria = {} }: Props) {
  const { t } = useText();
  const words = useWords();
  const { here, elsewhere } = usePlaceChoices([]);
  const known = value === null || here.includes(value) || elsewhere.includes(value);
  const option = (code: string) => (
    <option key={code} value={code}>
      {`${words.place(code)} (${code})`}
    </option>
  );
  return (
    <select
      {...aria}
      className="input"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">{none}</option>
      {known ? null : option(value)}
      {here.length > 0 ? <optgroup label={t('split.add.here')}>{here.map(option)}</optgroup> : null}
      <optgroup label={t('split.add.elsewhere')}>{elsewhere.map(option)}</optgroup>
    </select>
  );
}
