import { DASH, formatMillions } from '../../domain/money.ts';
import { px } from '../kernel/measure.ts';
import { type FlowData, type FlowLink, type FlowNode, linkId } from './data.ts';
import { type Name, NODE, type Slot, type Slots, type Way } from './slots.ts';

export type NodeBox = {
  node: FlowNode;
  x: number;
  y: number;
  width: number;
  height: number;
  name: Name;
  amountText: string;
  labelX: number;
  labelY: number;
  /** Nothing has passed it yet. */
  isIdle: boolean;
};

export type Ribbon = {
  id: string;
  link: FlowLink;
  path: string;
  width: number;
  /** The part of what leaves its source. */
  share: number;
  amountText: string;
};

export type SankeyGeometry = {
  width: number;
  height: number;
  nodes: NodeBox[];
  ribbons: Ribbon[];
  columnX: readonly number[];
};

/** Heights and paths at a moment; between two periods, part of the way from the one to the other. */
export type SankeyFrame = { nodes: Map<string, { y: number; height: number }>; paths: Map<string, string> };

/** Everything that is drawn at the end of a period. */
export function sankeyLayout(data: FlowData, slots: Slots, period: number, locale: string): SankeyGeometry {
  const frame = sankeyFrame(slots, period);
  const leaving = new Map<string, number>();
  for (const { link, values } of slots.ways) {
    leaving.set(link.source, (leaving.get(link.source) ?? 0) + (values[period] ?? 0));
  }
  const nodes = slots.stations.map((slot) => box(slot, slots, frame, period, locale));
  const ribbons = slots.ways.map(({ link, values }) => {
    const value = values[period] ?? 0;
    const whole = leaving.get(link.source) ?? 0;
    const amount = link.amounts[period];
    return {
      id: linkId(link),
      link,
      path: frame.paths.get(linkId(link)) ?? '',
      width: px(value * slots.perUnit),
      share: whole > 0 ? value / whole : 0,
      amountText: amount ? formatMillions(amount, locale, 2) : '',
    };
  });
  return {
    width: data.months.length === 0 ? 0 : slots.width,
    height: slots.height,
    nodes,
    ribbons,
    columnX: slots.columnX,
  };
}

function box(
  slot: Slot & { node: FlowNode },
  slots: Slots,
  frame: SankeyFrame,
  period: number,
  locale: string,
): NodeBox {
  const amount = slot.node.amounts[period];
  const at = frame.nodes.get(slot.id);
  const x = slots.columnX[slot.column] ?? 0;
  return {
    node: slot.node,
    x,
    y: at?.y ?? px(slot.center),
    width: NODE,
    height: at?.height ?? 0,
    name: slot.name,
    amountText: amount ? (amount.minor === 0 ? DASH : formatMillions(amount, locale, 2)) : '',
    labelX: x + NODE + 6,
    labelY: px(slot.center),
    isIdle: !amount || amount.minor === 0,
  };
}

/** Heights and paths at `at`, a period or a point between two. */
export function sankeyFrame(slots: Slots, at: number): SankeyFrame {
  const values = new Map<Way, number>();
  const into = new Map<Slot, number>();
  const out = new Map<Slot, number>();
  for (const way of slots.ways) {
    const value = between(way.values, at);
    values.set(way, value);
    const [first, last] = [way.slots[0], way.slots.at(-1)];
    if (first) out.set(first, (out.get(first) ?? 0) + value);
    if (last) into.set(last, (into.get(last) ?? 0) + value);
  }
  const heightOf = (slot: Slot) => Math.max(into.get(slot) ?? 0, out.get(slot) ?? 0) * slots.perUnit;
  const nodes = new Map(
    slots.stations.map((slot) => {
      const height = Math.max(heightOf(slot), 1);
      return [slot.id, { y: px(slot.center - height / 2), height: px(height) }];
    }),
  );
  const starts = stacked(slots, values, heightOf, 'start');
  const ends = stacked(slots, values, heightOf, 'end');
  const paths = new Map(
    slots.ways.map((way) => {
      const width = (values.get(way) ?? 0) * slots.perUnit;
      const points = way.slots.map((slot, index) => {
        const top =
          index === 0
            ? (starts.get(way) ?? slot.center)
            : index === way.slots.length - 1
              ? (ends.get(way) ?? slot.center)
              : slot.center - width / 2;
        return { x: slots.columnX[slot.column] ?? 0, top };
      });
      return [linkId(way.link), width > 0 ? band(points, Math.max(width, 0.6)) : ''];
    }),
  );
  return { nodes, paths };
}

