import { formatScaled } from '../../domain/money.ts';
import { Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { QuartersGeometry } from './layout.ts';

type Props = {
  geometry: QuartersGeometry;
  locale: string;
  /** What a block is called when it is pointed at or read out. */
  nameOf: (window: string, quarter: string, amount: number) => string;
  interaction: Interaction;
};

export function QuartersView({ geometry, locale, nameOf, interaction }: Props) {
  const decimals = geometry.yTicks.some((tick) => tick.value % 1 !== 0) ? 1 : 0;
  return (
    <>
      {geometry.yTicks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={geometry.left} x2={geometry.right} y1={tick.at} y2={tick.at} />
          <text className="tick" x={geometry.left - 6} y={tick.at + 3.5} textAnchor="end">
            {formatScaled(tick.value, locale, decimals)}
          </text>
        </g>
      ))}
      <line
        className="axis-line"
        x1={geometry.left}
        x2={geometry.right}
        y1={geometry.zero}
        y2={geometry.zero}
      />
      {geometry.blocks.map((block, at) => (
        <Mark
          key={block.id}
          label={nameOf(block.window, block.quarter, block.amount)}
          hint={nameOf(block.window, block.quarter, block.amount)}
          address={block.address}
          interaction={interaction}
          first={at === 0}
        >
          <rect
            className={`mark-shape window-${block.window}`}
            x={block.x}
            y={block.y}
            width={block.width}
            height={block.height}
          />
        </Mark>
      ))}
      {geometry.bands.map((band) => (
        <g key={band.quarter} className="case-band" aria-hidden="true">
          <line x1={band.x} x2={band.x} y1={band.low} y2={band.high} />
          <line x1={band.x - 3} x2={band.x + 3} y1={band.low} y2={band.low} />
          <line x1={band.x - 3} x2={band.x + 3} y1={band.high} y2={band.high} />
        </g>
      ))}
      {geometry.xTicks.map((tick) => (
        <text key={tick.label} className="tick" x={tick.at} y={geometry.height - 6} textAnchor="middle">
          {tick.label}
        </text>
      ))}
    </>
  );
}
