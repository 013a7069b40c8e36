/** The upper edge of a block whose amount a person may change. */
export type Edge = {
  id: string;
  /** What a screen reader calls it, and its amount in words. */
  label: string;
  text: string;
  x: number;
  y: number;
  width: number;
  /** How high the block is drawn. */
  height: number;
  /** The amount it stands for, in minor units of its contract. */
  minor: number;
  /** Minor units for one unit of the drawing's height. */
  perUnit: number;
  step: number;
  most: number;
};

const ROUGH = 10;

/** The amount with the edge so much higher than where it was taken: on whole steps, and never less than nothing. */
export function dragged(edge: Edge, up: number): number {
  return whole(edge, edge.minor + up * edge.perUnit);
}

/** The amount after a key, or null where the key does not move the edge. */
export function stepped(edge: Edge, key: string): number | null {
  const steps: Record<string, number> = {
    ArrowUp: 1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowLeft: -1,
    PageUp: ROUGH,
    PageDown: -ROUGH,
  };
  if (key === 'Home') return 0;
  const by = steps[key];
  return by === undefined ? null : whole(edge, edge.minor + by * edge.step);
}

function whole({ step }: Edge, minor: number): number {
  return Math.max(0, Math.round(minor / step) * step);
}
