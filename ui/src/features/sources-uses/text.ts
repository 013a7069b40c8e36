import { formatExact } from '../../domain/money.ts';
import type { Translate } from '../../i18n/index.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import type { ClosingRow, ClosingTable } from './rows.ts';

/** Both sides as a block that a spreadsheet takes: to the cent, cells between tabs. */
export function tableText(table: ClosingTable, book: FigureBook, t: Translate, locale: string): string {
  const amount = (address: string | null, isTaken = false): string => {
    const money = address === null ? null : book.money(address);
    if (!money) return '';
    return formatExact(isTaken ? { ...money, minor: -money.minor } : money, locale);
  };
  const line = (row: ClosingRow) =>
    [row.label, amount(row.cash, row.isTaken), amount(row.face), t(`su.${row.sureness}`)].join('\t');
  const side = (name: 'uses' | 'sources') => [
    [t(`su.${name}`), t('su.cash'), t('su.face'), t('su.status')].join('\t'),
    ...table[name].map(line),
    [t('su.total'), amount(`closing.${name}_cash`), amount(`closing.${name}`), ''].join('\t'),
  ];
  const difference = amount('closing.difference');
  return [
    ...side('uses'),
    '',
    ...side('sources'),
    '',
    [t('su.difference'), difference, difference].join('\t'),
  ].join('\r\n');
}
