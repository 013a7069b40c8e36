import type { DealDocument } from './document.ts';

/** Parties that make the work and spend its budget. */
const PRODUCING = ['producer', 'co_producer', 'production_company', 'studio'];

/** The companies of a deal that may spend its budget or claim for it. */
export function companiesOf(document: DealDocument): { id: string; name: string }[] {
  return (document.parties ?? []).filter((party) => PRODUCING.includes(party.role));
}
