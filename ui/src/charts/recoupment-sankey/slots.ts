import { formatMillions, toScale } from '../../domain/money.ts';
import { fitted, minimalWidth, px, textWidth } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';
import type { FlowData, FlowLink, FlowNode } from './data.ts';

/** Width of a station. */
export const NODE = 10;
/** Between two stations: their names, in 11 pixels, stay apart. */
const SPACE = 15;
/** Between a stream that passes a column and what stands there. */
const PASSING = 6;
const EDGE = 12;
/** Between what two stations keep free for themselves. */
const APART = 3;
/** A station, the way to its name, and the way to the next column. */
const BESIDE = NODE + 14;
const LEAST_ROOM = 44;
/** Names wider than this, with their amounts, go on to a second line. */
const MOST_ROOM = 150;
const LINE = 13;
export const LABEL = 11;
/** The part of the height that is money, at least; the rest keeps the stations apart. */
const LEAST_MONEY = 0.4;

/** A place in a column: of a station, or of a stream that passes the column on its way. */
export type Slot = {
  node: FlowNode | null;
  /** Station or, for a stream that passes, the stream's two ends. */
  id: string;
  column: number;
  /** The most that ever stands here, in scaled units. */
  most: number;
  /** The largest amount it will ever say, as wide as it is written. */
  amountRoom: number;
  name: Name;
  center: number;
  height: number;
  /** What it keeps free for itself: its height, or that of its name where this is more. */
  extent: number;
};

/** The way of a stream: the slots it touches, from its source to its target. */
export type Way = { link: FlowLink; values: readonly number[]; slots: readonly Slot[] };

/** Where everything stands, the same in every period. */
export type Slots = {
  width: number;
  height: number;
  perUnit: number;
  columnX: readonly number[];
  stages: readonly number[];
  stations: readonly (Slot & { node: FlowNode })[];
  ways: readonly Way[];
};

/**
 * Places are found once for all periods, from the most that ever passes: nothing changes its place while time passes,
 * and heights of different periods are of one scale.
 */
export function sankeySlots(data: FlowData, size: Size & { height: number }, locale: string): Slots {
  const peaks = nodePeaks(data);
  const drawn = data.nodes.filter((node) => (peaks.get(node.id) ?? 0) > 0);
  const stages = [...new Set(drawn.map((node) => node.column))].sort((a, b) => a - b);
  const columns: Slot[][] = stages.map(() => []);
  const byId = new Map<string, Slot>();
  for (const node of drawn) {
    const slot = placeFor(node.id, node, stages.indexOf(node.column), peaks.get(node.id) ?? 0, locale);
    byId.set(node.id, slot);
    columns[slot.column]?.push(slot);
  }
  const ways = data.links.flatMap((link) => way(link, byId, columns));
  const rooms = columnRooms(columns, size.width);
  const height = Math.max(size.height, ...columns.map(leastHeight));
  const perUnit = Math.min(
    ...columns.map(
      (column) => (height - 2 * EDGE - gaps(column)) / Math.max(sum(column.map((slot) => slot.most)), 1e-9),
    ),
  );
  for (const slot of columns.flat()) slot.height = Math.max(slot.most * perUnit, 1);
  columns.forEach((column, at) => {
    nameColumn(column, rooms[at] ?? 0, height);
  });
  settle(columns, ways, height);
  const used = tighten(columns);
  let x = 0;
  const columnX = rooms.map((room) => {
    const here = px(x);
    x += room + BESIDE;
    return here;
  });
  return {
    width: size.width,
    height: used,
    perUnit,
    columnX,
    stages,
    stations: columns.flat().filter((slot): slot is Slot & { node: FlowNode } => slot.node !== null),
    ways,
  };
}

function placeFor(id: string, node: FlowNode | null, column: number, most: number, locale: string): Slot {
  const said = node?.amounts.map((one) => textWidth(formatMillions(one, locale, 2), LABEL)) ?? [];
  const name = { lines: [], inline: true };
  return { node, id, column, most, amountRoom: Math.max(0, ...said), name, center: 0, height: 0, extent: 0 };
}

