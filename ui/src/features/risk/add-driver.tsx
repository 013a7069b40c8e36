import type { RiskDriver } from '../../domain/risk.ts';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { CellPalette } from './driver-cells.tsx';
import { addedDrivers, driversOf, newDriver, USUAL } from './edits.ts';
import { eventDriver } from './events.ts';

type Props = { onOpenChange: (open: boolean) => void; onChoose: (driver: string) => void };

/** A number of the deal, or something that may happen to it, becomes uncertain. */
export function AddDriver({ onOpenChange, onChoose }: Props) {
  const { t } = useText();
  const { document, editAll } = useDeal();
  const add = async (driver: RiskDriver) => {
    const outcome = await editAll([addedDrivers(document, [driver])]);
    if (!outcome.refusal) onChoose(driver.id);
  };
  return (
    <CellPalette
      title={t('risk.add')}
      without={driversOf(document).flatMap(({ paths }) => paths ?? [])}
      onOpenChange={onOpenChange}
      onChoose={({ path, label }) => void add(newDriver(document, label, [path], USUAL))}
      onEvent={(event, label) => void add(eventDriver(document, label, event))}
    />
  );
}
