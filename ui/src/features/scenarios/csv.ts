import type { Translate } from '../../i18n/index.tsx';
import { type ColumnKey, columnName, columnUnit, valueIn } from './columns.ts';
import { isMeasure, unitOf } from './measures.ts';
import type { Scenario, Standing } from './types.ts';

/** A field in quotes where it needs them; a text that a spreadsheet would take for a formula is kept a text. */
function field(text: string): string {
  const safe = /^[=+@\t\r]/.test(text) || /^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What is in sight of every deal as plain numbers: amounts in whole units, shares as fractions. */
export function scenariosCsv(
  scenarios: readonly Scenario[],
  standings: ReadonlyMap<string, Standing>,
  columns: readonly ColumnKey[],
  currency: string,
  t: Translate,
): string {
  const unit = (column: ColumnKey) => {
    const of = isMeasure(column) ? unitOf(column) : 'money';
    if (of === 'money') return currency;
    return of === 'share' || of === 'annual_rate'
      ? t('scenarios.csv.fraction')
      : columnUnit(column, currency, t);
  };
  const head = (column: ColumnKey) => [columnName(column, t), unit(column)].filter(Boolean).join(', ');
  const heads = [t('scenarios.rank'), t('scenarios.deal'), t('scenarios.closes'), ...columns.map(head)];
  const rows = scenarios.map((one) => [
    String(standings.get(one.id)?.rank ?? ''),
    one.name,
    t(one.closes ? 'quantity.yes' : 'quantity.no'),
    ...columns.map((column) => String(valueIn(one, column) ?? '')),
  ]);
  return [heads, ...rows].map((row) => row.map(field).join(',')).join('\r\n');
}
