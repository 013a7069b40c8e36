import type { GridColumn } from '../components/grid.tsx';
import { formatDate, isDate } from '../domain/dates.ts';
import type { Instrument } from '../domain/document.ts';
import type { TextKey, Translate } from '../i18n/index.tsx';
import { type Reading, typedColumn } from './cells.ts';
import type { CellValue } from './workspace/desk.tsx';

type Context = {
  t: Translate;
  maybe: (key: string, fallback: string) => string;
  locale: string;
  edit: (path: string, value: CellValue) => void;
};
/** The event most loans are counted from. */
const EVENT = 'final_delivery';
/** A loan that runs longer is a slip of the finger. */
const MOST_MONTHS = 600;

/** When a loan is due: a day, or so many months after an event; a typed number counts from the delivery. */
export function maturityColumn(
  { head, isLoan }: { head: TextKey; isLoan: (instrument: Instrument) => boolean },
  { t, maybe, locale, edit }: Context,
): GridColumn<Instrument> {
  const path = (instrument: Instrument) =>
    isLoan(instrument) ? `instruments[${instrument.id}].maturity` : null;
  const read = (instrument: Instrument, text: string): Reading => {
    const at = path(instrument);
    if (at === null) return null;
    const typed = text.trim();
    if (typed === '') return { path: at, value: null };
    if (isDate(typed)) return { path: at, value: { date: typed } };
    const months = Number(typed);
    if (!/^\d+$/.test(typed) || months > MOST_MONTHS) return { wrong: t('maturity.invalid') };
    const after = instrument.maturity?.after?.after ?? EVENT;
    return { path: at, value: { after: { after: after as CellValue, months } } };
  };
  const cell = ({ maturity }: Instrument) => {
    if (maturity?.date) return formatDate(maturity.date, locale);
    if (!maturity?.after) return '';
    const { after } = maturity.after;
    const word = typeof after === 'string' ? after : (Object.keys(after)[0] ?? EVENT);
    const event = maybe(`event.${word}`, word.replace(/_/g, ' '));
    return t('maturity.after', { count: maturity.after.months ?? 0, event });
  };
  const text = ({ maturity }: Instrument) => maturity?.date ?? maturity?.after?.months?.toString() ?? '';
  return typedColumn({ id: 'maturity', head: t(head), path, cell, text, read }, edit);
}
