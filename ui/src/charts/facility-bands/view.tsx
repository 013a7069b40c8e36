import { formatMonth } from '../../domain/dates.ts';
import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Tick } from '../kernel/scales.ts';
import type { Interaction } from '../kernel/types.ts';
import { type FundingGeometry, type FundingMonth, standsLeft } from './layout.ts';

type Props = {
  geometry: FundingGeometry;
  months: readonly FundingMonth[];
  locale: string;
  names: {
    flows: string;
    need: string;
    peak: string;
    marker: string;
    in: string;
    out: string;
    short: string;
    balance: string;
  };
  lit: string | null;
  onLight: (month: string) => void;
  interaction: Interaction;
};

export function FundingView({ geometry, months, locale, names, lit, onLight, interaction }: Props) {
  const { flows, need, bands, left, right, marker, height } = geometry;
  const foot = height - 22;
  const first = geometry.months.find((place) => place.isShort);
  const shown = geometry.months.find((place) => place.month === lit);
  return (
    <>
      {geometry.months
        .filter((place) => place.isShort)
        .map((place) => (
          <rect
            key={place.month}
            className="funding-short"
            x={place.x}
            y={flows.top}
            width={place.width}
            height={need.low - flows.top}
          />
        ))}
      {shown ? <rect className="funding-lit" {...box(shown)} /> : null}
      <Grid ticks={flows.yTicks} left={left} right={right} locale={locale} />
      <Grid ticks={need.yTicks} left={left} right={right} locale={locale} />
      <text className="label" x={left} y={flows.top - 5}>
        {names.flows}
      </text>
      {flows.bars.map((bar) => (
        <rect key={`${bar.month}:${bar.id}`} className={`fill-${bar.kind}`} {...box(bar)} />
      ))}
      <line className="axis-line" x1={left} x2={right} y1={flows.zero} y2={flows.zero} />
      {geometry.months
        .filter((place) => place.isShort)
        .map((place) => (
          <rect
            key={place.month}
            className="funding-overdrawn"
            x={place.x}
            y={need.low + 3}
            width={place.width}
            height={4}
          />
        ))}
      {first ? (
        <text className="blocker" x={Math.min(first.x, right - 90)} y={need.low + 19}>
          {names.short}
        </text>
      ) : null}
      <text className="label" x={left} y={need.top - 5}>
        {names.need}
      </text>
      <line className="axis-line" x1={left} x2={right} y1={need.zero} y2={need.zero} />
      <path className="line-ink" d={need.path} />
      {bands.map((band) => (
        <g key={band.id}>
          <text className="label halo" x={left} y={band.top - 4}>
            {band.label}
          </text>
          {band.peakText ? (
            <text className="halo" x={right} y={band.top - 4} textAnchor="end">
              {band.peakText}
            </text>
          ) : null}
          <path className={`fill-${band.kind}`} d={band.path} />
          <line className="axis-line" x1={left} x2={right} y1={band.low} y2={band.low} />
        </g>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.label} className="tick" x={tick.at} y={height - 4}>
          {tick.label}
        </text>
      ))}
      {marker === null ? null : (
        <>
          <line className="ref-line" x1={marker} x2={marker} y1={flows.top} y2={foot} />
          <text
            className="halo"
            x={marker + (marker > right - 60 ? -5 : 5)}
            y={flows.top + 9}
            textAnchor={marker > right - 60 ? 'end' : 'start'}
          >
            {names.marker}
          </text>
        </>
      )}
      {need.peak ? <Peak {...need.peak} text={names.peak} left={left} /> : null}
      {geometry.months.map((place, at) => {
        const month = months[at];
        return month ? (
          <Mark
            key={place.month}
            label={monthText(month, names, locale)}
            address={month.address}
            interaction={interaction}
            first={at === 0}
            onLight={(on) => on && onLight(place.month)}
          >
            <rect className="mark-shape funding-month" {...box(place)} />
          </Mark>
        ) : null;
      })}
    </>
  );
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  return { x, y, width, height };
}

function monthText(month: FundingMonth, names: Props['names'], locale: string): string {
  const sum = (parts: FundingMonth['sources']) =>
    formatScaled(
      parts.reduce((total, part) => total + part.amount / 1e6, 0),
      locale,
      2,
    );
  const short = (month.left ?? 0) < 0 ? `, ${names.short}` : '';
  return `${formatMonth(month.month, locale)}: ${names.in} ${sum(month.sources)}, ${names.out} ${sum(month.uses)}${short}`;
}

function Grid({
  ticks,
  left,
  right,
  locale,
}: {
  ticks: readonly Tick[];
  left: number;
  right: number;
  locale: string;
}) {
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
    </>
  );
}

function Peak({ x, y, text, left }: { x: number; y: number; text: string; left: number }) {
  const isLeft = standsLeft(text, x, left);
  return (
    <>
      <circle className="funding-peak" cx={x} cy={y} r={3.5} />
      <text className="strong halo" x={x + (isLeft ? -8 : 8)} y={y - 8} textAnchor={isLeft ? 'end' : 'start'}>
        {text}
      </text>
    </>
  );
}
