import { memo } from 'react';
import type { RiskClaimDto, RiskPartyDto } from '../../../api/bindings.ts';
import { ChartFrame } from '../../../charts/kernel/frame.tsx';
import { isSame } from '../../../charts/kernel/same.ts';
import { type Chance, probabilityLayout } from '../../../charts/probability-ladder/layout.ts';
import { ProbabilityView } from '../../../charts/probability-ladder/view.tsx';
import { useToast } from '../../../components/toast.tsx';
import type { Kind } from '../../../domain/kinds.ts';
import { useText } from '../../../i18n/index.tsx';
import { useInteraction } from '../../charts/closing.tsx';
import { useFrameTexts } from '../../charts/texts.ts';
import { chanceText, numberOf } from '../words.ts';

type Props = {
  parties: readonly RiskPartyDto[];
  claims: readonly RiskClaimDto[];
  kindOf: Record<string, Kind>;
  width?: number;
};

/** How likely everybody is paid all that is owed; claims stand below a party that has several. */
export const ProbabilityChart = memo(function ProbabilityChart({ parties, claims, kindOf, width }: Props) {
  const { t, locale } = useText();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const chances = chancesOf(parties, claims, kindOf, locale, t('na'));
  return (
    <ChartFrame
      description={{
        title: t('risk.chances'),
        summary: t('risk.chances.summary', { count: chances.length }),
        columns: [t('risk.who'), t('risk.probability')],
        rows: chances.map(({ label, text, address }) => [label, { text, address }]),
      }}
      subtitle={t('risk.chances.subtitle')}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 360}
      draw={(available) => {
        const geometry = probabilityLayout(chances, { width: available });
        return {
          height: geometry.height,
          content: <ProbabilityView geometry={geometry} interaction={interaction} />,
        };
      }}
    />
  );
}, isSame);

function chancesOf(
  parties: readonly RiskPartyDto[],
  claims: readonly RiskClaimDto[],
  kindOf: Record<string, Kind>,
  locale: string,
  none: string,
): Chance[] {
  return parties.flatMap((party): Chance[] => {
    const kind = kindOf[party.party] ?? 'cost';
    const own = claims.filter((claim) => claim.party === party.party && numberOf(claim.recouped) !== null);
    const chance = (
      id: string,
      label: string,
      figure: RiskPartyDto['recouped'],
      isPart: boolean,
    ): Chance => ({
      id,
      label,
      kind,
      probability: numberOf(figure),
      error: figure.error === null ? null : Number(figure.error),
      text: chanceText(figure, locale, none),
      address: figure.address,
      isPart,
    });
    const whole =
      numberOf(party.recouped) === null ? [] : [chance(party.party, party.label, party.recouped, false)];
    if (whole.length === 0 && own.length === 0) return [];
    // One claim says the same as its party.
    if (own.length <= 1 && whole.length > 0) return whole;
    const head = whole.length > 0 ? whole : [];
    return [...head, ...own.map((claim) => chance(claim.tier, claim.label, claim.recouped, head.length > 0))];
  });
}
