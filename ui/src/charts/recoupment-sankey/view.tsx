import { useMemo, useState } from 'react';
import { formatPercent } from '../../domain/money.ts';
import { Block, Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { type FlowData, type NodeBox, pathThrough, type SankeyGeometry } from './layout.ts';

type Props = { data: FlowData; geometry: SankeyGeometry; locale: string; interaction: Interaction };

/** A name that was shortened to fit is said as it is seen, and then in full. */
function nameOf({ node, label, amountText }: NodeBox): string {
  return node.label === label ? `${label}, ${amountText}` : `${label} ${amountText}, ${node.label}`;
}

export function SankeyView({ data, geometry, locale, interaction }: Props) {
  const [lit, setLit] = useState<string | null>(null);
  const path = useMemo(() => (lit === null ? null : pathThrough(data, lit)), [data, lit]);
  return (
    <>
      {geometry.ribbons.map((ribbon) => (
        <path
          key={`${ribbon.link.source}>${ribbon.link.target}:${ribbon.link.kind}`}
          className={`ribbon fill-${ribbon.link.kind} ${path ? (path.has(ribbon.link) ? 'ribbon-lit' : 'ribbon-dim') : ''}`}
          style={{ stroke: 'none' }}
          d={ribbon.path}
        >
          <title>{`${ribbon.amountText} · ${formatPercent(ribbon.share, locale)}`}</title>
        </path>
      ))}
      {geometry.nodes.map((box, at) => (
        <Mark
          key={box.node.id}
          label={nameOf(box)}
          address={box.node.address}
          interaction={interaction}
          first={at === 0}
          onLight={(on) => setLit(on ? box.node.id : null)}
        >
          <Block {...box} kind={box.node.kind} certainty={box.node.certainty ?? 'firm'} />
          <text className="label halo" x={box.labelX} y={box.lines === 2 ? box.labelY - 2 : box.labelY + 4}>
            {box.label}{' '}
            {box.lines === 1 && box.hasAmount ? (
              <tspan style={{ fontWeight: 400 }} dx={2}>
                {box.amountText}
              </tspan>
            ) : null}
          </text>
          {box.lines === 2 && box.hasAmount ? (
            <text className="halo" x={box.labelX} y={box.labelY + 11}>
              {box.amountText}
            </text>
          ) : null}
        </Mark>
      ))}
    </>
  );
}
