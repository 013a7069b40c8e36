import type { KeyboardEvent } from 'react';
import { Badge, type BadgeLook, Swatch } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { Grid, type GridColumn } from '../../components/grid.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatDate, isDate } from '../../domain/dates.ts';
import { certaintyOfStatus, kindOfInstrument } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { type Reading, textColumn, typedColumn } from '../cells.ts';
import { Tile } from '../shell/page.tsx';
import { type Cell, useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import { AddCondition } from './add-condition.tsx';
import { ConditionCalendar, calendarRows } from './calendar.tsx';
import { type Gate, type GateState, gatesOf } from './gates.ts';
import { partsOf } from './milestones.ts';

const LOOK: Record<GateState, BadgeLook> = {
  met: 'pass',
  expected: 'outline',
  overdue: 'blocker',
  undated: 'blocker',
  never: 'blocker',
  at_close: 'dashed',
};
/** Nobody waits longer for a paper. */
const MOST_MONTHS = 120;

const pathOf = ({ instrument, condition }: Gate, field: string) =>
  `instruments[${instrument.id}].conditions_precedent[${condition.id}].${field}`;

/** What has to be there before money may be drawn: a list to tick, and the same by month. */
export function ConditionTiles({ book }: { book: FigureBook }) {
  const { t } = useText();
  const { document } = useDeal();
  const gates = gatesOf(document, book);
  const rows = calendarRows(gates);
  const met = gates.filter((gate) => gate.state === 'met').length;
  const hasMonths = rows.some((row) => row.marks.length > 0);
  return (
    <>
      <Tile
        title={gates.length > 0 ? t('gates.title', { met, count: gates.length }) : t('gates.title.none')}
        note={t('gates.note')}
        edge
      >
        {gates.length > 0 ? <Checklist gates={gates} /> : null}
        <AddCondition key={document.id} />
      </Tile>
      {hasMonths ? (
        <Tile edge>
          <ConditionCalendar rows={rows} today={document.as_of} />
        </Tile>
      ) : null}
    </>
  );
}

function Checklist({ gates }: { gates: readonly Gate[] }) {
  const { t, locale } = useText();
  const { document, edit, editAll } = useDeal();
  const parties = document.parties ?? [];
  const nameOf = (id: string | undefined) => parties.find((party) => party.id === id)?.name ?? '';
  const isFirst = (gate: Gate) => gates.find(({ instrument }) => instrument === gate.instrument) === gate;
  const tick = (gate: Gate) => void edit(pathOf(gate, 'met'), gate.state !== 'met');
  const columns: GridColumn<Gate>[] = [
    {
      id: 'instrument',
      head: t('capital.instrument'),
      cell: (gate) =>
        isFirst(gate) ? (
          <span className="legend-item">
            <Swatch
              kind={kindOfInstrument(gate.instrument.terms.kind)}
              certainty={certaintyOfStatus(gate.instrument.status)}
            />
            <span className="strong">{gate.instrument.name}</span>
          </span>
        ) : (
          <span className="visually-hidden">{gate.instrument.name}</span>
        ),
    },
    {
      id: 'met',
      head: t('gates.met'),
      cell: (gate) => <Tick gate={gate} onTick={() => tick(gate)} />,
    },
    textColumn<Gate>(
      {
        id: 'text',
        head: t('gates.condition'),
        path: (gate) => pathOf(gate, 'text'),
        value: ({ condition }) => condition.text,
      },
      edit,
    ),
    typedColumn<Gate>(
      {
        id: 'by',
        head: t('gates.by'),
        path: (gate) => pathOf(gate, 'by'),
        cell: (gate) => <By gate={gate} />,
        text: ({ condition, day }) => {
          const { word } = partsOf(condition.by?.after);
          return word === 'financial_close' ? String(condition.by?.months ?? 0) : (day ?? '');
        },
        read: (gate, text) => readBy(pathOf(gate, 'by'), text, t('gates.by.invalid')),
      },
      edit,
    ),
    typedColumn<Gate>(
      {
        id: 'document',
        head: t('gates.document'),
        path: (gate) => pathOf(gate, 'document'),
        cell: ({ condition }) => condition.document ?? '',
        text: ({ condition }) => condition.document ?? '',
        read: (gate, text) => ({
          path: pathOf(gate, 'document'),
          value: text.trim() === '' ? null : text.trim(),
        }),
      },
      edit,
    ),
    typedColumn<Gate>(
      {
        id: 'owner',
        head: t('gates.owner'),
        path: (gate) => pathOf(gate, 'owner'),
        choices: [{ value: '', label: '' }, ...parties.map(({ id, name }) => ({ value: id, label: name }))],
        cell: ({ condition }) => nameOf(condition.owner),
        text: ({ condition }) => condition.owner ?? '',
        read: (gate, text): Reading => {
          const typed = text.trim().toLowerCase();
          if (typed === '') return { path: pathOf(gate, 'owner'), value: null };
          const found = parties.find(({ id, name }) => id === typed || name.toLowerCase() === typed);
          if (found) return { path: pathOf(gate, 'owner'), value: found.id };
          return {
            wrong: t('field.choice.invalid', { choices: parties.map(({ name }) => name).join(', ') }),
          };
        },
      },
      edit,
    ),
    {
      id: 'state',
      head: t('gates.state'),
      cell: (gate) => (
        <span className="nowrap">
          <Badge look={gate.isLate ? 'blocker' : LOOK[gate.state]}>
            {gate.isLate ? t('gates.late') : t(`gates.state.${gate.state}`)}
          </Badge>
          {gate.isLate && gate.firstDraw ? (
            <span className="sub">{` ${t('gates.draws', { month: formatDate(gate.firstDraw, locale) })}`}</span>
          ) : null}
        </span>
      ),
    },
    {
      id: 'remove',
      head: '',
      cell: ({ instrument, condition }) => (
        <IconButton
          icon="trash"
          tabIndex={-1}
          label={t('gates.remove', { text: condition.text })}
          onClick={() =>
            void edit(`instruments[${instrument.id}].conditions_precedent[${condition.id}]`, null)
          }
        />
      ),
    },
  ];
  return (
    <div className="gates" onKeyDownCapture={(event) => tickBySpace(event)}>
      <Grid
        label={t('gates.list')}
        hint={t('gates.keys')}
        columns={columns}
        rows={gates}
        rowId={({ instrument, condition }) => `${instrument.id}-${condition.id}`}
        onBlock={(changes) => void editAll(changes as Cell[])}
        pasteRefused={(line, column, reason) => t('table.paste.refused', { line, column, reason })}
      />
    </div>
  );
}

/** The space bar ticks from the cell as from the box in it; elsewhere in the row it is typed. */
function tickBySpace(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== ' ') return;
  const box = (event.target as HTMLElement).closest('td')?.querySelector<HTMLElement>('[role="checkbox"]');
  if (!box) return;
  event.preventDefault();
  event.stopPropagation();
  box.click();
}

