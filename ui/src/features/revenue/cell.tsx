import type { RevenueCellDto } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Figure } from '../../components/figure.tsx';
import { Icon } from '../../components/icon.tsx';
import { type DealDocument, moneyAt, type RevenueSource } from '../../domain/document.ts';
import { formatWhole, type Money, toScale } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { caseField, sourcesAt } from './rows.ts';

type Props = {
  /** Which of the deal's contracts collects here, for its colour; below nothing where none does. */
  place: number;
  cell: RevenueCellDto | undefined;
  document: DealDocument;
  book: FigureBook;
  chosen: string;
  /** What the longest range bar of the window stands for. */
  most: number;
};

/** An estimate with its range, what it was sold for, or who has the window. */
export function RevenueCell({ place, cell, document, book, chosen, most }: Props) {
  const { t } = useText();
  if (!cell || cell.state === 'none') return null;
  if (cell.state === 'covered') return <span className="rights-covered">{t('revenue.state.covered')}</span>;
  const sources = sourcesAt(document, cell);
  const sold = cell.state === 'sold' || cell.state === 'presold';
  const price = cell.licence === null ? null : `capital.${cell.licence}.principal`;
  return (
    <span
      className={`rights rights-${cell.state} ${place < 0 ? '' : `rights-contract contract-${place % 6}`}`}
      title={contractOf(document, cell)}
    >
      {sources.map((source) => (
        <Estimate key={source.id} source={source} book={book} chosen={chosen} most={most} />
      ))}
      <span className="rights-marks">
        {cell.state === 'conflict' ? (
          <span className="rights-conflict" title={t('revenue.state.conflict')}>
            <Icon name="blocker" size={12} />
            <span className="visually-hidden">{t('revenue.state.conflict')}</span>
          </span>
        ) : null}
        {sold ? (
          <Badge look={cell.state === 'presold' ? 'outline' : 'pass'}>
            {t(cell.state === 'presold' ? 'revenue.state.presold' : 'revenue.state.sold')}
          </Badge>
        ) : null}
        {sold && price ? <Price book={book} address={price} /> : null}
      </span>
    </span>
  );
}

/** Who collects here, for a pointer that rests on the cell. */
function contractOf(document: DealDocument, cell: RevenueCellDto): string | undefined {
  const contract = document.revenue?.distribution?.find(({ id }) => id === cell.contract);
  return contract?.label ?? contract?.id;
}

function Price({ book, address }: { book: FigureBook; address: string }) {
  const { locale } = useText();
  const money = book.money(address);
  if (!money) return null;
  return <Figure address={address}>{formatWhole(money, locale)}</Figure>;
}

type EstimateProps = { source: RevenueSource; book: FigureBook; chosen: string; most: number };

function Estimate({ source, book, chosen, most }: EstimateProps) {
  const { locale } = useText();
  const field = caseField(source, chosen);
  const typed = moneyAt(source.estimate?.[field]);
  const shared = `revenue.${source.id}.estimate`;
  const derived = typed ? null : book.money(shared);
  if (!typed && !derived) return null;
  return (
    <span className="rights-estimate">
      {typed ? (
        <span data-path={`revenue.sources[${source.id}].estimate.${field}`}>
          {written(typed, book, locale)}
        </span>
      ) : null}
      {derived ? (
        <span className="rights-shared">
          <Figure address={shared}>{formatWhole(derived, locale)}</Figure>
        </span>
      ) : null}
      <Range source={source} most={most} />
    </span>
  );
}

function written(money: Money, book: FigureBook, locale: string): string {
  const own = book.money('revenue.gross')?.currency;
  const text = formatWhole(money, locale);
  return own === undefined || own === money.currency ? text : `${money.currency} ${text}`;
}

/** From the low to the high case, with a mark at the base case. */
function Range({ source, most }: { source: RevenueSource; most: number }) {
  const { estimate = {} } = source;
  const at = (money: Money | null) => (money ? (toScale(money) / Math.max(most, 1e-9)) * 100 : null);
  const low = at(moneyAt(estimate.low ?? estimate.take));
  const high = at(moneyAt(estimate.high ?? estimate.ask));
  const base = at(moneyAt(estimate.base ?? estimate.take));
  if (low === null || high === null || high <= low) return null;
  return (
    <span className="rights-range" aria-hidden="true">
      <span className="rights-span" style={{ left: `${low}%`, width: `${Math.max(high - low, 1)}%` }} />
      {base === null ? null : <span className="rights-base" style={{ left: `${base}%` }} />}
    </span>
  );
}

/** The largest amount of each window's estimates: the scale of its range bars. */
export function mostByWindow(sources: readonly RevenueSource[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { estimate = {}, window = 'other' } of sources) {
    const amounts = Object.values(estimate).flatMap((text) => moneyAt(text) ?? []);
    most.set(window, Math.max(most.get(window) ?? 0, ...amounts.map(toScale)));
  }
  return most;
}
