import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Carried } from './carried.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { useChosenColumns } from './columns.ts';
import { scenariosCsv } from './csv.ts';
import { type Asked, Generate } from './generate.tsx';
import { madeHeadline } from './headline.ts';
import { ordered, type Sort, sortedBy } from './sort.ts';
import { ScenarioTable, StackLegend } from './table.tsx';
import type { Standing } from './types.ts';
import { type Made, useScenarios } from './use-scenarios.ts';

/** The usual shapes, in the order in which they come. */
const TEMPLATES = ['debt_heavy', 'equity_heavy', 'balanced', 'presale_focused', 'incentive_maximised'];
const FIRST: Asked = { templates: TEMPLATES, own: null, equityAtMost: null };

/** Other ways to finance the same film: complete deals beside the one that is worked on. */
export function ScenariosPage() {
  const { t } = useText();
  const { document } = useDeal();
  const [asked, setAsked] = useState(FIRST);
  const [isAsking, setAsking] = useState(false);
  const found = useScenarios(asked);
  const chosen = useChosenColumns();
  const headline = madeHeadline(found.scenarios, t);
  const isThere = found.offers.length > 0;
  return (
    <Page
      crumb={t('nav.scenarios')}
      headline={found.isPending ? t('scenarios.headline.pending') : headline.text}
      about={found.isPending ? undefined : headline.about}
      actions={
        isThere ? (
          <>
            <ColumnMenu columns={chosen.all} chosen={chosen} />
            <Button look="primary" icon="plus" onClick={() => setAsking(true)}>
              {t('scenarios.generate')}
            </Button>
          </>
        ) : undefined
      }
    >
      {found.fault ? <Fault fault={found.fault} onRetry={found.retry} /> : null}
      {found.isPending ? <Skeleton label={t('scenarios.headline.pending')} rows={9} /> : null}
      {isThere ? <Deals found={found} columns={chosen.shown} onAsk={() => setAsking(true)} /> : null}
      {isAsking ? (
        <Generate
          offers={found.offers}
          asked={asked}
          currency={document.currency}
          onAsk={setAsked}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Page>
  );
}

type DealsProps = {
  found: Made;
  columns: ReturnType<typeof useChosenColumns>['shown'];
  onAsk: () => void;
};

function Deals({ found, columns, onAsk }: DealsProps) {
  const { t } = useText();
  const { document } = useDeal();
  const notify = useToast();
  const { currency } = document;
  const [sort, setSort] = useState<Sort>({ by: 'rank', isTurned: false });
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set(['deal']));
  const [picked, setPicked] = useState<string | null>(null);
  const rows = ordered(found.scenarios, NOBODY, sort, pinned);
  const count = found.scenarios.length - 1;
  const scenario = found.scenarios.find(({ id }) => id === picked) ?? null;
  const made = found.made.find((one) => one.scenario === picked) ?? null;
  const pin = (id: string) =>
    setPinned(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const copy = async () => {
    await navigator.clipboard.writeText(scenariosCsv(rows, NOBODY, columns, currency, t));
    notify(t('chart.copied'));
  };
  if (count === 0)
    return (
      <EmptyState title={t('scenarios.empty.title')} note={t('scenarios.empty.note')}>
        <Button look="primary" icon="plus" onClick={onAsk}>
          {t('scenarios.generate')}
        </Button>
      </EmptyState>
    );
  return (
    <div className="tiles">
      <Tile
        title={t('scenarios.table.title', { count })}
        note={t('scenarios.table.note', { currency })}
        tools={<IconButton icon="copy" label={t('scenarios.csv')} onClick={() => void copy()} />}
      >
        <ScenarioTable
          scenarios={rows}
          standings={NOBODY}
          isRanked={false}
          columns={columns}
          currency={currency}
          sort={sort}
          onSort={(by) => setSort(sortedBy(sort, by))}
          pinned={pinned}
          onPin={pin}
          chosen={picked}
          onChoose={(id) => setPicked(picked === id ? null : id)}
        />
        <div className="scenario-foot">
          <StackLegend scenarios={rows} />
          <p className="sub">
            {found.same > 0 ? t('scenarios.same', { count: found.same }) : null}{' '}
            {found.source ? found.source.text : null}
          </p>
        </div>
      </Tile>
      {scenario && made ? (
        <Carried scenario={scenario} made={made} revision={found.revision} />
      ) : (
        <Tile>
          <p className="sub">{t(scenario?.isNow ? 'scenarios.is_now' : 'scenarios.choose')}</p>
        </Tile>
      )}
    </div>
  );
}

const NOBODY: ReadonlyMap<string, Standing> = new Map();
