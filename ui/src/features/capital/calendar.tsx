import { memo } from 'react';
import {
  type CalendarMark,
  type CalendarRow,
  calendarLayout,
  type PlacedMark,
} from '../../charts/condition-calendar/layout.ts';
import { CalendarView } from '../../charts/condition-calendar/view.tsx';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { DASH } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import type { Gate } from './gates.ts';

/** Which months a picture of the conditions shows: those that have a day, and the first drawing of what they gate. */
export function calendarRows(gates: readonly Gate[]): CalendarRow[] {
  const rows = new Map<string, { row: CalendarRow; marks: CalendarMark[] }>();
  for (const { instrument, condition, state, day, firstDraw, isLate } of gates) {
    const known = rows.get(instrument.id);
    const marks = known?.marks ?? [];
    if (!known) {
      rows.set(instrument.id, {
        row: { id: instrument.id, label: instrument.name, firstDraw, marks },
        marks,
      });
    }
    if (day === null || state === 'never' || state === 'at_close' || state === 'undated') continue;
    const path = `instruments[${instrument.id}].conditions_precedent[${condition.id}].by`;
    marks.push({ id: condition.id, label: condition.text, month: day.slice(0, 7), state, isLate, path });
  }
  return [...rows.values()].map(({ row }) => row);
}

type Props = { rows: readonly CalendarRow[]; today: string; width?: number };

export const ConditionCalendar = memo(function ConditionCalendar({
  rows,
  today,
  width: initial = 640,
}: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const late = rows.flatMap((row) => row.marks).filter((mark) => mark.isLate).length;
  const stateText = (mark: CalendarMark) => (mark.isLate ? t('gates.late') : t(`gates.state.${mark.state}`));
  return (
    <ChartFrame
      description={{
        title: late > 0 ? t('gates.calendar.late', { count: late }) : t('gates.calendar'),
        summary: t('gates.calendar.summary', { count: rows.length }),
        columns: [
          t('capital.instrument'),
          t('gates.condition'),
          t('gates.month'),
          t('gates.first_draw'),
          t('gates.state'),
        ],
        rows: rows.flatMap((row) =>
          row.marks.map((mark) => [
            row.label,
            mark.label,
            formatMonth(mark.month, locale),
            row.firstDraw ? formatMonth(row.firstDraw, locale) : DASH,
            stateText(mark),
          ]),
        ),
      }}
      subtitle={t('gates.calendar.note')}
      texts={texts}
      notify={notify}
      initialWidth={initial}
      draw={(width) => {
        const geometry = calendarLayout(rows, today, { width }, locale);
        const names = {
          today: t('gates.today'),
          mark: (mark: PlacedMark) => `${mark.label}, ${formatMonth(mark.month, locale)}: ${stateText(mark)}`,
        };
        return {
          height: geometry.height,
          content: <CalendarView geometry={geometry} names={names} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);
