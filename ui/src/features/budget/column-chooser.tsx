import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { OPTIONAL, type Optional, USUAL } from './columns.tsx';

const KEPT = 'recoup.budget.columns';

export type ChosenColumns = {
  isShown: (id: string) => boolean;
  toggle: (id: Optional) => void;
  reset: () => void;
};

const isOptional = (id: string): id is Optional => (OPTIONAL as readonly string[]).includes(id);

function kept(): readonly Optional[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    if (Array.isArray(value)) return value.filter((id) => typeof id === 'string' && isOptional(id));
  } catch {
    // What cannot be read is as good as never chosen.
  }
  return USUAL;
}

/** Which columns are in sight, on this machine. */
export function useChosenColumns(): ChosenColumns {
  const [shown, setShown] = useState<readonly Optional[]>(kept);
  const keep = (next: readonly Optional[]) => {
    setShown(next);
    localStorage.setItem(KEPT, JSON.stringify(next));
  };
  return {
    isShown: (id) => !isOptional(id) || shown.includes(id),
    toggle: (id) => keep(shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id]),
    reset: () => keep(USUAL),
  };
}

type Props = { columns: readonly { id: string; head: string }[]; chosen: ChosenColumns };

export function ColumnChooser({ columns, chosen }: Props) {
  const { t } = useText();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-quiet">
        <Icon name="table" size={14} />
        <span>{t('topsheet.columns')}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {OPTIONAL.map((id) => (
            <DropdownMenu.CheckboxItem
              key={id}
              className="menu-item"
              checked={chosen.isShown(id)}
              onCheckedChange={() => chosen.toggle(id)}
              onSelect={(event) => event.preventDefault()}
            >
              <span className="menu-check">
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" size={13} />
                </DropdownMenu.ItemIndicator>
              </span>
              <span>{columns.find((column) => column.id === id)?.head ?? id}</span>
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
