import { memo } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { type BarPart, type Bars, barsLayout } from '../../charts/sources-uses/layout.ts';
import { SourcesUsesView } from '../../charts/sources-uses/view.tsx';
import { useToast } from '../../components/toast.tsx';
import type { Certainty } from '../../domain/kinds.ts';
import { formatProse, formatWhole, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { CertaintyLegend, useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import type { FigureBook } from '../workspace/figures.ts';
import type { ClosingRow, ClosingTable, Sureness } from './rows.ts';

const DRAWN: Record<Sureness, Certainty> = {
  firm: 'firm',
  conditional: 'conditional',
  missing: 'missing',
  not_cash: 'firm',
};

function partsOf(rows: readonly ClosingRow[], basis: 'cash' | 'face', book: FigureBook): BarPart[] {
  const taken = rows.flatMap((row) => {
    const amount = row.isTaken && row[basis] ? book.money(row[basis]) : null;
    return amount ? [amount] : [];
  });
  return rows.flatMap((row) => {
    const address = row[basis];
    const amount = address === null ? null : book.money(address);
    if (!address || !amount || amount.minor <= 0 || row.isTaken) return [];
    const { id, label, kind } = row;
    const less = id === 'lines' && taken.length > 0 ? { less: taken } : {};
    return [{ id, label, kind, certainty: DRAWN[row.sureness], amount, address, ...less }];
  });
}

/** Both sides on both bases; what the lines hold and is paid later narrows them on cash. */
export function barsOf(table: ClosingTable, book: FigureBook, words: Record<string, string>): Bars {
  return (['cash', 'face'] as const).flatMap((basis) =>
    (['uses', 'sources'] as const).map((side) => ({
      id: `${side}-${basis}`,
      label: `${words[side]}, ${words[basis]}`,
      parts: partsOf(table[side], basis, book),
    })),
  );
}

type Props = { bars: Bars; uses: Money; sources: Money; width?: number };

export const SourcesUsesChart = memo(function SourcesUsesChart({
  bars,
  uses,
  sources,
  width: initial = 900,
}: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const rows = bars.flatMap((bar) =>
    bar.parts.map((part) => [
      part.label,
      bar.label,
      t(`certainty.${part.certainty}`),
      { text: formatWhole(part.amount, locale), address: part.address },
    ]),
  );
  return (
    <ChartFrame
      description={{
        title: t('su.chart'),
        summary: t('su.chart.summary', {
          uses: formatProse(uses, locale),
          sources: formatProse(sources, locale),
        }),
        columns: [t('su.item'), t('su.chart.basis'), t('closing.certainty'), t('col.amount')],
        rows,
      }}
      subtitle={t('su.chart.subtitle', { currency: uses.currency })}
      texts={texts}
      notify={notify}
      initialWidth={initial}
      legend={<CertaintyLegend />}
      draw={(width) => {
        const geometry = barsLayout(bars, { width }, locale);
        return {
          height: geometry.height,
          content: <SourcesUsesView geometry={geometry} locale={locale} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);
