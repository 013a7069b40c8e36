import { parseDocumentMoney, toScale, writeDocumentMoney } from '../../domain/money.ts';
import { useText } from '../../i18n/index.tsx';
import { DateCell } from '../capital/terms/fields.tsx';
import { freeId } from '../ids.ts';
import { useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { ListSection } from './list-section.tsx';
import type { Expense, ExpenseType, Plan } from './plan.ts';

/** From which part of its cap on an expense is close to it. */
const CLOSE = 0.8;

/** How much of the cap the capped expenses use, for the bar; null without a cap in the same currency. */
export function partOfCap(type: ExpenseType): number | null {
  const cap = parseDocumentMoney(type.cap);
  if (!cap || cap.minor <= 0) return null;
  const capped = (type.declared ?? []).filter((one) => one.counts_to_cap !== false);
  const amounts = capped.map((one) => parseDocumentMoney(one.amount));
  if (amounts.some((one) => one?.currency !== cap.currency)) return null;
  return amounts.reduce((sum, one) => sum + (one ? toScale(one) : 0), 0) / toScale(cap);
}

/** Costs recouped as they are declared, each under its cap, with how much of it is used. */
export function ExpenseTypes({ plan }: { plan: Plan }) {
  const { t } = useText();
  const { document, edit } = useDeal();
  const nothing = writeDocumentMoney({ minor: 0, currency: document.currency });
  return (
    <ListSection
      title={t('lists.expenses')}
      at="recoupment.expense_types"
      all={plan.expense_types ?? []}
      blank={(used) => ({ id: freeId('expenses', used) })}
      name={(one) => one.id}
    >
      {(one, put) => {
        const declared = one.declared ?? [];
        const at = `recoupment.expense_types[${one.id}].declared`;
        return (
          <>
            <p className="strong">{one.id}</p>
            <AmountCell
              label={t('lists.cap')}
              value={one.cap}
              currency={document.currency}
              onPut={(cap) => put('cap', cap)}
            />
            <CapBar used={partOfCap(one)} />
            {declared.map((expense) => (
              <ExpenseRow
                key={expense.id}
                expense={expense}
                currency={document.currency}
                onPut={(field, value) => void edit(`${at}[${expense.id}].${field}`, value)}
              />
            ))}
            <button
              type="button"
              className="link"
              onClick={() => {
                const used = declared.map((expense) => expense.id);
                put('declared', [
                  ...declared,
                  { id: freeId('expense', used), date: document.as_of, amount: nothing },
                ]);
              }}
            >
              {t('lists.declare')}
            </button>
          </>
        );
      }}
    </ListSection>
  );
}

function CapBar({ used }: { used: number | null }) {
  const { t } = useText();
  if (used === null) return null;
  const look = used > 1 ? 'over' : used >= CLOSE ? 'near' : 'under';
  return (
    <div className={`cap-bar cap-${look}`}>
      <span className="plan-bar" aria-hidden="true">
        <i style={{ width: `${Math.min(100, Math.round(used * 100))}%` }} />
      </span>
      {look === 'under' ? null : <p className="sub">{t(look === 'over' ? 'lists.over' : 'lists.near')}</p>}
    </div>
  );
}

type RowProps = {
  expense: Expense;
  currency: string;
  onPut: (field: string, value: string | boolean | null) => void;
};

function ExpenseRow({ expense, currency, onPut }: RowProps) {
  const { t } = useText();
  return (
    <div className="terms-row">
      <DateCell
        label={t('lists.date')}
        value={expense.date}
        onPut={(day) => {
          if (day) onPut('date', day);
        }}
      />
      <AmountCell
        label={t('lists.amount')}
        value={expense.amount}
        currency={currency}
        onPut={(amount) => onPut('amount', amount ?? writeDocumentMoney({ minor: 0, currency }))}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={expense.counts_to_cap !== false}
          onChange={(event) => onPut('counts_to_cap', event.target.checked)}
        />
        {t('lists.counts_to_cap')}
      </label>
    </div>
  );
}
