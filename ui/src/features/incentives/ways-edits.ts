import type { ClaimWaysDto, WayDto } from '../../api/bindings.ts';
import type { CellValue } from '../workspace/desk.tsx';
import { dateOf } from './ways-text.ts';

/** What of a claim a choice of its way touches. The rest of it is kept as it is. */
export type WayClaim = { readonly [key: string]: CellValue } & { readonly id: string };

type Fee = { readonly [key: string]: CellValue };

/** A broker is paid for a sale: with another way his fee goes. */
function feesOf(claim: WayClaim): Fee[] {
  return Array.isArray(claim.fees) ? (claim.fees as Fee[]) : [];
}

/** The claim with another way; one edit, so that one undo takes it back. */
export function withWay(claim: WayClaim, monetisation: CellValue): WayClaim {
  const wasSold =
    typeof claim.monetisation === 'object' && claim.monetisation !== null && 'transfer' in claim.monetisation;
  const fees = wasSold ? feesOf(claim).filter((fee) => fee.kind !== 'broker') : feesOf(claim);
  const { fees: _, ...rest } = claim;
  return { ...rest, ...(fees.length > 0 ? { fees } : {}), monetisation } as WayClaim;
}

/** The claim sold at a price, with the usual broker unless one is typed. */
export function sold(claim: WayClaim, price: string, broker: string | null): WayClaim {
  const fees = feesOf(claim);
  const has = fees.some((fee) => fee.kind === 'broker');
  const all =
    broker === null || has
      ? fees
      : [...fees, { id: freshId('broker', fees), kind: 'broker', amount: { share: broker } }];
  return {
    ...claim,
    ...(all.length > 0 ? { fees: all } : {}),
    monetisation: { transfer: price },
  } as WayClaim;
}

/** An id that no other element of the list has. */
export function freshId(wanted: string, others: readonly { readonly [key: string]: unknown }[]): string {
  const taken = new Set(others.map((one) => one.id));
  if (!taken.has(wanted)) return wanted;
  let count = 2;
  while (taken.has(`${wanted}-${count}`)) count += 1;
  return `${wanted}-${count}`;
}

/** Months a lender usually grants beyond the day on which the credit is expected. */
const GRACE = 3;

/** A loan against the claim on usual terms: drawn with the start of production, due when the credit is paid. */
export function usualLoan(
  claim: WayClaim,
  ways: ClaimWaysDto,
  way: WayDto,
  id: string,
  name: string,
  hasProduction: boolean,
): { readonly [key: string]: CellValue } {
  const { advance, rate, fee } = ways.usual_loan;
  const due = claim.cash as { after: CellValue; months?: number } | undefined;
  const settled = dateOf(way.figures?.settled);
  const maturity: CellValue | null = due
    ? { after: { after: due.after, months: (due.months ?? 0) + GRACE } }
    : settled
      ? { date: settled }
      : null;
  return {
    id,
    name,
    terms: { kind: 'credit_loan' },
    amount: { advance: { parts: [{ id: claim.id, against: { claim: claim.id }, share: advance }] } },
    status: 'prospective',
    drawdown: {
      method: 'as_spend_falls_due',
      ...(hasProduction ? { from: { start_of: 'production' } } : {}),
    },
    fees: [{ id: 'origination', kind: 'origination', amount: { share: fee } }],
    rate: { fixed: rate },
    compounding: 'simple',
    day_count: 'ACT/365F',
    interest_payment: 'at_maturity',
    ...(maturity ? { maturity } : {}),
    security: [{ id: claim.id, over: { claim: claim.id }, rank: 1 }],
  };
}
