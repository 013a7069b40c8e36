import { Button, IconButton } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import type { Payment, RevenueSource } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { freeId } from '../ids.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { ShareField } from './fields.tsx';

const EVENTS = ['signature', 'final_delivery', 'deliveries', 'release'] as const;

/** A licence fee in parts, each paid on an event. The first part that is added divides it as presales are usually paid. */
export function Payments({ source }: { source: RevenueSource }) {
  const { t } = useText();
  const { edit } = useDeal();
  const steps = source.payments ?? [];
  const path = `revenue.sources[${source.id}].payments`;
  const write = (next: readonly Payment[]) =>
    void edit(path, next.length === 0 ? null : (next as unknown as CellValue));
  const add = () => {
    if (steps.length === 0) {
      return write([
        { id: 'signature', share: '0.2', on: 'signature' },
        { id: 'delivery', share: '0.8', on: 'final_delivery' },
      ]);
    }
    const id = freeId(
      'release',
      steps.map((step) => step.id),
    );
    write([...steps, { id, share: '0', on: 'release' }]);
  };
  return (
    <div className="payments">
      {steps.map((step) => (
        <div key={step.id} className="payment">
          <ShareField
            label={t('revenue.payment.share')}
            value={step.share}
            onCommit={(share) => void edit(`${path}[${step.id}].share`, share ?? '0')}
          />
          <Select
            label={t('revenue.payment.on')}
            value={typeof step.on === 'string' ? step.on : 'other'}
            onChange={(on) => void edit(`${path}[${step.id}].on`, on)}
            options={[
              ...EVENTS.map((value) => ({ value, label: t(`revenue.payment.${value}`) })),
              ...(typeof step.on === 'string' ? [] : [{ value: 'other', label: t('revenue.payment.other') }]),
            ]}
          />
          <IconButton
            icon="close"
            label={t('revenue.payment.remove')}
            onClick={() => write(steps.filter(({ id }) => id !== step.id))}
          />
        </div>
      ))}
      <Button icon="plus" onClick={add}>
        {t(steps.length === 0 ? 'revenue.payment.divide' : 'revenue.payment.add')}
      </Button>
    </div>
  );
}
