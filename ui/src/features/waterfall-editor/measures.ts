import type { DealDocument } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import { type Condition, type Plan, poolsOf, type Relation, rowsOf, type Target } from './plan.ts';

/** What a condition can look at, the commonest first. */
export const MEASURES = [
  'received',
  'recouped',
  'not_recouped',
  'paid_to_party',
  'paid_to_tier',
  'reached_tier',
  'receipt_source',
  'receipt_territory',
  'receipt_media',
  'receipt_date',
  'paid_against_investment_and_interest',
  'film_cost_covered',
  'paid_in_pool',
  'passed_pool',
  'notional_in_pool',
  'contract_value',
  'event_value',
  'counted',
  'all',
  'any',
] as const;
export type Measure = (typeof MEASURES)[number];

export const RELATIONS = ['below', 'up_to', 'at_least', 'more_than'] as const;

/** What a measure asks for, in the order of asking. */
export type Ask =
  | 'party'
  | 'tier'
  | 'claim'
  | 'pool'
  | 'sources'
  | 'instrument'
  | 'interest'
  | 'factor'
  | 'film_cost'
  | 'series'
  | 'event'
  | 'relation'
  | 'target'
  | 'amount'
  | 'value'
  | 'count'
  | 'membership'
  | 'territories'
  | 'media'
  | 'entries'
  | 'days'
  | 'of';

const ASKS: Record<Measure, readonly Ask[]> = {
  received: ['sources', 'relation', 'target'],
  recouped: ['claim'],
  not_recouped: ['claim'],
  paid_to_party: ['party', 'relation', 'target'],
  paid_to_tier: ['tier', 'relation', 'target'],
  reached_tier: ['tier', 'relation', 'target'],
  receipt_source: ['membership', 'entries'],
  receipt_territory: ['membership', 'territories'],
  receipt_media: ['membership', 'media'],
  receipt_date: ['days'],
  paid_against_investment_and_interest: ['party', 'instrument', 'relation', 'factor', 'interest'],
  film_cost_covered: ['film_cost', 'relation', 'factor'],
  paid_in_pool: ['pool', 'relation', 'target'],
  passed_pool: ['pool', 'relation', 'target'],
  notional_in_pool: ['pool', 'relation', 'target'],
  contract_value: ['relation', 'amount'],
  event_value: ['event', 'relation', 'value'],
  counted: ['series', 'relation', 'count'],
  all: ['of'],
  any: ['of'],
};

export function asksOf(measure: string): readonly Ask[] {
  return ASKS[measure as Measure] ?? [];
}

/** Claims that have a limit: only they recoup. */
export function claimsOf(plan: Plan): string[] {
  return rowsOf(plan)
    .filter((row) => row.tier.takes.limit !== undefined)
    .map((row) => row.tier.id);
}

/** Whether the deal has what a measure looks at. */
export function isMeasurable(measure: Measure, deal: DealDocument, plan: Plan): boolean {
  const has: Partial<Record<Ask, boolean>> = {
    claim: claimsOf(plan).length > 0,
    pool: poolsOf(plan).length > 0,
    instrument: (deal.instruments ?? []).length > 0,
    film_cost: (plan.film_costs ?? []).length > 0,
    series: (plan.unit_series ?? []).length > 0,
  };
  return asksOf(measure).every((ask) => has[ask] ?? true);
}

/** A condition of another measure that keeps what both have, and begins with something plain where it asks for more. */
export function conditionOf(
  measure: Measure,
  before: Condition | undefined,
  deal: DealDocument,
  plan: Plan,
): Condition {
  const amount = writeDocumentMoney({ minor: 0, currency: deal.currency });
  const is = before?.is;
  const rows = rowsOf(plan);
  const claims = claimsOf(plan);
  const keepsClaim = before?.tier !== undefined && claims.includes(before.tier);
  const given: Record<Ask, Partial<Condition>> = {
    party: { party: before?.party ?? deal.parties?.[0]?.id ?? '' },
    tier: { tier: before?.tier ?? rows[0]?.tier.id ?? '' },
    claim: { tier: keepsClaim ? (before?.tier ?? '') : (claims[0] ?? '') },
    pool: { pool: before?.pool ?? poolsOf(plan)[0] ?? '' },
    sources: {},
    instrument: { instrument: before?.instrument ?? deal.instruments?.[0]?.id ?? '' },
    interest: { interest: before?.interest ?? { rate_annual: '0.1' } },
    factor: before?.factor === undefined ? {} : { factor: before.factor },
    film_cost: { film_cost: before?.film_cost ?? plan.film_costs?.[0]?.id ?? '' },
    series: { series: before?.series ?? plan.unit_series?.[0]?.id ?? '' },
    event: { event: before?.event ?? plan.events?.[0]?.event ?? 'event' },
    relation: { is: isRelation(is) ? is : 'at_least' },
    target: { target: isTarget(before?.target) ? before?.target : { amount } },
    amount: { target: typeof before?.target === 'string' ? before.target : amount },
    value: { target: '1' },
    count: { target: 0 },
    membership: { is: before?.is === 'not_in' ? 'not_in' : 'in' },
    territories: { list: [] },
    media: { list: [] },
    entries: { list: plan.sources?.[0] ? [plan.sources[0].id] : [] },
    days: { from: deal.as_of },
    of: { of: before?.of ?? (before ? [before] : []) },
  };
  return Object.assign({ measure }, ...asksOf(measure).map((ask) => given[ask])) as Condition;
}

function isRelation(is: Condition['is']): is is Relation {
  return RELATIONS.some((relation) => relation === is);
}

function isTarget(target: Condition['target']): target is Target {
  return typeof target === 'object';
}
