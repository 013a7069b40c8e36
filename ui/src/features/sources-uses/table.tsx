import { Fragment, useState } from 'react';
import { Badge, type BadgeLook, Swatch } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { Figure } from '../../components/figure.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { DASH, formatPercent, formatWhole } from '../../domain/money.ts';
import { type TextKey, useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import type { ClosingRow, Sureness } from './rows.ts';

const LOOK: Record<Sureness, BadgeLook> = {
  firm: 'pass',
  conditional: 'dashed',
  missing: 'blocker',
  not_cash: 'outline',
};

type Side = 'uses' | 'sources';
type Props = { side: Side; rows: readonly ClosingRow[]; book: FigureBook };

const FOLDS: Record<string, [TextKey, TextKey]> = {
  lines: ['su.lines.show', 'su.lines.hide'],
  financing: ['su.financing.show', 'su.financing.hide'],
};

/** One side of the closing table on cash and on face, each amount with its share of the total below it. */
export function ClosingSide({ side, rows, book }: Props) {
  const { t } = useText();
  const [open, setOpen] = useState<readonly string[]>([]);
  const totals = { cash: `closing.${side}_cash`, face: `closing.${side}` };
  const toggle = (id: string) =>
    setOpen(open.includes(id) ? open.filter((one) => one !== id) : [...open, id]);
  const line = (row: ClosingRow, depth: 0 | 1) => (
    <tr key={row.id} className={depth === 1 ? 'su-part' : ''}>
      <th scope="row">
        <span className="legend-item">
          {row.parts ? (
            <Fold row={row} isOpen={open.includes(row.id)} onToggle={() => toggle(row.id)} />
          ) : side === 'sources' ? (
            <Swatch kind={row.kind} certainty={row.sureness === 'not_cash' ? 'firm' : row.sureness} />
          ) : null}
          {row.label}
        </span>
      </th>
      {side === 'sources' ? (
        <td className="num">{row.contract ? <Amount book={book} address={row.contract} /> : DASH}</td>
      ) : null}
      <Basis row={row} basis="cash" total={totals.cash} book={book} />
      <Basis row={row} basis="face" total={totals.face} book={book} />
      {side === 'sources' ? (
        <td>
          <Badge look={LOOK[row.sureness]}>{t(`su.${row.sureness}`)}</Badge>
        </td>
      ) : null}
    </tr>
  );
  return (
    <div className="su">
      <TableRegion label={t(`su.table.${side}`)}>
        <thead>
          <tr>
            <th scope="col">{t('su.item')}</th>
            {side === 'sources' ? (
              <th scope="col" className="num">
                {t('su.contract')}
              </th>
            ) : null}
            {(['cash', 'face'] as const).map((basis) => (
              <Fragment key={basis}>
                <th scope="col" className="num">
                  {t(`su.${basis}`)}
                </th>
                <th scope="col" className="num">
                  {t('su.share')}
                </th>
              </Fragment>
            ))}
            {side === 'sources' ? <th scope="col">{t('su.status')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>
              {line(row, 0)}
              {open.includes(row.id) ? row.parts?.map((part) => line(part, 1)) : null}
            </Fragment>
          ))}
          <tr className="total">
            <th scope="row">{t('su.total')}</th>
            {side === 'sources' ? <td /> : null}
            {(['cash', 'face'] as const).map((basis) => (
              <Fragment key={basis}>
                <td className="num">
                  <Amount book={book} address={totals[basis]} />
                </td>
                <td />
              </Fragment>
            ))}
            {side === 'sources' ? <td /> : null}
          </tr>
          {side === 'sources' ? (
            <tr className="su-difference">
              <th scope="row">{t('su.difference')}</th>
              <td />
              {(['cash', 'face'] as const).map((basis) => (
                <Fragment key={basis}>
                  <td className="num strong">
                    <Amount book={book} address="closing.difference" />
                  </td>
                  <td />
                </Fragment>
              ))}
              <td />
            </tr>
          ) : null}
        </tbody>
      </TableRegion>
    </div>
  );
}

function Fold({ row, isOpen, onToggle }: { row: ClosingRow; isOpen: boolean; onToggle: () => void }) {
  const { t } = useText();
  const [show, hide] = FOLDS[row.id] ?? ['su.lines.show', 'su.lines.hide'];
  return (
    <IconButton
      className="su-fold"
      icon={isOpen ? 'down' : 'right'}
      label={t(isOpen ? hide : show)}
      aria-expanded={isOpen}
      onClick={onToggle}
    />
  );
}

type BasisProps = { row: ClosingRow; basis: 'cash' | 'face'; total: string; book: FigureBook };

function Basis({ row, basis, total, book }: BasisProps) {
  const { locale } = useText();
  const address = row[basis];
  const amount = address === null ? null : book.money(address);
  if (address === null || amount === null) {
    return (
      <>
        <td className="num">{DASH}</td>
        <td className="num" />
      </>
    );
  }
  const whole = book.money(total);
  // To be found is no part of the sources there are.
  const isPart =
    whole !== null && whole.minor > 0 && amount.minor !== 0 && row.sureness !== 'missing' && !row.isTaken;
  return (
    <>
      <td className="num">
        {row.isTaken ? (
          <Figure address={address}>{formatWhole({ ...amount, minor: -amount.minor }, locale)}</Figure>
        ) : (
          <Amount book={book} address={address} tone={row.sureness === 'missing' ? 'blocker' : 'ink'} />
        )}
      </td>
      <td className="num sub" data-address={`${address} ${total}`}>
        {isPart ? formatPercent(amount.minor / whole.minor, locale) : ''}
      </td>
    </>
  );
}
