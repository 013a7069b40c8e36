import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the page shows of the same simulation; each has an address of its own. */
export const VIEWS = ['outlook', 'sensitivity', 'correlations', 'paths', 'goal'] as const;
export type View = (typeof VIEWS)[number];

export function useView(): { view: View; go: (view: View) => void } {
  const { view: asked, job } = useSearch({ strict: false }) as { view?: string; job?: string };
  const navigate = useNavigate();
  const view = VIEWS.find((one) => one === asked) ?? 'outlook';
  const go = useCallback(
    (next: View) => {
      const search = { ...(next === 'outlook' ? {} : { view: next }), ...(job === undefined ? {} : { job }) };
      void navigate({ to: '/risk', search, replace: true } as never);
    },
    [navigate, job],
  );
  return { view, go };
}
