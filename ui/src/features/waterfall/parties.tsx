import { Swatch } from '../../components/badge.tsx';
import { kindOfParty } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';

/** What each party is entitled to, is paid and is still owed; and what comes back on what it put in. */
export function PartyTable({ book, brief }: { book: FigureBook; brief?: boolean }) {
  const { t } = useText();
  const { document } = useDeal();
  const paid = (document.parties ?? []).filter((party) => book.money(`recoupment.${party.id}.paid`) !== null);
  const columns: { head: string; address: (party: string) => string }[] = [
    { head: t('waterfall.paid'), address: (party) => `recoupment.${party}.paid` },
    { head: t('waterfall.outstanding'), address: (party) => `recoupment.${party}.outstanding` },
    ...(brief
      ? [{ head: t('waterfall.irr'), address: (party: string) => `returns.${party}.irr` }]
      : [
          { head: t('waterfall.entitled'), address: (party: string) => `recoupment.${party}.entitlement` },
          { head: t('waterfall.out'), address: (party: string) => `recoupment.${party}.breakeven_receipts` },
          {
            head: t('waterfall.out.gross'),
            address: (party: string) => `recoupment.${party}.breakeven_gross`,
          },
          { head: t('waterfall.irr'), address: (party: string) => `returns.${party}.irr` },
          { head: t('waterfall.multiple'), address: (party: string) => `returns.${party}.multiple` },
          { head: t('waterfall.payback'), address: (party: string) => `returns.${party}.payback_months` },
        ]),
  ];
  if (paid.length === 0) return <p className="sub">{t('waterfall.nobody')}</p>;
  return (
    <div className="scroll-x">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('ladder.party')}</th>
            {columns.map((column) => (
              <th key={column.head} scope="col" className="num">
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {paid.map((party) => (
            <tr key={party.id}>
              <td className="text">
                <span className="legend-item">
                  <Swatch kind={kindOfParty(party.role)} />
                  {party.name}
                </span>
              </td>
              {columns.map((column) => (
                <td key={column.head} className="num">
                  <Amount book={book} address={column.address(party.id)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
