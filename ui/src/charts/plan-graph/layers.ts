import type { PlanEdge, PlanGraphData } from './data.ts';

/** What leads where, without what only closes a circle or gives back later. */
function forward(data: PlanGraphData): { next: Map<string, string[]>; back: Set<PlanEdge> } {
  const next = new Map<string, string[]>(data.nodes.map((node) => [node.id, []]));
  const back = new Set<PlanEdge>();
  const state = new Map<string, 'open' | 'done'>();
  const out = new Map<string, PlanEdge[]>();
  for (const edge of data.edges) {
    if (edge.kind === 'release') continue;
    const known = out.get(edge.from);
    if (known) known.push(edge);
    else out.set(edge.from, [edge]);
  }
  // Walked with a list of its own: a plan may be a thousand tiers deep.
  for (const root of data.nodes) {
    if (state.has(root.id)) continue;
    const path: { id: string; at: number }[] = [{ id: root.id, at: 0 }];
    state.set(root.id, 'open');
    while (path.length > 0) {
      const here = path.at(-1);
      if (!here) break;
      const edge = out.get(here.id)?.[here.at];
      here.at += 1;
      if (!edge) {
        state.set(here.id, 'done');
        path.pop();
        continue;
      }
      if (!next.has(edge.to)) continue;
      if (state.get(edge.to) === 'open') {
        back.add(edge);
        continue;
      }
      next.get(edge.from)?.push(edge.to);
      if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        path.push({ id: edge.to, at: 0 });
      }
    }
  }
  return { next, back };
}

export type Layers = {
  /** Ids layer by layer; each is below everything that leads to it. */
  layers: string[][];
  /** What no source leads to: drawn apart, after the others. */
  apart: string[][];
  /** Edges that close a circle. */
  back: ReadonlySet<PlanEdge>;
};

/** Layers by the longest way from where money enters. */
export function layered(data: PlanGraphData): Layers {
  const { next, back } = forward(data);
  const sources = data.nodes.filter((node) => node.sort === 'source').map((node) => node.id);
  const reached = new Set(sources);
  // What a reserve gives back enters too.
  const entries = data.edges.filter((edge) => edge.kind === 'release').map((edge) => edge.to);
  const open = [...sources, ...entries.filter((id) => next.has(id))];
  for (const id of open) reached.add(id);
  while (open.length > 0) {
    for (const to of next.get(open.pop() ?? '') ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  const order = data.nodes.map((node) => node.id);
  const among = (has: (id: string) => boolean) => rank(order.filter(has), next);
  return { layers: among((id) => reached.has(id)), apart: among((id) => !reached.has(id)), back };
}

function rank(ids: readonly string[], next: ReadonlyMap<string, readonly string[]>): string[][] {
  const own = new Set(ids);
  const leading = new Map(ids.map((id) => [id, 0]));
  for (const id of ids) {
    for (const to of next.get(id) ?? []) if (own.has(to)) leading.set(to, (leading.get(to) ?? 0) + 1);
  }
  const level = new Map<string, number>();
  const ready = ids.filter((id) => leading.get(id) === 0);
  for (const id of ready) level.set(id, 0);
  for (let at = 0; at < ready.length; at++) {
    const id = ready[at] ?? '';
    for (const to of next.get(id) ?? []) {
      if (!own.has(to)) continue;
      level.set(to, Math.max(level.get(to) ?? 0, (level.get(id) ?? 0) + 1));
      const left = (leading.get(to) ?? 0) - 1;
      leading.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  // A source that enters below others stands right above where it enters, not on top of the page.
  for (const id of [...ready].reverse()) {
    const below = (next.get(id) ?? []).filter((to) => own.has(to)).map((to) => level.get(to) ?? 0);
    if (below.length > 0) level.set(id, Math.max(level.get(id) ?? 0, Math.min(...below) - 1));
  }
  const layers: string[][] = [];
  for (const id of ids) {
    const at = level.get(id) ?? 0;
    while (layers.length <= at) layers.push([]);
    layers[at]?.push(id);
  }
  return layers.filter((layer) => layer.length > 0);
}
