import type { ReceiptsSheetView } from '../../api/bindings.ts';
import { Icon } from '../../components/icon.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatExact, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';

/** The statements that the rows make, and what they add up to beside what the sheet itself says. */
export function ReceiptsFound({ view }: { view: ReceiptsSheetView }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const { lines, left_out, stated, cell, difference } = view.totals;
  const label = (id: string) => document.revenue?.sources?.find((one) => one.id === id)?.label ?? id;
  return (
    <section className="import-card" aria-label={t('actuals.receipts.found')}>
      <h3>{t('actuals.receipts.found')}</h3>
      {view.statements.length === 0 ? <p className="field-error">{t('actuals.receipts.empty')}</p> : null}
      <table className="import-sums" data-about={cell ?? view.sheet}>
        <caption className="visually-hidden">{t('actuals.receipts.found')}</caption>
        <tbody>
          {view.statements.map((one) => (
            <Sums
              key={`${one.from} ${one.to} ${one.received}`}
              label={t('actuals.days', {
                from: formatDate(one.from, locale),
                to: formatDate(one.to, locale),
              })}
              note={
                one.already.length > 0
                  ? t('actuals.receipts.already', { sources: one.already.map(label).join(', ') })
                  : t('actuals.receipts.lines', { count: one.lines })
              }
              isApart={one.already.length > 0}
              amounts={one.amounts}
            />
          ))}
          {view.statements.length > 1 ? <Sums label={t('actuals.total')} amounts={lines} /> : null}
          {left_out.length > 0 ? (
            <Sums label={t('actuals.receipts.left_out')} amounts={left_out} isApart />
          ) : null}
          {stated ? (
            <Sums label={t('sheets.totals.stated', { cell: cell ?? '' })} amounts={[stated]} />
          ) : null}
          {difference && difference.minor !== 0 ? (
            <Sums label={t('sheets.totals.difference')} amounts={[difference]} isApart />
          ) : null}
        </tbody>
      </table>
      {difference?.minor === 0 ? (
        <p className="import-fine">
          <Icon name="check" size={14} /> {t('actuals.receipts.equal')}
        </p>
      ) : null}
    </section>
  );
}

type SumsProps = { label: string; note?: string; amounts: readonly Money[]; isApart?: boolean };

function Sums({ label, note, amounts, isApart = false }: SumsProps) {
  const { locale } = useText();
  return amounts.map((amount, at) => (
    <tr key={amount.currency} className={isApart ? 'import-apart' : undefined}>
      <th scope="row">
        {at === 0 ? label : ''}
        {at === 0 && note ? <span className="sub actuals-days">{note}</span> : null}
      </th>
      <td className="sub">{amount.currency}</td>
      <td className="num">{formatExact(amount, locale)}</td>
    </tr>
  ));
}
