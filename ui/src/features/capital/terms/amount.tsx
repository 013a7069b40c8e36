import { useText } from '../../../i18n/index.tsx';
import { freeId } from '../../ids.ts';
import { CollateralCell } from './collateral.tsx';
import { ChoiceCell, MoneyCell, PercentCell } from './fields.tsx';
import { TermRows } from './rows.tsx';
import { asCell, Section, type SectionProps } from './section.tsx';
import type { AdvancePart, AmountRule } from './types.ts';
import { RULES, useTermWord } from './words.ts';

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
