import { memo, type ReactNode } from 'react';
import type { RiskPartyDto, RiskView } from '../../api/bindings.ts';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import type { Kind } from '../../domain/kinds.ts';
import { formatScaled } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { ConvergenceChart } from './charts/convergence.tsx';
import { FanChart } from './charts/fan.tsx';
import { HistogramChart } from './charts/histogram.tsx';
import { ProbabilityChart } from './charts/probability.tsx';
import { TornadoChart } from './charts/tornado.tsx';
import { Told, ToldAmount } from './figures.tsx';
import { useOutput } from './outputs.ts';
import { useSensitivity } from './use-sensitivity.ts';
import { numberOf, points, useRiskReason } from './words.ts';

type Props = {
  risk: RiskView;
  party: RiskPartyDto;
  kindOf: Record<string, Kind>;
  bar: number | null;
  onBar: (place: number) => void;
  onDriver: (driver: string, path: string) => void;
  driver: string | null;
};

/** The result in the middle, what moves it and who is paid beside it. */
export const Outlook = memo(function Outlook(props: Props) {
  const { risk, party, kindOf, bar, onBar, onDriver, driver } = props;
  const { t } = useText();
  const { fan, histogram } = risk;
  return (
    <>
      <div className="risk-middle">
        <section className="tile" aria-label={t('risk.output.irr')}>
          {histogram && numberOf(party.irr.p50) !== null ? (
            <HistogramChart
              histogram={histogram}
              party={party}
              paths={risk.paths}
              chosen={bar}
              onChoose={onBar}
            />
          ) : (
            <Withheld party={party} />
          )}
        </section>
        {fan ? (
          <section className="tile" aria-label={t('risk.output.receipts')}>
            <FanChart fan={fan} party={party.label} />
          </section>
        ) : null}
      </div>
      <div className="risk-side">
        <section className="tile" aria-label={t('risk.tornado.title.plain')}>
          <Tornado party={party} driver={driver} onDriver={onDriver} />
        </section>
        <section className="tile" aria-label={t('risk.chances')}>
          <ProbabilityChart parties={risk.parties} claims={risk.claims} kindOf={kindOf} />
        </section>
        <section className="tile risk-error" aria-label={t('risk.convergence.title.plain')}>
          {risk.convergence.points.length > 0 ? (
            <ConvergenceChart convergence={risk.convergence} recouped={party.recouped} party={party.label} />
          ) : null}
          <Numbers risk={risk} party={party} />
        </section>
      </div>
    </>
  );
});

/** No return to draw: why, in place of a drawing that would say something wrong. */
function Withheld({ party }: { party: RiskPartyDto }) {
  const { t } = useText();
  const reason = useRiskReason();
  const why = party.irr.p50.reason;
  return (
    <EmptyState
      title={t('risk.withheld', { party: party.label })}
      note={why ? reason(why) : t('risk.withheld.note')}
    />
  );
}

function Tornado({ party, driver, onDriver }: Pick<Props, 'party' | 'driver' | 'onDriver'>) {
  const { t } = useText();
  const words = useOutput('irr');
  const { sensitivity, comes, fault, retry } = useSensitivity(party.party, 'irr', true);
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (!sensitivity) return <Skeleton label={t('pages.loading')} rows={6} />;
  return (
    <div className={comes ? 'risk-comes' : ''}>
      <TornadoChart
        sensitivity={sensitivity}
        words={words}
        party={party.label}
        chosen={driver}
        onOpen={onDriver}
      />
    </div>
  );
}

/** What else is told of a party: multiple, value, payback, losses, and how the drivers hang together. */
function Numbers({ risk, party }: { risk: RiskView; party: RiskPartyDto }) {
  const { t, locale } = useText();
  const times = (value: number) => formatScaled(value, locale, 2);
  const percent = (value: number) => points(value, locale);
  const months = (value: number) => formatScaled(value, locale, 0);
  const { irr, multiple, npv, payback } = party;
  return (
    <dl className="risk-numbers-list">
      <Line label={t('risk.numbers.irr')}>
        <Told figure={irr.mean} print={percent} />
        <Told figure={irr.deviation} print={percent} />
      </Line>
      <Line label={t('risk.numbers.multiple')}>
        <Told figure={multiple.p10} print={times} />
        <Told figure={multiple.p50} print={times} />
        <Told figure={multiple.p90} print={times} />
      </Line>
      <Line label={t('risk.numbers.shortfall')}>
        <Told figure={multiple.shortfall} print={times} />
      </Line>
      <Line label={t('risk.numbers.npv', { currency: npv.p50.value?.currency ?? '' })}>
        <ToldAmount figure={npv.p10} />
        <ToldAmount figure={npv.p50} />
        <ToldAmount figure={npv.p90} />
      </Line>
      <Line label={t('risk.numbers.npv_shortfall', { currency: npv.p50.value?.currency ?? '' })}>
        <ToldAmount figure={npv.shortfall} />
      </Line>
      <Line label={t('risk.numbers.payback')}>
        <Told figure={payback.p10} print={months} />
        <Told figure={payback.p50} print={months} />
        <Told figure={payback.p90} print={months} />
      </Line>
      <Line label={t('risk.numbers.loss')}>
        <Told figure={party.loss} print={percent} />
        <Told figure={party.total_loss} print={percent} />
        <Told figure={payback.never} print={percent} />
      </Line>
      <Line label={t('risk.numbers.correlations')}>
        <span className={risk.repaired ? 'risk-repaired' : 'risk-valid'}>
          {risk.repaired
            ? t('risk.correlations.repaired')
            : risk.correlations.length > 0
              ? t('risk.correlations.valid')
              : t('risk.correlations.none')}
        </span>
      </Line>
    </dl>
  );
}

/** Figures of one kind beside each other, with a stroke between. */
function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="risk-line-item">
      <dt>{label}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
