import type { ReceiptsSheetView, UnknownSourceDto } from '../../api/bindings.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { Decisions } from './receipts-decisions.ts';

type Props = { view: ReceiptsSheetView; decisions: Decisions; onDecide: (decisions: Decisions) => void };

/** Names of the sheet that are no revenue source: the nearest are offered first, nothing is taken by itself. */
export function UnknownNames({ view, decisions, onDecide }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const sources = document.revenue?.sources ?? [];
  if (view.unknown.length === 0) return null;
  const label = (id: string) => sources.find((source) => source.id === id)?.label ?? id;
  const options = (one: UnknownSourceDto) => [
    ...one.suggestions,
    ...sources.map((source) => source.id).filter((id) => !one.suggestions.includes(id)),
  ];
  const choose = (one: UnknownSourceDto, source: string) =>
    onDecide({ ...decisions, sources: { ...decisions.sources, [one.key]: source } });
  return (
    <section className="import-card" aria-label={t('actuals.receipts.unknown')}>
      <h3>{t('actuals.receipts.unknown')}</h3>
      <p className="sub">{t('actuals.receipts.unknown.note')}</p>
      <ul className="actuals-unknown">
        {view.unknown.map((one) => (
          <li key={one.key} data-about={view.sheet}>
            <span className="actuals-unknown-name">
              {one.shown}
              <span className="sub"> {t('actuals.receipts.rows', { count: one.rows })}</span>
            </span>
            <select
              className="input"
              aria-label={t('actuals.receipts.unknown.choose', { name: one.shown })}
              value="?"
              onChange={(event) => choose(one, event.target.value)}
            >
              <option value="?">{t('actuals.receipts.choose')}</option>
              {options(one).map((id, at) => (
                <option key={id} value={id}>
                  {at < one.suggestions.length
                    ? t('actuals.receipts.suggested', { source: label(id) })
                    : label(id)}
                </option>
              ))}
              <option value="">{t('actuals.receipts.leave')}</option>
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
