import { memo } from 'react';
import type { CellFaultDto, SheetColumn, SheetRow } from '../../api/bindings.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { ACCOUNTS } from '../projects/terms.ts';
import { type Decisions, withRow } from './decisions.ts';

type Props = {
  sheet: string;
  row: SheetRow;
  columns: readonly SheetColumn[];
  faults: readonly (CellFaultDto | undefined)[];
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
};

/** Columns whose cells are set to the right, as numbers are. */
const NUMBERS = new Set([
  'amount',
  'quantity',
  'multiplier',
  'rate',
  'spent_in',
  'labour',
  'labour_amount',
  'resident',
  'animation',
]);

/** A row of the sheet: whether it is taken, the account it goes to, and its cells as the file has them. */
export const PreviewRow = memo(function PreviewRow(props: Props) {
  const { sheet, row, columns, faults, decisions, onDecide } = props;
  const { t } = useText();
  const { line } = row;
  return (
    <tr className={line ? undefined : 'is-left'}>
      <th scope="row" className="num import-number">
        {row.row}
      </th>
      <td className="import-take">
        <input
          type="checkbox"
          aria-label={t('sheets.take.row', { row: row.row })}
          checked={line !== null}
          disabled={row.reason === 'HEADER_AGAIN'}
          onChange={(event) => onDecide(withRow(decisions, row.row, event.target.checked))}
        />
      </td>
      <td className="import-account">
        <span className="import-name">{line?.label ?? row.cells.find((text) => text !== '')}</span>
        {line ? (
          <select
            className={line.ground === 'unknown' ? 'input is-unknown' : 'input'}
            aria-label={t('sheets.account.row', { row: row.row })}
            value={line.account}
            onChange={(event) =>
              onDecide({ ...decisions, accounts: { ...decisions.accounts, [line.key]: event.target.value } })
            }
          >
            {ACCOUNTS.map((account) => (
              <option key={account} value={account}>
                {t(`account.${account}`)}
              </option>
            ))}
          </select>
        ) : (
          <span className="import-why">{row.why}</span>
        )}
      </td>
      {columns.map((column, at) => (
        <SheetCell
          key={column.column}
          address={`${sheet}!${column.column}${row.row}`}
          text={row.cells[at] ?? ''}
          meaning={column.meaning}
          fault={faults[at]}
        />
      ))}
    </tr>
  );
});

type CellProps = { address: string; text: string; meaning: string; fault: CellFaultDto | undefined };

function SheetCell({ address, text, meaning, fault }: CellProps) {
  const classes = [
    NUMBERS.has(meaning) ? 'num' : 'import-text',
    meaning === 'ignore' ? 'is-ignored' : '',
    fault ? `has-${fault.weight}` : '',
  ];
  return (
    <td className={classes.filter(Boolean).join(' ')} data-about={address}>
      {fault ? (
        <span className="import-fault" id={cellId(address)} tabIndex={-1} title={fault.message}>
          <Icon name={fault.weight === 'error' ? 'blocker' : 'note'} size={13} />
          {text}
          <span className="visually-hidden">{fault.message}</span>
        </span>
      ) : (
        text
      )}
    </td>
  );
}

/** The id under which the cell of a fault is found again. */
export function cellId(address: string): string {
  return `cell-${address.replace(/[^\w-]/g, '_')}`;
}
