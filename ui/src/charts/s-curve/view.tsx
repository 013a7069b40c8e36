import { formatMonth } from '../../domain/dates.ts';
import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Tick } from '../kernel/scales.ts';
import type { Interaction } from '../kernel/types.ts';
import type { SpendGeometry, SpendMonth } from './layout.ts';

type Props = {
  geometry: SpendGeometry;
  months: readonly SpendMonth[];
  /** The shade of each group. */
  slots: readonly number[];
  locale: string;
  names: { month: string; soFar: string; half: string; end: string; upper: string; lower: string };
  interaction: Interaction;
};

export function SpendView({ geometry, months, slots, locale, names, interaction }: Props) {
  const { left, right, height, half, end } = geometry;
  const addressOf = (month: string) => months.find((one) => one.month === month)?.address;
  return (
    <>
      <Axis ticks={geometry.upperTicks} left={left} right={right} zero={geometry.upperZero} locale={locale} />
      <Axis ticks={geometry.lowerTicks} left={left} right={right} zero={geometry.lowerZero} locale={locale} />
      {geometry.xTicks.map((tick) => (
        <text key={tick.label} className="tick" x={tick.at} y={height - 5}>
          {tick.label}
        </text>
      ))}
      <text className="tick" x={left} y={9} aria-hidden="true">
        {names.upper}
      </text>
      <text className="tick" x={left} y={geometry.lowerTop - 8} aria-hidden="true">
        {names.lower}
      </text>
      <path className="spend-area" d={geometry.area} />
      <path className="spend-line" d={geometry.curve} />
      {geometry.today === null ? null : (
        <line className="ref-line" x1={geometry.today} x2={geometry.today} y1={10} y2={geometry.lowerZero} />
      )}
      {geometry.months.map((month, at) => (
        <Mark
          key={month.month}
          label={`${formatMonth(month.month, locale)}: ${names.month} ${formatScaled(month.total, locale, 2)}, ${names.soFar} ${formatScaled(month.soFar, locale, 2)}`}
          hint={`${formatMonth(month.month, locale)}: ${formatScaled(month.total, locale, 2)} · ${formatScaled(month.soFar, locale, 2)}`}
          address={addressOf(month.month)}
          interaction={interaction}
          first={at === 0}
        >
          <rect
            className="mark-shape spend-month"
            x={month.x}
            y={10}
            width={month.width}
            height={geometry.lowerZero - 10}
          />
          {geometry.bars
            .filter((bar) => bar.month === month.month)
            .map((bar) => (
              <rect
                key={bar.group}
                className={`spend-${slots[bar.group] ?? 1}`}
                x={bar.x}
                y={bar.y}
                width={bar.width}
                height={bar.height}
              />
            ))}
        </Mark>
      ))}
      {half ? (
        <g aria-hidden="true">
          <circle className="spend-dot" cx={half.x} cy={half.y} r={3.5} />
          <text
            className="halo"
            x={half.labelX}
            y={half.y + (half.anchor === 'end' ? -6 : 15)}
            textAnchor={half.anchor}
          >
            {names.half}
          </text>
        </g>
      ) : null}
      {end ? (
        <text
          className="strong halo"
          x={end.text.x}
          y={end.y - 6}
          textAnchor={end.text.anchor}
          aria-hidden="true"
        >
          {names.end}
        </text>
      ) : null}
    </>
  );
}

type AxisProps = { ticks: readonly Tick[]; left: number; right: number; zero: number; locale: string };

function Axis({ ticks, left, right, zero, locale }: AxisProps) {
  const decimals = ticks.some((tick) => tick.value % 1 !== 0) ? 1 : 0;
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 3.5} textAnchor="end">
            {formatScaled(tick.value, locale, decimals)}
          </text>
        </g>
      ))}
      <line className="axis-line" x1={left} x2={right} y1={zero} y2={zero} />
    </>
  );
}
