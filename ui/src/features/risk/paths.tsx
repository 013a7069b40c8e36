import { useQuery } from '@tanstack/react-query';
import {
  commands,
  type PathReplay,
  type RiskHistogramDto,
  type RiskPartyDto,
  type RiskView,
} from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { TableRegion } from '../../components/table-region.tsx';
import { numberFormat } from '../../domain/intl.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { HistogramChart, placesOf, rangeText } from './charts/histogram.tsx';
import type { Drawn } from './driver-words.ts';
import { driverPath } from './edits.ts';
import { Told, ToldAmount } from './figures.tsx';
import { scaled } from './units.ts';
import { points } from './words.ts';

type Props = {
  risk: RiskView;
  party: RiskPartyDto;
  drawn: readonly Drawn[];
  bar: number | null;
  onBar: (place: number) => void;
  path: number | null;
  onPath: (path: number) => void;
};

/** One drawn future at a time: chosen from a bar of the histogram, run again exactly. */
export function Paths({ risk, party, drawn, bar, onBar, path, onPath }: Props) {
  const { t } = useText();
  const { histogram } = risk;
  if (!histogram) return <EmptyState title={t('risk.paths.none')} note={t('risk.paths.none.note')} />;
  const place = bar ?? medianPlace(histogram);
  const samples = histogram.samples[place] ?? [];
  const shown = samples.find((one) => one.path === path) ?? samples[0] ?? null;
  return (
    <div className="risk-wide risk-two">
      <section className="tile" aria-label={t('risk.output.irr')}>
        <HistogramChart
          histogram={histogram}
          party={party}
          paths={risk.paths}
          chosen={place}
          onChoose={onBar}
        />
        <Samples histogram={histogram} place={place} shown={shown?.path ?? null} onPath={onPath} />
      </section>
      <section className="tile" aria-label={t('risk.path')}>
        {shown ? (
          <Replay path={shown.path} seed={risk.seed} drawn={drawn} />
        ) : (
          <EmptyState title={t('risk.path.none')} note={t('risk.path.none.note')} />
        )}
      </section>
    </div>
  );
}

/** The bar that holds the path in the middle. */
function medianPlace(histogram: RiskHistogramDto): number {
  const places = placesOf(histogram);
  const all = places.reduce((sum, { count }) => sum + count, 0);
  let so = 0;
  for (const { place, count } of places) {
    so += count;
    if (so * 2 >= all) return place;
  }
  return places[0]?.place ?? 1;
}

type SamplesProps = {
  histogram: RiskHistogramDto;
  place: number;
  shown: number | null;
  onPath: (path: number) => void;
};

function Samples({ histogram, place, shown, onPath }: SamplesProps) {
  const { t, locale } = useText();
  const bar = placesOf(histogram).find((one) => one.place === place);
  const samples = histogram.samples[place] ?? [];
  return (
    <div className="risk-samples" data-address={histogram.address}>
      <h3>{bar ? t('risk.samples', { range: rangeText(bar, t, locale) }) : t('risk.samples.none')}</h3>
      <ul>
        {samples.map(({ path, value }) => (
          <li key={path}>
            <button
              type="button"
              className="risk-sample"
              aria-pressed={path === shown}
              onClick={() => onPath(path)}
            >
              {t('risk.sample', {
                path: numberFormat(locale, 0).format(path),
                value: points(Number(value), locale),
              })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type ReplayProps = { path: number; seed: string; drawn: readonly Drawn[] };

function Replay({ path, seed, drawn }: ReplayProps) {
  const { t, locale } = useText();
  const { view } = useDeal();
  const { data, error, refetch } = useQuery({
    queryKey: ['risk-path', view.deal, view.revision, path, seed],
    queryFn: () => take(commands.replayPath({ deal: view.deal, path, seed })),
  });
  if (error instanceof Refusal) return <Fault fault={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton label={t('pages.loading')} rows={8} />;
  return (
    <>
      <h2>{t('risk.path.title', { path: numberFormat(locale, 0).format(path) })}</h2>
      <p className="sub">{t('risk.path.note')}</p>
      <div className="risk-replay">
        <DrawnValues data={data} drawn={drawn} />
      </div>
      <div className="risk-replay">
        <Parties data={data} />
      </div>
      <p className="sub risk-difference">
        {t('risk.path.difference', { currency: data.difference.value?.currency ?? '' })}{' '}
        <ToldAmount figure={data.difference} exact />
      </p>
    </>
  );
}

function DrawnValues({ data, drawn }: { data: PathReplay; drawn: readonly Drawn[] }) {
  const { t, locale } = useText();
  return (
    <TableRegion label={t('risk.path.drawn')}>
      <thead>
        <tr>
          <th scope="col">{t('risk.driver')}</th>
          <th scope="col" className="num">
            {t('risk.path.value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.drawn.map(({ driver, label, value }) => {
          const scale = drawn.find((one) => one.driver.id === driver)?.scale;
          return (
            <tr key={driver}>
              <th scope="row" className="twin-head">
                {label}
              </th>
              <td className="num" data-path={driverPath(driver)}>
                {scale
                  ? t('risk.value', { value: scaled(Number(value), scale, locale), unit: scale.unit })
                  : value}
              </td>
            </tr>
          );
        })}
      </tbody>
    </TableRegion>
  );
}

function Parties({ data }: { data: PathReplay }) {
  const { t, locale } = useText();
  const currency = data.parties[0]?.received.value?.currency ?? '';
  return (
    <TableRegion label={t('risk.path.parties')}>
      <thead>
        <tr>
          <th scope="col">{t('risk.who')}</th>
          <th scope="col" className="num">
            {t('risk.path.invested', { currency })}
          </th>
          <th scope="col" className="num">
            {t('risk.path.received', { currency })}
          </th>
          <th scope="col" className="num">
            {t('risk.path.irr')}
          </th>
          <th scope="col">{t('risk.path.recouped')}</th>
        </tr>
      </thead>
      <tbody>
        {data.parties.map((one) => (
          <tr key={one.party}>
            <th scope="row" className="twin-head">
              {one.label}
            </th>
            <td className="num">
              <ToldAmount figure={one.invested} exact />
            </td>
            <td className="num">
              <ToldAmount figure={one.received} exact />
            </td>
            <td className="num">
              <Told figure={one.irr} print={(value) => points(value, locale)} />
            </td>
            <td>
              {one.recouped === null ? null : (
                <Badge look={one.recouped ? 'pass' : 'question'}>
                  {one.recouped ? t('risk.path.whole') : t('risk.path.short')}
                </Badge>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </TableRegion>
  );
}
