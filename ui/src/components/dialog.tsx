import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  note?: string;
  closeLabel: string;
  children?: ReactNode;
  actions?: ReactNode;
};

/** Names the thing and what stays; its buttons say what happens. */
export function Dialog({ open, onOpenChange, title, note, closeLabel, children, actions }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content className="dialog" {...(note ? {} : { 'aria-describedby': undefined })}>
          <div className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label={closeLabel} />
            </Radix.Close>
          </div>
          {note ? <Radix.Description className="dialog-note">{note}</Radix.Description> : null}
          {children}
          {actions ? <div className="dialog-actions">{actions}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
