import type { BudgetSheetView, SheetColumnChoice, SheetFile } from '../../api/bindings.ts';

/** What a person has decided about a file so far. The rest is guessed by whoever reads it. */
export type Decisions = {
  readonly sheet: string | null;
  readonly header: number | null;
  /** Columns by their letters. */
  readonly columns: Readonly<Record<string, { meaning: string; place: string | null }>>;
  /** Standard accounts by the key of a line. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly place: string | null;
  readonly currency: string | null;
  readonly keep: readonly number[];
  readonly leave: readonly number[];
};

export const UNDECIDED: Decisions = {
  sheet: null,
  header: null,
  columns: {},
  accounts: {},
  place: null,
  currency: null,
  keep: [],
  leave: [],
};

/** A sheet of its own begins again: its columns and rows are others. */
export function onSheet(sheet: string): Decisions {
  return { ...UNDECIDED, sheet };
}

/** The decisions with what was recalled from an earlier sheet, so that the next one adds to it. */
export function withRecalled(decisions: Decisions, view: BudgetSheetView): Decisions {
  if (!view.recalled) return decisions;
  const columns: Record<string, { meaning: string; place: string | null }> = {};
  for (const { column, meaning, place, guessed } of view.columns)
    if (!guessed) columns[column] = { meaning, place };
  const accounts: Record<string, string> = {};
  for (const { line } of view.rows) if (line?.ground === 'chosen') accounts[line.key] = line.account;
  return {
    ...decisions,
    columns: { ...columns, ...decisions.columns },
    accounts: { ...accounts, ...decisions.accounts },
    place: decisions.place ?? view.place,
    currency: decisions.currency ?? (view.currency_chosen ? view.currency : null),
  };
}

/** The row is a line from now on, or none; what was decided before about it no longer holds. */
export function withRow(decisions: Decisions, row: number, isLine: boolean): Decisions {
  const others = (rows: readonly number[]) => rows.filter((one) => one !== row);
  const keep = others(decisions.keep);
  const leave = others(decisions.leave);
  return { ...decisions, keep: isLine ? [...keep, row] : keep, leave: isLine ? leave : [...leave, row] };
}

/** Whether anything about columns and accounts was decided: then nothing is recalled over it. */
function isMapped({ header, columns, accounts, place, currency }: Decisions): boolean {
  const chosen = [header, place, currency].some((choice) => choice !== null);
  return chosen || Object.keys(columns).length > 0 || Object.keys(accounts).length > 0;
}

export function asFile(name: string, content: string, decisions: Decisions): SheetFile {
  const columns: SheetColumnChoice[] = Object.entries(decisions.columns).map(([column, choice]) => ({
    column,
    ...choice,
  }));
  const { header, accounts, place, currency } = decisions;
  return {
    name,
    content,
    sheet: decisions.sheet,
    mapping: isMapped(decisions) ? { header, columns, accounts: { ...accounts }, place, currency } : null,
    keep: [...decisions.keep],
    leave: [...decisions.leave],
  };
}