function between(values: readonly number[], at: number): number {
  const low = Math.floor(at);
  const [one, next] = [values[low] ?? 0, values[Math.ceil(at)] ?? values[low] ?? 0];
  return one + (next - one) * (at - low);
}

/** Where each stream begins or ends beside its station: in the order of what is at its other side, so that few cross. */
function stacked(
  slots: Slots,
  values: ReadonlyMap<Way, number>,
  heightOf: (slot: Slot) => number,
  side: 'start' | 'end',
): Map<Way, number> {
  const own = (way: Way) => (side === 'start' ? way.slots[0] : way.slots.at(-1));
  const other = (way: Way) => (side === 'start' ? way.slots[1] : way.slots.at(-2));
  const taken = new Map<Slot, number>();
  const found = new Map<Way, number>();
  for (const way of [...slots.ways].sort((a, b) => (other(a)?.center ?? 0) - (other(b)?.center ?? 0))) {
    const slot = own(way);
    if (!slot) continue;
    const from = taken.get(slot) ?? slot.center - heightOf(slot) / 2;
    found.set(way, from);
    taken.set(slot, from + (values.get(way) ?? 0) * slots.perUnit);
  }
  return found;
}

/** A band through points: curved from column to column, straight across the columns it passes. */
function band(points: readonly { x: number; top: number }[], width: number): string {
  const edge = (from: readonly { x: number; top: number }[], below: number, back: boolean) => {
    const parts: string[] = [];
    for (let at = 1; at < from.length; at++) {
      const [one, next] = [from[at - 1], from[at]];
      if (!one || !next) continue;
      const x0 = one.x + (back ? 0 : NODE);
      const x1 = next.x + (back ? NODE : 0);
      const bend = px((x0 + x1) / 2);
      const [y0, y1] = [px(one.top + below), px(next.top + below)];
      parts.push(`L${px(x0)},${y0}C${bend},${y0} ${bend},${y1} ${px(x1)},${y1}`);
    }
    return parts.join('');
  };
  const there = edge(points, 0, false).replace('L', 'M');
  return `${there}${edge([...points].reverse(), width, true)}Z`;
}

/** Above so many marks, streams of one kind between two columns are drawn as one. */
export const MOST_MARKS = 1000;

export type Drawn = { key: string; kind: FlowLink['kind']; ids: readonly string[] };

/** What is drawn as one path each: every stream, or all of one kind between two columns where there are too many. */
export function drawnTogether(data: FlowData, slots: Slots): Drawn[] {
  const marks = slots.stations.length + slots.ways.length;
  if (marks <= MOST_MARKS) {
    return slots.ways.map(({ link }) => ({ key: linkId(link), kind: link.kind, ids: [linkId(link)] }));
  }
  const column = new Map(data.nodes.map((node) => [node.id, node.column]));
  const groups = new Map<string, { kind: FlowLink['kind']; ids: string[] }>();
  for (const { link } of slots.ways) {
    const key = `${column.get(link.source)}>${column.get(link.target)}:${link.kind}`;
    const known = groups.get(key);
    if (known) known.ids.push(linkId(link));
    else groups.set(key, { kind: link.kind, ids: [linkId(link)] });
  }
  return [...groups].map(([key, { kind, ids }]) => ({ key, kind, ids }));
}

/** The two halves of a narrow page: to the account, and from it. */
export function halves(data: FlowData): FlowData[] {
  const part = (has: (node: FlowNode) => boolean): FlowData => {
    const nodes = data.nodes.filter(has);
    const ids = new Set(nodes.map((node) => node.id));
    const links = data.links.filter((link) => ids.has(link.source) && ids.has(link.target));
    return { ...data, nodes, links };
  };
  return [part((node) => node.column <= 2), part((node) => node.column > 2 || node.id === 'account')];
}
