/** Two small whole numbers that say about the same as a probability: three of four for 0.76. */
export type Fraction = { part: number; whole: number };

const WHOLES = [2, 3, 4, 5, 6, 8, 10, 12, 20];

/** The plainest fraction near enough to be said instead of a probability; null where none is, or it is all but certain. */
export function fractionOf(probability: number): Fraction | null {
  if (!(probability > 0.04 && probability < 0.965)) return null;
  // Near the ends a difference weighs more: what is rarer is told closer.
  const near = 0.07 * Math.min(probability, 1 - probability) + 0.006;
  for (const whole of WHOLES) {
    const part = Math.round(probability * whole);
    if (part > 0 && part < whole && Math.abs(part / whole - probability) <= near) return { part, whole };
  }
  return null;
}
