import { monthFromOrdinal, monthOrdinal } from '../../domain/dates.ts';
import type { Kind } from '../../domain/kinds.ts';
import { axisOf, monthTicks } from '../cash-flow/layout.ts';
import { fitted, px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A part of a month's money in or out, in major units. */
export type Part = { id: string; kind: Kind; amount: number };

/** One month: what comes from whom, what goes where, what has been needed so far, what is left at its end. */
export type FundingMonth = {
  month: string;
  sources: readonly Part[];
  uses: readonly Part[];
  need: number | null;
  left: number | null;
  address: string;
};

/** What is owed on one facility at the end of each month, in major units. */
export type Facility = {
  id: string;
  label: string;
  kind: Kind;
  balances: readonly { month: string; amount: number }[];
  /** The most that is owed and when, in words. */
  peak: string | null;
};

export type FundingData = {
  months: readonly FundingMonth[];
  facilities: readonly Facility[];
  /** The month in which most has been needed, as the engine names it. */
  peak: { month: string; amount: number } | null;
  marker: string | undefined;
};

type Box = { x: number; y: number; width: number; height: number };
type Panel = { top: number; low: number; zero: number; yTicks: Tick[] };

export type FundingGeometry = {
  width: number;
  height: number;
  left: number;
  right: number;
  flows: Panel & { bars: (Box & { id: string; kind: Kind; month: string })[] };
  need: Panel & { path: string; peak: { x: number; y: number; anchor: 'start' | 'end' } | null };
  bands: {
    id: string;
    label: string;
    kind: Kind;
    top: number;
    low: number;
    path: string;
    peakText: string | null;
  }[];
  months: (Box & { month: string; isShort: boolean })[];
  xTicks: { label: string; at: number }[];
  marker: number | null;
};

const FLOWS = 170;
const NEED = 104;
const BAND = 40;
const GAP = 26;
const HEAD = 16;

/** Three drawings over one row of months: money in and out, what has been needed so far, and each facility's balance. */
export function fundingLayout(data: FundingData, size: Size, locale: string): FundingGeometry {
  const left = 38;
  const right = size.width - 4;
  const span = axisOf(data.months.map((month) => month.month));
  const wide = (right - left) / Math.max(span.count, 1);
  const x = (month: string) => left + (monthOrdinal(month) - span.first) * wide;
  const flows = flowsPanel(data.months, x, wide);
  const need = needPanel(data, x, wide, flows.low + GAP);
  const bands = bandRows(data, x, wide, need.low + GAP, right - left);
  const height = (bands.at(-1)?.low ?? need.low) + 22;
  return {
    width: size.width,
    height: px(height),
    left,
    right,
    flows,
    need,
    bands,
    months: data.months.map((month) => ({
      month: month.month,
      x: px(x(month.month)),
      y: flows.top,
      width: px(wide),
      height: px(height - 22 - flows.top),
      isShort: (month.left ?? 0) < 0,
    })),
    xTicks: monthTicks(span, left, wide, size.width, locale),
    marker: data.marker ? px(left + (monthOrdinal(data.marker) - span.first) * wide) : null,
  };
}

type Across = (month: string) => number;

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + Math.max(part.amount, 0) / 1e6, 0);
}

function flowsPanel(months: readonly FundingMonth[], x: Across, wide: number): FundingGeometry['flows'] {
  const top = HEAD;
  const low = top + FLOWS;
  const up = Math.max(1e-9, ...months.map((month) => total(month.sources)));
  const down = Math.max(1e-9, ...months.map((month) => total(month.uses)));
  const y = linear([-down * 1.02, up * 1.02], [low, top]);
  const bar = Math.max(Math.min(wide - 2, 18), 0.8);
  const bars = months.flatMap((month) => {
    const stacked = (parts: readonly Part[], sign: 1 | -1) => {
      let from = 0;
      return parts.flatMap((part) => {
        const value = Math.max(part.amount, 0) / 1e6;
        if (value === 0) return [];
        const [a, b] = [y(sign * from), y(sign * (from + value))];
        from += value;
        const box = { x: px(x(month.month) + (wide - bar) / 2), y: px(Math.min(a, b)), width: px(bar) };
        return [{ ...box, height: px(Math.abs(a - b)), id: part.id, kind: part.kind, month: month.month }];
      });
    };
    return [...stacked(month.sources, 1), ...stacked(month.uses, -1)];
  });
  return { top, low, zero: px(y(0)), yTicks: at(ticks(y, 5)), bars };
}

