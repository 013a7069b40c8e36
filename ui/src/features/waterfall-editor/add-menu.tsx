import { DropdownMenu } from 'radix-ui';
import { Button } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import type { Blank } from './blank.ts';

const BLANKS: readonly { blank: Blank; key: 'plan.blank' | `plan.blank.${Exclude<Blank, 'claim'>}` }[] = [
  { blank: 'claim', key: 'plan.blank' },
  { blank: 'group', key: 'plan.blank.group' },
  { blank: 'steps', key: 'plan.blank.steps' },
  { blank: 'reserve', key: 'plan.blank.reserve' },
];

/** What can come into the order: one tier, a usual piece, another film's order. */
export function AddMenu(props: {
  onAdd: (blank: Blank) => void;
  onTemplate: () => void;
  onFilm: () => void;
}) {
  const { t } = useText();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button icon="plus" className="plan-add">
          {t('plan.add')}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={window.document.getElementById('page')}>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {BLANKS.map(({ blank, key }) => (
            <DropdownMenu.Item key={blank} className="menu-item" onSelect={() => props.onAdd(blank)}>
              {t(key)}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={props.onTemplate}>
            {t('plan.from_template')}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={props.onFilm}>
            {t('plan.from_film')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
