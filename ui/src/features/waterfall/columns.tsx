import { memo, type ReactNode, Suspense, useDeferredValue } from 'react';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/index.tsx';
import { Levels } from '../levels/levels.tsx';
import { Tile } from '../shell/page.tsx';
import { PlanEditor } from '../waterfall-editor/editor.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { LadderTile, useHasLadder } from './ladder-tile.tsx';

/** The drawing, with the order beside it and what follows from both below. */
export function Columns({ children }: { children: ReactNode }) {
  const { t } = useText();
  const hasLadder = useHasLadder();
  // The drawing comes first: what stands beside and below it follows when nothing else waits.
  const isDrawn = useDeferredValue(true, false);
  return (
    <div className="tiles waterfall-columns">
      <Tile span={8} edge>
        <Suspense fallback={<Skeleton label={t('pages.loading')} rows={12} />}>{children}</Suspense>
      </Tile>
      <Tile span={4} tall={hasLadder}>
        <div className="waterfall-rail">
          {isDrawn ? <Rail /> : <Skeleton label={t('pages.loading')} rows={9} />}
        </div>
      </Tile>
      {isDrawn ? <Below /> : null}
    </div>
  );
}

const Rail = memo(function Rail() {
  return <PlanEditor book={useBook()} />;
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
