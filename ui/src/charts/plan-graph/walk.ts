import { type PlanGraphData, wayTo } from './data.ts';

/** Where an arrow key leads: along the money, or to what stands beside. */
export function steppedNode(
  data: PlanGraphData,
  closed: ReadonlySet<string>,
  id: string,
  key: string,
): string | null {
  const way = wayTo(data.nodes, id);
  const node = way.at(-1);
  const outer = way[0];
  const group = way.at(-2);
  if (!node || !outer) return null;
  const isOpen = node.members.length > 0 && !closed.has(node.id);
  const along = (from: 'from' | 'to', to: 'from' | 'to') =>
    data.edges.find((edge) => edge[from] === outer.id && edge.kind !== 'release')?.[to] ?? null;
  const beside = (step: 1 | -1): string | null => {
    const siblings = group ? group.members : data.nodes.filter((one) => isBeside(data, one.id, outer.id));
    const at = siblings.findIndex((one) => one.id === node.id);
    return siblings[at + step]?.id ?? null;
  };
  switch (key) {
    case 'ArrowDown':
      return along('from', 'to');
    case 'ArrowUp':
      return group ? group.id : along('to', 'from');
    case 'ArrowRight':
      return isOpen ? (node.members[0]?.id ?? null) : beside(1);
    case 'ArrowLeft':
      return beside(-1) ?? (group ? group.id : null);
    case 'Home':
      return data.nodes[0]?.id ?? null;
    case 'End':
      return data.nodes.at(-1)?.id ?? null;
    default:
      return null;
  }
}

/** Two that lead to the same tier stand beside each other. */
function isBeside(data: PlanGraphData, one: string, other: string): boolean {
  if (one === other) return true;
  const next = (id: string) => data.edges.find((edge) => edge.from === id && edge.kind !== 'release')?.to;
  return next(one) !== undefined && next(one) === next(other);
}
