import { useMemo } from 'react';
import type { RiskDriverView } from '../../api/bindings.ts';
import { handlesOf, rangeOf, type Shape } from '../../charts/distribution/shape.ts';
import { parseDocumentMoney } from '../../domain/money.ts';
import type { RiskDriver } from '../../domain/risk.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { shapeOf } from './distribution.ts';
import { unitOfEvent } from './events.ts';
import { type Scale, scaleOf, type UnitWords } from './units.ts';
import { useUnitWords } from './words.ts';

/** In what a driver is counted: as the simulation says, else by what it does to the typed number. */
export function unitOf(driver: RiskDriver, known: RiskDriverView | undefined, typed: unknown): string {
  if (known) return known.unit;
  if (driver.event) return unitOfEvent(driver.event);
  if (driver.effect === undefined || driver.effect === 'multiply') return 'factor';
  const money = typeof typed === 'string' ? parseDocumentMoney(typed) : null;
  return money?.currency ?? 'number';
}

/** The largest value by which the unit of a shape is chosen. */
export const sizeOf = (shape: Shape): number =>
  Math.max(...rangeOf(shape).map(Math.abs), ...handlesOf(shape).map(({ value }) => Math.abs(value)));

/** What stands in the document at a path, such as `fx[usd-eur].rate`. */
export function cellAt(document: unknown, path: string): unknown {
  let at: unknown = document;
  for (const [, element, field] of path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)) {
    if (element !== undefined)
      at = Array.isArray(at) ? at.find((one) => (one as { id?: unknown }).id === element) : undefined;
    else at = (at as Record<string, unknown> | undefined | null)?.[field ?? ''];
    if (at === undefined || at === null) return undefined;
  }
  return at;
}

/** Under the name of a driver: its kind, its unit, what it moves with most. */
export function noteOf(
  shape: Shape | null,
  kind: string,
  scale: Scale,
  mates: string | null,
  t: Translate,
): string {
  const named = shape ? t(`risk.kind.${shape.kind}`) : kind;
  const unit = shape?.kind === 'chance' ? null : scale.unit;
  return [named, unit, mates].filter(Boolean).join(', ');
}

/** A driver as it is drawn and typed. */
export type Drawn = {
  driver: RiskDriver;
  shape: Shape | null;
  scale: Scale;
  view: RiskDriverView | undefined;
};

export function drawnOf(
  driver: RiskDriver,
  view: RiskDriverView | undefined,
  document: unknown,
  words: UnitWords,
): Drawn {
  const shape = shapeOf(driver.distribution);
  const typed = cellAt(document, driver.paths?.[0] ?? '');
  const scale = scaleOf(unitOf(driver, view, typed), shape ? sizeOf(shape) : 1, words);
  return { driver, shape, scale, view };
}

export function useDrawn(drivers: readonly RiskDriver[], views: readonly RiskDriverView[]): Drawn[] {
  const { document } = useDeal();
  const words = useUnitWords();
  const { locale } = useText();
  return useMemo(
    () =>
      drivers.map((driver) =>
        drawnOf(
          driver,
          views.find(({ id }) => id === driver.id),
          document,
          words,
        ),
      ),
    // The words follow the language, and so does the locale.
    [drivers, views, document, words, locale],
  );
}
