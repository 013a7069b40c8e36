import type { MapPlace } from '../../charts/world-map/layout.ts';
import { POINTS } from '../../charts/world-map/places.ts';
import type { BudgetLine, SpendShare } from '../../domain/document.ts';
import { toScale } from '../../domain/money.ts';
import type { FigureBook } from '../workspace/figures.ts';

/** A part of a line that is spent in a place. */
export type SpentThere = { line: BudgetLine; part: SpendShare; address: string };
export type SpentPlace = { code: string; share: number; parts: SpentThere[] };

/** Where the lines are spent, the largest first; the share is of what is spent anywhere, for the shade of the map alone. */
export function spentPlaces(lines: readonly BudgetLine[], book: FigureBook, currency: string): SpentPlace[] {
  const found = new Map<string, SpentPlace & { weight: number }>();
  for (const line of lines) {
    const address = `budget.${line.id}.amount`;
    const money = book.money(address);
    const weight = money?.currency === currency ? toScale(money) : 0;
    for (const part of line.spend ?? []) {
      const code = part.jurisdiction;
      const place = found.get(code) ?? { code, share: 0, parts: [], weight: 0 };
      place.weight += weight * Number(part.share ?? 0);
      place.parts.push({ line, part, address });
      found.set(code, place);
    }
  }
  const whole = [...found.values()].reduce((sum, place) => sum + place.weight, 0);
  return [...found.values()]
    .map(({ weight, ...place }) => ({ ...place, share: whole > 0 ? weight / whole : 0 }))
    .sort((a, b) => b.share - a.share);
}

/** Every country can be chosen; a province or state has its own mark where something is spent. */
export function mapOf(places: readonly SpentPlace[], countries: readonly string[]): MapPlace[] {
  const spent = places.map(({ code, share }) => ({
    code,
    country: code.slice(0, 2),
    // A class of its own for what is there, however little.
    rate: Math.max(share, 0.0001),
    isSpent: true,
  }));
  const known = new Set(spent.map((place) => place.code));
  const others = countries
    .filter((code) => !known.has(code))
    .map((code) => ({ code, country: code, rate: 0, isSpent: false }));
  return [...spent, ...others];
}

/** A country and its parts that the map knows. */
export function partsOf(country: string): string[] {
  return [country, ...Object.keys(POINTS).filter((code) => code.startsWith(`${country}-`))];
}
