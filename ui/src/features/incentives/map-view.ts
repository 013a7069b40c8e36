import { useQuery } from '@tanstack/react-query';
import {
  commands,
  type SurveyedJurisdiction,
  type SurveyedJurisdictions,
  type WeighedCombinations,
  type WeighedPlace,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import type { MapPlace } from '../../charts/world-map/layout.ts';
import { useText } from '../../i18n/index.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { type Answered, decimalOf, useOfDeal } from './view.ts';

/** What the whole budget would earn in each place of the library. A change does not wait for it. */
export function usePlaces(): Answered<SurveyedJurisdictions> {
  const { language } = useText();
  const { view } = useDesk();
  const query = useQuery({
    queryKey: ['incentives-places', view?.deal, view?.revision, language],
    queryFn: () => take(commands.surveyJurisdictions({ deal: view?.deal ?? '', language })),
    enabled: view !== null,
    // The map of the revision before stands until the new one is there.
    placeholderData: (before) => before,
  });
  return {
    data: query.data ?? null,
    isPending: query.isPending,
    fault: query.error instanceof Refusal ? query.error : null,
    retry: () => void query.refetch(),
  };
}

/** What each budget line would earn more in one place; asked when somebody wants to move one. */
export function usePlaceLines(jurisdiction: string): Answered<WeighedPlace> {
  const { language } = useText();
  return useOfDeal(
    'incentives-place',
    (deal) => take(commands.weighPlace({ deal, jurisdiction, language })),
    `${jurisdiction} ${language}`,
  );
}

/** What is claimed, and what other combinations would leave. */
export function useCombinations(): Answered<WeighedCombinations> {
  const { language } = useText();
  return useOfDeal(
    'incentives-combinations',
    (deal) => take(commands.weighCombinations({ deal, language })),
    language,
  );
}

/** Every place the map knows: those with a rate, and those of which there is only a record. */
export function mapPlaces(data: SurveyedJurisdictions): MapPlace[] {
  return [
    ...data.places.map((place) => ({
      code: place.jurisdiction,
      country: place.country,
      rate: place.rate === null ? null : Number(decimalOf(place.rate) ?? Number.NaN),
      isSpent: place.spends_now,
    })),
    ...data.recorded.map((place) => ({
      code: place.jurisdiction,
      country: place.country,
      rate: null,
      isSpent: false,
    })),
  ].map((place) => (Number.isNaN(place.rate) ? { ...place, rate: null } : place));
}

/** The place itself, else the best place of the country. */
export function placeOf(data: SurveyedJurisdictions, code: string): SurveyedJurisdiction | null {
  const own = data.places.find((place) => place.jurisdiction === code);
  return own ?? data.places.find((place) => place.country === code) ?? null;
}

/** Other places of the same country, the best first. */
export function besides(data: SurveyedJurisdictions, place: SurveyedJurisdiction): SurveyedJurisdiction[] {
  return data.places.filter(
    (other) => other.country === place.country && other.jurisdiction !== place.jurisdiction,
  );
}
