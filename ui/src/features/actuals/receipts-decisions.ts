import type { ReceiptsFile, ReceiptsSheetView } from '../../api/bindings.ts';

/** What a person has decided about a sheet of receipts so far. The rest is guessed by whoever reads it. */
export type Decisions = {
  readonly sheet: string | null;
  readonly header: number | null;
  /** Meanings by the letters of their columns. */
  readonly columns: Readonly<Record<string, string>>;
  /** Revenue sources by the key of a name; nothing where its rows are left out. */
  readonly sources: Readonly<Record<string, string>>;
  readonly currency: string | null;
  readonly days: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly leave: readonly number[];
};

export const UNDECIDED: Decisions = {
  sheet: null,
  header: null,
  columns: {},
  sources: {},
  currency: null,
  days: null,
  from: null,
  to: null,
  leave: [],
};

/** The decisions with what was recalled from an earlier sheet, so that the next one adds to it. */
export function withRecalled(decisions: Decisions, view: ReceiptsSheetView): Decisions {
  if (!view.recalled) return decisions;
  const columns: Record<string, string> = {};
  for (const { column, meaning, guessed } of view.columns) if (!guessed) columns[column] = meaning;
  return { ...decisions, columns: { ...columns, ...decisions.columns } };
}

function isMapped(decisions: Decisions): boolean {
  const { header, columns, sources, currency, days, from } = decisions;
  const chosen = [header, currency, days, from].some((choice) => choice !== null);
  return chosen || Object.keys(columns).length > 0 || Object.keys(sources).length > 0;
}

export function asFile(name: string, content: string, decisions: Decisions): ReceiptsFile {
  const { sheet, header, columns, sources, currency, days, from, to, leave } = decisions;
  const mapping = {
    header,
    columns: Object.entries(columns).map(([column, meaning]) => ({ column, meaning })),
    sources: { ...sources },
    currency,
    days,
    // A period is two days, or none.
    from: to === null ? null : from,
    to: from === null ? null : to,
  };
  return { name, content, sheet, mapping: isMapped(decisions) ? mapping : null, leave: [...leave] };
}
