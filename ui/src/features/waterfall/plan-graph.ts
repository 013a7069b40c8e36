import type { FindingDto } from '../../api/bindings.ts';
import {
  everyNode,
  type PlanEdge,
  type PlanFault,
  type PlanGraphData,
  type PlanNode,
} from '../../charts/plan-graph/data.ts';
import { type Kind, kindOfParty, kindOfTier } from '../../domain/kinds.ts';
import type { Plan, PlanTier } from '../waterfall-editor/plan.ts';

export type GraphWords = {
  tier: (tier: PlanTier) => string;
  /** What it takes and until when, in a few words. */
  note: (tier: PlanTier) => string;
  conditions: (tier: PlanTier) => readonly string[];
  party: (id: string) => { name: string; role: string | undefined };
  source: (id: string) => string;
  enters: string;
  residual: string;
  leftOver: string;
  unpaid: string;
  amount: (tier: string) => PlanNode['amount'];
};

/** What is wrong with which part of the plan: by the innermost tier or entry its path names. */
export function faultsOf(findings: readonly FindingDto[]): Map<string, PlanNode['faults'][number][]> {
  const found = new Map<string, PlanNode['faults'][number][]>();
  for (const finding of findings) {
    if (!finding.path.startsWith('recoupment.') || finding.severity === 'note') continue;
    const inner = [...finding.path.matchAll(/\.(tiers|members|sources)\[([^\]]+)\]/g)].at(-1);
    const id = inner?.[1] === 'sources' ? `source:${inner[2]}` : inner?.[2];
    if (!id) continue;
    const fault = {
      fault: faultOf(finding.code),
      isBlocker: finding.severity === 'blocker',
      message: finding.message,
    };
    found.set(id, [...(found.get(id) ?? []), fault]);
  }
  return found;
}

const FAULTS: Record<string, PlanFault> = {
  RECOUPMENT_CYCLE: 'cycle',
  DEAD_TIER: 'unreachable',
  UNREACHABLE_CLAIM: 'unreachable',
  SHARES_OVER_WHOLE: 'over',
  ASSIGNED_TOO_MUCH: 'over',
  NO_WAY_OUT: 'end',
};
const faultOf = (code: string): PlanFault => FAULTS[code] ?? 'other';

/** The circle that money would run in, from the tier that the finding names. */
export function cycleFrom(tiers: readonly PlanTier[], start: string): string[] {
  const next = new Map(tiers.map((tier) => [tier.id, tier.then]));
  const seen: string[] = [];
  let at: string | undefined = start;
  while (at !== undefined && next.has(at) && !seen.includes(at)) {
    seen.push(at);
    at = next.get(at);
  }
  const from = at === undefined ? -1 : seen.indexOf(at);
  return from < 0 ? [] : seen.slice(from);
}

function nodeOf(tier: PlanTier, words: GraphWords, faults: ReturnType<typeof faultsOf>): PlanNode {
  const { takes } = tier;
  const role = kindOfTier(tier.role);
  const payee = takes.payee ? words.party(takes.payee) : null;
  const kind: Kind | 'ink' = role === 'ink' && payee ? kindOfParty(payee.role) : role;
  return {
    id: tier.id,
    label: words.tier(tier),
    note: words.note(tier),
    kind,
    sort:
      takes.kind === 'together' || takes.kind === 'steps' || takes.kind === 'reserve' ? takes.kind : 'tier',
    members: (takes.members ?? []).map((member) => nodeOf(member, words, faults)),
    conditions: words.conditions(tier),
    amount: words.amount(tier.id),
    faults: faults.get(tier.id) ?? [],
  };
}

function plain(
  id: string,
  label: string,
  note: string,
  sort: 'source' | 'end',
  kind: Kind | 'ink',
): PlanNode {
  return { id, label, note, kind, sort, members: [], conditions: [], amount: null, faults: [] };
}

/** Where a part of the money walks another order of tiers: from which tier or member, into which. */
function branches(tier: PlanTier): [string, string][] {
  const { into } = tier.takes as { into?: string };
  const own: [string, string][] = into === undefined ? [] : [[tier.id, into]];
  return [...own, ...(tier.takes.members ?? []).flatMap(branches)];
}

/** The plan as nodes and edges, with what the check says of them; a plan that cannot run is drawn like any other. */
export function planGraph(plan: Plan, findings: readonly FindingDto[], words: GraphWords): PlanGraphData {
  const faults = faultsOf(findings);
  const tiers = plan.tiers ?? [];
  const known = new Set(tiers.map((tier) => tier.id));
  const edges: PlanEdge[] = [];
  const sources = (plan.sources ?? []).map((source) => {
    const id = `source:${source.id}`;
    edges.push({ from: id, to: source.enters, kind: 'enters' });
    const named = (source.receives ?? []).map(words.source).join(', ');
    return {
      ...plain(id, words.source(source.id), named || words.enters, 'source', 'presale'),
      faults: faults.get(id) ?? [],
    };
  });
  for (const tier of tiers) {
    if (tier.then !== undefined && known.has(tier.then))
      edges.push({ from: tier.id, to: tier.then, kind: 'then' });
    for (const [from, into] of branches(tier)) {
      if (known.has(into)) edges.push({ from, to: into, kind: 'enters' });
    }
    const release = tier.takes.release_to;
    if (release !== undefined && known.has(release))
      edges.push({ from: tier.id, to: release, kind: 'release' });
  }
  const broken = findings.find((finding) => finding.code === 'RECOUPMENT_CYCLE');
  const named = /tiers\[([^\]]+)\]/.exec(broken?.path ?? '')?.[1];
  const cycle = named ? cycleFrom(tiers, named) : [];
  const nodes = [...sources, ...tiers.map((tier) => nodeOf(tier, words, faults))];
  const ends = endOf(plan, findings, words, tiers, edges);
  return { nodes: ends ? [...nodes, ends] : nodes, edges, cycle };
}

/** What reaches the end goes to the residual party, or to nobody: then the end is drawn as what is missing. */
function endOf(
  plan: Plan,
  findings: readonly FindingDto[],
  words: GraphWords,
  tiers: readonly PlanTier[],
  edges: PlanEdge[],
): PlanNode | null {
  const open = findings.filter((finding) => finding.code === 'NO_WAY_OUT');
  const lasts = tiers.filter((tier) => tier.then === undefined);
  if (plan.residual === undefined && open.length === 0) return null;
  for (const tier of lasts) edges.push({ from: tier.id, to: 'end', kind: 'then' });
  if (plan.residual !== undefined) {
    const { name, role } = words.party(plan.residual);
    return plain('end', words.residual, name, 'end', kindOfParty(role));
  }
  return {
    ...plain('end', words.leftOver, words.unpaid, 'end', 'cost'),
    faults: open.map((finding) => ({ fault: 'end', isBlocker: false, message: finding.message })),
  };
}

/** What a search finds: names, notes and ids that hold every word; what holds them as they are typed comes first. */
export function matches(nodes: readonly PlanNode[], words: string): string[] {
  const whole = words.toLowerCase().trim();
  const wanted = whole.split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const found = everyNode(nodes).flatMap((node) => {
    const text = `${node.label} ${node.note} ${node.id}`.toLowerCase();
    return wanted.every((word) => text.includes(word))
      ? [{ id: node.id, isWhole: text.includes(whole) }]
      : [];
  });
  return [...found.filter((one) => one.isWhole), ...found.filter((one) => !one.isWhole)].map((one) => one.id);
}
