import type { FlowData, FlowLink, FlowNode } from '../../charts/recoupment-sankey/layout.ts';
import type { LadderStep } from '../../charts/recoupment-steps/layout.ts';
import type { DealDocument, Tier } from '../../domain/document.ts';
import { kindOfParty, kindOfTier } from '../../domain/kinds.ts';
import type { FigureBook } from '../workspace/figures.ts';

export type FlowWords = {
  window: (window: string) => string;
  deduction: (word: string) => string;
  tier: (tier: Tier) => string;
  account: string;
};

/** What is taken before the account, by the words of the receipts' own figures. */
const DEDUCTIONS = [
  'exhibitors',
  'withholding',
  'distribution_fee',
  'p_and_a',
  'distribution_expenses',
  'guarantee_recouped',
  'overage_kept',
  'sales_commission',
  'sales_expenses',
  'sales_advance',
  'other_shares',
] as const;

/** Tiers in order, the members of a shared tier in its place. */
export function leafTiers(tiers: readonly Tier[]): Tier[] {
  return tiers.flatMap((tier) => (tier.takes.members ? leafTiers(tier.takes.members) : [tier]));
}

export function flowData(document: DealDocument, book: FigureBook, words: FlowWords): FlowData {
  const nodes = new Map<string, FlowNode>();
  const links: FlowLink[] = [];
  const node = (made: FlowNode) => {
    const amount = made.address ? book.money(made.address) : null;
    if (!nodes.has(made.id)) nodes.set(made.id, amount ? { ...made, amount } : made);
    return made.id;
  };
  const account = node({
    id: 'account',
    label: words.account,
    column: 1,
    kind: 'ink',
    address: 'revenue.to_account',
  });
  const link = (source: string, target: string, address: string, kind: FlowLink['kind']) => {
    const amount = book.money(address);
    if (amount && amount.minor > 0) links.push({ source, target, amount, kind, address });
  };
  for (const source of document.revenue?.sources ?? []) {
    const window = source.window ?? 'other';
    const from = node({ id: `window:${window}`, label: words.window(window), column: 0, kind: 'presale' });
    link(from, account, `revenue.${source.id}.to_account`, 'presale');
    for (const word of DEDUCTIONS) {
      const to = node({ id: `off:${word}`, label: words.deduction(word), column: 1, kind: 'cost' });
      link(from, to, `revenue.${source.id}.${word}`, 'cost');
    }
  }
  for (const tier of leafTiers(document.recoupment?.tiers ?? [])) {
    // What a reserve held is paid out by the tiers it is released to; drawn twice it would be counted twice.
    if (tier.takes.kind === 'reserve') continue;
    const address = `recoupment.claims.${tier.id}.paid`;
    const kind = kindOfTier(tier.role);
    const at = node({ id: `tier:${tier.id}`, label: words.tier(tier), column: 2, kind, address });
    link(account, at, address, kind);
    const party = document.parties?.find((one) => one.id === tier.takes.payee);
    if (!party) continue;
    const to = node({
      id: `party:${party.id}`,
      label: party.name,
      column: 3,
      kind: kindOfParty(party.role),
      address: `recoupment.${party.id}.paid`,
    });
    link(at, to, address, kindOfParty(party.role));
  }
  const used = new Set(links.flatMap((one) => [one.source, one.target]));
  return { nodes: [...nodes.values()].filter((one) => used.has(one.id)), links };
}

/** Receipts at which each party with a limit is out, in the order of the plan. */
export function ladderSteps(document: DealDocument, book: FigureBook): LadderStep[] {
  const seen = new Set<string>();
  return leafTiers(document.recoupment?.tiers ?? []).flatMap((tier) => {
    const party = document.parties?.find((one) => one.id === tier.takes.payee);
    if (!party || seen.has(party.id)) return [];
    seen.add(party.id);
    const address = `recoupment.${party.id}.breakeven_receipts`;
    const out = book.money(address);
    return out && out.minor > 0
      ? [{ id: party.id, label: party.name, kind: kindOfParty(party.role), out, address }]
      : [];
  });
}
