import { DropdownMenu } from 'radix-ui';
import { IconButton } from '../../components/button.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { Icon } from '../../components/icon.tsx';
import { useToast } from '../../components/toast.tsx';
import type { CostLine } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { freeId } from '../ids.ts';
import { Tile } from '../shell/page.tsx';
import { type Cell, type CellValue, useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { COST_KINDS, type CostRow, useCostColumns } from './cost-columns.tsx';
import { useFlags } from './flags.ts';

/** What comes on top of the lines, down to everything that has to be paid for. */
export function CostsTile() {
  const { t } = useText();
  const { document, edit, editAll, undo } = useDeal();
  const notify = useToast();
  const flagOf = useFlags();
  const costs = document.budget?.costs ?? [];
  const rows: CostRow[] = [
    { id: 'contingency', cost: null },
    ...costs.map((cost) => ({ id: `cost-${cost.id}`, cost })),
  ];
  const columns = useCostColumns();
  const add = (kind: string) => {
    const label = t(`cost.${kind}` as 'cost.other');
    const used = costs.map(({ id }) => id);
    const cost = { id: freeId(label, used), kind, label };
    void edit('budget.costs', [...costs, cost] as unknown as CellValue);
  };
  const remove = (cost: CostLine) => {
    notify(t('topsheet.removed', { count: 1 }), { label: t('undo'), run: undo });
    void edit(`budget.costs[${cost.id}]`, null);
  };
  const tools: GridColumn<CostRow> = {
    id: 'remove',
    head: '',
    width: '28px',
    cell: ({ cost }) =>
      cost ? (
        <IconButton
          icon="trash"
          className="sheet-menu"
          tabIndex={-1}
          label={t('setup.remove', { name: cost.label ?? cost.id })}
          onClick={() => remove(cost)}
        />
      ) : null,
  };
  return (
    <Tile
      title={t('costs.title')}
      note={t('costs.note', { currency: document.currency })}
      edge
      tools={<AddCost onAdd={add} />}
    >
      <Grid
        label={t('costs.title')}
        hint={t('topsheet.keys')}
        columns={[...columns, tools]}
        rows={rows}
        rowId={({ id }) => id}
        flagOf={flagOf}
        pasteRefused={(line, column, reason) => t('table.paste.refused', { line, column, reason })}
        onBlock={(changes) => void editAll(changes as readonly Cell[])}
        footer={<Totals />}
      />
    </Tile>
  );
}

function AddCost({ onAdd }: { onAdd: (kind: string) => void }) {
  const { t } = useText();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-quiet">
        <Icon name="plus" size={14} />
        <span>{t('costs.add')}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {COST_KINDS.map((kind) => (
            <DropdownMenu.Item key={kind} className="menu-item" onSelect={() => onAdd(kind)}>
              {t(`cost.${kind}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const SUMS = [
  ['budget.total', 'costs.total'],
  ['closing.financing_costs', 'costs.financing'],
  ['closing.uses', 'costs.uses'],
] as const;

/** The budget, what financing it costs, and both together: as the closing solved them. */
function Totals() {
  const { t } = useText();
  const book = useBook();
  return SUMS.filter(([address]) => book.at(address)).map(([address, text]) => (
    <tr key={address} className={address === 'closing.financing_costs' ? 'sheet-plain' : ''}>
      <td colSpan={4}>{t(text)}</td>
      <td className="num">
        <Amount book={book} address={address} />
      </td>
      <td colSpan={3} />
    </tr>
  ));
}
