import type { DifferingDto, RecoupmentComparison } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { Cents, moneyOf } from './amounts.tsx';
import { barHeights } from './strip.tsx';

/** What a tier is called; one without a name by its kind, else by its id. */
export function tierText(row: DifferingDto, names: Names): string {
  if (row.label) return row.label;
  const plain = row.id.replaceAll('-', ' ');
  return row.role && row.role !== 'other' ? names.maybe(`tier.${row.role}`, plain) : plain;
}

type TableProps = {
  label: string;
  told: RecoupmentComparison;
  rows: readonly DifferingDto[];
  name: (row: DifferingDto) => string;
};

/** Who has what under both terms, whoever moves most first. */
export function DifferenceTable({ label, told, rows, name }: TableProps) {
  const { t, locale } = useText();
  const shown = ordered(rows);
  return (
    <div className="statement-scroll differences">
      <TableRegion label={label}>
        <thead>
          <tr>
            <th scope="col">{t('statements.line')}</th>
            <th scope="col" className="num">
              {t('against.now')}
            </th>
            <th scope="col" className="num">
              {t('against.other')}
            </th>
            <th scope="col" className="num">
              {t('against.change')}
            </th>
            <th scope="col" className="num">
              {t('against.outstanding')}
            </th>
            <th scope="col">{t('against.first_day')}</th>
            {told.periods.length > 0 ? <th scope="col">{t('against.by_period')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.id}>
              <td className="text statement-line">
                <span className="legend-item">
                  <span>{name(row)}</span>
                  {row.change === 'same' ? null : (
                    <Badge look={row.change === 'more' ? 'pass' : 'blocker'}>
                      {t(row.change === 'more' ? 'against.more' : 'against.less')}
                    </Badge>
                  )}
                </span>
              </td>
              <td className="num">
                <Cents figure={row.total.now} />
              </td>
              <td className="num">
                <Cents figure={row.total.other} />
              </td>
              <td className={`num against-${row.change}`}>
                <Cents figure={row.total.change} isChange />
              </td>
              <td className="num">
                <Cents figure={row.outstanding.change} isChange />
              </td>
              <td>{row.first_day ? formatDate(row.first_day, locale) : null}</td>
              {told.periods.length > 0 ? (
                <td>
                  <Bars row={row} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </TableRegion>
    </div>
  );
}

/** Whoever moves most comes first; of equals the one that stands first in the plan. */
export function ordered(rows: readonly DifferingDto[]): DifferingDto[] {
  const size = (row: DifferingDto) => Math.abs(moneyOf(row.total.change)?.minor ?? 0);
  return [...rows].sort((one, other) => size(other) - size(one));
}

/** Differences period by period, above the line what is more, below it what is less. */
function Bars({ row }: { row: DifferingDto }) {
  const sizes = barHeights(row.periods.map((period) => period.change));
  return (
    <span className="difference-bars" aria-hidden="true">
      {row.periods.map((period, at) => {
        const isLess = (moneyOf(period.change)?.minor ?? 0) < 0;
        return (
          <span key={at} className={isLess ? 'is-less' : 'is-more'}>
            <span style={{ blockSize: `${sizes[at] ?? 0}%` }} />
          </span>
        );
      })}
    </span>
  );
}
