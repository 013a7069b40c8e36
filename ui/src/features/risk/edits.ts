import type { DealDocument } from '../../domain/document.ts';
import { parseDocumentMoney } from '../../domain/money.ts';
import type { Distribution, RiskDriver } from '../../domain/risk.ts';
import { freeId } from '../ids.ts';
import type { Cell, CellValue } from '../workspace/desk.tsx';
import { text } from './distribution.ts';

export const driversOf = (document: DealDocument): readonly RiskDriver[] => document.risk?.drivers ?? [];
export const correlationsOf = (document: DealDocument) => document.risk?.correlations ?? [];

/** The cell of the deal in which something about a driver is typed. */
export const driverPath = (id: string, field = ''): string =>
  `risk.drivers[${id}]${field === '' ? '' : `.${field}`}`;

/** A new list for a deal that has none yet, else one element more. */
export function addedDrivers(document: DealDocument, drivers: readonly RiskDriver[]): Cell {
  const value = { ...(document.risk ?? {}), drivers: [...driversOf(document), ...drivers] };
  return { path: 'risk', value: value as unknown as CellValue };
}

/** The driver goes, and with it what was said about how it moves together with others. */
export function withoutDriver(document: DealDocument, id: string): Cell[] {
  const paired = correlationsOf(document).filter(({ one, other }) => one === id || other === id);
  return [
    ...paired.map((pair) => ({ path: `risk.correlations[${pair.id}]`, value: null })),
    { path: driverPath(id), value: null },
  ];
}

/** How two drivers move together from now on; nothing is typed for two that do not. */
export function correlated(document: DealDocument, one: string, other: string, rho: number): Cell {
  const all = correlationsOf(document);
  const known = all.find(
    (pair) => (pair.one === one && pair.other === other) || (pair.one === other && pair.other === one),
  );
  const value = text(Math.round(Math.min(Math.max(rho, -1), 1) * 100) / 100);
  if (known)
    return value === '0'
      ? { path: `risk.correlations[${known.id}]`, value: null }
      : { path: `risk.correlations[${known.id}].rho`, value };
  const fresh = {
    id: freeId(
      `${one}-${other}`,
      all.map(({ id }) => id),
    ),
    one,
    other,
    rho: value,
  };
  return { path: 'risk.correlations', value: [...all, fresh] as unknown as CellValue };
}

/** The usual uncertainty of a factor about one. */
export const USUAL: Distribution = { pert: { low: '0.7', mode: '1', high: '1.3' } };

/** A driver on cells of the deal, with a name of its own. */
export function newDriver(
  document: DealDocument,
  label: string,
  paths: readonly string[],
  distribution: Distribution,
  effect: RiskDriver['effect'] = 'multiply',
): RiskDriver {
  const used = driversOf(document).map(({ id }) => id);
  return {
    id: freeId(label, used),
    label,
    paths: [...paths],
    ...(effect === 'multiply' ? {} : { effect }),
    distribution,
  };
}

/**
 * Every source of revenue with an estimate as uncertain as its own cases say: its low and high case are the ends,
 * its base the middle. Where only a base is given, from 70 to 130 % of it. A source asked and taken for lies between the two.
 */
export function revenueDrivers(document: DealDocument): RiskDriver[] {
  const drivers: RiskDriver[] = [];
  const used = driversOf(document).map(({ id }) => id);
  for (const source of document.revenue?.sources ?? []) {
    const { estimate } = source;
    // The cell that the chosen case reads.
    const middle = [document.revenue?.case ?? 'base', 'base', 'take', 'ask'].find(
      (name) => estimate?.[name] !== undefined,
    );
    if (!estimate || !middle) continue;
    const at = (name: string) => Math.abs(parseDocumentMoney(estimate[name])?.minor ?? Number.NaN);
    const base = at(middle);
    if (!(base > 0)) continue;
    const ratio = (name: string) => at(name) / base;
    const ends = middle === 'take' || middle === 'ask' ? [1, ratio('ask')] : [ratio('low'), ratio('high')];
    const [low = Number.NaN, high = Number.NaN] = ends;
    const hasEnds = low <= 1 && high >= 1 && low < high;
    const distribution: Distribution = hasEnds
      ? { pert: { low: hundredths(low), mode: '1', high: hundredths(high) } }
      : USUAL;
    const id = freeId(source.id, [...used, ...drivers.map((one) => one.id)]);
    drivers.push({
      id,
      label: source.label,
      paths: [`revenue.sources[${source.id}].estimate.${middle}`],
      distribution,
    });
  }
  return drivers;
}

const hundredths = (value: number): string => text(Math.round(value * 100) / 100);
