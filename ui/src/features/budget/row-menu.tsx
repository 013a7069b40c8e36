import { DropdownMenu } from 'radix-ui';
import type { RowActions } from '../../components/grid.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { BudgetLine } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';

type Props = {
  line: BudgetLine;
  at: number;
  count: number;
  actions: RowActions;
  onSplit: () => void;
  onMonths: () => void;
};

/** What can be done with one line, each with the key that does it in the sheet. */
export function RowMenu({ line, at, count, actions, onSplit, onMonths }: Props) {
  const { t } = useText();
  const items: {
    id: string;
    icon: IconName;
    label: string;
    keys?: string;
    run: () => void;
    off?: boolean;
    /** The sign stands on its head. */
    isTurned?: boolean;
  }[] = [
    { id: 'split', icon: 'budget', label: t('topsheet.row.split'), run: onSplit },
    { id: 'months', icon: 'overview', label: t('topsheet.row.months'), run: onMonths },
    {
      id: 'insert',
      icon: 'plus',
      label: t('topsheet.row.insert'),
      keys: t('topsheet.key.insert'),
      run: () => void actions.insert(at),
    },
    {
      id: 'duplicate',
      icon: 'copy',
      label: t('topsheet.row.duplicate'),
      keys: t('topsheet.key.duplicate'),
      run: () => void actions.duplicate(at, at),
    },
    {
      id: 'up',
      icon: 'down',
      isTurned: true,
      label: t('topsheet.row.up'),
      keys: t('topsheet.key.up'),
      run: () => void actions.move(at, at, -1),
      off: at === 0,
    },
    {
      id: 'down',
      icon: 'down',
      label: t('topsheet.row.down'),
      keys: t('topsheet.key.down'),
      run: () => void actions.move(at, at, 1),
      off: at === count - 1,
    },
    {
      id: 'remove',
      icon: 'trash',
      label: t('setup.remove', { name: line.label }),
      keys: t('topsheet.key.remove'),
      run: () => void actions.remove(at, at),
    },
  ];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="icon-button sheet-menu"
        tabIndex={-1}
        aria-label={t('topsheet.row.menu', { line: line.label })}
      >
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.id}
              className="menu-item"
              disabled={item.off ?? false}
              onSelect={item.run}
            >
              <span className={item.isTurned ? 'menu-sign menu-turned' : 'menu-sign'}>
                <Icon name={item.icon} size={14} />
              </span>
              <span>{item.label}</span>
              {item.keys ? <kbd className="key push">{item.keys}</kbd> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
