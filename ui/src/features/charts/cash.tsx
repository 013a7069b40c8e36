import { memo } from 'react';
import { type DebtSeries, debtLayout } from '../../charts/cash-flow/layout.ts';
import { DebtView } from '../../charts/cash-flow/view.tsx';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { DASH, formatScaled } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from './closing.tsx';
import { useFrameTexts } from './texts.ts';

type DebtProps = {
  series: readonly DebtSeries[];
  currency: string;
  delivery?: string;
  height?: number;
  width?: number;
};

export const DebtChart = memo(function DebtChart({
  series,
  currency,
  delivery,
  height = 210,
  width,
}: DebtProps) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const shown = series.filter((one) => one.points.some((point) => point.balance > 0));
  const { peak } = debtLayout(shown, { width: 600, height }, locale, delivery);
  const month = peak ? formatMonth(peak.month, locale) : '';
  const months = [...new Set(shown.flatMap((one) => one.points.map((point) => point.month)))].sort();
  return (
    <ChartFrame
      description={{
        title: peak
          ? t('debt.title', { amount: formatScaled(peak.value, locale, 1), month })
          : t('debt.title.none'),
        summary: t('debt.summary', { count: shown.length, month }),
        columns: [t('cash.month'), ...shown.map((one) => one.label)],
        rows: months.map((at) => [
          formatMonth(at, locale),
          ...shown.map((one) => {
            const point = one.points.find((each) => each.month === at);
            return point
              ? { text: formatScaled(point.balance / 1e6, locale, 3), address: point.address }
              : DASH;
          }),
        ]),
      }}
      subtitle={t('debt.subtitle', { currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 420}
      draw={(available) => {
        const names = {
          peak: peak ? t('debt.peak', { amount: formatScaled(peak.value, locale, 1) }) : '',
          marker: t('cash.delivery'),
        };
        const geometry = debtLayout(shown, { width: available, height }, locale, delivery, names.peak);
        return {
          height,
          content: <DebtView geometry={geometry} locale={locale} names={names} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);
