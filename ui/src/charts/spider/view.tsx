import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { Leg, SpiderGeometry } from './layout.ts';

type Props = {
  geometry: SpiderGeometry;
  names: { leg: (leg: Leg) => string; x: (value: number) => string; y: (value: number) => string };
  lit: string | null;
  onLight: (id: string | null) => void;
  interaction: Interaction;
};

/** One line at a time is told apart by weight and colour, all by their names. */
export function SpiderView({ geometry, names, lit, onLight, interaction }: Props) {
  const { left, right, top, base, height } = geometry;
  return (
    <>
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 4} textAnchor="end">
            {names.y(tick.value)}
          </text>
        </g>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.value} className="tick" x={tick.at} y={height - 5} textAnchor="middle">
          {names.x(tick.value)}
        </text>
      ))}
      {geometry.middle === null ? null : (
        <line className="ref-line" x1={geometry.middle} x2={geometry.middle} y1={top} y2={base} />
      )}
      {geometry.legs.map((leg, at) => (
        <Mark
          key={leg.leg.id}
          label={leg.name === leg.leg.label ? names.leg(leg.leg) : `${leg.name} ${names.leg(leg.leg)}`}
          address={leg.leg.address}
          interaction={interaction}
          first={at === 0}
          onLight={(on) => onLight(on ? leg.leg.id : null)}
        >
          <g className={leg.leg.id === lit ? 'spider-lit' : 'spider-leg'}>
            <path className="spider-hit" d={leg.path} />
            <path className="spider-line" d={leg.path} />
            {leg.dots.map((dot) => (
              <circle key={dot.share} className="spider-dot" cx={dot.x} cy={dot.y} r={2.5} />
            ))}
            <path className="leader" d={`M${leg.endX + 4},${leg.endY}L${right + 8},${leg.nameY}`} />
            <text className="spider-name" x={right + 12} y={leg.nameY + 4}>
              {leg.name}
            </text>
          </g>
          <rect
            className="mark-shape risk-hit"
            x={right + 10}
            y={leg.nameY - 7}
            width={geometry.width - right - 12}
            height={14}
          />
        </Mark>
      ))}
    </>
  );
}
