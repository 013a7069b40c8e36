import { useMemo, useState } from 'react';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Advice } from './advice.tsx';
import { AxesMenu, Marked } from './axes-menu.tsx';
import { Beside } from './beside.tsx';
import { ParallelChart } from './charts/parallel.tsx';
import { type ParetoAxes, ParetoChart } from './charts/pareto.tsx';
import { type MeasureKey, measureName, measureText } from './measures.ts';
import type { Scenario } from './types.ts';
import type { Compared } from './use-comparison.ts';
import { useTradeOff } from './use-trade-off.ts';

type Props = {
  scenarios: readonly Scenario[];
  compared: Compared;
  chosen: Scenario | null;
  onChoose: (id: string) => void;
};

const USUAL: ParetoAxes = { x: 'cost_of_capital', y: 'recoupment_chance', third: 'backend_share' };

/** What stands side by side of every deal. */
const SIDE: readonly MeasureKey[] = [
  'equity_irr_p50',
  'equity_irr_p10',
  'recoupment_chance',
  'backend_share',
  'effective_incentive_rate',
  'cost_of_capital',
];

/** What one gives up for another, where a deal wins and what it costs, and what to say to whom. */
export function TradeOffs({ scenarios, compared, chosen, onChoose }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const { currency } = document;
  const now = scenarios.find(({ isNow }) => isNow) ?? null;
  return (
    <div className="scenario-lower">
      <Tile>
        <Plane scenarios={scenarios} currency={currency} onChoose={onChoose} />
      </Tile>
      <Tile>
        <ParallelChart
          scenarios={scenarios}
          measures={SIDE}
          currency={currency}
          title={t('scenarios.parallel.title')}
          chosen={chosen?.id ?? null}
          onChoose={onChoose}
        />
        {chosen && now && !chosen.isNow ? <Beside scenario={chosen} now={now} currency={currency} /> : null}
      </Tile>
      <Tile title={t('scenarios.advice.title')} note={t('scenarios.advice.note')}>
        <Advice scenarios={scenarios} readers={compared.readers} currency={currency} onChoose={onChoose} />
      </Tile>
    </div>
  );
}

type PlaneProps = {
  scenarios: readonly Scenario[];
  currency: string;
  onChoose: (id: string) => void;
};

const NONE: ReadonlySet<string> = new Set();

function Plane({ scenarios, currency, onChoose }: PlaneProps) {
  const { t, locale } = useText();
  const [axes, setAxes] = useState(USUAL);
  const [marked, setMarked] = useState<ReadonlySet<string>>(NONE);
  const [isOnly, setOnly] = useState(false);
  const { points, left, knee, isPending, fault, retry } = useTradeOff(scenarios, axes);
  const known = useMemo(() => new Set(points.map(({ id }) => id)), [points]);
  const still = useMemo(() => new Set([...marked].filter((id) => known.has(id))), [marked, known]);
  const shown = useMemo(
    () => (isOnly && still.size > 0 ? points.filter(({ id }) => still.has(id)) : points),
    [points, still, isOnly],
  );
  const mark = (ids: readonly string[]) => {
    setMarked(new Set(ids));
    if (ids.length === 0) setOnly(false);
  };
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (isPending && points.length === 0) return <Skeleton label={t('scenarios.measuring')} rows={8} />;
  const bend = knee?.measures[axes.x].value ?? null;
  const title =
    bend === null
      ? t('scenarios.trade.title')
      : t('scenarios.trade.knee', {
          x: measureText(axes.x, bend, locale, t),
          measure: measureName(axes.y, t),
        });
  return (
    <>
      <ParetoChart
        points={shown}
        axes={axes}
        currency={currency}
        title={title}
        left={left}
        chosen={isOnly ? NONE : still}
        onChoose={mark}
        onOpen={onChoose}
      />
      <div className="scenario-plane-foot">
        <AxesMenu axes={axes} onChange={setAxes} />
        <Marked count={still.size} isOnly={isOnly} onOnly={setOnly} />
      </div>
    </>
  );
}
