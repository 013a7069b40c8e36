import type { FigureDto, RevenueView } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { moneyOf } from './use-revenue.ts';

const CASES = ['low', 'base', 'high'] as const;
type Case = (typeof CASES)[number];

/** Which case the whole deal is computed with. */
export function CaseSwitch() {
  const { t } = useText();
  const { document, edit } = useDeal();
  const chosen = (document.revenue?.case ?? 'base') as Case;
  return (
    <Segmented<Case>
      label={t('revenue.case')}
      value={chosen}
      onChange={(value) => void edit('revenue.case', value === 'base' ? null : value)}
      options={CASES.map((value) => ({ value, label: t(`revenue.case.${value}`) }))}
    />
  );
}

/** The three cases side by side: what is grossed and what reaches the account. */
export function CaseTable({ revenue }: { revenue: RevenueView }) {
  const { t } = useText();
  return (
    <table className="table cases">
      <caption className="visually-hidden">{t('revenue.cases')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('revenue.case')}</th>
          <th scope="col" className="num">
            {t('revenue.gross')}
          </th>
          <th scope="col" className="num">
            {t('revenue.to_account')}
          </th>
        </tr>
      </thead>
      <tbody>
        {revenue.cases.map((one) => (
          <tr key={one.case} className={one.case === revenue.case ? 'case-chosen' : ''}>
            <th scope="row" className="text">
              {t(`revenue.case.${one.case}` as 'revenue.case.low')}
              {one.case === revenue.case ? <span className="sub"> {t('revenue.case.computed')}</span> : null}
            </th>
            <td className="num">
              <Told figure={one.gross} />
            </td>
            <td className="num">
              <Told figure={one.to_account} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Told({ figure }: { figure: FigureDto }) {
  const { t, locale } = useText();
  const money = moneyOf(figure);
  if (!money) return <span className="sub">{t('na')}</span>;
  return <Figure address={figure.address}>{formatWhole(money, locale)}</Figure>;
}
