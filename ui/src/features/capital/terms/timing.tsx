import { useText } from '../../../i18n/index.tsx';
import { freeId } from '../../ids.ts';
import { CollateralCell } from './collateral.tsx';
import { ChoiceCell, CountCell, DateCell, PercentCell } from './fields.tsx';
import { DueCell, MilestoneCell } from './milestone-cell.tsx';
import { TermRows } from './rows.tsx';
import { asCell, Section, type SectionProps } from './section.tsx';
import type { Drawdown, Security, Step } from './types.ts';
import { METHODS, useTermWord } from './words.ts';

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
