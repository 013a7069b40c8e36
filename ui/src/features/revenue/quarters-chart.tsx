import { memo, useMemo } from 'react';
import type { RevenueView } from '../../api/bindings.ts';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { type QuarterDatum, quartersLayout } from '../../charts/quarters/layout.ts';
import { QuartersView } from '../../charts/quarters/view.tsx';
import { useFigures } from '../../components/figure.tsx';
import { useToast } from '../../components/toast.tsx';
import { DASH, formatScaled, formatWhole, toScale } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { useWords } from '../words.ts';
import { moneyOf } from './use-revenue.ts';

type Props = { revenue: RevenueView; currency: string };

/** What is earned in each quarter, by window, with the span from the low to the high case. */
export const QuartersChart = memo(function QuartersChart({ revenue, currency }: Props) {
  const { t, locale } = useText();
  const words = useWords();
  const texts = useFrameTexts();
  const notify = useToast();
  const { open, openAddress } = useFigures();
  const pattern = t('revenue.quarter');
  const data = useMemo(() => dataOf(revenue, pattern), [revenue, pattern]);
  const order = revenue.windows.filter((window) =>
    data.some((one) => one.windows.some((part) => part.window === window && part.amount > 0)),
  );
  const cases = revenue.cases.map((one) => one.case);
  const best = data.reduce<QuarterDatum | null>(
    (found, one) => (found === null || totalOf(one) > totalOf(found) ? one : found),
    null,
  );
  const name = (window: string) => words.term('window', window);
  const told = (quarter: string) => quarterName(quarter, pattern);
  return (
    <ChartFrame
      description={{
        title:
          best === null
            ? t('revenue.chart.none')
            : t('revenue.chart.title', {
                quarter: told(best.quarter),
                amount: formatScaled(totalOf(best), locale, 1),
              }),
        summary: t('revenue.chart.summary', { count: data.length }),
        columns: [
          t('revenue.quarter.head'),
          ...order.map(name),
          ...cases.map((one) => t(`revenue.case.${one}` as 'revenue.case.low')),
        ],
        rows: revenue.quarters.map((quarter) => [
          told(quarter.quarter),
          ...order.map((window) => {
            const figure = quarter.windows.find((part) => part.window === window)?.gross;
            const money = moneyOf(figure);
            return money && figure ? { text: formatWhole(money, locale), address: figure.address } : DASH;
          }),
          ...cases.map((one) => {
            const figure = quarter.cases.find((part) => part.case === one)?.gross;
            const money = moneyOf(figure);
            return money && figure ? { text: formatWhole(money, locale), address: figure.address } : DASH;
          }),
        ]),
      }}
      subtitle={t(cases.length > 1 ? 'revenue.chart.subtitle' : 'revenue.chart.subtitle.base', { currency })}
      texts={texts}
      notify={notify}
      initialWidth={640}
      legend={
        <span className="window-legend">
          {order.map((window) => (
            <span key={window} className="legend-item">
              <span className={`swatch window-swatch window-${window}`} aria-hidden="true" />
              {name(window)}
            </span>
          ))}
        </span>
      }
      draw={(available) => {
        const geometry = quartersLayout(data, order, { width: available, height: 240 });
        return {
          height: geometry.height,
          content: (
            <QuartersView
              geometry={geometry}
              locale={locale}
              interaction={{ openAddress, onOpen: open }}
              nameOf={(window, quarter, amount) =>
                t('revenue.chart.block', {
                  window: name(window),
                  quarter: told(quarter),
                  amount: formatScaled(amount, locale, 2),
                })
              }
            />
          ),
        };
      }}
    />
  );
}, isSame);

function totalOf(datum: QuarterDatum): number {
  return datum.windows.reduce((sum, part) => sum + part.amount, 0);
}

function dataOf(revenue: RevenueView, pattern: string): QuarterDatum[] {
  return revenue.quarters.map(({ quarter, windows, cases }) => {
    const amounts = cases.flatMap((one) => moneyOf(one.gross) ?? []).map(millions);
    return {
      quarter,
      label: quarterName(quarter, pattern),
      windows: windows.flatMap(({ window, gross }) => {
        const money = moneyOf(gross);
        return money ? [{ window, amount: millions(money), address: gross.address }] : [];
      }),
      low: amounts.length > 1 ? Math.min(...amounts) : null,
      high: amounts.length > 1 ? Math.max(...amounts) : null,
    };
  });
}

const millions = (money: Parameters<typeof toScale>[0]) => toScale(money) / 1e6;

/** `2029-Q3` as readers write a quarter. */
function quarterName(quarter: string, pattern: string): string {
  const [year = '', part = ''] = quarter.split('-Q');
  return pattern.replace('%q', part).replace('%y', year);
}
