import type { GridColumn } from '../components/grid.tsx';
import {
  DASH,
  formatExact,
  formatWhole,
  type Money,
  minorDigits,
  parseMinor,
  writeDocumentMoney,
} from '../domain/money.ts';
import { formatRateNumber, parsePercent } from '../domain/rate.ts';
import type { Translate } from '../i18n/index.tsx';
import type { CellValue } from './workspace/desk.tsx';

type Context = { t: Translate; locale: string; edit: (path: string, value: CellValue) => void };
type Base<Row> = { id: string; head: string; path: (row: Row) => string | null };

/** A column of typed amounts. A row without a path shows the amount and does not open. */
export function moneyColumn<Row>(
  base: Base<Row> & { value: (row: Row) => Money | null; currency: string },
  { t, locale, edit }: Context,
): GridColumn<Row> {
  const { value, path, currency } = base;
  return {
    id: base.id,
    head: base.head,
    path: base.path,
    align: 'right',
    cell: (row) => {
      const money = value(row);
      return money ? formatWhole(money, locale) : '';
    },
    text: (row) => {
      const money = value(row);
      return money === null || money.minor === 0 ? '' : formatExact(money, locale);
    },
    commit: (row, text) => {
      const at = path(row);
      const unit = value(row)?.currency ?? currency;
      if (at === null) return null;
      if (text.trim() === '') {
        edit(at, null);
        return null;
      }
      const minor = parseMinor(text, unit, locale);
      if (minor === null) return t('field.money.invalid', { digits: minorDigits(unit) });
      edit(at, writeDocumentMoney({ minor, currency: unit }));
      return null;
    },
  };
}

/** A column of fractions, read and typed in percent. */
export function percentColumn<Row>(
  base: Base<Row> & { value: (row: Row) => string | undefined },
  { t, locale, edit }: Context,
): GridColumn<Row> {
  const { value, path } = base;
  const shown = (row: Row) => {
    const decimal = value(row);
    if (decimal === undefined) return '';
    return Number(decimal) === 0 ? DASH : formatRateNumber(decimal, locale);
  };
  return {
    id: base.id,
    head: base.head,
    path: base.path,
    align: 'right',
    cell: shown,
    text: (row) => {
      const decimal = value(row);
      return decimal === undefined ? '' : formatRateNumber(decimal, locale);
    },
    commit: (row, text) => {
      const at = path(row);
      if (at === null) return null;
      if (text.trim() === '') {
        edit(at, null);
        return null;
      }
      const decimal = parsePercent(text, locale);
      if (decimal === null) return t('field.rate.invalid');
      edit(at, decimal);
      return null;
    },
  };
}

export function textColumn<Row>(
  base: Base<Row> & { value: (row: Row) => string },
  edit: Context['edit'],
): GridColumn<Row> {
  return {
    id: base.id,
    head: base.head,
    path: base.path,
    cell: base.value,
    text: base.value,
    commit: (row, text) => {
      const at = base.path(row);
      if (at !== null && text.trim() !== '') edit(at, text.trim());
      return null;
    },
  };
}

export function choiceColumn<Row>(
  base: Base<Row> & {
    value: (row: Row) => string;
    label: (value: string) => string;
    choices: readonly string[];
  },
  edit: Context['edit'],
): GridColumn<Row> {
  return {
    id: base.id,
    head: base.head,
    path: base.path,
    cell: (row) => base.label(base.value(row)),
    text: base.value,
    choices: base.choices.map((value) => ({ value, label: base.label(value) })),
    commit: (row, text) => {
      const at = base.path(row);
      const chosen = base.choices.find((choice) => choice === text || base.label(choice) === text);
      if (at !== null && chosen !== undefined) edit(at, chosen);
      return null;
    },
  };
}

export function countColumn<Row>(
  base: Base<Row> & { value: (row: Row) => number | undefined },
  { t, edit }: Context,
): GridColumn<Row> {
  return {
    id: base.id,
    head: base.head,
    path: base.path,
    align: 'right',
    cell: (row) => base.value(row)?.toString() ?? '',
    text: (row) => base.value(row)?.toString() ?? '',
    commit: (row, text) => {
      const at = base.path(row);
      const count = Number(text);
      if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(count)) return t('field.number.invalid');
      if (at !== null) edit(at, count);
      return null;
    },
  };
}
