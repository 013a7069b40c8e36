import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands } from '../../api/bindings.ts';
import { take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/states.tsx';
import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useAddressLabel } from '../explain/labels.ts';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import { type FigureBook, useBook } from '../workspace/figures.ts';

/** A claim that counts is written under its program, one for comparison under its own id. */
function keyOf(claim: { id: string; program: string }, book: FigureBook): string {
  return book.at(`incentives.${claim.id}.credit`) ? claim.id : claim.program;
}

/** Every claim of the deal with its whole form: each line a figure that leads to its clause. */
export function IncentivesPage() {
  const { t, locale } = useText();
  const { document } = useDeal();
  const book = useBook();
  const claims = document.incentives ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = claims.find((claim) => claim.id === chosen) ?? claims[0];
  const credits = book.money('incentives.credits');
  const headline = credits
    ? t('incentives.headline', { amount: formatProse(credits, locale) })
    : t('incentives.headline.count', { count: claims.length });
  return (
    <Page crumb={t('nav.incentives')} headline={headline}>
      {book.fault ? <Fault fault={book.fault} onRetry={book.retry} /> : null}
      {claims.length === 0 ? (
        <EmptyState title={t('incentives.none')} note={t('incentives.none.note')} />
      ) : null}
      {shown ? (
        <div className="tiles tiles-fill">
          <Tile title={t('incentives.claims')} note={t('incentives.claims.note')} span={4} edge>
            <ul className="choices">
              {claims.map((claim) => (
                <li key={claim.id} className="claim">
                  <ClaimChoice
                    claim={claim.id}
                    isChosen={claim.id === shown.id}
                    onChoose={() => setChosen(claim.id)}
                  />
                  <span className="claim-credit">
                    <Amount book={book} address={`incentives.${keyOf(claim, book)}.credit`} />
                  </span>
                </li>
              ))}
            </ul>
            <dl className="totals">
              {(['incentives.credits', 'incentives.net'] as const).map((address) => (
                <div key={address} className="total-item">
                  <dt className="sub">
                    {t(address === 'incentives.net' ? 'incentives.net' : 'incentives.gross')}
                  </dt>
                  <dd className="num strong">
                    <Amount book={book} address={address} />
                  </dd>
                </div>
              ))}
            </dl>
          </Tile>
          <ClaimLines claim={keyOf(shown, book)} book={book} />
        </div>
      ) : null}
    </Page>
  );
}

function ClaimChoice({
  claim: id,
  isChosen,
  onChoose,
}: {
  claim: string;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { document } = useDeal();
  const words = useWords();
  const claim = document.incentives?.find((one) => one.id === id);
  const programs = useQuery({
    queryKey: ['programs', ''],
    queryFn: () => take(commands.searchPrograms({ words: null })),
  });
  if (!claim) return null;
  const program = programs.data?.programs.find((one) => one.program === claim.program);
  return (
    <button type="button" className="select-row" aria-pressed={isChosen} onClick={onChoose}>
      <span className="strong">{program?.name ?? claim.program}</span>
      <span className="sub choice-note">
        {[
          claim.jurisdiction ? words.place(claim.jurisdiction) : null,
          claim.status ? words.term('claim', claim.status) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <Badge look={claim.election === 'compare' || claim.election === 'exclude' ? 'outline' : 'pass'}>
        {words.term('election', claim.election ?? 'best')}
      </Badge>
    </button>
  );
}

/** The lines of one claim in the order in which they were computed. */
function ClaimLines({ claim, book }: { claim: string; book: FigureBook }) {
  const { t } = useText();
  const label = useAddressLabel();
  const start = `incentives.${claim}.`;
  const lines = [...book.all.keys()].filter((address) => address.startsWith(start));
  return (
    <Tile title={t('incentives.lines')} note={t('incentives.lines.note')} span={8}>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('programs.line')}</th>
              <th scope="col" className="num">
                {t('incentives.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((address) => (
              <tr key={address}>
                <td className="text">{label(address.slice(start.length))}</td>
                <td className="num">
                  <Amount book={book} address={address} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Tile>
  );
}
