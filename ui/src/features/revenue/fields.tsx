import { DraftInput } from '../../components/draft-input.tsx';
import { formatExact, type Money, minorDigits } from '../../domain/money.ts';
import { formatRateNumber, parsePercent } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { readMinor } from '../cells.ts';

type Common = { label: string; hint?: string; error?: string | null };

/** An amount that may be left empty: what is not known is no zero. */
export function AmountField(
  props: Common & { value: Money | null; currency: string; onCommit: (value: Money | null) => void },
) {
  const { t, locale } = useText();
  const unit = props.value?.currency ?? props.currency;
  return (
    <DraftInput<Money | null>
      label={props.label}
      hint={props.hint}
      error={props.error}
      before={unit}
      text={props.value ? formatExact(props.value, locale) : ''}
      onCommit={props.onCommit}
      parse={(text) => {
        if (text.trim() === '') return { value: null };
        const minor = readMinor(text, unit, locale);
        return minor === null
          ? { error: t('field.money.invalid', { digits: minorDigits(unit) }) }
          : { value: { minor, currency: unit } };
      }}
    />
  );
}

/** A fraction read and typed in per cent, which may be left empty. */
export function ShareField(
  props: Common & { value: string | undefined; onCommit: (value: string | null) => void },
) {
  const { t, locale } = useText();
  return (
    <DraftInput<string | null>
      label={props.label}
      hint={props.hint}
      error={props.error}
      after="%"
      text={props.value === undefined ? '' : formatRateNumber(props.value, locale)}
      onCommit={props.onCommit}
      parse={(text) => {
        if (text.trim() === '') return { value: null };
        const parsed = parsePercent(text, locale);
        return parsed === null ? { error: t('field.rate.invalid') } : { value: parsed };
      }}
    />
  );
}

/** A whole number, which may be left empty. */
export function CountField(
  props: Common & {
    value: number | undefined;
    unit?: string;
    negative?: boolean;
    onCommit: (value: number | null) => void;
  },
) {
  const { t } = useText();
  return (
    <DraftInput<number | null>
      label={props.label}
      hint={props.hint}
      error={props.error}
      after={props.unit}
      inputMode="numeric"
      text={props.value?.toString() ?? ''}
      onCommit={props.onCommit}
      parse={(text) => {
        const bare = text.trim().replace('−', '-');
        if (bare === '') return { value: null };
        const whole = props.negative ? /^-?\d{1,4}$/ : /^\d{1,4}$/;
        return whole.test(bare) ? { value: Number(bare) } : { error: t('field.number.invalid') };
      }}
    />
  );
}

/** Words that may be left empty, or not. */
export function WordsField(
  props: Common & { value: string; required?: boolean; onCommit: (value: string | null) => void },
) {
  const { t } = useText();
  return (
    <DraftInput<string | null>
      label={props.label}
      hint={props.hint}
      error={props.error}
      align="left"
      inputMode="text"
      text={props.value}
      onCommit={props.onCommit}
      parse={(text) => {
        const words = text.trim();
        if (words === '' && props.required) return { error: t('revenue.needed') };
        return { value: words === '' ? null : words };
      }}
    />
  );
}

/** Codes of territories, apart by commas or spaces. */
export function TerritoriesField(
  props: Common & { value: readonly string[]; onCommit: (value: string[]) => void },
) {
  const { t } = useText();
  return (
    <DraftInput<string[]>
      label={props.label}
      hint={props.hint ?? t('revenue.territories.hint')}
      error={props.error}
      align="left"
      inputMode="text"
      text={props.value.join(', ')}
      onCommit={props.onCommit}
      parse={(text) => {
        const codes = readCodes(text);
        return codes === null ? { error: t('revenue.territories.invalid') } : { value: codes };
      }}
    />
  );
}

/** `us, CA` as `US` and `CA`; null where something in it is no code. */
export function readCodes(text: string): string[] | null {
  const codes = text
    .toUpperCase()
    .split(/[\s,;+]+/)
    .filter((code) => code !== '');
  const valid = codes.length > 0 && codes.every((code) => /^[A-Z]{2,3}(-[A-Z0-9]{1,3})?$/.test(code));
  return valid ? [...new Set(codes)] : null;
}
