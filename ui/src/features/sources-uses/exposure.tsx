import { TableRegion } from '../../components/table-region.tsx';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { exposures } from './rows.ts';

/** What the deal owes and receives in other currencies; no tile where everything is in its own. */
export function ExposureTile({ book }: { book: FigureBook }) {
  const { t, maybe } = useText();
  const { document } = useDeal();
  const { words, currencies } = exposures(book);
  if (currencies.length === 0) return null;
  return (
    <Tile title={t('su.exposure')} note={t('su.exposure.note', { currency: document.currency })} edge>
      <div className="su">
        <TableRegion label={t('su.exposure.table')}>
          <thead>
            <tr>
              <th scope="col">{t('su.exposure.currency')}</th>
              {words.map((word) => (
                <th key={word} scope="col" className="num">
                  {maybe(`exposure.${word}`, maybe(`figure.${word}`, word.replace(/_/g, ' ')))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {currencies.map((currency) => (
              <tr key={currency}>
                <th scope="row">{currency}</th>
                {words.map((word) => (
                  <td key={word} className="num">
                    <Amount book={book} address={`exposure.${currency}.${word}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </TableRegion>
      </div>
    </Tile>
  );
}
