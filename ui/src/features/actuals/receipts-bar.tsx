import { useState } from 'react';
import type { ReceiptsSheetView } from '../../api/bindings.ts';
import { Field } from '../../components/field.tsx';
import { isDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { CURRENCIES } from '../projects/terms.ts';
import { useDeal } from '../workspace/desk.tsx';
import { type Decisions, UNDECIDED } from './receipts-decisions.ts';

type Props = { view: ReceiptsSheetView; decisions: Decisions; onDecide: (decisions: Decisions) => void };

/** Rows in which a header may be looked for by hand. */
const HEADERS = 30;

/** Which sheet, where its header is, how its days are written, and the days of rows that do not say. */
export function ReceiptsBar({ view, decisions, onDecide }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const rows = Math.min(view.sheets.find(({ name }) => name === view.sheet)?.rows ?? 0, HEADERS);
  const headers = Array.from({ length: Math.max(rows, view.header ?? 0) }, (_, at) => at + 1);
  return (
    <div className="import-bar">
      {view.sheets.length > 1 ? (
        <Chosen
          label={t('sheets.sheet')}
          value={view.sheet}
          options={view.sheets.map(({ name, hidden }) => [
            name,
            hidden ? t('sheets.sheet.hidden', { name }) : name,
          ])}
          onChange={(sheet) => onDecide({ ...UNDECIDED, sheet })}
        />
      ) : null}
      <Chosen
        label={t('sheets.header')}
        value={String(view.header ?? 0)}
        options={[
          ['0', t('sheets.header.none')],
          ...headers.map((row): [string, string] => [String(row), t('sheets.header.row', { row })]),
        ]}
        onChange={(header) => onDecide({ ...decisions, header: Number(header), columns: {}, leave: [] })}
      />
      <Chosen
        label={t('actuals.receipts.days')}
        value={view.days}
        options={[
          ['day_first', t('actuals.receipts.days.day_first')],
          ['month_first', t('actuals.receipts.days.month_first')],
        ]}
        onChange={(days) => onDecide({ ...decisions, days })}
      />
      <Chosen
        label={t('sheets.currency')}
        value={view.currency}
        options={[...new Set([view.currency, document.currency, ...CURRENCIES])].map((code) => [code, code])}
        onChange={(currency) => onDecide({ ...decisions, currency })}
      />
      <Period decisions={decisions} onDecide={onDecide} />
      <p className="sub import-facts">
        {view.without_rate.length > 0 ? (
          <span className="import-apart">
            {t('sheets.without_rate', { currencies: view.without_rate.join(', ') })}
          </span>
        ) : null}
        {view.recalled ? <span className="import-recalled">{t('sheets.recalled')}</span> : null}
      </p>
    </div>
  );
}

type ChosenProps = {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
};

function Chosen({ label, value, options, onChange }: ChosenProps) {
  return (
    <Field label={label}>
      {(aria) => (
        <select {...aria} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map(([one, name]) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The days of rows that do not say: asked of the reader when both are whole. */
function Period({ decisions, onDecide }: Omit<Props, 'view'>) {
  const { t } = useText();
  const [days, setDays] = useState({ from: decisions.from ?? '', to: decisions.to ?? '' });
  const change = (next: { from: string; to: string }) => {
    setDays(next);
    if (isDate(next.from) && isDate(next.to) && next.from <= next.to) onDecide({ ...decisions, ...next });
  };
  const field = (word: 'from' | 'to') => (
    <Field label={t(`actuals.receipts.${word}`)}>
      {(aria) => (
        <input
          {...aria}
          className="input"
          type="text"
          inputMode="numeric"
          placeholder={t('field.date.hint')}
          value={days[word]}
          onChange={(event) => change({ ...days, [word]: event.target.value.trim() })}
        />
      )}
    </Field>
  );
  return (
    <>
      {field('from')}
      {field('to')}
    </>
  );
}
