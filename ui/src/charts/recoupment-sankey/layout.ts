import type { Kind } from '../../domain/kinds.ts';
import { formatMillions, formatScaled, type Money, toScale } from '../../domain/money.ts';
import { fitted, px, spread, textWidth } from '../kernel/measure.ts';
import type { Size } from '../kernel/types.ts';

export type FlowNode = {
  id: string;
  label: string;
  /** Stage from the left: sources, collectors, off the top, tiers, people. */
  column: number;
  kind: Kind | 'ink';
  certainty?: 'firm' | 'conditional';
  address?: string;
  /** The node's own figure; without one its ribbons are added up. */
  amount?: Money;
};

export type FlowLink = {
  source: string;
  target: string;
  amount: Money;
  kind: Kind | 'ink';
  address?: string;
};
export type FlowData = { nodes: readonly FlowNode[]; links: readonly FlowLink[] };

export type NodeBox = {
  node: FlowNode;
  x: number;
  y: number;
  width: number;
  height: number;
  value: number;
  /** The name, shortened where the next stage would be written over. */
  label: string;
  amountText: string;
  labelX: number;
  labelY: number;
  anchor: 'start' | 'end';
  lines: 1 | 2;
  /** False where the amount would be written over the next stage: it is in the node's name and in the table. */
  hasAmount: boolean;
};

export type Ribbon = { link: FlowLink; path: string; width: number; share: number; amountText: string };
export type SankeyGeometry = {
  width: number;
  height: number;
  nodes: NodeBox[];
  ribbons: Ribbon[];
  columnX: number[];
};

const NODE = 10;
const SPACE = 15;
const LABEL = 11;
/** What is left for a name beside its amount, or the amount is left out. */
const LEAST = 44;

type Cell = { node: FlowNode; value: number; y: number; height: number };

/** Columns from left to right, heights to one scale, order settled by where each node's money comes from and goes to. */
export function sankeyLayout(
  data: FlowData,
  size: Size & { height?: number },
  locale: string,
): SankeyGeometry {
  const height = size.height ?? 400;
  const values = nodeValues(data);
  const cells = data.nodes
    .filter((node) => (values.get(node.id) ?? 0) > 0)
    .map<Cell>((node) => ({ node, value: values.get(node.id) ?? 0, y: 0, height: 0 }));
  const stages = [...new Set(cells.map((cell) => cell.node.column))].sort((a, b) => a - b);
  const columns = stages.map((stage) => cells.filter((cell) => cell.node.column === stage));
  const room = (column: Cell[]) => height - 24 - SPACE * Math.max(column.length - 1, 0);
  const perUnit = Math.min(
    ...columns.map((column) => room(column) / Math.max(sum(column.map((cell) => cell.value)), 1e-9)),
  );
  for (const cell of cells) cell.height = Math.max(cell.value * perUnit, 1);
  settle(columns, data, height);

  const lastRoom = Math.min(175, size.width * 0.24);
  const step = stages.length > 1 ? (size.width - lastRoom - NODE) / (stages.length - 1) : 0;
  const columnX = stages.map((_, index) => px(index * step));
  const xOf = new Map(stages.map((stage, index) => [stage, columnX[index] ?? 0]));
  const byId = new Map(cells.map((cell) => [cell.node.id, cell]));
  const nodes = columns.flatMap((column, index) => {
    const last = index === columns.length - 1;
    return boxes(column, xOf, locale, height, (last ? lastRoom : step - NODE) - 12);
  });
  return { width: size.width, height, nodes, ribbons: ribbons(data, byId, xOf, perUnit, locale), columnX };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A node is as tall as the larger of what enters and what leaves. */
function nodeValues(data: FlowData): Map<string, number> {
  const into = new Map<string, number>();
  const out = new Map<string, number>();
  for (const link of data.links) {
    const value = Math.max(toScale(link.amount), 0);
    into.set(link.target, (into.get(link.target) ?? 0) + value);
    out.set(link.source, (out.get(link.source) ?? 0) + value);
  }
  return new Map(data.nodes.map(({ id }) => [id, Math.max(into.get(id) ?? 0, out.get(id) ?? 0)]));
}

/** Six sweeps: each node moves to the mean of its neighbours, then its column is packed without overlap, in the given order. */
function settle(columns: Cell[][], data: FlowData, height: number): void {
  for (const column of columns) pack(column, height);
  const byId = new Map(columns.flat().map((cell) => [cell.node.id, cell]));
  const pull = (cell: Cell, side: 'source' | 'target') => {
    let weight = 0;
    let at = 0;
    for (const link of data.links) {
      if (link[side === 'source' ? 'target' : 'source'] !== cell.node.id) continue;
      const other = byId.get(link[side]);
      const value = Math.max(toScale(link.amount), 0);
      if (!other || value === 0) continue;
      weight += value;
      at += value * (other.y + other.height / 2);
    }
    if (weight > 0) cell.y = at / weight - cell.height / 2;
  };
  for (let sweep = 0; sweep < 6; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns.slice(1) : columns.slice(0, -1).reverse()) {
      for (const cell of column) pull(cell, forward ? 'source' : 'target');
      pack(column, height);
    }
  }
}

