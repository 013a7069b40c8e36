import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { ConvergenceGeometry, Estimate } from './layout.ts';

type Props = {
  geometry: ConvergenceGeometry;
  locale: string;
  address: string | undefined;
  names: { point: (estimate: Estimate) => string; paths: (value: number) => string };
  interaction: Interaction;
};

export function ConvergenceView({ geometry, locale, address, names, interaction }: Props) {
  const { left, right, height } = geometry;
  const span = (geometry.yTicks.at(-1)?.value ?? 0) - (geometry.yTicks[0]?.value ?? 0);
  return (
    <>
      <path className="fan-outer" d={geometry.band} />
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={left} x2={right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={left - 6} y={tick.at + 4} textAnchor="end">
            {formatScaled(tick.value, locale, span < 3 ? 1 : 0)}
          </text>
        </g>
      ))}
      <path className="line-model" d={geometry.line} />
      {geometry.points.map((point, at) => (
        <Mark
          key={point.estimate.paths}
          label={names.point(point.estimate)}
          hint={names.point(point.estimate)}
          address={address}
          interaction={interaction}
          first={at === 0}
        >
          <circle className="mark-shape convergence-point" cx={point.x} cy={point.y} r={5} />
        </Mark>
      ))}
      {geometry.xTicks.map((tick) => (
        <text
          key={tick.value}
          className="tick"
          x={tick.at}
          y={height - 4}
          textAnchor={tick.at > right - 12 ? 'end' : 'middle'}
        >
          {names.paths(tick.value)}
        </text>
      ))}
    </>
  );
}
