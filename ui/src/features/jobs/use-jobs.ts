import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { commands, type JobState, type JobView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useToast } from '../../components/toast.tsx';
import { useText } from '../../i18n/index.tsx';
import { useLibrary } from '../library/context.tsx';
import { useFaultText } from '../shell/refusal.ts';
import { titleOf } from './texts.ts';

const KEY = 'jobs';
/** How often is asked while something is computed. Between two answers nothing is drawn. */
const INTERVAL = 250;
const NONE: readonly JobView[] = [];

/** It is computed, or will be without anybody doing anything. */
export function isUnderWay({ state }: JobView): boolean {
  return state === 'running' || state === 'waiting';
}

export type JobList = {
  jobs: readonly JobView[];
  /** The one that is computed now. */
  running: JobView | null;
  isPending: boolean;
  fault: Refusal | null;
  retry: () => void;
};

/** What runs, waits and has ended. It is asked for again only while something is under way. */
export function useJobs(): JobList {
  const { view } = useLibrary();
  const { data, error, isPending, refetch } = useQuery({
    // Another state of the database shows other jobs, and some that go on by themselves.
    queryKey: [KEY, view?.state],
    queryFn: () => take(commands.listJobs({})),
    refetchInterval: (query) => (query.state.data?.jobs.some(isUnderWay) ? INTERVAL : false),
  });
  const jobs = data?.jobs ?? NONE;
  return {
    jobs,
    running: jobs.find(({ state }) => state === 'running') ?? null,
    isPending,
    fault: error instanceof Refusal ? error : null,
    retry: () => void refetch(),
  };
}

/** For whoever starts a job: the list has changed. */
export function useJobsChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: [KEY] }), [client]);
}

export type JobActions = {
  cancel: (job: string) => void;
  pause: (job: string) => void;
  resume: (job: string) => void;
  remove: (job: string) => void;
};

/** What can be done with a job. A refusal is told in passing: the list shows how things stand. */
export function useJobActions(): JobActions {
  const changed = useJobsChanged();
  const notify = useToast();
  const faultText = useFaultText();
  const act = useCallback(
    async (asked: Promise<unknown>) => {
      try {
        await asked;
      } catch (fault) {
        notify(faultText(fault));
      }
      await changed();
    },
    [changed, notify, faultText],
  );
  return {
    cancel: (job) => void act(take(commands.cancelJob({ job }))),
    pause: (job) => void act(take(commands.pauseJob({ job }))),
    resume: (job) => void act(take(commands.resumeJob({ job }))),
    remove: (job) => void act(take(commands.deleteJob({ job }))),
  };
}

/** Says it where a job ends that somebody has seen under way, unless the list is open in front of them. */
export function useEndings(jobs: readonly JobView[], isOpen: boolean, onShow: () => void): void {
  const { t, locale } = useText();
  const notify = useToast();
  const known = useRef<ReadonlyMap<string, JobState>>(new Map());
  useEffect(() => {
    const before = known.current;
    known.current = new Map(jobs.map(({ job, state }) => [job, state]));
    for (const job of jobs) {
      const was = before.get(job.job);
      if (isOpen || (was !== 'running' && was !== 'waiting')) continue;
      const title = titleOf(job, t, locale);
      if (job.state === 'completed')
        notify(t('jobs.done', { title }), { label: t('jobs.show'), run: onShow });
      if (job.state === 'failed')
        notify(t('jobs.given_up', { title }), { label: t('jobs.show'), run: onShow });
    }
  }, [jobs, isOpen, onShow, notify, t, locale]);
}
