import { memo, useMemo } from 'react';
import type { ActualQuarterDto } from '../../api/bindings.ts';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { Mark } from '../../charts/kernel/mark.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { useFigures } from '../../components/figure.tsx';
import { useToast } from '../../components/toast.tsx';
import { DASH, formatChange, formatScaled, formatWhole, type Money, toScale } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { type ActualDatum, type ActualsGeometry, actualsLayout } from './chart-layout.ts';
import { moneyOf } from './use-actuals.ts';

type Props = {
  quarters: readonly ActualQuarterDto[];
  currency: string;
  /** What the chart is about: a source, or all of them. */
  about: string;
  coveredTo: string;
};

/** Estimate and receipts side by side, quarter by quarter, and what is still expected after the covered days. */
export const ActualsChart = memo(function ActualsChart({ quarters, currency, about, coveredTo }: Props) {
  const { t, locale } = useText();
  const texts = useFrameTexts();
  const notify = useToast();
  const { open, openAddress } = useFigures();
  const pattern = t('revenue.quarter');
  const data = useMemo(() => dataOf(quarters, pattern), [quarters, pattern]);
  const cell = (figure: ActualQuarterDto['counted'], change = false) => {
    const money = moneyOf(figure);
    if (!money || !figure) return DASH;
    return {
      text: change ? formatChange(money, locale) : formatWhole(money, locale),
      address: figure.address,
    };
  };
  const named = (part: string, quarter: string, amount: number) => {
    const told = { quarter: quarterName(quarter, pattern), amount: formatScaled(amount, locale, 2) };
    return part === 'counted'
      ? t('actuals.chart.bar.counted', told)
      : t('actuals.chart.bar', { ...told, part: t(`actuals.chart.${part}` as 'actuals.chart.came') });
  };
  return (
    <ChartFrame
      description={{
        title: t('actuals.chart.title', { about, day: coveredTo }),
        summary: t('actuals.chart.summary', { count: data.length }),
        columns: [
          t('revenue.quarter.head'),
          t('actuals.chart.estimate'),
          t('actuals.chart.now'),
          t('actuals.variance'),
        ],
        rows: quarters.map((one) => [
          quarterName(one.quarter, pattern),
          cell(one.estimate),
          cell(one.counted),
          cell(one.compared?.variance ?? null, true),
        ]),
      }}
      subtitle={t('actuals.chart.subtitle', { currency })}
      texts={texts}
      notify={notify}
      initialWidth={640}
      legend={
        <span className="actuals-legend">
          {(['estimate', 'came', 'counted'] as const).map((part) => (
            <span key={part} className="legend-item">
              <span className={`swatch actuals-swatch actuals-${part}`} aria-hidden="true" />
              {t(`actuals.chart.${part}`)}
            </span>
          ))}
        </span>
      }
      draw={(available) => {
        const geometry = actualsLayout(data, { width: available, height: 232 });
        return {
          height: geometry.height,
          content: (
            <Bars
              geometry={geometry}
              locale={locale}
              nameOf={named}
              interaction={{ openAddress, onOpen: open }}
            />
          ),
        };
      }}
    />
  );
}, isSame);

type BarsProps = {
  geometry: ActualsGeometry;
  locale: string;
  nameOf: (part: string, quarter: string, amount: number) => string;
  interaction: { openAddress: string | null; onOpen: (address: string) => void };
};

function Bars({ geometry, locale, nameOf, interaction }: BarsProps) {
  const { left, right, zero, height } = geometry;
  const decimals = geometry.yTicks.some((tick) => (tick.value * 10) % 1 !== 0)
    ? 2
    : geometry.yTicks.some((tick) => tick.value % 1 !== 0)
      ? 1
      : 0;
  return (
    <>
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 3.5} textAnchor="end">
            {formatScaled(tick.value, locale, decimals)}
          </text>
        </g>
      ))}
      <line className="axis-line" x1={left} x2={right} y1={zero} y2={zero} />
      {geometry.bars.map((bar, at) => (
        <Mark
          key={bar.id}
          label={nameOf(bar.part, bar.quarter, bar.amount)}
          hint={nameOf(bar.part, bar.quarter, bar.amount)}
          address={bar.address}
          interaction={interaction}
          first={at === 0}
        >
          <rect
            className={`mark-shape actuals-${bar.part}`}
            x={bar.x}
            y={bar.y}
            width={bar.width}
            height={bar.height}
          />
        </Mark>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.label} className="tick" x={tick.at} y={height - 6} textAnchor="middle">
          {tick.label}
        </text>
      ))}
    </>
  );
}

const millions = (money: Money) => toScale(money) / 1e6;

function dataOf(quarters: readonly ActualQuarterDto[], pattern: string): ActualDatum[] {
  return quarters.map(({ quarter, estimate, counted, compared }) => {
    const drawn = (figure: ActualQuarterDto['counted']) => {
      const money = moneyOf(figure);
      return money && figure ? { amount: millions(money), address: figure.address } : null;
    };
    return {
      quarter,
      label: quarterName(quarter, pattern),
      estimate: drawn(estimate),
      came: drawn(compared?.received ?? null),
      counted: drawn(counted),
    };
  });
}

/** `2029-Q3` as readers write a quarter. */
export function quarterName(quarter: string, pattern: string): string {
  const [year = '', part = ''] = quarter.split('-Q');
  return pattern.replace('%q', part).replace('%y', year);
}
