import { formatScaled } from '../../domain/money.ts';
import type { Bar, HistogramGeometry } from './layout.ts';

type Props = {
  geometry: HistogramGeometry;
  locale: string;
  names: { fitted: string; below: string; above: string; bar: (bar: Bar) => string };
  /** The bar whose paths are listed. */
  chosen: number | null;
  onChoose: (place: number) => void;
};

export function HistogramView({ geometry, locale, names, chosen, onChoose }: Props) {
  const { left, right, top, base, band, marks, height } = geometry;
  return (
    <>
      {band ? <rect className="risk-band" x={band.x} y={top} width={band.width} height={base - top} /> : null}
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 4} textAnchor="end">
            {formatScaled(tick.value, locale, 0)}
          </text>
        </g>
      ))}
      {geometry.bars.map((bar, at) => (
        <Column
          key={bar.place}
          bar={bar}
          label={names.bar(bar)}
          first={at === 0}
          isChosen={bar.place === chosen}
          tall={[top, base]}
          locale={locale}
          onChoose={onChoose}
        />
      ))}
      <line className="axis-line" x1={left} x2={right} y1={base} y2={base} />
      {geometry.curve ? (
        <path className="risk-normal" d={geometry.curve}>
          <title>{names.fitted}</title>
        </path>
      ) : null}
      {marks.map((mark) => (
        <g key={mark.id} className="risk-percentile" data-address={mark.address}>
          <path
            className={mark.isMedian ? 'risk-line-strong' : mark.isOuter ? 'risk-line-thin' : 'risk-line'}
            d={`M${mark.labelX},${top - 5}L${mark.x},${top + 3}V${base}`}
          />
          <text className="halo" x={mark.labelX} y={10} textAnchor="middle">
            {mark.label}
          </text>
          <text className="strong halo" x={mark.labelX} y={23} textAnchor="middle">
            {mark.text}
          </text>
        </g>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.at} className="tick" x={tick.at} y={height - 6} textAnchor="middle">
          {tick.text}
        </text>
      ))}
      {geometry.bars
        .filter((bar) => bar.from === null || bar.to === null)
        .map((bar) => (
          <text key={bar.place} className="tick" x={bar.x + bar.width / 2} y={height - 6} textAnchor="middle">
            {bar.from === null ? names.below : names.above}
          </text>
        ))}
    </>
  );
}

type ColumnProps = {
  bar: Bar;
  label: string;
  first: boolean;
  isChosen: boolean;
  tall: readonly [number, number];
  locale: string;
  onChoose: (place: number) => void;
};

function Column({ bar, label, first, isChosen, tall: [top, base], locale, onChoose }: ColumnProps) {
  return (
    <g
      className={`mark mark-button ${isChosen ? 'mark-open' : ''}`}
      role="button"
      aria-pressed={isChosen}
      aria-label={label}
      data-mark=""
      tabIndex={first ? 0 : -1}
      onClick={() => onChoose(bar.place)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(bar.place);
      }}
    >
      <rect className="risk-hit" x={bar.x} y={top} width={bar.width} height={base - top} />
      <rect
        className={`mark-shape ${bar.isLoss ? 'risk-loss' : 'risk-gain'}`}
        x={bar.x}
        y={bar.y}
        width={bar.width}
        height={bar.height}
      />
      {bar.from === null || bar.to === null ? (
        <text className="halo" x={bar.x + bar.width / 2} y={bar.y - 4} textAnchor="middle" aria-hidden="true">
          {formatScaled(bar.count, locale, 0)}
        </text>
      ) : null}
      {bar.isCut ? (
        <path
          className="risk-cut"
          d={`M${bar.x - 2},${bar.y + 9}l${bar.width / 2 + 2},-5l${bar.width / 2 + 2},5`}
        />
      ) : null}
    </g>
  );
}
