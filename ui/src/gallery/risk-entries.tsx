import type { ReactNode } from 'react';
import { distributionLayout, domainOf } from '../charts/distribution/layout.ts';
import { stepOf } from '../charts/distribution/shape.ts';
import { DistributionView } from '../charts/distribution/view.tsx';
import { ConvergenceChart } from '../features/risk/charts/convergence.tsx';
import { FanChart } from '../features/risk/charts/fan.tsx';
import { HistogramChart } from '../features/risk/charts/histogram.tsx';
import { IndicesChart } from '../features/risk/charts/indices.tsx';
import { MatrixChart } from '../features/risk/charts/matrix.tsx';
import { ProbabilityChart } from '../features/risk/charts/probability.tsx';
import { SpiderChart } from '../features/risk/charts/spider.tsx';
import { TornadoChart } from '../features/risk/charts/tornado.tsx';
import { TwoWayChart } from '../features/risk/charts/two-way.tsx';
import { shapeOf } from '../features/risk/distribution.ts';
import { outputWords } from '../features/risk/outputs.ts';
import { drivers, risk, sensitivity, twoWay } from './risk.ts';

const [equity] = risk.parties;
const words = outputWords('irr', 'return', '% a year', 'en');
const labels = Object.fromEntries(drivers.map(({ id, label }) => [id, label]));
const ignore = () => {};

function Distributions() {
  return (
    <div className="row-wrap">
      {drivers.map(({ id, label, distribution }) => {
        const shape = shapeOf(distribution);
        if (!shape) return null;
        const million = (value: number) => (Math.abs(value) >= 1e6 ? `${value / 1e6}` : `${value}`);
        const texts = { value: million, share: (share: number) => `${Math.round(share * 100)} %` };
        return (
          <div key={id} style={{ width: 210 }}>
            <DistributionView
              geometry={distributionLayout(shape, domainOf(shape), { width: 208, height: 74 }, texts)}
              label={label}
              step={stepOf(shape)}
              names={{
                handle: (handle) => `${label} ${handle}`,
                outcome: (value) => value,
                share: texts.share,
              }}
              onMove={ignore}
              onWeigh={ignore}
              onHold={ignore}
              onSettle={ignore}
              onCancel={ignore}
            />
          </div>
        );
      })}
    </div>
  );
}

type Entry = { id: string; title: string; isChart?: true; render: () => ReactNode };

/** The drawings of risk, with invented numbers. */
export const RISK_ENTRIES: readonly Entry[] = [
  { id: 'distributions', title: 'Distributions that are dragged', render: () => <Distributions /> },
  ...(equity
    ? ([
        {
          id: 'histogram',
          title: 'Returns',
          isChart: true,
          render: () =>
            risk.histogram ? (
              <HistogramChart
                histogram={risk.histogram}
                party={equity}
                paths={risk.paths}
                width={560}
                chosen={12}
                onChoose={ignore}
              />
            ) : null,
        },
        {
          id: 'fan',
          title: 'Receipts over time',
          isChart: true,
          render: () => (risk.fan ? <FanChart fan={risk.fan} party={equity.label} width={560} /> : null),
        },
        {
          id: 'convergence',
          title: 'How an estimate settles',
          isChart: true,
          render: () => (
            <ConvergenceChart
              convergence={risk.convergence}
              recouped={equity.recouped}
              party={equity.label}
              width={360}
            />
          ),
        },
      ] satisfies Entry[])
    : []),
  {
    id: 'probability-ladder',
    title: 'Who gets all their money',
    isChart: true,
    render: () => (
      <ProbabilityChart
        parties={risk.parties}
        claims={risk.claims}
        kindOf={{ equity: 'equity', gap: 'gap', talent: 'talent' }}
        width={360}
      />
    ),
  },
  {
    id: 'tornado',
    title: 'What moves the result',
    isChart: true,
    render: () => (
      <TornadoChart
        sensitivity={sensitivity}
        words={words}
        party="Equity fund"
        chosen="home"
        width={370}
        onOpen={ignore}
      />
    ),
  },
  {
    id: 'sobol-indices',
    title: 'Shares of the variance',
    isChart: true,
    render: () => <IndicesChart indices={sensitivity.indices} labels={labels} output="return" width={500} />,
  },
  {
    id: 'spider',
    title: 'One input at a time',
    isChart: true,
    render: () => <SpiderChart lines={sensitivity.spider} labels={labels} words={words} width={560} />,
  },
  {
    id: 'two-way',
    title: 'Two inputs at once',
    isChart: true,
    render: () => (
      <TwoWayChart
        table={twoWay}
        rows={['12', '28', '60']}
        columns={['0.6', '0.8', '1', '1.2', '1.4']}
        one="Home box office"
        other="Other windows at home"
        units={['USD m', '× typed']}
        words={words}
        width={560}
      />
    ),
  },
  {
    id: 'correlation-matrix',
    title: 'How numbers move together',
    isChart: true,
    render: () => (
      <MatrixChart
        data={{
          inputs: drivers,
          pairs: risk.correlations.map(({ one, other, rho, used }) => ({
            one,
            other,
            typed: Number(rho),
            used: Number(used),
          })),
        }}
        isRepaired
        chosen={{ one: 'windows', other: 'home' }}
        pathOf={() => undefined}
        onChoose={ignore}
        onStep={ignore}
        onType={ignore}
        width={620}
      />
    ),
  },
];
