import type { GridColumn } from '../components/grid.tsx';
import {
  currencySign,
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

type Edit = (path: string, value: CellValue) => void;
type Context = { t: Translate; locale: string; edit: Edit };
type Base<Row> = { id: string; head: string; path: (row: Row) => string | null };

/** What typed or pasted text comes to: a change of a cell, a sentence on why not, or nothing to change. */
export type Reading = { path: string; value: CellValue } | { wrong: string } | null;
type Reader<Row> = (row: Row, text: string) => Reading;

/** A column whose text is read before anything is changed, so that a pasted block is checked as a whole. */
export function typedColumn<Row>(
  column: Omit<GridColumn<Row>, 'read'> & { read: Reader<Row> },
  edit: Edit,
): GridColumn<Row> {
  return {
    ...column,
    commit: (row, text) => {
      const reading = column.read(row, text);
      if (reading === null) return null;
      if ('wrong' in reading) return reading.wrong;
      edit(reading.path, reading.value);
      return null;
    },
  };
}

/** The number without the sign or the code of its own currency: spreadsheets copy it with them. */
function withoutCurrency(text: string, currency: string): string {
  return text.replace(currency, '').replace(currencySign(currency), '');
}

/** Groups of three as other countries write them, where they can be read in one way only. */
const ELSEWHERE = [
  { shape: /^\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d*)?|,\d{3}\.\d*)$/, locale: 'en' },
  { shape: /^\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d*)?|\.\d{3},\d*)$/, locale: 'de' },
];

/** An amount in the reader's way of writing, else in that of the spreadsheet it comes from. */
export function readMinor(text: string, currency: string, locale: string): number | null {
  const bare = withoutCurrency(text, currency).trim();
  const own = parseMinor(bare, currency, locale);
  if (own !== null) return own;
  const other = ELSEWHERE.find(({ shape }) => shape.test(bare.replace(/^[(\-−]+|\)$/g, '')));
  return other ? parseMinor(bare, currency, other.locale) : null;
}

/** A column of typed amounts. A row without a path shows the amount and does not open. */
export function moneyColumn<Row>(
  base: Base<Row> & { value: (row: Row) => Money | null; currency: string },
  { t, locale, edit }: Context,
): GridColumn<Row> {
  const { value, path, currency } = base;
  const column = {
    id: base.id,
    head: base.head,
    path: base.path,
    align: 'right' as const,
    cell: (row: Row) => {
      const money = value(row);
      return money ? formatWhole(money, locale) : '';
    },
    text: (row: Row) => {
      const money = value(row);
      return money === null || money.minor === 0 ? '' : formatExact(money, locale);
    },
    read: (row: Row, text: string): Reading => {
      const at = path(row);
      const unit = value(row)?.currency ?? currency;
      if (at === null) return null;
      if (text.trim() === '') return { path: at, value: null };
      const minor = readMinor(text, unit, locale);
      if (minor === null) return { wrong: t('field.money.invalid', { digits: minorDigits(unit) }) };
      return { path: at, value: writeDocumentMoney({ minor, currency: unit }) };
    },
  };
  return typedColumn(column, edit);
}

/** A column of fractions, read and typed in percent. */
export function percentColumn<Row>(
  base: Base<Row> & { value: (row: Row) => string | undefined },
  { t, locale, edit }: Context,
): GridColumn<Row> {
  const { value, path } = base;
  const column = {
    id: base.id,
    head: base.head,
    path: base.path,
    align: 'right' as const,
    cell: (row: Row) => {
      const decimal = value(row);
      if (decimal === undefined) return '';
      return Number(decimal) === 0 ? DASH : formatRateNumber(decimal, locale);
    },
    text: (row: Row) => {
      const decimal = value(row);
      return decimal === undefined ? '' : formatRateNumber(decimal, locale);
    },
    read: (row: Row, text: string): Reading => {
      const at = path(row);
      if (at === null) return null;
      if (text.trim() === '') return { path: at, value: null };
      const decimal = parsePercent(text, locale);
      return decimal === null ? { wrong: t('field.rate.invalid') } : { path: at, value: decimal };
    },
  };
  return typedColumn(column, edit);
}

