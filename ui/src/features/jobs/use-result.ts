import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { JobView } from '../../api/bindings.ts';
import { useDesk } from '../workspace/desk.tsx';

/** Leads to the result of a job, on the page of the deal it is about; a deal that is not open is opened first. */
export function useResult(onLeave: () => void): (job: JobView) => void {
  const { view, show, openProject } = useDesk();
  const navigate = useNavigate();
  const shown = view?.deal;
  return useCallback(
    async (job: JobView) => {
      const isThere =
        (job.deal !== null && (job.deal === shown || (await show(job.deal)))) ||
        (job.deal === null && job.project !== null && (await openProject(job.project)));
      if (!isThere) return;
      onLeave();
      await navigate({ to: '/risk', search: { job: job.job } });
    },
    [shown, show, openProject, navigate, onLeave],
  );
}
