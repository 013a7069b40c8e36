import { formatProse, formatScaled, formatWhole, type Money } from '../../domain/money.ts';
import { Block, Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { type BarSegment, type ClosingGeometry, LINE } from './layout.ts';

type Props = {
  geometry: ClosingGeometry;
  locale: string;
  names: { uses: string; sources: string };
  totals: { uses: Money; sources: Money };
  interaction: Interaction;
};

export function ClosingBarView({ geometry, locale, names, totals, interaction }: Props) {
  const inRows = geometry.form === 'rows';
  const axis = (geometry.bars[1]?.y ?? 0) + 34;
  return (
    <>
      {geometry.ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={24} y2={axis} />
          <text className="tick" x={tick.at} y={axis + 15} textAnchor="middle">
            {formatScaled(tick.value, locale, 0)}
          </text>
        </g>
      ))}
      {geometry.bars.map((bar) => (
        <g key={bar.id}>
          <text className="strong" x={inRows ? 0 : bar.x} y={inRows ? bar.y + 14 : bar.y}>
            {names[bar.id]}
          </text>
          {inRows ? (
            <text x={0} y={bar.y + 28}>
              {formatWhole(totals[bar.id], locale)}
            </text>
          ) : null}
          {bar.segments.map((segment, at) => (
            <SegmentMark
              key={segment.segment.id}
              bar={segment}
              locale={locale}
              first={bar.id === 'uses' && at === 0}
              interaction={interaction}
              stacked={inRows}
            />
          ))}
        </g>
      ))}
      <line className="ref-line" {...geometry.target} />
    </>
  );
}

type SegmentProps = {
  bar: BarSegment;
  locale: string;
  first: boolean;
  interaction: Interaction;
  stacked: boolean;
};

function SegmentMark({ bar, locale, first, interaction, stacked }: SegmentProps) {
  const { segment } = bar;
  const isMissing = segment.certainty === 'missing';
  const amount = bar.label === 'inside' && isMissing ? formatWhole(segment.amount, locale) : bar.amountText;
  return (
    <Mark
      label={`${segment.label} ${amount}, ${formatProse(segment.amount, locale)}`}
      hint={segment.hint}
      address={segment.address}
      interaction={interaction}
      first={first}
    >
      <Block {...bar} kind={segment.kind} certainty={segment.certainty} />
      {bar.label === 'inside' ? (
        <InsideLabel bar={bar} locale={locale} />
      ) : bar.label === 'beside' ? (
        <text x={bar.labelX} y={bar.labelY} className={`halo ${isMissing ? 'blocker' : ''}`}>
          {stacked ? (
            `${segment.label} ${bar.amountText}`
          ) : (
            <>
              {bar.lines.map((line, at) => (
                <tspan
                  key={line}
                  className="label"
                  style={{ fontWeight: 500 }}
                  x={bar.labelX}
                  dy={at === 0 ? 0 : LINE}
                >
                  {`${line} `}
                </tspan>
              ))}
              <tspan x={bar.labelX} dy={LINE}>
                {bar.amountText}
              </tspan>
            </>
          )}
        </text>
      ) : null}
    </Mark>
  );
}

function InsideLabel({ bar, locale }: { bar: BarSegment; locale: string }) {
  const { segment } = bar;
  const on =
    segment.certainty === 'firm'
      ? `on-${segment.kind}`
      : segment.certainty === 'missing'
        ? 'blocker'
        : 'label';
  const amount = segment.certainty === 'missing' ? formatWhole(segment.amount, locale) : bar.amountText;
  return (
    <>
      {segment.certainty === 'conditional' ? (
        <rect
          className="plate"
          x={bar.labelX - 4}
          y={bar.y + 3}
          width={Math.min(bar.width - 8, segment.label.length * 6.6 + 9)}
          height={bar.height - 6}
        />
      ) : null}
      <text x={bar.labelX} y={bar.labelY} className={on} style={{ fontWeight: 500, fontSize: 11.5 }}>
        {segment.label}
      </text>
      {'\n'}
      <text x={bar.labelX} y={bar.labelY + 13} className={on}>
        {amount}
      </text>
    </>
  );
}
