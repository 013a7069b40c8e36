import type { DealDocument } from '../../domain/document.ts';
import type { Distribution, RiskDriver, RiskEvent } from '../../domain/risk.ts';
import { freeId } from '../ids.ts';
import { driversOf } from './edits.ts';

export type EventKind =
  | 'delivery_delay'
  | 'source_delay'
  | 'buyer_default'
  | 'credit_award'
  | 'credit_amount'
  | 'credit_delay'
  | 'overrun'
  | 'base_rate';

/** Something that may happen to a deal, and whom it is about. */
export type OfferedEvent = { kind: EventKind; about: string | null; event: RiskEvent };

export const kindOfEvent = (event: RiskEvent): EventKind =>
  typeof event === 'string' ? event : (Object.keys(event)[0] as EventKind);

/** In what a drawn number of an event is counted. */
export function unitOfEvent(event: RiskEvent): string {
  switch (kindOfEvent(event)) {
    case 'delivery_delay':
    case 'source_delay':
      return 'quarters';
    case 'credit_delay':
      return 'months';
    case 'buyer_default':
    case 'credit_award':
      return 'number';
    case 'credit_amount':
    case 'overrun':
    case 'base_rate':
      return 'rate';
  }
}

/** Whom an event is about, by the id in it. */
export function aboutOf(event: RiskEvent): string | null {
  if (typeof event === 'string') return null;
  if ('buyer_default' in event) return event.buyer_default.instrument;
  if ('credit_award' in event) return event.credit_award.claim;
  if ('credit_amount' in event) return event.credit_amount.claim;
  if ('credit_delay' in event) return event.credit_delay.claim;
  return 'base_rate' in event ? event.base_rate.base : null;
}

const SOLD = new Set([
  'presale',
  'negative_pickup',
  'streamer_licence',
  'cost_plus',
  'broadcaster_licence',
  'sales_agent_advance',
]);

type Market = { base_rates?: { id: string; name?: string }[] };

/** What may happen to this deal and is not among its drivers yet. */
export function offeredEvents(document: DealDocument): OfferedEvent[] {
  const all: RiskEvent[] = ['delivery_delay', { source_delay: {} }, { overrun: {} }];
  for (const { id, terms } of document.instruments ?? [])
    if (SOLD.has(terms.kind)) all.push({ buyer_default: { instrument: id } });
  for (const { id: claim } of document.incentives ?? [])
    all.push({ credit_award: { claim } }, { credit_amount: { claim } }, { credit_delay: { claim } });
  const { market } = document as { market?: Market };
  for (const { id } of market?.base_rates ?? []) all.push({ base_rate: { base: id } });
  const key = (event: RiskEvent) => `${kindOfEvent(event)}:${aboutOf(event) ?? ''}`;
  const taken = new Set(driversOf(document).flatMap(({ event }) => (event ? [key(event)] : [])));
  return all
    .filter((event) => !taken.has(key(event)))
    .map((event) => ({ kind: kindOfEvent(event), about: aboutOf(event), event }));
}

/** The name of an instrument, a claim's program or a base rate. */
export function nameOf(document: DealDocument, id: string, programs: ReadonlyMap<string, string>): string {
  const { market } = document as { market?: Market };
  const claim = document.incentives?.find((one) => one.id === id);
  return (
    document.instruments?.find((one) => one.id === id)?.name ??
    (claim ? programs.get(claim.program) : undefined) ??
    market?.base_rates?.find((one) => one.id === id)?.name ??
    id
  );
}

const outcomes = (...shares: [value: number, share: string][]): Distribution => ({
  discrete: shares.map(([value, probability]) => ({ id: `o${value}`, value: String(value), probability })),
});

/** Where an event begins to be told: a first guess that is dragged from there. */
const FIRST: Record<EventKind, Distribution> = {
  delivery_delay: outcomes([0, '0.6'], [1, '0.2'], [2, '0.1'], [4, '0.1']),
  source_delay: outcomes([0, '0.6'], [1, '0.2'], [2, '0.1'], [4, '0.1']),
  credit_delay: outcomes([0, '0.5'], [6, '0.3'], [12, '0.2']),
  buyer_default: { chance: '0.05' },
  credit_award: { chance: '0.9' },
  credit_amount: { triangular: { low: '0.8', mode: '1', high: '1' } },
  overrun: { triangular: { low: '0', mode: '0.03', high: '0.15' } },
  base_rate: { normal: { mean: '0', deviation: '0.01' } },
};

export function eventDriver(document: DealDocument, label: string, event: RiskEvent): RiskDriver {
  const used = driversOf(document).map(({ id }) => id);
  return { id: freeId(label, used), label, event, distribution: FIRST[kindOfEvent(event)] };
}
