import { formatPercent, formatProse, formatScaled } from '../../domain/money.ts';
import { Block, Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { LINE, type StackBlock, type StackGeometry } from './layout.ts';

type Props = { geometry: StackGeometry; locale: string; interaction: Interaction };

export function CapitalStackView({ geometry, locale, interaction }: Props) {
  return (
    <>
      {geometry.ticks.map((tick) => (
        <g key={tick.value}>
          <line className="axis-line" x1={geometry.axisX} x2={geometry.axisX + 6} y1={tick.at} y2={tick.at} />
          <text className="tick" x={geometry.axisX - 6} y={tick.at + 3.5} textAnchor="end">
            {formatScaled(tick.value, locale, 0)}
          </text>
        </g>
      ))}
      {geometry.blocks.map((block, at) => (
        <Mark
          key={block.segment.id}
          label={`${block.segment.label} ${block.amountText} · ${formatPercent(block.share, locale)}, ${formatProse(block.segment.amount, locale)}`}
          hint={block.segment.hint}
          address={block.segment.address}
          interaction={interaction}
          first={at === 0}
        >
          <Block {...block} kind={block.segment.kind} certainty={block.segment.certainty} />
          {block.leader ? <path className="leader" d={block.leader} /> : null}
          <text
            className={block.segment.certainty === 'missing' ? 'label blocker' : 'label'}
            x={block.labelX}
            y={firstLine(block)}
          >
            {block.lines.map((line, row) => (
              <tspan key={line} x={block.labelX} dy={row === 0 ? 0 : LINE}>
                {row < block.lines.length - 1 ? `${line} ` : line}
              </tspan>
            ))}
          </text>
          <text
            className={block.segment.certainty === 'missing' ? 'blocker' : ''}
            x={block.labelX}
            y={firstLine(block) + block.lines.length * LINE + 1}
          >
            {`${block.amountText} · ${formatPercent(block.share, locale)}`}
          </text>
        </Mark>
      ))}
    </>
  );
}

/** The name and the amount below it stand around the middle of the label. */
function firstLine({ labelY, lines }: StackBlock): number {
  return labelY + 4.5 - (lines.length * LINE) / 2;
}
