import { ContextMenu, DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../../components/icon.tsx';

export type MenuAction = { id: string; label: string; icon: IconName; keys?: string; run: () => void };

/** The actions of a row behind a button with three dots. */
export function ActionButton({ label, actions }: { label: string; actions: readonly MenuAction[] }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button" aria-label={label} title={label}>
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {actions.map((action) => (
            <DropdownMenu.Item key={action.id} className="menu-item" onSelect={action.run}>
              <Face action={action} />
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The same actions where the right button or the menu key asks for them. */
export function WithContextMenu({
  actions,
  children,
}: {
  actions: readonly MenuAction[];
  children: ReactElement;
}) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu">
          {actions.map((action) => (
            <ContextMenu.Item key={action.id} className="menu-item" onSelect={action.run}>
              <Face action={action} />
            </ContextMenu.Item>
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function Face({ action }: { action: MenuAction }) {
  return (
    <>
      <Icon name={action.icon} size={14} />
      <span>{action.label}</span>
      {action.keys ? <kbd className="key push">{action.keys}</kbd> : null}
    </>
  );
}
