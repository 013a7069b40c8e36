import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Page } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { measured, NOW } from './adapt.ts';
import { ColumnMenu } from './column-menu.tsx';
import { useChosenColumns } from './columns.ts';
import { Deals } from './deals.tsx';
import { type Asked, Generate } from './generate.tsx';
import { headlineOf, madeHeadline, type Weighed } from './headline.ts';
import { READERS, type Reader } from './types.ts';
import { type Own, useComparison } from './use-comparison.ts';
import { useScenarios } from './use-scenarios.ts';
import { Weights } from './weights.tsx';

/** The usual shapes, in the order in which they come. */
const TEMPLATES = ['debt_heavy', 'equity_heavy', 'balanced', 'presale_focused', 'incentive_maximised'];
const FIRST: Asked = { templates: TEMPLATES, own: null, equityAtMost: null };

/** Other ways to finance the same film: complete deals beside the one that is worked on, for each who reads them. */
export function ScenariosPage() {
  const { t, locale } = useText();
  const { document } = useDeal();
  const { currency } = document;
  const [asked, setAsked] = useState(FIRST);
  const [dialog, setDialog] = useState<'generate' | 'weights' | null>(null);
  const [reader, setReader] = useState<Reader>('balanced');
  const [own, setOwn] = useState<Own>({});
  const found = useScenarios(asked);
  const keys = useMemo(
    () => (found.made.length > 0 ? [NOW, ...found.made.map(({ scenario }) => scenario)] : []),
    [found.made],
  );
  const compared = useComparison(keys, reader, own);
  const columns = useChosenColumns();
  const scenarios = useMemo(
    () => measured(found.scenarios, compared.evaluations),
    [found.scenarios, compared.evaluations],
  );
  const { view } = compared;
  const headline = view
    ? headlineOf({ scenarios, ...view, reader, currency, locale, t })
    : madeHeadline(scenarios, t);
  const isThere = found.offers.length > 0;
  const fault = found.fault ?? compared.fault;
  const weigh = (criteria: readonly Weighed[] | null) => {
    const { [reader]: _given, ...others } = own;
    setOwn(criteria ? { ...others, [reader]: criteria } : others);
  };
  return (
    <Page
      crumb={t('nav.scenarios')}
      headline={found.isPending ? t('scenarios.headline.pending') : headline.text}
      about={found.isPending ? undefined : headline.about}
      actions={
        isThere ? (
          <>
            <Segmented
              label={t('scenarios.perspective')}
              value={reader}
              onChange={setReader}
              options={READERS.map((value) => ({ value, label: t(`scenarios.reader.${value}`) }))}
            />
            <ColumnMenu columns={columns.all} chosen={columns} />
            <Button look="primary" icon="plus" onClick={() => setDialog('generate')}>
              {t('scenarios.generate')}
            </Button>
          </>
        ) : undefined
      }
    >
      {fault ? <Fault fault={fault} onRetry={found.fault ? found.retry : compared.retry} /> : null}
      {found.isPending ? <Skeleton label={t('scenarios.headline.pending')} rows={9} /> : null}
      {isThere ? (
        <Deals
          found={found}
          scenarios={scenarios}
          compared={compared}
          columns={columns.shown}
          onAsk={() => setDialog('generate')}
          onWeigh={() => setDialog('weights')}
        />
      ) : null}
      {dialog === 'generate' ? (
        <Generate
          offers={found.offers}
          asked={asked}
          currency={currency}
          onAsk={setAsked}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'weights' && view ? (
        <Weights
          reader={reader}
          criteria={view.criteria}
          isOwn={own[reader] !== undefined}
          onApply={weigh}
          onUsual={() => weigh(null)}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Page>
  );
}
