import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { IndicesGeometry } from './layout.ts';

type Props = {
  geometry: IndicesGeometry;
  names: { tick: (value: number) => string };
  interaction: Interaction;
};

export function IndicesView({ geometry, names, interaction }: Props) {
  const { row: tall, top, bottom, height, width } = geometry;
  return (
    <>
      {geometry.ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={top} y2={bottom} />
          <text className="tick" x={tick.at} y={height - 4} textAnchor="middle">
            {names.tick(tick.value)}
          </text>
        </g>
      ))}
      {geometry.rows.map(({ index, name, y, first, total }, at) => {
        const middle = y + tall / 2;
        return (
          <Mark
            key={index.id}
            label={name === index.label ? index.text : `${name} ${index.text}`}
            address={index.total.address}
            interaction={interaction}
            first={at === 0}
          >
            <rect className="mark-shape risk-hit" x={0} y={y} width={width} height={tall} />
            <text className="label" x={4} y={middle + 4}>
              {name}
            </text>
            {total ? (
              <>
                <line
                  className="index-total-whisker"
                  x1={total.from}
                  x2={total.to}
                  y1={middle + 5}
                  y2={middle + 5}
                />
                <circle className="index-total" cx={total.x} cy={middle + 5} r={4} />
              </>
            ) : null}
            {first ? (
              <>
                <line
                  className="index-first-whisker"
                  x1={first.from}
                  x2={first.to}
                  y1={middle - 5}
                  y2={middle - 5}
                />
                <rect className="index-first" x={first.x - 3.5} y={middle - 8.5} width={7} height={7} />
              </>
            ) : null}
          </Mark>
        );
      })}
      <line className="axis-line" x1={geometry.left} x2={geometry.left} y1={top} y2={bottom} />
    </>
  );
}
