import type { SpendMonth } from '../../charts/s-curve/layout.ts';
import type { BudgetLine } from '../../domain/document.ts';
import { toScale } from '../../domain/money.ts';
import type { FigureBook } from '../workspace/figures.ts';
import { ACCOUNT_GROUPS, groupOf } from './accounts.ts';
import { phaseOf } from './weights.ts';

export type Grouping = 'phase' | 'group';

const PHASES = ['development', 'pre_production', 'production', 'post_production', 'delivery'] as const;

/** Contingency has a look of its own: it is there in case. */
export const IN_CASE = 6;

/** A group with what each month is added up from, in the order of the months. */
export type SpendGroup = {
  id: string;
  /** Its shade, the same whatever other groups there are. */
  slot: number;
  addresses: readonly (readonly string[])[];
};
export type Spend = { groups: SpendGroup[]; months: SpendMonth[] };

/**
 * Spend by month as the cash flow has it, drawn by the phase or the accounts of the lines; contingency comes last. Amounts
 * in several currencies are not drawn on one another: then there is one group, in the currency of the deal.
 */
export function spendOf(
  lines: readonly BudgetLine[],
  book: FigureBook,
  currency: string,
  grouping: Grouping,
): Spend {
  const total = book.family('cash_flow.spend');
  // Beside the months the family holds years.
  const months = total
    .flatMap(({ address, value }) => {
      const month = /\[(\d{4}-\d{2})\]$/.exec(address)?.[1];
      return month !== undefined && value.kind === 'money' && value.amount.minor !== 0 ? [month] : [];
    })
    .sort();
  const order: readonly string[] = grouping === 'phase' ? PHASES : ACCOUNT_GROUPS;
  const keyOf = (line: BudgetLine) => (grouping === 'phase' ? phaseOf(line) : groupOf(line.account));
  const sources = [
    ...order.map((id, at) => ({
      id,
      slot: at + 1,
      stems: lines.filter((line) => keyOf(line) === id).map((line) => `budget.${line.id}.spend`),
    })),
    { id: 'contingency', slot: IN_CASE, stems: ['budget.contingency_spend'] },
  ].filter(({ stems }) => stems.some((stem) => book.family(stem).length > 0));
  const isForeign = sources.some(({ stems }) =>
    stems.some((stem) =>
      book.family(stem).some(({ value }) => value.kind === 'money' && value.amount.currency !== currency),
    ),
  );
  const drawn = isForeign ? [{ id: 'all', slot: 3, stems: ['cash_flow.spend'] }] : sources;
  const addressesOf = (stems: readonly string[], month: string) =>
    stems.map((stem) => `${stem}[${month}]`).filter((address) => book.money(address) !== null);
  const scaled = (address: string) => {
    const money = book.money(address);
    return money ? toScale(money) : 0;
  };
  return {
    groups: drawn.map(({ id, slot, stems }) => ({
      id,
      slot,
      addresses: months.map((month) => addressesOf(stems, month)),
    })),
    months: months.map((month) => ({
      month,
      parts: drawn.map(({ stems }) =>
        addressesOf(stems, month).reduce((height, address) => height + scaled(address), 0),
      ),
      address: `cash_flow.spend[${month}]`,
    })),
  };
}
