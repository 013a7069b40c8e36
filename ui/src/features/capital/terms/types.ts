import type { Instrument } from '../../../domain/document.ts';
import type { CellValue } from '../../workspace/desk.tsx';
import type { Condition } from '../gates.ts';
import type { DueDate, Milestone } from '../milestones.ts';

export type Collateral = string | { claim: string } | { instrument: string } | { source: string };
export type AdvancePart = { id: string; against: Collateral; share: string };
export type AmountRule = {
  fixed?: string;
  advance?: { parts?: AdvancePart[]; limit?: string };
  share_of_budget?: { share: string };
  remainder?: { at_most?: string };
};
export type Step = { id: string; share: string; on: Milestone; lag_months?: number };
export type Drawdown = { method: string; order?: number; from?: Milestone; steps?: Step[] };
export type Fee = {
  id: string;
  kind: string;
  amount?: { fixed?: string; share?: string; share_of_undrawn?: string };
  due?: DueDate;
  withheld?: boolean;
};
export type Security = { id: string; over: Collateral; rank?: number };

/** An instrument with everything its contract may say. */
export type Contract = Omit<Instrument, 'amount' | 'rate' | 'fees' | 'maturity'> & {
  amount?: AmountRule;
  currency?: string;
  rate?: { fixed?: string; over_base?: { base: string; margin: string } };
  fees?: Fee[];
  compounding?: string;
  day_count?: string;
  interest_payment?: string;
  drawdown?: Drawdown;
  maturity?: { date?: string; after?: DueDate };
  security?: Security[];
  conditions_precedent?: Condition[];
  notes?: string;
};

export const asContract = (one: Instrument): Contract => one as unknown as Contract;

/** Changes one field of a contract; null empties it. */
export type Put = (field: string, value: CellValue) => void;

export const KINDS_OF_MONEY = [
  'equity',
  'producer_investment',
  'co_producer_contribution',
  'tax_shelter',
  'senior_loan',
  'contract_loan',
  'credit_loan',
  'interim_facility',
  'gap_loan',
  'mezzanine',
  'bridge',
  'presale',
  'negative_pickup',
  'streamer_licence',
  'cost_plus',
  'broadcaster_licence',
  'sales_agent_advance',
  'grant',
  'soft_loan',
  'deferral',
  'in_kind',
] as const;
