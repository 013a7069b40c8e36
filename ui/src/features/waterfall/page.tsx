import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { formatQuarter } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Columns } from './columns.tsx';
import { tierLabels } from './flow.ts';
import { FlowView } from './flow-view.tsx';
import { headlineOf } from './headline.ts';
import { useFlowData, useFlows } from './use-flows.ts';
import { usePeriod } from './use-period.ts';
import { useView, VIEWS } from './views.ts';

// A view is read when the page stands, so that it is there when somebody first looks at it.
const readActuals = () => import('../actuals/actuals.tsx');
const readGraph = () => import('./graph-view.tsx');
const readOrder = () => import('./order-view.tsx');
const readStatements = () => import('./statements-view.tsx');
const Actuals = lazy(() => readActuals().then((part) => ({ default: part.Actuals })));
const GraphView = lazy(() => readGraph().then((part) => ({ default: part.GraphView })));
const OrderView = lazy(() => readOrder().then((part) => ({ default: part.OrderView })));
const StatementsView = lazy(() => readStatements().then((part) => ({ default: part.StatementsView })));

export function WaterfallPage() {
  const { t, locale, maybe } = useText();
  const { document } = useDeal();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { flows, isPending, fault, retry } = useFlows(opened, null);
  const data = useFlowData(flows);
  const clock = usePeriod(flows?.periods.length ?? 0);
  const { view, go } = useView();
  const count = document.recoupment?.tiers?.length ?? 0;
  useEffect(() => {
    if (isPending) return;
    const reading = setTimeout(
      () => void Promise.all([readGraph(), readOrder(), readStatements(), readActuals()]),
      300,
    );
    return () => clearTimeout(reading);
  }, [isPending]);
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
            count === 0
              ? t('graph.none.title')
              : flows && flows.periods.length === 0
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
          <Columns month={moves && clock.period < flows.periods.length - 1 ? (shown?.month ?? null) : null}>
            {view === 'graph' ? (
              <GraphView period={moves ? clock.period : null} />
            ) : moves ? (
              <FlowView flows={flows} data={data} clock={clock} opened={opened} onOpened={setOpened} />
            ) : isPending ? (
              <Skeleton label={t('pages.loading')} rows={12} />
            ) : count === 0 ? (
              <EmptyState title={t('flow.none.title')} note={t('graph.none.note')} />
            ) : (
              <EmptyState title={t('flow.none.title')} note={t('flow.none.note')}>
                <Button onClick={() => go('graph')}>{t('flow.none.graph')}</Button>
              </EmptyState>
            )}
          </Columns>
        ) : null}
        {view === 'order' ? <OrderView /> : null}
        {view === 'statements' ? <StatementsView /> : null}
        {view === 'actuals' ? <Actuals /> : null}
      </Suspense>
    </Page>
  );
}
