import { Tile } from '../shell/page.tsx';
import { PlanEditor } from '../waterfall-editor/editor.tsx';
import { useBook } from '../workspace/figures.ts';

/** The order of recoupment with the whole page to itself. */
export function OrderView() {
  return (
    <div className="tiles">
      <Tile edge>
        <PlanEditor book={useBook()} />
      </Tile>
    </div>
  );
}
