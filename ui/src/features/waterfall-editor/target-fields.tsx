import { useText } from '../../i18n/index.tsx';

import { useDeal } from '../workspace/desk.tsx';
import { AmountCell } from './amount-cell.tsx';
import { Choice } from './choice.tsx';
import { nothingIn } from './names.ts';
import type { Condition, Plan, Target } from './plan.ts';
import { ShareCell } from './share-cell.tsx';

type Kind = 'amount' | 'expenses' | 'invested';

function kindOf(target: Target): Kind {
  if ('amount' in target) return 'amount';
  return 'expenses' in target ? 'expenses' : 'invested';
}

type Props = { condition: Condition; plan: Plan; onPut: (condition: Condition) => void };

/** What a counter is compared with: an amount, declared expenses, or what was put in, several times if need be. */
export function TargetFields({ condition, plan, onPut }: Props) {
  const { t } = useText();
  const { document } = useDeal();
  const target = (
    typeof condition.target === 'object' ? condition.target : { amount: nothingIn(document.currency) }
  ) as Target;
  const write = (next: Target) => onPut({ ...condition, target: next });
  const kind = kindOf(target);
  const instrument = document.instruments?.[0]?.id;
  const expenses = plan.expense_types?.[0]?.id;
  const kinds: Kind[] = [
    'amount',
    ...(instrument === undefined ? [] : (['invested'] as const)),
    ...(expenses === undefined ? [] : (['expenses'] as const)),
  ];
  const begin: Record<Kind, Target> = {
    amount: { amount: nothingIn(document.currency) },
    expenses: { expenses: { of: expenses ?? '' } },
    invested: { invested: { instrument: instrument ?? '' } },
  };
  return (
    <>
      <Choice
        label={t('cond.target')}
        value={kind}
        onPut={(chosen) => write(begin[chosen as Kind])}
        choices={kinds.map((one) => ({ value: one, label: t(`cond.target.${one}`) }))}
      />
      {'amount' in target ? (
        <AmountCell
          label={t('tier_form.amount')}
          value={target.amount}
          currency={document.currency}
          onPut={(amount) => write({ amount: amount ?? nothingIn(document.currency) })}
        />
      ) : null}
      {'invested' in target ? (
        <>
          <Choice
            label={t('tier_form.instrument')}
            value={target.invested.instrument}
            onPut={(chosen) => write({ invested: { ...target.invested, instrument: chosen } })}
            choices={(document.instruments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <ShareCell
            label={t('tier_form.factor')}
            hint={t('tier_form.factor.hint')}
            value={target.invested.factor ?? '1'}
            onPut={(factor) => write({ invested: { ...target.invested, factor: factor ?? '1' } })}
          />
        </>
      ) : null}
      {'expenses' in target ? (
        <>
          <Choice
            label={t('tier_form.expenses')}
            value={target.expenses.of}
            onPut={(of) => write({ expenses: { ...target.expenses, of } })}
            choices={(plan.expense_types ?? []).map(({ id }) => ({ value: id, label: id }))}
          />
          <ShareCell
            label={t('tier_form.factor')}
            value={target.expenses.factor ?? '1'}
            onPut={(factor) => write({ expenses: { ...target.expenses, factor: factor ?? '1' } })}
          />
        </>
      ) : null}
    </>
  );
}
