import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { LadderGeometry } from './layout.ts';

type Props = {
  geometry: LadderGeometry;
  locale: string;
  names: { base: string; never: string };
  interaction: Interaction;
};

export function LadderView({ geometry, locale, names, interaction }: Props) {
  const { reference } = geometry;
  return (
    <>
      {geometry.ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={18} y2={geometry.plotBottom} />
          <text className="tick" x={tick.at} y={geometry.height - 3} textAnchor="middle">
            {formatScaled(tick.value, locale, 0)}
          </text>
        </g>
      ))}
      {geometry.rows.map((row, at) => {
        const text = row.value === null ? names.never : formatScaled(row.value, locale, 1);
        return (
          <Mark
            key={row.step.id}
            label={
              row.name === row.step.label ? `${row.name}, ${text}` : `${row.name} ${text}, ${row.step.label}`
            }
            address={row.step.address}
            interaction={interaction}
            first={at === 0}
          >
            <text className="label" x={0} y={row.y + 11}>
              {row.name}
            </text>
            <rect
              className={`mark-shape fill-${row.step.kind}`}
              x={row.x}
              y={row.y}
              width={row.width}
              height={row.height}
            />
            <text className="strong halo" x={row.x + row.width + 6} y={row.y + 11}>
              {text}
            </text>
          </Mark>
        );
      })}
      {reference ? (
        <>
          <line
            className="ref-line"
            style={{ strokeDasharray: 'none' }}
            x1={reference.x}
            x2={reference.x}
            y1={14}
            y2={geometry.plotBottom}
          />
          <text className="label halo" x={reference.x} y={10} textAnchor="middle">
            {`${names.base} ${formatScaled(reference.value, locale, 1)}`}
          </text>
        </>
      ) : null}
    </>
  );
}
