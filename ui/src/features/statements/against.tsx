import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { commands, type RecoupmentComparison } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { usePlan } from '../waterfall-editor/use-plan.ts';
import { useDeal } from '../workspace/desk.tsx';
import { DifferenceTable, tierText } from './differences.tsx';
import { asked, choicesOf } from './terms.ts';

/** What the plan pays as it is agreed, against other terms: who gains, who loses, and since when. */
export function Against({ names, switcher }: { names: Names; switcher: ReactNode }) {
  const { t } = useText();
  const { view } = useDeal();
  const choices = useChoices();
  const [picked, setPicked] = useState<string | null>(null);
  const choice = choices.some((one) => one.value === picked) ? picked : (choices[0]?.value ?? 'derived');
  const query = useQuery({
    queryKey: ['against', view.deal, view.revision, choice],
    queryFn: async () => {
      const request = asked(view.deal, choice ?? 'derived');
      if (request) return take(commands.compareRecoupment(request));
      const derived = await take(commands.deriveRecoupment({ deal: view.deal }));
      return take(
        commands.compareRecoupment({ deal: view.deal, without: [], plan: derived.plan, revision: null }),
      );
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
  const refused = query.error instanceof Refusal ? query.error : null;
  return (
    <>
      <Tile edge>
        <div className="statement-bar">
          <Select
            label={t('against.terms')}
            value={choice ?? 'derived'}
            onChange={setPicked}
            options={choices}
          />
          <div className="statement-tools">{switcher}</div>
        </div>
        {refused ? <Fault fault={refused} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <Skeleton label={t('pages.loading')} rows={9} /> : null}
        {query.data ? <Said told={query.data} /> : null}
        {query.data ? (
          <DifferenceTable
            label={t('against.parties')}
            told={query.data}
            rows={query.data.parties}
            name={(row) => names.party(row.id)}
          />
        ) : null}
        {query.data?.first_day ? <p className="sub against-zero">{t('against.zero')}</p> : null}
      </Tile>
      {query.data?.first_day ? (
        <Tile title={t('against.tiers')} note={t('against.tiers.note')} edge>
          <DifferenceTable
            label={t('against.tiers')}
            told={query.data}
            rows={query.data.tiers}
            name={(row) => tierText(row, names)}
          />
        </Tile>
      ) : null}
    </>
  );
}

function useChoices() {
  const { t } = useText();
  const { view } = useDeal();
  const plan = usePlan();
  const revisions = useQuery({
    queryKey: ['against-revisions', view.deal, view.revision],
    queryFn: () =>
      take(commands.listRevisions({ deal: view.deal, page: null, named_only: null, around: null })),
    retry: false,
  });
  const entries = revisions.data?.revisions;
  return useMemo(
    () =>
      choicesOf(plan.amendments ?? [], entries ?? [], {
        derived: t('against.derived'),
        all: t('against.without.all'),
        without: (amendment) => t('against.without', { amendment }),
        revision: (number, name) => t('against.revision', { number, name }),
      }),
    [plan, entries, t],
  );
}

/** The first day, or that nothing differs. */
function Said({ told }: { told: RecoupmentComparison }) {
  const { t, locale } = useText();
  return (
    <p className="against-said">
      {told.first_day ? t('against.since', { day: formatDate(told.first_day, locale) }) : t('against.same')}
    </p>
  );
}
