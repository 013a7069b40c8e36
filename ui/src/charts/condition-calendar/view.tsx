import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { type CalendarGeometry, LINE, type PlacedMark } from './layout.ts';

type Props = {
  geometry: CalendarGeometry;
  names: { today: string; mark: (mark: PlacedMark) => string };
  interaction: Interaction;
};

export function CalendarView({ geometry, names, interaction }: Props) {
  const { rows, left, right, height, today } = geometry;
  const foot = height - 22;
  return (
    <>
      {geometry.xTicks.map((tick) => (
        <g key={tick.label}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={4} y2={foot} />
          <text className="tick" x={tick.at} y={height - 4}>
            {tick.label}
          </text>
        </g>
      ))}
      {rows.map((row) => (
        <g key={row.id}>
          <line className="grid-line" x1={0} x2={right} y1={row.low} y2={row.low} />
          <text className="label" x={0} y={(row.y + row.low) / 2 + 4 - ((row.lines.length - 1) * LINE) / 2}>
            {row.lines.map((line, at) => (
              <tspan key={line} x={0} dy={at === 0 ? 0 : LINE}>
                {line}
              </tspan>
            ))}
          </text>
          {row.late ? (
            <rect
              className="gate-late"
              x={row.late.x1}
              y={row.y + 2}
              width={row.late.x2 - row.late.x1}
              height={row.low - row.y - 4}
            />
          ) : null}
          {row.firstDraw === null ? null : (
            <path
              className="gate-draw"
              d={`M${row.firstDraw},${row.y + 3}V${row.low - 3}M${row.firstDraw},${row.y + 3}l6,4l-6,4`}
            />
          )}
        </g>
      ))}
      {today === null ? null : (
        <>
          <line className="ref-line" x1={today} x2={today} y1={4} y2={foot} />
          <text className="halo" x={today + 4} y={12}>
            {names.today}
          </text>
        </>
      )}
      <line className="axis-line" x1={left} x2={right} y1={foot} y2={foot} />
      {rows.flatMap((row, at) =>
        row.marks.map((mark, index) => (
          <Mark
            key={`${row.id}-${mark.id}`}
            label={names.mark(mark)}
            hint={names.mark(mark)}
            interaction={interaction}
            first={rows.findIndex(({ marks }) => marks.length > 0) === at && index === 0}
          >
            <Sign mark={mark} />
          </Mark>
        )),
      )}
    </>
  );
}

/** Shape as well as colour: a filled disc is met, a ring is expected, a diamond is late or overdue. */
function Sign({ mark: { x, y, state, isLate } }: { mark: PlacedMark }) {
  if (state === 'overdue' || isLate)
    return <path className="mark-shape gate-overdue" d={`M${x},${y - 6}l6,6l-6,6l-6,-6z`} />;
  return <circle className={`mark-shape gate-${state}`} cx={x} cy={y} r={5} />;
}
