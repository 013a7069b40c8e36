import { type GanttData, ganttRange } from '../charts/gantt/layout.ts';
import { GanttChart } from '../features/budget/gantt-chart.tsx';
import { SpendChart } from '../features/budget/spend-chart.tsx';
import type { Spend } from '../features/budget/spend-data.ts';

const schedule: GanttData = {
  start: '2027-03-01',
  today: '2027-01-15',
  terms: { quarter: 'Q', half: 'H' },
  bars: [
    {
      id: 'pre',
      label: 'Pre-production',
      start: 0,
      months: 6,
      note: '6 months\nMar 2027 – Aug 2027',
    },
    { id: 'prod', label: 'Production', start: 6, months: 12, note: '12 months\nSep 2027 – Aug 2028' },
    { id: 'post', label: 'Post-production', start: 17, months: 1, note: '1 month\nAug 2028' },
  ],
  rows: [
    {
      id: 'delivery',
      label: 'Delivery',
      kind: 'delivery',
      points: [{ id: 'delivery', date: '2028-09-30', text: '30 Sep 2028' }],
    },
    {
      id: 'credit',
      label: 'Ireland Section 481',
      kind: 'payment',
      points: [
        { id: 'first', date: '2028-01-01', text: 'Jan 2028', address: 'incentives.ie-s481.cash[1]' },
        { id: 'rest', date: '2029-03-01', text: 'Mar 2029', address: 'incentives.ie-s481.cash[2]' },
      ],
    },
  ],
};

const still = () => {};

export function ScheduleEntry() {
  return (
    <GanttChart
      data={schedule}
      range={ganttRange(schedule)}
      title="Delivered 30 Sep 2028, 18 months after the start"
      twin={schedule.bars.map((bar) => [bar.label, bar.note.split('\n')[1] ?? '', ''])}
      tell={(id) => ({ name: id, value: 'from here to there', now: 0 })}
      moving={{ onDrag: still, onDrop: still, onCancel: still, onStep: still }}
      width={760}
    />
  );
}

const spend: Spend = {
  groups: ['pre_production', 'production', 'contingency'].map((id, at) => ({
    id,
    slot: [2, 3, 6][at] ?? 1,
    addresses: [],
  })),
  months: Array.from({ length: 18 }, (_, at) => ({
    month: at < 10 ? `2027-${String(at + 3).padStart(2, '0')}` : `2028-${String(at - 9).padStart(2, '0')}`,
    parts: [at < 6 ? 320_000 : 0, at < 5 ? 0 : 900_000, at < 5 ? 32_000 : 122_000],
    address: `cash_flow.spend[${at}]`,
  })),
};

export function SpendEntry() {
  return (
    <SpendChart
      spend={spend}
      names={['Pre-production', 'Production', 'Contingency']}
      currency="EUR"
      today="2027-06-10"
      width={560}
    />
  );
}
