import { DraftInput } from '../components/draft-input.tsx';
import { isDate } from '../domain/dates.ts';
import { formatExact, type Money, minorDigits, parseMinor } from '../domain/money.ts';
import { formatRateNumber, parsePercent } from '../domain/rate.ts';
import { useText } from '../i18n/index.tsx';

type Common = { label: string; hint?: string; error?: string | null; disabled?: boolean };

export function MoneyInput(props: Common & { value: Money; onCommit: (value: Money) => void }) {
  const { t, locale } = useText();
  const { currency, minor } = props.value;
  return (
    <DraftInput<Money>
      label={props.label}
      hint={props.hint}
      error={props.error}
      disabled={props.disabled ?? false}
      before={currency}
      text={minor === 0 ? '0' : formatExact(props.value, locale)}
      onCommit={props.onCommit}
      parse={(text) => {
        const parsed = parseMinor(text, currency, locale);
        return parsed === null
          ? { error: t('field.money.invalid', { digits: minorDigits(currency) }) }
          : { value: { minor: parsed, currency } };
      }}
    />
  );
}

/** `value` is the fraction as the document holds it ("0.085"); the person reads and types percent. */
export function RateInput(
  props: Common & { value: string; unit: string; onCommit: (value: string) => void },
) {
  const { t, locale } = useText();
  return (
    <DraftInput<string>
      label={props.label}
      hint={props.hint}
      error={props.error}
      disabled={props.disabled ?? false}
      after={props.unit}
      text={formatRateNumber(props.value, locale)}
      onCommit={props.onCommit}
      parse={(text) => {
        const parsed = parsePercent(text, locale);
        return parsed === null ? { error: t('field.rate.invalid') } : { value: parsed };
      }}
    />
  );
}

export function DateInput(props: Common & { value: string; onCommit: (value: string) => void }) {
  const { t } = useText();
  return (
    <DraftInput<string>
      label={props.label}
      hint={props.hint ?? t('field.date.hint')}
      error={props.error}
      disabled={props.disabled ?? false}
      text={props.value}
      inputMode="numeric"
      align="left"
      onCommit={props.onCommit}
      parse={(text) => (isDate(text.trim()) ? { value: text.trim() } : { error: t('field.date.invalid') })}
    />
  );
}
