import { useText } from '../../../i18n/index.tsx';
import { useWords } from '../../words.ts';
import { useDeal } from '../../workspace/desk.tsx';
import { type DueDate, EVENTS, type Milestone, partsOf } from '../milestones.ts';
import { ChoiceCell, CountCell, DateCell } from './fields.tsx';
import { PHASES } from './words.ts';

type Props = {
  label: string;
  value: Milestone | undefined;
  onPut: (value: Milestone | null) => void;
  unsaid?: string;
};

/** An event of the making, and what it is about: a phase, a delivery, a month or a day. */
export function MilestoneCell({ label, value, onPut, unsaid }: Props) {
  const { t, maybe } = useText();
  const words = useWords();
  const { document } = useDeal();
  const { word, of } = partsOf(value);
  const deliveries = document.schedule?.deliveries ?? [];
  const choose = (chosen: string | null) => {
    if (chosen === null) onPut(null);
    else if (chosen === 'start_of' || chosen === 'end_of') onPut({ [chosen]: 'production' });
    else if (chosen === 'delivery') onPut({ delivery: deliveries[0]?.id ?? '' });
    else if (chosen === 'month') onPut({ month: 0 });
    else if (chosen === 'date') onPut({ date: document.as_of });
    else onPut(chosen);
  };
  const events = [
    ...EVENTS,
    'start_of',
    'end_of',
    ...(deliveries.length > 1 ? ['delivery'] : []),
    'month',
    'date',
  ];
  return (
    <>
      <ChoiceCell
        label={label}
        value={word === '' ? undefined : word}
        onPut={choose}
        {...(unsaid === undefined ? {} : { unsaid })}
        choices={events.map((event) => ({ value: event, label: maybe(`event.${event}`, event) }))}
      />
      {word === 'start_of' || word === 'end_of' ? (
        <ChoiceCell
          label={t('schedule.phase')}
          value={of}
          onPut={(phase) => onPut({ [word]: phase })}
          choices={PHASES.map((phase) => ({ value: phase, label: words.term('phase', phase) }))}
        />
      ) : null}
      {word === 'delivery' ? (
        <ChoiceCell
          label={t('terms.delivery')}
          value={of}
          onPut={(id) => onPut({ delivery: id })}
          choices={deliveries.map(({ id, label: name }) => ({ value: id, label: name ?? id }))}
        />
      ) : null}
      {word === 'month' ? (
        <CountCell
          label={t('terms.month')}
          value={Number(of)}
          onPut={(month) => onPut({ month: month ?? 0 })}
        />
      ) : null}
      {word === 'date' ? (
        <DateCell
          label={t('terms.day')}
          value={of}
          onPut={(date) => onPut(date === null ? null : { date })}
        />
      ) : null}
    </>
  );
}

type DueProps = { label: string; value: DueDate | undefined; onPut: (value: DueDate | null) => void };

/** An event and the months after it. */
export function DueCell({ label, value, onPut }: DueProps) {
  const { t } = useText();
  return (
    <>
      <MilestoneCell
        label={label}
        value={value?.after}
        unsaid={t('terms.unsaid')}
        onPut={(after) => onPut(after === null ? null : { ...value, after })}
      />
      {value ? (
        <CountCell
          label={t('terms.months_after')}
          value={value.months}
          onPut={(months) => onPut(months === null ? { after: value.after } : { ...value, months })}
        />
      ) : null}
    </>
  );
}
