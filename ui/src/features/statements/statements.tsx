import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { commands, type StatementsView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { useNames, usePlan } from '../waterfall-editor/use-plan.ts';
import { useDeal } from '../workspace/desk.tsx';
import { Against } from './against.tsx';
import { moneyOf } from './amounts.tsx';
import { Files } from './files.tsx';
import { Head, PeriodChoice } from './head.tsx';
import { LedgerTable } from './ledger.tsx';
import { SourcesTable } from './sources.tsx';
import { PeriodStrip } from './strip.tsx';
import { StatementTable } from './table.tsx';

/** Stands for the whole account among the participants. */
const ACCOUNT = '*';
type Shown = 'statement' | 'against';

/** What each participant is told, period by period; and what other terms would tell. */
export function Statements() {
  const { t } = useText();
  const [shown, setShown] = useState<Shown>('statement');
  const names = useNames(usePlan(), null);
  const switcher = (
    <Segmented
      label={t('statements.show')}
      value={shown}
      onChange={setShown}
      options={[
        { value: 'statement', label: t('statements.show.statement') },
        { value: 'against', label: t('statements.show.against') },
      ]}
    />
  );
  return (
    <div className="tiles statements">
      {shown === 'statement' ? (
        <OfParticipant names={names} switcher={switcher} />
      ) : (
        <Against names={names} switcher={switcher} />
      )}
    </div>
  );
}

type Props = { names: Names; switcher: React.ReactNode };

function OfParticipant({ names, switcher }: Props) {
  const { t } = useText();
  const { view } = useDeal();
  const [party, setParty] = useState<string>(ACCOUNT);
  const [asked, setPeriod] = useState<number | null>(null);
  const query = useQuery({
    queryKey: ['statements', view.deal, view.revision, party],
    queryFn: () =>
      take(commands.viewStatements({ deal: view.deal, party: party === ACCOUNT ? null : party })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const told = query.data;
  if (query.error instanceof Refusal) {
    return (
      <Tile edge>
        <Fault fault={query.error} onRetry={() => setParty(ACCOUNT)} />
      </Tile>
    );
  }
  if (!told) {
    return (
      <Tile edge>
        <Skeleton label={t('pages.loading')} rows={12} />
      </Tile>
    );
  }
  if (told.periods.length === 0) {
    return (
      <Tile edge>
        <EmptyState title={t('statements.none')} note={t('statements.none.note')} />
      </Tile>
    );
  }
  const period = Math.min(asked ?? lastMoved(told), told.periods.length - 1);
  return (
    <>
      <Tile edge>
        <div className="statement-bar">
          <Select
            label={t('statements.participant')}
            value={party}
            onChange={setParty}
            options={[
              { value: ACCOUNT, label: t('statements.account') },
              ...told.parties.map((one) => ({ value: one.party, label: names.party(one.party) })),
            ]}
          />
          <PeriodChoice told={told} period={period} onChoose={setPeriod} />
          <div className="statement-tools">
            {switcher}
            <Files told={told} period={period} names={names} />
          </div>
        </div>
        <Head told={told} period={period} names={names} />
        <PeriodStrip
          periods={told.periods}
          bars={told.totals.map((totals) => totals.current)}
          chosen={period}
          onChoose={setPeriod}
        />
        <StatementTable view={told} period={period} names={names} />
        {told.ledgers.map((ledger) => (
          <LedgerTable key={ledger.tier} ledger={ledger} period={period} names={names} />
        ))}
      </Tile>
      <Tile title={t('statements.sources')} note={t('statements.sources.note')} edge>
        <SourcesTable view={told} period={period} names={names} />
      </Tile>
    </>
  );
}

/** The last period in which something was paid: the one that is looked at first. */
export function lastMoved(told: StatementsView): number {
  const moved = told.totals.map((totals, at) => (moneyOf(totals.current) ? at : -1));
  return Math.max(...moved, 0);
}
