import type { KeyboardEvent } from 'react';
import type { MatrixCell, MatrixGeometry } from './layout.ts';

type Props = {
  geometry: MatrixGeometry;
  chosen: { one: string; other: string } | null;
  names: {
    cell: (cell: MatrixCell) => string;
    rho: (rho: number) => string;
    /** Where the typed value of a pair stands in the deal. */
    path: (one: string, other: string) => string | undefined;
  };
  onChoose: (one: string, other: string) => void;
  /** Plus and minus move the value by a step. */
  onStep: (one: string, other: string, steps: number) => void;
  /** Enter goes to the field in which it is typed. */
  onType: (one: string, other: string) => void;
};

const STEPS: Record<string, number> = { '+': 1, '=': 1, '-': -1, '−': -1, PageUp: 2, PageDown: -2 };

export function MatrixView({ geometry, chosen, names, onChoose, onStep, onType }: Props) {
  const isChosen = ({ one, other }: MatrixCell) =>
    chosen !== null &&
    ((chosen.one === one && chosen.other === other) || (chosen.one === other && chosen.other === one));
  const key = (cell: MatrixCell) => (event: KeyboardEvent) => {
    const steps = STEPS[event.key];
    if (steps !== undefined) onStep(cell.one, cell.other, steps);
    else if (event.key === 'Enter' || event.key === ' ') onType(cell.one, cell.other);
    else return;
    event.preventDefault();
  };
  const first = geometry.cells.find(({ half }) => half === 'typed');
  return (
    <>
      {geometry.heads.map((head) => (
        <text key={head.text} className="tick" x={head.x} y={geometry.head - 7} textAnchor="middle">
          {head.text}
        </text>
      ))}
      {geometry.names.map((name) => (
        <text key={name.y} className="label tick-name" x={0} y={name.y}>
          {name.text}
        </text>
      ))}
      {geometry.cells.map((cell) => {
        const text = cell.half === 'self' || cell.rho === null ? '' : names.rho(cell.rho);
        const look =
          cell.half === 'self'
            ? 'rho-self'
            : `rho-${cell.tone < 0 ? 'against' : 'with'}-${Math.abs(cell.tone)}`;
        const shape = (
          <rect className={`mark-shape ${look}`} x={cell.x} y={cell.y} width={cell.size} height={cell.tall} />
        );
        const value = (
          <text
            className={`${look}-text ${cell.isRepaired && cell.half === 'used' ? 'strong' : ''}`}
            x={cell.x + cell.size / 2}
            y={cell.y + cell.tall / 2 + 4}
            textAnchor="middle"
            aria-hidden="true"
          >
            {text}
          </text>
        );
        if (cell.half !== 'typed')
          return (
            <g
              key={`${cell.row}:${cell.column}`}
              data-path={names.path(cell.one, cell.other)}
              aria-hidden="true"
            >
              {shape}
              {value}
              {cell.isRepaired ? (
                <path className="rho-repaired" d={`M${cell.x + cell.size},${cell.y}h-8l8,8z`} />
              ) : null}
            </g>
          );
        return (
          <g
            key={`${cell.row}:${cell.column}`}
            className={`mark mark-button ${isChosen(cell) ? 'mark-open' : ''}`}
            role="button"
            aria-pressed={isChosen(cell)}
            aria-label={names.cell(cell)}
            data-mark=""
            data-path={names.path(cell.one, cell.other)}
            tabIndex={cell === first ? 0 : -1}
            onClick={() => onChoose(cell.one, cell.other)}
            onFocus={() => onChoose(cell.one, cell.other)}
            onKeyDown={key(cell)}
          >
            {shape}
            {value}
          </g>
        );
      })}
    </>
  );
}
