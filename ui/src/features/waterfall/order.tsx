import { Swatch } from '../../components/badge.tsx';
import type { Tier } from '../../domain/document.ts';
import { kindOfTier } from '../../domain/kinds.ts';
import { formatRate } from '../../domain/rate.ts';
import { useText } from '../../i18n/index.tsx';
import { useWords } from '../words.ts';
import { useDeal } from '../workspace/desk.tsx';

/** The tiers as they are paid: first on top, members of one tier under it. */
export function OrderList() {
  const { t } = useText();
  const { document } = useDeal();
  const tiers = document.recoupment?.tiers ?? [];
  return (
    <ol className="tiers" aria-label={t('waterfall.order')}>
      {tiers.map((tier, at) => (
        <li key={tier.id} className="tier">
          <span className="tier-number">{at + 1}</span>
          <TierLine tier={tier} />
          {tier.takes.members ? (
            <ul className="tier-members">
              {tier.takes.members.map((member) => (
                <li key={member.id}>
                  <TierLine tier={member} />
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function TierLine({ tier }: { tier: Tier }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const words = useWords();
  const payee = document.parties?.find((party) => party.id === tier.takes.payee)?.name;
  return (
    <div className="tier-line">
      <Swatch kind={kindOfTier(tier.role)} />
      <div>
        <p className="tier-name">{tier.label ?? words.term('tier', tier.role ?? 'other')}</p>
        <p className="sub">
          {[payee, tier.takes.members ? null : words.limit(tier)].filter(Boolean).join(' · ')}
        </p>
      </div>
      <span className="tier-rate">
        {tier.takes.rate ? (
          <>
            <span className="visually-hidden">{t('waterfall.rate')}</span>
            {formatRate(tier.takes.rate, locale)}
          </>
        ) : null}
      </span>
    </div>
  );
}
