import {
  memo,
  type ReactNode,
  Suspense,
  startTransition,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { Skeleton } from '../../components/states.tsx';
import { formatMonth } from '../../domain/dates.ts';
import { useText } from '../../i18n/index.tsx';
import { Levels } from '../levels/levels.tsx';
import { Tile } from '../shell/page.tsx';
import { PlanEditor } from '../waterfall-editor/editor.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { LadderTile, useHasLadder } from './ladder-tile.tsx';

/** The drawing, with the order beside it and what follows from both below. */
export function Columns({ children, month }: { children: ReactNode; month: string | null }) {
  const { t } = useText();
  const hasLadder = useHasLadder();
  // The drawing comes first: what stands beside and below it follows when nothing else waits.
  const isDrawn = useDeferredValue(true, false);
  const until = useSettled(month);
  return (
    <div className="tiles waterfall-columns">
      <Tile span={8} edge>
        <Suspense fallback={<Skeleton label={t('pages.loading')} rows={12} />}>{children}</Suspense>
      </Tile>
      <Tile span={4} tall={hasLadder}>
        <div className="waterfall-rail">
          {isDrawn ? <Rail month={until} /> : <Skeleton label={t('pages.loading')} rows={9} />}
        </div>
      </Tile>
      {isDrawn && hasLadder ? <Below /> : null}
    </div>
  );
}

/** How long a period rests before the order beside it follows: while it is scrubbed, only the drawing moves. */
const RESTS = 180;

function useSettled(month: string | null): string | null {
  const [settled, setSettled] = useState(month);
  useEffect(() => {
    const rests = setTimeout(() => startTransition(() => setSettled(month)), RESTS);
    return () => clearTimeout(rests);
  }, [month]);
  return settled;
}

/** The order as it stands at the end of the period on show; at the end of all of them, what it comes to. */
const Rail = memo(function Rail({ month }: { month: string | null }) {
  const { t, locale } = useText();
  const book = useBook();
  const dated = useMemo(() => (month === null ? book : { ...book, until: month }), [book, month]);
  return (
    <>
      <PlanEditor book={dated} />
      {month === null ? null : (
        <p className="sub waterfall-until">{t('flow.until', { month: formatMonth(month, locale) })}</p>
      )}
    </>
  );
});

const Below = memo(function Below() {
  const { t } = useText();
  const { document } = useDeal();
  return (
    <>
      <LadderTile />
      <Tile title={t('levels.title')} note={t('levels.note', { currency: document.currency })} edge>
        <Levels />
      </Tile>
    </>
  );
});
