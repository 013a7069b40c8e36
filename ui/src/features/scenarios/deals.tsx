import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { numberFormat } from '../../domain/intl.ts';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Carried } from './carried.tsx';
import type { ColumnKey } from './columns.ts';
import { scenariosCsv } from './csv.ts';
import { bestOf } from './headline.ts';
import { ordered, type Sort, sortedBy } from './sort.ts';
import { ScenarioTable, StackLegend } from './table.tsx';
import { TradeOffs } from './trade-offs.tsx';
import type { Scenario, Standing } from './types.ts';
import type { Compared } from './use-comparison.ts';
import type { Made } from './use-scenarios.ts';

type Props = {
  found: Made;
  scenarios: readonly Scenario[];
  compared: Compared;
  columns: readonly ColumnKey[];
  onAsk: () => void;
  onWeigh: () => void;
};

const NOBODY: ReadonlyMap<string, Standing> = new Map();

/** The deals in a table, what one gives up for another, and what the chosen one is made of. */
export function Deals({ found, scenarios, compared, columns, onAsk, onWeigh }: Props) {
  const { t } = useText();
  const [picked, setPicked] = useState<string | null>(null);
  const standings = compared.view?.standings ?? NOBODY;
  const best = bestOf(scenarios, standings);
  const chosen = scenarios.some(({ id }) => id === picked) ? picked : (best?.id ?? null);
  const scenario = scenarios.find(({ id }) => id === chosen) ?? null;
  const made = found.made.find((one) => one.scenario === chosen) ?? null;
  if (scenarios.length < 2)
    return (
      <EmptyState title={t('scenarios.empty.title')} note={t('scenarios.empty.note')}>
        <Button look="primary" icon="plus" onClick={onAsk}>
          {t('scenarios.generate')}
        </Button>
      </EmptyState>
    );
  return (
    <div className="tiles">
      <Table
        found={found}
        scenarios={scenarios}
        compared={compared}
        columns={columns}
        chosen={chosen}
        onChoose={setPicked}
        onWeigh={onWeigh}
      />
      {compared.view ? (
        <TradeOffs scenarios={scenarios} compared={compared} chosen={scenario} onChoose={setPicked} />
      ) : null}
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

type TableProps = Omit<Props, 'onAsk'> & { chosen: string | null; onChoose: (id: string) => void };

function Table({ found, scenarios, compared, columns, chosen, onChoose, onWeigh }: TableProps) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const notify = useToast();
  const { currency } = document;
  const standings = compared.view?.standings ?? NOBODY;
  const [sort, setSort] = useState<Sort>({ by: 'rank', isTurned: false });
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set());
  const rows = ordered(scenarios, standings, sort, pinned);
  const pin = (id: string) =>
    setPinned(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const copy = async () => {
    await navigator.clipboard.writeText(scenariosCsv(rows, standings, columns, currency, t));
    notify(t('chart.copied'));
  };
  const { paths, seed } = compared;
  // Any drawn measure says from how many paths and which seed it comes.
  const drawn = rows[0]?.measures.recoupment_chance.address;
  return (
    <Tile
      title={t('scenarios.table.title', { count: scenarios.length - 1 })}
      note={
        paths === null || seed === null ? (
          t('scenarios.table.note', { currency })
        ) : (
          <span data-address={drawn}>
            {t('scenarios.table.drawn', { currency, paths: numberFormat(locale, 0).format(paths), seed })}
          </span>
        )
      }
      tools={
        <span className="row-flex nowrap">
          <Button look="quiet" disabled={compared.view === null} onClick={onWeigh}>
            {t('scenarios.weights')}
          </Button>
          <IconButton icon="copy" label={t('scenarios.csv')} onClick={() => void copy()} />
        </span>
      }
    >
      <ScenarioTable
        scenarios={rows}
        standings={standings}
        isRanked={compared.view !== null}
        columns={columns}
        currency={currency}
        sort={sort}
        onSort={(by) => setSort(sortedBy(sort, by))}
        pinned={pinned}
        onPin={pin}
        chosen={chosen}
        onChoose={onChoose}
      />
      <div className="scenario-foot">
        <StackLegend scenarios={rows} />
        <p className="sub" role="status">
          {compared.isPending ? t('scenarios.measuring') : null}
          {found.same > 0 ? `${t('scenarios.same', { count: found.same })} ` : null}
          {found.source?.text}
        </p>
      </div>
    </Tile>
  );
}
