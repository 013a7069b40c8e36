/** What is uncertain in a deal, as the document holds it: decimals are text, so that no digit is lost. */
export type ThreePoint = { low: string; mode: string; high: string };
export type Distribution =
  | { triangular: ThreePoint }
  | { pert: ThreePoint }
  | { uniform: { low: string; high: string } }
  | { normal: { mean: string; deviation: string; low?: string; high?: string } }
  | { lognormal: { median: string; p90: string } }
  | { discrete: { id: string; value: string; probability: string }[] }
  | { hit_or_miss: { miss: string; hit: { median: string; p90: string } } }
  | { empirical: string[] }
  | { chance: string };

/** What a drawn number says where it is no number of the deal. */
export type RiskEvent =
  | 'delivery_delay'
  | { source_delay: { sources?: string[] } }
  | { buyer_default: { instrument: string; recovered?: string } }
  | { credit_award: { claim: string } }
  | { credit_amount: { claim: string } }
  | { credit_delay: { claim: string } }
  | { overrun: { lines?: string[] } }
  | { base_rate: { base: string } };

export type DrawEffect = 'multiply' | 'add' | 'replace';

export type RiskDriver = {
  id: string;
  label: string;
  /** The cells that move together with it. */
  paths?: string[];
  /** What it says instead, where it is no number of the deal; then there are no paths and no effect. */
  event?: RiskEvent;
  /** How a drawn number changes the typed one; absent means it multiplies. */
  effect?: DrawEffect;
  distribution: Distribution;
};

export type RankCorrelation = { id: string; one: string; other: string; rho: string };

export type RiskPlan = { drivers?: RiskDriver[]; correlations?: RankCorrelation[] };
