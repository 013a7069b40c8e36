/** The nine stakeholder kinds: one colour each, on every page and in the packs. `neutral` is plain cost of making. */
export const KINDS = [
  'senior',
  'gap',
  'mezz',
  'soft',
  'presale',
  'equity',
  'producer',
  'talent',
  'cost',
] as const;
export type Kind = (typeof KINDS)[number] | 'neutral' | 'neutral2';

/** Texture says certainty: solid is promised in writing, hatched is conditional, a dashed outline is money still to be found. */
export type Certainty = 'firm' | 'conditional' | 'missing';

const BY_INSTRUMENT: Record<string, Kind> = {
  equity: 'equity',
  producer_investment: 'equity',
  co_producer_contribution: 'equity',
  tax_shelter: 'equity',
  senior_loan: 'senior',
  contract_loan: 'senior',
  credit_loan: 'senior',
  interim_facility: 'senior',
  bridge: 'senior',
  gap_loan: 'gap',
  mezzanine: 'mezz',
  presale: 'presale',
  negative_pickup: 'presale',
  streamer_licence: 'presale',
  cost_plus: 'presale',
  broadcaster_licence: 'presale',
  sales_agent_advance: 'presale',
  grant: 'soft',
  soft_loan: 'soft',
  deferral: 'producer',
  in_kind: 'producer',
};

const BY_TIER: Record<string, Kind> = {
  collection_fee: 'cost',
  distribution_fee: 'cost',
  sales_commission: 'cost',
  distribution_expenses: 'cost',
  p_and_a: 'cost',
  residuals: 'cost',
  minimum_guarantee: 'presale',
  sales_advance: 'presale',
  loan: 'senior',
  gap: 'gap',
  mezzanine: 'mezz',
  equity: 'equity',
  premium: 'equity',
  soft_money: 'soft',
  corridor: 'producer',
  deferral: 'producer',
  royalty: 'talent',
  participation: 'talent',
};

const BY_PARTY: Record<string, Kind> = {
  producer: 'producer',
  co_producer: 'producer',
  production_company: 'producer',
  equity: 'equity',
  public_fund: 'soft',
  authority: 'soft',
  senior_lender: 'senior',
  gap_lender: 'gap',
  mezzanine_lender: 'mezz',
  streamer: 'presale',
  broadcaster: 'presale',
  talent: 'talent',
  guild: 'talent',
};

export function kindOfTier(role: string | undefined): Kind | 'ink' {
  return role === 'net_profits' ? 'ink' : (BY_TIER[role ?? ''] ?? 'cost');
}

export function kindOfParty(role: string | undefined): Kind {
  return BY_PARTY[role ?? ''] ?? 'cost';
}

export function kindOfInstrument(type: string): Kind {
  return BY_INSTRUMENT[type] ?? 'cost';
}

const BY_STATUS: Record<string, Certainty> = {
  closed: 'firm',
  signed: 'firm',
  committed: 'firm',
};

export function certaintyOfStatus(status: string | undefined): Certainty {
  return BY_STATUS[status ?? ''] ?? 'conditional';
}