/** Room for names beside each column: as they ask for, within what there is. */
function columnRooms(columns: readonly (readonly Slot[])[], width: number): number[] {
  const asked = columns.map((column) =>
    Math.max(
      LEAST_ROOM,
      ...column.flatMap(({ node, amountRoom }) => {
        if (!node) return [];
        const whole = textWidth(node.label, LABEL, 'strong') + amountRoom + 6;
        return [
          Math.min(whole, Math.max(minimalWidth(node.label, LABEL, 2, 'strong') + amountRoom + 6, MOST_ROOM)),
        ];
      }),
    ),
  );
  const free = width - columns.length * BESIDE;
  const all = sum(asked);
  const spare = Math.max(free - all, 0) / Math.max(columns.length, 1);
  return asked.map((room) => (all > free ? (room / all) * free : room + spare));
}

/** Names in full, over their amounts, where the column has room for all of them; else on one line with it. */
function nameColumn(column: readonly Slot[], room: number, height: number): void {
  for (const slot of column) {
    if (slot.node) slot.name = fullName(slot, room);
    slot.extent = Math.max(slot.height + 4, rowsOf(slot) * LINE + 3);
  }
  const needed = sum(column.map((slot) => slot.extent)) + APART * (column.length - 1);
  if (needed <= height - 2 * EDGE) return;
  for (const slot of column) {
    if (slot.node) slot.name = compactName(slot, room);
    slot.extent = slot.node ? slot.height + SPACE - APART : slot.height + PASSING - APART;
  }
}

const rowsOf = ({ node, name }: Slot): number => (node ? name.lines.length + (name.inline ? 0 : 1) : 0);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const scaled = (link: FlowLink): number[] =>
  link.amounts.map((amount) => Math.max(toScale(amount), 0));

/** A station is as tall as the larger of what enters and what leaves, in the period in which that is most. */
function nodePeaks(data: FlowData): Map<string, number> {
  const into = new Map<string, number[]>();
  const out = new Map<string, number[]>();
  const add = (to: Map<string, number[]>, id: string, values: readonly number[]) => {
    const now = to.get(id) ?? values.map(() => 0);
    to.set(
      id,
      now.map((value, at) => value + (values[at] ?? 0)),
    );
  };
  for (const link of data.links) {
    const values = scaled(link);
    add(into, link.target, values);
    add(out, link.source, values);
  }
  return new Map(
    data.nodes.map(({ id }) => [id, Math.max(0, ...(into.get(id) ?? []), ...(out.get(id) ?? []))]),
  );
}

/** A stream over more than one column keeps a place of its own in those between. */
function way(link: FlowLink, byId: Map<string, Slot>, columns: Slot[][]): Way[] {
  const [source, target] = [byId.get(link.source), byId.get(link.target)];
  const values = scaled(link);
  const most = Math.max(0, ...values);
  if (!source || !target || most === 0) return [];
  const between: Slot[] = [];
  for (let column = source.column + 1; column < target.column; column++) {
    const slot = placeFor(`${link.source}>${link.target}`, null, column, most, '');
    columns[column]?.push(slot);
    between.push(slot);
  }
  return [{ link, values, slots: [source, ...between, target] }];
}

const gapAfter = (one: Slot, next: Slot): number => (one.node && next.node ? SPACE : PASSING);

function gaps(column: readonly Slot[]): number {
  return sum(column.slice(1).map((slot, at) => gapAfter(column[at] ?? slot, slot)));
}

/** As high as it takes for money to have its part of the height. */
function leastHeight(column: readonly Slot[]): number {
  return gaps(column) / (1 - LEAST_MONEY) + 2 * EDGE;
}

