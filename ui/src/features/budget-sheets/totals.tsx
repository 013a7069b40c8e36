import type { BudgetSheetView } from '../../api/bindings.ts';
import { Icon } from '../../components/icon.tsx';
import { formatExact, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';

/** What the lines add up to, beside what the sheet itself says. */
export function SheetTotalsCard({ view }: { view: BudgetSheetView }) {
  const { t } = useText();
  const { lines, beside, stated, cell, difference } = view.totals;
  const about = cell ?? view.sheet;
  return (
    <section className="import-card" aria-label={t('sheets.totals')}>
      <h3>{t('sheets.totals')}</h3>
      <table className="import-sums" data-about={about}>
        <caption className="visually-hidden">{t('sheets.totals')}</caption>
        <tbody>
          <Sums label={t('sheets.totals.lines', { count: view.lines })} amounts={lines} />
          <Sums label={t('sheets.totals.beside')} amounts={beside} />
          {stated ? (
            <Sums label={t('sheets.totals.stated', { cell: cell ?? '' })} amounts={[stated]} />
          ) : null}
          {difference && difference.minor !== 0 ? (
            <Sums label={t('sheets.totals.difference')} amounts={[difference]} look="import-apart" />
          ) : null}
        </tbody>
      </table>
      {stated ? null : <p className="sub">{t('sheets.totals.none')}</p>}
      {difference?.minor === 0 ? (
        <p className="import-fine">
          <Icon name="check" size={14} /> {t('sheets.totals.equal')}
        </p>
      ) : null}
    </section>
  );
}

type SumsProps = { label: string; amounts: readonly Money[]; look?: string };

function Sums({ label, amounts, look }: SumsProps) {
  const { locale } = useText();
  return amounts.map((amount, at) => (
    <tr key={amount.currency} className={look}>
      <th scope="row">{at === 0 ? label : ''}</th>
      <td className="sub">{amount.currency}</td>
      <td className="num">{formatExact(amount, locale)}</td>
    </tr>
  ));
}
