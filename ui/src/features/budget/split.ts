import type { SpendShare } from '../../domain/document.ts';

/** Shares are decimal text; they are counted in whole steps, so that nothing is lost to a float and they add up to one. */
const FINEST = 12;
/** A share that has to give way does so in hundredths of a percent. */
const USUAL = 4;

function decimalsOf(share: string): number {
  return share.split('.')[1]?.replace(/0+$/, '').length ?? 0;
}

function stepsIn(share: string | undefined, decimals: number): bigint {
  const [whole = '0', fraction = ''] = (share ?? '0').split('.');
  return BigInt(`${whole}${fraction.padEnd(decimals, '0').slice(0, decimals)}`);
}

function shareOf(steps: bigint, decimals: number): string {
  const digits = steps.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const whole = digits.slice(0, -decimals);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** What the shares of a line come to, as decimal text: "1" where they are whole. */
export function sumOf(parts: readonly SpendShare[]): string {
  const sum = parts.reduce((sum, { share }) => sum + stepsIn(share, FINEST), 0n);
  return shareOf(sum, FINEST);
}

/**
 * The parts with one share typed: the others give way in proportion to what they have, those that are held do not, and
 * all of them add up to one. What cannot be had because too much is held is cut.
 */
export function withTypedShare(
  parts: readonly SpendShare[],
  id: string,
  share: string,
  held: ReadonlySet<string> = new Set(),
): SpendShare[] {
  const decimals = Math.min(
    FINEST,
    Math.max(
      USUAL,
      decimalsOf(share),
      ...parts.filter((part) => held.has(part.id)).map((part) => decimalsOf(part.share ?? '0')),
    ),
  );
  const one = 10n ** BigInt(decimals);
  const others = parts.filter((part) => part.id !== id && !held.has(part.id));
  const kept = parts.filter((part) => part.id !== id && held.has(part.id));
  const keptSteps = kept.reduce((sum, part) => sum + stepsIn(part.share, decimals), 0n);
  const most = one > keptSteps ? one - keptSteps : 0n;
  const asked = stepsIn(share, decimals);
  const steps = others.length === 0 ? most : asked > most ? most : asked;
  const left = shared(
    most - steps,
    others.map((part) => stepsIn(part.share, FINEST)),
  );
  const found = new Map<string, bigint>([[id, steps]]);
  for (const [at, part] of others.entries()) found.set(part.id, left[at] ?? 0n);
  return parts.map((part) => {
    const own = found.get(part.id);
    return own === undefined ? part : { ...part, share: shareOf(own, decimals) };
  });
}

/** Whole steps in proportion to weights: the largest remainders take what is over; where nothing weighs, the first takes all. */
function shared(steps: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) return weights.map((_, at) => (at === 0 ? steps : 0n));
  const parts = weights.map((weight) => (steps * weight) / whole);
  const over = steps - parts.reduce((sum, part) => sum + part, 0n);
  const order = weights
    .map((weight, at) => ({ at, rest: (steps * weight) % whole }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of order.slice(0, Number(over))) parts[at] = (parts[at] ?? 0n) + 1n;
  return parts;
}

/** One place more; the first takes the whole line, a later one nothing yet. */
export function withNewPlace(parts: readonly SpendShare[], jurisdiction: string): SpendShare[] {
  if (parts.some((part) => part.jurisdiction === jurisdiction)) return [...parts];
  const ids = new Set(parts.map((part) => part.id));
  const id = ids.has(jurisdiction) ? `${jurisdiction}-${ids.size + 1}` : jurisdiction;
  return [...parts, { id, jurisdiction, share: parts.length === 0 ? '1' : '0' }];
}

/** One place less; the others take its share in proportion. */
export function withoutPart(parts: readonly SpendShare[], id: string): SpendShare[] {
  const without = withTypedShare(parts, id, '0');
  return without.filter((part) => part.id !== id);
}
