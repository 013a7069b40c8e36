import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { FanGeometry, FanPoint } from './layout.ts';

type Props = {
  geometry: FanGeometry;
  locale: string;
  names: { invested: string; point: (point: FanPoint) => string };
  interaction: Interaction;
};

export function FanView({ geometry, locale, names, interaction }: Props) {
  const { left, right, top, base, invested, height } = geometry;
  const peak = Math.max(...geometry.yTicks.map(({ value }) => Math.abs(value)), 0);
  return (
    <>
      <path className="fan-outer" d={geometry.outer} />
      <path className="fan-inner" d={geometry.inner} />
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 4} textAnchor="end">
            {formatScaled(tick.value, locale, peak < 4 ? 1 : 0)}
          </text>
        </g>
      ))}
      <line className="axis-line" x1={left} x2={right} y1={base} y2={base} />
      <path className="line-model" d={geometry.median} />
      {invested ? (
        <>
          <line className="ref-line" x1={left} x2={right} y1={invested.y} y2={invested.y} />
          <text className="label halo" x={invested.labelX} y={invested.y - 5}>
            {names.invested}
          </text>
        </>
      ) : null}
      {geometry.columns.map((column, at) => (
        <Mark
          key={column.point.quarter}
          label={names.point(column.point)}
          hint={names.point(column.point)}
          address={column.point.address}
          interaction={interaction}
          first={at === 0}
        >
          <rect
            className="mark-shape risk-hit"
            x={column.x}
            y={top}
            width={column.width}
            height={base - top}
          />
          <line className="fan-cursor" x1={column.at} x2={column.at} y1={top} y2={base} />
        </Mark>
      ))}
      {geometry.labels.map((label) => (
        <g key={label.id}>
          <text x={right + 7} y={label.y + 4}>
            {label.id.toUpperCase()}
          </text>
          <text
            className={label.isMedian ? 'strong' : 'label'}
            x={geometry.width}
            y={label.y + 4}
            textAnchor="end"
          >
            {formatScaled(label.value, locale, 1)}
          </text>
        </g>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.text} className="tick" x={tick.at} y={height - 5} textAnchor="middle">
          {tick.text}
        </text>
      ))}
    </>
  );
}
