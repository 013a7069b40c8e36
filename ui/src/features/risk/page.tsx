import { useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { JobView, RiskPartyDto, RiskView } from '../../api/bindings.ts';
import { MovingContext } from '../../charts/kernel/moving.ts';
import { isSame } from '../../charts/kernel/same.ts';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { numberFormat } from '../../domain/intl.ts';
import { type Kind, kindOfParty } from '../../domain/kinds.ts';
import { useText } from '../../i18n/index.tsx';
import { isUnderWay } from '../jobs/use-jobs.ts';
import { Fault } from '../shell/fault.tsx';
import { goToCell } from '../shell/go-to.ts';
import { Page } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useDrawn } from './driver-words.ts';
import { Drivers } from './drivers.tsx';
import { correlationsOf, driversOf } from './edits.ts';
import { headlineOf } from './headline.ts';
import { LIVE, type Live, RESTED, useLive } from './live.ts';
import { Outlook } from './outlook.tsx';
import { StartRisk } from './start.tsx';
import { LONG, type LongRun, useLongRun } from './use-job.ts';
import { useView, VIEWS, type View } from './views.ts';
import { useRiskReason } from './words.ts';

// A view is read when the page stands, so that it is there when somebody first looks at it.
const readSensitivity = () => import('./sensitivity.tsx');
const readCorrelations = () => import('./correlations.tsx');
const readGoal = () => import('./goal.tsx');
const readPaths = () => import('./paths.tsx');
const Sensitivity = lazy(() => readSensitivity().then((part) => ({ default: part.Sensitivity })));
const Correlations = lazy(() => readCorrelations().then((part) => ({ default: part.Correlations })));
const Goal = lazy(() => readGoal().then((part) => ({ default: part.Goal })));
const Paths = lazy(() => readPaths().then((part) => ({ default: part.Paths })));

/** What the deal comes to when its numbers are uncertain, moving while a distribution is dragged. */
export function RiskPage() {
  const { t, locale } = useText();
  const { document } = useDeal();
  const [paths, setPaths] = useState(LIVE);
  const [asked, setAsked] = useState<string | null>(null);
  const long = useLongRun();
  const live = useLive(paths, asked, long);
  const { view } = live;
  const party = view?.parties.find((one) => one.party === (asked ?? view.chosen)) ?? view?.parties[0] ?? null;
  const none = driversOf(document).length === 0;
  const headline = none
    ? { text: t('risk.headline.empty'), about: undefined }
    : party
      ? headlineOf(party, t, locale)
      : { text: t('risk.headline.plain', { count: driversOf(document).length }), about: undefined };
  return (
    <Page
      crumb={t('nav.risk')}
      headline={headline.text}
      about={headline.about}
      actions={none ? undefined : <PathCount paths={paths} party={asked} long={long} onChange={setPaths} />}
    >
      {live.fault ? <Fault fault={live.fault} onRetry={live.retry} /> : null}
      {long.fault ? <Fault fault={long.fault} onRetry={long.leave} /> : null}
      {none ? (
        <StartRisk onChoose={() => undefined} />
      ) : (
        <Simulated live={live} long={long} party={party} onParty={setAsked} />
      )}
    </Page>
  );
}

type CountProps = { paths: number; party: string | null; long: LongRun; onChange: (paths: number) => void };

/** How many paths: few at once, more, or a million as a job. */
function PathCount({ paths, party, long, onChange }: CountProps) {
  const { t } = useText();
  const choose = (count: number) => {
    if (count === LONG) return void long.start(party);
    long.leave();
    onChange(count);
  };
  return (
    <Segmented
      label={t('risk.paths.how_many')}
      value={String(long.isOpen || long.isStarting ? LONG : paths)}
      onChange={(value) => choose(Number(value))}
      options={[
        { value: String(LIVE), label: t('risk.paths.live') },
        { value: String(RESTED), label: t('risk.paths.more') },
        { value: String(LONG), label: t('risk.paths.most') },
      ]}
    />
  );
}

type Props = { live: Live; long: LongRun; party: RiskPartyDto | null; onParty: (party: string) => void };

