import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { TwoWayGeometry } from './layout.ts';

type Props = {
  geometry: TwoWayGeometry;
  names: { cell: (row: number, column: number, text: string) => string };
  interaction: Interaction;
};

export function TwoWayView({ geometry, names, interaction }: Props) {
  return (
    <>
      {geometry.heads.map((head, at) => (
        <text key={at} className="tick" x={head.x} y={head.y} textAnchor="middle">
          {head.text}
        </text>
      ))}
      {geometry.names.map((name, at) => (
        <text key={at} className="tick" x={name.x} y={name.y} textAnchor="end">
          {name.text}
        </text>
      ))}
      {geometry.cells.map((cell, at) => (
        <Mark
          key={`${cell.row}:${cell.column}`}
          label={names.cell(cell.row, cell.column, cell.result.text)}
          address={cell.result.address}
          interaction={interaction}
          first={at === 0}
        >
          <rect
            className={`mark-shape heat-${cell.shade ?? 'none'}`}
            x={cell.x}
            y={cell.y}
            width={cell.width}
            height={cell.height}
          />
          <text
            className={`heat-text-${cell.shade ?? 'none'}`}
            x={cell.x + cell.width / 2}
            y={cell.y + cell.height / 2 + 4}
            textAnchor="middle"
          >
            {cell.result.text}
          </text>
        </Mark>
      ))}
    </>
  );
}
