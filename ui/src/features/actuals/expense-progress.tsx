import type { ActualsView, ExpenseProgressDto } from '../../api/bindings.ts';
import { Figure } from '../../components/figure.tsx';
import { formatPercent } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { Tile } from '../shell/page.tsx';
import { useDeal } from '../workspace/desk.tsx';
import { Told } from './told.tsx';

/** From this part of a cap on, its use is told in another colour. */
const NEAR = 0.8;

/** How much of the cap of each type of expense is used up by what has been declared. */
export function ExpenseProgress({ actuals }: { actuals: ActualsView }) {
  const { t } = useText();
  const { document } = useDeal();
  if (actuals.expenses.length === 0) return null;
  return (
    <Tile title={t('actuals.caps')} note={t('actuals.caps.note', { currency: document.currency })} edge>
      <ul className="actuals-caps">
        {actuals.expenses.map((one) => (
          <Progress key={one.expense_type} progress={one} />
        ))}
      </ul>
    </Tile>
  );
}

function Progress({ progress }: { progress: ExpenseProgressDto }) {
  const { t, locale } = useText();
  const share = progress.share?.value.kind === 'number' ? Number(progress.share.value.decimal) : null;
  const look = share === null ? '' : share > 1 ? 'is-over' : share >= NEAR ? 'is-near' : '';
  return (
    <li className={look}>
      <span className="actuals-cap-name">{progress.expense_type}</span>
      <span className="actuals-meter" aria-hidden="true">
        <span style={{ width: `${Math.min(share ?? 0, 1) * 100}%` }} />
      </span>
      <span className="actuals-cap-text">
        <Told figure={progress.declared} />
        {progress.cap ? (
          <>
            {t('actuals.caps.of')} <Told figure={progress.cap} />
          </>
        ) : null}
        {progress.share && share !== null ? (
          <Figure address={progress.share.address}>{formatPercent(share, locale, 0)}</Figure>
        ) : null}
      </span>
    </li>
  );
}
