import type { CombinedProgram, ProgramsBearing, WeighedCombinations } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatWhole } from '../../domain/money.ts';
import { type TextKey, useText } from '../../i18n/index.tsx';
import { moneyOf } from './view.ts';

/** Relations that a reader sees as an arrow between two claimed programs. */
const HANDED: Readonly<Record<string, TextKey>> = {
  reduces_base_of: 'combination.reduces',
  supplies: 'combination.supplies',
  requires: 'combination.requires',
};

/** The claimed programs in their order, and under each what it does to those after it. */
export function HandsOver({ data }: { data: WeighedCombinations }) {
  const { t } = useText();
  const { programs } = data.chosen;
  const claimed = new Set(programs.map((program) => program.program));
  const arrows = data.bearings.filter(
    (one) => claimed.has(one.from) && claimed.has(one.to) && HANDED[one.relation] !== undefined,
  );
  if (programs.length === 0) return <p className="sub">{t('combination.none')}</p>;
  return (
    <figure className="hands-over" aria-label={t('combination.graph')}>
      <ol className="chain">
        {programs.map((program, at) => (
          <Link
            key={program.program}
            program={program}
            order={at + 1}
            arrows={arrows.filter((one) => one.from === program.program)}
            names={new Map(programs.map((one) => [one.program, one.name]))}
          />
        ))}
      </ol>
      {arrows.length === 0 ? <p className="sub">{t('combination.graph.none')}</p> : null}
    </figure>
  );
}

/** What one program does to another in one way is one arrow, whatever the number of clauses. */
function joined(arrows: readonly ProgramsBearing[]): ProgramsBearing[] {
  const found: ProgramsBearing[] = [];
  for (const arrow of arrows) {
    const known = found.find((one) => one.relation === arrow.relation && one.to === arrow.to);
    if (known) known.clause = `${known.clause} · ${arrow.clause}`;
    else found.push({ ...arrow });
  }
  return found;
}

type LinkProps = {
  program: CombinedProgram;
  order: number;
  arrows: readonly ProgramsBearing[];
  names: ReadonlyMap<string, string>;
};

function Link({ program, order, arrows, names }: LinkProps) {
  const { t, locale } = useText();
  const net = moneyOf(program.net);
  return (
    <li className="chain-link">
      <div className="chain-box">
        <span className="chain-order" aria-hidden="true">
          {order}
        </span>
        <span className="chain-name">{program.name}</span>
        {net && program.net ? (
          <span className="chain-net">
            <Figure address={program.net.address}>{formatWhole(net, locale)}</Figure>
          </span>
        ) : null}
      </div>
      {joined(arrows).map((arrow) => (
        <p key={`${arrow.relation} ${arrow.to}`} className="chain-arrow">
          <Icon name="arrow" size={13} />
          <span>
            {t(HANDED[arrow.relation] ?? 'combination.supplies', {
              from: program.name,
              to: names.get(arrow.to) ?? arrow.to,
            })}
            <span className="sub">{arrow.clause}</span>
          </span>
        </p>
      ))}
    </li>
  );
}

/** Programs that wait for each other, drawn as the circle they are. */
export function Circle({ programs }: { programs: readonly CombinedProgram[] }) {
  const { t } = useText();
  const [first, ...rest] = programs;
  const ring = first && rest.at(-1)?.program === first.program ? programs.slice(0, -1) : programs;
  const [size, radius] = [260, 92];
  const at = (index: number) => {
    const angle = (index / ring.length) * 2 * Math.PI - Math.PI / 2;
    return { x: size / 2 + 40 + radius * 1.25 * Math.cos(angle), y: size / 2 + radius * Math.sin(angle) };
  };
  return (
    <div className="circle" role="alert">
      <p className="circle-title">
        <Icon name="blocker" size={15} /> {t('combination.circle')}
      </p>
      <svg
        viewBox={`0 0 ${size + 80} ${size}`}
        className="circle-drawing"
        role="img"
        aria-label={programs.map((program) => program.name).join(' → ')}
      >
        <defs>
          <marker
            id="circle-head"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" className="circle-head" />
          </marker>
        </defs>
        {ring.map((program, index) => {
          const [from, to] = [at(index), at((index + 1) % ring.length)];
          const bend = {
            x: (from.x + to.x) / 2 + (to.y - from.y) * 0.18,
            y: (from.y + to.y) / 2 - (to.x - from.x) * 0.18,
          };
          return (
            <path
              key={program.program}
              className="circle-line"
              d={`M${from.x} ${from.y} Q${bend.x} ${bend.y} ${to.x} ${to.y}`}
              markerEnd="url(#circle-head)"
            />
          );
        })}
        {ring.map((program, index) => {
          const { x, y } = at(index);
          return (
            <text key={program.program} x={x} y={y} textAnchor="middle" className="circle-name">
              {program.name}
            </text>
          );
        })}
      </svg>
      <ol className="circle-list">
        {programs.map((program, index) => (
          <li key={`${program.program} ${index}`}>{program.name}</li>
        ))}
      </ol>
      <p className="sub">{t('combination.circle.note')}</p>
    </div>
  );
}
