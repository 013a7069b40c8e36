import { useState } from 'react';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { formatProse } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page, Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { Agencies } from './agencies.tsx';
import { CaseSwitch, CaseTable } from './cases.tsx';
import { Distributors } from './distributors.tsx';
import { EstimateSheet } from './estimates.tsx';
import { RevenueGrid } from './grid.tsx';
import { QuartersChart } from './quarters-chart.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { SourcePanel } from './source-panel.tsx';
import { Ultimates } from './ultimates.tsx';
import { useRevenue } from './use-revenue.ts';

/** What the film may earn: where, through whom, when, in which case, and what of it reaches the account. */
export function RevenuePage() {
  const { t, locale } = useText();
  const { document } = useDeal();
  const book = useBook();
  const { revenue, fault, retry } = useRevenue();
  const sources = document.revenue?.sources ?? [];
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const here = chosen.filter((id) => sources.some((source) => source.id === id));
  const [place, setPlace] = useState(0);
  const source =
    sources.find(({ id }) => id === (here[place] ?? here[0])) ??
    sources.find(({ sold_by }) => sold_by === undefined) ??
    sources[0];
  const gross = book.money('revenue.gross');
  const account = book.money('revenue.to_account');
  const chosenCase = document.revenue?.case ?? 'base';
  const headline =
    gross && account
      ? t(`revenue.headline.${chosenCase}` as 'revenue.headline.base', {
          gross: formatProse(gross, locale),
          account: formatProse(account, locale),
        })
      : t('revenue.headline', { count: sources.length });
  const choose = (ids: readonly string[]) => {
    setChosen(ids);
    setPlace(0);
  };
  return (
    <Page
      crumb={t('nav.revenue')}
      headline={headline}
      about={gross && account ? 'revenue.gross revenue.to_account' : undefined}
      actions={
        <>
          <CaseSwitch />
          {revenue ? <ReleaseDialog revenue={revenue} /> : null}
        </>
      }
    >
      {fault ? <Fault fault={fault} onRetry={retry} /> : null}
      {revenue ? null : <Skeleton label={t('pages.loading')} rows={12} />}
      {revenue ? (
        <div className="tiles revenue">
          <Tile
            title={t('revenue.grid')}
            note={t('revenue.grid.note', { currency: document.currency })}
            span={8}
            edge
          >
            <RevenueGrid revenue={revenue} onChoose={choose} />
          </Tile>
          <Tile title={source ? source.label : t('revenue.panel')} span={4} tall>
            {source ? (
              <SourcePanel
                key={source.id}
                source={source}
                others={here.length > 0 ? here : [source.id]}
                onChoose={(id) => setPlace(here.indexOf(id))}
              />
            ) : (
              <EmptyState title={t('revenue.panel.none')} note={t('revenue.panel.none.note')} />
            )}
          </Tile>
          <Tile span={8}>
            <QuartersChart revenue={revenue} currency={document.currency} />
            <CaseTable revenue={revenue} />
          </Tile>
          <Tile title={t('revenue.sheet')} note={t('revenue.sheet.note')} edge>
            <EstimateSheet />
          </Tile>
          {(document.revenue?.ultimates ?? []).length > 0 ? (
            <Tile title={t('revenue.ultimates')} note={t('revenue.ultimates.note')}>
              <Ultimates />
            </Tile>
          ) : null}
          <Tile title={t('revenue.contracts')} note={t('revenue.contracts.note')}>
            <Distributors />
          </Tile>
          <Tile title={t('revenue.agencies')} note={t('revenue.agencies.note')}>
            <Agencies />
          </Tile>
        </div>
      ) : null}
    </Page>
  );
}
