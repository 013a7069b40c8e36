import { formatMillions, formatScaled } from '../../domain/money.ts';
import { Block, Mark } from '../kernel/mark.tsx';
import type { Interaction } from '../kernel/types.ts';
import { BAR_HEIGHT, type CompareGeometry } from './layout.ts';

type Words = { rate: string; month: string };
type Props = { geometry: CompareGeometry; locale: string; interaction: Interaction; words: Words };

/** What is claimed now in ink, other claims in full, other places hatched: they are no claim yet. */
export function CompareBarsView({ geometry, locale, interaction, words }: Props) {
  const { bars, ticks, now, top, bottom, columns, height } = geometry;
  return (
    <>
      <text className="tick" x={columns.rate} y={10} textAnchor="end">
        {words.rate}
      </text>
      <text className="tick" x={columns.month} y={10} textAnchor="end">
        {words.month}
      </text>
      {ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={top} y2={bottom} />
          <text className="tick" x={tick.at} y={height - 4} textAnchor="middle">
            {formatScaled(tick.value, locale, tick.value % 1 === 0 ? 0 : 1)}
          </text>
        </g>
      ))}
      {bars.map(({ way, x, y, width, label, values }, at) => (
        <g key={way.id}>
          <Mark
            label={`${way.label} ${formatMillions(way.net, locale)}`}
            address={way.address}
            interaction={interaction}
            first={at === 0}
          >
            <text className={way.kind === 'now' ? 'strong' : 'label'} x={label.x} y={label.y}>
              {label.text}
            </text>
            <Block
              x={x}
              y={y}
              width={width}
              height={BAR_HEIGHT}
              kind={way.kind === 'now' ? 'ink' : 'soft'}
              certainty={way.kind === 'place' ? 'conditional' : 'firm'}
            />
            <text className="label halo" x={x + width + 5} y={y + BAR_HEIGHT - 3}>
              {formatMillions(way.net, locale)}
            </text>
          </Mark>
          {way.rate ? (
            <text x={values.rate} y={values.y} textAnchor="end" data-address={way.rate.address}>
              {way.rate.text}
            </text>
          ) : null}
          <text x={values.month} y={values.y} textAnchor="end">
            {way.month}
          </text>
        </g>
      ))}
      {now === null ? null : <line className="ref-line" x1={now} x2={now} y1={top} y2={bottom} />}
    </>
  );
}
