import { commands, type ReceiptsSheetView } from '../../api/bindings.ts';
import { type SheetReader, type SheetReading, useSheetReading } from '../sheet-reading.ts';
import { asFile, type Decisions, UNDECIDED, withRecalled } from './receipts-decisions.ts';

export type ReadReceipts = SheetReading<ReceiptsSheetView, Decisions>;

const RECEIPTS: SheetReader<ReceiptsSheetView, Decisions> = {
  undecided: UNDECIDED,
  ask: (deal, { name, content, decisions }, language) =>
    commands.readReceiptsSheet({ deal, file: asFile(name, content, decisions), language }),
  withRecalled,
};

/** A sheet of receipts that is looked at before it is taken. */
export function useReceipts(deal: string) {
  return useSheetReading(deal, RECEIPTS);
}
