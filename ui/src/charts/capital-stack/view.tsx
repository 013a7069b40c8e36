import { formatPercent, formatProse, formatScaled } from '../../domain/money.ts';
import { Block, Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import type { StackGeometry } from './layout.ts';

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
            y={block.labelY - 2}
          >
            {block.segment.label}
          </text>
          <text
            className={block.segment.certainty === 'missing' ? 'blocker' : ''}
            x={block.labelX}
            y={block.labelY + 12}
          >
            {`${block.amountText} · ${formatPercent(block.share, locale)}`}
          </text>
        </Mark>
      ))}
    </>
  );
}
