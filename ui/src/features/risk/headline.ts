import type { RiskPartyDto } from '../../api/bindings.ts';
import { formatScaled } from '../../domain/money.ts';
import type { Translate } from '../../i18n/index.tsx';
import { casesText, numberOf } from './words.ts';

type Told = { text: string; about: string | undefined };

/** Below this share of paths a total loss is no part of the sentence. */
const TOLD = 0.005;

/** What the simulation means for a party, in a sentence, and the figures it is built from. */
export function headlineOf(party: RiskPartyDto, t: Translate, locale: string): Told {
  const whole = numberOf(party.recouped);
  const median = numberOf(party.irr.p50);
  if (whole === null) {
    if (median === null) return { text: t('risk.headline.none', { party: party.label }), about: undefined };
    const text = t('risk.headline.return', {
      party: party.label,
      median: formatScaled(median * 100, locale, 1),
    });
    return { text, about: party.irr.p50.address };
  }
  const cases = casesText(whole, t, locale);
  const nothing = numberOf(party.total_loss) ?? 0;
  if (nothing >= TOLD) {
    const text = t('risk.headline.nothing', {
      party: party.label,
      cases,
      nothing: casesText(nothing, t, locale),
    });
    return { text, about: `${party.recouped.address} ${party.total_loss.address}` };
  }
  const worst = numberOf(party.multiple.p10);
  if (worst === null || whole > 0.995)
    return { text: t('risk.headline.whole', { party: party.label, cases }), about: party.recouped.address };
  const text = t('risk.headline.worst', {
    party: party.label,
    cases,
    multiple: formatScaled(worst, locale, 2),
  });
  return { text, about: `${party.recouped.address} ${party.multiple.p10.address}` };
}
