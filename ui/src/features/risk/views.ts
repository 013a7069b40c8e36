import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the page shows of the same simulation; each has an address of its own. */
export const VIEWS = ['outlook', 'sensitivity', 'correlations', 'paths'] as const;
export type View = (typeof VIEWS)[number];

export function useView(): { view: View; go: (view: View) => void } {
  const { view: asked } = useSearch({ strict: false }) as { view?: string };
  const navigate = useNavigate();
  const view = VIEWS.find((one) => one === asked) ?? 'outlook';
  const go = useCallback(
    (next: View) =>
      void navigate({
        to: '/risk',
        search: next === 'outlook' ? {} : { view: next },
        replace: true,
      } as never),
    [navigate],
  );
  return { view, go };
}
