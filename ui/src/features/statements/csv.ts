import type { FigureDto, StatementLineDto, StatementsView } from '../../api/bindings.ts';
import { minorDigits } from '../../domain/money.ts';
import type { Translate } from '../../i18n/index.tsx';

/** A figure as a plain number: a decimal point, no separators; empty where nothing is. */
export function plain(figure: FigureDto | null): string {
  if (figure?.value.kind === 'number') return figure.value.decimal;
  if (figure?.value.kind !== 'money') return '';
  const { minor, currency } = figure.value.amount;
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${whole}` : whole;
}

/** A field in quotes where it needs them; a text that a spreadsheet would take for a formula is kept a text. */
export function field(text: string): string {
  const safe = /^[=+@\t\r]/.test(text) || /^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

type Said = {
  t: Translate;
  name: (line: StatementLineDto) => string;
  why: (line: StatementLineDto) => string;
};

/** One period of a statement as CSV, as it stands on the page. */
export function statementCsv(view: StatementsView, period: number, { t, name, why }: Said): string {
  const heads = [
    t('statements.line'),
    t('statements.rate'),
    t('statements.arrived'),
    t('statements.prior'),
    t('statements.current'),
    t('statements.cumulative'),
    t('statements.limit'),
    t('statements.outstanding'),
    t('statements.currency'),
    t('statements.reason'),
  ];
  const rows = view.lines.map((line) => {
    const now = line.periods[period];
    const amounts = now
      ? [now.rate, now.arrived, now.prior, now.current, now.cumulative, now.limit, now.outstanding]
      : [];
    return [name(line), ...amounts.map(plain), view.currency, why(line)];
  });
  const totals = view.totals[period];
  if (totals) {
    const amounts = [totals.prior, totals.current, totals.cumulative, totals.entitlement, totals.outstanding];
    rows.push([t('statements.total'), '', '', ...amounts.map(plain), view.currency, '']);
  }
  return [heads, ...rows].map((row) => row.map(field).join(',')).join('\r\n');
}
