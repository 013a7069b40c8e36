import type { FigureBook } from '../workspace/figures.ts';
import type { Names } from './names.ts';
import type { Plan, PlanTier } from './plan.ts';

/** What every part of the form of a tier is given. */
export type SectionProps = {
  plan: Plan;
  tier: PlanTier;
  path: string;
  /** Writes a field of the tier; null empties it. */
  put: (field: string, value: unknown) => void;
  names: Names;
  book: FigureBook;
};
