import type { BudgetSheetView } from '../../api/bindings.ts';
import { Field } from '../../components/field.tsx';
import { useText } from '../../i18n/index.tsx';
import { CURRENCIES } from '../projects/terms.ts';
import { useDeal } from '../workspace/desk.tsx';
import { type Decisions, onSheet } from './decisions.ts';
import { PlaceSelect } from './place-select.tsx';

type Props = { view: BudgetSheetView; decisions: Decisions; onDecide: (decisions: Decisions) => void };

/** Rows in which a header may be looked for by hand. */
const HEADERS = 30;

/** Which sheet, where its header is, and where its lines are spent. */
export function SheetBar({ view, decisions, onDecide }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const rows = Math.min(view.sheets.find(({ name }) => name === view.sheet)?.rows ?? 0, HEADERS);
  const headers = Array.from({ length: Math.max(rows, view.header ?? 0) }, (_, at) => at + 1);
  return (
    <div className="import-bar">
      {view.sheets.length > 1 ? (
        <Field label={t('sheets.sheet')}>
          {(aria) => (
            <select
              {...aria}
              className="input"
              value={view.sheet}
              onChange={(event) => onDecide(onSheet(event.target.value))}
            >
              {view.sheets.map(({ name, hidden }) => (
                <option key={name} value={name}>
                  {hidden ? t('sheets.sheet.hidden', { name }) : name}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Field label={t('sheets.header')}>
        {(aria) => (
          <select
            {...aria}
            className="input"
            value={String(view.header ?? 0)}
            onChange={(event) =>
              onDecide({ ...decisions, header: Number(event.target.value), columns: {}, keep: [], leave: [] })
            }
          >
            <option value="0">{t('sheets.header.none')}</option>
            {headers.map((row) => (
              <option key={row} value={row}>
                {t('sheets.header.row', { row })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('sheets.place')}>
        {(aria) => (
          <PlaceSelect
            aria={aria}
            label={t('sheets.place')}
            none={t('sheets.place.none')}
            value={view.place}
            onChange={(place) => onDecide({ ...decisions, place })}
          />
        )}
      </Field>
      <Field label={t('sheets.currency')}>
        {(aria) => (
          <select
            {...aria}
            className="input"
            value={view.currency}
            onChange={(event) => onDecide({ ...decisions, currency: event.target.value })}
          >
            {[...new Set([view.currency, document.currency, ...CURRENCIES])].map((code) => (
              <option key={code} value={code}>
                {code}
              </option>
            ))}
          </select>
        )}
      </Field>
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
