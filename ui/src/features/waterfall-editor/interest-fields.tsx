import { useText } from '../../i18n/index.tsx';
import { Choice } from './choice.tsx';
import type { InterestTerms } from './plan.ts';
import { ShareCell } from './share-cell.tsx';

const COMPOUNDING = ['simple', 'yearly', 'half_yearly', 'quarterly', 'monthly', 'effective'] as const;
const PAYMENTS = ['interest_first', 'principal_first'] as const;
/** As the calendar engine writes them. */
const DAY_COUNTS = [
  { value: 'ACT/365F', label: 'ACT/365F' },
  { value: 'ACT/360', label: 'ACT/360' },
  { value: '30/360', label: '30/360' },
  { value: 'ACT/ACT', label: 'ACT/ACT' },
] as const;

type Props = {
  interest: InterestTerms | undefined;
  /** Whether the terms of the capital plan may stand in. */
  optional: boolean;
  onPut: (interest: InterestTerms | null) => void;
};

/** How interest grows under a limit: as the capital plan says, or by terms of its own. */
export function InterestFields({ interest, optional, onPut }: Props) {
  const { t } = useText();
  const write = (fields: Partial<InterestTerms>) =>
    onPut({ ...(interest ?? { rate_annual: '0.1' }), ...fields });
  return (
    <>
      {optional ? (
        <Choice
          label={t('tier_form.interest')}
          value={interest ? 'own' : 'plan'}
          onPut={(choice) => (choice === 'own' ? write({}) : onPut(null))}
          choices={(['plan', 'own'] as const).map((one) => ({
            value: one,
            label: t(`tier_form.interest.${one}`),
          }))}
        />
      ) : null}
      {interest ? (
        <>
          <ShareCell
            label={t('tier_form.interest.rate')}
            value={interest.rate_annual}
            onPut={(rate) => write({ rate_annual: rate ?? '0' })}
          />
          <Choice
            label={t('tier_form.interest.compounding')}
            value={interest.compounding ?? 'simple'}
            onPut={(compounding) => write({ compounding })}
            choices={COMPOUNDING.map((one) => ({ value: one, label: t(`tier_form.compounding.${one}`) }))}
          />
          <Choice
            label={t('tier_form.interest.days')}
            value={interest.day_count}
            onPut={(day_count) => write({ day_count })}
            choices={DAY_COUNTS}
          />
          <Choice
            label={t('tier_form.interest.payments')}
            value={interest.payments ?? 'interest_first'}
            onPut={(payments) => write({ payments })}
            choices={PAYMENTS.map((one) => ({ value: one, label: t(`tier_form.payments.${one}`) }))}
          />
        </>
      ) : null}
    </>
  );
}
