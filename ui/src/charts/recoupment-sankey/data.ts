import type { Kind } from '../../domain/kinds.ts';
import type { Money } from '../../domain/money.ts';

export type FlowNode = {
  id: string;
  label: string;
  /** Stage from the left: sources, collectors, off the top and account, tiers, people. */
  column: number;
  kind: Kind | 'ink';
  certainty?: 'firm' | 'conditional';
  /** Other stations are told together here: how many. */
  others?: number;
  /** A group of tiers, or others: it can be opened. */
  opens?: boolean;
  /** What has passed it by the end of each period, as the book says. */
  amounts: readonly Money[];
};

export type FlowLink = {
  source: string;
  target: string;
  kind: Kind | 'ink';
  /** What has passed by the end of each period. */
  amounts: readonly Money[];
  /** What passes in each period. */
  during: readonly Money[];
};

export type FlowData = {
  /** The month in which each period ends. */
  months: readonly string[];
  /** What addresses say of the view behind the month. */
  view: string;
  nodes: readonly FlowNode[];
  links: readonly FlowLink[];
};

export const linkId = (link: Pick<FlowLink, 'source' | 'target'>): string => `${link.source}>${link.target}`;

/** The address of what a station, a stream or a total comes to by the end of a period. */
export function flowAddress(data: Pick<FlowData, 'months' | 'view'>, id: string, period: number): string {
  return `flow(${data.months[period] ?? ''}${data.view}).${id}`;
}

/** The address of what it comes to in the period alone. */
export function duringAddress(data: Pick<FlowData, 'months' | 'view'>, id: string, period: number): string {
  return `flow(in=${data.months[period] ?? ''}${data.view}).${id}`;
}

/** Everything money passes through before and after a node or a link: its path both ways. */
export function pathThrough(data: FlowData, id: string): Set<FlowLink> {
  const lit = new Set<FlowLink>();
  const follow = (node: string, side: 'source' | 'target') => {
    for (const link of data.links) {
      if (link[side] !== node || lit.has(link)) continue;
      lit.add(link);
      follow(link[side === 'source' ? 'target' : 'source'], side);
    }
  };
  const link = data.links.find((one) => linkId(one) === id);
  follow(link ? link.target : id, 'source');
  const after = new Set(lit);
  lit.clear();
  follow(link ? link.source : id, 'target');
  return new Set([...lit, ...after, ...(link ? [link] : [])]);
}
