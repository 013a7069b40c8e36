import { formatProse, formatScaled } from '../../domain/money.ts';
import { Block, Mark } from '../kernel/mark.tsx';
import { textWidth } from '../kernel/measure.ts';
import type { Interaction } from '../kernel/types.ts';
import type { BarsGeometry, PlacedPart } from './layout.ts';

type Props = { geometry: BarsGeometry; locale: string; interaction: Interaction };

export function SourcesUsesView({ geometry, locale, interaction }: Props) {
  const { bars, ticks, left, zero } = geometry;
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick.value}>
          <line className="grid-line" x1={tick.at} x2={tick.at} y1={0} y2={zero} />
          <text className="tick" x={tick.at} y={zero + 14} textAnchor={tick.at <= left ? 'start' : 'middle'}>
            {formatScaled(tick.value, locale, ticks.some((other) => other.value % 1 !== 0) ? 1 : 0)}
          </text>
        </g>
      ))}
      {bars.map((bar, row) => (
        <g key={bar.id}>
          <text
            className="label"
            x={left === 0 ? 0 : left - 10}
            y={left === 0 ? bar.y - 4 : bar.y + bar.tall / 2 + 4}
            textAnchor={left === 0 ? 'start' : 'end'}
          >
            {bar.label}
          </text>
          {bar.parts.map((part, at) => (
            <Mark
              key={part.id}
              {...namesOf(part, bar.label, locale)}
              address={part.address}
              interaction={interaction}
              first={row === 0 && at === 0}
            >
              <Block {...part} y={bar.y} height={bar.tall} />
              <Name part={part} y={bar.y} tall={bar.tall} />
            </Mark>
          ))}
        </g>
      ))}
    </>
  );
}

/** The name begins with the words in the part; one too narrow for words tells them to a pointer. */
function namesOf(part: PlacedPart, bar: string, locale: string): { label: string; hint?: string } {
  const whole = `${part.label}, ${formatProse(part.amount, locale)}`;
  const seen = [part.lines[0], part.amountText].filter((text) => text !== undefined && text !== null);
  return seen.length === 0
    ? { label: `${whole} · ${bar}`, hint: whole }
    : { label: `${seen.join(' ')} · ${bar}: ${whole}` };
}

/** On a hatched part the words stand on a plate of the surface. */
function Name({ part, y, tall }: { part: PlacedPart; y: number; tall: number }) {
  const [name] = part.lines;
  const rows = [name, part.amountText].filter((text) => text !== undefined && text !== null);
  const first = y + tall / 2 + (rows.length === 2 ? -3 : 4);
  const look = { firm: `on-${part.kind}`, conditional: 'label', missing: 'blocker' }[part.certainty];
  const wide = Math.max(0, ...rows.map((text) => textWidth(text, 11, 'strong')));
  return (
    <>
      {part.certainty === 'conditional' && rows.length > 0 ? (
        <rect className="plate" x={part.x + 3} y={y + 2} width={wide + 5} height={tall - 4} />
      ) : null}
      {rows.flatMap((text, at) => [
        <text
          key={text}
          className={look}
          x={part.x + 5}
          y={first + at * 13}
          style={text === name ? { fontWeight: 500 } : undefined}
        >
          {text}
        </text>,
        // Keeps one text apart from the next where the words of the drawing are read as one.
        '\n',
      ])}
    </>
  );
}
