import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What the page shows of the same plan; each has an address of its own. */
export const VIEWS = ['flow', 'graph', 'order', 'statements', 'actuals'] as const;
export type View = (typeof VIEWS)[number];

export function useView(): { view: View; go: (view: View) => void } {
  const { view: asked } = useSearch({ strict: false }) as { view?: string };
  const navigate = useNavigate();
  const view = VIEWS.find((one) => one === asked) ?? 'flow';
  const go = useCallback(
    (next: View) =>
      void navigate({ to: '/waterfall', search: next === 'flow' ? {} : { view: next }, replace: true }),
    [navigate],
  );
  return { view, go };
}
