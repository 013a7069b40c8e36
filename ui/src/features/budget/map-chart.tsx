import { memo } from 'react';
import { ChartFrame } from '../../charts/kernel/frame.tsx';
import { isSame } from '../../charts/kernel/same.ts';
import { worldLayout } from '../../charts/world-map/layout.ts';
import { type PlaceText, WorldMapView } from '../../charts/world-map/view.tsx';
import { worldRegions } from '../../charts/world-map/world.ts';
import { useToast } from '../../components/toast.tsx';
import { formatPercent } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { useFrameTexts } from '../charts/texts.ts';
import { useWords } from '../words.ts';
import { mapOf, type SpentPlace } from './places.ts';

type Props = {
  places: readonly SpentPlace[];
  chosen: string | null;
  onChoose: (code: string) => void;
  width?: number;
};

const REGIONS = worldRegions();
const COUNTRIES = REGIONS.flatMap(({ code }) => code ?? []);

/** The world by what is spent where. In a file of its own: the outlines come when the page stands. */
const SpendMapChart = memo(
  function SpendMapChart({ places, chosen, onChoose, width }: Props) {
    const { t, locale } = useText();
    const words = useWords();
    const texts = useFrameTexts();
    const notify = useToast();
    const [most] = places;
    const marks = mapOf(places, COUNTRIES);
    const tell = (code: string): PlaceText => {
      const there = places.filter((place) => place.code === code || place.code.startsWith(`${code}-`));
      const share = there.reduce((sum, place) => sum + place.share, 0);
      return {
        name: words.place(code),
        rate: there.length > 0 ? formatPercent(share, locale) : t('spendmap.nothing'),
        address: null,
      };
    };
    return (
      <ChartFrame
        description={{
          title: most ? t('spendmap.title', { place: words.place(most.code) }) : t('spendmap.title.none'),
          summary: t('spendmap.summary', { count: places.length }),
          columns: [t('budget.place'), t('spendmap.share'), t('spendmap.lines')],
          rows: places.map(({ code, share, parts }) => [
            words.place(code),
            {
              text: formatPercent(share, locale),
              address: [...new Set(parts.map((part) => part.address))].join(' '),
            },
            parts.map(({ line }) => line.label).join(', '),
          ]),
        }}
        subtitle={t('spendmap.subtitle')}
        texts={texts}
        notify={notify}
        initialWidth={width ?? 580}
        draw={(available) => {
          const geometry = worldLayout(REGIONS, marks, { width: available });
          return {
            height: geometry.height,
            content: <WorldMapView geometry={geometry} chosen={chosen} tell={tell} onChoose={onChoose} />,
          };
        }}
      />
    );
  },
  (one, other) =>
    isSame(one.places, other.places) && one.chosen === other.chosen && one.width === other.width,
);

export default SpendMapChart;
