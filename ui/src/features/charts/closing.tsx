import { memo } from 'react';
import { type ClosingData, closingLayout } from '../../charts/closing-bar/layout.ts';
import { ClosingBarView } from '../../charts/closing-bar/view.tsx';
import type { Description } from '../../charts/kernel/describe.ts';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { Swatch } from '../../components/badge.tsx';
import { useFigures } from '../../components/figure.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMillions, formatPercent, formatProse, formatWhole, type Money } from '../../domain/money.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useFrameTexts } from './texts.ts';

/** Totals and the difference come from the book of figures; nothing is added up here. */
export type ClosingTotals = { uses: Money; sources: Money; difference: Money; conditional: Money | null };

type Props = { data: ClosingData; totals: ClosingTotals; width?: number };

export const ClosingChart = memo(function ClosingChart({ data, totals, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const { currency } = totals.uses;
  return (
    <ChartFrame
      description={describeClosing(data, totals, t, locale)}
      subtitle={t('closing.subtitle', { currency })}
      texts={texts}
      notify={notify}
      {...(width ? { initialWidth: width } : {})}
      legend={<CertaintyLegend />}
      draw={(available) => {
        const geometry = closingLayout(data, { width: available }, locale);
        return {
          height: geometry.height,
          content: (
            <ClosingBarView
              geometry={geometry}
              locale={locale}
              names={{ uses: t('closing.uses'), sources: t('closing.sources') }}
              totals={totals}
              interaction={interaction}
            />
          ),
        };
      }}
    />
  );
}, isSame);

export function useInteraction() {
  const { openAddress, open } = useFigures();
  return { openAddress, onOpen: open };
}

export function CertaintyLegend() {
  const { t } = useText();
  return (
    <div className="legend legend-certainty">
      {(['firm', 'conditional', 'missing'] as const).map((certainty) => (
        <span key={certainty} className="legend-item">
          <Swatch kind="cost" certainty={certainty} />
          {t(`certainty.${certainty}`)}
        </span>
      ))}
    </div>
  );
}

export function describeClosing(
  data: ClosingData,
  totals: ClosingTotals,
  t: Translate,
  locale: string,
): Description {
  const rows = (['uses', 'sources'] as const).flatMap((side) =>
    data[side].map((segment) => [
      segment.label,
      t(`closing.${side}`),
      t(`certainty.${segment.certainty}`),
      { text: formatWhole(segment.amount, locale), address: segment.address },
    ]),
  );
  return {
    title: closingTitle(totals, t, locale),
    summary: t('closing.summary', {
      uses: formatProse(totals.uses, locale),
      sources: formatProse(totals.sources, locale),
    }),
    columns: [t('col.item'), t('closing.side'), t('closing.certainty'), t('col.amount')],
    rows,
  };
}

export function closingTitle(totals: ClosingTotals, t: Translate, locale: string): string {
  const { uses, sources, difference, conditional } = totals;
  const title =
    difference.minor === 0
      ? t('closing.title.even')
      : difference.minor > 0
        ? t('closing.title.over', { amount: formatProse(difference, locale) })
        : t('closing.title.short', {
            share: formatPercent(sources.minor / Math.max(uses.minor, 1), locale, 0),
          });
  return conditional && conditional.minor > 0
    ? t('closing.title.conditional', { title, amount: formatMillions(conditional, locale) })
    : title;
}
