import { Block } from '../kernel/mark.tsx';
import type { BridgeBar } from './layout.ts';

/** The drawn part of one step: solid is what remains, hatched is what the rule takes out. The row's figures carry the text. */
export function BridgeBarView({ bar, width }: { bar: BridgeBar; width: number }) {
  return (
    <svg viewBox={`0 0 ${width} 15`} width={width} height={15} aria-hidden="true">
      <rect className={`fill-${bar.tone}`} x={0} y={0} width={bar.width} height={15} />
      {bar.outWidth > 0.5 ? (
        <Block x={bar.outX} y={0.5} width={bar.outWidth} height={14} kind="neutral" certainty="conditional" />
      ) : null}
    </svg>
  );
}