/** The drivers at the left, beside them the chosen view of what they lead to. */
function Simulated({ live, long, party, onParty }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const navigate = useNavigate();
  const { view, go } = useView();
  const [driver, setDriver] = useState<string | null>(null);
  const [bar, setBar] = useState<number | null>(null);
  const [path, setPath] = useState<number | null>(null);
  const risk = live.view;
  const parties = (risk?.parties ?? []).map((one) => ({ value: one.party, label: one.label }));
  const drawn = useDrawn(driversOf(live.document), risk?.drivers ?? NONE);
  const { propose, settle, cancel } = live;
  const tries = useMemo(() => ({ propose, settle, cancel }), [propose, settle, cancel]);
  const kindOf = useMemo(
    () =>
      Object.fromEntries(
        (document.parties ?? []).map(({ id, role }): [string, Kind] => [id, kindOfParty(role)]),
      ),
    [document.parties],
  );
  const openDriver = useCallback(
    (id: string, cell: string) => {
      if (driver === id) return void goToCell(cell, navigate);
      setDriver(id);
      globalThis.document.querySelector<HTMLElement>(`[data-driver="${CSS.escape(id)}"] button`)?.focus();
    },
    [driver, navigate],
  );
  const openBar = useCallback(
    (place: number) => {
      setBar(place);
      setPath(null);
      go('paths');
    },
    [go],
  );
  useEffect(() => {
    const reading = setTimeout(
      () => void Promise.all([readSensitivity(), readCorrelations(), readPaths(), readGoal()]),
      400,
    );
    return () => clearTimeout(reading);
  }, []);
  return (
    <MovingContext value={live.isTried}>
      <div className="risk-bar">
        <Choices view={view} onView={go} parties={parties} party={party?.party ?? null} onParty={onParty} />
        {risk ? <How risk={risk} job={long.job} isMoving={live.isMoving} /> : null}
      </div>
      <div className="risk">
        <Drivers
          drawn={drawn}
          correlations={correlationsOf(live.document)}
          live={tries}
          chosen={driver}
          onChoose={setDriver}
        />
        {risk && party ? (
          <Suspense fallback={<Skeleton label={t('pages.loading')} rows={10} />}>
            {view === 'outlook' ? (
              <Outlook
                risk={risk}
                party={party}
                kindOf={kindOf}
                bar={bar}
                onBar={openBar}
                driver={driver}
                onDriver={openDriver}
              />
            ) : null}
            {view === 'sensitivity' ? (
              <Sensitivity party={party} drawn={drawn} driver={driver} onDriver={openDriver} />
            ) : null}
            {view === 'correlations' ? <Correlations live={live} /> : null}
            {view === 'goal' ? <Goal party={party} /> : null}
            {view === 'paths' ? (
              <Paths
                risk={risk}
                party={party}
                drawn={drawn}
                bar={bar}
                onBar={openBar}
                path={path}
                onPath={setPath}
              />
            ) : null}
          </Suspense>
        ) : (
          <Nothing risk={risk} isPending={live.isPending} />
        )}
      </div>
    </MovingContext>
  );
}

type ChoicesProps = {
  view: View;
  onView: (view: View) => void;
  parties: readonly { value: string; label: string }[];
  party: string | null;
  onParty: (party: string) => void;
};

/** What is shown, and of whom. */
const Choices = memo(function Choices({ view, onView, parties, party, onParty }: ChoicesProps) {
  const { t } = useText();
  return (
    <>
      <Segmented
        label={t('risk.view')}
        value={view}
        onChange={onView}
        options={VIEWS.map((one) => ({ value: one, label: t(`risk.view.${one}`) }))}
      />
      {party === null ? null : (
        <Select label={t('risk.party')} hideLabel value={party} options={parties} onChange={onParty} />
      )}
    </>
  );
}, isSame);

const NONE: RiskView['drivers'] = [];

/** No party has anything to tell: why, or that it is on its way. */
function Nothing({ risk, isPending }: { risk: RiskView | null; isPending: boolean }) {
  const { t } = useText();
  const reason = useRiskReason();
  if (isPending) return <Skeleton label={t('pages.loading')} rows={14} />;
  if (!risk) return null;
  return (
    <EmptyState title={t('risk.nothing')} note={risk.reason ? reason(risk.reason) : t('risk.nothing.note')} />
  );
}

/** How many paths were run, from which seed, which way and whether to the end. */
function How({ risk, job, isMoving }: { risk: RiskView; job: JobView | null; isMoving: boolean }) {
  const { t, locale } = useText();
  const reason = useRiskReason();
  const { view } = useDeal();
  const count = numberFormat(locale, 0).format(risk.paths);
  return (
    <div className="risk-how" data-address={risk.convergence.address}>
      <span className="sub" title={risk.kernel}>
        {t('risk.how', {
          paths: count,
          seed: risk.seed,
          generator: t(`risk.generator.${risk.generator}` as 'risk.generator.sobol'),
        })}
      </span>
      {job && isUnderWay(job) ? (
        <span className="badge badge-note">{t('risk.running', { percent: job.percent })}</span>
      ) : risk.finished || isMoving ? null : (
        <span className="badge badge-question">{t('risk.stopped')}</span>
      )}
      {job && view.revision !== risk.revision ? (
        <span className="badge badge-question">{t('risk.older')}</span>
      ) : null}
      {risk.way !== 'slow' ? null : (
        <details className="risk-slow">
          <summary className="badge badge-note">{t('risk.way.slow')}</summary>
          <ul className="bullets">
            {risk.slow_reasons.map((one) => (
              <li key={one}>{reason(one)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