export function textColumn<Row>(
  base: Base<Row> & { value: (row: Row) => string },
  edit: Edit,
): GridColumn<Row> {
  const read = (row: Row, text: string): Reading => {
    const at = base.path(row);
    return at === null || text.trim() === '' ? null : { path: at, value: text.trim() };
  };
  const { id, head, path, value } = base;
  return typedColumn({ id, head, path, cell: value, text: value, read }, edit);
}

export function choiceColumn<Row>(
  base: Base<Row> & {
    value: (row: Row) => string;
    label: (value: string) => string;
    choices: readonly string[];
    /** Nothing may be chosen as well; `label` says what that means. */
    unset?: boolean;
  },
  { t, edit }: Pick<Context, 't' | 'edit'>,
): GridColumn<Row> {
  const { id, head, path, value, label, choices, unset = false } = base;
  const read = (row: Row, text: string): Reading => {
    const at = path(row);
    const typed = text.trim().toLowerCase();
    if (at === null) return null;
    if (typed === '' || (unset && typed === label('').toLowerCase()))
      return unset && value(row) !== '' ? { path: at, value: null } : null;
    const chosen = choices.find((choice) => choice === typed || label(choice).toLowerCase() === typed);
    if (chosen !== undefined) return { path: at, value: chosen };
    return { wrong: t('field.choice.invalid', { choices: choices.map(label).join(', ') }) };
  };
  const offered = [...(unset ? [''] : []), ...choices].map((choice) => ({
    value: choice,
    label: label(choice),
  }));
  const cell = (row: Row) => label(value(row));
  return typedColumn({ id, head, path, cell, text: value, choices: offered, read }, edit);
}

export function countColumn<Row>(
  base: Base<Row> & { value: (row: Row) => number | undefined },
  { t, edit }: Context,
): GridColumn<Row> {
  const { id, head, path } = base;
  const shown = (row: Row) => base.value(row)?.toString() ?? '';
  const read = (row: Row, text: string): Reading => {
    const at = path(row);
    const count = Number(text);
    if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(count))
      return { wrong: t('field.number.invalid') };
    return at === null ? null : { path: at, value: count };
  };
  return typedColumn({ id, head, path, align: 'right', cell: shown, text: shown, read }, edit);
}

/** A column of words that stand for values of any kind; the first of them may stand for none. */
export function choiceOf<Row, Value extends CellValue>(
  base: Base<Row> & {
    value: (row: Row) => string;
    choices: readonly { value: string; label: string; typed: Value | null }[];
  },
  { t, edit }: Pick<Context, 't' | 'edit'>,
): GridColumn<Row> {
  const { id, head, path, value, choices } = base;
  const labelOf = (row: Row) => choices.find((choice) => choice.value === value(row))?.label ?? value(row);
  const read = (row: Row, text: string): Reading => {
    const at = path(row);
    const typed = text.trim().toLowerCase();
    if (at === null) return null;
    const chosen = choices.find(
      (choice) => choice.value.toLowerCase() === typed || choice.label.toLowerCase() === typed,
    );
    if (chosen === undefined)
      return {
        wrong: t('field.choice.invalid', { choices: choices.map((choice) => choice.label).join(', ') }),
      };
    return chosen.value === value(row) ? null : { path: at, value: chosen.typed };
  };
  const offered = choices.map((choice) => ({ value: choice.value, label: choice.label }));
  return typedColumn({ id, head, path, cell: labelOf, text: value, choices: offered, read }, edit);
}

/** A column of free words that may be taken away again. */
export function noteColumn<Row>(
  base: Base<Row> & { value: (row: Row) => string | undefined },
  edit: Edit,
): GridColumn<Row> {
  const { id, head, path } = base;
  const shown = (row: Row) => base.value(row) ?? '';
  const read = (row: Row, text: string): Reading => {
    const at = path(row);
    const typed = text.trim();
    if (at === null || (typed === '' && shown(row) === '')) return null;
    return { path: at, value: typed === '' ? null : typed };
  };
  return typedColumn({ id, head, path, cell: shown, text: shown, read }, edit);
}
