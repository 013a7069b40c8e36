import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { JobsDrawer } from './drawer.tsx';
import { type JobList, useEndings, useJobs } from './use-jobs.ts';

type Jobs = JobList & { show: () => void; isOpen: boolean };

const Context = createContext<Jobs>({
  jobs: [],
  running: null,
  isPending: false,
  fault: null,
  retry: () => {},
  show: () => {},
  isOpen: false,
});

/** The jobs and their drawer, for every page. */
export function JobsProvider({ children }: { children: ReactNode }) {
  const list = useJobs();
  const [isOpen, setOpen] = useState(false);
  const show = useCallback(() => setOpen(true), []);
  useEndings(list.jobs, isOpen, show);
  const value = useMemo(() => ({ ...list, show, isOpen }), [list, show, isOpen]);
  return (
    <Context.Provider value={value}>
      {children}
      <JobsDrawer list={list} open={isOpen} onOpenChange={setOpen} />
    </Context.Provider>
  );
}

export function useJobsDrawer(): Jobs {
  return useContext(Context);
}
