import { useCallback, useEffect, useState } from 'react';

/** How long a period stays on show while they are played: the move, and time to look. */
const STAYS = 900;

/** The period on show, and whether the next one follows by itself. Begins with the last: that is how it ends. */
export function usePeriod(count: number) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  const last = Math.max(count - 1, 0);
  const period = Math.min(chosen ?? last, last);
  useEffect(() => {
    if (!isPlaying) return;
    if (period >= last) {
      setPlaying(false);
      return;
    }
    const next = setTimeout(() => setChosen(period + 1), STAYS);
    return () => clearTimeout(next);
  }, [isPlaying, period, last]);
  const choose = useCallback((next: number) => setChosen(next), []);
  const play = useCallback(
    (on: boolean) => {
      // From the end, playing begins again at the beginning.
      if (on && period >= last) setChosen(0);
      setPlaying(on && last > 0);
    },
    [period, last],
  );
  return { period, choose, isPlaying, play };
}
