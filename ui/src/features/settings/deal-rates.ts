import type { ExchangeRate } from '../../api/bindings.ts';
import type { DealDocument } from '../../domain/document.ts';
import type { Change } from '../workspace/desk.tsx';

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

/**
 * What brings a rate into the deal: one change of the element that prices this pair, else a new element. The
 * uncertainty and the hedged share the producer gave the pair stay. None where the deal has it already.
 */
export function written(rate: ExchangeRate, document: DealDocument): Change[] {
  const { base, quote, rate: price, date, source } = rate;
  const cells = { base, quote, rate: price, date, source };
  const present = document.fx?.find((one) => isPair(one, rate));
  if (!present) return [{ path: 'fx', element: { id: freeId(rate, document), ...cells } }];
  const isSame =
    present.base === base &&
    present.quote === quote &&
    Number(present.rate) === Number(price) &&
    present.date === date &&
    present.source === source;
  return isSame ? [] : [{ path: `fx[${present.id}]`, value: { ...present, ...cells } }];
}

function freeId({ base, quote }: ExchangeRate, document: DealDocument): string {
  const id = `${base}-${quote}`.toLowerCase();
  const used = new Set(document.fx?.map((one) => one.id));
  if (!used.has(id)) return id;
  let copy = 2;
  while (used.has(`${id}-${copy}`)) copy += 1;
  return `${id}-${copy}`;
}