function pack(column: Cell[], height: number): void {
  let y = 12;
  for (const cell of column) {
    cell.y = Math.max(cell.y, y);
    y = cell.y + cell.height + SPACE;
  }
  let limit = height - 12;
  for (const cell of [...column].reverse()) {
    cell.y = Math.max(Math.min(cell.y, limit - cell.height), 0);
    limit = cell.y - SPACE;
  }
}

/** The name cut at a word so that it stays within its room; a first word that is too long is cut itself. */
function shortened(name: string, room: number): string {
  if (textWidth(name, LABEL) <= room) return name;
  const words = name.split(' ');
  while (words.length > 1 && textWidth(`${words.join(' ')}…`, LABEL) > room) words.pop();
  const cut = `${words.join(' ').replace(/[,;:]$/, '')}…`;
  return textWidth(cut, LABEL) <= room ? cut : (fitted(words.join(' '), room, LABEL, 1)[0] ?? cut);
}

function boxes(
  column: Cell[],
  xOf: Map<number, number>,
  locale: string,
  height: number,
  room: number,
): NodeBox[] {
  const labels = spread(
    column.map((cell) => cell.y + cell.height / 2),
    14,
    10,
    height - 6,
  );
  return column.map((cell, index) => {
    const x = xOf.get(cell.node.column) ?? 0;
    const amountText = cell.node.amount
      ? formatMillions(cell.node.amount, locale, 2)
      : formatScaled(cell.value / 1e6, locale, 2);
    const lines = cell.height >= 28 ? 2 : 1;
    const wide = textWidth(`  ${amountText}`, LABEL);
    const hasAmount = lines === 2 ? wide <= room : room - wide >= LEAST;
    const beside = lines === 1 && hasAmount ? wide : 0;
    return {
      node: cell.node,
      x,
      y: px(cell.y),
      width: NODE,
      height: px(cell.height),
      value: cell.value,
      label: shortened(cell.node.label, room - beside),
      amountText,
      labelX: x + NODE + 6,
      labelY: px(labels[index] ?? cell.y),
      anchor: 'start',
      lines,
      hasAmount,
    };
  });
}

function ribbons(
  data: FlowData,
  byId: Map<string, Cell>,
  xOf: Map<number, number>,
  perUnit: number,
  locale: string,
): Ribbon[] {
  const leaving = new Map<string, number>();
  const entering = new Map<string, number>();
  const middle = (id: string) => {
    const cell = byId.get(id);
    return cell ? cell.y + cell.height / 2 : 0;
  };
  const starts = new Map<FlowLink, number>();
  const ends = new Map<FlowLink, number>();
  for (const link of [...data.links].sort((a, b) => middle(a.target) - middle(b.target))) {
    const source = byId.get(link.source);
    if (!source) continue;
    const from = leaving.get(link.source) ?? source.y;
    starts.set(link, from);
    leaving.set(link.source, from + Math.max(toScale(link.amount), 0) * perUnit);
  }
  for (const link of [...data.links].sort((a, b) => middle(a.source) - middle(b.source))) {
    const target = byId.get(link.target);
    if (!target) continue;
    const from = entering.get(link.target) ?? target.y;
    ends.set(link, from);
    entering.set(link.target, from + Math.max(toScale(link.amount), 0) * perUnit);
  }
  return data.links.flatMap((link) => {
    const value = Math.max(toScale(link.amount), 0);
    const source = byId.get(link.source);
    const target = byId.get(link.target);
    if (value === 0 || !source || !target) return [];
    const width = value * perUnit;
    const x0 = (xOf.get(source.node.column) ?? 0) + NODE;
    const x1 = xOf.get(target.node.column) ?? 0;
    return [
      {
        link,
        width: px(width),
        share: source.value > 0 ? value / source.value : 0,
        amountText: formatMillions(link.amount, locale, 2),
        path: band(x0, starts.get(link) ?? 0, x1, ends.get(link) ?? 0, Math.max(width, 0.6)),
      },
    ];
  });
}

function band(x0: number, y0: number, x1: number, y1: number, width: number): string {
  const bend = (x0 + x1) / 2;
  return (
    `M${px(x0)},${px(y0)}C${px(bend)},${px(y0)} ${px(bend)},${px(y1)} ${px(x1)},${px(y1)}` +
    `L${px(x1)},${px(y1 + width)}C${px(bend)},${px(y1 + width)} ${px(bend)},${px(y0 + width)} ${px(x0)},${px(y0 + width)}Z`
  );
}

/** Everything money passes through before and after a node: its path both ways. */
export function pathThrough(data: FlowData, id: string): Set<FlowLink> {
  const lit = new Set<FlowLink>();
  const follow = (node: string, side: 'source' | 'target') => {
    for (const link of data.links) {
      if (link[side] !== node || lit.has(link) || link.amount.minor <= 0) continue;
      lit.add(link);
      follow(link[side === 'source' ? 'target' : 'source'], side);
    }
  };
  follow(id, 'source');
  const after = new Set(lit);
  lit.clear();
  follow(id, 'target');
  return new Set([...lit, ...after]);
}
