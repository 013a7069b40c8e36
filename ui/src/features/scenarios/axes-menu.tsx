import { DropdownMenu } from 'radix-ui';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../i18n/index.tsx';
import type { ParetoAxes } from './charts/pareto.tsx';

import { MEASURES, type MeasureKey, measureName } from './measures.ts';

type Props = { axes: ParetoAxes; onChange: (axes: ParetoAxes) => void };

/** Which measures stand against each other; nothing is traded for itself. */
export function AxesMenu({ axes, onChange }: Props) {
  const { t } = useText();
  const put = (of: keyof ParetoAxes, measure: MeasureKey | null) => {
    const holder = (Object.keys(axes) as (keyof ParetoAxes)[]).find((one) => axes[one] === measure);
    // Whoever had it takes what is given up for it.
    const freed = holder && holder !== of && measure !== null ? { [holder]: axes[of] } : {};
    const next = { ...axes, ...freed, [of]: measure };
    if (next.x !== null && next.y !== null) onChange(next);
  };
  const part = (of: keyof ParetoAxes, title: string) => (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <span>{title}</span>
        <span className="push sub">{nameOf(axes[of])}</span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="menu scenario-columns" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={axes[of] ?? ''}
            onValueChange={(value) => put(of, value === '' ? null : (value as MeasureKey))}
          >
            {of === 'third' ? <Choice value="" label={t('scenarios.trade.no_colour')} /> : null}
            {MEASURES.map((measure) => (
              <Choice key={measure} value={measure} label={measureName(measure, t)} />
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
  const nameOf = (measure: MeasureKey | null) =>
    measure === null ? t('scenarios.trade.no_colour') : measureName(measure, t);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-quiet">
        <span>{t('scenarios.trade.axes')}</span>
        <Icon name="down" size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {part('y', t('scenarios.trade.up'))}
          {part('x', t('scenarios.trade.across'))}
          {part('third', t('scenarios.trade.colour'))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice({ value, label }: { value: string; label: string }) {
  return (
    <DropdownMenu.RadioItem value={value} className="menu-item">
      <span className="menu-check">
        <DropdownMenu.ItemIndicator>
          <Icon name="check" size={13} />
        </DropdownMenu.ItemIndicator>
      </span>
      <span>{label}</span>
    </DropdownMenu.RadioItem>
  );
}

type MarkedProps = { count: number; isOnly: boolean; onOnly: (isOnly: boolean) => void };

/** What was drawn around can be looked at alone. */
export function Marked({ count, isOnly, onOnly }: MarkedProps) {
  const { t } = useText();
  if (count === 0) return null;
  return (
    <p className="row-flex">
      <span className="sub">{t('scenarios.trade.marked', { count })}</span>
      <Button look="quiet" aria-pressed={isOnly} onClick={() => onOnly(!isOnly)}>
        {t(isOnly ? 'scenarios.trade.all' : 'scenarios.trade.only')}
      </Button>
    </p>
  );
}
