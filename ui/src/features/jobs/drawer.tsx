import { Dialog as Radix } from 'radix-ui';
import type { JobView } from '../../api/bindings.ts';
import { IconButton } from '../../components/button.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Fault } from '../shell/fault.tsx';
import { JobRow } from './row.tsx';
import { type JobList, useJobActions } from './use-jobs.ts';

type Props = { list: JobList; open: boolean; onOpenChange: (open: boolean) => void };

/** Everything that runs, waits or ran, over whatever page is open. */
export function JobsDrawer({ list, open, onOpenChange }: Props) {
  const { t } = useText();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="overlay" />
        <Radix.Content className="drawer" aria-describedby={undefined}>
          <div className="drawer-head">
            <Radix.Title className="dialog-title">{t('jobs.title')}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label={t('close')} />
            </Radix.Close>
          </div>
          <div className="drawer-body">
            <Lists list={list} onLeave={() => onOpenChange(false)} />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Lists({ list, onLeave }: { list: JobList; onLeave: () => void }) {
  const { t } = useText();
  const actions = useJobActions();
  const { jobs, fault, isPending, retry } = list;
  if (fault) return <Fault fault={fault} onRetry={retry} />;
  if (isPending) return <Skeleton label={t('jobs.loading')} />;
  if (jobs.length === 0) return <EmptyState title={t('jobs.none')} note={t('jobs.none.note')} />;
  const sections: { title: string; of: readonly JobView[] }[] = [
    { title: t('jobs.running'), of: jobs.filter(({ state }) => state === 'running') },
    { title: t('jobs.waiting'), of: jobs.filter(({ state }) => state === 'waiting' || state === 'paused') },
    {
      title: t('jobs.ended'),
      of: jobs.filter(({ state }) => state === 'completed' || state === 'failed' || state === 'cancelled'),
    },
  ];
  return sections
    .filter(({ of }) => of.length > 0)
    .map(({ title, of }) => (
      <section key={title} className="job-section">
        <h3>{title}</h3>
        <ul>
          {of.map((job) => (
            <JobRow key={job.job} job={job} actions={actions} onLeave={onLeave} />
          ))}
        </ul>
      </section>
    ));
}
