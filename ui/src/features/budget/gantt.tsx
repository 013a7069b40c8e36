import { useRef, useState } from 'react';
import { type GanttRange, ganttRange } from '../../charts/gantt/layout.ts';
import type { BarGrip, Moving } from '../../charts/gantt/view.tsx';
import { formatDate, formatMonth, monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { paymentsOf } from '../incentives/cash.tsx';
import { useIncentives } from '../incentives/view.ts';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { eventsOf, movedEvent, type ScheduleEvent, startOf } from './events.ts';
import { GanttChart } from './gantt-chart.tsx';
import { useGesture } from './gesture.ts';
import { dragged, type Span, spanOf, withSpan } from './spans.ts';

/** A bar or a day under the hand: where it was taken and where it is now. */
type Held =
  | { id: string; kind: 'bar'; from: Span; now: Span; range: GanttRange }
  | { id: string; kind: 'day'; from: ScheduleEvent; now: ScheduleEvent; range: GanttRange };

/** How long after the last key a row of steps is one change. */
const PAUSE = 900;

/** The schedule to scale: bars and days are dragged, and everything that follows from them follows. */
export function Gantt() {
  return <GanttChart {...useSchedule()} />;
}

function useSchedule() {
  const { t, locale } = useText();
  const words = useWords();
  const { document } = useDeal();
  const { data: incentives } = useIncentives();
  const gesture = useGesture();
  const [held, setHeld] = useState<Held | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout> | null>(null);
  const schedule = document.schedule ?? {};
  const phases = schedule.phases ?? [];
  const start = startOf(document);
  const zero = monthOrdinal(start);
  const monthAt = (month: number) => formatMonth(monthFromOrdinal(zero + month), locale);
  const spans = new Map(
    phases.map((phase, at): [string, Span] => [
      phase.id,
      held?.kind === 'bar' && held.id === phase.id
        ? held.now
        : (spanOf(phases, at) ?? { start: 0, months: 1 }),
    ]),
  );
  const events = eventsOf(document, t).map((event) =>
    held?.kind === 'day' && held.id === event.id ? held.now : event,
  );
  const payments = paymentsOf(incentives?.programs ?? []);
  const programs = [...new Set(payments.map((payment) => payment.label))];
  const bars = phases.map((phase) => {
    const span = spans.get(phase.id) ?? { start: 0, months: 1 };
    const [from, to] = [monthAt(span.start), monthAt(span.start + span.months - 1)];
    return {
      id: phase.id,
      label: words.term('phase', phase.phase),
      ...span,
      from,
      to,
      length: t('gantt.months', { count: span.months }),
      note: `${t('gantt.months', { count: span.months })}\n${from === to ? from : `${from} – ${to}`}`,
    };
  });
  const rows = [
    ...events.map((event) => ({
      id: event.id,
      label: event.label,
      kind: event.kind,
      points: [{ id: event.id, date: event.date, text: formatDate(event.date, locale) }],
    })),
    ...programs.map((program) => ({
      id: program,
      label: program,
      kind: 'payment' as const,
      points: payments
        .filter((payment) => payment.label === program)
        .sort((a, b) => a.date.localeCompare(b.date))
        .map(({ id, date, address }) => ({ id, date, text: formatMonth(date, locale), address })),
    })),
  ];
  const whole = {
    start,
    bars,
    rows,
    today: document.as_of,
    terms: { quarter: t('gantt.quarter'), half: t('gantt.half') },
  };
  const range = held?.range ?? ganttRange(whole);

  const put = (next: Held) => {
    setHeld(next);
    if (next.kind === 'day') gesture.step(next.now.path, next.now.value);
    else {
      const { start: first, months } = next.now;
      const isMoved = first !== next.from.start;
      const path = `schedule.phases[${next.id}]`;
      if (isMoved && months !== next.from.months)
        gesture.step('schedule.phases', withSpan(phases, next.id, next.now));
      else if (isMoved) gesture.step(`${path}.start_month`, first);
      else gesture.step(`${path}.months`, months);
    }
  };
  const takenAt = (id: string): Held | null => {
    if (held?.id === id) return held;
    const span = spans.get(id);
    if (span) return { id, kind: 'bar', from: span, now: span, range };
    const event = events.find((one) => one.id === id);
    return event ? { id, kind: 'day', from: event, now: event, range } : null;
  };
  const letGo = (done: Promise<void>) => {
    if (pause.current) clearTimeout(pause.current);
    pause.current = null;
    void done.finally(() => setHeld(null));
  };
  const moving: Moving = {
    onDrag: (id: string, grip: BarGrip, by: number) => {
      const one = takenAt(id);
      if (!one) return;
      if (one.kind === 'bar') put({ ...one, now: dragged(one.from, grip, by) });
      else put({ ...one, now: movedEvent(one.from, by, 'month', start) });
    },
    onDrop: () => letGo(gesture.end()),
    onCancel: () => letGo(gesture.cancel()),
    onStep: (id, grip, by, unit) => {
      const one = takenAt(id);
      if (!one) return;
      if (one.kind === 'bar') put({ ...one, now: dragged(one.now, grip, by) });
      else put({ ...one, now: movedEvent(one.now, by, unit, start) });
      if (pause.current) clearTimeout(pause.current);
      pause.current = setTimeout(() => letGo(gesture.end()), PAUSE);
    },
  };
  const delivery = events.filter((event) => event.kind === 'delivery').at(-1);
  return {
    data: whole,
    range,
    twin: [
      ...bars.map((bar) => [bar.label, bar.from, `${bar.to}, ${bar.length}`]),
      ...rows.flatMap((row) => row.points.map((point) => [row.label, formatDate(point.date, locale), ''])),
    ],
    moving,
    title: delivery
      ? t('gantt.title', {
          count: monthOrdinal(delivery.date) - zero,
          day: formatDate(delivery.date, locale),
        })
      : t('gantt.title.none'),
    tell: (id: string) => {
      const bar = bars.find((one) => one.id === id);
      if (bar)
        return {
          name: bar.label,
          value: t('gantt.bar', { from: bar.from, to: bar.to, length: bar.length }),
          now: bar.start,
        };
      const row = rows.find((one) => one.points.some((point) => point.id === id));
      const point = row?.points.find((one) => one.id === id);
      return {
        name: row?.label ?? id,
        value: formatDate(point?.date ?? '', locale),
        now: point ? monthOrdinal(point.date) - zero : 0,
      };
    },
  };
}
