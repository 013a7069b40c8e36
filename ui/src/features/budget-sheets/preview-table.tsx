import { useMemo, useState } from 'react';
import type { BudgetSheetView, CellFaultDto, SheetRow } from '../../api/bindings.ts';
import { Button } from '../../components/button.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { useText } from '../../i18n/index.tsx';
import { ColumnHead } from './column-head.tsx';
import type { Decisions } from './decisions.ts';
import { PreviewRow } from './preview-row.tsx';

type Props = { view: BudgetSheetView; decisions: Decisions; onDecide: (decisions: Decisions) => void };

/** Rows that are drawn before somebody asks for more. */
const DRAWN = 250;

/** The sheet as it is, with what each column means and what becomes of each row. */
export function PreviewTable({ view, decisions, onDecide }: Props) {
  const { t } = useText();
  const [drawn, setDrawn] = useState(DRAWN);
  const rows = useMemo(() => view.rows.filter(({ reason }) => reason !== 'BLANK'), [view]);
  const faults = useMemo(() => byCell(view.faults), [view]);
  const rest = rows.length - drawn;
  return (
    <div className="import-table">
      <TableRegion label={t('sheets.table')}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('sheets.row')}
            </th>
            <th scope="col">{t('sheets.take')}</th>
            <th scope="col" className="is-account">
              {t('sheets.account')}
            </th>
            {view.columns.map((column) => (
              <ColumnHead
                key={column.column}
                column={column}
                meanings={view.meanings}
                fault={view.header === null ? undefined : faults.get(`${column.column}${view.header}`)}
                decisions={decisions}
                onDecide={onDecide}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, drawn).map((row) => (
            <PreviewRow
              key={row.row}
              sheet={view.sheet}
              row={row}
              columns={view.columns}
              faults={faultsOf(row, view, faults)}
              decisions={decisions}
              onDecide={onDecide}
            />
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

function byCell(faults: readonly CellFaultDto[]): Map<string, CellFaultDto> {
  const found = new Map<string, CellFaultDto>();
  for (const fault of faults) {
    const cell = `${fault.column}${fault.row}`;
    const known = found.get(cell);
    // Of two the one that keeps the cell from being taken.
    if (!known || known.weight === 'note') found.set(cell, fault);
  }
  return found;
}

function faultsOf(row: SheetRow, view: BudgetSheetView, faults: ReadonlyMap<string, CellFaultDto>) {
  return view.columns.map(({ column }) => faults.get(`${column}${row.row}`));
}
