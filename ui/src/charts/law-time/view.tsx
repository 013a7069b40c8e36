import { formatDate } from '../../domain/dates.ts';
import { formatMillions, formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { dayX, type LawTimeGeometry } from './layout.ts';

type Props = {
  geometry: LawTimeGeometry;
  locale: string;
  /** The day that is looked at. */
  day: string;
  interaction: Interaction;
};

export function LawTimeView({ geometry, locale, day, interaction }: Props) {
  const { left, right, top, zero, bottom, height } = geometry;
  const decimals = geometry.yTicks.some((tick) => tick.value % 1 !== 0) ? 1 : 0;
  const cursor = dayX(geometry, day);
  const under = geometry.stretches.findLast((one) => one.stretch.from <= day);
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
      {geometry.xTicks.map((tick) => (
        <g key={tick.label}>
          <line className="axis-line" x1={tick.at} x2={tick.at} y1={bottom} y2={bottom + 4} />
          <text className="tick" x={tick.at} y={height - 5} textAnchor="middle">
            {tick.label}
          </text>
        </g>
      ))}
      {geometry.stretches.map((one, at) => (
        <Mark
          key={one.stretch.from}
          label={`${one.stretch.net ? formatMillions(one.stretch.net, locale, 1) : '–'}, ${formatDate(one.stretch.from, locale)}`}
          address={one.stretch.address}
          interaction={interaction}
          first={at === 0}
        >
          <rect
            className={`mark-shape law-stretch ${one === under ? 'law-stretch-under' : ''}`}
            x={one.x}
            y={one.y === null ? top : Math.min(one.y, zero)}
            width={one.width}
            height={one.y === null ? bottom - top : Math.max(Math.abs(zero - one.y), 1)}
          />
          {one.y === null ? null : (
            <line className="law-line" x1={one.x} x2={one.x + one.width} y1={one.y} y2={one.y} />
          )}
        </Mark>
      ))}
      <g aria-hidden="true">
        {geometry.edges.map((edge) => (
          <line key={edge.x} className="law-edge" x1={edge.x} x2={edge.x} y1={edge.from} y2={edge.to} />
        ))}
        <line className="axis-line" x1={left} x2={right} y1={zero} y2={zero} />
        {geometry.marks.map((one) => (
          <line key={one.mark.id} className="ref-line" x1={one.x} x2={one.x} y1={one.from} y2={bottom} />
        ))}
        {geometry.marks.map((one) => (
          <text key={one.mark.id} className="label halo" x={one.labelX} y={one.y} textAnchor={one.anchor}>
            {one.mark.label}
          </text>
        ))}
        {geometry.values.map((one) => (
          <text key={one.x} className="label halo" x={one.x} y={one.y - 5} textAnchor="middle">
            {one.text}
          </text>
        ))}
        <line className="law-cursor" x1={cursor} x2={cursor} y1={top} y2={bottom} />
        {under?.y === undefined || under.y === null ? null : (
          <circle className="law-cursor-dot" cx={cursor} cy={under.y} r={4.5} />
        )}
      </g>
    </>
  );
}
