import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { Icon, type IconName } from '../../components/icon.tsx';

export type RowAction = { id: string; label: string; icon: IconName; keys?: string; run: () => void };

/** The actions of a row. A sheet presses the button for its cell, so that it opens on a press and not on a pointer alone. */
export function RowMenu({ label, actions }: { label: string; actions: readonly RowAction[] }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <DropdownMenu.Root open={isOpen} onOpenChange={setOpen} modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          ref={button}
          type="button"
          className="icon-button row-menu"
          tabIndex={-1}
          aria-label={label}
          title={label}
          // A pointer has opened it already; what presses it without one has not.
          onClick={(event) => {
            if (event.detail === 0) setOpen(true);
          }}
        >
          <Icon name="more" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={window.document.getElementById('page')}>
        <DropdownMenu.Content
          className="menu"
          align="start"
          sideOffset={4}
          // The menu lies in the row for React: its keys are no keys of the sheet.
          onKeyDown={(event) => event.stopPropagation()}
          onCloseAutoFocus={(event) => {
            // The sheet's cell has the keys, not the button in it.
            event.preventDefault();
            button.current?.closest('td')?.focus();
          }}
        >
          {actions.map((action) => (
            <DropdownMenu.Item key={action.id} className="menu-item" onSelect={action.run}>
              <Icon name={action.icon} size={14} />
              <span>{action.label}</span>
              {action.keys ? <kbd className="key push">{action.keys}</kbd> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
