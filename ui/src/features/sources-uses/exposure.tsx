import { TableRegion } from '../../components/table-region.tsx';
import { useText } from '../../i18n/index.tsx';
import { PercentCell } from '../capital/terms/fields.tsx';
import { Amount } from '../explain/amount.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { EXPOSED, exposedCurrencies, quoteOf } from './rows.ts';

/** What the deal owes and receives in other currencies; no tile where everything is in its own. */
export function ExposureTile({ book }: { book: FigureBook }) {
  const { t } = useText();
  const { document } = useDeal();
  const currencies = exposedCurrencies(book);
  if (currencies.length === 0) return null;
  return (
    <Tile title={t('su.exposure')} note={t('su.exposure.note', { currency: document.currency })} edge>
      <div className="su">
        <TableRegion label={t('su.exposure.table')}>
          <thead>
            <tr>
              <th scope="col">{t('su.exposure.currency')}</th>
              {EXPOSED.map((word) => (
                <th key={word} scope="col" className="num">
                  {t(`exposure.${word}`, { currency: document.currency })}
                </th>
              ))}
              <th scope="col">{t('exposure.share.head')}</th>
              <th scope="col">{t('exposure.uncertainty.head')}</th>
            </tr>
          </thead>
          <tbody>
            {currencies.map((currency) => (
              <tr key={currency}>
                <th scope="row">{currency}</th>
                {EXPOSED.map((word) => (
                  <td key={word} className="num">
                    <Amount book={book} address={`exposure.${currency}.${word}`} />
                  </td>
                ))}
                <Terms currency={currency} />
              </tr>
            ))}
          </tbody>
        </TableRegion>
      </div>
    </Tile>
  );
}

/** What is said of the rate: how much is fixed at it, and how far it may move. */
function Terms({ currency }: { currency: string }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const quote = quoteOf(document, currency);
  if (!quote) {
    return (
      <td colSpan={2} className="sub">
        {t('exposure.no_rate')}
      </td>
    );
  }
  const path = (field: string) => `fx[${quote.id}].${field}`;
  return (
    <>
      <td className="su-typed" data-path={path('hedged_share')}>
        <PercentCell
          label={t('exposure.share', { currency })}
          value={quote.hedged_share}
          onPut={(share) => void edit(path('hedged_share'), share)}
        />
      </td>
      <td className="su-typed" data-path={path('uncertainty')}>
        <PercentCell
          label={t('exposure.uncertainty', { currency })}
          value={quote.uncertainty}
          onPut={(move) => void edit(path('uncertainty'), move)}
        />
      </td>
    </>
  );
}
