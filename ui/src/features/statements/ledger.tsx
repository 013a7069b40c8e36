import type { LedgerDayDto, StatementLedgerDto } from '../../api/bindings.ts';
import { Icon } from '../../components/icon.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { Cents, Rate } from './amounts.tsx';

type Props = { ledger: StatementLedgerDto; period: number; names: Names };

/** The proof of the interest: every day on which the balance moved, how long what bore interest, and at which rate. */
export function LedgerTable({ ledger, period, names }: Props) {
  const { t, locale } = useText();
  const now = ledger.periods[period];
  const days = ledger.days.filter((day) => day.period <= period);
  const isMixed = days.some((day) => day.period !== period);
  return (
    <details className="ledger">
      <summary>
        <Icon name="right" size={14} />
        <span className="ledger-title">
          {t('statements.ledger.of', { instrument: names.instrument(ledger.instrument) })}
        </span>
        <span className="ledger-sum">
          {t('statements.ledger.interest')} <Cents figure={now?.interest ?? null} />
        </span>
        <span className="ledger-sum">
          {t('statements.ledger.balance')} <Cents figure={now?.balance ?? null} />
        </span>
      </summary>
      {days.length === 0 ? (
        <p className="sub">{t('statements.ledger.none')}</p>
      ) : (
        <div className="statement-scroll">
          <TableRegion label={t('statements.ledger')}>
            <thead>
              <tr>
                <th scope="col">{t('statements.ledger.day')}</th>
                <th scope="col">{t('statements.ledger.since')}</th>
                {HEADS.map((head) => (
                  <th key={head} scope="col" className="num">
                    {t(`statements.ledger.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day.on} className={isMixed && day.period === period ? 'selected' : ''}>
                  <td className="text">{formatDate(day.on, locale)}</td>
                  <td>{day.since ? <Since day={day} /> : null}</td>
                  <td className="num">
                    <Cents figure={day.bearing} />
                  </td>
                  <td className="num">
                    <Rate figure={day.rate} />
                  </td>
                  <td className="num">
                    <Cents figure={day.interest} />
                  </td>
                  <td className="num">
                    <Cents figure={day.drawn} />
                  </td>
                  <td className="num">
                    <Cents figure={day.interest_paid} />
                  </td>
                  <td className="num">
                    <Cents figure={day.principal_paid} />
                  </td>
                  <td className="num">
                    <Cents figure={day.balance} />
                  </td>
                </tr>
              ))}
            </tbody>
          </TableRegion>
          {days.some((day) => day.capitalised) ? (
            <p className="sub">{t('statements.ledger.capitalised')}</p>
          ) : null}
        </div>
      )}
    </details>
  );
}

const HEADS = ['bearing', 'rate', 'interest', 'drawn', 'interest_paid', 'principal_paid', 'balance'] as const;

/** The span that bore interest, with its days by the day count of the contract. */
function Since({ day }: { day: LedgerDayDto }) {
  const { t, locale } = useText();
  const from = formatDate(day.since ?? '', locale);
  return (
    <span data-address={day.interest?.address ?? undefined}>
      {t('statements.ledger.span', { from, count: day.days ?? 0 })}
    </span>
  );
}
