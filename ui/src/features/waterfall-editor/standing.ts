import type { FindingDto } from '../../api/bindings.ts';
import { type Money, toScale } from '../../domain/money.ts';
import { type FigureBook, latest } from '../workspace/figures.ts';
import type { Plan, PlanTier, Row } from './plan.ts';

/** Where a tier stands with its money. */
export type Standing = {
  /** The address of what it was paid; none for a group of a plan that nobody has run. */
  paid: string | null;
  state: 'out' | 'open' | 'paid' | 'held' | null;
  /** What it still may take, where it has a limit and is owed something. */
  left: string | null;
  /** How much of its limit it has had, from 0 to 1; null without a limit. */
  done: number | null;
};

const NOTHING: Standing = { paid: null, state: null, left: null, done: null };

function part(paid: Money | null, limit: Money | null): number | null {
  if (!paid || !limit || limit.minor <= 0) return null;
  return Math.min(1, Math.max(0, toScale(paid) / toScale(limit)));
}

/** Read from the book of figures; a group is as far as its least advanced member. */
export function standingOf(tier: PlanTier, book: FigureBook | null): Standing {
  if (!book) return NOTHING;
  if (tier.takes.members) return groupStanding(tier, book);
  const at = `recoupment.claims.${tier.id}`;
  if (!book.at(`${at}.paid`)) return NOTHING;
  // At the end of a period before the last, what had moved by then.
  const word = (total: string, soFar: string) =>
    book.until === undefined ? `${at}.${total}` : latest(book, `${at}.${soFar}`);
  const paid = word('paid', 'cumulative');
  if (paid === null) return { ...NOTHING, state: tier.takes.kind === 'reserve' ? 'held' : 'open' };
  if (tier.takes.kind === 'reserve') return { ...NOTHING, paid, state: 'held' };
  const limit = book.money(word('limit', 'limit') ?? '');
  const left = word('outstanding', 'outstanding');
  const owed = book.money(left ?? '');
  if (!tier.takes.limit || !limit) return { ...NOTHING, paid, state: 'paid' };
  const isOut = owed !== null && owed.minor <= 0;
  return {
    paid,
    state: isOut ? 'out' : 'open',
    left: isOut ? null : left,
    done: isOut ? 1 : part(book.money(paid), limit),
  };
}

function groupStanding(tier: PlanTier, book: FigureBook): Standing {
  const members = (tier.takes.members ?? []).map((member) => standingOf(member, book));
  const total = latest(book, `recoupment.groups.${tier.id}.cumulative`);
  const limited = members.filter((one) => one.done !== null);
  if (members.length === 0 || members.every((one) => one.paid === null)) return { ...NOTHING, paid: total };
  if (limited.length < members.length) return { ...NOTHING, paid: total, state: 'paid' };
  const isOut = limited.every((one) => one.state === 'out');
  return {
    paid: total,
    state: isOut ? 'out' : 'open',
    left: null,
    done: Math.min(...limited.map((one) => one.done ?? 0)),
  };
}

/** The last day of a tier's contract, where it has one, and whether the deal's day is past it. */
export function expiryOf(tier: PlanTier, plan: Plan, today: string): { to: string; expired: boolean } | null {
  const to = plan.contracts?.find((one) => one.id === tier.takes.contract)?.to;
  return to === undefined ? null : { to, expired: to < today };
}

/** What there is to say about each line, each finding at the innermost line its cell belongs to. */
export function findingsByRow(
  rows: readonly Row[],
  findings: readonly FindingDto[],
): { at: ReadonlyMap<string, readonly FindingDto[]>; plan: readonly FindingDto[] } {
  const at = new Map<string, FindingDto[]>();
  const plan: FindingDto[] = [];
  for (const finding of findings) {
    if (finding.path !== 'recoupment' && !finding.path.startsWith('recoupment.')) continue;
    const row = rows.findLast((one) => finding.path === one.path || finding.path.startsWith(`${one.path}.`));
    if (!row) plan.push(finding);
    else at.set(row.tier.id, [...(at.get(row.tier.id) ?? []), finding]);
  }
  return { at, plan };
}