/** Sweeps: each slot moves to the mean of its neighbours, its column is put in order and packed without overlap. */
function settle(columns: Slot[][], ways: readonly Way[], height: number): void {
  for (const column of columns) pack(column, height);
  const before = new Map<Slot, [Slot, number][]>();
  const after = new Map<Slot, [Slot, number][]>();
  const put = (to: Map<Slot, [Slot, number][]>, at: Slot, other: Slot, weight: number) => {
    const known = to.get(at);
    if (known) known.push([other, weight]);
    else to.set(at, [[other, weight]]);
  };
  for (const { slots, values } of ways) {
    const weight = Math.max(...values);
    slots.slice(1).forEach((slot, at) => {
      const left = slots[at];
      if (!left) return;
      put(before, slot, left, weight);
      put(after, left, slot, weight);
    });
  }
  for (let sweep = 0; sweep < 8; sweep++) {
    const forward = sweep % 2 === 0;
    const sides = forward ? before : after;
    for (const column of forward ? columns.slice(1) : columns.slice(0, -1).reverse()) {
      for (const slot of column) {
        const near = sides.get(slot) ?? [];
        const weight = sum(near.map(([, one]) => one));
        if (weight > 0) slot.center = sum(near.map(([other, one]) => other.center * one)) / weight;
      }
      order(column);
      pack(column, height);
    }
  }
}

/** No empty band above or below; returns the height that is left. */
function tighten(columns: readonly (readonly Slot[])[]): number {
  const all = columns.flat();
  const top = Math.min(...all.map((slot) => slot.center - slot.extent / 2));
  for (const slot of all) slot.center += EDGE - top;
  return px(Math.max(...all.map((slot) => slot.center + slot.extent / 2)) + EDGE);
}

/** What is read from top to bottom keeps the order it is given in; everything else follows its money. */
function order(column: Slot[]): void {
  const isFixed = (slot: Slot) => slot.node !== null && slot.node.column === 3;
  const fixed = column.filter(isFixed);
  const given = new Map(column.map((slot, at) => [slot, at]));
  const free = column.filter((slot) => !isFixed(slot));
  const isLast = (slot: Slot) => (slot.node?.others ? 1 : 0);
  free.sort(
    (a, b) => isLast(a) - isLast(b) || a.center - b.center || (given.get(a) ?? 0) - (given.get(b) ?? 0),
  );
  const merged: Slot[] = [];
  for (const slot of fixed) {
    while (free.length > 0 && (free[0]?.center ?? 0) < slot.center) merged.push(...free.splice(0, 1));
    merged.push(slot);
  }
  merged.push(...free);
  column.splice(0, column.length, ...merged);
}

function pack(column: readonly Slot[], height: number): void {
  let floor = EDGE;
  for (const slot of column) {
    slot.center = Math.max(slot.center, floor + slot.extent / 2);
    floor = slot.center + slot.extent / 2 + APART;
  }
  let ceiling = height - EDGE;
  for (const slot of [...column].reverse()) {
    slot.center = Math.min(slot.center, ceiling - slot.extent / 2);
    ceiling = slot.center - slot.extent / 2 - APART;
  }
}

/** Lines of a name; whether its amount stands on the last of them. */
export type Name = { lines: readonly string[]; inline: boolean };

function fullName({ node, amountRoom }: Slot, room: number): Name {
  const label = node?.label ?? '';
  const lines = fitted(label, room, LABEL, 2, 'strong');
  const last = textWidth(lines.at(-1) ?? '', LABEL, 'strong') + amountRoom + 6;
  return { lines, inline: last <= room };
}

function compactName({ node, amountRoom, height }: Slot, room: number): Name {
  const label = node?.label ?? '';
  if (height < LINE - 1)
    return { lines: fitted(label, room - amountRoom - 6, LABEL, 1, 'strong'), inline: true };
  const most = height < 2 * LINE - 2 ? 1 : 2;
  return { lines: fitted(label, room, LABEL, most, 'strong'), inline: false };
}
