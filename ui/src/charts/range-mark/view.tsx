import { type Range, rangeLayout } from './layout.ts';

type Props = { range: Range; domain: readonly [number, number]; label: string; width?: number };

const TALL = 16;

/** A spread that fits into a row of a table; rows share their scale. */
export function RangeMark({ range, domain, label, width = 96 }: Props) {
  const { band, middle, zero } = rangeLayout(range, domain, width);
  const half = TALL / 2;
  return (
    <svg className="range-mark" viewBox={`0 0 ${width} ${TALL}`} role="img" aria-label={label}>
      <line className="range-line" x1={0} x2={width} y1={half} y2={half} />
      {band ? (
        <rect className="range-band" x={band.x} y={half - 3} width={Math.max(band.width, 1)} height={6} />
      ) : null}
      {zero === null ? null : <line className="range-zero" x1={zero} x2={zero} y1={3} y2={TALL - 3} />}
      {middle === null ? null : (
        <line className="range-middle" x1={middle} x2={middle} y1={2} y2={TALL - 2} />
      )}
    </svg>
  );
}
