import { lazy, memo, type ReactNode, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { formatQuarter } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Levels } from '../levels/levels.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { PlanEditor } from '../waterfall-editor/editor.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { tierLabels } from './flow.ts';
import { FlowView } from './flow-view.tsx';
import { headlineOf } from './headline.ts';
import { LadderTile, useHasLadder } from './ladder-tile.tsx';
import { PartyTable } from './parties.tsx';
import { useFlowData, useFlows } from './use-flows.ts';
import { usePeriod } from './use-period.ts';
import { useView, VIEWS } from './views.ts';

const GraphView = lazy(() => import('./graph-view.tsx').then((part) => ({ default: part.GraphView })));

export function WaterfallPage() {
  const { t, locale, maybe } = useText();
  const { document } = useDeal();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { flows, isPending, fault, retry } = useFlows(opened, null);
  const data = useFlowData(flows);
  const clock = usePeriod(flows?.periods.length ?? 0);
  const { view, go } = useView();
  const count = document.recoupment?.tiers?.length ?? 0;
  const moves = flows !== null && data !== null && data.links.length > 0;
  const shown = flows?.periods[clock.period];
  const labels = useMemo(
    () => tierLabels(document, (role) => maybe(`tier.${role}`, role.replace(/_/g, ' '))),
    [document, maybe],
  );
  const headline =
    moves && shown
      ? headlineOf(flows, data, clock.period, {
          t,
          locale,
          period: formatQuarter(shown.end),
          tier: (id) => labels.get(id) ?? id,
        })
      : {
          text:
            flows && count > 0 && flows.periods.length === 0
              ? t('waterfall.headline.broken')
              : t('waterfall.headline', { count }),
          about: undefined,
        };
  return (
    <Page
      crumb={t('nav.waterfall')}
      headline={headline.text}
      about={headline.about}
      actions={
        <Segmented
          label={t('waterfall.view')}
          value={view}
          onChange={go}
          options={VIEWS.map((one) => ({ value: one, label: t(`waterfall.view.${one}`) }))}
        />
      }
    >
      {fault ? <Fault fault={fault} onRetry={retry} /> : null}
      <Suspense fallback={<Skeleton label={t('pages.loading')} rows={9} />}>
        {view === 'flow' || view === 'graph' ? (
          <Columns>
            {view === 'graph' ? (
              <GraphView period={moves ? clock.period : null} />
            ) : moves ? (
              <FlowView flows={flows} data={data} clock={clock} opened={opened} onOpened={setOpened} />
            ) : isPending ? (
              <Skeleton label={t('pages.loading')} rows={12} />
            ) : (
              <EmptyState title={t('flow.none.title')} note={t('flow.none.note')}>
                <Button onClick={() => go('graph')}>{t('flow.none.graph')}</Button>
              </EmptyState>
            )}
          </Columns>
        ) : null}
        {view === 'order' ? <OrderView /> : null}
        {view === 'statements' ? <StatementsView /> : null}
      </Suspense>
    </Page>
  );
}

/** The drawing, with the order beside it and what follows from both below. */
function Columns({ children }: { children: ReactNode }) {
  const { t } = useText();
  const hasLadder = useHasLadder();
  // The drawing comes first: what stands beside and below it follows when nothing else waits.
  const isDrawn = useDeferredValue(true, false);
  return (
    <div className="tiles">
      <Tile span={8} edge>
        <Suspense fallback={<Skeleton label={t('pages.loading')} rows={12} />}>{children}</Suspense>
      </Tile>
      {isDrawn ? <Rail isTall={hasLadder} /> : <Coming isTall={hasLadder} />}
      {isDrawn ? <Below /> : null}
    </div>
  );
}

function Coming({ isTall }: { isTall: boolean }) {
  const { t } = useText();
  return (
    <Tile span={4} tall={isTall}>
      <Skeleton label={t('pages.loading')} rows={9} />
    </Tile>
  );
}

const Rail = memo(function Rail({ isTall }: { isTall: boolean }) {
  const book = useBook();
  return (
    <Tile span={4} tall={isTall}>
      <PlanEditor book={book} />
    </Tile>
  );
});

const Below = memo(function Below() {
  const { t } = useText();
  const { document } = useDeal();
  return (
    <>
      <LadderTile />
      <Tile title={t('levels.title')} note={t('levels.note', { currency: document.currency })} edge>
        <Levels />
      </Tile>
    </>
  );
});

function OrderView() {
  const book = useBook();
  return (
    <div className="tiles">
      <Tile edge>
        <PlanEditor book={book} />
      </Tile>
    </div>
  );
}

function StatementsView() {
  const { t } = useText();
  const { document } = useDeal();
  const book = useBook();
  return (
    <div className="tiles">
      <Tile title={t('waterfall.statement')} note={document.currency} edge>
        <PartyTable book={book} />
      </Tile>
    </div>
  );
}
