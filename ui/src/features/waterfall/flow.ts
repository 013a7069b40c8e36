import type { FlowStationDto, FlowsView } from '../../api/bindings.ts';
import type { FlowData, FlowLink, FlowNode } from '../../charts/recoupment-sankey/data.ts';
import { monthOrdinal } from '../../domain/dates.ts';
import type { DealDocument, Tier } from '../../domain/document.ts';
import { type Kind, kindOfParty, kindOfTier } from '../../domain/kinds.ts';

/** What the stations are called where the deal does not say. */
export type FlowWords = {
  window: (window: string) => string;
  deduction: (word: string) => string;
  tier: (role: string) => string;
  /** A claim or an instrument whose money goes on to the account. */
  surplus: (id: string) => string;
  others: (column: string, count: number) => string;
  station: (word: 'account' | 'contributions' | 'refunds' | 'residual' | 'held' | 'left_over') => string;
};

export const COLUMNS = ['sources', 'collectors', 'account', 'tiers', 'people'] as const;
const PLAIN = new Set(['account', 'contributions', 'refunds', 'residual', 'held', 'left_over']);

/** Tiers in order, the members of a shared tier in its place. */
export function leafTiers(tiers: readonly Tier[]): Tier[] {
  return tiers.flatMap((tier) => (tier.takes.members ? leafTiers(tier.takes.members) : [tier]));
}

/** Every tier and member, outer before inner. */
export function allTiers(tiers: readonly Tier[]): Tier[] {
  return tiers.flatMap((tier) => [tier, ...allTiers(tier.takes.members ?? [])]);
}

function labelOf(station: FlowStationDto, words: FlowWords): string {
  const [kind = '', rest = ''] = station.id.split(/:(.*)/s);
  if (kind === 'others') return words.others(station.column, station.members.length);
  if (PLAIN.has(station.id)) return words.station(station.id as Parameters<FlowWords['station']>[0]);
  if (kind === 'window') return words.window(rest);
  if (kind === 'off') return words.deduction(rest);
  if (kind === 'surplus') return words.surplus(rest);
  return station.label ?? (kind === 'tier' ? words.tier(station.word) : rest);
}

function kindOf(station: FlowStationDto): Kind | 'ink' {
  const [kind] = station.id.split(':');
  if (kind === 'account' || kind === 'residual') return 'ink';
  if (kind === 'window' || kind === 'source') return 'presale';
  if (kind === 'surplus') return 'soft';
  if (kind === 'tier') return kindOfTier(station.word);
  if (kind === 'party') return kindOfParty(station.word);
  if (kind === 'others') return station.column === 'sources' ? 'presale' : 'neutral2';
  return 'cost';
}

/** What is drawn, out of what the use case tells. */
export function flowData(view: FlowsView, words: FlowWords): FlowData {
  const nodes = view.stations.map<FlowNode>((station) => ({
    id: station.id,
    label: labelOf(station, words),
    column: COLUMNS.indexOf(station.column as (typeof COLUMNS)[number]),
    kind: kindOf(station),
    ...(station.id.startsWith('others:') ? { others: station.members.length } : {}),
    ...(station.members.length > 0 ? { opens: true } : {}),
    amounts: station.amounts.map((amount) => amount.through),
  }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = view.streams.map<FlowLink>((stream) => ({
    source: stream.from,
    target: stream.to,
    kind: linkKind(byId.get(stream.from), byId.get(stream.to)),
    amounts: stream.amounts.map((amount) => amount.through),
    during: stream.amounts.map((amount) => amount.during),
  }));
  return { months: view.periods.map((period) => period.month), view: view.view, nodes, links };
}

/** Money keeps the colour of what it comes from until the account, then that of whom it goes to. */
function linkKind(from: FlowNode | undefined, to: FlowNode | undefined): FlowLink['kind'] {
  if (!from || !to) return 'cost';
  if (to.id === 'account') return from.kind === 'soft' ? 'soft' : 'presale';
  if (from.column === 0 && to.column === 1) return from.kind;
  if (to.column === 2) return 'cost';
  return to.kind;
}

/** How long a statement period is. */
export function lengthOf(start: string, end: string): 'quarter' | 'half' | 'year' | 'period' {
  const months = monthOrdinal(end) - monthOrdinal(start) + 1;
  return months === 3 ? 'quarter' : months === 6 ? 'half' : months === 12 ? 'year' : 'period';
}

/** Tiers with a limit, by id, as people call them. */
export function tierLabels(document: DealDocument, tier: (role: string) => string): Map<string, string> {
  const all = allTiers(document.recoupment?.tiers ?? []);
  return new Map(all.map((one) => [one.id, one.label ?? tier(one.role ?? 'other')]));
}
