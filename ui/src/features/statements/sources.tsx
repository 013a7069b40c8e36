import type { StatementsView } from '../../api/bindings.ts';
import { useText } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { Cents } from './amounts.tsx';

/** What came in during a period, source by source: earned in the world, and what of it reached the account. */
export function SourcesTable({
  view,
  period,
  names,
}: {
  view: StatementsView;
  period: number;
  names: Names;
}) {
  const { t } = useText();
  const shown = view.sources.filter((source) => {
    const now = source.periods[period];
    return now?.gross || now?.received;
  });
  if (shown.length === 0) return <p className="sub">{t('statements.sources.none')}</p>;
  return (
    <div className="scroll-x sources-table">
      <table className="table">
        <caption className="visually-hidden">{t('statements.sources')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('statements.source')}</th>
            <th scope="col" className="num">
              {t('statements.gross')}
            </th>
            <th scope="col" className="num">
              {t('statements.received')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((source) => (
            <tr key={source.source}>
              <td className="text">{sourceName(source.source, names)}</td>
              <td className="num">
                <Cents figure={source.periods[period]?.gross ?? null} />
              </td>
              <td className="num">
                <Cents figure={source.periods[period]?.received ?? null} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td className="text">{t('statements.total')}</td>
            <td />
            <td className="num">
              <Cents figure={view.totals[period]?.receipts ?? null} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** A source of the revenue plan, or the instrument whose surplus came in. */
function sourceName(id: string, names: Names): string {
  const source = names.source(id);
  return source === id ? names.instrument(id) : source;
}
