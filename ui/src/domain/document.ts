import { type Money, parseDocumentMoney } from './money.ts';
import type { RiskPlan } from './risk.ts';

/** The parts of the deal document the pages read. What is optional may be missing: a deal is computed from what there is. */
export type SpendShare = {
  id: string;
  jurisdiction: string;
  company?: string;
  share?: string;
  labour_share?: string;
  resident_share?: string;
};
/** What a cost that is not typed is a share of. */
export type CostBase = 'lines' | 'lines_and_contingency' | 'bonded_budget';
export type CostLine = {
  id: string;
  kind: string;
  label?: string;
  amount?: { fixed?: string; share_of?: { base: CostBase; share: string } };
  due?: string | Record<string, unknown>;
  payee?: string;
};
export type BudgetLine = {
  id: string;
  account: string;
  label: string;
  amount?: string;
  spend?: SpendShare[];
  company?: string;
  phase?: string;
  labour_share?: string;
  resident_share?: string;
  animation_share?: string;
  curve?: string;
  /** Weights of its months from the first of its phase on, in place of a curve. */
  months?: string[];
  core?: boolean;
  notes?: string;
};
export type Phase = { id: string; phase: string; months?: number; start_month?: number; curve?: string };
export type Delivery = { id: string; label?: string; date?: string; month?: number; episodes?: number };
export type Instrument = {
  id: string;
  name: string;
  provider?: string;
  terms: { kind: string } & Record<string, unknown>;
  amount?: { fixed?: string } & Record<string, unknown>;
  rate?: { fixed?: string } & Record<string, unknown>;
  fees?: { id: string; kind: string; amount: { share?: string; fixed?: string } }[];
  maturity?: { date?: string; after?: { after: string | Record<string, unknown>; months?: number } };
  status?: string;
  probability?: string;
};
export type ProfileStep = { id: string; quarter: number; weight: string };
export type Payment = {
  id: string;
  share: string;
  on: string | Record<string, unknown>;
  lag_months?: number;
};
export type RevenueSource = {
  id: string;
  label: string;
  territories?: string[];
  window?: string;
  basis?: string;
  estimate?: Record<string, string>;
  exhibitor_share?: string;
  start?: { months_after_release?: number; months_after_delivery?: number; date?: string };
  months?: number;
  profile?: string | { typed: ProfileStep[] };
  payments?: Payment[];
  reporting_lag_months?: number;
  distribution?: string;
  sales_agency?: string;
  sold_by?: string;
  withholding?: string;
  producer_share?: string;
  notes?: string;
};
export type Distribution = {
  id: string;
  label?: string;
  distributor?: string;
  territories?: string[];
  windows?: string[];
  fee?: string;
  window_fees?: { id: string; windows?: string[]; share: string }[];
  p_and_a?: {
    amount?: string;
    advanced_by?: string;
    overhead?: string;
    premium?: string;
    recouped_from?: string[];
  };
  expenses?: { amount?: string; cap?: string; cap_share?: string };
  guarantee?: string;
  overage?: { producer_share?: string; fee_ends?: boolean };
  holdbacks?: { id: string; windows?: string[]; months: number; after?: string }[];
  cross_collateralised?: boolean;
};
export type SalesAgency = {
  id: string;
  agent?: string;
  commission?: string;
  commission_after_recoupment?: string;
  expenses?: string;
  expense_cap?: string;
  advance?: string;
};
export type Ultimate = {
  id: string;
  label?: string;
  territories?: string[];
  estimate?: Record<string, string>;
  template?: string;
  parts?: { id: string; source: string; share: string }[];
};
export type Revenue = {
  case?: 'low' | 'base' | 'high';
  ultimates?: Ultimate[];
  sources?: RevenueSource[];
  distribution?: Distribution[];
  sales_agencies?: SalesAgency[];
  horizon_years?: number;
};
export type Tier = {
  id: string;
  label?: string;
  role?: string;
  takes: {
    kind: string;
    payee?: string;
    rate?: string;
    members?: Tier[];
    limit?: { kind: string } & Record<string, unknown>;
  };
  then?: string;
};
export type StatementLine = {
  id: string;
  source: string;
  gross?: string;
  deductions?: { id: string; kind: string; amount: string }[];
  amount: string;
  rate?: string;
  units?: string;
  note?: string;
};
export type ReceivedStatement = {
  id: string;
  from: string;
  to: string;
  reported?: string;
  received?: string;
  sender?: string;
  standing?: string;
  document?: string;
  note?: string;
  lines?: StatementLine[];
  expenses?: { id: string; expense_type: string; date?: string; amount: string; counts_to_cap?: boolean }[];
};
export type DealDocument = {
  id: string;
  name: string;
  currency: string;
  as_of: string;
  project: { title: string } & Record<string, unknown>;
  schedule?: {
    status?: string;
    greenlight?: string;
    financial_close?: string;
    start?: string;
    phases?: Phase[];
    deliveries?: Delivery[];
    release?: { date?: string; template?: string };
  };
  fx?: { id: string; base: string; quote: string; rate: string; date?: string; source?: string }[];
  budget?: {
    total?: string;
    lines?: BudgetLine[];
    contingency?: { share?: string; amount?: string; spend?: SpendShare[]; without_lines?: string[] };
    costs?: CostLine[];
  };
  parties?: { id: string; name: string; role: string }[];
  incentives?: {
    id: string;
    program: string;
    jurisdiction?: string;
    claimant?: string;
    election?: string;
    status?: string;
    notes?: string;
  }[];
  instruments?: Instrument[];
  revenue?: Revenue;
  actuals?: {
    statements?: ReceivedStatement[];
    rests?: { id: string; source: string; rest: string }[];
  };
  recoupment?: { tiers?: Tier[]; expense_types?: { id: string; cap?: string }[] };
  risk?: RiskPlan;
  assumptions?: { id: string; path: string; source: string; confidence?: string }[];
};

export function moneyAt(text: string | undefined): Money | null {
  return text === undefined ? null : parseDocumentMoney(text);
}

/** Greatest common reading of a path: the page a cell is edited on. */
export function sectionOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? '';
}
