import { useState } from 'react';
import type { Quantity } from '../../domain/quantity.ts';
import type { Translate } from '../../i18n/index.tsx';
import { numberOf } from './adapt.ts';
import { isWish, WISHES, type Wish, wishName } from './allocation.ts';
import { betterOf, isMeasure, MEASURES, type MeasureKey, measureName, unitName, unitOf } from './measures.ts';
import type { Scenario } from './types.ts';

/** What a column holds: what a kind of money brings, or a measure. */
export type ColumnKey = `money:${Wish}` | MeasureKey;

const MONEY = WISHES.map((kind) => `money:${kind}` as const);

/** Whether a deal closes is told beside it. */
export const COLUMNS: readonly ColumnKey[] = [...MONEY, ...MEASURES.filter((key) => key !== 'closes')];

const USUAL: readonly ColumnKey[] = [
  'money:equity',
  'effective_incentive_rate',
  'cost_of_capital',
  'all_in_cost',
  'equity_irr_p10',
  'equity_irr_p50',
  'recoupment_chance',
  'senior_recovery',
  'backend_share',
];

/** The kind of money of a column, where it is one. */
export function wishOf(column: ColumnKey): Wish | null {
  const kind = column.startsWith('money:') ? column.slice('money:'.length) : '';
  return isWish(kind) ? kind : null;
}

export function columnName(column: ColumnKey, t: Translate): string {
  const kind = wishOf(column);
  return kind ? wishName(kind, t) : isMeasure(column) ? measureName(column, t) : '';
}

export function columnUnit(column: ColumnKey, currency: string, t: Translate): string {
  // What all amounts are counted in stands above the table.
  return isMeasure(column) && unitOf(column) !== 'money' ? unitName(column, currency, t) : '';
}

/** Which way a column begins: with its better end; of amounts neither end is better, the largest comes first. */
export const isLessFirst = (column: ColumnKey): boolean => isMeasure(column) && betterOf(column) === 'lower';

/** What stands in a cell: the figure, or why there is none; nothing where a deal has no such column. */
export function cellOf(scenario: Scenario, column: ColumnKey): { address: string; value: Quantity } | null {
  const kind = wishOf(column);
  if (kind) return scenario.shares.find((share) => share.kind === kind)?.carried ?? null;
  return null;
}

/** The value of a cell, to sort by. */
export function valueIn(scenario: Scenario, column: ColumnKey): number | null {
  if (isMeasure(column)) return scenario.measures[column].value;
  const cell = cellOf(scenario, column);
  return cell ? numberOf(cell.value) : null;
}

const KEPT = 'recoup.scenarios.columns';
const isColumn = (key: unknown): key is ColumnKey => (COLUMNS as readonly unknown[]).includes(key);

export type ChosenColumns = {
  /** What can be chosen. */
  all: readonly ColumnKey[];
  shown: readonly ColumnKey[];
  toggle: (column: ColumnKey) => void;
  reset: () => void;
};

function kept(): readonly ColumnKey[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
    if (Array.isArray(value)) return value.filter(isColumn);
  } catch {
    // What cannot be read is as good as never chosen.
  }
  return USUAL;
}

/** Which columns are in sight, on this machine. */
export function useChosenColumns(): ChosenColumns {
  const [shown, setShown] = useState<readonly ColumnKey[]>(kept);
  const keep = (next: readonly ColumnKey[]) => {
    setShown(next);
    localStorage.setItem(KEPT, JSON.stringify(next));
  };
  return {
    all: COLUMNS,
    shown: COLUMNS.filter((column) => shown.includes(column)),
    toggle: (column) =>
      keep(shown.includes(column) ? shown.filter((one) => one !== column) : [...shown, column]),
    reset: () => keep(USUAL),
  };
}
