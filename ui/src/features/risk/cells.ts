import { useMemo } from 'react';
import type { DealDocument } from '../../domain/document.ts';
import { formatProse, parseDocumentMoney } from '../../domain/money.ts';
import { formatNumber } from '../../domain/quantity.ts';
import { useText } from '../../i18n/index.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { useDeal } from '../workspace/desk.tsx';

/** A typed number of the deal that can be uncertain. */
export type NumberCell = { path: string; value: string };

const AMOUNT = /^[A-Z]{3} -?\d+(\.\d+)?$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** Sections whose numbers say nothing about the film, and words that only look like numbers. */
const APART = new Set([
  'schema',
  'id',
  'name',
  'as_of',
  'risk',
  'assumptions',
  'actuals',
  'preferences',
  'notes',
  'project',
]);
const NO_NUMBERS = new Set(['id', 'account', 'date', 'from', 'to', 'seen', 'version', 'year', 'number']);

/** Every amount, rate and number that is typed in a deal, by the path of its cell. */
export function numberCells(document: DealDocument): NumberCell[] {
  const found: NumberCell[] = [];
  const walk = (at: unknown, path: string, field: string): void => {
    if (typeof at === 'string') {
      if (!NO_NUMBERS.has(field) && (AMOUNT.test(at) || DECIMAL.test(at))) found.push({ path, value: at });
    } else if (typeof at === 'number') {
      if (!NO_NUMBERS.has(field)) found.push({ path, value: String(at) });
    } else if (Array.isArray(at)) {
      for (const one of at) {
        const id = (one as { id?: unknown } | null)?.id;
        if (typeof id === 'string') walk(one, `${path}[${id}]`, field);
      }
    } else if (typeof at === 'object' && at !== null) {
      for (const [name, one] of Object.entries(at)) walk(one, path === '' ? name : `${path}.${name}`, name);
    }
  };
  for (const [section, part] of Object.entries(document))
    if (!APART.has(section)) walk(part, section, section);
  return found;
}

export type NamedCell = NumberCell & { label: string; shown: string };

/** The same with the names people know them by. */
export function useNumberCells(): NamedCell[] {
  const { document } = useDeal();
  const label = useAddressLabel();
  const { locale } = useText();
  return useMemo(
    () =>
      numberCells(document).map((cell) => {
        const money = parseDocumentMoney(cell.value);
        return {
          ...cell,
          label: label(cell.path),
          shown: money ? formatProse(money, locale) : formatNumber(cell.value, locale),
        };
      }),
    [document, label, locale],
  );
}
