import { Swatch } from '../../components/badge.tsx';
import type { Tier } from '../../domain/document.ts';
import { kindOfParty, kindOfTier } from '../../domain/kinds.ts';
import { formatRate } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';

/** Figures of what each tier is paid; none for a plan that nobody has run. */
type Props = { book: FigureBook | null };

/** A plan over the parties of the deal on show: first paid on top, members of one tier under it. */
export function TierList({ tiers, book }: { tiers: readonly Tier[] } & Props) {
  const { t } = useText();
  return (
    <ol className="tiers" aria-label={t('waterfall.order')}>
      {tiers.map((tier, at) => (
        <li key={tier.id} className="tier">
          <span className="tier-number">{at + 1}</span>
          <TierLine tier={tier} book={book} />
          {tier.takes.members ? (
            <ul className="tier-members">
              {tier.takes.members.map((member) => (
                <li key={member.id}>
                  <TierLine tier={member} book={book} />
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function TierLine({ tier, book }: { tier: Tier } & Props) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const words = useWords();
  const payee = document.parties?.find((party) => party.id === tier.takes.payee);
  const kind = kindOfTier(tier.role);
  const rate = tier.takes.rate && Number(tier.takes.rate) !== 1 ? formatRate(tier.takes.rate, locale) : null;
  const address = `recoupment.claims.${tier.id}.paid`;
  return (
    <div className="tier-line">
      <Swatch kind={kind === 'ink' && payee ? kindOfParty(payee.role) : kind} />
      <div>
        <p className="tier-name">{tier.label ?? words.term('tier', tier.role ?? 'other')}</p>
        <p className="sub" data-path={`recoupment.tiers[${tier.id}]`} tabIndex={-1}>
          {[payee?.name, rate, tier.takes.limit ? words.limit(tier) : null].filter(Boolean).join('\u00a0· ')}
        </p>
      </div>
      {book?.at(address) ? (
        <span className="tier-rate">
          <span className="visually-hidden">{t('waterfall.paid')}</span>
          <Amount book={book} address={address} />
        </span>
      ) : null}
    </div>
  );
}
