/** Which way is better along an axis. */
export type Way = 'higher' | 'lower';

export type ParetoPoint = {
  id: string;
  x: number;
  y: number;
  /** A third thing, told by colour; null where it has no value. */
  third: number | null;
  /** Only points that are known by name are labelled. */
  name: string | null;
  /** The deal as it stands, drawn apart from those that could be. */
  isNow: boolean;
  /** Nobody has more of one thing without less of another. */
  isEfficient: boolean;
};

export type ParetoData = {
  points: readonly ParetoPoint[];
  x: Way;
  y: Way;
  third: Way | null;
};

/** The part of the plane that is in sight, in the units of the axes. */
export type Sight = { readonly x: readonly [number, number]; readonly y: readonly [number, number] };

/** Above this many marks points are painted rather than drawn. */
export const MANY = 1_000;
