import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { Palette } from '../../components/palette.tsx';
import type { RiskDriver, RiskEvent } from '../../domain/risk.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { useProgramNames } from '../programs/names.ts';
import { goToCell } from '../shell/go-to.ts';
import { useDeal } from '../workspace/desk.tsx';
import { useNumberCells } from './cells.ts';
import { driverPath } from './edits.ts';
import { nameOf, offeredEvents } from './events.ts';

/** The cells a driver moves; each leads to where it is typed. */
export function DriverCells({ driver }: { driver: RiskDriver }) {
  const { t } = useText();
  const { edit } = useDeal();
  const label = useAddressLabel();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const paths = driver.paths ?? [];
  const put = (next: readonly string[]) => void edit(driverPath(driver.id, 'paths'), [...next]);
  return (
    <fieldset className="risk-cells">
      <legend className="field-label">{t('risk.cells', { count: paths.length })}</legend>
      <ul>
        {paths.map((path) => (
          <li key={path} className="risk-cell">
            <button type="button" className="link" onClick={() => void goToCell(path, navigate)}>
              {label(path)}
            </button>
            <IconButton
              icon="close"
              label={t('risk.cell.remove', { cell: label(path) })}
              disabled={paths.length < 2}
              onClick={() => put(paths.filter((one) => one !== path))}
            />
          </li>
        ))}
      </ul>
      <Button icon="plus" look="quiet" onClick={() => setOpen(true)}>
        {t('risk.cell.add')}
      </Button>
      {isOpen ? (
        <CellPalette
          title={t('risk.cell.add')}
          without={paths}
          onOpenChange={setOpen}
          onChoose={({ path }) => put([...paths, path])}
        />
      ) : null}
    </fieldset>
  );
}

type PaletteProps = {
  title: string;
  without: readonly string[];
  /** What may happen to the deal is offered as well. */
  onEvent?: (event: RiskEvent, label: string) => void;
  onOpenChange: (open: boolean) => void;
  onChoose: (cell: { path: string; label: string; value: string }) => void;
};

/** Every number of the deal by the name people know it by. */
export function CellPalette({ title, without, onEvent, onOpenChange, onChoose }: PaletteProps) {
  const { t } = useText();
  const { document } = useDeal();
  const cells = useNumberCells();
  const programs = useProgramNames();
  const events = (onEvent ? offeredEvents(document) : []).map(({ kind, about, event }) => {
    const name = about === null ? '' : nameOf(document, about, programs);
    const label = t(`risk.event.${kind}`, { name });
    return {
      id: `${kind}:${about ?? ''}`,
      group: t('risk.event.group'),
      label,
      icon: 'question' as const,
      run: () => onEvent?.(event, label),
    };
  });
  const items = cells
    .filter(({ path }) => !without.includes(path))
    .map((cell) => ({
      id: cell.path,
      group: t('risk.cell.group'),
      label: cell.label,
      detail: cell.shown,
      icon: 'pen' as const,
      run: () => onChoose(cell),
    }));
  return (
    <Palette
      open
      onOpenChange={onOpenChange}
      items={[...events, ...items]}
      title={title}
      placeholder={t('risk.cell.search')}
      emptyText={t('risk.cell.none')}
    />
  );
}
