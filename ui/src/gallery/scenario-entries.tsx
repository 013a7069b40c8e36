import { type ReactNode, useState } from 'react';
import { MiniStack } from '../charts/mini-stack/view.tsx';
import { rangeDomain } from '../charts/range-mark/layout.ts';
import { RangeMark } from '../charts/range-mark/view.tsx';
import { ParallelChart } from '../features/scenarios/charts/parallel.tsx';
import { ParetoChart, type Plotted } from '../features/scenarios/charts/pareto.tsx';
import { plotted, scenarios } from './scenarios.ts';

const AXES = { x: 'cost_of_capital', y: 'recoupment_chance', third: 'backend_share' } as const;

const MANY = plotted(1_050);

function Plane({ points, title, width }: { points: readonly Plotted[]; title: string; width: number }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <ParetoChart
      points={points}
      axes={AXES}
      currency="USD"
      title={title}
      left={2}
      chosen={chosen}
      onChoose={(ids) => setChosen(new Set(ids))}
      onOpen={(id) => setChosen(new Set([id]))}
      width={width}
    />
  );
}

function Lines() {
  const [chosen, setChosen] = useState('found');
  return (
    <ParallelChart
      scenarios={scenarios}
      measures={['equity_irr_p50', 'equity_irr_p10', 'recoupment_chance', 'backend_share', 'cost_of_capital']}
      currency="USD"
      title="Where it wins and what it costs"
      chosen={chosen}
      onChoose={setChosen}
      width={460}
    />
  );
}

function Rows() {
  const ranges = scenarios.map(({ measures }) => ({
    low: measures.equity_irr_p10.value,
    middle: measures.equity_irr_base.value,
    high: measures.equity_irr_p50.value,
  }));
  const domain = rangeDomain(ranges);
  return (
    <div className="stack">
      {scenarios.map((one, at) => (
        <div key={one.id} className="row-wrap">
          <MiniStack
            parts={one.parts.map(({ kind, amount, isConditional }) => ({
              kind,
              size: amount.minor,
              isConditional,
            }))}
            uses={10_000_000_00}
            most={10_000_000_00}
            label={`Stack of ${one.name}`}
          />
          <RangeMark
            range={ranges[at] ?? { low: null, middle: null, high: null }}
            domain={domain}
            label={`Returns of ${one.name}`}
          />
        </div>
      ))}
    </div>
  );
}

type Entry = { id: string; title: string; isChart?: true; render: () => ReactNode };

/** The drawings of scenarios, with invented deals. */
export const SCENARIO_ENTRIES: readonly Entry[] = [
  {
    id: 'pareto',
    title: 'What one gives up for another',
    isChart: true,
    render: () => <Plane points={plotted(36)} title="Past 11 %, dearer money buys little" width={440} />,
  },
  {
    id: 'pareto-many',
    title: 'A thousand deals, painted',
    render: () => <Plane points={MANY} title="A thousand deals" width={560} />,
  },
  { id: 'parallel-coordinates', title: 'Deals over measures', isChart: true, render: () => <Lines /> },
  { id: 'mini-stacks', title: 'Stacks and spreads in rows', render: () => <Rows /> },
];
