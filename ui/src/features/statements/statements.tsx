import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { commands, type StatementLineDto, type StatementsView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useToast } from '../../components/toast.tsx';
import { formatDate, formatMonth } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { Tile } from '../shell/page.tsx';
import type { Names } from '../waterfall-editor/names.ts';
import { useNames, usePlan } from '../waterfall-editor/use-plan.ts';
import { useDeal } from '../workspace/desk.tsx';
import { Against } from './against.tsx';
import { moneyOf } from './amounts.tsx';
import { statementCsv } from './csv.ts';
import { LedgerTable } from './ledger.tsx';
import { reasonSentence } from './reason.ts';
import { SourcesTable } from './sources.tsx';
import { PeriodStrip } from './strip.tsx';
import { lineName, StatementTable } from './table.tsx';

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
            <Files told={told} party={party} period={period} names={names} />
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

type ChoiceProps = { told: StatementsView; period: number; onChoose: (period: number) => void };

function PeriodChoice({ told, period, onChoose }: ChoiceProps) {
  const { t, locale } = useText();
  return (
    <div className="period-choice">
      <IconButton
        icon="back"
        label={t('statements.previous')}
        disabled={period === 0}
        onClick={() => onChoose(period - 1)}
      />
      <Select
        label={t('statements.period')}
        value={String(period)}
        onChange={(value) => onChoose(Number(value))}
        options={told.periods.map((one, at) => ({
          value: String(at),
          label: t('statements.period.ending', { month: formatMonth(one.month, locale) }),
        }))}
      />
      <IconButton
        icon="arrow"
        label={t('statements.next')}
        disabled={period >= told.periods.length - 1}
        onClick={() => onChoose(period + 1)}
      />
    </div>
  );
}

/** Who accounts to whom, about which film, for which days, in which currency. */
function Head({ told, period, names }: { told: StatementsView; period: number; names: Names }) {
  const { t, locale } = useText();
  const { document } = useDeal();
  const now = told.periods[period];
  if (!now) return null;
  const rows = [
    [t('statements.film'), document.name],
    [t('statements.participant'), told.party ? names.party(told.party) : t('statements.account')],
    [
      t('statements.period'),
      t('statements.period.days', {
        from: formatDate(now.start, locale),
        to: formatDate(now.end, locale),
      }),
    ],
    [t('statements.as_of'), formatDate(now.end, locale)],
    [t('statements.currency'), told.currency],
  ];
  return (
    <dl className="statement-head">
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type FilesProps = { told: StatementsView; party: string; period: number; names: Names };

function Files({ told, party, period, names }: FilesProps) {
  const { t, language } = useText();
  const { view } = useDeal();
  const notify = useToast();
  const why = useMemo(
    () => (line: StatementLineDto) => {
      const reason = line.periods[period]?.reason;
      return reason ? reasonSentence(reason, names) : '';
    },
    [period, names],
  );
  const copy = async () => {
    await navigator.clipboard.writeText(
      statementCsv(told, period, { t, name: (line) => lineName(line, names), why }),
    );
    notify(t('chart.copied'));
  };
  const save = async () => {
    const kept = await take(
      commands.exportStatements({
        deal: view.deal,
        party: party === ACCOUNT ? null : party,
        month: null,
        language,
      }),
    ).catch((reason: unknown) => (reason instanceof Refusal ? reason : Promise.reject(reason)));
    notify(kept instanceof Refusal ? kept.message : t('statements.saved', { place: kept.place }));
  };
  return (
    <>
      <Button look="quiet" icon="copy" onClick={() => void copy()}>
        {t('chart.csv')}
      </Button>
      <Button look="quiet" icon="table" onClick={() => void save()}>
        {t('statements.save')}
      </Button>
    </>
  );
}
