import { monthOrdinal } from '../../domain/dates.ts';
import { formatMillions, type Money, toScale } from '../../domain/money.ts';
import { axisOf, monthTicks } from '../cash-flow/layout.ts';
import { px, textWidth } from '../kernel/measure.ts';
import { linear, type Tick, ticks } from '../kernel/scales.ts';
import type { Size } from '../kernel/types.ts';

/** A payment of public money on its day. */
export type CreditPayment = { id: string; label: string; date: string; amount: Money; address: string };

export type PaymentBar = {
  payment: CreditPayment;
  x: number;
  y: number;
  width: number;
  height: number;
  label: { x: number; y: number; anchor: 'start' | 'middle' | 'end'; leader: boolean };
};

export type CreditCashGeometry = {
  width: number;
  height: number;
  bars: PaymentBar[];
  yTicks: Tick[];
  xTicks: { label: string; at: number }[];
  left: number;
  right: number;
  zero: number;
};

type Box = { left: number; right: number; top: number; bottom: number };

const LINE = 13;
const FONT = 11;
/** Height of the bars' field; labels that stack higher make the drawing taller, never the bars smaller. */
const FIELD = 150;
const AXIS = 24;
const TOP = 6;

/**
 * Each payment stands in its month, those of one month on one another; a label that would touch a bar or another
 * label moves up and keeps a leader line to its bar.
 */
export function creditCashLayout(
  payments: readonly CreditPayment[],
  size: Size,
  locale: string,
): CreditCashGeometry {
  const left = 34;
  const right = size.width - 4;
  const ordered = [...payments].sort((a, b) => a.date.localeCompare(b.date) || a.id.localeCompare(b.id));
  const span = axisOf(ordered.map((payment) => payment.date.slice(0, 7)));
  // A month of air on both sides keeps the first bar off the axis and the last one inside.
  const wide = (right - left) / Math.max(span.count + 1, 1);
  const bar = Math.min(Math.max(wide * 0.7, 6), 14);
  const stacks = new Map<string, number>();
  for (const payment of ordered) {
    const month = payment.date.slice(0, 7);
    stacks.set(month, (stacks.get(month) ?? 0) + millions(payment));
  }
  const y = linear([0, Math.max(...stacks.values(), 1e-9)], [FIELD, 0], true);
  const centreOf = (month: string) => left + (monthOrdinal(month) - span.first + 1) * wide;
  const boxes: Box[] = [...stacks].map(([month, value]) => ({
    left: centreOf(month) - bar / 2,
    right: centreOf(month) + bar / 2,
    top: y(value),
    bottom: FIELD,
  }));
  const from = new Map<string, number>();
  const placedBars = ordered.map((payment) => {
    const month = payment.date.slice(0, 7);
    const base = from.get(month) ?? 0;
    const value = millions(payment);
    from.set(month, base + value);
    const top = y(base + value);
    const below = ordered.filter((other) => other.date.startsWith(month) && other !== payment);
    const rank = below.filter((other) => ordered.indexOf(other) < ordered.indexOf(payment)).length;
    const edge = y(stacks.get(month) ?? value);
    const text = `${payment.label} ${amountText(payment, locale)}`;
    const label = placed(text, { centre: centreOf(month), edge, rank }, { left, right }, boxes);
    return { payment, x: centreOf(month) - bar / 2, top, tall: Math.max(y(base) - top, 0), label };
  });
  const highest = Math.min(0, ...placedBars.map(({ label }) => label.y - LINE));
  const down = TOP - highest;
  return {
    width: size.width,
    height: px(FIELD + down + AXIS),
    bars: placedBars.map(({ payment, x, top, tall, label }) => ({
      payment,
      x: px(x),
      y: px(top + down),
      width: px(bar),
      height: px(tall),
      label: { ...label, y: px(label.y + down) },
    })),
    yTicks: ticks(y, 4).map(({ value, at }) => ({ value, at: px(at + down) })),
    xTicks: monthTicks(span, left + wide / 2, wide, size.width, locale),
    left,
    right,
    zero: px(FIELD + down),
  };
}

function millions(payment: CreditPayment): number {
  return Math.max(toScale(payment.amount), 0) / 1e6;
}

/** A payment in millions, as its label writes it. */
export function amountText(payment: CreditPayment, locale: string): string {
  return formatMillions(payment.amount, locale, 1);
}

type Place = { centre: number; edge: number; rank: number };

function placed(
  text: string,
  { centre, edge, rank }: Place,
  edges: { left: number; right: number },
  boxes: Box[],
): PaymentBar['label'] {
  const width = textWidth(text, FONT, 'strong');
  const anchor =
    centre + width / 2 > edges.right ? 'end' : centre - width / 2 < edges.left ? 'start' : 'middle';
  const x = anchor === 'end' ? edges.right : anchor === 'start' ? Math.max(edges.left, centre - 8) : centre;
  const start = anchor === 'end' ? x - width : anchor === 'start' ? x : x - width / 2;
  // Labels of one month stand on one another like their bars.
  const wanted = edge - 6 - rank * LINE;
  const box: Box = { left: start, right: start + width, top: wanted - LINE, bottom: wanted };
  const hit = () =>
    boxes.find(
      (other) =>
        box.left < other.right + 4 &&
        other.left < box.right + 4 &&
        box.top < other.bottom &&
        other.top < box.bottom,
    );
  for (let other = hit(); other; other = hit()) {
    box.bottom = other.top;
    box.top = box.bottom - LINE;
  }
  boxes.push(box);
  return { x: px(x), y: box.bottom, anchor, leader: box.bottom < wanted - 8 };
}
