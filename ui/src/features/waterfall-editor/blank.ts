import type { DealDocument } from '../../domain/document.ts';
import { writeDocumentMoney } from '../../domain/money.ts';
import type { TextKey } from '../../i18n/index.tsx';
import type { PlanTier } from './plan.ts';

/** What is added without a template. */
export type Blank = 'claim' | 'group' | 'steps' | 'reserve';

const NAMES = {
  claim: 'plan.blank',
  group: 'plan.blank.group',
  steps: 'plan.blank.steps',
  reserve: 'plan.blank.reserve',
} as const satisfies Record<Blank, TextKey>;

/** A tier that takes nothing before its terms are typed: its limit is an amount of nothing. */
export function blankTier(blank: Blank, deal: DealDocument, word: (key: TextKey) => string): PlanTier {
  const payee = deal.parties?.find((one) => one.role === 'producer')?.id ?? deal.parties?.[0]?.id ?? '';
  const nothing = writeDocumentMoney({ minor: 0, currency: deal.currency });
  const claim = (id: string, rate: string): PlanTier => ({
    id,
    label: word('plan.blank'),
    takes: { kind: 'share', payee, rate, limit: { kind: 'amount', amount: nothing } },
  });
  const label = word(NAMES[blank]);
  switch (blank) {
    case 'claim':
      return claim('claim', '1');
    case 'group':
      return {
        id: 'group',
        label,
        takes: {
          kind: 'together',
          base_rate: '1',
          members: [claim('claim-a', '0.5'), claim('claim-b', '0.5')],
        },
      };
    case 'steps':
      return {
        id: 'steps',
        label,
        takes: { kind: 'steps', base_rate: '1', members: [claim('step-a', '1'), claim('step-b', '1')] },
      };
    case 'reserve':
      // Given back to whatever follows it.
      return {
        id: 'reserve',
        label,
        takes: { kind: 'reserve', rate: '0', release_months: 12, release_to: '' },
      };
  }
}