function Tick({ gate, onTick }: { gate: Gate; onTick: () => void }) {
  return (
    <button
      type="button"
      role="checkbox"
      tabIndex={-1}
      className="gate-box"
      aria-checked={gate.state === 'met'}
      aria-label={gate.condition.text}
      data-path={pathOf(gate, 'met')}
      onClick={onTick}
    >
      {gate.state === 'met' ? <Icon name="check" size={12} /> : null}
    </button>
  );
}

function By({ gate }: { gate: Gate }) {
  const { t, locale, maybe } = useText();
  const { condition, day, state } = gate;
  if (!condition.by) return state === 'never' ? <span className="sub">{t('gates.no_day')}</span> : '';
  const { word } = partsOf(condition.by.after);
  const event = maybe(`event.${word}`, word.replace(/_/g, ' '));
  const after = t('maturity.after', { count: condition.by.months ?? 0, event });
  return (
    <span className="nowrap" title={word === 'date' ? undefined : after}>
      {day === null ? after : formatDate(day, locale)}
    </span>
  );
}

/** A day, so many months after the close, or nothing. */
function readBy(path: string, text: string, wrong: string): Reading {
  const typed = text.trim();
  if (typed === '') return { path, value: null };
  if (isDate(typed)) return { path, value: { after: { date: typed } } };
  const months = Number(typed);
  if (!/^\d+$/.test(typed) || months > MOST_MONTHS) return { wrong };
  return { path, value: { after: 'financial_close', months } };
}
