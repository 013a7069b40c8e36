import { memo, type ReactNode, Suspense, useMemo, useState } from 'react';
import { Segmented } from '../../components/segmented.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { formatQuarter } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Levels } from '../levels/levels.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { DeriveButton } from './derive.tsx';
import { tierLabels } from './flow.ts';
import { FlowView } from './flow-view.tsx';
import { headlineOf } from './headline.ts';
import { LadderTile } from './ladder-tile.tsx';
import { OrderList } from './order.tsx';
import { PartyTable } from './parties.tsx';
import { useFlowData, useFlows } from './use-flows.ts';
import { usePeriod } from './use-period.ts';
import { useView, VIEWS } from './views.ts';

export function WaterfallPage() {
  const { t, locale, maybe } = useText();
  const { document } = useDeal();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { flows, isPending, fault, retry } = useFlows(opened, null);
  const data = useFlowData(flows);
  const clock = usePeriod(flows?.periods.length ?? 0);
  const { view, go } = useView();
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
          text: t('waterfall.headline', { count: document.recoupment?.tiers?.length ?? 0 }),
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
        {view === 'flow' ? (
          <Columns>
            {moves ? (
              <FlowView flows={flows} data={data} clock={clock} opened={opened} onOpened={setOpened} />
            ) : isPending ? (
              <Skeleton label={t('pages.loading')} rows={12} />
            ) : (
              <EmptyState title={t('flow.none.title')} note={t('flow.none.note')} />
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
  return (
    <div className="tiles">
      <Tile span={8} edge>
        {children}
      </Tile>
      <Rail />
      <Below />
    </div>
  );
}

const Rail = memo(function Rail() {
  const { t } = useText();
  const book = useBook();
  return (
    <Tile
      title={t('waterfall.order')}
      note={t('waterfall.order.note')}
      tools={<DeriveButton />}
      span={4}
      tall
    >
      <OrderList book={book} />
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
  const { t } = useText();
  const book = useBook();
  return (
    <div className="tiles">
      <Tile title={t('waterfall.order')} note={t('waterfall.order.note')} tools={<DeriveButton />} edge>
        <OrderList book={book} />
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
