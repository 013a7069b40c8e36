import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { AddDriver } from './add-driver.tsx';
import { addedDrivers, revenueDrivers } from './edits.ts';

/** Nothing is uncertain yet: revenue can be, with the deal's own cases as its ends. */
export function StartRisk({ onChoose }: { onChoose: (driver: string) => void }) {
  const { t } = useText();
  const { document, editAll } = useDeal();
  const [isAdding, setAdding] = useState(false);
  const offered = revenueDrivers(document);
  return (
    <EmptyState title={t('risk.none')} note={offered.length > 0 ? t('risk.none.note') : t('risk.none.empty')}>
      {offered.length > 0 ? (
        <Button look="primary" onClick={() => void editAll([addedDrivers(document, offered)])}>
          {t('risk.none.revenue', { count: offered.length })}
        </Button>
      ) : null}
      <Button icon="plus" onClick={() => setAdding(true)}>
        {t('risk.add')}
      </Button>
      {isAdding ? <AddDriver onOpenChange={setAdding} onChoose={onChoose} /> : null}
    </EmptyState>
  );
}
