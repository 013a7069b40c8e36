import { useText } from '../../../i18n/index.tsx';

/** The closed words of an instrument's contract, in the order they are offered. */
export const WINDOWS = [
  'all_rights',
  'theatrical',
  'pvod',
  'tvod',
  'est',
  'svod',
  'pay_tv',
  'free_tv',
  'avod',
  'fast',
  'physical',
  'airline',
  'non_theatrical',
  'merchandising',
  'music',
  'other',
] as const;
export const RULES = ['fixed', 'advance', 'share_of_budget', 'remainder'] as const;
export const COMPOUNDINGS = ['simple', 'monthly', 'quarterly', 'half_yearly', 'yearly'] as const;
export const DAY_COUNTS = ['ACT/365F', 'ACT/360', '30/360', 'ACT/ACT'] as const;
export const PAYMENTS = ['current', 'capitalised_until_delivery', 'paid_in_kind', 'at_maturity'] as const;
export const METHODS = ['as_spend_falls_due', 'at_close', 'steps', 'as_received'] as const;
export const FEE_KINDS = [
  'origination',
  'commitment',
  'legal',
  'audit',
  'filing',
  'broker',
  'exit',
  'other',
] as const;
export const FEE_AMOUNTS = ['share', 'fixed', 'share_of_undrawn'] as const;
export const GRADES = ['investment_grade', 'strong', 'fair', 'unrated'] as const;
export const PHASES = ['development', 'pre_production', 'production', 'post_production', 'delivery'] as const;

/** A closed word of a contract in the reader's language. */
export function useTermWord(): (value: string) => string {
  const { maybe } = useText();
  return (value) => maybe(`terms.word.${value}`, maybe(`window.${value}`, value.replace(/_/g, ' ')));
}
