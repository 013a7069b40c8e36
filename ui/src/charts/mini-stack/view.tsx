import { Block } from '../kernel/mark.tsx';
import { miniStackLayout, type StackPart } from './layout.ts';

type Props = {
  parts: readonly StackPart[];
  uses: number;
  most: number;
  /** What the bar says: kinds with their amounts. */
  label: string;
  width?: number;
};

const TALL = 14;

/** A capital stack that fits into a row of a table. */
export function MiniStack({ parts, uses, most, label, width = 190 }: Props) {
  const { parts: placed, missing } = miniStackLayout(parts, { uses, most }, width);
  return (
    <svg className="mini-stack" viewBox={`0 0 ${width} ${TALL}`} role="img" aria-label={label}>
      {placed.map(({ part, x, width: own }, at) => (
        <Block
          key={`${part.kind}:${at}`}
          x={x}
          y={0.5}
          width={own}
          height={TALL - 1}
          kind={part.kind}
          certainty={part.isConditional ? 'conditional' : 'firm'}
        />
      ))}
      {missing ? (
        <Block
          x={missing.x + 0.5}
          y={1}
          width={missing.width - 1}
          height={TALL - 2}
          kind="neutral"
          certainty="missing"
        />
      ) : null}
    </svg>
  );
}
