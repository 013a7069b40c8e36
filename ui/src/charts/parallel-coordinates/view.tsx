import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { ParallelGeometry, ParallelLine } from './layout.ts';

type Props = {
  geometry: ParallelGeometry;
  /** The one that is told apart by colour. */
  chosen: string | null;
  lit: string | null;
  names: { line: (line: ParallelLine) => string; value: (axis: number, value: number) => string };
  onLight: (id: string | null) => void;
  onOpen: (id: string) => void;
};

const NOBODY: Interaction = { openAddress: null, onOpen: () => {} };

/** Deals over their measures: the chosen one in colour, the working copy dashed, all others in the background. */
export function ParallelView({ geometry, chosen, lit, names, onLight, onOpen }: Props) {
  const { top, base } = geometry;
  const look = ({ id, isNow }: ParallelLine) =>
    id === lit || id === chosen ? 'parallel-chosen' : isNow ? 'parallel-now' : 'parallel-other';
  const depth = ({ line }: ParallelGeometry['lines'][number]) =>
    line.id === lit ? 3 : line.id === chosen ? 2 : line.isNow ? 1 : 0;
  const order = [...geometry.lines].sort((a, b) => depth(a) - depth(b));
  return (
    <>
      {geometry.axes.map(({ axis, x, best, worst, words }, at) => (
        <g key={axis.key}>
          <line className="axis-line" x1={x} x2={x} y1={top} y2={base} />
          {words.map((word, row) => (
            <text
              key={word}
              className="label"
              x={x}
              y={10 + (row + 3 - words.length) * 13}
              textAnchor="middle"
            >
              {word}
            </text>
          ))}
          <text className="tick" x={x} y={50} textAnchor="middle">
            {axis.unit}
          </text>
          <text className="tick" x={x} y={top - 6} textAnchor="middle">
            {best === null ? '' : names.value(at, best)}
          </text>
          <text className="tick" x={x} y={base + 14} textAnchor="middle">
            {worst === null ? '' : names.value(at, worst)}
          </text>
        </g>
      ))}
      {order.map(({ line, path, dots }, at) => (
        <g key={line.id} className={look(line)}>
          <Pressed onPress={() => onOpen(line.id)}>
            <Mark
              label={names.line(line)}
              interaction={NOBODY}
              first={at === 0}
              onLight={(on) => onLight(on ? line.id : null)}
            >
              <path className="parallel-hit" d={path} />
              <path className="mark-shape parallel-line" d={path} />
              {dots.map(({ x, y, axis }) => (
                <circle key={axis} className="parallel-dot" cx={x} cy={y} r={3.5} />
              ))}
            </Mark>
          </Pressed>
        </g>
      ))}
    </>
  );
}

/** A line is chosen with a press or with Enter; it has no one figure that could be asked. */
function Pressed({ onPress, children }: { onPress: () => void; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the mark inside carries the role and the focus
    <g
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') onPress();
      }}
    >
      {children}
    </g>
  );
}
