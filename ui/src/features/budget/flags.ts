import { useMemo } from 'react';
import type { CellFlag } from '../../components/grid.tsx';
import { useFindings } from '../workspace/figures.ts';

const RANK: Record<string, number> = { blocker: 0, question: 1, note: 2 };

/** What the findings say about the cell of a path; about a whole line it stands at its name. */
export function useFlags(): (path: string) => CellFlag | null {
  const { findings } = useFindings();
  const known = useMemo(() => {
    const flags = new Map<string, CellFlag>();
    const ranked = [...findings].sort((a, b) => (RANK[a.severity] ?? 3) - (RANK[b.severity] ?? 3));
    for (const { path, severity, message } of ranked) {
      // Of a part of what is spent where, the cell of the whole tells.
      const cell = path.replace(/\.spend\[.*$/, '.spend');
      for (const key of /^budget\.(lines|costs)\[[^\]]*\]$/.test(cell) ? [`${cell}.label`] : [cell])
        if (!flags.has(key)) flags.set(key, { severity, text: message });
    }
    return flags;
  }, [findings]);
  return (path) => known.get(path) ?? null;
}
