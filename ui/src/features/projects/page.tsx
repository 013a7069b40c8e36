import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { commands, type ProjectEntry, type ProjectList } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { DEAL_FILES, samplesQuery } from '../library/samples.tsx';
import { Fault } from '../shell/fault.tsx';
import { FIRST_PAGE } from '../shell/navigation.ts';
import { Page } from '../shell/page.tsx';
import { Redirect } from '../shell/redirect.tsx';
import { useDesk } from '../workspace/desk.tsx';
import { useProjectActions } from './actions.ts';
import { BinTable } from './bin.tsx';
import { PurgeDialog, RenameDialog } from './dialogs.tsx';
import { Filters } from './filters.tsx';
import { ALL_PROJECTS, type Asked, isNarrowed, useProjects } from './query.ts';
import { ProjectTable } from './table.tsx';

/** The films a person keeps. Without an open library there is nothing to list, and the start page says why. */
export function ProjectsPage() {
  const { t } = useText();
  const library = useQuery({ queryKey: ['library'], queryFn: () => take(commands.viewLibrary({})) });
  if (library.error instanceof Refusal)
    return <Fault fault={library.error} onRetry={() => void library.refetch()} />;
  if (!library.data) return <Skeleton label={t('projects.loading')} rows={8} />;
  return library.data.state === 'open' ? <OpenLibrary /> : <Redirect to="/" />;
}

function OpenLibrary() {
  const { t } = useText();
  const [asked, setAsked] = useState<Asked>(ALL_PROJECTS);
  const { list, isPending, fault, retry } = useProjects(asked);
  const navigate = useNavigate();
  const actions = useProjectActions();
  const [renamed, setRenamed] = useState<ProjectEntry | null>(null);
  const [purged, setPurged] = useState<ProjectEntry | null>(null);
  const start = () => void navigate({ to: '/projects/new' });
  const isEmpty = list !== undefined && list.kept === 0 && !asked.bin;
  const lists = [
    { value: 'list', label: t('projects.list', { count: list?.kept ?? 0 }) },
    { value: 'bin', label: t('projects.bin', { count: list?.binned ?? 0 }) },
  ] as const;

  return (
    <Page
      crumb={t('nav.projects')}
      headline={asked.bin ? t('projects.headline.bin') : t('projects.headline', { count: list?.kept ?? 0 })}
      actions={
        isEmpty ? null : (
          <>
            <ImportButton onText={(text) => void actions.importText(text)} />
            <Button look="primary" icon="plus" onClick={start}>
              {t('projects.new')}
            </Button>
          </>
        )
      }
    >
      {fault ? <Fault fault={fault} onRetry={retry} /> : null}
      {list && list.kept + list.binned > 0 ? (
        <div className="projects-head">
          <Segmented
            label={t('projects.which')}
            value={asked.bin ? 'bin' : 'list'}
            options={lists}
            onChange={(value) => setAsked({ ...ALL_PROJECTS, bin: value === 'bin' })}
          />
          {isEmpty || asked.bin ? null : <Filters asked={asked} list={list} onAsk={setAsked} />}
        </div>
      ) : null}
      {isPending ? <Skeleton label={t('projects.loading')} rows={8} /> : null}
      {isEmpty ? <NoProjects onStart={start} /> : null}
      {list && !isEmpty ? (
        <Listed
          list={list}
          asked={asked}
          onAsk={setAsked}
          onRename={setRenamed}
          onPurge={setPurged}
          actions={actions}
        />
      ) : null}
      {renamed ? <RenameDialog project={renamed} onClose={() => setRenamed(null)} /> : null}
      {purged ? (
        <PurgeDialog
          project={purged}
          onClose={() => setPurged(null)}
          onPurge={() => void actions.purge(purged)}
        />
      ) : null}
    </Page>
  );
}

type ListedProps = {
  list: ProjectList;
  asked: Asked;
  onAsk: (asked: Asked) => void;
  onRename: (project: ProjectEntry) => void;
  onPurge: (project: ProjectEntry) => void;
  actions: ReturnType<typeof useProjectActions>;
};

function Listed({ list, asked, onAsk, onRename, onPurge, actions }: ListedProps) {
  const { t } = useText();
  if (list.projects.length === 0) {
    if (isNarrowed(asked)) {
      return (
        <EmptyState title={t('projects.none')} note={t('projects.none.note')}>
          <Button onClick={() => onAsk({ ...ALL_PROJECTS, bin: asked.bin })}>
            {t('projects.filter.clear')}
          </Button>
        </EmptyState>
      );
    }
    return (
      <EmptyState title={t('projects.bin.empty')} note={t('projects.bin.note', { count: list.bin_days })} />
    );
  }
  return (
    <>
      {asked.bin ? (
        <BinTable list={list} onRestore={actions.restore} onPurge={onPurge} />
      ) : (
        <ProjectTable list={list} asked={asked} onAsk={onAsk} onRename={onRename} actions={actions} />
      )}
      <Pages list={list} onPage={(page) => onAsk({ ...asked, page })} />
    </>
  );
}

function Pages({ list, onPage }: { list: ProjectList; onPage: (page: number) => void }) {
  const { t } = useText();
  const { page, page_size: size, total } = list;
  const last = Math.max(1, Math.ceil(total / size));
  const from = (page - 1) * size + 1;
  const range = t('projects.range', { from, to: Math.min(page * size, total), count: total });
  return (
    <nav className="pages" aria-label={t('projects.pages')}>
      <span aria-live="polite">{range}</span>
      {last > 1 ? (
        <>
          <Button disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {t('projects.previous')}
          </Button>
          <Button disabled={page >= last} onClick={() => onPage(page + 1)}>
            {t('projects.next')}
          </Button>
        </>
      ) : null}
    </nav>
  );
}

function NoProjects({ onStart }: { onStart: () => void }) {
  const { t } = useText();
  const { openSample } = useDesk();
  const { importText } = useProjectActions();
  const navigate = useNavigate();
  const samples = useQuery(samplesQuery);
  const explore = async (sample: string) => {
    if (await openSample(sample)) await navigate({ to: FIRST_PAGE });
  };
  return (
    <EmptyState title={t('projects.empty')} note={t('projects.empty.note')}>
      <Button look="primary" icon="plus" onClick={onStart}>
        {t('projects.new')}
      </Button>
      <ImportButton onText={(text) => void importText(text)} />
      {(samples.data?.samples ?? []).map(({ sample, name }) => (
        <Button key={sample} icon="arrow" onClick={() => void explore(sample)}>
          {t('projects.explore', { name })}
        </Button>
      ))}
    </EmptyState>
  );
}

function ImportButton({ onText }: { onText: (text: string) => void }) {
  const { t } = useText();
  const read = async (file: File) => onText(await file.text());
  return <FileButton label={t('projects.import')} accept={DEAL_FILES} onFile={(file) => void read(file)} />;
}
