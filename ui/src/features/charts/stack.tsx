import { memo, type ReactNode } from 'react';
import { type StackGeometry, stackLayout } from '../../charts/capital-stack/layout.ts';
import { CapitalStackView } from '../../charts/capital-stack/view.tsx';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import type { Segment } from '../../charts/kernel/types.ts';
import { useToast } from '../../components/toast.tsx';
import { formatPercent, formatProse, formatWhole, type Money } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from './closing.tsx';
import { useFrameTexts } from './texts.ts';

type Props = {
  segments: readonly Segment[];
  total: Money;
  height?: number;
  width?: number;
  /** What lies over the column, such as edges to drag. */
  overlay?: (geometry: StackGeometry) => ReactNode;
};

export const StackChart = memo(function StackChart(props: Props) {
  const { segments, total, height = 560, width, overlay } = props;
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  return (
    <ChartFrame
      description={{
        title: t('stack.title'),
        summary: t('stack.summary', { count: segments.length, total: formatProse(total, locale) }),
        columns: [t('col.item'), t('col.amount'), t('stack.share'), t('closing.certainty')],
        rows: segments.map((segment) => [
          segment.label,
          { text: formatWhole(segment.amount, locale), address: segment.address },
          formatPercent(segment.amount.minor / Math.max(total.minor, 1), locale),
          t(`certainty.${segment.certainty}`),
        ]),
      }}
      subtitle={t('stack.subtitle', { currency: total.currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 280}
      draw={(available) => {
        const geometry = stackLayout(segments, { width: available, height }, locale);
        return {
          height: geometry.height,
          content: (
            <>
              <CapitalStackView geometry={geometry} locale={locale} interaction={interaction} />
              {overlay?.(geometry)}
            </>
          ),
        };
      }}
    />
  );
}, isSame);
