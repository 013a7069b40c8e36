import { fitted, px } from '../kernel/measure.ts';
import { type PlanEdge, type PlanGraphData, type PlanNode, wayTo } from './data.ts';
import { layered } from './layers.ts';

const WIDE = 196;
const HIGH = 48;
const MEMBER_WIDE = 168;
const ROW = 4;
const PAD = 8;
const HEADING = 30;
/** Between layers, between the nodes of one, and between columns of layers. */
const DOWN = 26;
const ACROSS = 18;
const COLUMNS = 64;
const LANE = 10;
const MOST_COLUMNS = 40;

export type PlanBox = {
  node: PlanNode;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: readonly string[];
  note: string;
  /** How many groups it stands in. */
  depth: number;
  isOpen: boolean;
};

export type PlanPath = { edge: PlanEdge; path: string; isBack: boolean };

export type PlanLayout = {
  width: number;
  height: number;
  boxes: PlanBox[];
  paths: PlanPath[];
  /** Where the order of a circle is written: its tiers, numbered. */
  round: { id: string; x: number; y: number; number: number }[];
};

type Size = { width: number; height: number };

/** A group is as large as its members, side by side in rows of four; closed it is a node like any other. */
function sizeOf(node: PlanNode, closed: ReadonlySet<string>, depth: number): Size {
  const width = depth === 0 ? WIDE : MEMBER_WIDE;
  if (node.members.length === 0 || closed.has(node.id)) return { width, height: HIGH };
  const rows = rowsOf(node, closed, depth);
  return {
    width: Math.max(width, ...rows.map((row) => row.width)) + 2 * PAD,
    height: HEADING + rows.reduce((sum, row) => sum + row.height + PAD, 0),
  };
}

function rowsOf(node: PlanNode, closed: ReadonlySet<string>, depth: number) {
  const rows: { members: { node: PlanNode; size: Size }[]; width: number; height: number }[] = [];
  node.members.forEach((member, at) => {
    if (at % ROW === 0) rows.push({ members: [], width: -PAD, height: 0 });
    const size = sizeOf(member, closed, depth + 1);
    const row = rows.at(-1);
    if (!row) return;
    row.members.push({ node: member, size });
    row.width += size.width + PAD;
    row.height = Math.max(row.height, size.height);
  });
  return rows;
}

function place(
  node: PlanNode,
  at: { x: number; y: number },
  closed: ReadonlySet<string>,
  depth: number,
  out: PlanBox[],
): void {
  const size = sizeOf(node, closed, depth);
  const isOpen = node.members.length > 0 && !closed.has(node.id);
  const amountRoom = node.amount ? node.amount.text.length * 6.4 + 10 : 0;
  const room = size.width - 26 - (isOpen ? amountRoom : 0);
  out.push({
    node,
    x: px(at.x),
    y: px(at.y),
    ...size,
    lines: fitted(node.label, room, 11, isOpen ? 1 : 2, 'strong'),
    note: fitted(node.note, size.width - 22 - amountRoom, 10.5, 1)[0] ?? '',
    depth,
    isOpen,
  });
  if (!isOpen) return;
  let y = at.y + HEADING;
  for (const row of rowsOf(node, closed, depth)) {
    let x = at.x + PAD;
    for (const member of row.members) {
      place(member.node, { x, y }, closed, depth + 1, out);
      x += member.size.width + PAD;
    }
    y += row.height + PAD;
  }
}

/**
 * Money enters on top and runs down. A plan with many tiers goes on in a further column, so that it has the shape of a
 * page; what no source leads to stands in columns of its own behind the others.
 */
