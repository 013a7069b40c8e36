import { type ReactNode, useId } from 'react';
import { useText } from '../../../i18n/index.tsx';
import { freeId } from '../../ids.ts';
import type { CellValue } from '../../workspace/desk.tsx';
import { CollateralCell } from './collateral.tsx';
import { ChoiceCell, CountCell, DateCell, FlagCell, MoneyCell, PercentCell } from './fields.tsx';
import { DueCell, MilestoneCell } from './milestone-cell.tsx';
import { TermRows } from './rows.tsx';
import type { AdvancePart, AmountRule, Contract, Drawdown, Fee, Put, Security, Step } from './types.ts';
import {
  COMPOUNDINGS,
  DAY_COUNTS,
  FEE_AMOUNTS,
  FEE_KINDS,
  METHODS,
  PAYMENTS,
  RULES,
  useTermWord,
} from './words.ts';

export type SectionProps = { contract: Contract; currency: string; put: Put };

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="terms-section" aria-labelledby={id}>
      <h3 id={id} className="strong">
        {title}
      </h3>
      <div className="terms-fields">{children}</div>
    </section>
  );
}

const asCell = (value: unknown): CellValue => value as CellValue;

/** The rule with a first value where it needs one. */
function blankRule(rule: string, before: AmountRule | undefined, currency: string): AmountRule | null {
  if (rule === 'fixed') return { fixed: before?.fixed ?? `${currency} 0` };
  if (rule === 'advance') return { advance: before?.advance ?? { parts: [] } };
  if (rule === 'share_of_budget') return { share_of_budget: before?.share_of_budget ?? { share: '0.1' } };
  return { remainder: {} };
}

/** How much: typed, advanced against something, a share of the budget, or whatever is left. */
export function AmountSection({ contract, currency, put }: SectionProps) {
  const { t } = useText();
  const word = useTermWord();
  const { amount } = contract;
  const rule = amount === undefined ? undefined : Object.keys(amount)[0];
  const unit = contract.currency ?? currency;
  const write = (next: AmountRule | null) => put('amount', asCell(next));
  const advance = amount?.advance;
  return (
    <Section title={t('terms.amount')}>
      <ChoiceCell
        label={t('terms.rule')}
        value={rule}
        unsaid={t('terms.unsaid')}
        onPut={(chosen) => write(chosen === null ? null : blankRule(chosen, amount, unit))}
        choices={RULES.map((one) => ({ value: one, label: word(one) }))}
      />
      {rule === 'fixed' ? (
        <MoneyCell
          label={t('capital.amount')}
          value={amount?.fixed}
          currency={unit}
          onPut={(fixed) => write(fixed === null ? null : { fixed })}
        />
      ) : null}
      {amount?.share_of_budget ? (
        <PercentCell
          label={word('share_of_budget')}
          value={amount.share_of_budget.share}
          onPut={(share) => write({ share_of_budget: { share: share ?? '0' } })}
        />
      ) : null}
      {amount?.remainder ? (
        <MoneyCell
          label={t('terms.at_most')}
          value={amount.remainder.at_most}
          currency={currency}
          onPut={(limit) => write({ remainder: limit === null ? {} : { at_most: limit } })}
        />
      ) : null}
      {advance ? (
        <>
          <MoneyCell
            label={t('terms.at_most')}
            value={advance.limit}
            currency={currency}
            onPut={(limit) => {
              const { limit: _before, ...rest } = advance;
              write({ advance: limit === null ? rest : { ...rest, limit } });
            }}
          />
          <TermRows<AdvancePart>
            rows={advance.parts ?? []}
            add={t('terms.advance.add')}
            name={(part) => part.id}
            blank={(used) => ({ id: freeId('part', used), against: 'all_assets', share: '0.9' })}
            onPut={(parts) => write({ advance: { ...advance, parts: [...(parts ?? [])] } })}
          >
            {(part, change) => (
              <>
                <CollateralCell
                  label={t('terms.against')}
                  own={contract.id}
                  value={part.against}
                  onPut={(against) => change({ ...part, against })}
                />
                <PercentCell
                  label={t('terms.share')}
                  value={part.share}
                  onPut={(share) => change({ ...part, share: share ?? '0' })}
                />
              </>
            )}
          </TermRows>
        </>
      ) : null}
    </Section>
  );
}

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

