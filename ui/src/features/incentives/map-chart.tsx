import { memo } from 'react';
import type { SurveyedJurisdictions } from '../../api/bindings.ts';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { type MapPlace, worldLayout } from '../../charts/world-map/layout.ts';
import { type PlaceText, WorldMapView } from '../../charts/world-map/view.tsx';
import { worldRegions } from '../../charts/world-map/world.ts';
import { useToast } from '../../components/toast.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { formatChange, formatPercent, formatWhole } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { useWords } from '../words.ts';
import { mapPlaces, placeOf } from './map-view.ts';
import { decimalOf, moneyOf } from './view.ts';

type Props = {
  data: SurveyedJurisdictions;
  chosen: string | null;
  onChoose: (code: string) => void;
  width?: number;
};

const REGIONS = worldRegions();

/** The world by what it would leave of this budget. In a file of its own: the outlines come when somebody looks. */
const MapChart = memo(
  function MapChart({ data, chosen, onChoose, width }: Props) {
    const { t, locale } = useText();
    const words = useWords();
    const texts = useFrameTexts();
    const notify = useToast();
    const places = mapPlaces(data);
    const [best] = data.places;
    const tell = (code: string): PlaceText => {
      const place = placeOf(data, code);
      const rate = decimalOf(place?.rate);
      const name = words.place(place?.jurisdiction ?? code);
      if (place === null) return { name, rate: t('map.record'), address: null };
      if (rate === null) return { name, rate: t('map.unknown'), address: null };
      return { name, rate: formatPercent(Number(rate), locale), address: place.rate?.address ?? null };
    };
    return (
      <ChartFrame
        description={{
          title: best?.rate ? t('map.title', { place: words.place(best.jurisdiction) }) : t('map.title.none'),
          summary: t('map.summary', { count: data.places.length }),
          columns: [
            t('map.place'),
            t('map.rate'),
            t('map.net'),
            t('map.gain'),
            t('map.paid'),
            t('map.programs'),
          ],
          rows: data.places.map((place) => {
            const [net, gain, rate] = [moneyOf(place.net), moneyOf(place.gain), decimalOf(place.rate)];
            return [
              words.place(place.jurisdiction),
              {
                text: rate ? formatPercent(Number(rate), locale) : t('map.unknown'),
                address: place.rate?.address,
              },
              { text: net ? formatWhole(net, locale) : '', address: place.net?.address },
              { text: gain ? formatChange(gain, locale) : '', address: place.gain?.address },
              place.paid_by ? formatMonth(place.paid_by, locale) : '',
              place.programs.map((program) => program.name).join(', '),
            ];
          }),
        }}
        subtitle={t('map.subtitle', { currency: data.currency })}
        texts={texts}
        notify={notify}
        initialWidth={width ?? 620}
        draw={(available) => {
          const geometry = layoutOf(places, available);
          return {
            height: geometry.height,
            content: <WorldMapView geometry={geometry} chosen={chosen} tell={tell} onChoose={onChoose} />,
          };
        }}
      />
    );
  },
  (one, other) => isSame(one.data, other.data) && one.chosen === other.chosen && one.width === other.width,
);

const layoutOf = (places: readonly MapPlace[], width: number) => worldLayout(REGIONS, places, { width });

export default MapChart;
