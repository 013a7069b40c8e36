import { type BudgetSheetView, commands } from '../../api/bindings.ts';
import { type SheetReader, type SheetReading, useSheetReading } from '../sheet-reading.ts';
import { asFile, type Decisions, UNDECIDED, withRecalled } from './decisions.ts';

export type ReadSheet = SheetReading<BudgetSheetView, Decisions>;

const BUDGETS: SheetReader<BudgetSheetView, Decisions> = {
  undecided: UNDECIDED,
  ask: (deal, { name, content, decisions }, language) =>
    commands.readBudgetSheet({ deal, file: asFile(name, content, decisions), language }),
  withRecalled,
};

/** A budget that is looked at before it is taken. */
export function useSheet(deal: string) {
  return useSheetReading(deal, BUDGETS);
}
