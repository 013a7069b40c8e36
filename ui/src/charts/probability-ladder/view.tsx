import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { ProbabilityGeometry } from './layout.ts';

type Props = { geometry: ProbabilityGeometry; interaction: Interaction };

export function ProbabilityView({ geometry, interaction }: Props) {
  const { row: tall, width } = geometry;
  return (
    <>
      {geometry.rows.map(({ chance, name, y, nameX, bar, whisker }, at) => {
        const middle = y + tall / 2;
        return (
          <Mark
            key={chance.id}
            label={
              name === chance.label ? `${name}, ${chance.text}` : `${name} ${chance.text}, ${chance.label}`
            }
            address={chance.address}
            interaction={interaction}
            first={at === 0}
          >
            <rect className="mark-shape risk-hit" x={0} y={y + 1} width={width} height={tall - 2} />
            {chance.isPart ? null : (
              <rect className={`fill-${chance.kind}`} x={0} y={middle - 4.5} width={9} height={9} rx={1} />
            )}
            <text className="label chance-name" x={nameX} y={middle + 4}>
              {name}
            </text>
            <rect className="chance-track" x={bar.x} y={middle - 2} width={bar.track} height={4} />
            <rect className={`fill-${chance.kind}`} x={bar.x} y={middle - 2} width={bar.width} height={4} />
            {whisker ? (
              <line
                className="risk-whisker"
                x1={whisker.x}
                x2={whisker.x + whisker.width}
                y1={middle}
                y2={middle}
              />
            ) : null}
            <text className="label chance-name" x={width} y={middle + 4} textAnchor="end">
              {chance.text}
            </text>
            {at > 0 ? <line className="grid-line" x1={0} x2={width} y1={y} y2={y} /> : null}
          </Mark>
        );
      })}
    </>
  );
}
