import type { FigureDto } from '../../api/bindings.ts';
import { MiniStack } from '../../charts/mini-stack/view.tsx';
import { Badge, Swatch } from '../../components/badge.tsx';
import { Figure, useFigures } from '../../components/figure.tsx';
import { Icon } from '../../components/icon.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { KINDS } from '../../domain/kinds.ts';
import { DASH, formatMillions } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { type ColumnKey, cellOf, columnName, columnUnit } from './columns.ts';
import { Measured } from './figures.tsx';
import { isMeasure, thousands } from './measures.ts';
import { ariaSort, type Sort, type SortKey } from './sort.ts';
import type { Scenario, Standing } from './types.ts';

type Props = {
  scenarios: readonly Scenario[];
  standings: ReadonlyMap<string, Standing>;
  columns: readonly ColumnKey[];
  /** Whether they are ordered for a reader. */
  isRanked: boolean;
  currency: string;
  sort: Sort;
  onSort: (by: SortKey) => void;
  pinned: ReadonlySet<string>;
  onPin: (id: string) => void;
  chosen: string | null;
  onChoose: (id: string) => void;
};

/** Complete deals beside each other: stacks on one scale, measures in columns that sort, limits that are broken. */
export function ScenarioTable(props: Props) {
  const { scenarios, columns, isRanked, currency, sort, onSort } = props;
  const { t } = useText();
  const most = Math.max(...scenarios.map(sizeOf), 1);
  const head = (by: SortKey, text: string, unit = '') => (
    <th key={by} scope="col" className={by === 'name' ? '' : 'num'} aria-sort={ariaSort(sort, by)}>
      <button
        type="button"
        className="scenario-sort"
        aria-pressed={sort.by === by}
        onClick={() => onSort(by)}
      >
        <span>
          {text}
          {unit ? <span className="scenario-unit">{unit}</span> : null}
        </span>
        {sort.by === by ? <Icon name={ariaSort(sort, by) === 'ascending' ? 'up' : 'down'} size={12} /> : null}
      </button>
    </th>
  );
  return (
    <TableRegion label={t('scenarios.table')}>
      <thead>
        <tr>
          <th scope="col" className="scenario-pin">
            <span className="visually-hidden">{t('scenarios.pinned')}</span>
          </th>
          {isRanked ? head('rank', t('scenarios.rank')) : null}
          {head('name', t('scenarios.deal'))}
          <th scope="col" className="scenario-stack">
            {t('scenarios.stack')}
          </th>
          {columns.map((column) => head(column, columnName(column, t), columnUnit(column, currency, t)))}
          <th scope="col">{t('scenarios.limits')}</th>
        </tr>
      </thead>
      <tbody>
        {scenarios.map((one) => (
          <Row key={one.id} {...props} scenario={one} most={most} />
        ))}
      </tbody>
    </TableRegion>
  );
}

/** As long as what is needed, whether or not all of it is there. */
function sizeOf({ parts, shortfall, difference }: Scenario): number {
  const open = (shortfall ?? difference)?.value;
  const missing = open?.kind === 'money' ? Math.abs(open.amount.minor) : 0;
  return parts.reduce((sum, { amount }) => sum + amount.minor, missing);
}

