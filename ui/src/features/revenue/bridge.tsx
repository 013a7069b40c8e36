import type { RevenueSource } from '../../domain/document.ts';
import { toScale } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useBook } from '../workspace/figures.ts';

/** What is kept on the way, in the order in which it is kept. */
const KEPT = [
  'exhibitors',
  'withholding',
  'distribution_fee',
  'p_and_a',
  'distribution_expenses',
  'guarantee_recouped',
  'overage_kept',
  'sales_commission',
  'sales_expenses',
  'sales_advance',
  'other_shares',
  'not_itemised',
] as const;

/** From the gross of a source to what reaches the collection account: who keeps what on the way. */
export function Bridge({ source }: { source: RevenueSource }) {
  const { t } = useText();
  const book = useBook();
  const at = (word: string) => `revenue.${source.id}.${word}`;
  const gross = book.money(at('gross'));
  if (!gross) {
    const flat = source.sold_by !== undefined && source.distribution === undefined;
    return <p className="sub">{t(flat ? 'revenue.bridge.flat' : 'revenue.bridge.none')}</p>;
  }
  const whole = Math.max(toScale(gross), 1e-9);
  const part = (word: string) => {
    const money = book.money(at(word));
    return money ? Math.min(Math.max(toScale(money) / whole, 0), 1) : 0;
  };
  const kept = KEPT.filter((word) => (book.money(at(word))?.minor ?? 0) !== 0);
  let left = 1;
  const lines = kept.map((word) => {
    const share = part(word);
    left -= share;
    return { word, from: Math.max(left, 0), share };
  });
  const late = book.at(at('beyond_horizon'));
  return (
    <fieldset className="terms-group">
      <legend>{t('revenue.bridge')}</legend>
      <table className="table bridge">
        <caption className="visually-hidden">{t('revenue.bridge')}</caption>
        <tbody>
          <Line label={t('revenue.gross')} address={at('gross')} from={0} share={1} look="gross" />
          {lines.map(({ word, from, share }) => (
            <Line
              key={word}
              label={t(`revenue.kept.${word}`)}
              address={at(word)}
              from={from}
              share={share}
              look="kept"
            />
          ))}
          <Line
            label={t('revenue.to_account')}
            address={at('to_account')}
            from={0}
            share={part('to_account')}
            look="account"
          />
          {late ? (
            <tr>
              <th scope="row" className="text">
                {t('revenue.beyond')}
              </th>
              <td />
              <td className="num">
                <Amount book={book} address={at('beyond_horizon')} />
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </fieldset>
  );
}

type LineProps = { label: string; address: string; from: number; share: number; look: string };

function Line({ label, address, from, share, look }: LineProps) {
  const book = useBook();
  return (
    <tr className={look === 'account' ? 'bridge-end' : ''}>
      <th scope="row" className="text">
        {label}
      </th>
      <td className="bridge-track" aria-hidden="true">
        <span
          className={`bridge-bar bridge-${look}`}
          style={{ left: `${from * 100}%`, width: `${Math.max(share * 100, 0.6)}%` }}
        />
      </td>
      <td className="num">
        <Amount book={book} address={address} />
      </td>
    </tr>
  );
}
