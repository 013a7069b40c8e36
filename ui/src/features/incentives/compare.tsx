import { memo } from 'react';
import type { SurveyedJurisdictions, WeighedCombinations } from '../../api/bindings.ts';
import { compareLayout, type Way } from '../../charts/compare-bars/layout.ts';
import { CompareBarsView } from '../../charts/compare-bars/view.tsx';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { formatExact, formatPercent } from '../../domain/money.ts';
import { type Translate, useText } from '../../i18n/index.tsx';
import { useInteraction } from '../charts/closing.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { Fault } from '../shell/fault.tsx';
import { useWords } from '../words.ts';
import { useCombinations, usePlaces } from './map-view.ts';
import { decimalOf, moneyOf } from './view.ts';

/** Of each sort only as many as somebody compares. */
const CLAIMS = 3;
const PLACES = 6;

/** What is claimed now beside the best the law would let the deal claim, and the best places to spend it all in. */
export function Compare() {
  const { t } = useText();
  const combinations = useCombinations();
  const places = usePlaces();
  const fault = combinations.fault ?? places.fault;
  if (fault) return <Fault fault={fault} onRetry={combinations.fault ? combinations.retry : places.retry} />;
  if (combinations.data === null || places.data === null)
    return <Skeleton label={t('pages.loading')} rows={6} />;
  return <CompareChart combinations={combinations.data} places={places.data} />;
}

type Props = { combinations: WeighedCombinations; places: SurveyedJurisdictions; width?: number };

export const CompareChart = memo(function CompareChart({ combinations, places, width }: Props) {
  const { t, locale } = useText();
  const { place } = useWords();
  const interaction = useInteraction();
  const texts = useFrameTexts();
  const notify = useToast();
  const ways = waysOf(combinations, places, { t, locale, place });
  return (
    <ChartFrame
      description={{
        title: t('compare.title'),
        summary: t('compare.summary', { count: ways.length }),
        columns: [t('compare.way'), t('compare.kind'), places.currency, t('map.rate'), t('map.paid')],
        rows: ways.map((way) => [
          way.label,
          t(`compare.kind.${way.kind}`),
          { text: formatExact(way.net, locale), address: way.address },
          { text: way.rate?.text ?? '', address: way.rate?.address },
          way.month,
        ]),
      }}
      subtitle={t('compare.subtitle', { currency: places.currency })}
      texts={texts}
      notify={notify}
      initialWidth={width ?? 860}
      draw={(available) => {
        const geometry = compareLayout(ways, { width: available });
        return {
          height: geometry.height,
          content: (
            <CompareBarsView
              geometry={geometry}
              locale={locale}
              interaction={interaction}
              words={{ rate: t('map.legend'), month: t('map.paid') }}
            />
          ),
        };
      }}
    />
  );
}, isSame);

type Telling = { t: Translate; locale: string; place: (code: string) => string };

/** Now, then the best legal claims, then the best places; what cannot be computed is not drawn. */
export function waysOf(
  combinations: WeighedCombinations,
  places: SurveyedJurisdictions,
  { t, locale, place }: Telling,
): Way[] {
  const share = (figure: { address: string } | null, decimal: string | null) =>
    figure && decimal ? { text: formatPercent(Number(decimal), locale), address: figure.address } : null;
  const month = (day: string | null) => (day ? formatMonth(day, locale) : '');
  const { chosen, rejected } = combinations;
  const claims = rejected.filter((one) => one.verdict !== 'barred').slice(0, CLAIMS);
  const best = places.places.filter((one) => moneyOf(one.net)?.minor).slice(0, PLACES);
  return [
    ...[chosen, ...claims].flatMap((one, at): Way[] => {
      const net = moneyOf(one.net);
      if (!net) return [];
      return [
        {
          id: one.net.address,
          label: at === 0 ? t('compare.now') : one.programs.map((program) => program.name).join(' + '),
          kind: at === 0 ? 'now' : 'claim',
          net,
          address: one.net.address,
          rate: share(one.rate, decimalOf(one.rate)),
          month: month(one.paid_by),
          isUnverified: false,
        },
      ];
    }),
    ...best.flatMap((one): Way[] => {
      const net = moneyOf(one.net);
      if (!net || !one.net) return [];
      return [
        {
          id: one.net.address,
          label: t('compare.all_in', { place: place(one.jurisdiction) }),
          kind: 'place',
          net,
          address: one.net.address,
          rate: share(one.rate, decimalOf(one.rate)),
          month: month(one.paid_by),
          isUnverified: one.unverified,
        },
      ];
    }),
  ];
}