function Row({ scenario, most, ...props }: Props & { scenario: Scenario; most: number }) {
  const { t, locale } = useText();
  const { columns, isRanked, currency, standings, pinned, onPin, chosen, onChoose } = props;
  const { id, name, parts, isNow } = scenario;
  const same = props.scenarios.find((other) => other.id === scenario.sameAs);
  const stands = standings.get(id);
  const isPinned = pinned.has(id);
  const stackText = parts
    .map(({ kind, amount }) => `${t(`kind.${kind}`)} ${thousands(amount, locale)}`)
    .join(', ');
  return (
    <tr className={chosen === id ? 'selected' : ''} data-scenario={id}>
      <td className="scenario-pin">
        <button
          type="button"
          className="scenario-pin-button"
          aria-pressed={isPinned}
          aria-label={t(isPinned ? 'scenarios.unpin' : 'scenarios.pin', { name })}
          onClick={() => onPin(id)}
        >
          <Icon name="pin" size={13} />
        </button>
      </td>
      {isRanked ? <td className="scenario-rank strong">{stands?.rank ?? '–'}</td> : null}
      <th scope="row" className="scenario-name">
        <button
          type="button"
          className="scenario-choose"
          aria-pressed={chosen === id}
          onClick={() => onChoose(id)}
        >
          {name}
        </button>
        {isNow ? <Badge look="outline">{t('scenarios.now')}</Badge> : null}
        {same ? <span className="sub">{t('scenarios.same_as', { name: same.name })}</span> : null}
      </th>
      <td className="scenario-stack">
        <MiniStack
          parts={parts.map(({ kind, amount, isConditional }) => ({
            kind,
            size: amount.minor,
            isConditional,
          }))}
          uses={sizeOf(scenario)}
          most={most}
          label={t('scenarios.stack.of', { name, currency, parts: stackText })}
        />
      </td>
      {columns.map((column) => (
        <td key={column} className="num">
          <Cell scenario={scenario} column={column} />
        </td>
      ))}
      <td>
        <Limits scenario={scenario} />
      </td>
    </tr>
  );
}

function Cell({ scenario, column }: { scenario: Scenario; column: ColumnKey }) {
  const { t, locale } = useText();
  if (isMeasure(column)) return <Measured measure={column} told={scenario.measures[column]} />;
  const cell = cellOf(scenario, column);
  // Of the deal as it stands nothing is wished: its amounts are those of its own pages.
  if (cell === null) return scenario.isNow ? null : DASH;
  if (cell.value.kind !== 'money') return <span className="sub">{t('na')}</span>;
  return <Figure address={cell.address}>{thousands(cell.value.amount, locale)}</Figure>;
}

const isAbove = (figure: FigureDto | null): figure is FigureDto =>
  figure?.value.kind === 'money' && figure.value.amount.minor > 0;

/** Whether a deal can be done at all: what is short, and how far the account would be overdrawn. */
function Limits({ scenario: { closes, difference, shortfall, overdraft } }: { scenario: Scenario }) {
  const { t } = useText();
  if (closes) return <Badge look="pass">{t('scenarios.limits.met')}</Badge>;
  const broken = [
    ...(difference ? [{ of: 'short' as const, figure: difference }] : []),
    ...(isAbove(shortfall) ? [{ of: 'short' as const, figure: shortfall }] : []),
    ...(isAbove(overdraft) ? [{ of: 'overdrawn' as const, figure: overdraft }] : []),
  ];
  if (broken.length === 0) return <Badge look="blocker">{t('scenarios.limits.open')}</Badge>;
  return (
    <span className="scenario-limits">
      {broken.map(({ of, figure }) => (
        <Broken key={of} of={of} figure={figure} />
      ))}
    </span>
  );
}

function Broken({ of, figure }: { of: 'short' | 'overdrawn'; figure: FigureDto }) {
  const { t, locale } = useText();
  const { open } = useFigures();
  const { value } = figure;
  // The word says which way it is; a difference below nothing is short by its size.
  const size = value.kind === 'money' ? { ...value.amount, minor: Math.abs(value.amount.minor) } : null;
  const amount = size ? formatMillions(size, locale) : '';
  return (
    <button
      type="button"
      className="badge badge-blocker scenario-chip"
      data-address={figure.address}
      onClick={() => open(figure.address)}
    >
      {t(`scenarios.limits.${of}`, { amount })}
    </button>
  );
}

/** The kinds of money that the stacks are made of. */
export function StackLegend({ scenarios }: { scenarios: readonly Scenario[] }) {
  const { t } = useText();
  const there = new Set(scenarios.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
  return (
    <ul className="scenario-legend">
      {KINDS.filter((kind) => there.has(kind)).map((kind) => (
        <li key={kind} className="legend-item">
          <Swatch kind={kind} />
          {t(`kind.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
