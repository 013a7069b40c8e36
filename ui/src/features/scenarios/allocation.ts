import type { Kind } from '../../domain/kinds.ts';
import type { TextKey, Translate } from '../../i18n/index.tsx';

/** Kinds of money somebody can wish for. */
export const WISHES = [
  'senior_debt',
  'gap_debt',
  'mezzanine',
  'presales',
  'incentives',
  'grants',
  'deferrals',
  'equity',
] as const;
export type Wish = (typeof WISHES)[number];

const KIND: Record<Wish, Kind> = {
  senior_debt: 'senior',
  gap_debt: 'gap',
  mezzanine: 'mezz',
  presales: 'presale',
  incentives: 'soft',
  grants: 'soft',
  deferrals: 'producer',
  equity: 'equity',
};

export const isWish = (kind: string): kind is Wish => kind in KIND;
export const kindOfWish = (kind: string): Kind => (isWish(kind) ? KIND[kind] : 'cost');
export const wishName = (kind: string, t: Translate): string => t(`scenarios.wish.${kind}` as TextKey);

export type Wishes = Readonly<Record<Wish, number>>;

export const NO_WISH: Wishes = {
  senior_debt: 0,
  gap_debt: 0,
  mezzanine: 0,
  presales: 0,
  incentives: 0,
  grants: 0,
  deferrals: 0,
  equity: 0,
};

export const sumOf = (wishes: Wishes): number => WISHES.reduce((sum, kind) => sum + wishes[kind], 0);

/** Shares add up to a hundred, within one; who wishes for less or more is told by how much. */
export function standing(wishes: Wishes): { isWhole: boolean; sum: number; off: number } {
  const sum = sumOf(wishes);
  return { isWhole: Math.abs(sum - 100) <= 1, sum, off: sum - 100 };
}

/** The shares in the same proportions, so that they fill a hundred; whole numbers, the largest takes what is left. */
export function filled(wishes: Wishes): Wishes {
  const sum = sumOf(wishes);
  if (sum <= 0) return wishes;
  const whole = WISHES.map((kind) => Math.round((wishes[kind] / sum) * 100));
  const rest = 100 - whole.reduce((a, b) => a + b, 0);
  const largest = whole.indexOf(Math.max(...whole));
  whole[largest] = (whole[largest] ?? 0) + rest;
  return Object.fromEntries(WISHES.map((kind, at) => [kind, whole[at] ?? 0])) as Wishes;
}
