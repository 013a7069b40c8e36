import { Grid, type GridColumn } from '../../components/grid.tsx';
import { formatDate } from '../../domain/dates.ts';
import type { Phase } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { countColumn } from '../cells.ts';
import { DateInput } from '../inputs.tsx';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';

/** Phases to scale beside the months that make them, and the three dates a financier asks for. */
export function ScheduleTile() {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const words = useWords();
  const schedule = document.schedule ?? {};
  const phases = schedule.phases ?? [];
  const end = Math.max(...phases.map((phase) => (phase.start_month ?? 0) + (phase.months ?? 0)), 1);
  const path = (field: string) => (phase: Phase) => `schedule.phases[${phase.id}].${field}`;
  const columns: GridColumn<Phase>[] = [
    {
      id: 'phase',
      head: t('schedule.phase'),
      cell: (phase) => words.term('phase', phase.phase),
      width: '150px',
    },
    {
      id: 'bar',
      head: t('schedule.bar'),
      cell: (phase) => (
        <span className="gantt">
          <span
            className="gantt-bar"
            style={{
              marginLeft: `${((phase.start_month ?? 0) / end) * 100}%`,
              width: `${((phase.months ?? 0) / end) * 100}%`,
            }}
          />
        </span>
      ),
    },
    countColumn(
      {
        id: 'start',
        head: t('schedule.start'),
        path: path('start_month'),
        value: (phase) => phase.start_month,
      },
      { t, locale, edit },
    ),
    countColumn(
      { id: 'months', head: t('schedule.months'), path: path('months'), value: (phase) => phase.months },
      { t, locale, edit },
    ),
  ];
  const pasting = useBlock({ path: 'schedule.phases', rows: phases, edit });
  const note = schedule.greenlight
    ? `${t('schedule.note')}, ${formatDate(schedule.greenlight, locale)}`
    : t('schedule.note');
  return (
    <>
      <Tile title={t('schedule.title')} note={note} span={8} edge>
        <Grid
          label={t('schedule.title')}
          hint={t('table.edit')}
          columns={columns}
          rows={phases}
          rowId={(phase) => phase.id}
          {...pasting}
        />
      </Tile>
      <Tile span={4}>
        <div className="stack">
          <DateInput
            label={t('schedule.greenlight')}
            value={schedule.greenlight ?? ''}
            onCommit={(date) => edit('schedule.greenlight', date)}
          />
          {(schedule.deliveries ?? []).map((delivery) => (
            <DateInput
              key={delivery.id}
              label={delivery.label ?? t('schedule.delivery')}
              value={delivery.date ?? ''}
              onCommit={(date) => edit(`schedule.deliveries[${delivery.id}].date`, date)}
            />
          ))}
          <DateInput
            label={t('schedule.release')}
            value={schedule.release?.date ?? ''}
            onCommit={(date) => edit('schedule.release.date', date)}
          />
        </div>
      </Tile>
    </>
  );
}
