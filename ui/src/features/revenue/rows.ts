import type { RevenueCellDto, RevenueRowDto } from '../../api/bindings.ts';
import type { DealDocument, RevenueSource } from '../../domain/document.ts';
import { freeId } from '../ids.ts';

/** A line of the grid: territories that go together, and what is said of each window. */
export type Row = { id: string; territories: readonly string[]; cells: ReadonlyMap<string, RevenueCellDto> };

export function rowsOf(rows: readonly RevenueRowDto[]): Row[] {
  return rows.map((row) => ({
    id: row.territories.join('+'),
    territories: row.territories,
    cells: new Map(row.cells.map((cell) => [cell.window, cell])),
  }));
}

/** The cell of an estimate that the base case reads. */
export function baseField({ estimate = {} }: Pick<RevenueSource, 'estimate'>): string {
  return (['base', 'take', 'ask'] as const).find((field) => estimate[field] !== undefined) ?? 'base';
}

/** The cell that the computed case reads: its own, or the base case's where it has none. */
export function caseField(source: Pick<RevenueSource, 'estimate'>, chosen: string): string {
  const own = chosen === 'base' ? undefined : source.estimate?.[chosen];
  return own === undefined ? baseField(source) : chosen;
}

export function sourcesAt(document: DealDocument, cell: RevenueCellDto | undefined): RevenueSource[] {
  const known = document.revenue?.sources ?? [];
  return (cell?.sources ?? []).flatMap((id) => known.find((source) => source.id === id) ?? []);
}

/** What typing over an empty cell makes: a source of these territories and this window. */
export function newSource(
  row: Pick<Row, 'territories'>,
  window: string,
  names: { place: string; window: string },
  used: readonly string[],
): RevenueSource {
  const label = `${names.place}, ${names.window}`;
  return {
    id: freeId(`${row.territories.join('-')}-${window}`, used),
    label,
    territories: [...row.territories],
    window,
    basis: window === 'all_rights' ? 'licence_fee' : 'distributor_gross',
    start: window === 'all_rights' ? { months_after_delivery: 3 } : { months_after_release: 0 },
    ...(window === 'all_rights' ? { profile: 'lump' } : { months: 12, profile: 'even' }),
  };
}

/** `new:US+CA:svod` stands for the cell of a source that is not there yet. */
export function newPath(row: Pick<Row, 'id'>, window: string): string {
  return `new:${row.id}:${window}`;
}

export function readNewPath(path: string): { territories: string[]; window: string } | null {
  if (!path.startsWith('new:')) return null;
  const [, place = '', window = ''] = path.split(':');
  return { territories: place.split('+'), window };
}
