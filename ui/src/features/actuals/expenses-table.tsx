import { Button, IconButton } from '../../components/button.tsx';
import { useText } from '../../i18n/index.tsx';
import { AmountCell } from './amount-cell.tsx';
import type { ExpenseDraft } from './draft.ts';

type Props = {
  expenses: readonly ExpenseDraft[];
  types: readonly { id: string; cap?: string }[];
  currency: string;
  onExpenses: (expenses: readonly ExpenseDraft[]) => void;
};

/** Expenses declared with a statement, each under a type of the order of recoupment. */
export function ExpensesTable({ expenses, types, currency, onExpenses }: Props) {
  const { t } = useText();
  const change = (at: number, next: ExpenseDraft) =>
    onExpenses(expenses.map((one, index) => (index === at ? next : one)));
  const blank: ExpenseDraft = {
    key: `new-${expenses.length + 1}`,
    type: types[0]?.id ?? '',
    date: '',
    currency,
    amount: '',
    counts: true,
  };
  return (
    <section className="actuals-expenses" aria-label={t('actuals.form.expenses')}>
      <h3>{t('actuals.form.expenses')}</h3>
      {expenses.length > 0 ? (
        <table className="table">
          <caption className="visually-hidden">{t('actuals.form.expenses')}</caption>
          <tbody>
            {expenses.map((one, row) => (
              <tr key={one.key}>
                <td>
                  <select
                    className="input"
                    aria-label={t('actuals.form.expense.type', { number: row + 1 })}
                    value={one.type}
                    onChange={(event) => change(row, { ...one, type: event.target.value })}
                  >
                    {types.map((type) => (
                      <option key={type.id}>{type.id}</option>
                    ))}
                  </select>
                </td>
                <td className="num">
                  <AmountCell
                    label={t('actuals.form.expense.amount', { number: row + 1 })}
                    value={one.amount}
                    currency={one.currency}
                    place={{ row, column: 0 }}
                    isWrong={false}
                    onChange={(amount) => change(row, { ...one, amount })}
                    onBlock={() => {}}
                  />
                </td>
                <td>
                  <label className="import-check">
                    <input
                      type="checkbox"
                      checked={one.counts}
                      onChange={(event) => change(row, { ...one, counts: event.target.checked })}
                    />
                    {t('actuals.form.expense.counts')}
                  </label>
                </td>
                <td>
                  <IconButton
                    icon="close"
                    label={t('actuals.form.expense.remove', { number: row + 1 })}
                    onClick={() => onExpenses(expenses.filter((_, at) => at !== row))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <Button look="quiet" icon="plus" onClick={() => onExpenses([...expenses, blank])}>
        {t('actuals.form.expense.add')}
      </Button>
    </section>
  );
}