export function planLayout(data: PlanGraphData, closed: ReadonlySet<string>, aspect = 1.5): PlanLayout {
  const { layers, apart, back } = layered(data);
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const sized = (some: string[][]) =>
    some.map((layer) => {
      const members = layer.flatMap((id) => {
        const node = byId.get(id);
        return node ? [{ node, size: sizeOf(node, closed, 0) }] : [];
      });
      const width = members.reduce((sum, one) => sum + one.size.width + ACROSS, -ACROSS);
      return { members, width, height: Math.max(...members.map((one) => one.size.height)) };
    });
  const boxes: PlanBox[] = [];
  const column = new Map<string, number>();
  const lefts: number[] = [];
  let x = COLUMNS / 2;
  let height = 0;
  let count = 0;
  for (const part of [columnsOf(sized(layers), aspect), columnsOf(sized(apart), aspect)]) {
    for (const layersOfColumn of part) {
      const width = Math.max(...layersOfColumn.map((layer) => layer.width));
      lefts.push(x);
      let y = DOWN;
      for (const layer of layersOfColumn) {
        let left = x + (width - layer.width) / 2;
        for (const { node, size } of layer.members) {
          place(node, { x: left, y }, closed, 0, boxes);
          column.set(node.id, count);
          left += size.width + ACROSS;
        }
        y += layer.height + DOWN;
      }
      height = Math.max(height, y);
      x += width + COLUMNS;
      count += 1;
    }
  }
  const paths = edgePaths(data, boxes, { of: column, lefts }, back);
  return { width: px(x - COLUMNS / 2), height: px(height), boxes, paths, round: roundOf(data, boxes) };
}

type Layer = { members: { node: PlanNode; size: Size }[]; width: number; height: number };

/** As many columns as let the whole be seen largest in a window of this shape. */
function columnsOf(layers: readonly Layer[], aspect: number): Layer[][] {
  const high = layers.reduce((sum, layer) => sum + layer.height + DOWN, 0);
  let best: { columns: Layer[][]; scale: number } = { columns: [], scale: 0 };
  for (let count = 1; count <= Math.min(layers.length, MOST_COLUMNS); count++) {
    const columns = cutInto(layers, count, high / count);
    const width = columns.reduce(
      (sum, column) => sum + Math.max(...column.map((one) => one.width)) + COLUMNS,
      0,
    );
    const height = Math.max(
      ...columns.map((column) => column.reduce((sum, one) => sum + one.height + DOWN, DOWN)),
    );
    // One column is read most easily: another is worth it only where it makes the whole clearly larger.
    const scale = Math.min(aspect / width, 1 / height);
    if (scale > best.scale * 1.12) best = { columns, scale };
  }
  return best.columns;
}

function cutInto(layers: readonly Layer[], count: number, most: number): Layer[][] {
  const out: Layer[][] = [[]];
  let filled = 0;
  for (const layer of layers) {
    if (filled > 0 && filled + layer.height / 2 > most && out.length < count) {
      out.push([]);
      filled = 0;
    }
    out.at(-1)?.push(layer);
    filled += layer.height + DOWN;
  }
  return out;
}

/** A member stands for its group where money comes and goes. */
function outerBox(data: PlanGraphData, boxes: ReadonlyMap<string, PlanBox>, id: string): PlanBox | undefined {
  return boxes.get(wayTo(data.nodes, id)[0]?.id ?? id);
}

function edgePaths(
  data: PlanGraphData,
  boxes: readonly PlanBox[],
  columns: { of: ReadonlyMap<string, number>; lefts: readonly number[] },
  back: ReadonlySet<PlanEdge>,
): PlanPath[] {
  const outer = new Map(boxes.filter((box) => box.depth === 0).map((box) => [box.node.id, box]));
  const lanes = { left: 0, right: 0 };
  const foot = Math.max(0, ...boxes.map((box) => box.y + box.height)) + LANE;
  return data.edges.flatMap((edge) => {
    const [from, to] = [outerBox(data, outer, edge.from), outerBox(data, outer, edge.to)];
    if (!from || !to) return [];
    const isBack = back.has(edge);
    const [own, other] = [columns.of.get(from.node.id) ?? 0, columns.of.get(to.node.id) ?? 0];
    const here = own === other;
    const steps = (to.y - (from.y + from.height)) / DOWN;
    const isNext = here && steps > 0 && steps < 1.9 && nothingBetween(from, to, boxes);
    const path =
      !here && (isBack || edge.kind === 'release')
        ? under(from, to, (columns.lefts[other + 1] ?? 0) - COLUMNS / 2 + LANE, foot)
        : edge.kind === 'release' || isBack || (here && !isNext)
          ? aside(from, to, edge.kind === 'enters' ? 'left' : 'right', lanes, boxes)
          : here
            ? straight(from, to)
            : over(from, to, (columns.lefts[Math.max(own, other)] ?? 0) - COLUMNS / 2);
    return [{ edge, path, isBack }];
  });
}

