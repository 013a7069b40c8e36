import { Select } from '../../components/select.tsx';
import type { RevenueSource } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { DateInput } from '../inputs.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { CountField } from './fields.tsx';

const KINDS = ['months_after_release', 'months_after_delivery', 'date', 'usual'] as const;
type StartKind = (typeof KINDS)[number];

function kindOf(source: RevenueSource): StartKind {
  return KINDS.find((kind) => kind !== 'usual' && source.start?.[kind] !== undefined) ?? 'usual';
}

/** When a source begins to earn: so long after an event, on a day, or as the release plan has it. */
export function StartField({ source }: { source: RevenueSource }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const path = `revenue.sources[${source.id}].start`;
  const kind = kindOf(source);
  const choose = (chosen: StartKind) => {
    const day = document.schedule?.release?.date ?? document.as_of;
    const months = source.start?.months_after_release ?? source.start?.months_after_delivery ?? 0;
    const value = chosen === 'usual' ? null : { [chosen]: chosen === 'date' ? day : months };
    void edit(path, value);
  };
  return (
    <div className="terms-pair">
      <Select
        label={t('revenue.start')}
        value={kind}
        onChange={(value) => choose(value as StartKind)}
        options={KINDS.map((value) => ({ value, label: t(`revenue.start.${value}`) }))}
      />
      {kind === 'date' ? (
        <DateInput
          label={t('revenue.start.day')}
          value={source.start?.date ?? ''}
          onCommit={(date) => void edit(path, { date })}
        />
      ) : null}
      {kind === 'months_after_release' || kind === 'months_after_delivery' ? (
        <CountField
          label={t('revenue.start.months')}
          value={source.start?.[kind]}
          unit={t('revenue.months.unit')}
          negative
          onCommit={(months) => void edit(path, { [kind]: months ?? 0 })}
        />
      ) : null}
    </div>
  );
}
