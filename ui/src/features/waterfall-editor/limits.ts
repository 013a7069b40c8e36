import type { DealDocument } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import type { Limit, Plan } from './plan.ts';

/** Every kind of limit, the plainest first. */
export const LIMIT_KINDS = [
  'amount',
  'expenses',
  'invested',
  'premium',
  'principal_and_interest',
  'preferred_return',
  'irr_hurdle',
  'multiple_hurdle',
  'per_unit',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** Kinds that speak of an instrument, and those that count it several times. */
const ON_INSTRUMENT = new Set<string>([
  'invested',
  'premium',
  'principal_and_interest',
  'preferred_return',
  'irr_hurdle',
  'multiple_hurdle',
]);
export const isOnInstrument = (kind: string): boolean => ON_INSTRUMENT.has(kind);
export const hasFactor = (kind: string): boolean =>
  ['expenses', 'invested', 'principal_and_interest'].includes(kind);

/** A limit of another kind that keeps what both kinds have, and begins with something plain where it asks for more. */
export function limitOf(kind: LimitKind, before: Limit | undefined, deal: DealDocument, plan: Plan): Limit {
  const amount = before?.amount ?? writeDocumentMoney({ minor: 0, currency: deal.currency });
  const instrument = before?.instrument ?? deal.instruments?.[0]?.id ?? '';
  const factor = hasFactor(kind) && before?.factor !== undefined ? { factor: before.factor } : {};
  switch (kind) {
    case 'amount':
      return { kind, amount };
    case 'expenses':
      return { kind, of: before?.of ?? plan.expense_types?.[0]?.id ?? '', ...factor };
    case 'premium':
      return { kind, instrument, rate: before?.rate ?? '0.2' };
    case 'preferred_return':
      return { kind, instrument, interest: before?.interest ?? { rate_annual: '0.08' } };
    case 'irr_hurdle':
      return { kind, instrument, rate_annual: before?.rate_annual ?? '0.1' };
    case 'multiple_hurdle':
      return { kind, instrument, multiple: before?.multiple ?? '1.2' };
    case 'per_unit':
      return { kind, series: before?.series ?? plan.unit_series?.[0]?.id ?? '', amount };
    default:
      return { kind, instrument, ...factor };
  }
}

/** Whether there is anything in the deal that a limit of this kind could speak of. */
export function isPossible(kind: LimitKind, deal: DealDocument, plan: Plan): boolean {
  if (isOnInstrument(kind)) return (deal.instruments ?? []).length > 0;
  if (kind === 'expenses') return (plan.expense_types ?? []).length > 0;
  if (kind === 'per_unit') return (plan.unit_series ?? []).length > 0;
  return true;
}
