import type { LadderStep } from '../../charts/recoupment-steps/layout.ts';
import type { DealDocument } from '../../domain/document.ts';
import { type Kind, kindOfParty, kindOfTier } from '../../domain/kinds.ts';
import type { FigureBook } from '../workspace/figures.ts';
import { leafTiers } from './flow.ts';

/** Where receipts are counted: all that the film grosses, or what reaches the collection account. */
export type Measure = 'gross' | 'receipts';
/** Who is out: each claim of the plan, or each party with all it is owed. */
export type Rung = 'party' | 'claim';

const WORDS: Record<Measure, string> = { gross: 'breakeven_gross', receipts: 'breakeven_receipts' };

/** What each party or claim with a limit needs until it is out, in the order of the plan. */
export function ladderSteps(
  document: DealDocument,
  book: FigureBook,
  measure: Measure,
  rung: Rung,
  tierName: (role: string) => string,
): LadderStep[] {
  const seen = new Set<string>();
  return leafTiers(document.recoupment?.tiers ?? []).flatMap((tier) => {
    const party = document.parties?.find((one) => one.id === tier.takes.payee);
    const id = rung === 'party' ? party?.id : tier.id;
    if (!id || seen.has(id)) return [];
    seen.add(id);
    const stem = rung === 'party' ? `recoupment.${id}` : `recoupment.claims.${id}`;
    const address = `${stem}.${WORDS[measure]}`;
    const out = book.money(address);
    // Nothing is needed where nothing is owed; where no receipts are enough, the book says so at the party.
    if (!out || out.minor <= 0) return [];
    const role = kindOfTier(tier.role);
    const kind: Kind = role === 'ink' ? kindOfParty(party?.role) : role;
    const label = rung === 'party' ? (party?.name ?? id) : (tier.label ?? tierName(tier.role ?? 'other'));
    return [{ id, label, kind: rung === 'party' ? kindOfParty(party?.role) : kind, out, address }];
  });
}
