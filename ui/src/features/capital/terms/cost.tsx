import { useText } from '../../../i18n/index.tsx';
import { freeId } from '../../ids.ts';
import { ChoiceCell, FlagCell, MoneyCell, PercentCell } from './fields.tsx';
import { TermRows } from './rows.tsx';
import { asCell, Section, type SectionProps } from './section.tsx';
import type { Fee } from './types.ts';
import { COMPOUNDINGS, DAY_COUNTS, FEE_AMOUNTS, FEE_KINDS, PAYMENTS, useTermWord } from './words.ts';

type Base = { id: string; name: string };

/** What it costs: the rate, how interest runs, and the fees. */
export function CostSection({ contract, currency, put, bases }: SectionProps & { bases: readonly Base[] }) {
  const { t } = useText();
  const word = useTermWord();
  const { rate } = contract;
  const form = rate === undefined ? undefined : 'fixed' in rate ? 'fixed_rate' : 'over_base';
  const choose = (chosen: string | null) => {
    if (chosen === null) put('rate', null);
    else if (chosen === 'fixed_rate') put('rate', { fixed: rate?.over_base?.margin ?? '0' });
    else put('rate', { over_base: { base: bases[0]?.id ?? '', margin: rate?.fixed ?? '0' } });
  };
  const closed = (field: 'compounding' | 'day_count' | 'interest_payment', choices: readonly string[]) => (
    <ChoiceCell
      label={t(`terms.${field}`)}
      value={contract[field]}
      unsaid={t('terms.unsaid')}
      onPut={(value) => put(field, value)}
      choices={choices.map((one) => ({ value: one, label: field === 'day_count' ? one : word(one) }))}
    />
  );
  return (
    <>
      <Section title={t('terms.interest')}>
        <ChoiceCell
          label={t('terms.rate_form')}
          value={form}
          unsaid={t('terms.unsaid')}
          onPut={choose}
          choices={['fixed_rate', ...(bases.length > 0 ? ['over_base'] : [])].map((one) => ({
            value: one,
            label: word(one),
          }))}
        />
        {form === 'fixed_rate' ? (
          <PercentCell
            label={t('terms.rate')}
            value={rate?.fixed}
            onPut={(fixed) => put('rate', fixed === null ? null : { fixed })}
          />
        ) : null}
        {rate?.over_base ? (
          <>
            <ChoiceCell
              label={t('terms.base')}
              value={rate.over_base.base}
              onPut={(base) => put('rate', asCell({ over_base: { ...rate.over_base, base: base ?? '' } }))}
              choices={bases.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <PercentCell
              label={t('terms.margin')}
              value={rate.over_base.margin}
              onPut={(margin) =>
                put('rate', asCell({ over_base: { ...rate.over_base, margin: margin ?? '0' } }))
              }
            />
          </>
        ) : null}
        {closed('compounding', COMPOUNDINGS)}
        {closed('day_count', DAY_COUNTS)}
        {closed('interest_payment', PAYMENTS)}
      </Section>
      <FeesSection contract={contract} currency={currency} put={put} />
    </>
  );
}

function FeesSection({ contract, currency, put }: SectionProps) {
  const { t } = useText();
  const word = useTermWord();
  const blankAmount = (form: string): NonNullable<Fee['amount']> =>
    form === 'fixed' ? { fixed: `${contract.currency ?? currency} 0` } : { [form]: '0.02' };
  return (
    <Section title={t('terms.fees')}>
      <TermRows<Fee>
        rows={contract.fees ?? []}
        add={t('terms.fees.add')}
        name={(fee) => word(fee.kind)}
        blank={(used) => ({
          id: freeId('fee', used),
          kind: 'other',
          amount: { share: '0.01' },
          withheld: false,
        })}
        onPut={(fees) => put('fees', asCell(fees))}
      >
        {(fee, change) => {
          const form = Object.keys(fee.amount ?? {})[0];
          return (
            <>
              <ChoiceCell
                label={t('terms.fee.kind')}
                value={fee.kind}
                onPut={(kind) => kind && change({ ...fee, kind })}
                choices={FEE_KINDS.map((one) => ({ value: one, label: word(one) }))}
              />
              <ChoiceCell
                label={t('terms.fee.form')}
                value={form}
                onPut={(chosen) => chosen && change({ ...fee, amount: blankAmount(chosen) })}
                choices={FEE_AMOUNTS.map((one) => ({ value: one, label: word(`fee_${one}`) }))}
              />
              {form === 'fixed' ? (
                <MoneyCell
                  label={t('capital.amount')}
                  value={fee.amount?.fixed}
                  currency={contract.currency ?? currency}
                  onPut={(fixed) => change({ ...fee, amount: { fixed: fixed ?? `${currency} 0` } })}
                />
              ) : (
                <PercentCell
                  label={t('terms.share')}
                  value={form === 'share' ? fee.amount?.share : fee.amount?.share_of_undrawn}
                  onPut={(share) => change({ ...fee, amount: { [form ?? 'share']: share ?? '0' } })}
                />
              )}
              <FlagCell
                label={t('terms.fee.withheld')}
                value={fee.withheld}
                onPut={(withheld) => change({ ...fee, withheld: withheld ?? false })}
              />
            </>
          );
        }}
      </TermRows>
    </Section>
  );
}
