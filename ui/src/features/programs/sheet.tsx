import { useQuery } from '@tanstack/react-query';
import { commands, type ProgramView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { Skeleton } from '../../components/states.tsx';
import { type Tab, Tabs } from '../../components/tabs.tsx';
import { formatDate } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { ClaimButton } from './claim.tsx';
import { Computation } from './computation.tsx';
import { Examples } from './examples.tsx';
import { Reliance, Standing } from './facts.tsx';
import type { Listed } from './filters.ts';
import { CashAndTax, Conditions, Interactions, Sources } from './grounds.tsx';
import { Overview } from './overview.tsx';
import { Versions } from './versions.tsx';

export const SHEET_TITLE = 'program-sheet-title';

type Props = {
  program: Listed;
  /** The day whose law is read; the newest where none is asked. */
  on: string | null;
  tab: string;
  onTab: (tab: string) => void;
  onRead: (version: string) => void;
  onGo: (program: string) => void;
  onEdit: (program: Listed, on: string) => void;
};

/** One dated version of a program: its law, its lines, its sources, and what comes out of it. */
export function ProgramSheet(props: Props) {
  const { t, language } = useText();
  const { program } = props.program;
  const view = useQuery({
    queryKey: ['program', program, props.on, language],
    queryFn: () => take(commands.showProgram({ program, on: props.on, deal: null, language })),
  });
  if (view.error instanceof Refusal) return <Fault fault={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <Skeleton label={t('pages.loading')} rows={7} />;
  return <Sheet {...props} view={view.data} />;
}

function Sheet({ view, ...props }: Props & { view: ProgramView }) {
  const { t } = useText();
  const { entry } = view;
  const tabs: Tab[] = [
    { id: 'overview', label: t('programs.tab.overview'), content: <Overview view={view} /> },
    ...(view.lines.length > 0
      ? [
          {
            id: 'computation',
            label: t('programs.tab.computation'),
            content: <Computation view={view} />,
          },
        ]
      : []),
    ...(entry.computable
      ? [
          { id: 'conditions', label: t('programs.conditions'), content: <Conditions view={view} /> },
          { id: 'cash', label: t('programs.tab.cash'), content: <CashAndTax view={view} /> },
          { id: 'examples', label: t('programs.tab.examples'), content: <Examples view={view} /> },
        ]
      : []),
    {
      id: 'interactions',
      label: t('programs.tab.interactions'),
      content: <Interactions view={view} onGo={props.onGo} />,
    },
    {
      id: 'versions',
      label: t('programs.versions'),
      content: <Versions key={entry.from} view={view} onRead={props.onRead} />,
    },
    { id: 'sources', label: t('programs.sources'), content: <Sources view={view} /> },
  ];
  const tab = tabs.some(({ id }) => id === props.tab) ? props.tab : 'overview';
  return (
    <div className="stack program-sheet">
      <SheetHead view={view} {...props} />
      <Tabs label={entry.name} tabs={tabs} value={tab} onChange={props.onTab} />
    </div>
  );
}

function SheetHead({ view, program, onRead, onEdit }: Props & { view: ProgramView }) {
  const { t, locale } = useText();
  const { entry, versions } = view;
  return (
    <header className="stack">
      <div className="sheet-title">
        <div>
          <h2 id={SHEET_TITLE} tabIndex={-1}>
            {entry.name}
          </h2>
          <p className="sub">{entry.legal_name}</p>
        </div>
        <div className="row-wrap">
          {entry.computable ? (
            <ClaimButton program={entry.program} name={entry.name} isOwn={program.own !== undefined} />
          ) : null}
          <Button icon={program.own ? 'pen' : 'copy'} onClick={() => onEdit(program, entry.from)}>
            {t(program.own ? 'programs.edit' : 'programs.copy')}
          </Button>
        </div>
      </div>
      <div className="row-wrap">
        <Reliance program={{ ...entry, ...(program.own ? { own: program.own } : {}) }} />
        <Standing program={entry} />
        {entry.computable ? null : <Badge look="outline">{t('programs.not_computable')}</Badge>}
        {versions.length > 1 ? (
          <div className="version-choice">
            <Select
              label={t('programs.versions')}
              hideLabel
              value={entry.from}
              options={[...versions].reverse().map((from) => ({
                value: from,
                label: t('programs.from', { date: formatDate(from, locale) }),
              }))}
              onChange={onRead}
            />
          </div>
        ) : (
          <span className="sub">{t('programs.from', { date: formatDate(entry.from, locale) })}</span>
        )}
      </div>
    </header>
  );
}
