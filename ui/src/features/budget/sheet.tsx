import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Grid, type GridColumn, type RowActions } from '../../components/grid.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import type { BudgetLine } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { BudgetSheetButtons } from '../budget-sheets/buttons.tsx';
import { Amount } from '../explain/amount.tsx';
import { ACCOUNTS } from '../projects/terms.ts';
import { Tile } from '../shell/page.tsx';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { ColumnChooser, useChosenColumns } from './column-chooser.tsx';
import { useLineColumns } from './columns.tsx';
import { useCounted } from './counted.ts';
import { useFlags } from './flags.ts';
import { MonthsDialog } from './months.tsx';
import { RowMenu } from './row-menu.tsx';
import { duplicated, inserted, moved, type Rearranged, removed, withIds } from './rows.ts';
import { SplitDialog } from './split.tsx';

/** The top sheet, to be typed in like a spreadsheet. */
export function SheetTile() {
  const { t } = useText();
  const { document, edit } = useDeal();
  const book = useBook();
  const lines = document.budget?.lines ?? [];
  const [splitting, setSplitting] = useState<string | null>(null);
  const [monthly, setMonthly] = useState<string | null>(null);
  const chosen = useChosenColumns();
  const { columns, rowActions } = useSheet(lines, chosen.isShown('counted'), setSplitting, setMonthly);
  const flagOf = useFlags();
  const shown = columns.filter((column) => chosen.isShown(column.id));
  // What is pasted below the last line makes lines of its own.
  const pasting = useBlock<BudgetLine>({
    path: 'budget.lines',
    rows: lines,
    edit,
    blank: (at) => ({ id: `pasted-${at}`, account: 'other', label: t('budget.line.new') }),
    named: (added, known) => withIds(added, known),
  });
  const write = (written: readonly BudgetLine[]) =>
    void edit('budget.lines', written as unknown as CellValue);
  const before = shown.findIndex((column) => column.id === 'amount');
  const line = (id: string | null) => lines.find((one) => one.id === id) ?? null;

  return (
    <Tile
      title={t('budget.lines')}
      note={t('topsheet.note', { currency: document.currency })}
      edge
      tools={
        <div className="tile-tools sheet-tools">
          <Button look="quiet" icon="plus" onClick={() => rowActions.insert(lines.length - 1)}>
            {t('topsheet.add')}
          </Button>
          <BudgetSheetButtons />
          <ColumnChooser columns={columns} chosen={chosen} />
        </div>
      }
    >
      {lines.length === 0 ? (
        <EmptyState title={t('topsheet.empty')} note={t('topsheet.empty.note')}>
          <Button
            look="primary"
            onClick={() =>
              write(
                withIds(
                  ACCOUNTS.map((account) => ({ id: '', account, label: t(`account.${account}`) })),
                  [],
                ),
              )
            }
          >
            {t('topsheet.empty.do')}
          </Button>
        </EmptyState>
      ) : (
        <div className="topsheet">
          <Grid
            label={t('budget.lines')}
            hint={t('topsheet.keys')}
            columns={shown}
            rows={lines}
            rowId={(one) => one.id}
            rowActions={rowActions}
            flagOf={flagOf}
            {...pasting}
            footer={
              book.at('budget.lines') ? (
                <tr>
                  <td colSpan={before}>{t('setup.lines.total')}</td>
                  <td className="num strong">
                    <Amount book={book} address="budget.lines" />
                  </td>
                  <td colSpan={shown.length - before - 1} />
                </tr>
              ) : null
            }
          />
        </div>
      )}
      <SplitDialog
        line={line(splitting)}
        onClose={() => {
          setSplitting(null);
          focusLine(splitting);
        }}
      />
      <MonthsDialog
        line={line(monthly)}
        onClose={() => {
          setMonthly(null);
          focusLine(monthly);
        }}
      />
    </Tile>
  );
}

/** Back to the line whose dialog is closed: where it is spent, else its name. */
function focusLine(id: string | null): void {
  setTimeout(() => {
    const cell = (field: string) =>
      document.querySelector<HTMLElement>(`[role="gridcell"][data-path="budget.lines[${id}].${field}"]`);
    (cell('spend') ?? cell('label'))?.focus();
  }, 80);
}

/** The columns of the sheet with the menu of each row, and what the keys and the menu do with rows. */
function useSheet(
  lines: readonly BudgetLine[],
  isCountedShown: boolean,
  onSplit: (id: string) => void,
  onMonths: (id: string) => void,
): { columns: GridColumn<BudgetLine>[]; rowActions: RowActions } {
  const { t } = useText();
  const { document, edit, undo } = useDeal();
  const notify = useToast();
  const counted = useCounted(lines, isCountedShown);
  const written = ({ lines: after, at }: Rearranged): number => {
    if (after !== lines) void edit('budget.lines', after as unknown as CellValue);
    return at;
  };
  const rowActions: RowActions = {
    insert: (after) => written(inserted(lines, after, t('budget.line.new'))),
    duplicate: (first, last) => written(duplicated(lines, first, last)),
    move: (first, last, step) => written(moved(lines, first, last, step)),
    remove: (first, last) => {
      notify(t('topsheet.removed', { count: last - first + 1 }), { label: t('undo'), run: undo });
      return written(removed(lines, first, last));
    },
  };
  const columns = useLineColumns({
    document,
    edit: (path, value) => void edit(path, value),
    counted,
    onSplit: (line) => onSplit(line.id),
    onMonths: (line) => onMonths(line.id),
  });
  const menu: GridColumn<BudgetLine> = {
    id: 'menu',
    head: '',
    width: '28px',
    cell: (line) => (
      <RowMenu
        line={line}
        at={lines.indexOf(line)}
        count={lines.length}
        actions={rowActions}
        onSplit={() => onSplit(line.id)}
        onMonths={() => onMonths(line.id)}
      />
    ),
  };
  return { columns: [...columns, menu], rowActions };
}
