import { useMemo, useState } from 'react';
import type { CellFaultDto, ReceiptsColumn, ReceiptsRow, ReceiptsSheetView } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { cellId } from '../budget-sheets/preview-row.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { Decisions } from './receipts-decisions.ts';

type Props = { view: ReceiptsSheetView; decisions: Decisions; onDecide: (decisions: Decisions) => void };

/** Rows that are drawn before somebody asks for more. */
const DRAWN = 250;
/** Meanings whose cells are no numbers. */
const TEXTS = new Set([
  'ignore',
  'source',
  'territory',
  'window',
  'period',
  'from',
  'to',
  'received',
  'note',
]);

/** The sheet as it is, with what each column means and what becomes of each row. */
export function ReceiptsTable({ view, decisions, onDecide }: Props) {
  const { t } = useText();
  const [drawn, setDrawn] = useState(DRAWN);
  const rows = useMemo(() => view.rows.filter(({ reason }) => reason !== 'BLANK'), [view]);
  const faults = useMemo(() => {
    const found = new Map<string, CellFaultDto>();
    for (const fault of view.faults) {
      const known = found.get(fault.cell);
      if (!known || known.weight === 'note') found.set(fault.cell, fault);
    }
    return found;
  }, [view]);
  const rest = rows.length - drawn;
  return (
    <div className="import-table">
      <TableRegion label={t('sheets.table')}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('sheets.row')}
            </th>
            <th scope="col" className="is-account">
              {t('actuals.receipts.becomes')}
            </th>
            {view.columns.map((column) => (
              <Head
                key={column.column}
                column={column}
                meanings={view.meanings}
                onMeaning={(meaning) =>
                  onDecide({ ...decisions, columns: { ...decisions.columns, [column.column]: meaning } })
                }
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, drawn).map((row) => (
            <Row key={row.row} sheet={view.sheet} row={row} columns={view.columns} faults={faults} />
          ))}
        </tbody>
      </TableRegion>
      {rest > 0 ? (
        <Button look="quiet" onClick={() => setDrawn(drawn + DRAWN * 4)}>
          {t('sheets.more', { count: Math.min(rest, DRAWN * 4) })}
        </Button>
      ) : null}
    </div>
  );
}

type HeadProps = {
  column: ReceiptsColumn;
  meanings: readonly string[];
  onMeaning: (meaning: string) => void;
};

function Head({ column, meanings, onMeaning }: HeadProps) {
  const { t, maybe } = useText();
  return (
    <th scope="col" className={column.meaning === 'ignore' ? 'is-ignored' : undefined}>
      <span className="import-head">
        <span className="import-letters">{column.column}</span>
        <span className="import-head-text">{column.head}</span>
      </span>
      <select
        className="input import-meaning"
        aria-label={t('sheets.column.meaning', { column: column.column })}
        value={column.meaning}
        onChange={(event) => onMeaning(event.target.value)}
      >
        {meanings.map((meaning) => (
          <option key={meaning} value={meaning}>
            {maybe(`actuals.meaning.${meaning}`, maybe(`actuals.deduction.${meaning}`, meaning))}
          </option>
        ))}
      </select>
    </th>
  );
}

type RowProps = {
  sheet: string;
  row: ReceiptsRow;
  columns: readonly ReceiptsColumn[];
  faults: ReadonlyMap<string, CellFaultDto>;
};

function Row({ sheet, row, columns, faults }: RowProps) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const source = document.revenue?.sources?.find((one) => one.id === row.source);
  return (
    <tr className={row.source ? undefined : 'is-left'}>
      <th scope="row" className="num import-number">
        {row.row}
      </th>
      <td className="import-account" data-about={sheet}>
        {row.source ? (
          <>
            {source?.label ?? row.source}
            <span className="sub actuals-days">
              {t('actuals.days', {
                from: formatDate(row.from ?? '', locale),
                to: formatDate(row.to ?? '', locale),
              })}
            </span>
          </>
        ) : (
          <span
            className={
              row.reason === 'NO_SOURCE' || row.reason === 'NO_PERIOD' ? 'import-apart' : 'import-why'
            }
          >
            {row.why}
          </span>
        )}
      </td>
      {columns.map((column, at) => {
        const address = `${sheet}!${column.column}${row.row}`;
        const fault = faults.get(address);
        const look = [
          TEXTS.has(column.meaning) ? 'import-text' : 'num',
          column.meaning === 'ignore' ? 'is-ignored' : '',
          fault ? `has-${fault.weight}` : '',
        ];
        return (
          <td key={column.column} className={look.filter(Boolean).join(' ')} data-about={address}>
            {fault ? (
              <span className="import-fault" id={cellId(address)} tabIndex={-1} title={fault.message}>
                <Icon name={fault.weight === 'error' ? 'blocker' : 'note'} size={13} />
                {row.cells[at]}
                <span className="visually-hidden">{fault.message}</span>
              </span>
            ) : (
              row.cells[at]
            )}
          </td>
        );
      })}
    </tr>
  );
}