/** When its money comes, and when it is due back. */
export function TimingSection({ contract, put }: SectionProps) {
  const { t } = useText();
  const word = useTermWord();
  const { drawdown, maturity } = contract;
  const write = (next: Drawdown | null) => put('drawdown', asCell(next));
  const without = (field: 'order' | 'from' | 'steps'): Drawdown => {
    const { [field]: _gone, ...rest } = drawdown ?? { method: 'as_spend_falls_due' };
    return rest as Drawdown;
  };
  return (
    <>
      <Section title={t('terms.drawdown')}>
        <ChoiceCell
          label={t('terms.method')}
          value={drawdown?.method}
          unsaid={t('terms.unsaid')}
          onPut={(method) => write(method === null ? null : { ...drawdown, method })}
          choices={METHODS.map((one) => ({ value: one, label: word(one) }))}
        />
        {drawdown ? (
          <>
            <CountCell
              label={t('terms.order')}
              value={drawdown.order}
              onPut={(order) => write(order === null ? without('order') : { ...drawdown, order })}
            />
            <MilestoneCell
              label={t('terms.from')}
              value={drawdown.from}
              unsaid={t('terms.unsaid')}
              onPut={(from) => write(from === null ? without('from') : { ...drawdown, from })}
            />
          </>
        ) : null}
        {drawdown?.method === 'steps' ? (
          <TermRows<Step>
            rows={drawdown.steps ?? []}
            add={t('terms.steps.add')}
            name={(step) => step.id}
            blank={(used) => ({ id: freeId('step', used), share: '1', on: 'final_delivery' })}
            onPut={(steps) => write(steps === null ? without('steps') : { ...drawdown, steps: [...steps] })}
          >
            {(step, change) => (
              <>
                <PercentCell
                  label={t('terms.share')}
                  value={step.share}
                  onPut={(share) => change({ ...step, share: share ?? '0' })}
                />
                <MilestoneCell
                  label={t('terms.on')}
                  value={step.on}
                  onPut={(on) => on && change({ ...step, on })}
                />
                <CountCell
                  label={t('terms.months_after')}
                  value={step.lag_months}
                  onPut={(months) => {
                    const { lag_months: _before, ...rest } = step;
                    change(months === null || months < 0 ? rest : { ...rest, lag_months: months });
                  }}
                />
              </>
            )}
          </TermRows>
        ) : null}
      </Section>
      <Section title={t('terms.maturity')}>
        <DateCell
          label={t('terms.day')}
          value={maturity?.date}
          onPut={(date) => put('maturity', date === null ? null : { date })}
        />
        {maturity?.date ? null : (
          <DueCell
            label={t('terms.after_event')}
            value={maturity?.after}
            onPut={(after) => put('maturity', asCell(after === null ? null : { after }))}
          />
        )}
      </Section>
    </>
  );
}

/** What it is secured on, in which rank. */
export function SecuritySection({ contract, put }: SectionProps) {
  const { t } = useText();
  return (
    <Section title={t('terms.security')}>
      <TermRows<Security>
        rows={contract.security ?? []}
        add={t('terms.security.add')}
        name={(one) => one.id}
        blank={(used) => ({ id: freeId('security', used), over: 'all_assets', rank: 1 })}
        onPut={(rows) => put('security', asCell(rows))}
      >
        {(one, change) => (
          <>
            <CollateralCell
              label={t('terms.over')}
              own={contract.id}
              value={one.over}
              onPut={(over) => change({ ...one, over })}
            />
            <CountCell
              label={t('terms.rank')}
              value={one.rank}
              onPut={(rank) => {
                const { rank: _before, ...rest } = one;
                change(rank === null || rank < 1 ? rest : { ...rest, rank });
              }}
            />
          </>
        )}
      </TermRows>
    </Section>
  );
}
