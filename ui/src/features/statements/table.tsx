import { Fragment } from 'react';
import type { StatementLineDto, StatementsView } from '../../api/bindings.ts';
import { Badge, Swatch } from '../../components/badge.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { kindOfTier } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { Cents, Rate } from './amounts.tsx';
import { reasonSentence } from './reason.ts';

const COLUMNS = 8;

type Props = { view: StatementsView; period: number; names: Names };

/** A statement as collection-account managers send it, and under every line the reason why it has no more. */
export function StatementTable({ view, period, names }: Props) {
  const { t } = useText();
  const totals = view.totals[period];
  return (
    <div className="statement-scroll">
      <TableRegion label={t('statements.table')}>
        <thead>
          <tr>
            <th scope="col">{t('statements.line')}</th>
            <th scope="col" className="num">
              {t('statements.rate')}
            </th>
            <th scope="col" className="num">
              {t('statements.arrived')}
            </th>
            <th scope="col" className="num">
              {t('statements.prior')}
            </th>
            <th scope="col" className="num">
              {t('statements.current')}
            </th>
            <th scope="col" className="num">
              {t('statements.cumulative')}
            </th>
            <th scope="col" className="num">
              {t('statements.limit')}
            </th>
            <th scope="col" className="num">
              {t('statements.outstanding')}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.lines.map((line, at) => (
            <Line
              key={`${line.kind} ${line.tier ?? at} ${line.party ?? ''}`}
              line={line}
              period={period}
              names={names}
            />
          ))}
        </tbody>
        {totals ? (
          <tfoot>
            <tr>
              <td className="text">{t('statements.total')}</td>
              <td />
              <td />
              <td className="num">
                <Cents figure={totals.prior} />
              </td>
              <td className="num">
                <Cents figure={totals.current} />
              </td>
              <td className="num">
                <Cents figure={totals.cumulative} />
              </td>
              <td className="num">
                <Cents figure={totals.entitlement} />
              </td>
              <td className="num">
                <Cents figure={totals.outstanding} />
              </td>
            </tr>
          </tfoot>
        ) : null}
      </TableRegion>
    </div>
  );
}

function Line({ line, period, names }: { line: StatementLineDto; period: number; names: Names }) {
  const { t } = useText();
  const now = line.periods[period];
  if (!now) return null;
  const isGiven = line.kind === 'assigned_to';
  const isExpired = now.reason?.kind === 'expired';
  const isGroup = line.kind === 'group';
  return (
    <Fragment>
      <tr className={`${isGroup ? 'statement-group' : ''} ${isExpired ? 'statement-expired' : ''}`}>
        <td className="text statement-line" data-depth={line.depth}>
          <span className="legend-item">
            {line.role ? <Swatch kind={kindOfTier(line.role)} /> : null}
            <span>{lineName(line, names)}</span>
            {isExpired ? <Badge look="blocker">{t('statements.expired')}</Badge> : null}
          </span>
        </td>
        <td className="num">
          <Rate figure={now.rate} isDerived={isGroup} />
          {line.basis === 'gross_of_receipt' ? <span className="sub">{t('statements.of_gross')}</span> : null}
        </td>
        <td className="num">
          <Cents figure={now.arrived} />
        </td>
        <td className="num">
          <Cents figure={now.prior} isGiven={isGiven} />
        </td>
        <td className="num statement-current">
          <Cents figure={now.current} isGiven={isGiven} />
        </td>
        <td className="num">
          <Cents figure={now.cumulative} isGiven={isGiven} />
        </td>
        <td className="num">
          {isClaim(line) && !line.limited ? (
            <span className="sub">{t('statements.open')}</span>
          ) : (
            <Cents figure={now.limit} />
          )}
        </td>
        <td className="num">
          <Cents figure={now.outstanding} />
        </td>
      </tr>
      {now.reason ? (
        <tr className="statement-why">
          <td colSpan={COLUMNS}>
            <p>
              {reasonSentence(now.reason, names)}
              <Behind label={t('statements.passed')} figure={now.reason.passed} />
              <Behind label={t('statements.lapsed')} figure={now.reason.lapsed} />
              <Behind label={t('statements.alive')} figure={now.reason.alive} />
              <Behind label={t('statements.released')} figure={now.released} />
              <Behind label={t('statements.held')} figure={now.reason.balance} />
            </p>
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

/** An amount that belongs to a reason. */
function Behind({ label, figure }: { label: string; figure: Parameters<typeof Cents>[0]['figure'] }) {
  if (!figure) return null;
  return (
    <span className="statement-behind">
      {label} <Cents figure={figure} />
    </span>
  );
}

function isClaim(line: StatementLineDto): boolean {
  return line.kind === 'claim' || line.kind === 'reserve';
}

/** What a line is called: its tier, and who has a part of it or where it comes from. */
export function lineName(line: StatementLineDto, names: Names): string {
  const tier = line.label ?? names.tier(line.tier ?? undefined);
  const party = names.party(line.party ?? undefined);
  switch (line.kind) {
    case 'assigned_to':
      return names.t('statements.assigned_to', { tier, party });
    case 'assigned_from':
      return names.t('statements.assigned_from', { tier, party });
    case 'residual':
      return names.t('statements.residual');
    case 'left_over':
      return names.t('statements.left_over');
    default:
      // A member of a group is called with it where the group itself has no line.
      return line.group && line.depth === 0 && line.kind !== 'group'
        ? `${names.tier(line.group)}: ${tier}`
        : tier;
  }
}
