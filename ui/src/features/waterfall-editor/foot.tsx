import { useText } from '../../i18n/index.tsx';
import { Amount } from '../explain/amount.tsx';
import { useDeal } from '../workspace/desk.tsx';
import type { FigureBook } from '../workspace/figures.ts';
import type { Plan } from './plan.ts';

/** What came in and what became of it, and who has the rest. */
export function PlanFoot({ plan, book }: { plan: Plan; book: FigureBook }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const totals = [
    { label: t('plan.received'), address: 'recoupment.receipts' },
    { label: t('plan.paid'), address: 'recoupment.paid' },
    { label: t('plan.held'), address: 'recoupment.held' },
    { label: t('plan.left_over'), address: 'recoupment.left_over' },
  ].filter(({ address }) => book.at(address) !== null);
  return (
    <footer className="plan-foot">
      <dl>
        {totals.map(({ label, address }) => (
          <div key={address}>
            <dt>{label}</dt>
            <dd>
              <Amount book={book} address={address} />
            </dd>
          </div>
        ))}
      </dl>
      <label className="plan-residual">
        <span>{t('plan.residual')}</span>
        <select
          className="input"
          data-path="recoupment.residual"
          value={plan.residual ?? ''}
          onChange={(event) => void edit('recoupment.residual', event.target.value || null)}
        >
          <option value="">{t('plan.nobody')}</option>
          {(document.parties ?? []).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </footer>
  );
}
