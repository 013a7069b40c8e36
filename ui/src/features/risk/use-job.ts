import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { commands, type JobView, type RiskView } from '../../api/bindings.ts';
import { Refusal, take } from '../../api/errors.ts';
import { useToast } from '../../components/toast.tsx';
import { isUnderWay, useJobsChanged } from '../jobs/use-jobs.ts';
import { useFaultText } from '../shell/refusal.ts';
import { useDeal } from '../workspace/desk.tsx';

/** How many paths a job runs that is started from the page. */
export const LONG = 1_000_000;
/** How often is asked what has come out so far. */
const INTERVAL = 300;

export type LongRun = {
  /** The job whose result is shown; null where the deal is simulated as it stands. */
  job: JobView | null;
  view: RiskView | null;
  isOpen: boolean;
  fault: Refusal | null;
  start: (party: string | null) => Promise<void>;
  isStarting: boolean;
  leave: () => void;
};

/** A simulation that runs as a job: what it is so far, and then what came out of it. */
export function useLongRun(): LongRun {
  const { job: asked } = useSearch({ strict: false }) as { job?: string };
  const { view } = useDeal();
  const navigate = useNavigate();
  const changed = useJobsChanged();
  const notify = useToast();
  const told = useFaultText();
  const [isStarting, setStarting] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['jobs', 'result', asked],
    queryFn: () => take(commands.viewJobResult({ job: asked ?? '' })),
    enabled: asked !== undefined,
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data.job) ? INTERVAL : false),
  });
  const go = useCallback(
    (search: Record<string, string>) => void navigate({ to: '/risk', search, replace: true } as never),
    [navigate],
  );
  const leave = useCallback(() => {
    if (asked !== undefined) go({});
  }, [asked, go]);
  const start = useCallback(
    async (party: string | null) => {
      setStarting(true);
      try {
        const { job } = await take(
          commands.startSimulation({
            deal: view.deal,
            paths: LONG,
            seed: null,
            party,
            precision: null,
            limit_seconds: null,
          }),
        );
        await changed();
        go({ job: job.job });
      } catch (wrong) {
        notify(told(wrong));
      } finally {
        setStarting(false);
      }
    },
    [view.deal, changed, go, notify, told],
  );
  return {
    job: asked === undefined ? null : (data?.job ?? null),
    view: asked === undefined ? null : (data?.result ?? null),
    isOpen: asked !== undefined,
    fault: error instanceof Refusal ? error : null,
    start,
    isStarting,
    leave,
  };
}
