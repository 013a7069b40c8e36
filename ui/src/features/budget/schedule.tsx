import { DropdownMenu } from 'radix-ui';
import { IconButton } from '../../components/button.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatDate } from '../../domain/dates.ts';
import type { Phase } from '../../domain/document.ts';
import { useText } from '../../i18n/index.tsx';
import { useBlock } from '../block.ts';
import { choiceOf, countColumn } from '../cells.ts';
import { freeId } from '../ids.ts';
import { DateInput } from '../inputs.tsx';
import { PHASES } from '../projects/terms.ts';
import { Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { type CellValue, useDeal } from '../workspace/desk.tsx';
import { CURVES } from './columns.tsx';
import { useFlags } from './flags.ts';
import { Gantt } from './gantt.tsx';

/** The schedule to scale, the months that make it, and the days a financier asks for. */
export function ScheduleTile() {
  const { document } = useDeal();
  const phases = document.schedule?.phases ?? [];
  return (
    <>
      {phases.length > 0 || document.schedule?.deliveries?.length ? (
        <Tile edge>
          <Gantt />
        </Tile>
      ) : null}
      <PhasesTile />
      <DatesTile />
    </>
  );
}

function PhasesTile() {
  const { t, locale } = useText();
  const { document, edit } = useDeal();
  const words = useWords();
  const flagOf = useFlags();
  const schedule = document.schedule ?? {};
  const phases = schedule.phases ?? [];
  const path = (field: string) => (phase: Phase) => `schedule.phases[${phase.id}].${field}`;
  const change = (at: string, value: CellValue) => void edit(at, value);
  const context = { t, locale, edit: change };
  const columns: GridColumn<Phase>[] = [
    {
      id: 'phase',
      head: t('schedule.phase'),
      cell: (phase) => words.term('phase', phase.phase),
      width: '30%',
    },
    countColumn(
      {
        id: 'start',
        head: t('schedule.start'),
        path: path('start_month'),
        value: (phase) => phase.start_month,
      },
      context,
    ),
    countColumn(
      { id: 'months', head: t('schedule.months'), path: path('months'), value: (phase) => phase.months },
      context,
    ),
    choiceOf<Phase, string>(
      {
        id: 'curve',
        head: t('topsheet.curve'),
        path: path('curve'),
        value: (phase) => phase.curve ?? '',
        choices: [
          { value: '', label: t('topsheet.curve.even'), typed: null },
          ...CURVES.slice(1).map((curve) => ({
            value: curve,
            label: t(`topsheet.curve.${curve}`),
            typed: curve,
          })),
        ],
      },
      context,
    ),
    {
      id: 'remove',
      head: '',
      width: '28px',
      cell: (phase) => (
        <IconButton
          icon="trash"
          className="sheet-menu"
          tabIndex={-1}
          label={t('setup.remove', { name: words.term('phase', phase.phase) })}
          onClick={() => change(`schedule.phases[${phase.id}]`, null)}
        />
      ),
    },
  ];
  const pasting = useBlock({ path: 'schedule.phases', rows: phases, edit });
  const note = schedule.start
    ? t('schedule.note.start', { day: formatDate(schedule.start, locale) })
    : t('schedule.note.none');
  const absent = PHASES.filter((one) => !phases.some((phase) => phase.phase === one));
  const add = (phase: string) => {
    const id = freeId(
      phase,
      phases.map((one) => one.id),
    );
    change('schedule.phases', [...phases, { id, phase, months: 3 }]);
  };
  return (
    <Tile
      title={t('schedule.title')}
      note={note}
      span={8}
      edge
      tools={absent.length > 0 ? <AddPhase absent={absent} onAdd={add} /> : null}
    >
      {phases.length === 0 ? <p className="sub">{t('gantt.none')}</p> : null}
      <Grid
        label={t('schedule.title')}
        hint={t('topsheet.keys.cells')}
        columns={columns}
        rows={phases}
        rowId={(phase) => phase.id}
        flagOf={flagOf}
        {...pasting}
      />
    </Tile>
  );
}

function AddPhase({ absent, onAdd }: { absent: readonly string[]; onAdd: (phase: string) => void }) {
  const { t } = useText();
  const words = useWords();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-quiet">
        <Icon name="plus" size={14} />
        <span>{t('gantt.add')}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {absent.map((phase) => (
            <DropdownMenu.Item key={phase} className="menu-item" onSelect={() => onAdd(phase)}>
              {words.term('phase', phase)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The days that stand for themselves; a delivery that is counted in months is moved in the drawing. */
function DatesTile() {
  const { t } = useText();
  const { document, edit } = useDeal();
  const schedule = document.schedule ?? {};
  const days = [
    { path: 'schedule.greenlight', label: t('schedule.greenlight'), value: schedule.greenlight },
    { path: 'schedule.financial_close', label: t('gantt.close'), value: schedule.financial_close },
    { path: 'schedule.start', label: t('gantt.start'), value: schedule.start },
    ...(schedule.deliveries ?? [])
      .filter((delivery) => delivery.month === undefined)
      .map((delivery) => ({
        path: `schedule.deliveries[${delivery.id}].date`,
        label: delivery.label ?? t('schedule.delivery'),
        value: delivery.date,
      })),
    { path: 'schedule.release.date', label: t('schedule.release'), value: schedule.release?.date },
  ];
  return (
    <Tile span={4}>
      <div className="schedule-days">
        {days.map(({ path, label, value }) => (
          <div key={path} data-path={path} tabIndex={-1}>
            <DateInput label={label} value={value ?? ''} onCommit={(date) => void edit(path, date)} />
          </div>
        ))}
      </div>
    </Tile>
  );
}
