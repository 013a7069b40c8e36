/** The order of recoupment as the deal document holds it, as far as it is edited here. */
export type Relation = 'below' | 'up_to' | 'at_least' | 'more_than';
export type Membership = 'in' | 'not_in';
export type InterestTerms = {
  rate_annual: string;
  compounding?: string;
  day_count?: string;
  payments?: string;
};
export type Target =
  | { amount: string }
  | { expenses: { of: string; factor?: string } }
  | { invested: { instrument: string; factor?: string } };
export type Condition = {
  measure: string;
  of?: Condition[];
  is?: Relation | Membership;
  target?: Target | string | number;
  party?: string;
  tier?: string;
  pool?: string;
  sources?: string[];
  instrument?: string;
  interest?: InterestTerms;
  factor?: string;
  film_cost?: string;
  list?: string[];
  from?: string;
  to?: string;
  event?: string;
  series?: string;
};
export type Limit = {
  kind: string;
  amount?: string;
  of?: string;
  factor?: string;
  instrument?: string;
  rate?: string;
  interest?: InterestTerms;
  series?: string;
  beyond?: number;
  rate_annual?: string;
  day_count?: string;
  multiple?: string;
};
export type Assignment = { to: string; part: string };
export type PlanTakes = {
  kind: string;
  payee?: string;
  rate?: string;
  rate_base?: string;
  unpaid?: string;
  limit?: Limit;
  limit_pool?: string;
  in_proportion_to?: string;
  while?: Condition[];
  pools?: string[];
  contract?: string;
  assigned?: Assignment[];
  members?: PlanTier[];
  base_rate?: string;
  split?: string;
  shortfall_borne_by?: string;
  cap?: string;
  release_months?: number;
  release_to?: string;
};
export type PlanTier = {
  id: string;
  label?: string;
  clause?: string;
  role?: string;
  takes: PlanTakes;
  then?: string;
};
export type PlanSource = {
  id: string;
  enters: string;
  receives?: string[];
  receives_others?: boolean;
  territories?: string[];
  media?: string[];
};
export type Expense = { id: string; date: string; amount: string; counts_to_cap?: boolean };
export type ExpenseType = {
  id: string;
  cap?: string;
  cap_of_receipts?: { rate: string; sources?: string[] };
  declared?: Expense[];
};
export type PlanContract = { id: string; value?: string; from?: string; to?: string };
export type FilmCost = { id: string; cost: string; already_covered: string; pool: string };
export type PlanEvent = { id: string; date: string; event: string; value?: string };
export type UnitCount = { id: string; date: string; count: number };
export type UnitSeries = { id: string; label?: string; counts?: UnitCount[] };
export type Amendment = {
  id: string;
  date: string;
  label?: string;
  clause?: string;
  change: { kind: string } & Record<string, string | undefined>;
};
export type Plan = {
  sources?: PlanSource[];
  tiers?: PlanTier[];
  expense_types?: ExpenseType[];
  contracts?: PlanContract[];
  film_costs?: FilmCost[];
  events?: PlanEvent[];
  unit_series?: UnitSeries[];
  amendments?: Amendment[];
  residual?: string;
};

/** A line of the list: a tier of the order or a member of one. */
export type Row = {
  tier: PlanTier;
  /** Its cell, such as `recoupment.tiers[a].takes.members[b]`. */
  path: string;
  depth: number;
  /** Its number in the order, such as 3 or 3.1. */
  number: string;
  /** The group it is a member of; null in the order itself. */
  group: PlanTier | null;
  /** Its place among its neighbours, and how many these are. */
  at: number;
  of: number;
  /** Sources whose money enters here and has not been named above. */
  enters: readonly PlanSource[];
  /** The tier it leads to, where that is not the next line. */
  leads: string | null;
};

export const isGroup = (tier: PlanTier): boolean => tier.takes.members !== undefined;

/** Every tier and member, outer before inner, as they stand in the list. */
export function rowsOf(plan: Plan): Row[] {
  const tiers = plan.tiers ?? [];
  const rows: Row[] = [];
  const walk = (
    list: readonly PlanTier[],
    base: string,
    depth: number,
    prefix: string,
    group: PlanTier | null,
  ) =>
    list.forEach((tier, at) => {
      const path = `${base}[${tier.id}]`;
      const number = `${prefix}${at + 1}`;
      const next = list[at + 1]?.id;
      rows.push({
        tier,
        path,
        depth,
        number,
        group,
        at,
        of: list.length,
        enters: group ? [] : (plan.sources ?? []).filter((source) => source.enters === tier.id),
        leads: group === null && tier.then !== undefined && tier.then !== next ? tier.then : null,
      });
      walk(tier.takes.members ?? [], `${path}.takes.members`, depth + 1, `${number}.`, tier);
    });
  walk(tiers, 'recoupment.tiers', 0, '', null);
  return rows;
}

/** Whether money of different sources comes in at different tiers. */
export function hasBranches(plan: Plan): boolean {
  return new Set((plan.sources ?? []).map((source) => source.enters)).size > 1;
}

export function findTier(plan: Plan, id: string): PlanTier | null {
  return rowsOf(plan).find((row) => row.tier.id === id)?.tier ?? null;
}

/** Pools that shares fill, in the order of the tiers. */
export function poolsOf(plan: Plan): string[] {
  return [...new Set(rowsOf(plan).flatMap((row) => row.tier.takes.pools ?? []))];
}