function nothingBetween(from: PlanBox, to: PlanBox, boxes: readonly PlanBox[]): boolean {
  const [low, high] = [from.y + from.height, to.y];
  return !boxes.some(
    (box) =>
      box.depth === 0 &&
      box.y < high &&
      box.y + box.height > low &&
      box.x < Math.max(from.x + from.width, to.x + to.width) &&
      box.x + box.width > Math.min(from.x, to.x) &&
      box !== from &&
      box !== to &&
      box.y >= low,
  );
}

const middle = (box: PlanBox): number => box.x + box.width / 2;

function straight(from: PlanBox, to: PlanBox): string {
  const [x0, y0, x1, y1] = [middle(from), from.y + from.height, middle(to), to.y];
  const bend = px((y0 + y1) / 2);
  return `M${px(x0)},${px(y0)}C${px(x0)},${bend} ${px(x1)},${bend} ${px(x1)},${px(y1)}`;
}

/** From the foot of one column to the head of another. */
function over(from: PlanBox, to: PlanBox, between: number): string {
  const [x0, y0, x1, y1] = [middle(from), from.y + from.height, middle(to), to.y];
  return `M${px(x0)},${px(y0)}v10H${px(between)}V${px(y1 - 12)}H${px(x1)}V${px(y1)}`;
}

/** Back to another column: below everything, and up beside where it enters. */
function under(from: PlanBox, to: PlanBox, beside: number, foot: number): string {
  const [x0, y0] = [px(middle(from)), px(from.y + from.height)];
  return `M${x0},${y0}V${px(foot)}H${px(beside)}V${px(to.y + to.height / 2)}H${px(to.x + to.width)}`;
}

/** Past what stands between, in a lane beside the column. */
function aside(
  from: PlanBox,
  to: PlanBox,
  side: 'left' | 'right',
  lanes: { left: number; right: number },
  boxes: readonly PlanBox[],
): string {
  const lane = (lanes[side]++ % 3) * LANE + LANE;
  const near = boxes.filter(
    (box) =>
      box.depth === 0 &&
      box.y < Math.max(from.y + from.height, to.y + to.height) &&
      box.y + box.height > Math.min(from.y, to.y) &&
      Math.abs(middle(box) - middle(from)) < 600 &&
      box.x < from.x + from.width + 300 &&
      box.x + box.width > from.x - 300,
  );
  const sameColumn = near.filter((box) => box.x < to.x + to.width + 40 || box.x < from.x + from.width + 40);
  const [y0, y1] = [px(from.y + from.height / 2 + 6), px(to.y + to.height / 2 - 6)];
  if (side === 'left') {
    const x = px(Math.min(...sameColumn.map((box) => box.x)) - lane);
    return `M${from.x},${y0}H${x}V${y1}H${to.x}`;
  }
  const x = px(Math.max(...sameColumn.map((box) => box.x + box.width)) + lane);
  return `M${px(from.x + from.width)},${y0}H${x}V${y1}H${px(to.x + to.width)}`;
}

function roundOf(data: PlanGraphData, boxes: readonly PlanBox[]): PlanLayout['round'] {
  return data.cycle.flatMap((id, at) => {
    const box = boxes.find((one) => one.node.id === id);
    return box ? [{ id, x: px(box.x), y: px(box.y), number: at + 1 }] : [];
  });
}

/** The part of the drawing that is seen through a window, in the drawing's own lengths. */
export type Sight = { k: number; x: number; y: number };

export const LEAST_SCALE = 0.08;
export const MOST_SCALE = 2;
const READABLE = 0.7;

/** All of it where that can be read; else its beginning, as large as can be read. */
export function firstSight(layout: Size, window: Size): Sight {
  const whole = fitSight(layout, window);
  if (whole.k >= READABLE) return whole;
  return { k: 0.9, x: 0, y: 0 };
}

/** All of it, in the middle. */
export function fitSight(layout: Size, window: Size): Sight {
  const k = Math.min(window.width / layout.width, window.height / layout.height, 1);
  return {
    k,
    x: px(Math.max((window.width - layout.width * k) / 2, 0)),
    y: px(Math.max((window.height - layout.height * k) / 2, 0)),
  };
}

/** A box in the middle of the window, at a scale at which it can be read. */
export function sightOf(box: PlanBox, window: Size, k: number): Sight {
  const scale = Math.max(k, 0.9);
  return {
    k: scale,
    x: px(window.width / 2 - (box.x + box.width / 2) * scale),
    y: px(window.height / 2 - (box.y + Math.min(box.height, window.height / scale) / 2) * scale),
  };
}
