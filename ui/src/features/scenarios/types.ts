import type { FigureDto, ScenarioShareDto } from '../../api/bindings.ts';
import type { Kind } from '../../domain/kinds.ts';
import type { Money } from '../../domain/money.ts';
import type { Quantity } from '../../domain/quantity.ts';
import type { MeasureKey } from './measures.ts';

export const READERS = ['producer', 'equity', 'lender', 'balanced'] as const;
export type Reader = (typeof READERS)[number];

/** A measure of one deal, or why it has no value. */
export type Told = {
  /** In the measure's unit; amounts in major units, for drawing and sorting only. */
  value: number | null;
  /** The standard error, where it was counted on paths. */
  error: number | null;
  absent: Extract<Quantity, { kind: 'absent' }> | null;
  address: string;
};

export type Part = {
  kind: Kind;
  amount: Money;
  isConditional: boolean;
};

/** A complete deal beside others. */
export type Scenario = {
  /** Its key; `deal` is the deal as it stands. */
  id: string;
  name: string;
  isNow: boolean;
  closes: boolean;
  parts: readonly Part[];
  /** Of the deal as it stands: sources less uses where that is below nothing. */
  difference: FigureDto | null;
  /** Uses without a source, and how far the account falls below nothing; amounts that may be zero. */
  shortfall: FigureDto | null;
  overdraft: FigureDto | null;
  measures: Readonly<Record<MeasureKey, Told>>;
  /** What was wished and what it came to; nothing of the deal as it stands. */
  shares: readonly ScenarioShareDto[];
  /** An earlier one with the same stack to the cent. */
  sameAs: string | null;
  /** How many cells it changes in the deal. */
  changes: number;
};

/** A deal among the others, for one reader. */
export type Standing = {
  id: string;
  rank: number | null;
  score: FigureDto | null;
  strengths: readonly MeasureKey[];
  weaknesses: readonly MeasureKey[];
};