function needPanel(data: FundingData, x: Across, wide: number, from: number): FundingGeometry['need'] {
  const top = from + HEAD;
  const low = top + NEED;
  const known = data.months.filter((month) => month.need !== null);
  const values = known.map((month) => (month.need ?? 0) / 1e6);
  const y = linear([Math.min(0, ...values), Math.max(1e-9, ...values)], [low, top], true);
  const points = known.map((month, index) => `${px(x(month.month) + wide / 2)},${px(y(values[index] ?? 0))}`);
  const peak = data.peak && known.some(({ month }) => month === data.peak?.month) ? data.peak : null;
  const peakX = peak ? x(peak.month) + wide / 2 : 0;
  return {
    top,
    low,
    zero: px(y(0)),
    yTicks: at(ticks(y, 4)),
    path: points.length > 0 ? `M${points.join('L')}` : '',
    peak: peak
      ? {
          x: px(peakX),
          y: px(y(peak.amount / 1e6)),
          anchor: peakX > x(data.months[0]?.month ?? '') + 200 ? 'end' : 'start',
        }
      : null,
  };
}

/** All balances on one scale, so that a band twice as high is twice the debt. */
function bandRows(
  data: FundingData,
  x: Across,
  wide: number,
  from: number,
  room: number,
): FundingGeometry['bands'] {
  const highest = Math.max(
    1e-9,
    ...data.facilities.flatMap(({ balances }) => balances.map(({ amount }) => amount)),
  );
  return data.facilities.map((facility, row) => {
    const top = from + row * (BAND + HEAD);
    const low = top + HEAD + BAND - 6;
    const y = linear([0, highest], [low, top + HEAD]);
    return {
      id: facility.id,
      label: fitted(facility.label, room * 0.7, 11, 1, 'strong')[0] ?? '',
      kind: facility.kind,
      top: px(top + HEAD),
      low: px(low),
      path: steps(facility, x, wide, y),
      peakText: facility.peak,
    };
  });
}

/** A flat step for each month in which something is owed. */
function steps({ balances }: Facility, x: Across, wide: number, y: (value: number) => number): string {
  const owed = new Map(
    balances.filter(({ amount }) => amount > 0).map(({ month, amount }) => [monthOrdinal(month), amount]),
  );
  const ordinals = [...owed.keys()].sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const ordinal of ordinals) {
    const run = runs.at(-1);
    if (run && run.at(-1) === ordinal - 1) run.push(ordinal);
    else runs.push([ordinal]);
  }
  return runs
    .map((run) => {
      const edge = run.flatMap((ordinal) => {
        const from = x(monthFromOrdinal(ordinal));
        const high = px(y(owed.get(ordinal) ?? 0));
        return [`${px(from)},${high}`, `${px(from + wide)},${high}`];
      });
      const [first, last] = [x(monthFromOrdinal(run[0] ?? 0)), x(monthFromOrdinal(run.at(-1) ?? 0)) + wide];
      return `M${px(first)},${px(y(0))}L${edge.join('L')}L${px(last)},${px(y(0))}Z`;
    })
    .join('');
}

function at(found: Tick[]): Tick[] {
  return found.map(({ value, at }) => ({ value, at: px(at) }));
}

/** Whether a text of so many pixels stands left of a line at `at` without leaving the drawing. */
export function standsLeft(text: string, at: number, left: number): boolean {
  return at - textWidth(text, 11, 'strong') - 8 > left;
}
