import { DropdownMenu } from 'radix-ui';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { type ChosenColumns, type ColumnKey, columnName } from './columns.ts';

type Props = { columns: readonly ColumnKey[]; chosen: ChosenColumns };

/** Which columns of the deals are in sight. */
export function ColumnMenu({ columns, chosen }: Props) {
  const { t } = useText();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-plain">
        <Icon name="table" size={14} />
        <span>{t('topsheet.columns')}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu scenario-columns" align="end" sideOffset={4}>
          {columns.map((column) => (
            <DropdownMenu.CheckboxItem
              key={column}
              className="menu-item"
              checked={chosen.shown.includes(column)}
              onCheckedChange={() => chosen.toggle(column)}
              onSelect={(event) => event.preventDefault()}
            >
              <span className="menu-check">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" size={13} />
                </DropdownMenu.ItemIndicator>
              </span>
              <span>{columnName(column, t)}</span>
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={chosen.reset}>
            <span className="menu-check" />
            <span>{t('topsheet.columns.usual')}</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
