import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { Statements } from '../statements/statements.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { useBook } from '../workspace/figures.ts';
import { PartyTable } from './parties.tsx';

/** What each participant is told, and all of them side by side. */
export function StatementsView() {
  const { t } = useText();
  const { document } = useDeal();
  const book = useBook();
  return (
    <>
      <Statements />
      <div className="tiles">
        <Tile title={t('waterfall.statement')} note={document.currency} edge>
          <PartyTable book={book} />
        </Tile>
      </div>
    </>
  );
}
