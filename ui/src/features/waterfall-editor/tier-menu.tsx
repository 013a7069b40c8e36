import { DropdownMenu } from 'radix-ui';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import type { Direction } from './operations.ts';
import { isGroup, type PlanTier } from './plan.ts';

/** What can be done to a line, by its id. The same object for every line, so that lines stay as they are drawn. */
export type TierActions = {
  focus: (tier: string) => void;
  edit: (tier: string) => void;
  go: (tier: string, direction: Direction) => void;
  inOrder: (tier: string) => void;
  duplicate: (tier: string) => void;
  divide: (tier: string) => void;
  remove: (tier: string) => void;
  addAfter: (tier: string) => void;
  addMember: (tier: string) => void;
  enter: (tier: string, source: string) => void;
  /** Sources that could enter elsewhere, with their names; none where there is one way only. */
  sources: readonly { id: string; name: string }[];
};

type Item = { id: string; label: string; icon: IconName; keys?: string; run: () => void };

/** Everything a line can do, for those who do not know its keys. */
export function TierMenu(props: { tier: PlanTier; name: string; isCurrent: boolean; actions: TierActions }) {
  const { tier, name, isCurrent, actions } = props;
  const { t } = useText();
  const { id } = tier;
  const items: Item[] = [
    { id: 'edit', label: t('plan.act.edit'), icon: 'pen', keys: '↵', run: () => actions.edit(id) },
    { id: 'up', label: t('plan.act.up'), icon: 'up', keys: 'Alt ↑', run: () => actions.go(id, 'up') },
    { id: 'down', label: t('plan.act.down'), icon: 'down', keys: 'Alt ↓', run: () => actions.go(id, 'down') },
    { id: 'in', label: t('plan.act.in'), icon: 'right', keys: 'Alt →', run: () => actions.go(id, 'in') },
    { id: 'out', label: t('plan.act.out'), icon: 'back', keys: 'Alt ←', run: () => actions.go(id, 'out') },
    ...(isGroup(tier)
      ? ([
          { id: 'member', label: t('plan.act.member'), icon: 'plus', run: () => actions.addMember(id) },
          ...(tier.takes.kind === 'together'
            ? [{ id: 'order', label: t('plan.act.order'), icon: 'menu', run: () => actions.inOrder(id) }]
            : []),
        ] as Item[])
      : []),
    ...(tier.takes.kind === 'share'
      ? [
          {
            id: 'divide',
            label: t('plan.act.divide'),
            icon: 'capital' as const,
            run: () => actions.divide(id),
          },
        ]
      : []),
    { id: 'after', label: t('plan.act.after'), icon: 'plus', run: () => actions.addAfter(id) },
    {
      id: 'duplicate',
      label: t('plan.act.duplicate'),
      icon: 'copy',
      keys: 'Ctrl D',
      run: () => actions.duplicate(id),
    },
    ...actions.sources.map((source) => ({
      id: `enter:${source.id}`,
      label: t('plan.act.enters', { source: source.name }),
      icon: 'arrow' as const,
      run: () => actions.enter(id, source.id),
    })),
    { id: 'remove', label: t('plan.act.remove'), icon: 'trash', keys: '⌫', run: () => actions.remove(id) },
  ];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="icon-button row-menu plan-more"
          tabIndex={isCurrent ? 0 : -1}
          aria-label={t('plan.menu', { name })}
          title={t('plan.menu', { name })}
        >
          <Icon name="more" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={window.document.getElementById('page')}>
        <DropdownMenu.Content
          className="menu menu-tall"
          align="end"
          sideOffset={4}
          // The menu lies in the list for React: its keys are no keys of the list.
          onKeyDown={(event) => event.stopPropagation()}
        >
          {items.map((item) => (
            <DropdownMenu.Item key={item.id} className="menu-item" onSelect={item.run}>
              <Icon name={item.icon} size={14} />
              <span>{item.label}</span>
              {item.keys ? <kbd className="key push">{item.keys}</kbd> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
