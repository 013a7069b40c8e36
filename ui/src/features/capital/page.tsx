import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { type FigureBook, useBook } from '../workspace/figures.ts';
import { AllocationScope, AllocationTile } from './allocation.tsx';
import { CashFlowTile } from './cash.tsx';
import { ConditionTiles } from './conditions.tsx';
import { CoverageTile } from './coverage.tsx';
import { AddInstrument, InstrumentSheet } from './instruments.tsx';
import { SolvePanel } from './solve.tsx';
import { StackColumn } from './stack.tsx';

/** Answers the page's question: is there money for everything. */
export function useClosingHeadline(book: FigureBook): string | null {
  const { t, locale } = useText();
  const difference = book.money('closing.difference');
  if (!difference) return null;
  if (difference.minor === 0) return t('headline.closes');
  const amount = formatProse({ ...difference, minor: Math.abs(difference.minor) }, locale);
  return difference.minor < 0 ? t('headline.short', { amount }) : t('headline.over', { amount });
}

export function CapitalPage() {
  const { t } = useText();
  const { document } = useDeal();
  const book = useBook();
  const headline = useClosingHeadline(book);
  const count = document.instruments?.length ?? 0;
  const hasFigures = book.money('closing.sources_cash') !== null;
  return (
    <Page
      crumb={t('nav.capital')}
      headline={headline ?? t('capital.headline', { count })}
      about={headline ? 'closing.difference' : undefined}
      actions={<AddInstrument />}
    >
      {book.fault ? <Fault fault={book.fault} onRetry={book.retry} /> : null}
      <AllocationScope book={book}>
        <div className="tiles">
          {hasFigures ? (
            <Tile span={3} edge tall>
              <div className="stack-column">
                <StackColumn book={book} height={Math.max(620, Math.min(820, 235 + 64 * count))} />
              </div>
            </Tile>
          ) : null}
          <Tile
            title={t('capital.instruments', { count })}
            note={t('capital.instruments.note', { currency: document.currency })}
            span={hasFigures ? 9 : 12}
            edge={!hasFigures}
          >
            <InstrumentSheet book={book} />
            <dl className="totals">
              <Total book={book} address="closing.sources_cash" label={t('closing.sources')} />
              <Total book={book} address="closing.uses_cash" label={t('closing.uses')} />
              <Total book={book} address="closing.financing_costs" label={t('capital.financing')} />
              <Total book={book} address="closing.difference" label={t('capital.difference')} />
            </dl>
          </Tile>
          {hasFigures ? <AllocationTile /> : null}
          {hasFigures ? <CashFlowTile book={book} /> : null}
          {hasFigures ? (
            <Tile title={t('capital.solve')} note={t('capital.solve.note')} span={4} edge>
              <SolvePanel book={book} />
            </Tile>
          ) : null}
          {hasFigures ? <CoverageTile book={book} /> : null}
          <ConditionTiles book={book} />
        </div>
      </AllocationScope>
    </Page>
  );
}

function Total({ book, address, label }: { book: FigureBook; address: string; label: string }) {
  return (
    <div className="total-item">
      <dt className="sub">{label}</dt>
      <dd className="num strong">
        <Amount book={book} address={address} />
      </dd>
    </div>
  );
}
