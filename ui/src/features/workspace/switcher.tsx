import { useNavigate } from '@tanstack/react-router';
import { DropdownMenu } from 'radix-ui';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import { useAskToClose } from './closing.tsx';
import { useDesk, useOpenDeals } from './desk.tsx';

/** The name of the deal on show, and the way to the other open ones. */
export function DealSwitcher() {
  const { t } = useText();
  const { view, show } = useDesk();
  const deals = useOpenDeals();
  const ask = useAskToClose();
  const navigate = useNavigate();
  if (!view) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="topbar-project switcher"
        aria-label={t('desk.switch', { name: view.name })}
      >
        <span>{view.name}</span>
        <Icon name="down" size={13} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          <DropdownMenu.Label className="menu-label">{t('desk.open')}</DropdownMenu.Label>
          {deals.map((one) => (
            <DropdownMenu.Item key={one.deal} className="menu-item" onSelect={() => void show(one.deal)}>
              <span>{one.name}</span>
              <span className="sub">{t('top.revision', { number: one.revision })}</span>
              {one.deal === view.deal ? (
                <span className="push">
                  <Icon name="check" size={13} />
                </span>
              ) : null}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => ask(view.deal)}>
            {t('desk.close', { name: view.name })}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => void navigate({ to: '/projects' })}>
            {t('desk.projects')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
