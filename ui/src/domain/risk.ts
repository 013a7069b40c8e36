/** What is uncertain in a deal, as the document holds it: decimals are text, so that no digit is lost. */
export type ThreePoint = { low: string; mode: string; high: string };
export type Distribution =
  | { triangular: ThreePoint }
  | { pert: ThreePoint }
  | { uniform: { low: string; high: string } }
  | { normal: { mean: string; deviation: string } }
  | { lognormal: { median: string; p90: string } }
  | { discrete: { id: string; value: string; probability: string }[] }
  | { hit_or_miss: { miss: string; hit: { median: string; p90: string } } };

export type DrawEffect = 'multiply' | 'add' | 'replace';

export type RiskDriver = {
  id: string;
  label: string;
  /** The cells that move together with it. */
  paths?: string[];
  /** How a drawn number changes the typed one; absent means it multiplies. */
  effect?: DrawEffect | (string & {});
  distribution: Distribution;
};

export type RankCorrelation = { id: string; one: string; other: string; rho: string };

export type RiskPlan = { drivers?: RiskDriver[]; correlations?: RankCorrelation[] };
