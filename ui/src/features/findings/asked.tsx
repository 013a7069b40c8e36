import type { AskDto } from '../../api/bindings.ts';
import { DraftInput } from '../../components/draft-input.tsx';
import { Select } from '../../components/select.tsx';
import { moneyAt } from '../../domain/document.ts';
import { normaliseNumber, writeDocumentMoney } from '../../domain/money.ts';
import { formatPrice } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { DateInput, MoneyInput, RateInput } from '../inputs.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';

type Props = { ask: AskDto; value: CellValue | undefined; onAnswer: (value: CellValue) => void };

/** A cell that only the person can fill, typed as its kind is typed everywhere. Nothing stands in it beforehand. */
export function Asked({ ask, value, onAnswer }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const address = useAddressLabel();
  const label = `${t('cure.asks')} ${address(ask.path)}`;
  const text = typeof value === 'string' ? value : '';
  switch (ask.kind) {
    case 'money':
      return (
        <MoneyInput
          label={label}
          value={moneyAt(text) ?? { minor: 0, currency: document.currency }}
          onCommit={(money) => onAnswer(writeDocumentMoney(money))}
        />
      );
    case 'share':
      return <RateInput label={label} value={text} unit="%" onCommit={onAnswer} />;
    case 'date':
      return <DateInput label={label} value={text} onCommit={onAnswer} />;
    case 'party':
      return (
        <Select
          label={label}
          value={text}
          onChange={onAnswer}
          options={(document.parties ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case 'rate':
      return <PriceInput label={label} value={text} onCommit={onAnswer} />;
    default:
      return <CodeInput label={label} value={text} onCommit={onAnswer} />;
  }
}

type InputProps = { label: string; value: string; onCommit: (value: string) => void };

/** A price of one currency in another, every digit of it. */
function PriceInput({ label, value, onCommit }: InputProps) {
  const { t, locale } = useText();
  return (
    <DraftInput<string>
      label={label}
      text={value === '' ? '' : formatPrice(value, locale)}
      onCommit={onCommit}
      parse={(text) => {
        const normal = normaliseNumber(text, locale);
        return normal === null || Number(normal) <= 0
          ? { error: t('field.rate.invalid') }
          : { value: normal };
      }}
    />
  );
}

/** A place as its code: `CA-QC`. */
function CodeInput({ label, value, onCommit }: InputProps) {
  const { t } = useText();
  return (
    <DraftInput<string>
      label={label}
      text={value}
      align="left"
      onCommit={onCommit}
      parse={(text) => {
        const code = text.trim().toUpperCase();
        return /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code) ? { value: code } : { error: t('cure.place') };
      }}
    />
  );
}
