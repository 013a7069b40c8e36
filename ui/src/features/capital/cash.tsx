import { memo, useMemo, useState } from 'react';
import { type FundingData, fundingLayout } from '../../charts/facility-bands/layout.ts';
import { FundingView } from '../../charts/facility-bands/view.tsx';
import type { TwinCell } from '../../charts/kernel/describe.ts';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { Swatch } from '../../components/badge.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { DASH, formatMillions, formatWhole, type Money } from '../../domain/money.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { Amount } from '../explain/amount.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { type CashLine, cashLines, fundingData, shortMonths } from './funding.ts';

/** Month by month: where the money comes from, where it goes, what is needed, and what is owed. */
export function CashFlowTile({ book }: { book: FigureBook }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const [chosen, setChosen] = useState<string | null>(null);
  const data = useMemo(() => {
    const told = (amount: Money, month: string) =>
      t('funding.peak', { amount: formatMillions(amount, locale), month: formatMonth(month, locale) });
    return fundingData(document, book, told);
  }, [document, book, t, locale]);
  const lines = useMemo(() => cashLines(document, book), [document, book]);
  if (data.months.length === 0) return null;
  const short = shortMonths(data.months);
  const known = data.months.some(({ month }) => month === chosen);
  const month = known ? chosen : (short.first ?? data.peak?.month ?? data.months[0]?.month ?? null);
  const peak = book.money('capital.peak_funding');
  const title =
    short.count > 0
      ? t('funding.title.short', { count: short.count, month: formatMonth(short.first ?? '', locale) })
      : t('funding.title.covered');
  const rows = lines.map((line): TwinCell[] => [
    lineName(line, t),
    ...data.months.map(({ month }): TwinCell => {
      const address = `${line.stem}[${month}]`;
      const amount = book.money(address);
      return amount ? { text: formatWhole(amount, locale), address } : DASH;
    }),
  ]);
  const peakText =
    peak && data.peak
      ? t('funding.peak', {
          amount: formatMillions(peak, locale),
          month: formatMonth(data.peak.month, locale),
        })
      : '';
  return (
    <Tile>
      <FundingChart
        data={data}
        columns={[t('funding.line'), ...data.months.map(({ month }) => formatMonth(month, locale))]}
        rows={rows}
        title={title}
        peakText={peakText}
        currency={document.currency}
        lit={month}
        onLight={setChosen}
      />
      {month ? <MonthDetail month={month} lines={lines} book={book} /> : null}
    </Tile>
  );
}

export function lineName(line: CashLine, t: Translate): string {
  if (line.word === null) return line.name ?? line.id;
  const word = t(`funding.line.${line.word}` as Parameters<Translate>[0]);
  return line.name ? `${line.name}, ${word}` : word;
}

type ChartProps = {
  data: FundingData;
  columns: readonly string[];
  rows: readonly (readonly TwinCell[])[];
  title: string;
  peakText: string;
  currency: string;
  lit: string | null;
  onLight: (month: string) => void;
  width?: number;
};

export const FundingChart = memo(function FundingChart(props: ChartProps) {
  const { data, columns, rows, title, peakText, currency, lit, onLight } = props;
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const names = {
    flows: t('funding.flows'),
    need: t('funding.need'),
    peak: peakText,
    marker: t('cash.delivery'),
    in: t('funding.in'),
    out: t('funding.out'),
    short: t('funding.short'),
    balance: t('funding.line.balance'),
  };
  return (
    <div className="funding">
      <ChartFrame
        description={{
          title,
          summary: t('funding.summary', {
            count: data.months.length,
            first: formatMonth(data.months[0]?.month ?? '', locale),
            last: formatMonth(data.months.at(-1)?.month ?? '', locale),
          }),
          columns,
          rows,
        }}
        subtitle={t('funding.subtitle', { currency })}
        texts={texts}
        notify={notify}
        initialWidth={props.width ?? 1180}
        legend={<KindLegend data={data} />}
        draw={(width) => {
          const geometry = fundingLayout(data, { width }, locale);
          const content = (
            <FundingView
              geometry={geometry}
              months={data.months}
              locale={locale}
              names={names}
              lit={lit}
              onLight={onLight}
              interaction={interaction}
            />
          );
          return { height: geometry.height, content };
        }}
      />
    </div>
  );
}, isSame);

const NAMED = ['senior', 'gap', 'mezz', 'soft', 'presale', 'equity', 'producer'] as const;

function KindLegend({ data }: { data: FundingData }) {
  const { t } = useText();
  const kinds = new Set(data.months.flatMap((month) => month.sources.map((part) => part.kind)));
  return (
    <div className="legend legend-certainty">
      {NAMED.filter((kind) => kinds.has(kind)).map((kind) => (
        <span key={kind} className="legend-item">
          <Swatch kind={kind} />
          {t(`funding.kind.${kind}`)}
        </span>
      ))}
    </div>
  );
}

type DetailProps = { month: string; lines: readonly CashLine[]; book: FigureBook };

/** The lines of one month that are anything, each a figure of its own. */
function MonthDetail({ month, lines, book }: DetailProps) {
  const { t, locale } = useText();
  const said = lines.filter((line) => {
    const amount = book.money(`${line.stem}[${month}]`);
    return amount !== null && amount.minor !== 0;
  });
  return (
    <section className="funding-detail" aria-label={t('funding.detail')}>
      <h3 className="strong">{formatMonth(month, locale)}</h3>
      <dl>
        {said.map((line) => (
          <div key={line.id} className="funding-figure">
            <dt className="sub">
              {line.word === null || line.side === 'beside' ? <Swatch kind={line.kind} /> : null}
              {lineName(line, t)}
            </dt>
            <dd className="num">
              <Amount book={book} address={`${line.stem}[${month}]`} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
