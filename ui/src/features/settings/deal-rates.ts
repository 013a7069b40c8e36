import type { ExchangeRate } from '../../api/bindings.ts';
import type { DealDocument } from '../../domain/document.ts';
import { freeId } from '../ids.ts';

const isPair = (a: { base: string; quote: string }, b: { base: string; quote: string }) =>
  (a.base === b.base && a.quote === b.quote) || (a.base === b.quote && a.quote === b.base);

/** The newest rate of every pair that involves the currency, whichever way round it is priced. */
export function ratesFor(rates: readonly ExchangeRate[], currency: string): ExchangeRate[] {
  const chosen: ExchangeRate[] = [];
  const newest = [...rates].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  for (const rate of newest) {
    if (rate.base !== currency && rate.quote !== currency) continue;
    if (!chosen.some((other) => isPair(other, rate))) chosen.push(rate);
  }
  return chosen;
}

type Rates = NonNullable<DealDocument['fx']>;

/**
 * The rates of the deal with these written in: over the one that prices the same pair, else behind the others.
 * The uncertainty and the hedged share the producer gave a pair stay. Counts what differs from before.
 */
export function withRates(
  rates: readonly ExchangeRate[],
  document: DealDocument,
): { fx: Rates; count: number } {
  const fx = [...(document.fx ?? [])];
  let count = 0;
  for (const { base, quote, rate, date, source } of rates) {
    const cells = { base, quote, rate, date, source };
    const at = fx.findIndex((one) => isPair(one, cells));
    const present = fx[at];
    if (present && isSame(present, cells)) continue;
    count += 1;
    const used = fx.map(({ id }) => id);
    if (present) fx[at] = { ...present, ...cells };
    else fx.push({ id: freeId(`${base}-${quote}`, used), ...cells });
  }
  return { fx, count };
}

function isSame(present: Rates[number], cells: Omit<Rates[number], 'id'>): boolean {
  return (
    present.base === cells.base &&
    present.quote === cells.quote &&
    Number(present.rate) === Number(cells.rate) &&
    present.date === cells.date &&
    present.source === cells.source
  );
}
