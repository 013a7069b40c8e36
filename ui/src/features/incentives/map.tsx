import { lazy, Suspense, useState } from 'react';
import type { SurveyedJurisdiction, SurveyedJurisdictions } from '../../api/bindings.ts';
import { Badge } from '../../components/badge.tsx';
import { Figure } from '../../components/figure.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatDate } from '../../domain/dates.ts';
import { formatChange, formatMillions, formatPercent } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useWords } from '../words.ts';
import { PlaceCard, RecordCard } from './map-place.tsx';
import { placeOf, usePlaces } from './map-view.ts';
import { decimalOf, moneyOf } from './view.ts';

// The outlines of the world are larger than the page: they come when the page stands.
const MapChart = lazy(() => import('./map-chart.tsx'));

/** How many places stand beside the map before one is chosen. */
const RANKED = 12;

/** Where else this budget could be spent, and what each place would leave of it. */
export function Elsewhere() {
  const { t } = useText();
  const { data, isPending, fault, retry } = usePlaces();
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (isPending || data === null) return <Skeleton label={t('pages.loading')} rows={10} />;
  return <Places data={data} />;
}

export function Places({ data }: { data: SurveyedJurisdictions }) {
  const { t, locale } = useText();
  const [chosen, setChosen] = useState<string | null>(null);
  const place = chosen === null ? null : placeOf(data, chosen);
  const records = data.recorded.filter((one) => one.country === chosen || one.jurisdiction === chosen);
  const back = () => setChosen(null);
  return (
    <>
      <div className="elsewhere">
        <div className="elsewhere-map">
          <Suspense fallback={<Skeleton label={t('pages.loading')} rows={10} />}>
            <MapChart data={data} chosen={chosen} onChoose={setChosen} />
          </Suspense>
          <MapLegend />
        </div>
        <div className="elsewhere-side" aria-live="polite">
          {place ? (
            <PlaceCard data={data} place={place} onChoose={setChosen} onBack={back} />
          ) : records.length > 0 ? (
            <RecordCard records={records} onBack={back} />
          ) : (
            <Ranking data={data} onChoose={setChosen} />
          )}
        </div>
      </div>
      <p className="sub elsewhere-note">
        {t('map.assumed')}
        {data.rates ? ` ${t('map.rates', { day: formatDate(data.rates.day, locale) })}` : null}
      </p>
    </>
  );
}

const CLASSES = ['zero', '1', '2', '3', '4', '5', 'record'] as const;

function MapLegend() {
  const { t } = useText();
  return (
    <p className="legend map-legend">
      {CLASSES.map((shade) => (
        <span key={shade} className="legend-item">
          <span className={`map-swatch map-swatch-${shade}`} aria-hidden="true" />
          {t(`map.legend.${shade}`)}
        </span>
      ))}
      <span className="legend-item">
        <span className="map-swatch map-swatch-spent" aria-hidden="true" />
        {t('map.legend.spent')}
      </span>
    </p>
  );
}

type RankingProps = { data: SurveyedJurisdictions; onChoose: (code: string) => void };

/** The best places, a bar each, with the deal as it is now among them. */
function Ranking({ data, onChoose }: RankingProps) {
  const { t, locale } = useText();
  const best = data.places.slice(0, RANKED);
  const now = Number(decimalOf(data.rate) ?? 0);
  const most = Math.max(now, ...best.map((place) => Number(decimalOf(place.rate) ?? 0)), 0.0001);
  const net = moneyOf(data.net);
  const rows = best.filter((place) => place.rate !== null);
  const before = rows.filter((place) => Number(decimalOf(place.rate)) >= now).length;
  const own = (
    <li key="now" className="rank rank-now">
      <span className="rank-name">{t('map.now')}</span>
      <span className="rank-bar" aria-hidden="true">
        <span style={{ width: `${Math.max((now / most) * 100, 0).toFixed(1)}%` }} />
      </span>
      <span className="rank-rate">
        <Figure address={data.rate.address}>{formatPercent(now, locale)}</Figure>
      </span>
      <span className="rank-net">
        {net ? <Figure address={data.net.address}>{formatMillions(net, locale)}</Figure> : t('na')}
      </span>
    </li>
  );
  const items = rows.map((place) => (
    <Rank key={place.jurisdiction} place={place} most={most} onChoose={onChoose} />
  ));
  return (
    <section aria-label={t('map.best')}>
      <h3 className="side-title">{t('map.best')}</h3>
      <p className="sub">{t('map.best.note')}</p>
      <div className="rank rank-head" aria-hidden="true">
        <span />
        <span />
        <span>{t('map.legend')}</span>
        <span>{t('map.millions', { currency: data.currency })}</span>
      </div>
      <ol className="ranking">
        {items.slice(0, before)}
        {own}
        {items.slice(before)}
      </ol>
    </section>
  );
}

type RankProps = { place: SurveyedJurisdiction; most: number; onChoose: (code: string) => void };

function Rank({ place, most, onChoose }: RankProps) {
  const { t, locale } = useText();
  const words = useWords();
  const rate = Number(decimalOf(place.rate) ?? 0);
  const net = moneyOf(place.net);
  const gain = moneyOf(place.gain);
  return (
    <li className="rank">
      <span className="rank-name">
        <button type="button" className="link" onClick={() => onChoose(place.jurisdiction)}>
          {words.place(place.jurisdiction)}
        </button>
        {place.unverified ? <Badge look="dashed">{t('map.unverified')}</Badge> : null}
      </span>
      <span className="rank-bar" aria-hidden="true">
        <span style={{ width: `${Math.max((rate / most) * 100, 0).toFixed(1)}%` }} />
      </span>
      <span className="rank-rate">
        <Figure address={place.rate?.address ?? ''}>{formatPercent(rate, locale)}</Figure>
      </span>
      <span className="rank-net" title={gain ? formatChange(gain, locale) : undefined}>
        {net && place.net ? (
          <Figure address={place.net.address}>{formatMillions(net, locale)}</Figure>
        ) : (
          t('na')
        )}
      </span>
    </li>
  );
}
