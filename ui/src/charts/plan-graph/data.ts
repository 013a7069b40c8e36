import type { Kind } from '../../domain/kinds.ts';

/** What the check of the plan says of a tier. */
export type PlanFault = 'cycle' | 'unreachable' | 'over' | 'end' | 'other';

export type PlanNode = {
  id: string;
  label: string;
  /** What it takes and until when, or who enters here. */
  note: string;
  kind: Kind | 'ink';
  sort: 'source' | 'tier' | 'together' | 'steps' | 'reserve' | 'end';
  members: readonly PlanNode[];
  /** Sentences that must hold for it to take. */
  conditions: readonly string[];
  /** What it has been paid by the end of the period. */
  amount: { text: string; address: string } | null;
  faults: readonly { fault: PlanFault; isBlocker: boolean; message: string }[];
};

export type PlanEdge = { from: string; to: string; kind: 'enters' | 'then' | 'release' | 'cycle' };

export type PlanGraphData = {
  nodes: readonly PlanNode[];
  edges: readonly PlanEdge[];
  /** The tiers of a circle, in the order in which money would go round it. */
  cycle: readonly string[];
};

/** Every node and member, outer before inner. */
export function everyNode(nodes: readonly PlanNode[]): PlanNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.members)]);
}

/** The node and the groups it stands in, outermost first. */
export function wayTo(nodes: readonly PlanNode[], id: string): PlanNode[] {
  for (const node of nodes) {
    if (node.id === id) return [node];
    const inner = wayTo(node.members, id);
    if (inner.length > 0) return [node, ...inner];
  }
  return [];
}
